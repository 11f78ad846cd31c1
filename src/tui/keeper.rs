//! What the screen does between keys: looks whether a disk that could not be written can be again, and has the regular
//! copy of the site made when it is due.
use super::app::App;
use super::canvas::Canvas;
use super::cx::Tone;
use super::theme::Role;
use crate::model::Stamp;
use crate::ops::Result;
use crate::ops::upkeep::{Copied, keep};
use crate::text::cause;
use ratatui::layout::Rect;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How often a disk in trouble is tried, and how often it is asked whether a copy is due.
const PROBE: Duration = Duration::from_secs(2);
const ASK: Duration = Duration::from_secs(30);

#[derive(Default)]
pub struct Keeper {
    probed: Option<Instant>,
    asked: Option<Instant>,
    /// The thread that makes a copy, with a connection of its own: nobody waits for it.
    copying: Option<Receiver<Result<Option<Copied>>>>,
}

impl App {
    /// Whether something came of it that the screen should show.
    pub(super) fn look_after(&mut self) -> bool {
        self.try_disk() | self.hear_copy()
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
        let (done, copying) = channel();
        let now: Stamp = self.site.now();
        let make = move || {
            // The screen may have ended meanwhile.
            let _ = done.send(keep(&database, now));
        };
        if thread::Builder::new().name("copy".to_owned()).spawn(make).is_ok() {
            self.keeper.copying = Some(copying);
        }
    }

    /// A copy that could not be made is told; one that was made is nobody's business.
    fn hear_copy(&mut self) -> bool {
        let Some(answer) = self.keeper.copying.as_ref().map(Receiver::try_recv) else { return false };
        if matches!(answer, Err(TryRecvError::Empty)) {
            return false;
        }
        self.keeper.copying = None;
        let Ok(Err(error)) = answer else { return false };
        let what = cause(&self.locale, &error);
        self.toast(Tone::Warn, self.locale.say("keeping.copy_failed", &[("what", &what)]));
        true
    }
}

/// What stands over the page while the site cannot be written.
pub fn banner(app: &App, canvas: &mut Canvas<'_, '_>, line: Rect) {
    let Some(trouble) = app.site.trouble() else { return };
    let time = trouble.since.clock();
    let text = app.locale.say(&format!("trouble.{}", trouble.what.code()), &[("time", &time)]);
    canvas.line(line, &format!("x {text}"), Role::Refused);
}
