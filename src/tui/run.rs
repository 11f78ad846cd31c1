//! The loop: read, step, draw when something changed. One thread; the other only waits for signals.
use super::app::{App, Next};
use super::backend::LeanBackend;
use super::cx::Tone;
use super::events::Events;
use super::glyphs::Ambiguous;
use super::input::Input;
use super::keymap::Keymap;
use super::screen::Screen;
use super::terminal::{Guard, Mouse, Tty};
use super::wait::{self, Ready};
use super::{chord::Chord, global, lock, probe, shell, signals};
use crate::ops::{Error, Pins, Site, upkeep};
use crate::text::Locale;
use std::io::{self, Write};
use std::time::{Duration, Instant};

/// How often another process's changes are looked for.
const TICK: Duration = Duration::from_millis(250);
/// How often what is typed is written down. With a tick between two looks, a crash costs less than a second of typing.
const KEEP: Duration = Duration::from_millis(500);

pub struct Settings {
    pub pane: String,
    pub theme: Option<String>,
    pub no_color: bool,
    pub ascii: bool,
    pub notice: Option<String>,
    pub complaint: Option<Error>,
    /// The screen hides after so long without a key.
    pub idle: Duration,
    /// Nobody may look before they signed on: the name that is expected, or an empty one.
    pub locked: Option<String>,
}

/// Runs the full-screen program until somebody quits.
pub fn run(site: Site, locale: Locale, settings: Settings) -> io::Result<()> {
    let (keymap, mut warnings) = keymap(&site);
    let theme_name = settings.theme.as_deref().unwrap_or(if settings.no_color { "mono" } else { "default" });
    let (theme, more) = global::load_theme(site.assets(), theme_name);
    warnings.extend(more);
    let mut app = App::new(site, locale, keymap, theme, &settings.pane);
    app.set_notice(settings.notice);
    app.warn(&warnings);
    app.lock_after(settings.idle);
    if let Some(name) = &settings.locked {
        lock::at_start(&mut app, name);
    }
    remind(&mut app);
    if let Some(error) = settings.complaint {
        app.complain(&error);
    }
    let guard = Guard::enter(Mouse::Off)?;
    signals::watch()?;
    let answer = if settings.ascii { None } else { Some(probe::ask(probe::PATIENCE)) };
    let ambiguous = answer.as_ref().map_or(Ambiguous::Wide, |a| a.ambiguous);
    let mut events = Events::new(answer.map(|a| super::input::typed_ahead(&a.typed)).unwrap_or_default());
    let mut screen = Screen::new(LeanBackend::new(Tty::open()?, ambiguous))?;
    // Not every terminal empties the alternate screen on the way in.
    let result = screen.repaint().and_then(|()| turn(&mut app, &mut screen, &mut events));
    drop(guard);
    // A terminal that is gone is no fault to report: there is nobody to read it. A read or a frame may meet it first.
    let is_gone =
        |e: &io::Error| e.kind() == io::ErrorKind::BrokenPipe || wait::for_input(Duration::ZERO) == Ready::Gone;
    result.or_else(|e| if is_gone(&e) { Ok(()) } else { Err(e) })
}

/// Where PINs are wanted, somebody who came by a key or an account is told that they have none yet.
fn remind(app: &mut App) {
    let wanted = upkeep::pins_of(&app.site).is_ok_and(|pins| pins == Pins::Required);
    if wanted && app.site.actor().id.is_some() && upkeep::has_pin(&app.site).is_ok_and(|has| !has) {
        let key = app.seen().key("", "app.palette");
        let args = [("name", app.site.actor().name.as_str()), ("key", &key)];
        app.toast(Tone::Warn, app.locale.say("own_pin.none", &args));
    }
}

fn keymap(site: &Site) -> (Keymap, Vec<super::warning::Warning>) {
    let file = "keymaps/default.toml";
    let (mut keymap, mut warnings) = Keymap::parse(file, site.assets().embedded(file).unwrap_or_default());
    if let Some(text) = site.assets().user_text(file) {
        let (over, more) = Keymap::parse(file, &text);
        keymap.merge(&over);
        warnings.extend(more);
    }
    (keymap, warnings)
}

fn turn(app: &mut App, screen: &mut Screen<Tty>, events: &mut Events) -> io::Result<()> {
    let mut shown = app.time_shown();
    let mut kept = Instant::now();
    draw(app, screen)?;
    loop {
        // Everything that is there before the next frame: a scanner's burst is one frame.
        let inputs = events.read(TICK)?;
        let mut stale = !inputs.is_empty();
        if inputs.iter().any(|i| i.chord() == Some(Chord::Ctrl('l')) || matches!(i, Input::Resize(..))) {
            screen.repaint()?;
        }
        if app.take(&inputs) == Next::Quit {
            return Ok(());
        }
        if kept.elapsed() >= KEEP {
            app.keep_drafts();
            kept = Instant::now();
        }
        let now = app.time_shown();
        stale |= app.tick() || now != shown;
        shown = now;
        if stale {
            draw(app, screen)?;
        }
    }
}

fn draw(app: &mut App, screen: &mut Screen<Tty>) -> io::Result<()> {
    let theme = app.theme.clone();
    screen.draw(&theme, |canvas| shell::draw(app, canvas))?;
    if app.take_bell() {
        Tty::open()?.write_all(b"\x07")?;
    }
    Ok(())
}
