//! How the page looks: how many wait, the list, and both sides of the selected one.
use super::Merge;
use crate::ops::ConflictState;
use crate::text::{Locale, merging};
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

pub fn columns(locale: &Locale) -> Vec<Column> {
    let widths =
        [Width::Fixed(3), Width::Fixed(9), Width::Fixed(10), Width::Fixed(20), Width::Fill(14), Width::Fixed(8)];
    let named = merging::COLUMNS.into_iter().zip(widths);
    named.map(|(key, width)| Column::new(locale.word(key).to_owned(), width)).collect()
}

pub fn draw(page: &Merge, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    canvas.fill(area, Role::Text);
    let row = |y: u16| Rect { x: area.x + 1, y: area.y + y, width: area.width.saturating_sub(2), height: 1 };
    let open = page.all.iter().filter(|kept| kept.state == ConflictState::Open).count();
    let (text, role) = match open {
        0 => (cx.word("merge.none_open"), Role::Good),
        count => (cx.say("merge.waiting", &[("count", &count.to_string())]), Role::Warn),
    };
    canvas.text_in(row(0), &text, role);
    if page.all.is_empty() {
        let body = Rect { height: area.height.saturating_sub(2), ..row(2) };
        canvas.paragraph(body, &cx.word("merge.empty"), Role::Text);
        return;
    }
    let below = area.height.saturating_sub(1).min(9) / 2 * 2;
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1 + below), ..area };
    page.table.draw(canvas, body, &|row, column| {
        let Some(kept) = page.all.get(row) else { return (String::new(), Role::Text) };
        let role = if kept.state == ConflictState::Open { Role::Warn } else { Role::Dim };
        (merging::cells(cx.locale, kept).get(column).cloned().unwrap_or_default(), role)
    });
    let Ok(kept) = page.chosen() else { return };
    // What differs before what is the same: there is room for little.
    let lines = merging::lines(cx.locale, kept);
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    let mut differs = false;
    for line in lines.into_iter().filter(|line| !line.is_empty()) {
        differs = line.starts_with('!') || differs && line.starts_with("    ");
        if differs { first.push(line) } else { rest.push(line) }
    }
    let places = (0..below).map(|n| row(area.height - below + n));
    for (place, line) in
        places.zip(first.into_iter().map(|l| (l, Role::Text)).chain(rest.into_iter().map(|l| (l, Role::Dim))))
    {
        canvas.text_in(place, &line.0, line.1);
    }
}
