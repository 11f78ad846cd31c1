//! Bags above, typists below.
use super::Progress;
use crate::ops::entry::{BagProgress, ControlState, TypistProgress};
use crate::text::Locale;
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::bars::{Ink, bar};
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

/// Lines for typists: a heading, their table.
const BELOW: u16 = 7;

pub fn bag_columns(locale: &Locale) -> Vec<Column> {
    let count = |key: &str| Column::new(locale.word(key), Width::Fixed(6)).right();
    vec![
        Column::new(locale.word("column.pile"), Width::Fill(16)),
        count("column.expected"),
        count("column.first_in"),
        count("column.second_in"),
        count("column.settled"),
        count("column.differing"),
        Column::new(locale.word("column.control"), Width::Fixed(11)).priority(1),
        Column::new(locale.word("column.typed_by"), Width::Fill(14)),
    ]
}

pub fn typist_columns(locale: &Locale) -> Vec<Column> {
    let count = |key: &str| Column::new(locale.word(key), Width::Fixed(9)).right();
    vec![
        Column::new(locale.word("column.typist"), Width::Fill(10)),
        count("column.entries_in"),
        count("column.per_hour"),
        count("column.last_hour"),
        count("column.slip_share"),
        count("column.slip_share_now"),
        Column::new(locale.word("column.tired"), Width::Fill(12)),
    ]
}

pub fn draw(pane: &Progress, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    canvas.fill(area, Role::Text);
    let line = Rect { height: 1, ..area };
    let ink = Ink::for_canvas(canvas);
    let (mut done, mut all, mut differing) = (0i64, 0i64, 0i64);
    for bag in &pane.bags {
        done += bag.pile.counts.settled;
        all += bag.pile.counts.expected;
        differing += bag.pile.counts.differing + bag.pile.counts.returned;
    }
    let (settled, expected, differ) = (done.to_string(), all.to_string(), differing.to_string());
    let args = [("settled", settled.as_str()), ("expected", &expected), ("differing", &differ)];
    let end = canvas.text_in(line, &cx.say("progress.heading", &args), Role::Title);
    let rest = Rect { x: end + 1, width: line.right().saturating_sub(end + 1).min(20), ..line };
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    canvas.text_in(rest, &bar(count(done), count(all), usize::from(rest.width), ink), Role::Bar);
    if pane.bags.is_empty() {
        let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
        canvas.paragraph(body, &cx.word("progress.empty"), Role::Text);
        return;
    }
    let below = BELOW.min(area.height / 2);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1 + below), ..area };
    pane.table.draw(canvas, body, &|row, column| match pane.bags.get(row) {
        Some(bag) => bag_cell(bag, column, cx),
        None => (String::new(), Role::Text),
    });
    let under = Rect { y: body.bottom(), height: below, ..area };
    canvas.rule(Rect { height: 1, ..under }, Role::Border);
    let under = Rect { y: under.y + 1, height: under.height.saturating_sub(1), ..under };
    if pane.typists.is_empty() {
        canvas.paragraph(under, &cx.word("progress.nobody"), Role::Dim);
        return;
    }
    pane.typist_table.draw(canvas, under, &|row, column| match pane.typists.get(row) {
        Some(typist) => typist_cell(typist, column, cx),
        None => (String::new(), Role::Text),
    });
}

fn bag_cell(bag: &BagProgress, column: usize, cx: &Seen<'_>) -> (String, Role) {
    let counts = bag.pile.counts;
    let number = |n: i64, role: Role| (n.to_string(), if n == 0 { Role::Dim } else { role });
    match column {
        0 => {
            let (subject, label) = (cx.word(&bag.pile.subject.key()), bag.pile.label());
            let key = if bag.pile.is_sealed() { "entry.bag_name" } else { "entry.pile_name" };
            (cx.say(key, &[("subject", &subject), ("room", &label)]), Role::Text)
        }
        1 => (counts.expected.to_string(), Role::Text),
        2 => number(counts.first_in, Role::Text),
        3 => number(counts.second_in, Role::Text),
        4 => number(counts.settled, Role::Good),
        5 => number(counts.differing + counts.returned, Role::Warn),
        6 => {
            let role = if bag.control == ControlState::Differs { Role::Warn } else { Role::Dim };
            (cx.word(bag.control.key()), role)
        }
        _ => claimed(bag, cx),
    }
}

/// Who types which entries; somebody who left comes with a mark and the minutes since.
fn claimed(bag: &BagProgress, cx: &Seen<'_>) -> (String, Role) {
    let one = |claim: &crate::ops::entry::Claimed| {
        let (slot, idle) = (claim.slot.number().to_string(), claim.idle.to_string());
        let key = if claim.left_behind { "progress.left_behind" } else { "progress.types" };
        cx.say(key, &[("slot", &slot), ("name", &claim.operator), ("idle", &idle)])
    };
    let role = if bag.claims.iter().any(|claim| claim.left_behind) { Role::Warn } else { Role::Text };
    (bag.claims.iter().map(one).collect::<Vec<_>>().join(" "), role)
}

fn typist_cell(typist: &TypistProgress, column: usize, cx: &Seen<'_>) -> (String, Role) {
    let report = &typist.report;
    let tired = !report.signs.is_empty();
    let rate = |rate: Option<i64>| rate.map_or_else(|| "-".to_owned(), |n| n.to_string());
    let share = |permille: Option<i64>| permille.map_or_else(|| "-".to_owned(), |n| format!("{}.{}%", n / 10, n % 10));
    let text = match column {
        0 => typist.operator.clone(),
        1 => report.all.entries.to_string(),
        2 => rate(report.all.per_hour),
        3 => rate(report.recent.per_hour),
        4 => share(report.all.against_permille),
        5 => share(report.recent.against_permille),
        _ if tired => {
            let signs: Vec<_> = report.signs.iter().map(|sign| cx.word(sign.key())).collect();
            format!("! {}", signs.join(" "))
        }
        _ => String::new(),
    };
    (text, if tired { Role::Warn } else { Role::Text })
}
