//! An open pile: left the papers in the order of the pile, right the one at hand and the mark's field.
use super::claiming::Claimed;
use super::draw::pile_name;
use super::papers::Papers;
use super::{items, person, tally};
use crate::model::Points;
use crate::ops::entry::{Paper, Rule, Stage, Turn, Typing};
use crate::text::mark_words;
use crate::text::width::width;
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::bars::{Ink, bar};
use ratatui::layout::Rect;

/// Marks that show how digits are read.
const EXAMPLE: Points = Points::whole(86);
const SMALL: Points = Points::whole(5);

pub fn draw(papers: &Papers, rule: Rule, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    head(papers, canvas, Rect { height: 1, ..area }, cx);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let left = Rect { width: (body.width / 2).saturating_sub(1).min(48), ..body };
    papers.table.draw(canvas, left, &|row, column| match papers.rows.get(row) {
        // A sealed pile has no names.
        Some((paper, stage)) if papers.pile.is_sealed() && column > 0 => cell(paper, *stage, column + 1, cx),
        Some((paper, stage)) => cell(paper, *stage, column, cx),
        None => (String::new(), Role::Text),
    });
    let right = Rect { x: left.right() + 1, width: body.width.saturating_sub(left.width + 1), ..body };
    let inner = canvas.frame(right, &paper_words(papers, cx), Role::Border);
    if papers.at_hand().is_some() {
        let used = person::draw(papers, canvas, inner, cx);
        let rest = Rect { y: inner.y + used, height: inner.height.saturating_sub(used), ..inner };
        let used = mark(papers, rule, canvas, rest, cx);
        // What is wrong with a mark comes before the tally.
        let free = rest.height.saturating_sub(used).min(tally::HEIGHT);
        if papers.types && free >= tally::LEAST {
            let last = Rect { y: rest.bottom() - free, height: free, ..rest };
            tally::draw(papers, canvas, last, cx);
        }
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

/// The field, what is wrong with it, and what wants a second look; returns the lines used.
fn mark(papers: &Papers, rule: Rule, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) -> u16 {
    let line = Rect { height: area.height.min(1), ..area };
    let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if let Some(jump) = &papers.jump {
        let key = if papers.pile.is_sealed() { "entry.jump_to_script" } else { "entry.jump_to" };
        let x = canvas.text_in(line, &format!("{} ", cx.word(key)), Role::Title);
        jump.draw(canvas, Rect { x, width: line.right().saturating_sub(x).min(20), ..line });
        return 1;
    }
    let Some((paper, stage)) = papers.at_hand() else { return 0 };
    if let Claimed::Theirs(why) = &papers.claimed {
        let text = cx.locale.say_data(&format!("refusal.{}", why.code.0), &why.data);
        let used = canvas.paragraph(area, &format!("! {text}"), Role::Warn).min(area.height);
        let rest = Rect { y: area.y + used, height: area.height - used, ..area };
        return used + canvas.paragraph(rest, &cx.word("entry.only_looking"), Role::Info);
    }
    if !papers.types {
        return canvas.paragraph(area, &cx.word("entry.looking"), Role::Info);
    }
    if !stage.is_open() {
        let mine = paper.mine.map(|m| mark_words(cx.locale, m)).unwrap_or_else(|| cx.word("entry.none"));
        canvas.text_in(line, &cx.say("entry.mine", &[("mark", &mine)]), Role::Text);
        if papers.told_through {
            let text = cx.say("entry.through", &[("key", &cx.key("entry", "entry.cover"))]);
            return 1 + canvas.paragraph(below, &text, Role::Good);
        }
        return 1 + canvas.paragraph(below, &cx.word(&format!("entry_why.{}", stage.code())), Role::Info);
    }
    let used = fields(papers, rule, canvas, area, cx);
    let below = Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area };
    let above = used;
    let used = check(papers, rule, canvas, below, cx);
    let rest = Rect { y: below.y + used, height: below.height.saturating_sub(used), ..below };
    let odd = if let Some(turn) = papers.odd_turn() {
        let words = cx.word(turn_key(Some(turn)));
        canvas.paragraph(rest, &format!("! {}", cx.say("entry.odd_turn", &[("turn", &words)])), Role::Warn)
    } else if paper.again {
        canvas.paragraph(rest, &format!("! {}", cx.word("entry.why_again")), Role::Warn)
    } else {
        0
    };
    above + used + odd
}

/// Groups of questions, the mark or their total, a remark; returns the lines used.
fn fields(papers: &Papers, rule: Rule, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) -> u16 {
    let draft = &papers.draft;
    let has_items = !draft.groups.is_empty() && draft.word.is_none();
    let focus = Some(draft.at).filter(|at| has_items && *at < draft.groups.len());
    let used = if has_items { items::draw(&draft.groups, focus, canvas, area) } else { 0 };
    let line = Rect { y: area.y + used, height: area.height.saturating_sub(used).min(1), ..area };
    let label = if has_items { "entry.total" } else { "entry.mark" };
    let x = canvas.text_in(line, &format!("{} ", cx.word(label)), Role::Title);
    let field = Rect { x, width: line.right().saturating_sub(x).min(8), ..line };
    match draft.word {
        Some(word) => {
            let text = mark_words(cx.locale, word);
            canvas.line(field, &text, Role::FieldFocus);
            canvas.caret(x + u16::try_from(width(&text)).unwrap_or(0), line.y);
        }
        None if focus.is_some() => drop(canvas.text_in(field, draft.field.text(), Role::Text)),
        None => draft.field.draw(canvas, field),
    }
    if has_items {
        let rest = Rect { x: field.right() + 1, width: line.right().saturating_sub(field.right() + 1), ..line };
        let sum = items::sum(&draft.groups, rule).to_string();
        canvas.text_in(rest, &cx.say("entry.items_sum", &[("sum", &sum)]), Role::Info);
    }
    let remark = draft.remark.borrow();
    if remark.is_empty() {
        return used + 1;
    }
    let below = Rect { y: line.y + 1, height: area.height.saturating_sub(used + 1).min(1), ..area };
    canvas.text_in(below, &cx.say("entry.remark_is", &[("remark", &remark)]), Role::Info);
    used + 2
}

/// How many digits save a mark by themselves, by an example; nothing where Enter does.
fn by_digits(rule: Rule, cx: &Seen<'_>) -> String {
    if rule.typing == Typing::Enter {
        return String::new();
    }
    let digits = rule.digits;
    let (count, full) = (digits.count().to_string(), cx.key("entry", "entry.full"));
    let (example, small) = (digits.written(EXAMPLE), digits.written(SMALL));
    let args = [
        ("count", count.as_str()),
        ("example", &example),
        ("mark", &EXAMPLE.to_string()),
        ("small", &small),
        ("five", &SMALL.to_string()),
        ("full", &full),
        ("highest", &rule.highest.to_string()),
    ];
    cx.say("entry.by_digits", &args)
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
            (format!("{}{}", by_digits(rule, cx), cx.say("entry.rule", &args)), Role::Dim)
        }
        None if draft.warnings.is_empty() && draft.goes_by_digits() => {
            (format!("+ {}", by_digits(rule, cx)), Role::Good)
        }
        None if draft.warnings.is_empty() => {
            let mark = draft.reads.map(|mark| mark_words(cx.locale, mark)).unwrap_or_default();
            (format!("+ {}", cx.say("entry.enter_saves", &[("mark", &mark)])), Role::Good)
        }
        None => {
            let mark = draft.word.or(draft.reads).map(|mark| mark_words(cx.locale, mark)).unwrap_or_default();
            let args = [("mark", mark.as_str()), ("key", &cx.key("entry", "entry.mean"))];
            (format!("! {}", cx.say("entry.say_yes", &args)), Role::Warn)
        }
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
