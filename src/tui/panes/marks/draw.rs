//! How the page looks: its parts, what waits for a decision, and the list.
use super::{Marks, Part};
use crate::ops::ChangeState;
use crate::ops::marks::SessionStatus;
use crate::text::Locale;
use crate::text::locks::{change_cells, session_cells};
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

pub fn columns(part: Part, locale: &Locale) -> Vec<Column> {
    let word = |key: &str| locale.word(key).to_owned();
    match part {
        Part::Sessions => vec![
            Column::new(word("column.session"), Width::Fixed(12)),
            Column::new(word("column.subject"), Width::Fixed(9)),
            Column::new(word("column.marks_expected"), Width::Fixed(5)).right(),
            Column::new(word("column.marks_settled"), Width::Fixed(7)).right(),
            Column::new(word("column.marks_state"), Width::Fixed(13)),
            Column::new(word("column.marks_way"), Width::Fill(16)),
        ],
        Part::Changes => vec![
            Column::new(word("column.change_number"), Width::Fixed(3)).right(),
            Column::new(word("column.change_state"), Width::Fixed(9)),
            Column::new(word("column.person"), Width::Fixed(10)),
            Column::new(word("column.subject"), Width::Fixed(9)),
            Column::new(word("column.mark_change"), Width::Fill(14)),
            Column::new(word("column.asked_by"), Width::Fixed(11)),
            Column::new(word("column.change_decided_by"), Width::Fixed(11)),
        ],
    }
}

pub fn draw(page: &Marks, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    canvas.fill(area, Role::Text);
    let row = |y: u16| Rect { x: area.x + 1, y: area.y + y, width: area.width.saturating_sub(2), height: 1 };
    parts(page, canvas, row(0), cx);
    let waits = waiting(page);
    let (text, role) = match waits {
        0 => (cx.word("marks.none_waiting"), Role::Dim),
        count => (cx.say("marks.waiting", &[("count", &count.to_string())]), Role::Warn),
    };
    canvas.text_in(row(1), &text, role);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    if page.table().rows() == 0 {
        let text = match page.part {
            Part::Sessions => cx.word("marks.empty_sessions"),
            Part::Changes => cx.say("marks.empty_changes", &[("key", &cx.key("marks", "marks.ask"))]),
        };
        canvas.paragraph(Rect { height: body.height.saturating_sub(1), ..row(3) }, &text, Role::Text);
        return;
    }
    page.table().draw(canvas, body, &|row, column| {
        let (cell, role) = match page.part {
            Part::Sessions => {
                let one = page.sessions.get(row);
                // The time is left out: the code says it.
                let place = if column < 2 { column } else { column + 1 };
                let cells = one.map(|s| session_cells(cx.locale, s));
                (cells.and_then(|c| c.get(place).cloned()), one.map_or(Role::Text, tone))
            }
            Part::Changes => {
                let one = page.changes.get(row);
                let open = one.is_some_and(|c| c.state == ChangeState::Asked);
                let cells = one.map(|c| change_cells(cx.locale, c));
                (cells.and_then(|c| c.get(column).cloned()), if open { Role::Warn } else { Role::Text })
            }
        };
        (cell.unwrap_or_default(), role)
    });
}

/// Changes and wishes to unlock that somebody has to decide.
fn waiting(page: &Marks) -> usize {
    let changes = page.changes.iter().filter(|c| c.state == ChangeState::Asked).count();
    changes + page.sessions.iter().filter(|s| asked(s)).count()
}

fn asked(one: &SessionStatus) -> bool {
    one.locked.as_ref().is_some_and(|lock| lock.asked.is_some())
}

fn tone(one: &SessionStatus) -> Role {
    match &one.locked {
        Some(_) if asked(one) => Role::Warn,
        Some(_) => Role::Good,
        None if one.expected == 0 => Role::Dim,
        None => Role::Text,
    }
}

/// The parts with their counts; the open one stands in brackets.
fn parts(page: &Marks, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    let mut x = line.x;
    for part in Part::ALL {
        let count = match part {
            Part::Sessions => page.sessions.len(),
            Part::Changes => page.changes.len(),
        };
        let text = format!("{} {count}", cx.word(&format!("marks_part.{}", part.code())));
        let (text, role) =
            if part == page.part { (format!("[{text}]"), Role::TabActive) } else { (format!(" {text} "), Role::Tab) };
        x = canvas.text_in(Rect { x, width: line.right().saturating_sub(x), ..line }, &text, role) + 1;
    }
}
