//! The page of tickets on the screen: window, counts, list.
use super::Tickets;
use crate::model::identity;
use crate::ops::tickets::{TicketLine, TicketState, Window};
use crate::text::ticket_window;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Pane, Seen};
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

pub fn columns(cx: &Cx<'_>) -> Vec<Column> {
    let word = |key: &str| cx.locale.word(key).to_owned();
    vec![
        Column::new(word("column.ticket"), Width::Fixed(16)),
        Column::new(word("column.state"), Width::Fixed(9)),
        Column::new(word("column.person"), Width::Fill(10)),
        Column::new(word("column.room"), Width::Fixed(5)).right().priority(1),
        Column::new(word("column.seat"), Width::Fixed(5)).right().priority(1),
        Column::new(word("column.id_number"), Width::Fixed(18)).priority(2),
        Column::new(word("column.occupation"), Width::Fill(10)).priority(3),
    ]
}

pub fn draw(page: &Tickets, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    canvas.fill(area, Role::Text);
    let row = |y: u16| Rect { y: area.y + y, height: 1, ..area };
    let counts = &page.counts;
    let args = [
        ("issued", counts.issued.to_string()),
        ("printed", counts.printed.to_string()),
        ("waiting", counts.waiting.to_string()),
        ("void", counts.void.to_string()),
    ];
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    canvas.text_in(row(0), &format!(" {}", cx.say("tickets.counts", &args)), Role::Title);
    let open = matches!(page.window, Window::Free | Window::Open { .. });
    let role = if open { Role::Text } else { Role::Warn };
    canvas.text_in(row(1), &format!(" {}", ticket_window(cx.locale, &page.window)), role);
    filter_line(page, canvas, row(2), cx);
    let mut top = 3;
    if let Some(replaced) = &page.replaced {
        canvas.text_in(row(top), &format!(" {replaced}"), Role::Warn);
        top += 1;
    }
    let body = Rect { y: area.y + top, height: area.height.saturating_sub(top), ..area };
    if page.lines.is_empty() {
        let (key, action) = match page.find.is_empty() && page.state.is_none() {
            true => ("tickets.empty", "tickets.issue"),
            false => ("tickets.nothing_found", "tickets.close"),
        };
        let text = cx.say(key, &[("key", &cx.key(Tickets::ID, action))]);
        let body = Rect { x: body.x + 2, width: body.width.saturating_sub(4), ..body };
        canvas.paragraph(body, &text, Role::Dim);
        return;
    }
    page.table.draw(canvas, body, &|line, column| match page.lines.get(line) {
        Some(line) => cell(line, column, cx),
        None => (String::new(), Role::Text),
    });
}

fn cell(line: &TicketLine, column: usize, cx: &Seen<'_>) -> (String, Role) {
    let state = line.state();
    let role = match state {
        TicketState::Waiting | TicketState::Void => Role::Warn,
        TicketState::Issued | TicketState::Printed => Role::Text,
    };
    let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let text = match column {
        0 => line.number.clone().or_else(|| line.void.clone()).unwrap_or_else(|| "-".to_owned()),
        1 => cx.word(&format!("ticket_state.{}", state.code())),
        2 => line.name.clone(),
        3 => number(line.room),
        4 => number(line.seat),
        5 => identity::mask(&line.id_number),
        _ => line.occupation_name.clone(),
    };
    (text, role)
}

fn filter_line(page: &Tickets, canvas: &mut Canvas<'_, '_>, line: Rect, cx: &Seen<'_>) {
    let state = match page.state {
        Some(state) => cx.word(&format!("ticket_state.{}", state.code())),
        None => cx.word("tickets.all"),
    };
    let text = format!(" {}   ", cx.say("tickets.filter", &[("state", &state)]));
    let mut x = canvas.text_in(line, &text, Role::Dim);
    if page.finding {
        x = canvas.text(x, line.y, &format!("{}: ", cx.word("tickets.search")), Role::Key);
        let width = line.right().saturating_sub(x).min(40);
        page.find.draw(canvas, Rect { x, width, ..line });
    } else if !page.find.is_empty() {
        canvas.text(x, line.y, &cx.say("tickets.found", &[("text", page.find.text())]), Role::Warn);
    }
}
