//! What the screen does between keys: has the whole content held against the journal once, looks whether a disk that could not
//! be written can be again, and has the regular copy of the site made when it is due.
use super::app::App;
use super::canvas::Canvas;
use super::cx::Tone;
use super::theme::Role;
use crate::model::Stamp;
use crate::ops::anchor::{Flaw, flaw_refusal, inspect};
use crate::ops::upkeep::{Copied, keep};
use crate::ops::{Error, Result};
use crate::text::{cause, content};
use ratatui::layout::Rect;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How often a disk in trouble is tried, and how often it is asked whether a copy is due.
const PROBE: Duration = Duration::from_secs(2);
const ASK: Duration = Duration::from_secs(30);
/// Without a key for so long the content is inspected: whoever types at once has the machine for themselves.
const PAUSE: Duration = Duration::from_secs(1);

/// How long after an inspection that could not be done the next one is tried.
const AGAIN: Duration = Duration::from_secs(5 * 60);

/// Names of the threads that work beside the keys. What goes wrong in one ends that one.
pub const INSPECTION_THREAD: &str = "inspection";
pub const COPY_THREAD: &str = "copy";

/// What is done beside the keys: nobody waits for it.
type Aside<T> = Receiver<Result<Option<T>>>;

#[derive(Default)]
enum Inspection {
    #[default]
    NotBegun,
    /// It could not be done, and is tried again some time later.
    Failed(Instant),
    Running(Aside<Flaw>),
    Done(Option<Flaw>),
}

#[derive(Default)]
pub struct Keeper {
    inspection: Inspection,
    probed: Option<Instant>,
    asked: Option<Instant>,
    /// The thread that makes a copy, with a connection of its own.
    copying: Option<Aside<Copied>>,
}

impl App {
    /// Whether something came of it that the screen should show.
    pub(super) fn look_after(&mut self) -> bool {
        self.try_content() | self.try_disk() | self.hear_copy()
    }

    /// The whole content takes as long as the database is large: the first frame does not wait for it.
    fn try_content(&mut self) -> bool {
        match &self.keeper.inspection {
            Inspection::NotBegun => self.begin_inspection(),
            Inspection::Failed(at) if at.elapsed() < AGAIN => false,
            Inspection::Failed(_) => self.begin_inspection(),
            Inspection::Running(answer) => match answer.try_recv() {
                Err(TryRecvError::Empty) => false,
                Err(TryRecvError::Disconnected) => self.not_inspected(None),
                Ok(Err(error)) => self.not_inspected(Some(&error)),
                Ok(Ok(flaw)) => self.hear_inspection(flaw),
            },
            Inspection::Done(_) => false,
        }
    }

    fn begin_inspection(&mut self) -> bool {
        if self.seen_at.ago() < PAUSE {
            return false;
        }
        self.keeper.inspection = Inspection::Done(None);
        let Some(database) = self.site.file().map(PathBuf::from) else { return false };
        // Somebody has to look at it before anything else already.
        if self.site.doubt().is_some() {
            return false;
        }
        match aside(INSPECTION_THREAD, move || inspect(&database)) {
            Some(answer) => {
                self.keeper.inspection = Inspection::Running(answer);
                false
            }
            None => self.not_inspected(None),
        }
    }

    /// Nothing is known then, and that is said.
    fn not_inspected(&mut self, why: Option<&Error>) -> bool {
        self.keeper.inspection = Inspection::Failed(Instant::now());
        self.told_aside("content.not_inspected", why)
    }

    /// What was to be done beside the keys and was not; `None`: its thread came to grief, or there was none.
    fn told_aside(&mut self, word: &str, why: Option<&Error>) -> bool {
        let what = why.map_or_else(|| self.locale.word("keeping.broke_off").to_owned(), |why| cause(&self.locale, why));
        self.toast(Tone::Warn, self.locale.say(word, &[("what", &what)]));
        true
    }

    fn hear_inspection(&mut self, flaw: Option<Flaw>) -> bool {
        if let Some(flaw) = &flaw {
            self.site.learn(flaw);
            self.complain(&flaw_refusal(flaw).into());
        }
        let seen = flaw.is_some();
        self.keeper.inspection = Inspection::Done(flaw);
        seen
    }

    /// What is wrong with the content, once that is known.
    fn flaw(&self) -> Option<&Flaw> {
        match &self.keeper.inspection {
            Inspection::Done(flaw) => flaw.as_ref(),
            _ => None,
        }
    }

    fn try_disk(&mut self) -> bool {
        let due = |last: Option<Instant>, every| last.is_none_or(|at: Instant| at.elapsed() >= every);
        let Some(trouble) = self.site.trouble() else {
            self.keeper.probed = None;
            if due(self.keeper.asked, ASK) {
                self.begin_copy();
            }
            return false;
        };
        // Not at once: the answer to what was just tried should be read first.
        let Some(probed) = self.keeper.probed else {
            self.keeper.probed = Some(Instant::now());
            return true;
        };
        if probed.elapsed() < PROBE {
            return false;
        }
        self.keeper.probed = Some(Instant::now());
        if self.site.probe() {
            let time = trouble.since.clock();
            self.toast(Tone::Good, self.locale.say("trouble.over", &[("time", &time)]));
            self.keep_drafts();
            return true;
        }
        self.site.trouble() != Some(trouble)
    }

    fn begin_copy(&mut self) {
        self.keeper.asked = Some(Instant::now());
        let Some(database) = self.site.file().map(PathBuf::from) else { return };
        // A database that somebody has to look at first does not push the good copies out.
        if self.site.is_read_only() || self.site.doubt().is_some() || self.keeper.copying.is_some() {
            return;
        }
        let now: Stamp = self.site.now();
        self.keeper.copying = aside(COPY_THREAD, move || keep(&database, now));
    }

    /// A copy that could not be made is told; one that was made is nobody's business.
    fn hear_copy(&mut self) -> bool {
        let Some(answer) = self.keeper.copying.as_ref().map(Receiver::try_recv) else { return false };
        if matches!(answer, Err(TryRecvError::Empty)) {
            return false;
        }
        self.keeper.copying = None;
        match answer {
            Ok(Ok(_)) => false,
            Ok(Err(error)) => self.told_aside("keeping.copy_failed", Some(&error)),
            Err(_) => self.told_aside("keeping.copy_failed", None),
        }
    }
}

/// A thread with a connection of its own; `None`: the system has no more of them.
fn aside<T: Send + 'static>(name: &str, work: impl FnOnce() -> Result<Option<T>> + Send + 'static) -> Option<Aside<T>> {
    let (done, answer) = channel();
    let work = move || {
        // The screen may have ended meanwhile.
        let _ = done.send(work());
    };
    thread::Builder::new().name(name.to_owned()).spawn(work).is_ok().then_some(answer)
}

/// What stands over the page while the site cannot be written, or its content is not what it should be.
pub fn standing(app: &App) -> Option<String> {
    match app.site.trouble() {
        Some(trouble) => {
            let time = trouble.since.clock();
            Some(app.locale.say(&format!("trouble.{}", trouble.what.code()), &[("time", &time)]))
        }
        None => app.flaw().map(|flaw| content::standing(&app.locale, flaw)),
    }
}

pub fn banner(text: &str, canvas: &mut Canvas<'_, '_>, line: Rect) {
    canvas.line(line, &format!("x {text}"), Role::Refused);
}
