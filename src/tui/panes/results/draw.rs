//! Drawing the results.
use super::{Results, View, chart};
use crate::model::Subject;
use crate::ops::results::{Counts, MissingRow, OutcomeKind, ResultRow, Standing};
use crate::text::{Locale, why_words};
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::bars::{Ink, bar};
use crate::tui::widgets::{Column, Width};
use ratatui::layout::Rect;

/// Cells of the bars on the board.
const BAR: usize = 8;

fn column(locale: &Locale, key: &str, width: Width) -> Column {
    Column::new(locale.word(key), width)
}

pub fn board_columns(locale: &Locale) -> Vec<Column> {
    let count = |key: &str, cells: u16| column(locale, key, Width::Fixed(cells)).right();
    vec![
        column(locale, "results.column.occupation", Width::Fill(12)),
        column(locale, "results.column.level", Width::Fixed(5)),
        count("results.column.applied", 7),
        count("results.column.sat", 6).priority(1),
        count("results.column.absent", 6).priority(1),
        count("results.short.theory", 6).priority(3),
        count("results.short.practical", 6).priority(3),
        count("results.short.review", 6).priority(3),
        count("results.column.passed", 6),
        count("results.column.failed", 6),
        count("results.short.incomplete", 6),
        count("results.short.rate", 7),
        Column::new("", Width::Fixed(8)).priority(2),
    ]
}

pub fn people_columns(locale: &Locale) -> Vec<Column> {
    let part = |key: &str| column(locale, key, Width::Fixed(9)).right();
    vec![
        column(locale, "results.column.ticket", Width::Fixed(14)).priority(2),
        column(locale, "results.column.candidate", Width::Fill(8)),
        column(locale, "results.column.occupation", Width::Fill(8)).priority(3),
        column(locale, "results.column.level", Width::Fixed(5)),
        part("subject.theory"),
        part("subject.practical"),
        part("subject.review"),
        column(locale, "results.column.outcome", Width::Fixed(10)),
    ]
}

pub fn missing_columns(locale: &Locale) -> Vec<Column> {
    vec![
        column(locale, "results.column.ticket", Width::Fixed(14)).priority(1),
        column(locale, "results.column.candidate", Width::Fill(8)),
        column(locale, "results.column.occupation", Width::Fill(8)).priority(2),
        column(locale, "results.column.level", Width::Fixed(5)),
        column(locale, "results.column.subject", Width::Fixed(9)),
        column(locale, "results.column.why", Width::Fill(20)),
    ]
}

pub fn draw(pane: &Results, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    views(pane, canvas, area, cx);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if pane.board.totals.applied == 0 {
        canvas.paragraph(body, &cx.word("results.empty"), Role::Dim);
        return;
    }
    match pane.view {
        View::Board => board(pane, canvas, body, cx),
        View::People => people(pane, canvas, body, cx),
        View::Spread => chart::draw(pane, canvas, body, cx),
        View::Missing => missing(pane, canvas, body, cx),
        View::Places => pane.places.draw(canvas, body, cx),
        View::Settled => pane.settled.draw(canvas, body, cx),
        View::Earlier => pane.earlier.draw(canvas, body, cx),
    }
}

/// Which views there are, the front one in brackets, and whether the counts are old.
fn views(pane: &Results, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let mut x = area.x;
    for view in View::ALL {
        let front = view == pane.view;
        let name = cx.word(view.key());
        let text = if front { format!("[{name}]") } else { format!(" {name} ") };
        let line = Rect { x, width: area.right().saturating_sub(x), height: 1, ..area };
        x = canvas.text_in(line, &text, if front { Role::TabActive } else { Role::Tab }) + 1;
    }
    if pane.old {
        let words = cx.say("results.old", &[("key", &cx.key("results", "results.refresh"))]);
        canvas.text_in(Rect { x, width: area.right().saturating_sub(x), height: 1, ..area }, &words, Role::Warn);
    }
}

/// Head, list, and the rest for the list.
fn split(area: Rect, head: u16) -> (Rect, Rect) {
    let head = head.min(area.height);
    (Rect { height: head, ..area }, Rect { y: area.y + head, height: area.height - head, ..area })
}

fn board(pane: &Results, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let (head, list) = split(area, 2);
    totals(&pane.board.totals, canvas, head, cx);
    let ink = Ink::for_canvas(canvas);
    pane.lines.draw(canvas, list, &|row, column| {
        let Some(line) = pane.board.rows.get(row) else { return (String::new(), Role::Text) };
        let c = &line.counts;
        let text = match column {
            0 => line.occupation_name.clone(),
            1 => cx.word(&format!("results.level.{}", line.level.digit())),
            2 => c.applied.to_string(),
            3 => c.sat.to_string(),
            4 => c.absent.to_string(),
            5 => c.passed_theory.to_string(),
            6 => c.passed_practical.to_string(),
            // Lower levels have no review: that is not "nobody passed it".
            7 if !line.level.is_technician() && c.passed_review == 0 => "-".to_owned(),
            7 => c.passed_review.to_string(),
            8 => c.passed.to_string(),
            9 => c.failed.to_string(),
            10 => c.incomplete.to_string(),
            11 => c.rate().unwrap_or_else(|| "-".to_owned()),
            _ => return (bar(c.passed, c.decided(), BAR, ink), Role::Bar),
        };
        (text, Role::Text)
    });
}

/// All counts in words, and one bar of the whole batch.
fn totals(c: &Counts, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let numbers = [c.applied, c.sat, c.absent, c.passed, c.failed, c.incomplete].map(|n| n.to_string());
    let [applied, sat, absent, passed, failed, incomplete] = &numbers;
    let rate = c.rate().unwrap_or_else(|| "-".to_owned());
    let args = [
        ("applied", applied.as_str()),
        ("sat", sat),
        ("absent", absent),
        ("passed", passed),
        ("failed", failed),
        ("incomplete", incomplete),
        ("rate", &rate),
    ];
    canvas.text_in(area, &cx.say("results.totals", &args), Role::Title);
    let words = cx.word("results.decided");
    let line = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let x = canvas.text_in(line, &format!("{words} {}/{} ", c.decided(), c.applied), Role::Text);
    let cells = usize::from(area.right().saturating_sub(x + 1));
    let drawn = bar(c.decided(), c.applied, cells, Ink::for_canvas(canvas));
    canvas.text_in(Rect { x, width: area.right().saturating_sub(x), ..line }, &drawn, Role::Bar);
}

fn people(pane: &Results, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let (head, list) = split(area, 2);
    let (shown, total) = (pane.listed.rows.len().to_string(), pane.listed.total.to_string());
    let key = if shown == total { "results.count" } else { "results.count_cut" };
    canvas.text_in(head, &cx.say(key, &[("total", &total), ("shown", &shown)]), Role::Title);
    filters(pane, canvas, Rect { y: head.y + 1, height: 1, ..head }, cx);
    if pane.listed.rows.is_empty() {
        let key = cx.key("results", "results.clear");
        canvas.paragraph(list, &cx.say("results.nobody", &[("key", &key)]), Role::Dim);
        return;
    }
    pane.people.draw(canvas, list, &|row, column| match pane.listed.rows.get(row) {
        Some(person) => person_cell(person, column, cx),
        None => (String::new(), Role::Text),
    });
}

/// The text filter and the others that are set.
fn filters(pane: &Results, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    let label = format!("{} ", cx.word("results.filter"));
    let x = canvas.text_in(line, &label, Role::Dim);
    let field = Rect { x, width: 24.min(line.right().saturating_sub(x)), ..line };
    if pane.typing {
        pane.field.draw(canvas, field)
    } else {
        pane.field.draw_idle(canvas, field)
    }
    let f = &pane.filter;
    let occupation = f.occupation.as_ref().map(|code| {
        let line = pane.board.rows.iter().find(|l| l.occupation == *code);
        line.map_or_else(|| code.clone(), |l| l.occupation_name.clone())
    });
    let level = f.level.map(|l| cx.word(&l.key()));
    let outcome = f.outcome.map(|o| cx.word(&o.key()));
    let set: Vec<_> = [occupation, level, outcome].into_iter().flatten().collect();
    let rest = Rect { x: field.right() + 1, width: line.right().saturating_sub(field.right() + 1), ..line };
    canvas.text_in(rest, &set.join(" + "), Role::Info);
}

fn person_cell(row: &ResultRow, column: usize, cx: &Seen<'_>) -> (String, Role) {
    let part = |part: Subject| match row.of(part) {
        Standing::Points(points) => (points.to_string(), Role::Text),
        Standing::Absent => (cx.word("results.short.absent"), Role::Warn),
        Standing::Void => (cx.word("results.short.void"), Role::Warn),
        Standing::Sealed => (cx.word("results.short.sealed"), Role::Dim),
        Standing::Missing => (cx.word("results.short.missing"), Role::Dim),
        Standing::NotRequired => (cx.word("results.short.not_required"), Role::Dim),
    };
    match column {
        0 => (row.ticket.clone().unwrap_or_default(), Role::Text),
        1 => (row.name.clone(), Role::Text),
        2 => (row.occupation_name.clone(), Role::Text),
        3 => (cx.word(&format!("results.level.{}", row.level.digit())), Role::Text),
        4 => part(Subject::Theory),
        5 => part(Subject::Practical),
        6 => part(Subject::Review),
        _ => match OutcomeKind::of(row.outcome) {
            OutcomeKind::Passed => (cx.word("results.column.passed"), Role::Good),
            OutcomeKind::Failed => (cx.word("results.column.failed"), Role::Refused),
            OutcomeKind::Incomplete => (cx.word("results.column.incomplete"), Role::Dim),
        },
    }
}

fn missing(pane: &Results, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    let (head, list) = split(area, 1);
    let [theory, practical, review] = pane.board.spreads.map(|s| s.missing.to_string());
    let total = pane.missing.total.to_string();
    let args = [("total", total.as_str()), ("theory", &theory), ("practical", &practical), ("review", &review)];
    canvas.text_in(head, &cx.say("results.missing_line", &args), Role::Title);
    if pane.missing.rows.is_empty() {
        canvas.paragraph(list, &cx.word("results.none_missing"), Role::Dim);
        return;
    }
    pane.gaps.draw(canvas, list, &|row, column| match pane.missing.rows.get(row) {
        Some(gap) => (missing_cell(gap, column, cx), Role::Text),
        None => (String::new(), Role::Text),
    });
}

fn missing_cell(gap: &MissingRow, column: usize, cx: &Seen<'_>) -> String {
    match column {
        0 => gap.ticket.clone().unwrap_or_default(),
        1 => gap.name.clone(),
        2 => gap.occupation_name.clone(),
        3 => cx.word(&format!("results.level.{}", gap.level.digit())),
        4 => cx.word(&gap.subject.key()),
        _ => why_words(cx.locale, &gap.why),
    }
}
