//! Says what would happen and asks which of a few ways to take; the last one changes nothing.
use super::reason::stay_means_close;
use crate::ops::Result;
use crate::text::width::wrap;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Flow, Layer, Listed, Move, Seen, Show, chord};
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Table, Width};
use ratatui::layout::Rect;

/// Gets the place of the chosen way.
pub type Then = Box<dyn FnOnce(&mut Cx<'_>, usize) -> Result<Flow>>;

pub struct Choice {
    title: String,
    body: Vec<String>,
    items: Vec<String>,
    table: Table,
    then: Option<Then>,
}

/// Cells of the popup.
const WIDE: u16 = 72;
/// Lines of explanation that are shown at most.
const MOST: usize = 9;

impl Choice {
    pub fn ask(title: String, body: Vec<String>, items: Vec<String>, then: Then) -> Box<dyn Layer> {
        let mut table = Table::new(vec![Column::new("", Width::Fill(1))]);
        table.set_rows(items.len());
        Box::new(Choice { title, body, items, table, then: Some(then) })
    }
}

impl Layer for Choice {
    fn id(&self) -> &'static str {
        "choice"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, _cx: &Seen<'_>) {
        let cells = usize::from(WIDE.min(area.width).saturating_sub(4));
        let mut lines: Vec<String> = self.body.iter().flat_map(|line| wrap(line, cells)).collect();
        if lines.len() > MOST {
            lines.truncate(MOST - 1);
            lines.push("..".to_owned());
        }
        let tall = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let height = tall(lines.len()).saturating_add(tall(self.items.len())).saturating_add(4);
        let inner = canvas.popup(area, (WIDE, height.min(area.height)), &self.title);
        for (y, line) in (inner.top()..inner.bottom()).zip(&lines) {
            canvas.text_in(
                Rect { x: inner.x + 1, y, width: inner.width.saturating_sub(2), height: 1 },
                line,
                Role::Popup,
            );
        }
        let used = tall(lines.len()).min(inner.height);
        let list = Rect { y: inner.y + used, height: inner.height - used, ..inner };
        self.table.draw(canvas, list, &|row, _| (self.items.get(row).cloned().unwrap_or_default(), Role::Popup));
    }

    fn actions(&self) -> Vec<Listed> {
        vec![Listed { id: "choice.accept", show: Show::Hint }, Listed { id: "choice.back", show: Show::Hint }]
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        match id {
            "choice.back" => Some(Ok(Flow::Close)),
            "choice.accept" => {
                let (place, then) = (self.table.selected()?, self.then.take()?);
                let flow = then(cx, place).unwrap_or_else(|e| {
                    cx.complain(&e);
                    Flow::Close
                });
                Some(Ok(stay_means_close(flow)))
            }
            _ => None,
        }
    }

    fn go(&mut self, to: Move, _cx: &mut Cx<'_>) -> Result<()> {
        self.table.key(chord(to));
        Ok(())
    }
}
