//! A short form over a page: a few entries, what they come to while one types, and what is still missing.
use crate::model::{Code, Day, Refusal, fold};
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

const BAD_DATE: Code = Code("certificates.bad_date");
pub const NOT_IN_LIST: Code = Code("short_form.not_in_list");

/// What a form means.
pub trait Meaning {
    /// Lines under the form, anew after every character.
    fn judge(&self, _cx: &Cx<'_>, _form: &Form) -> Result<Vec<(Role, String)>> {
        Ok(Vec::new())
    }
    /// Saves; a refusal leaves the form open with all that was typed.
    fn save(&self, cx: &mut Cx<'_>, form: &Form) -> Result<Flow>;
}

pub struct ShortForm {
    title: String,
    form: Form,
    lines: Vec<(Role, String)>,
    meaning: Box<dyn Meaning>,
}

/// Lines under the form.
const UNDER: u16 = 4;

impl ShortForm {
    pub fn ask(cx: &Cx<'_>, title: String, entries: Vec<Entry>, meaning: Box<dyn Meaning>) -> Result<Flow> {
        let mut form = ShortForm { title, form: Form::new(entries), lines: Vec::new(), meaning };
        form.judge(cx)?;
        Ok(Flow::Open(Box::new(form)))
    }

    fn judge(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.lines = self.meaning.judge(cx, &self.form)?;
        let lacking: Vec<_> =
            self.form.entries().iter().filter(|e| e.needed && e.value().is_empty()).map(|e| e.label.as_str()).collect();
        if !lacking.is_empty() {
            let text = cx.locale.say("short_form.lacking", &[("fields", &lacking.join("  "))]);
            self.lines.push((Role::Dim, text));
        }
        Ok(())
    }

    fn save(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        self.form.entries_mut().for_each(|e| {
            e.settle();
        });
        self.in_lists()?;
        self.meaning.save(cx, &self.form)
    }

    /// A slip of the keys in a list must not come to mean something else.
    fn in_lists(&self) -> Result<(), Refusal> {
        for entry in self.form.entries().iter().filter(|e| e.shown) {
            let Kind::Choice(choices) = &entry.kind else { continue };
            if !choices.iter().any(|c| c.value == entry.value()) {
                let known: Vec<_> = choices.iter().map(|c| c.label.as_str()).collect();
                let refusal = Refusal::new(NOT_IN_LIST).with("part", entry.label.as_str());
                return Err(refusal.with("value", entry.value()).with("known", known.join("  ")));
            }
        }
        Ok(())
    }

    fn enter(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        if let Some(entry) = self.form.focused_mut() {
            entry.settle();
        }
        self.judge(cx)?;
        if self.form.forward() { Ok(Flow::Stay) } else { self.save(cx) }
    }
}

impl Layer for ShortForm {
    fn id(&self) -> &'static str {
        "short_form"
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
            listed("short_form.enter", Show::Hint),
            listed("short_form.save", Show::Hint),
            listed("short_form.next", Show::Help),
            listed("short_form.previous", Show::Help),
            listed("short_form.back", Show::Hint),
        ]
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        match id {
            "short_form.enter" => Some(self.enter(cx)),
            "short_form.save" => Some(self.save(cx)),
            "short_form.next" => {
                self.form.forward();
                Some(Ok(Flow::Stay))
            }
            "short_form.previous" => {
                self.form.backward();
                Some(Ok(Flow::Stay))
            }
            "short_form.back" => Some(Ok(Flow::Close)),
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

/// An entry for a line of text, with the keys of its label and of its hint; a hint without words is none.
pub fn text(cx: &Cx<'_>, code: &str, (label, hint): (&str, &str)) -> Entry {
    let entry = Entry::new(code, cx.locale.say(label, &[]), Kind::Text);
    if cx.locale.has(hint) { entry.hint(cx.locale.say(hint, &[])) } else { entry }
}

/// An entry with a value to start from.
pub fn with(mut entry: Entry, value: &str) -> Entry {
    entry.set(value);
    entry
}

/// An entry for one of several values, the first one chosen.
pub fn choice(mut entry: Entry, choices: Vec<(&str, String)>) -> Entry {
    let first = choices.first().map(|(value, _)| (*value).to_owned()).unwrap_or_default();
    let one = |(value, label): (&str, String)| Choice { value: value.to_owned(), label, also: value.to_owned() };
    entry.kind = Kind::Choice(choices.into_iter().map(one).collect());
    with(entry, &first)
}

pub fn value(form: &Form, code: &str) -> String {
    form.entry(code).map(|e| e.value().to_owned()).unwrap_or_default()
}

/// `None` for an empty entry.
pub fn said(form: &Form, code: &str) -> Option<String> {
    Some(value(form, code)).filter(|text| !text.is_empty())
}

/// A number as typed; `None` where it is empty or none.
pub fn number(form: &Form, code: &str) -> Option<i64> {
    fold::number_like(&value(form, code)).parse().ok()
}

/// A day as typed; `None` for an empty entry.
pub fn day(form: &Form, code: &str) -> Result<Option<Day>, Refusal> {
    let Some(text) = said(form, code) else { return Ok(None) };
    let day = fold::number_like(&text).parse::<Day>();
    day.map(Some).map_err(|_| Refusal::new(BAD_DATE).with("value", text))
}
