//! How the page looks: one line for each operator, those who are disabled at the end.
use super::Operators;
use crate::text::{Locale, operators as words};
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

pub fn columns(locale: &Locale) -> Vec<Column> {
    let word = |key: &str| locale.word(key).to_owned();
    vec![
        Column::new(word("column.name"), Width::Fixed(14)),
        Column::new(word("column.roles"), Width::Fixed(20)),
        Column::new(word("column.ways"), Width::Fill(16)),
        Column::new(word("column.os_user"), Width::Fixed(12)).priority(2),
        Column::new(word("column.organisation"), Width::Fixed(16)).priority(3),
        Column::new(word("column.state"), Width::Fixed(8)),
    ]
}

pub fn draw(pane: &Operators, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    canvas.fill(area, Role::Text);
    pane.table.draw(canvas, area, &|line, column| {
        let Some(one) = pane.lines.get(line) else { return (String::new(), Role::Text) };
        let role = match () {
            () if one.row.disabled => Role::Dim,
            () if one.locked.is_some() => Role::Warn,
            () => Role::Text,
        };
        let [name, roles, unit, os_user, ways, state] = words::cells(cx.locale, one);
        let cells = [name, roles, ways, os_user, unit, state];
        (cells.into_iter().nth(column).unwrap_or_default(), role)
    });
}
