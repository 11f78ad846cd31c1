//! All that a handler may touch: the site, the words, the keys, and a place for short messages.
use super::keymap::Keymap;
use super::pane::Seen;
use crate::ops::Changes;
use crate::ops::{Done, Error, Operation, Result, Site};
use crate::text::{Locale, explain_after};
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Good,
    Info,
    Warn,
    Refused,
}

/// One line of answer to what somebody just did. Stays until the next one or the next key that does something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    pub tone: Tone,
    pub text: String,
}

pub struct Cx<'a> {
    pub site: &'a mut Site,
    pub locale: &'a Locale,
    pub keymap: &'a Keymap,
    pub(super) toast: &'a mut Option<Toast>,
    pub(super) changes: &'a mut Changes,
    pub(super) kept: &'a mut BTreeMap<&'static str, i64>,
    pub(super) bell: &'a mut bool,
}

impl Cx<'_> {
    /// Keeps a number for the pane's next opening in this process; `None` forgets it.
    pub fn keep(&mut self, key: &'static str, value: Option<i64>) {
        match value {
            Some(value) => self.kept.insert(key, value),
            None => self.kept.remove(key),
        };
    }

    pub fn kept(&self, key: &str) -> Option<i64> {
        self.kept.get(key).copied()
    }

    /// Runs an operation; what it changed reaches every pane that watches it.
    pub fn perform<O: Operation>(&mut self, op: &O) -> Result<Done<O::Out>> {
        let done = self.site.perform(op)?;
        *self.changes = *self.changes | done.changes;
        Ok(done)
    }

    /// The same for operations that write many rows.
    pub fn perform_bulk<O: Operation>(&mut self, op: &O) -> Result<Done<O::Out>> {
        let done = self.site.perform_bulk(op)?;
        *self.changes = *self.changes | done.changes;
        Ok(done)
    }

    /// What something else than [`Cx::perform`] changed, such as a print.
    pub fn changed(&mut self, records: &'static [&'static str]) {
        *self.changes = *self.changes | Changes::any(records);
    }

    pub fn toast(&mut self, tone: Tone, text: impl Into<String>) {
        *self.toast = Some(Toast { tone, text: text.into() });
    }

    /// The words of `key` as a toast.
    pub fn say(&mut self, tone: Tone, key: &str, args: &[(&str, &str)]) {
        let text = self.locale.say(key, args);
        self.toast(tone, text);
    }

    /// An error as a toast, with its first hint. Rings the bell: at a door nobody looks at the screen all the time.
    pub fn complain(&mut self, error: &Error) {
        let message = explain_after(self.locale, error, self.site.saved().last());
        let text = match message.hints.first() {
            Some(hint) => format!("{} {hint}", message.message),
            None => message.message,
        };
        self.toast(Tone::Refused, text.replace('\n', " "));
        *self.bell = true;
    }

    pub fn bell(&mut self) {
        *self.bell = true;
    }

    pub fn seen(&self) -> Seen<'_> {
        Seen { locale: self.locale, keymap: self.keymap, now: self.site.now() }
    }
}
