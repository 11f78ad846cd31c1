//! A list to choose one from, narrowed by typing: sessions, rooms, operators, filters.
use super::reason::stay_means_close;
use crate::ops::Result;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::input::Input;
use crate::tui::pane::{Flow, Layer, Listed, Move, Seen, Show, chord};
use crate::tui::theme::Role;
use crate::tui::widgets::field::{Accept, Field, Taken};
use crate::tui::widgets::table::{Column, Table, Width};
use ratatui::layout::Rect;

/// Gets the place of the chosen line in the list as given.
pub type Then = Box<dyn FnOnce(&mut Cx<'_>, usize) -> Result<Flow>>;

pub struct Picker {
    title: String,
    items: Vec<String>,
    /// Places in `items` that fit what was typed.
    shown: Vec<usize>,
    field: Field,
    table: Table,
    then: Option<Then>,
}

impl Picker {
    /// `at` is the line to start on.
    pub fn ask(title: String, items: Vec<String>, at: usize, then: Then) -> Box<dyn Layer> {
        let mut table = Table::new(vec![Column::new("", Width::Fill(1))]);
        table.set_rows(items.len());
        table.select(at);
        let shown = (0..items.len()).collect();
        Box::new(Picker { title, items, shown, field: Field::new(Accept::Any, 40), table, then: Some(then) })
    }

    fn narrow(&mut self) {
        let wanted = self.field.text().to_lowercase();
        let fits = |item: &String| wanted.split_whitespace().all(|w| item.to_lowercase().contains(w));
        self.shown = self.items.iter().enumerate().filter(|(_, i)| fits(i)).map(|(n, _)| n).collect();
        self.table.set_rows(self.shown.len());
        self.table.select(0);
    }
}

impl Layer for Picker {
    fn id(&self) -> &'static str {
        "picker"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        let height = u16::try_from(self.items.len()).unwrap_or(u16::MAX).saturating_add(5).min(area.height);
        let inner = canvas.popup(area, (60, height), &self.title);
        self.field.draw(canvas, Rect { height: 1, ..inner });
        let list = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        if self.shown.is_empty() {
            canvas.text_in(Rect { y: list.y + 1, height: 1, ..list }, &cx.word("picker.none"), Role::Popup);
            return;
        }
        self.table.draw(canvas, list, &|row, _| {
            let item = self.shown.get(row).and_then(|n| self.items.get(*n));
            (item.cloned().unwrap_or_default(), Role::Popup)
        });
        // The table's heading is blank and takes a row.
        if self.shown.len() >= usize::from(list.height) {
            let place = self.table.selected().map_or(0, |row| row + 1);
            let text = format!("{place}/{}", self.shown.len());
            let cells = u16::try_from(text.len()).unwrap_or(u16::MAX).min(inner.width);
            let corner = Rect { x: inner.right() - cells, width: cells, height: 1, ..inner };
            canvas.text_in(corner, &text, Role::Popup);
        }
    }

    fn actions(&self) -> Vec<Listed> {
        vec![Listed { id: "picker.accept", show: Show::Hint }, Listed { id: "picker.back", show: Show::Hint }]
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        match id {
            "picker.back" => Some(Ok(Flow::Close)),
            "picker.accept" => {
                let Some(place) = self.table.selected().and_then(|row| self.shown.get(row).copied()) else {
                    return Some(Ok(Flow::Stay));
                };
                let then = self.then.take()?;
                let flow = then(cx, place).unwrap_or_else(|e| {
                    cx.complain(&e);
                    Flow::Close
                });
                Some(Ok(stay_means_close(flow)))
            }
            _ => None,
        }
    }

    fn type_input(&mut self, input: &Input, _cx: &mut Cx<'_>) -> Result<Taken> {
        let taken = self.field.feed(input);
        if taken == Taken::Changed {
            self.narrow();
        }
        Ok(taken)
    }

    fn go(&mut self, to: Move, _cx: &mut Cx<'_>) -> Result<()> {
        self.table.key(chord(to));
        Ok(())
    }

    fn is_typing(&mut self) -> bool {
        true
    }
}
