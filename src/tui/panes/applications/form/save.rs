//! From the form to an application.
use super::build::{Missing, note, piece_code};
use super::{ApplicationForm, Sheet};
use crate::ops::Result;
use crate::ops::applications::{Amend, File, LATE_REASON};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::Flow;
use std::rc::Rc;

/// Closes the page from an overlay over it.
const CLOSE: &str = "application_form.close";

impl ApplicationForm {
    /// Saves, or goes to the first item that is wrong.
    pub(super) fn save(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        self.leave(cx)?;
        let first = self.errors().first().map(|fault| (*fault).clone());
        if let Some(fault) = first {
            self.missing = Missing::AtItem;
            self.refresh(cx)?;
            let code = match fault.line {
                0 => fault.column.clone(),
                n => piece_code(usize::try_from(n - 1).unwrap_or(0)),
            };
            self.form.focus(&code);
            let item = self.form.focused().map(|e| e.label.clone()).unwrap_or_default();
            let text = note(cx.locale, &fault).text;
            let count = self.errors().len().to_string();
            cx.say(Tone::Refused, "form_page.not_yet", &[("item", &item), ("what", &text), ("count", &count)]);
            return Ok(Flow::Stay);
        }
        match self.sheet.about {
            None => self.file(cx),
            Some(_) if !self.sheet.is_changed() => {
                cx.say(Tone::Info, "form_page.unchanged", &[]);
                Ok(Flow::Stay)
            }
            Some(_) => Ok(self.amend(cx)),
        }
    }

    fn file(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        match file(cx, &self.sheet, None) {
            // Only the reason is missing: ask for it.
            Err(error) if error.refusal().is_some_and(|r| r.is(LATE_REASON)) => {
                let title = cx.locale.word("form_page.late_title").to_owned();
                let refusal = error.refusal().cloned();
                let body = refusal.map(|r| cx.locale.say_data("form_page.late_body", &r.data)).unwrap_or_default();
                let sheet = Rc::clone(&self.sheet);
                let then = move |cx: &mut Cx<'_>, reason| file(cx, &sheet, Some(reason)).map(|()| Flow::Act(CLOSE));
                Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
            }
            Err(error) => Err(error),
            Ok(()) => self.close(cx),
        }
    }

    /// Asks why, then stores the change.
    fn amend(&self, cx: &Cx<'_>) -> Flow {
        let sheet = Rc::clone(&self.sheet);
        let then = move |cx: &mut Cx<'_>, reason: String| {
            let typed = sheet.typed.borrow().clone();
            let (Some(application), Some(seen)) = (sheet.about, &sheet.before) else { return Ok(Flow::Close) };
            let done = cx.perform(&Amend { application, typed: &typed, seen, reason, layout: &sheet.layout })?;
            let (count, op) = (done.out.changed.len().to_string(), done.op.map_or(0, |n| n.0).to_string());
            let args = [("name", done.out.name.as_str()), ("count", &count), ("op", &op)];
            sheet.stored(cx.locale.say("form_page.amended", &args));
            Ok(Flow::Act(CLOSE))
        };
        let title = cx.locale.word("form_page.amend_title").to_owned();
        Flow::Open(Reason::ask(title, cx.locale.word("form_page.amend_body").to_owned(), Box::new(then)))
    }
}

fn file(cx: &mut Cx<'_>, sheet: &Sheet, late: Option<String>) -> Result<()> {
    let typed = sheet.typed.borrow().clone();
    let done = cx.perform(&File { typed: &typed, late, layout: &sheet.layout })?;
    let (id, op) = (done.out.application.to_string(), done.op.map_or(0, |n| n.0).to_string());
    let key = cx.seen().key("applications", "applications.new");
    let args = [("name", done.out.name.as_str()), ("id", &id), ("op", &op), ("key", &key)];
    sheet.stored(cx.locale.say("form_page.filed", &args));
    Ok(())
}
