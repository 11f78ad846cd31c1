//! A short form over the page: a few entries, what they come to while one types, and what is still missing.
use super::Kept;
use crate::ops::Result;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::input::Input;
use crate::tui::pane::{Flow, Layer, Listed, Move, Seen, Show};
use crate::tui::theme::Role;
use crate::tui::typed::Typed;
use crate::tui::widgets::field::Taken;
use crate::tui::widgets::form::{Entry, Form, Kind};
use ratatui::layout::Rect;

/// What a form means.
pub trait Paper {
    /// Lines under the form, anew after every character.
    fn judge(&self, _cx: &Cx<'_>, _form: &Form) -> Result<Vec<(Role, String)>> {
        Ok(Vec::new())
    }
    /// Saves; a refusal leaves the form open with all that was typed.
    fn save(&self, cx: &mut Cx<'_>, form: &Form) -> Result<Flow>;
}

pub struct Sheet {
    title: String,
    form: Form,
    lines: Vec<(Role, String)>,
    paper: Box<dyn Paper>,
    kept: Kept,
}

/// Lines under the form.
const UNDER: u16 = 5;

impl Sheet {
    /// Entries that are empty start with what was typed into them last.
    pub fn ask(cx: &Cx<'_>, title: String, entries: Vec<Entry>, kept: &Kept, paper: Box<dyn Paper>) -> Result<Flow> {
        let mut form = Form::new(entries);
        for entry in form.entries_mut().filter(|e| REMEMBERED.contains(&e.code.as_str()) && e.value().is_empty()) {
            if let Some(text) = kept.borrow().get(&entry.code) {
                entry.set(text);
            }
        }
        let mut sheet = Sheet { title, form, lines: Vec::new(), paper, kept: kept.clone() };
        sheet.judge(cx)?;
        Ok(Flow::Open(Box::new(sheet)))
    }

    fn judge(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.lines = self.paper.judge(cx, &self.form)?;
        let lacking: Vec<_> =
            self.form.entries().iter().filter(|e| e.needed && e.value().is_empty()).map(|e| e.label.as_str()).collect();
        if !lacking.is_empty() {
            let text = cx.locale.say("papers.lacking", &[("fields", &lacking.join("  "))]);
            self.lines.push((Role::Dim, text));
        }
        Ok(())
    }

    fn save(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        self.form.entries_mut().for_each(|e| {
            e.settle();
        });
        let flow = self.paper.save(cx, &self.form)?;
        for entry in self.form.entries().iter().filter(|e| REMEMBERED.contains(&e.code.as_str())) {
            self.kept.borrow_mut().insert(entry.code.clone(), entry.value().to_owned());
        }
        Ok(flow)
    }

    fn enter(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        if let Some(entry) = self.form.focused_mut() {
            entry.settle();
        }
        if self.form.forward() { Ok(Flow::Stay) } else { self.save(cx) }
    }
}

/// Codes of entries that are the same for many bags.
const REMEMBERED: &[&str] = &["giver", "takers", "taker", "keeper", "place", "box"];

impl Layer for Sheet {
    fn id(&self) -> &'static str {
        "paper_form"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, _cx: &Seen<'_>) {
        let entries = self.form.entries().iter().filter(|e| e.shown).count();
        let height = u16::try_from(entries).unwrap_or(12) + UNDER + 4;
        let inner = canvas.popup(area, (76, height), &self.title);
        let under = UNDER.min(inner.height / 2);
        let top = Rect { height: inner.height - under, ..inner };
        self.form.draw(canvas, top);
        let mut y = top.bottom();
        for (role, text) in &self.lines {
            let rest = Rect { y, height: inner.bottom().saturating_sub(y), ..inner };
            if rest.height == 0 {
                break;
            }
            y += canvas.paragraph(rest, text, if *role == Role::Dim { Role::Popup } else { *role });
        }
    }

    fn actions(&self) -> Vec<Listed> {
        let listed = |id, show| Listed { id, show };
        vec![
            listed("paper_form.enter", Show::Hint),
            listed("paper_form.save", Show::Hint),
            listed("paper_form.next", Show::Help),
            listed("paper_form.previous", Show::Help),
            listed("paper_form.back", Show::Hint),
        ]
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        match id {
            "paper_form.enter" => Some(self.enter(cx)),
            "paper_form.save" => Some(self.save(cx)),
            "paper_form.next" => {
                self.form.forward();
                Some(Ok(Flow::Stay))
            }
            "paper_form.previous" => {
                self.form.backward();
                Some(Ok(Flow::Stay))
            }
            "paper_form.back" => Some(Ok(Flow::Close)),
            _ => None,
        }
    }

    fn typed(&mut self) -> Option<(String, Typed<'_>)> {
        let place = self.title.clone();
        Some((place, Typed::Form(&mut self.form)))
    }

    fn retyped(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.judge(cx)
    }

    fn type_input(&mut self, input: &Input, cx: &mut Cx<'_>) -> Result<Taken> {
        let taken = self.form.feed(input);
        if taken == Taken::Changed {
            self.judge(cx)?;
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
    let (label, hint) = (format!("paper_field.{code}"), format!("paper_field_hint.{code}"));
    let entry = Entry::new(code, cx.locale.say(&label, &[]), Kind::Text);
    if cx.locale.has(&hint) { entry.hint(cx.locale.say(&hint, &[])) } else { entry }
}
