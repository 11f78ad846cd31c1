//! A longer text, wrapped to the width it gets, that scrolls.
use crate::text::width::wrap;
use crate::tui::canvas::Canvas;
use crate::tui::pane::Move;
use crate::tui::theme::Role;
use ratatui::layout::Rect;
use std::cell::Cell;

pub struct Scroll {
    lines: Vec<String>,
    top: usize,
    /// Rows that fit and rows that the text takes, as of the last drawing.
    page: Cell<usize>,
    rows: Cell<usize>,
}

impl Scroll {
    pub fn new(lines: Vec<String>) -> Scroll {
        let rows = Cell::new(lines.len());
        Scroll { lines, top: 0, page: Cell::new(1), rows }
    }

    pub fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, role: Role) {
        let wrapped = |line: &String| match wrap(line, usize::from(area.width)) {
            rows if rows.is_empty() => vec![String::new()],
            rows => rows,
        };
        let rows: Vec<String> = self.lines.iter().flat_map(wrapped).collect();
        self.page.set(usize::from(area.height).max(1));
        self.rows.set(rows.len());
        for (y, row) in (area.top()..area.bottom()).zip(rows.iter().skip(self.top)) {
            canvas.text_in(Rect::new(area.x, y, area.width, 1), row, role);
        }
    }

    pub fn go(&mut self, to: Move) {
        let page = self.page.get();
        let last = self.rows.get().saturating_sub(page);
        self.top = match to {
            Move::Up => self.top.saturating_sub(1),
            Move::Down => self.top + 1,
            Move::PageUp => self.top.saturating_sub(page),
            Move::PageDown => self.top + page,
            Move::First => 0,
            Move::Last => last,
        }
        .min(last);
    }
}
