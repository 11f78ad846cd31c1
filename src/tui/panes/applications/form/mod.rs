//! The application form: a page over the list or the dossier, item by item. Checks run as an item is left; what is typed
//! is a draft until it is saved.
mod build;
mod offer;
mod pick;
mod piece;
mod save;
mod sheet;

pub use offer::{edit, fresh};

use crate::ops::Result;
use crate::ops::applications::form::{Judged, MISSING, MOST_IN_TEXT};
use crate::ops::exchange::{RowFault, Severity};
use crate::tui::canvas::Canvas;
use crate::tui::cx::{Cx, Tone};
use crate::tui::input::Input;
use crate::tui::overlays::long_text::LongText;
use crate::tui::pane::{Flow, Layer, Listed, Move, Seen, Show};
use crate::tui::theme::Role;
use crate::tui::widgets::field::Taken;
use crate::tui::widgets::form::{Entry, Form, Kind};
use build::{Missing, NEW_PIECE, entries};
use piece::PieceForm;
use ratatui::layout::Rect;
use sheet::Sheet;
use std::rc::Rc;

pub struct ApplicationForm {
    sheet: Rc<Sheet>,
    form: Form,
    judged: Judged,
    missing: Missing,
}

impl ApplicationForm {
    fn open(cx: &Cx<'_>, sheet: Sheet) -> Result<Box<dyn Layer>> {
        let judged = sheet.judged(cx.site)?;
        let sheet = Rc::new(sheet);
        let mut page = ApplicationForm { sheet, form: Form::default(), judged, missing: Missing::InStatusOnly };
        page.refresh(cx)?;
        if page.sheet.about.is_none() && page.sheet.typed.borrow().get("id_number").is_empty() {
            page.form.focus("id_number");
        }
        Ok(Box::new(page))
    }

    /// Judges what is typed and shows it anew, the focus where it was.
    fn refresh(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.judged = self.sheet.judged(cx.site)?;
        self.form.replace(entries(cx, &self.sheet, &self.judged, self.missing)?);
        Ok(())
    }

    fn store(&self, cx: &mut Cx<'_>) {
        if let Some(entry) = self.form.focused().filter(|e| matches!(e.kind, Kind::Text | Kind::Choice(_))) {
            self.sheet.set(&entry.code, entry.value(), cx);
        }
    }

    /// Leaves the item in focus: a choice is settled, what follows from it is filled in, all is judged. Whether the
    /// item is settled.
    fn leave(&mut self, cx: &mut Cx<'_>) -> Result<bool> {
        let settled = self.form.focused_mut().is_none_or(Entry::settle);
        self.store(cx);
        let left = self.form.focused().map(|e| e.code.clone()).unwrap_or_default();
        self.derive(&left, cx);
        self.refresh(cx)?;
        Ok(settled)
    }

    /// What an item tells about others: a number its holder's sex and birth date.
    fn derive(&self, left: &str, cx: &mut Cx<'_>) {
        if matches!(left, "id_number" | "document") && self.sheet.typed.borrow_mut().follow_number() {
            self.sheet.keep(cx);
        }
    }

    fn enter(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        let empty = self.form.focused().is_some_and(|e| e.needed && e.value().is_empty());
        let settled = self.leave(cx)?;
        let Some(entry) = self.form.focused() else { return Ok(Flow::Stay) };
        match &entry.kind {
            Kind::Long => Ok(self.long_text(cx, entry)),
            Kind::Row if entry.code == NEW_PIECE => Ok(PieceForm::add(cx, &self.sheet)),
            Kind::Row => {
                let at = entry.code.rsplit('.').next().and_then(|n| n.parse().ok()).unwrap_or(0);
                PieceForm::open(cx, Rc::clone(&self.sheet), at)
            }
            Kind::Choice(_) if empty || !settled => Ok(pick::open(cx, entry, &self.sheet)),
            _ => {
                self.form.forward();
                Ok(Flow::Stay)
            }
        }
    }

    fn long_text(&self, cx: &Cx<'_>, entry: &Entry) -> Flow {
        let (sheet, code) = (Rc::clone(&self.sheet), entry.code.clone());
        let heard = move |cx: &mut Cx<'_>, text: &str| sheet.set(&code, text, cx);
        let body = cx.locale.word(&format!("form_hint.{}", entry.code)).to_owned();
        Flow::Open(LongText::edit(entry.label.clone(), body, (entry.value(), MOST_IN_TEXT), Box::new(heard)))
    }

    /// Nothing typed is lost: the draft waits.
    fn close(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        if let Some(done) = self.sheet.saved.take() {
            cx.toast(Tone::Good, done);
            return Ok(Flow::Close);
        }
        self.store(cx);
        if self.sheet.is_changed() && self.sheet.has_draft() {
            let key = cx.seen().key("applications", "applications.new");
            let word = if self.sheet.about.is_some() { "form_page.edit_kept" } else { "form_page.kept" };
            cx.say(Tone::Info, word, &[("key", &key)]);
        } else {
            self.sheet.forget();
        }
        Ok(Flow::Close)
    }

    fn title(&self, cx: &Seen<'_>) -> String {
        let typed = self.sheet.typed.borrow();
        match (&self.sheet.about, typed.get("name")) {
            (Some(id), name) => cx.say("form_page.title_edit", &[("name", name), ("id", &id.to_string())]),
            (None, "") => cx.word("form_page.title"),
            (None, name) => cx.say("form_page.title_named", &[("name", name)]),
        }
    }

    /// In the order of the form, evidence last.
    fn errors(&self) -> Vec<&RowFault> {
        let place = |code: &str| self.form.entries().iter().position(|e| e.code == code);
        let mut errors: Vec<_> = self.judged.errors().collect();
        errors.sort_by_key(|f| (f.line, place(&f.column)));
        errors
    }

    /// What keeps the form from being saved.
    fn status(&self, cx: &Seen<'_>) -> (String, Role) {
        let label = |code: &str| self.form.entry(code).map_or_else(|| code.to_owned(), |e| e.label.clone());
        let errors = self.errors();
        let missing = errors.iter().filter(|f| f.code == MISSING && f.line == 0);
        let missing: Vec<_> = missing.map(|f| label(&f.column)).collect();
        let wrong = errors.iter().filter(|f| f.code != MISSING || f.line > 0);
        let wrong: Vec<_> = wrong
            .map(|f| match f.line {
                0 => label(&f.column),
                n => cx.say("form_page.piece", &[("number", &n.to_string())]),
            })
            .collect();
        let list = |names: &[String]| names.join(&cx.word("form_page.comma"));
        if !wrong.is_empty() {
            let args = [("count", wrong.len().to_string()), ("items", list(&wrong))];
            let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
            return (format!("x {}", cx.say("form_page.wrong", &args)), Role::Refused);
        }
        if !missing.is_empty() {
            let args = [("count", missing.len().to_string()), ("items", list(&missing))];
            let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
            return (format!("! {}", cx.say("form_page.missing", &args)), Role::Warn);
        }
        let key = cx.key("application_form", "application_form.save");
        let warnings = self.judged.faults.iter().filter(|f| f.severity == Severity::Warning).count();
        let word = if warnings > 0 { "form_page.ready_warned" } else { "form_page.ready" };
        (format!("+ {}", cx.say(word, &[("key", &key), ("count", &warnings.to_string())])), Role::Good)
    }
}

impl Layer for ApplicationForm {
    fn id(&self) -> &'static str {
        "application_form"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        canvas.fill(area, Role::Text);
        let row = |y: u16| Rect { x: area.x + 1, width: area.width.saturating_sub(2), y, height: 1 };
        canvas.text_in(row(area.y), &self.title(cx), Role::Title);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area };
        self.form.draw(canvas, body);
        let (text, role) = self.status(cx);
        canvas.text_in(row(area.bottom().saturating_sub(1)), &text, role);
    }

    fn actions(&self) -> Vec<Listed> {
        let hint = |id| Listed { id, show: Show::Hint };
        let help = |id| Listed { id, show: Show::Help };
        vec![
            hint("application_form.save"),
            hint("application_form.enter"),
            hint("application_form.close"),
            hint("application_form.choose"),
            help("application_form.next"),
            help("application_form.previous"),
        ]
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        Some(match id {
            "application_form.enter" => self.enter(cx),
            "application_form.next" => self.go(Move::Down, cx).map(|()| Flow::Stay),
            "application_form.previous" => self.go(Move::Up, cx).map(|()| Flow::Stay),
            "application_form.choose" => Ok(self.form.focused().map_or(Flow::Stay, |e| pick::open(cx, e, &self.sheet))),
            "application_form.save" => self.save(cx),
            "application_form.close" => self.close(cx),
            _ => return None,
        })
    }

    fn type_input(&mut self, input: &Input, cx: &mut Cx<'_>) -> Result<Taken> {
        let taken = self.form.feed(input);
        if taken == Taken::Changed {
            if let Some(entry) = self.form.focused_mut() {
                entry.notes.clear();
            }
            self.store(cx);
        }
        Ok(taken)
    }

    fn go(&mut self, to: Move, cx: &mut Cx<'_>) -> Result<()> {
        self.leave(cx)?;
        self.form.go(to);
        Ok(())
    }

    fn resumed(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let picked = self.sheet.picked.take();
        if let Some((code, value)) = &picked {
            self.sheet.set(code, value, cx);
            self.derive(code, cx);
        }
        self.refresh(cx)?;
        if picked.is_some() {
            self.form.forward();
        }
        Ok(())
    }

    fn is_page(&self) -> bool {
        true
    }

    fn is_typing(&mut self) -> bool {
        true
    }
}
