//! The running program: a front pane, overlays over it, and one step for each input. Knows no pane by name.
use super::again::Pending;
use super::chord::Chord;
use super::cx::{Cx, Toast, Tone};
use super::drafts::Drafts;
use super::global::{self, GLOBAL};
use super::input::Input;
use super::keeper::Keeper;
use super::keymap::Keymap;
use super::lock::{self, Lock, Seen as Presence};
use super::pane::{Flow, Layer, Seen};
use super::panes::{PANES, first_page, home, page};
use super::theme::Theme;
use super::warning::Warning;
use super::widgets::field::Taken;
use crate::ops::Changes;
use crate::ops::checkin::Timetable;
use crate::ops::{Error, Result, Site};
use crate::text::{Locale, door};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

/// Whether the loop goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    Go,
    Quit,
}

/// Without a key for so long the screen locks, unless the settings say otherwise.
const IDLE: Duration = Duration::from_secs(10 * 60);
/// Characters in one read that no hand types.
const BURST: usize = 6;

/// Characters in one read that are a paste without its marks: put in at once, for one by one would take minutes.
const LONG_BURST: usize = 256;

/// Keys, lines and runs of characters in one read that are more than anybody types or pastes: none of them is done.
const MOST_AT_ONCE: usize = 512;

/// Runs of characters as pastes.
fn joined(inputs: &[Input]) -> Cow<'static, [Input]> {
    let mut all: Vec<Input> = Vec::new();
    for input in inputs {
        match (input, all.last_mut()) {
            (Input::Text(c), Some(Input::Paste(text))) => text.push(*c),
            (Input::Text(c), _) => all.push(Input::Paste(c.to_string())),
            (other, _) => all.push(other.clone()),
        }
    }
    Cow::Owned(all)
}

pub struct App {
    pub site: Site,
    pub locale: Locale,
    pub keymap: Keymap,
    pub theme: Theme,
    pub(super) theme_name: String,
    pub(super) toast: Option<Toast>,
    pub(super) notice: Option<String>,
    /// Opened panes, in the order of `PANES`.
    pub(super) panes: Vec<Option<Box<dyn Layer>>>,
    pub(super) front: usize,
    pub(super) overlays: Vec<Box<dyn Layer>>,
    /// The screen is too small to show what keys would do: only quitting works.
    pub(super) unseen: bool,
    /// Everything is hidden until somebody says who they are.
    pub(super) lock: Option<Lock>,
    /// Locks after so long without a key.
    pub(super) idle: Duration,
    pub(super) seen_at: Presence,
    pub(super) changes: Changes,
    /// What panes leave for their next opening.
    kept: BTreeMap<&'static str, i64>,
    pub(super) bell: bool,
    /// What waits for hands.
    pub(super) pending: Option<Pending>,
    version: i64,
    /// For the countdown to the next gate; `None` without a batch.
    timetable: Option<Timetable>,
    pub(super) drafts: Drafts,
    pub(super) keeper: Keeper,
}

impl App {
    /// Opens on the pane with this id, or the first.
    pub fn new(site: Site, locale: Locale, keymap: Keymap, theme: Theme, pane: &str) -> App {
        let version = site.data_version().unwrap_or_default();
        let mut app = App {
            site,
            locale,
            keymap,
            theme,
            theme_name: "default".to_owned(),
            toast: None,
            notice: None,
            panes: PANES.iter().map(|_| None).collect(),
            front: 0,
            overlays: Vec::new(),
            unseen: false,
            lock: None,
            idle: IDLE,
            seen_at: Presence::now(),
            changes: Changes::NONE,
            kept: BTreeMap::new(),
            bell: false,
            pending: None,
            version,
            timetable: None,
            drafts: Drafts::default(),
            keeper: Keeper::default(),
        };
        app.read_timetable();
        app.front = PANES.iter().position(|tab| tab.id == pane).unwrap_or(0);
        app.begin();
        app.open_drafts();
        app
    }

    /// A standing word in the status line, such as "demo" or "the locale is not set".
    pub fn set_notice(&mut self, notice: Option<String>) {
        self.notice = notice;
    }

    /// The next gate of the day and the time to it, in few words; nothing on other days.
    pub(super) fn countdown(&self) -> String {
        let now = self.site.now();
        let next = self.timetable.as_ref().and_then(|timetable| timetable.next(now));
        next.map(|next| door::countdown(&self.locale, &next, now)).unwrap_or_default()
    }

    /// All that the status line says of the time: a frame is due when it changes.
    pub fn time_shown(&self) -> String {
        format!("{} {}", self.site.now().minute(), self.countdown())
    }

    /// Locks when nothing came for so long.
    pub fn lock_after(&mut self, idle: Duration) {
        self.idle = idle;
    }

    /// As if the last key had come so long ago.
    pub fn was_left(&mut self, ago: Duration) {
        self.seen_at = Presence::now().before(ago);
    }

    pub fn is_locked(&self) -> bool {
        self.lock.is_some()
    }

    pub(super) fn unlock(&mut self) {
        self.lock = None;
        self.toast = None;
    }

    fn read_timetable(&mut self) {
        self.timetable = Timetable::of(&self.site).ok();
    }

    pub fn seen(&self) -> Seen<'_> {
        Seen { locale: &self.locale, keymap: &self.keymap, now: self.site.now() }
    }

    /// Whether the terminal should ring; asking takes the bell.
    pub fn take_bell(&mut self) -> bool {
        std::mem::take(&mut self.bell)
    }

    /// All that was read at once. A burst of characters where nobody types is a scan or a paste gone astray: taken as
    /// keys it would do things nobody wanted.
    pub fn take(&mut self, inputs: &[Input]) -> Next {
        if inputs.iter().any(|input| !matches!(input, Input::Resize(..))) {
            // Input that comes after the time is up does not keep the screen open.
            lock::when_idle(self);
            self.seen_at = Presence::now();
        }
        let typed = inputs.iter().filter(|i| matches!(i, Input::Text(_))).count();
        if typed >= BURST && self.lock.is_some() && lock::is_scan(inputs) {
            self.toast(Tone::Warn, self.locale.word("lock.burst").to_owned());
            return Next::Go;
        }
        if typed >= BURST && self.lock.is_none() && !self.with_top(|layer, _| layer.takes_burst(inputs)) {
            self.with_cx(|cx| {
                cx.say(Tone::Warn, "screen.burst", &[]);
                cx.bell();
            });
            return Next::Go;
        }
        let joined = if inputs.len() > LONG_BURST { joined(inputs) } else { Cow::Borrowed(inputs) };
        if joined.len() > MOST_AT_ONCE {
            self.with_cx(|cx| {
                cx.say(Tone::Warn, "screen.burst", &[]);
                cx.bell();
            });
            return Next::Go;
        }
        for input in joined.iter() {
            if self.step(input) == Next::Quit {
                return Next::Quit;
            }
        }
        if inputs.contains(&Input::Rest) {
            self.toast(Tone::Warn, self.locale.word("screen.rest").to_owned());
        }
        Next::Go
    }

    /// One input, start to end: the top layer's text field, its keys, the keys that work everywhere.
    pub fn step(&mut self, input: &Input) -> Next {
        if self.lock.is_some() && !self.unseen {
            return lock::step(self, input);
        }
        let before = self.stack();
        self.site.saved().forget();
        let flow = self.dispatch(input).unwrap_or_else(|error| {
            self.complain(&error);
            Flow::Stay
        });
        let next = self.follow(flow);
        self.ask_for_hands(input, before);
        // What was saved is no draft any more, even if the program dies now.
        let saved = self.changes != Changes::NONE;
        self.spread();
        if next == Next::Quit {
            return next;
        }
        self.offer_draft();
        if saved {
            self.keep_drafts();
        }
        next
    }

    fn dispatch(&mut self, input: &Input) -> Result<Flow> {
        if self.unseen {
            let quits = |chord| self.keymap.lookup("", chord) == Some("app.quit");
            return Ok(if input.chord().is_some_and(quits) { Flow::Quit } else { Flow::Stay });
        }
        if self.with_top(|layer, cx| layer.type_input(input, cx))? != Taken::No {
            return Ok(Flow::Stay);
        }
        let Some(chord) = input.chord() else { return Ok(Flow::Stay) };
        if chord == Chord::Ctrl('c') {
            self.with_cx(|cx| cx.say(Tone::Info, "screen.how_to_quit", &[]));
            return Ok(Flow::Stay);
        }
        let layer = self.with_top(|layer, _| layer.id());
        let Some(id) = self.keymap.lookup(layer, chord).map(str::to_owned) else { return Ok(Flow::Stay) };
        self.act(&id)
    }

    /// Runs an action by id: the top layer's own, a move in its list, or a global one.
    pub(super) fn act(&mut self, id: &str) -> Result<Flow> {
        if let Some(to) = global::as_move(id) {
            self.with_top(|layer, cx| layer.go(to, cx))?;
            return Ok(Flow::Stay);
        }
        self.toast = None;
        if let Some(flow) = self.with_top(|layer, cx| layer.act(id, cx)) {
            return flow;
        }
        if self.overlays.iter().any(|layer| !layer.is_page()) {
            return Ok(Flow::Stay);
        }
        match GLOBAL.iter().find(|action| action.id == id) {
            Some(action) => (action.run)(self),
            None => Ok(Flow::Stay),
        }
    }

    /// Calls a layer with everything it may touch.
    pub(super) fn with_top<T>(&mut self, call: impl FnOnce(&mut dyn Layer, &mut Cx<'_>) -> T) -> T {
        let mut cx = Cx {
            site: &mut self.site,
            locale: &self.locale,
            keymap: &self.keymap,
            toast: &mut self.toast,
            changes: &mut self.changes,
            kept: &mut self.kept,
            bell: &mut self.bell,
        };
        let pane = self.panes.get_mut(self.front).and_then(Option::as_mut);
        match self.overlays.last_mut().or(pane) {
            Some(layer) => call(layer.as_mut(), &mut cx),
            None => call(&mut super::panes::Closed, &mut cx),
        }
    }

    /// For global actions that need a `Cx` but no layer.
    pub(super) fn with_cx<T>(&mut self, call: impl FnOnce(&mut Cx<'_>) -> T) -> T {
        self.with_top(|_, cx| call(cx))
    }

    fn follow(&mut self, flow: Flow) -> Next {
        match flow {
            Flow::Stay => {}
            Flow::Close => {
                self.overlays.pop();
                if let Err(error) = self.with_top(|layer, cx| layer.resumed(cx)) {
                    self.complain(&error);
                }
            }
            Flow::Replace(layer) => {
                self.overlays.pop();
                self.overlays.push(layer);
            }
            Flow::Open(layer) => self.overlays.push(layer),
            Flow::Act(id) => {
                self.overlays.pop();
                let flow = self.act(id).unwrap_or_else(|error| {
                    self.complain(&error);
                    Flow::Stay
                });
                return self.follow(flow);
            }
            Flow::Go(id) => {
                self.overlays.clear();
                if let Some(place) = PANES.iter().position(|tab| tab.id == id) {
                    self.show(place);
                }
            }
            Flow::Page(id) => {
                self.overlays.clear();
                match self.with_cx(|cx| super::panes::page(cx, id)) {
                    Ok(flow) => return self.follow(flow),
                    Err(error) => self.complain(&error),
                }
            }
            Flow::Again => {
                self.overlays.pop();
                return self.do_again();
            }
            Flow::Reopen => self.reopen(),
            Flow::Quit => {
                self.leave();
                self.drop_drafts();
                return Next::Quit;
            }
        }
        Next::Go
    }

    /// Before the operator goes, or somebody else comes: every open pane gives back what it holds.
    pub(super) fn leave(&mut self) {
        let mut panes = std::mem::take(&mut self.panes);
        for layer in panes.iter_mut().flatten() {
            self.with_cx(|cx| layer.leave(cx));
        }
        self.panes = panes;
    }

    /// Brings a pane to the front, opening it the first time.
    pub(super) fn show(&mut self, place: usize) {
        let Some(tab) = PANES.get(place) else { return };
        self.front = place;
        if self.panes.get(place).is_some_and(Option::is_none) {
            match self.with_cx(|cx| (tab.open)(cx)) {
                Ok(layer) => {
                    if let Some(slot) = self.panes.get_mut(place) {
                        *slot = Some(layer);
                    }
                }
                Err(error) => self.complain(&error),
            }
        }
    }

    /// Forgets every opened pane, after the operator or the batch changed; the front one opens again.
    pub(super) fn reopen(&mut self) {
        self.overlays.clear();
        self.panes.iter_mut().for_each(|pane| *pane = None);
        self.read_timetable();
        self.begin();
        self.open_drafts();
    }

    /// From where nobody in particular begins to where whoever came works; a pane that the settings name stays in front.
    pub(super) fn go_home(&mut self) {
        let place = |roles: &[crate::model::Role]| PANES.iter().position(|tab| tab.id == home(roles));
        let own = place(&self.site.actor().roles);
        if let Some(own) = own.filter(|own| *own != self.front && place(&[]) == Some(self.front)) {
            self.show(own);
        }
    }

    /// Opens the pane in front, or what there is for somebody to whom it is closed.
    fn begin(&mut self) {
        let roles = &self.site.actor().roles;
        let Some(first) = first_page(roles) else { return self.show(self.front) };
        let home = home(roles);
        self.show(PANES.iter().position(|tab| tab.id == home).unwrap_or(self.front));
        match self.with_cx(|cx| page(cx, first)) {
            Ok(Flow::Open(layer)) => self.overlays.push(layer),
            Ok(_) => {}
            Err(error) => self.complain(&error),
        }
    }

    /// Looks whether another process has changed the database; what it changed is read again.
    pub fn tick(&mut self) -> bool {
        let locked = lock::when_idle(self);
        let shown = self.look_after();
        self.look() || shown || locked
    }

    fn look(&mut self) -> bool {
        let version = self.site.data_version().unwrap_or(self.version);
        if version == self.version {
            return false;
        }
        self.version = version;
        self.changed();
        self.hear_leave();
        true
    }

    /// Reads everything that is open again: somebody else changed the site.
    pub fn changed(&mut self) {
        let _ = self.site.reread();
        lock::when_disabled(self);
        if self.site.batch().is_err() && self.site.choose_batch(None).is_ok() && self.site.batch().is_ok() {
            // The first batch was opened elsewhere: panes that had to wait for one can open now.
            self.toast = None;
            self.panes.iter_mut().for_each(|pane| *pane = None);
            self.show(self.front);
        }
        self.changes = Changes::ALL;
        self.spread();
    }

    /// Lets every open layer that watches what changed read it again.
    fn spread(&mut self) {
        let changes = std::mem::take(&mut self.changes);
        if changes == Changes::NONE {
            return;
        }
        if Changes::any(&["batch", "session"]).touches(changes) {
            self.read_timetable();
        }
        let mut fault = None;
        let mut cx = Cx {
            site: &mut self.site,
            locale: &self.locale,
            keymap: &self.keymap,
            toast: &mut self.toast,
            changes: &mut self.changes,
            kept: &mut self.kept,
            bell: &mut self.bell,
        };
        for layer in self.panes.iter_mut().flatten().chain(self.overlays.iter_mut()) {
            if layer.watches().touches(changes)
                && let Err(error) = layer.reload(&mut cx)
            {
                fault = Some(error);
            }
        }
        if let Some(error) = fault {
            self.complain(&error);
        }
    }

    pub(super) fn complain(&mut self, error: &Error) {
        self.with_cx(|cx| cx.complain(error));
    }

    pub fn toast(&mut self, tone: Tone, text: String) {
        self.toast = Some(Toast { tone, text });
    }

    /// Shows the first of what was odd in a keymap or theme; mending it shows the next.
    pub fn warn(&mut self, warnings: &[Warning]) {
        let Some(w) = warnings.first() else { return };
        let line = w.line.to_string();
        let args = [("file", w.file.as_str()), ("line", &line), ("value", &w.value)];
        self.toast(Tone::Warn, self.locale.say(&format!("warning.{}", w.code), &args));
    }
}
