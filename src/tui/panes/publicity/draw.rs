//! How the page looks: its parts, whether documents may be given, and the list at hand.
use super::{Part, Publicity};
use crate::model::{PublicColumn, Refusal};
use crate::ops::PublicationState;
use crate::ops::publicity::{NOT_FINAL, NOT_PUBLISHED, OUTDATED, PublicList, Shown};
use crate::text::Locale;
use crate::text::publicity::{cell_words, objection_cells, refusal_words, release_cells};
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

pub fn columns(part: Part, locale: &Locale) -> Vec<Column> {
    let column = |key: &str, width| Column::new(locale.word(key).to_owned(), width);
    match part {
        Part::Releases => vec![
            column("publicity.column.number", Width::Fixed(6)).right(),
            column("column.state", Width::Fixed(9)),
            column("publicity.column.people", Width::Fixed(6)).right(),
            column("publicity.column.from", Width::Fixed(10)),
            column("publicity.column.until", Width::Fixed(10)),
            column("publicity.column.place", Width::Fill(10)),
            column("publicity.column.by", Width::Fixed(11)),
            column("publicity.column.note", Width::Fixed(10)),
        ],
        Part::Said => vec![
            column("column.case_number", Width::Fixed(4)).right(),
            column("objection.column.kind", Width::Fixed(9)),
            column("objection.column.person", Width::Fixed(8)),
            column("column.matter", Width::Fill(12)),
            column("column.state", Width::Fixed(14)),
            column("column.countdown", Width::Fixed(13)),
            column("column.handler", Width::Fixed(8)),
        ],
        Part::Public => Vec::new(),
    }
}

/// As the release has them.
pub fn public_columns(list: Option<&PublicList>, locale: &Locale) -> Vec<Column> {
    let width = |shown: &Shown| match shown {
        Shown::Tail => Width::Fixed(10),
        Shown::Column(column) => match column {
            PublicColumn::Employer | PublicColumn::Occupation => Width::Fill(8),
            PublicColumn::Name => Width::Fixed(8),
            PublicColumn::Ticket => Width::Fixed(14),
            PublicColumn::Level => Width::Fixed(12),
            _ => Width::Fixed(7),
        },
    };
    let columns = list.map(|list| list.columns.as_slice()).unwrap_or_default();
    columns.iter().map(|shown| Column::new(locale.word(shown.key()).to_owned(), width(shown))).collect()
}

pub fn draw(page: &Publicity, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    canvas.fill(area, Role::Text);
    let row = |y: u16| Rect { x: area.x + 1, y: area.y + y, width: area.width.saturating_sub(2), height: 1 };
    parts(page, canvas, row(0), cx);
    let (text, role) = standing(page, cx);
    canvas.text_in(row(1), &text, role);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    if page.table().rows() == 0 {
        let key = |action: &str| cx.key("publicity", &format!("publicity.{action}"));
        let text = match page.part {
            Part::Releases => cx.say("publicity.empty_releases", &[("key", &key("publish"))]),
            Part::Said => cx.say("publicity.empty_said", &[("key", &key("recheck")), ("other", &key("object"))]),
            Part::Public => cx.word("publicity.empty_public"),
        };
        canvas.paragraph(Rect { height: body.height.saturating_sub(1), ..row(3) }, &text, Role::Text);
        return;
    }
    page.table().draw(canvas, body, &|row, column| cell(page, (row, column), cx));
}

fn cell(page: &Publicity, (row, column): (usize, usize), cx: &Seen<'_>) -> (String, Role) {
    let (text, role) = match page.part {
        Part::Releases => {
            let one = page.releases.get(row);
            let role = match one.map(|r| r.row.state) {
                Some(PublicationState::Open) => Role::Warn,
                Some(PublicationState::Final) => Role::Good,
                _ => Role::Dim,
            };
            (one.and_then(|r| release_cells(cx.locale, r).get(column).cloned()), role)
        }
        Part::Said => {
            let one = page.said.get(row);
            let role = if one.is_some_and(|c| c.stage.is_open()) { Role::Warn } else { Role::Text };
            (one.and_then(|c| objection_cells(cx.locale, c).get(column).cloned()), role)
        }
        Part::Public => {
            let shown = page.public.as_ref().and_then(|list| Some((list.columns.get(column)?, list.rows.get(row)?)));
            (shown.map(|(column, row)| cell_words(cx.locale, column.cell(row))), Role::Text)
        }
    };
    (text.unwrap_or_default(), role)
}

/// What comes next before anybody gets a document.
fn standing(page: &Publicity, cx: &Seen<'_>) -> (String, Role) {
    let held = page.gate.held_count();
    match page.gate.stops().first() {
        Some(stop) => (next(&stop.refusal(), cx), Role::Warn),
        None if held > 0 => (cx.say("publicity.open_but", &[("count", &held.to_string())]), Role::Warn),
        None => (cx.word("publicity.all_clear"), Role::Good),
    }
}

/// With the key, where this page does what is missing.
fn next(why: &Refusal, cx: &Seen<'_>) -> String {
    let (words, action) = match why.code {
        NOT_PUBLISHED => ("publicity.press_publish", "publicity.publish"),
        OUTDATED => ("publicity.press_correct", "publicity.publish"),
        NOT_FINAL => ("publicity.press_finalise", "publicity.finalise"),
        _ => return refusal_words(cx.locale, why),
    };
    cx.say(words, &[("key", &cx.key("publicity", action))])
}

/// The parts with their counts; the one at hand stands in brackets.
fn parts(page: &Publicity, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    let mut x = line.x;
    for part in Part::ALL {
        let count = match part {
            Part::Releases => page.releases.len(),
            Part::Said => page.said.iter().filter(|case| case.stage.is_open()).count(),
            Part::Public => page.public.as_ref().map_or(0, |list| list.rows.len()),
        };
        let text = format!("{} {count}", cx.word(&format!("publicity_part.{}", part.code())));
        let (text, role) =
            if part == page.part { (format!("[{text}]"), Role::TabActive) } else { (format!(" {text} "), Role::Tab) };
        x = canvas.text_in(Rect { x, width: line.right().saturating_sub(x), ..line }, &text, role) + 1;
    }
}
