//! Asks before something that cannot be undone: the person types a few characters, so that a scanner's Enter says no.
use super::reason::stay_means_close;
use crate::model::{Code, Refusal};
use crate::ops::Result;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::input::Input;
use crate::tui::pane::{Flow, Layer, Listed, Seen, Show};
use crate::tui::theme::Role;
use crate::tui::widgets::field::{Accept, Field, Taken};
use ratatui::layout::Rect;

pub const NOT_THE_WORD: Code = Code("input.not_the_word");

pub type Then = Box<dyn FnOnce(&mut Cx<'_>) -> Result<Flow>>;

pub struct Confirm {
    title: String,
    body: String,
    word: String,
    field: Field,
    then: Option<Then>,
}

impl Confirm {
    /// `word` is what must be typed: a number of people, a room. Esc and anything else change nothing.
    pub fn ask(title: String, body: String, word: String, then: Then) -> Box<dyn Layer> {
        Box::new(Confirm { title, body, word, field: Field::new(Accept::Any, 20), then: Some(then) })
    }
}

impl Layer for Confirm {
    fn id(&self) -> &'static str {
        "confirm"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        let inner = canvas.popup(area, (64, 10), &self.title);
        let text = format!("{}\n\n{}", self.body, cx.say("confirm.type", &[("word", &self.word)]));
        canvas.paragraph(Rect { height: inner.height.saturating_sub(1), ..inner }, &text, Role::Popup);
        let line = Rect::new(inner.x, inner.bottom().saturating_sub(1), inner.width.min(24), 1);
        self.field.draw(canvas, line);
    }

    fn actions(&self) -> Vec<Listed> {
        vec![Listed { id: "confirm.accept", show: Show::Hint }, Listed { id: "confirm.back", show: Show::Hint }]
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        match id {
            "confirm.back" => Some(Ok(Flow::Close)),
            "confirm.accept" if self.field.text().trim() != self.word => {
                Some(Err(Refusal::new(NOT_THE_WORD).with("word", self.word.as_str()).into()))
            }
            "confirm.accept" => {
                let then = self.then.take()?;
                let flow = then(cx).unwrap_or_else(|e| {
                    cx.complain(&e);
                    Flow::Close
                });
                Some(Ok(stay_means_close(flow)))
            }
            _ => None,
        }
    }

    fn type_input(&mut self, input: &Input, _cx: &mut Cx<'_>) -> Result<Taken> {
        Ok(self.field.feed(input))
    }

    fn is_typing(&mut self) -> bool {
        true
    }
}
