//! Edits a text of several lines. Every change is handed on at once, so that leaving loses nothing whatever the key.
use crate::ops::Result;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::input::Input;
use crate::tui::pane::{Flow, Layer, Listed, Seen, Show};
use crate::tui::theme::Role;
use crate::tui::typed::Typed;
use crate::tui::widgets::field::Taken;
use crate::tui::widgets::text_area::TextArea;
use ratatui::layout::Rect;

/// Gets the whole text after each change.
pub type Heard = Box<dyn FnMut(&mut Cx<'_>, &str)>;

pub struct LongText {
    title: String,
    body: String,
    area: TextArea,
    heard: Heard,
}

impl LongText {
    /// `most` is how many bytes the text may have.
    pub fn edit(title: String, body: String, (text, most): (&str, usize), heard: Heard) -> Box<dyn Layer> {
        Box::new(LongText { title, body, area: TextArea::new(text, most), heard })
    }
}

impl Layer for LongText {
    fn id(&self) -> &'static str {
        "long_text"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, _cx: &Seen<'_>) {
        let inner = canvas.popup(area, (area.width.saturating_sub(4).min(100), area.height.min(24)), &self.title);
        let used = canvas.paragraph(Rect { height: 2.min(inner.height), ..inner }, &self.body, Role::Popup).min(2);
        let rest = Rect { y: inner.y + used, height: inner.height.saturating_sub(used), ..inner };
        self.area.draw(canvas, rest);
    }

    fn actions(&self) -> Vec<Listed> {
        vec![Listed { id: "long_text.done", show: Show::Hint }]
    }

    fn act(&mut self, id: &str, _cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        (id == "long_text.done").then_some(Ok(Flow::Close))
    }

    fn typed(&mut self) -> Option<(String, Typed<'_>)> {
        let place = format!("{} {}", self.title, self.body);
        Some((place, Typed::Text(&mut self.area)))
    }

    fn retyped(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        (self.heard)(cx, self.area.text());
        Ok(())
    }

    fn type_input(&mut self, input: &Input, cx: &mut Cx<'_>) -> Result<Taken> {
        let taken = self.area.feed(input);
        if taken == Taken::Changed {
            (self.heard)(cx, self.area.text());
        }
        Ok(taken)
    }

    fn is_typing(&mut self) -> bool {
        true
    }
}
