//! A short form over the page; a refusal leaves it open with all that was typed.
use crate::ops::Result;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::input::Input;
use crate::tui::pane::{Flow, Layer, Listed, Move, Seen, Show};
use crate::tui::theme::Role;
use crate::tui::typed::Typed;
use crate::tui::widgets::field::Taken;
use crate::tui::widgets::form::{Choice, Entry, Form, Kind};
use ratatui::layout::Rect;

pub type Save = Box<dyn Fn(&mut Cx<'_>, &Form) -> Result<Flow>>;

pub struct Sheet {
    title: String,
    form: Form,
    lacking: String,
    save: Save,
}

/// Lines under the form.
const UNDER: u16 = 2;

impl Sheet {
    pub fn ask(cx: &Cx<'_>, title: String, entries: Vec<Entry>, save: Save) -> Flow {
        let mut sheet = Sheet { title, form: Form::new(entries), lacking: String::new(), save };
        sheet.judge(cx);
        Flow::Open(Box::new(sheet))
    }

    fn judge(&mut self, cx: &Cx<'_>) {
        let lacking = self.form.entries().iter().filter(|e| e.needed && e.value().is_empty());
        let lacking: Vec<_> = lacking.map(|e| e.label.as_str()).collect();
        self.lacking = match lacking.as_slice() {
            [] => String::new(),
            all => cx.locale.say("documents.lacking", &[("fields", &all.join("  "))]),
        };
    }

    fn save(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        self.form.entries_mut().for_each(|e| {
            e.settle();
        });
        (self.save)(cx, &self.form)
    }

    fn enter(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        if let Some(entry) = self.form.focused_mut() {
            entry.settle();
        }
        if self.form.forward() { Ok(Flow::Stay) } else { self.save(cx) }
    }
}

impl Layer for Sheet {
    fn id(&self) -> &'static str {
        "document_form"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, _cx: &Seen<'_>) {
        let entries = u16::try_from(self.form.entries().len()).unwrap_or(12);
        let inner = canvas.popup(area, (76, entries + UNDER + 5), &self.title);
        let top = Rect { height: inner.height.saturating_sub(UNDER), ..inner };
        self.form.draw(canvas, top);
        canvas.paragraph(
            Rect { y: top.bottom(), height: inner.height - top.height, ..inner },
            &self.lacking,
            Role::Popup,
        );
    }

    fn actions(&self) -> Vec<Listed> {
        let listed = |id, show| Listed { id, show };
        vec![
            listed("document_form.enter", Show::Hint),
            listed("document_form.save", Show::Hint),
            listed("document_form.next", Show::Help),
            listed("document_form.previous", Show::Help),
            listed("document_form.back", Show::Hint),
        ]
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        match id {
            "document_form.enter" => Some(self.enter(cx)),
            "document_form.save" => Some(self.save(cx)),
            "document_form.next" => {
                self.form.forward();
                Some(Ok(Flow::Stay))
            }
            "document_form.previous" => {
                self.form.backward();
                Some(Ok(Flow::Stay))
            }
            "document_form.back" => Some(Ok(Flow::Close)),
            _ => None,
        }
    }

    fn typed(&mut self) -> Option<(String, Typed<'_>)> {
        let place = self.title.clone();
        Some((place, Typed::Form(&mut self.form)))
    }

    fn retyped(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.judge(cx);
        Ok(())
    }

    fn type_input(&mut self, input: &Input, cx: &mut Cx<'_>) -> Result<Taken> {
        let taken = self.form.feed(input);
        if taken == Taken::Changed {
            self.judge(cx);
        }
        Ok(taken)
    }

    fn go(&mut self, to: Move, _cx: &mut Cx<'_>) -> Result<()> {
        self.form.go(to);
        Ok(())
    }

    fn is_typing(&mut self) -> bool {
        true
    }
}

/// An entry for a line of text.
pub fn text(cx: &Cx<'_>, code: &str) -> Entry {
    let hint = format!("documents.hint_{code}");
    let entry = Entry::new(code, cx.locale.word(&format!("documents.field_{code}")).to_owned(), Kind::Text);
    if cx.locale.has(&hint) { entry.hint(cx.locale.word(&hint).to_owned()) } else { entry }
}

/// An entry that is answered with yes or no; nothing is taken for granted.
pub fn yes_no(cx: &Cx<'_>, code: &str) -> Entry {
    let choice = |value: &str, also: &str| Choice {
        value: value.to_owned(),
        label: cx.locale.word(&format!("documents.{value}")).to_owned(),
        also: also.to_owned(),
    };
    let choices = vec![choice("yes", "y yes shi 1"), choice("no", "n no fou 0")];
    let label = cx.locale.word(&format!("documents.field_{code}")).to_owned();
    Entry::new(code, label, Kind::Choice(choices)).hint(cx.locale.word("documents.hint_yes").to_owned()).needed(true)
}
