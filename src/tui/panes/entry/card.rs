//! An open pile: left the papers in the order of the pile, right the one at hand and the mark's field.
use super::draw::pile_name;
use super::papers::Papers;
use crate::model::AttendanceState;
use crate::ops::entry::{Paper, Rule, Stage, Turn};
use crate::text::mark_words;
use crate::text::width::{pad_right, width};
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::bars::{Ink, bar};
use ratatui::layout::Rect;

pub fn draw(papers: &Papers, rule: Rule, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    head(papers, canvas, Rect { height: 1, ..area }, cx);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let left = Rect { width: (body.width / 2).saturating_sub(1).min(48), ..body };
    papers.table.draw(canvas, left, &|row, column| match papers.rows.get(row) {
        Some((paper, stage)) => cell(paper, *stage, column, cx),
        None => (String::new(), Role::Text),
    });
    let right = Rect { x: left.right() + 1, width: body.width.saturating_sub(left.width + 1), ..body };
    let inner = canvas.frame(right, &paper_words(papers, cx), Role::Border);
    if papers.at_hand().is_some() {
        let used = person(papers, canvas, inner, cx);
        let rest = Rect { y: inner.y + used, height: inner.height.saturating_sub(used), ..inner };
        mark(papers, rule, canvas, rest, cx);
    }
}

/// Which entry of which pile, and how far: always on the screen.
fn head(papers: &Papers, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    let (done, all) = papers.progress();
    let text = format!("{}  {}  {done}/{all} ", pile_name(&papers.pile, cx), cx.word(turn_key(papers.kind)));
    let end = canvas.text_in(line, &text, Role::Title);
    let rest = Rect { x: end, width: line.right().saturating_sub(end).min(20), ..line };
    let ink = Ink::for_canvas(canvas);
    canvas.text_in(rest, &bar(done as u64, all as u64, usize::from(rest.width), ink), Role::Bar);
}

fn turn_key(turn: Option<Turn>) -> &'static str {
    match turn {
        Some(Turn::First) => "entry.turn_first",
        Some(Turn::Second) => "entry.turn_second",
        Some(Turn::Third) => "entry.turn_third",
        Some(Turn::Correction) => "entry.turn_correction",
        None => "entry.turn_look",
    }
}

/// What is done with the paper at hand.
fn paper_words(papers: &Papers, cx: &Seen<'_>) -> String {
    cx.word(match (papers.turn(), papers.at_hand()) {
        (None, Some((_, Stage::NotRequired | Stage::Withdrawn | Stage::Void))) if papers.types => "entry.turn_none",
        (None, Some(_)) if papers.types => "entry.turn_done",
        (turn, _) => turn_key(turn),
    })
}

fn stage_words(paper: &Paper, stage: Stage, cx: &Seen<'_>) -> String {
    match stage {
        Stage::Empty | Stage::MaySecond if paper.again => cx.word("entry.again"),
        Stage::Waiting if paper.again => cx.word("entry.others_again"),
        _ => cx.word(&stage.key()),
    }
}

fn cell(paper: &Paper, stage: Stage, column: usize, cx: &Seen<'_>) -> (String, Role) {
    let role = match stage {
        Stage::Empty | Stage::MaySecond if paper.again => Role::Warn,
        Stage::Empty | Stage::MaySecond | Stage::MayThird => Role::Text,
        Stage::Settled => Role::Good,
        Stage::Correct | Stage::Differs => Role::Warn,
        Stage::Waiting | Stage::SentBack | Stage::NotRequired | Stage::Withdrawn | Stage::Void => Role::Dim,
    };
    let text = match column {
        0 => paper.place(),
        1 => paper.name().to_owned(),
        2 => paper.mine.map(|mark| mark_words(cx.locale, mark)).unwrap_or_default(),
        _ => stage_words(paper, stage, cx),
    };
    (text, role)
}

/// Whose paper it is, between its neighbours in the pile; returns the lines used.
fn person(papers: &Papers, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) -> u16 {
    let Some((paper, _)) = papers.at_hand() else { return 0 };
    let attended = match paper.attendance {
        Some(AttendanceState::Present) => "entry.present",
        Some(AttendanceState::Late) => "entry.late",
        Some(AttendanceState::Absent) => "entry.was_absent",
        Some(AttendanceState::Refused) => "entry.was_refused",
        // Why a paper is void is not the typist's affair.
        Some(AttendanceState::LeftEarly | AttendanceState::HandedIn | AttendanceState::Misconduct) => "entry.present",
        None => "entry.not_recorded",
    };
    let neighbour = |by: isize| match papers.near(by) {
        Some((p, _)) if p.whose.is_none() => p.place(),
        Some((p, _)) => format!("{} {} {}", p.place(), p.ticket().unwrap_or("-"), p.name()),
        None => cx.word("entry.none"),
    };
    let whose = match &paper.whose {
        None => {
            vec![("column.script", paper.place(), Role::Title), ("column.attendance", cx.word(attended), Role::Text)]
        }
        Some(whose) => vec![
            ("entry.name", whose.name.clone(), Role::Title),
            ("entry.ticket", whose.ticket.clone().unwrap_or_default(), Role::Text),
            ("column.seat", format!("{}-{}  {}", whose.room_number, paper.place(), cx.word(attended)), Role::Text),
        ],
    };
    let mut lines = vec![("entry.before", neighbour(-1), Role::Dim)];
    lines.extend(whose);
    lines.extend([
        ("entry.occupation", paper.occupation_name.clone(), Role::Text),
        ("entry.level", cx.word(&paper.level.key()), Role::Text),
        ("entry.after", neighbour(1), Role::Dim),
    ]);
    let cells = lines.iter().map(|(key, ..)| width(&cx.word(key))).max().unwrap_or(0) + 1;
    let mut used = 0;
    for (y, (key, text, role)) in (area.top()..area.bottom()).zip(&lines) {
        let line = Rect { y, height: 1, ..area };
        let x = canvas.text_in(line, &pad_right(&cx.word(key), cells), Role::Dim);
        canvas.text_in(Rect { x, width: line.right().saturating_sub(x), ..line }, text, *role);
        used += 1;
    }
    canvas.rule(Rect { y: area.y + used, height: 1, ..area }, Role::Border);
    used + 1
}

/// The field, what is wrong with it, and what wants a second look.
fn mark(papers: &Papers, rule: Rule, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let line = Rect { height: area.height.min(1), ..area };
    let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if let Some(jump) = &papers.jump {
        let x = canvas.text_in(line, &format!("{} ", cx.word("entry.jump_to")), Role::Title);
        jump.draw(canvas, Rect { x, width: line.right().saturating_sub(x).min(20), ..line });
        return;
    }
    let Some((paper, stage)) = papers.at_hand() else { return };
    if !papers.types {
        canvas.paragraph(line, &cx.word("entry.looking"), Role::Info);
        return;
    }
    if !stage.is_open() {
        let mine = paper.mine.map(|m| mark_words(cx.locale, m)).unwrap_or_else(|| cx.word("entry.none"));
        canvas.text_in(line, &cx.say("entry.mine", &[("mark", &mine)]), Role::Text);
        canvas.paragraph(below, &cx.word(&format!("entry_why.{}", stage.code())), Role::Info);
        return;
    }
    let x = canvas.text_in(line, &format!("{} ", cx.word("entry.mark")), Role::Title);
    let field = Rect { x, width: line.right().saturating_sub(x).min(8), ..line };
    match papers.draft.word {
        Some(word) => {
            let text = mark_words(cx.locale, word);
            canvas.line(field, &text, Role::FieldFocus);
            canvas.caret(x + u16::try_from(width(&text)).unwrap_or(0), line.y);
        }
        None => papers.draft.field.draw(canvas, field),
    }
    let used = check(papers, rule, canvas, below, cx);
    let rest = Rect { y: below.y + used, height: below.height.saturating_sub(used), ..below };
    if let Some(turn) = papers.odd_turn() {
        let words = cx.word(turn_key(Some(turn)));
        canvas.paragraph(rest, &format!("! {}", cx.say("entry.odd_turn", &[("turn", &words)])), Role::Warn);
    } else if paper.again {
        canvas.paragraph(rest, &format!("! {}", cx.word("entry.why_again")), Role::Warn);
    }
}

fn check(papers: &Papers, rule: Rule, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) -> u16 {
    let draft = &papers.draft;
    let refusal = |r: &crate::model::Refusal| cx.locale.say_data(&format!("refusal.{}", r.code.0), &r.data);
    let (highest, step) = (rule.highest.to_string(), rule.step.to_string());
    let (text, role) = match &draft.problem {
        Some(problem) => (format!("x {}", refusal(problem)), Role::Refused),
        None if draft.is_empty() => {
            let (absent, void) = (cx.key("entry", "entry.absent"), cx.key("entry", "entry.void"));
            let args = [("highest", highest.as_str()), ("step", &step), ("absent", &absent), ("void", &void)];
            (cx.say("entry.rule", &args), Role::Dim)
        }
        None if draft.warnings.is_empty() => (format!("+ {}", cx.word("entry.enter_saves")), Role::Good),
        None => (format!("! {}", cx.say("entry.say_yes", &[("key", &cx.key("entry", "entry.mean"))])), Role::Warn),
    };
    let used = canvas.paragraph(area, &text, role).min(area.height);
    let warnings: Vec<_> = draft.warnings.iter().map(|w| format!("! {}", refusal(w))).collect();
    let rest = Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area };
    if warnings.is_empty() {
        used
    } else {
        used + canvas.paragraph(rest, &warnings.join("\n"), Role::Warn).min(rest.height)
    }
}
