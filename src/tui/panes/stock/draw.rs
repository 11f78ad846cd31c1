//! How the page looks: what there is of each item, the ledger below, newest first.
use super::Stock;
use crate::model::StockMove;
use crate::text::{Locale, register as words};
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Width};
use ratatui::layout::Rect;

pub fn columns(locale: &Locale) -> Vec<Column> {
    let word = |key: &str| locale.word(key).to_owned();
    vec![
        Column::new(word("column.case_number"), Width::Fixed(4)).right(),
        Column::new(word("column.day"), Width::Fixed(10)),
        Column::new(word("column.stock_move"), Width::Fixed(14)),
        Column::new(word("column.stock_change"), Width::Fixed(8)).right(),
        Column::new(word("column.stock_usable"), Width::Fixed(8)).right(),
        Column::new(word("column.stock_spoilt"), Width::Fixed(10)).right(),
        Column::new(word("column.stock_responsible"), Width::Fixed(11)).priority(1),
        Column::new(word("column.stock_remark"), Width::Fill(10)).priority(2),
    ]
}

pub fn draw(pane: &Stock, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
    canvas.fill(area, Role::Text);
    let row = |y: u16| Rect { x: area.x + 1, y: area.y + y, width: area.width.saturating_sub(2), height: 1 };
    let mut y = 0;
    for balance in &pane.balances {
        let shown = balance.0 == pane.item;
        let mark = if shown { "> " } else { "  " };
        let text = format!("{mark}{}", words::balance_line(cx.locale, balance));
        canvas.text_in(row(y), &text, if shown { Role::Title } else { Role::Dim });
        y += 1;
    }
    let body = Rect { y: area.y + y, height: area.height.saturating_sub(y), ..area };
    if pane.lines.is_empty() {
        let text = cx.say("stock.empty", &[("key", &cx.key("stock", "stock.receive"))]);
        canvas.paragraph(Rect { height: body.height.saturating_sub(1), ..row(y + 1) }, &text, Role::Text);
        return;
    }
    pane.table.draw(canvas, body, &|line, column| {
        let Some(one) = pane.lines.get(line) else { return (String::new(), Role::Text) };
        let cells = words::stock_cells(cx.locale, one);
        // The item stands above.
        let place = if column < 2 { column } else { column + 1 };
        let role = match one.row.kind {
            _ if one.reversed => Role::Dim,
            StockMove::Counted if one.row.reason.is_some() => Role::Warn,
            _ => Role::Text,
        };
        (cells.get(place).cloned().unwrap_or_default(), role)
    });
}
