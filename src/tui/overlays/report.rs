//! A longer text to read and scroll: reports of rows, explanations, what an operation changed.
use crate::ops::Result;
use crate::text::width::{width, wrap};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Flow, Layer, Listed, Move, Seen, Show};
use crate::tui::theme::Role;
use ratatui::layout::Rect;
use std::cell::Cell;

pub struct Report {
    title: String,
    lines: Vec<String>,
    top: usize,
    page: Cell<usize>,
    /// Lines after wrapping, as of the last drawing.
    rows: Cell<usize>,
}

impl Report {
    pub fn show(title: String, lines: Vec<String>) -> Box<dyn Layer> {
        Box::new(Report { title, lines, top: 0, page: Cell::new(1), rows: Cell::new(0) })
    }
}

/// A line that is too long goes on below, as far in as it began.
fn wrapped(line: &str, cells: usize) -> Vec<String> {
    if width(line) <= cells {
        return vec![line.to_owned()];
    }
    let text = line.trim_start_matches(' ');
    let indent = " ".repeat(line.len() - text.len());
    wrap(text, cells.saturating_sub(indent.len())).into_iter().map(|part| format!("{indent}{part}")).collect()
}

impl Layer for Report {
    fn id(&self) -> &'static str {
        "report"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, _cx: &Seen<'_>) {
        let inner = canvas.popup(area, (area.width.saturating_sub(4).min(110), area.height), &self.title);
        self.page.set(usize::from(inner.height).max(1));
        let lines: Vec<_> = self.lines.iter().flat_map(|line| wrapped(line, usize::from(inner.width))).collect();
        self.rows.set(lines.len());
        let rows = inner.top()..inner.bottom();
        for (y, line) in rows.zip(lines.iter().skip(self.top)) {
            canvas.text_in(Rect::new(inner.x, y, inner.width, 1), line, Role::Popup);
        }
        // On the border: which lines of how many, where they are not all seen.
        let (from, until) = (self.top + 1, (self.top + self.page.get()).min(lines.len()));
        if lines.len() > self.page.get() {
            let mark = format!(" {from}-{until}/{} ", lines.len());
            let cells = u16::try_from(width(&mark)).unwrap_or(inner.width).min(inner.width);
            canvas.text_in(Rect::new(inner.right() - cells, inner.bottom(), cells, 1), &mark, Role::Popup);
        }
    }

    fn actions(&self) -> Vec<Listed> {
        vec![Listed { id: "report.back", show: Show::Hint }]
    }

    fn act(&mut self, id: &str, _cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        (id == "report.back").then_some(Ok(Flow::Close))
    }

    fn go(&mut self, to: Move, _cx: &mut Cx<'_>) -> Result<()> {
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
        Ok(())
    }
}
