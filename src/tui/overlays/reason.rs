//! Asks for one line of text, such as a reason, and hands it on.
use crate::model::{Refusal, fold};
use crate::ops::{Error, Result, together};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::input::Input;
use crate::tui::pane::{Flow, Layer, Listed, Seen, Show};
use crate::tui::theme::Role;
use crate::tui::typed::Typed;
use crate::tui::widgets::field::{Accept, Field, Taken};
use ratatui::layout::Rect;

pub type Then = Box<dyn FnOnce(&mut Cx<'_>, String) -> Result<Flow>>;
/// The same for a PIN, which may be wrong and typed again.
pub type Try = Box<dyn FnMut(&mut Cx<'_>, String) -> Result<Flow>>;

enum Ask {
    Line(Option<Then>),
    Secret(Try),
}

/// A title, an explanation, a field. Enter with text goes on; Esc goes back and nothing happens.
pub struct Reason {
    title: String,
    body: String,
    field: Field,
    /// An empty answer is an answer.
    may_be_empty: bool,
    /// The answer says why: a number alone, such as a scan gone astray, is none.
    in_words: bool,
    then: Ask,
}

impl Reason {
    /// For the reason of an act: words, not a number.
    pub fn ask(title: String, body: String, then: Then) -> Box<dyn Layer> {
        Box::new(Reason {
            title,
            body,
            field: Field::new(Accept::Any, 200),
            may_be_empty: false,
            in_words: true,
            then: Ask::Line(Some(then)),
        })
    }

    /// Any text, with one to start from.
    pub fn edit(title: String, body: String, text: &str, then: Then) -> Box<dyn Layer> {
        let mut field = Field::new(Accept::Any, 200);
        field.set(text);
        Box::new(Reason { title, body, field, may_be_empty: false, in_words: false, then: Ask::Line(Some(then)) })
    }

    /// The same where an empty answer means something too.
    pub fn edit_or_nothing(title: String, body: String, text: &str, then: Then) -> Box<dyn Layer> {
        let mut field = Field::new(Accept::Any, 200);
        field.set(text);
        Box::new(Reason { title, body, field, may_be_empty: true, in_words: false, then: Ask::Line(Some(then)) })
    }

    /// An empty field to start with.
    pub fn ask_or_nothing(title: String, body: String, then: Then) -> Box<dyn Layer> {
        let field = Field::new(Accept::Any, 200);
        Box::new(Reason { title, body, field, may_be_empty: true, in_words: false, then: Ask::Line(Some(then)) })
    }

    /// For a PIN: shows only how many characters were typed, and stays until it is right or Esc is pressed: a second try
    /// must not go to what lies underneath.
    pub fn ask_secret(title: String, body: String, then: Try) -> Box<dyn Layer> {
        Box::new(Reason::secret(title, body, then))
    }

    /// The same where somebody may do without.
    pub fn ask_secret_or_nothing(title: String, body: String, then: Try) -> Box<dyn Layer> {
        Box::new(Reason { may_be_empty: true, ..Reason::secret(title, body, then) })
    }

    fn secret(title: String, body: String, then: Try) -> Reason {
        let (field, then) = (Field::new(Accept::Any, 200), Ask::Secret(then));
        Reason { title, body, field, may_be_empty: false, in_words: false, then }
    }

    fn is_secret(&self) -> bool {
        matches!(self.then, Ask::Secret(_))
    }
}

fn waits_for_hands(error: &Error) -> bool {
    error.refusal().is_some_and(|r| r.is(together::NEEDED) || r.is(together::PIN_NEEDED))
}

/// Whether a text has a letter, other than the X that numbers end in.
fn says_something(text: &str) -> bool {
    let folded = fold::number_like(text);
    let is_number = folded.chars().any(|c| c.is_ascii_digit());
    folded.chars().any(|c| c.is_alphabetic() && !(is_number && c == 'X'))
}

pub const SCANNED: crate::model::Code = crate::model::Code("input.scanned");
pub const EMPTY: crate::model::Code = crate::model::Code("input.empty");

impl Layer for Reason {
    fn id(&self) -> &'static str {
        "reason"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, _cx: &Seen<'_>) {
        let inner = canvas.popup(area, (60, 8), &self.title);
        canvas.paragraph(Rect { height: inner.height.saturating_sub(2), ..inner }, &self.body, Role::Popup);
        let line = Rect::new(inner.x, inner.bottom().saturating_sub(1), inner.width, 1);
        if self.is_secret() {
            let stars = "*".repeat(self.field.text().chars().count());
            let end = canvas.text_in(line, &stars, Role::FieldFocus);
            canvas.caret(end, line.y);
        } else {
            self.field.draw(canvas, line);
        }
    }

    fn actions(&self) -> Vec<Listed> {
        vec![Listed { id: "reason.accept", show: Show::Hint }, Listed { id: "reason.back", show: Show::Hint }]
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        match id {
            "reason.back" => Some(Ok(Flow::Close)),
            "reason.accept" if !self.may_be_empty && self.field.text().trim().is_empty() => {
                Some(Err(Refusal::new(EMPTY).into()))
            }
            "reason.accept" if self.in_words && !says_something(self.field.text()) => {
                self.field.clear();
                Some(Err(Refusal::new(SCANNED).into()))
            }
            "reason.accept" => {
                let text = self.field.text().trim().to_owned();
                let done = match &mut self.then {
                    // Close in any case: a refusal is shown as a toast over the pane.
                    Ask::Line(then) => then.take()?(cx, text).unwrap_or_else(|e| {
                        cx.complain(&e);
                        Flow::Close
                    }),
                    Ask::Secret(then) => match then(cx, text) {
                        Ok(flow) => flow,
                        // The window for two people comes in its place, and does the rest.
                        Err(error) if waits_for_hands(&error) => {
                            cx.complain(&error);
                            Flow::Close
                        }
                        Err(error) => {
                            self.field.clear();
                            return Some(Err(error));
                        }
                    },
                };
                Some(Ok(stay_means_close(done)))
            }
            _ => None,
        }
    }

    fn typed(&mut self) -> Option<(String, Typed<'_>)> {
        if self.is_secret() {
            return None;
        }
        let place = format!("{} {}", self.title, self.body);
        Some((place, Typed::Line(&mut self.field)))
    }

    fn type_input(&mut self, input: &Input, _cx: &mut Cx<'_>) -> Result<Taken> {
        Ok(self.field.feed(input))
    }

    fn is_typing(&mut self) -> bool {
        true
    }
}

/// Overlays that have done their work go away; `Open` takes their place.
pub fn stay_means_close(flow: Flow) -> Flow {
    match flow {
        Flow::Stay => Flow::Close,
        Flow::Open(next) => Flow::Replace(next),
        other => other,
    }
}
