//! What an operation waits for that nobody does alone: the screen asks for hands, and then it is done as if nothing had been
//! in between. No pane knows of it.
use super::app::{App, Next};
use super::cx::Tone;
use super::input::Input;
use super::overlays::together::Together;
use crate::ops::together::{self, Again};

/// What to do once it is signed.
pub(super) struct Pending {
    kind: &'static str,
    digest: String,
    two: bool,
    /// The input that led there, where every layer is still as it was before: pressed again it does the same.
    input: Option<Input>,
    again: Option<Again>,
    /// Whoever asked was told that leave was given at another terminal.
    told: bool,
}

/// How many layers there are, and which is on top.
pub(super) type Stack = (usize, usize, &'static str);

impl App {
    pub(super) fn stack(&mut self) -> Stack {
        (self.front, self.overlays.len(), self.with_top(|layer, _| layer.id()))
    }

    /// Opens the overlay for hands where the input that was just handled wanted some.
    pub(super) fn ask_for_hands(&mut self, input: &Input, before: Stack) {
        let Some(mut wanted) = self.site.take_wanted() else { return };
        let input = Some(input.clone()).filter(|_| self.stack() == before);
        let (kind, two, digest) = (wanted.kind, !wanted.roles.is_empty(), wanted.digest.clone());
        let again = wanted.again.take();
        match self.with_cx(|cx| Together::ask(cx, wanted)) {
            Ok(layer) => {
                (self.toast, self.bell) = (None, false);
                self.pending = Some(Pending { kind, digest, two, input, again, told: false });
                self.overlays.push(layer);
            }
            Err(error) => self.complain(&error),
        }
    }

    /// Leave was given at another terminal: whoever waits for it learns it here, and does it again.
    pub(super) fn hear_leave(&mut self) {
        let Some(pending) = self.pending.as_mut().filter(|pending| pending.two && !pending.told) else { return };
        if self.lock.is_some() || !together::stands(&self.site, &pending.digest).unwrap_or(false) {
            return;
        }
        pending.told = true;
        let kind = self.locale.word(&format!("kind.{}", pending.kind)).to_owned();
        self.toast(Tone::Good, self.locale.say("together.granted", &[("kind", &kind)]));
        self.bell = true;
    }

    /// After everybody signed, and the overlay is gone.
    pub(super) fn do_again(&mut self) -> Next {
        let Some(pending) = self.pending.take() else { return Next::Go };
        let next = pending.input.as_ref().map_or(Next::Go, |input| self.step(input));
        // Something else may have come of it.
        if !together::stands(&self.site, &pending.digest).unwrap_or(false) {
            return next;
        }
        let Some(again) = pending.again else {
            self.with_cx(|cx| cx.say(Tone::Warn, "together.again", &[]));
            return next;
        };
        match again(&mut self.site) {
            Ok((op, changes)) => {
                self.changes = self.changes | changes;
                let kind = self.locale.word(&format!("kind.{}", pending.kind)).to_owned();
                let op = op.map_or(0, |no| no.0).to_string();
                let key = if pending.two { "together.done" } else { "together.done_own" };
                self.with_cx(|cx| cx.say(Tone::Good, key, &[("kind", &kind), ("op", &op)]));
            }
            Err(error) => self.complain(&error),
        }
        next
    }
}
