//! The locked screen: hides everything and asks who is there. What was open stays as it was underneath.
use super::app::{App, Next};
use super::canvas::Canvas;
use super::chord::Chord;
use super::cx::Tone;
use super::input::Input;
use super::theme::Role;
use super::widgets::field::{Accept, Field, Taken};
use crate::model::Refusal;
use crate::ops::upkeep::{self, Credential};
use crate::ops::{Error, Pins, Result};
use ratatui::layout::Rect;
use std::time::{Duration, Instant, SystemTime};

/// When somebody was last here, by two clocks: one stands still while the machine sleeps, the other can be put back.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    steady: Instant,
    wall: SystemTime,
}

impl Seen {
    pub fn now() -> Seen {
        Seen { steady: Instant::now(), wall: SystemTime::now() }
    }

    /// As if it had been so long ago.
    pub fn before(self, ago: Duration) -> Seen {
        Seen { steady: self.steady.checked_sub(ago).unwrap_or(self.steady), wall: self.wall - ago }
    }

    /// By whichever clock says more.
    pub(super) fn ago(self) -> Duration {
        self.steady.elapsed().max(self.wall.elapsed().unwrap_or_default())
    }
}

/// Why it is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nobody has signed on yet, and the site wants them to.
    Start,
    Idle,
    /// Whoever is signed on may not work here any more.
    Disabled,
}

pub struct Lock {
    why: Why,
    name: Field,
    pin: Field,
    /// The name has the focus.
    naming: bool,
}

impl Lock {
    fn new(why: Why, name: &str) -> Lock {
        let mut field = Field::new(Accept::Any, 40);
        field.set(name);
        Lock { why, name: field, pin: Field::new(Accept::Any, 256), naming: name.is_empty() }
    }

    fn focus(&mut self) -> &mut Field {
        if self.naming { &mut self.name } else { &mut self.pin }
    }
}

/// Locks a screen that nobody may look at yet; `name` is who is expected.
pub fn at_start(app: &mut App, name: &str) {
    app.lock = Some(Lock::new(Why::Start, name));
}

/// Locks when nobody was here for so long. Whether it did.
pub fn when_idle(app: &mut App) -> bool {
    if app.lock.is_some() || app.seen_at.ago() < app.idle {
        return false;
    }
    app.toast = None;
    app.lock = Some(Lock::new(Why::Idle, &app.site.actor().name));
    true
}

/// Locks when whoever is here may not work any more: somebody else signs on, or they leave.
pub fn when_disabled(app: &mut App) {
    let is_disabled = matches!(upkeep::still_here(&app.site), Err(Error::Refused(_)));
    if app.lock.is_none() && is_disabled {
        app.toast = None;
        app.lock = Some(Lock::new(Why::Disabled, ""));
    }
}

/// Whether a burst of characters with a line end in it came: a scan, which would count as a wrong PIN.
pub fn is_scan(inputs: &[Input]) -> bool {
    inputs.iter().any(|input| input.chord() == Some(Chord::Enter))
}

/// One input on a locked screen.
pub fn step(app: &mut App, input: &Input) -> Next {
    let Some(lock) = app.lock.as_mut() else { return Next::Go };
    if lock.focus().feed(input) != Taken::No {
        app.toast = None;
        return Next::Go;
    }
    let Some(chord) = input.chord() else { return Next::Go };
    match app.keymap.lookup("lock", chord) {
        Some("lock.next") => lock.naming = !lock.naming,
        Some("lock.accept") if lock.naming && !lock.name.is_empty() => lock.naming = false,
        Some("lock.accept") => {
            if let Err(error) = accept(app) {
                app.complain(&error);
            }
        }
        Some("lock.quit" | "app.quit") => {
            app.leave();
            return Next::Quit;
        }
        _ => {}
    }
    Next::Go
}

fn accept(app: &mut App) -> Result<()> {
    let Some(lock) = app.lock.as_mut() else { return Ok(()) };
    let (name, pin) = (lock.name.text().trim().to_owned(), lock.pin.take());
    let pin = Some(pin).filter(|pin| !pin.is_empty());
    if app.site.actor().id.is_some() && name == app.site.actor().name {
        upkeep::still_here(&app.site)?;
        if !upkeep::has_pin(&app.site)? && upkeep::pins_of(&app.site)? == Pins::Required {
            return Err(Refusal::new(upkeep::PIN_MISSING).with("name", name).into());
        }
        upkeep::prove(&app.site, pin.as_deref())?;
        app.unlock();
        app.toast(Tone::Good, app.locale.say("lock.back", &[("name", &name)]));
        return Ok(());
    }
    if name.is_empty() && app.site.actor().id.is_none() && upkeep::pins_of(&app.site)? == Pins::Optional {
        app.unlock();
        return Ok(());
    }
    // Somebody else: what the former operator holds is given back before they go.
    let credential = Credential::Named { name: &name, pin: pin.as_deref(), os_user: None };
    upkeep::may_sign_on(&app.site, &credential)?;
    let begins = lock.why == Why::Start;
    app.leave();
    upkeep::sign_on(&mut app.site, &credential)?;
    app.unlock();
    app.reopen();
    if begins {
        app.go_home();
    }
    app.toast(Tone::Good, app.locale.say("sign_on.done", &[("name", &name)]));
    Ok(())
}

/// Nothing of what is underneath, not even its place.
pub fn draw(app: &App, lock: &Lock, canvas: &mut Canvas<'_, '_>) {
    let area = canvas.area();
    let row = |y: u16| Rect::new(area.x, area.y + y, area.width, 1);
    let site = app.site.row().map(|s| s.name).unwrap_or_default();
    canvas.fill(row(0), Role::Banner);
    canvas.text_in(row(0), &format!(" {site}  {}", app.site.now().clock()), Role::Banner);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(4), ..area };
    let title = if lock.why == Why::Start { "lock.sign_on" } else { "lock.title" };
    let inner = canvas.popup(body, (60, 9), app.locale.word(title));
    let minutes = (app.idle.as_secs() / 60).to_string();
    let name = app.site.actor().name.clone();
    let args = [("minutes", minutes.as_str()), ("name", &name)];
    let no_pin = app.site.actor().id.is_some() && !upkeep::has_pin(&app.site).unwrap_or(true);
    let why = match lock.why {
        Why::Start => app.locale.word("lock.start").to_owned(),
        Why::Disabled => app.locale.say("lock.disabled", &args),
        Why::Idle if no_pin => app.locale.say("lock.no_pin", &args),
        Why::Idle => app.locale.say("lock.idle", &args),
    };
    canvas.paragraph(Rect { height: inner.height.saturating_sub(3), ..inner }, &why, Role::Popup);
    let line = |up: u16| Rect::new(inner.x, inner.bottom().saturating_sub(up), inner.width, 1);
    fields(app, lock, canvas, (line(2), line(1)));
    super::shell::message_line(app, canvas, row(area.height.saturating_sub(2)));
    hints(app, canvas, row(area.height.saturating_sub(1)));
}

fn fields(app: &App, lock: &Lock, canvas: &mut Canvas<'_, '_>, (name, pin): (Rect, Rect)) {
    let after = |canvas: &mut Canvas<'_, '_>, line: Rect, key: &str| {
        let x = canvas.text_in(line, &format!("{}  ", app.locale.word(key)), Role::Popup);
        Rect { x, width: line.right().saturating_sub(x), ..line }
    };
    let (name, pin) = (after(canvas, name, "lock.name"), after(canvas, pin, "lock.pin"));
    let stars = "*".repeat(lock.pin.text().chars().count());
    if lock.naming {
        canvas.text_in(pin, &stars, Role::Popup);
        lock.name.draw(canvas, name);
    } else {
        canvas.text_in(name, lock.name.text(), Role::Popup);
        let end = canvas.text_in(pin, &stars, Role::FieldFocus);
        canvas.caret(end, pin.y);
    }
}

fn hints(app: &App, canvas: &mut Canvas<'_, '_>, line: Rect) {
    let mut x = line.x;
    for id in ["lock.accept", "lock.next", "lock.quit"] {
        let Some(key) = app.keymap.chords("lock", id).first().map(Chord::label) else { continue };
        let rest = |x: u16| Rect { x, width: line.right().saturating_sub(x), ..line };
        x = canvas.text_in(rest(x), &key, Role::Key) + 1;
        x = canvas.text_in(rest(x), app.locale.word(&format!("hint_bar.{id}")), Role::Hint) + 2;
    }
}
