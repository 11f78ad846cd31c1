//! The loop: read, step, draw when something changed. One thread; the other only waits for signals.
use super::app::{App, Next};
use super::backend::LeanBackend;
use super::canvas::Canvas;
use super::cx::Tone;
use super::glyphs::Ambiguous;
use super::input::{Decoder, Input};
use super::keymap::Keymap;
use super::terminal::{Guard, Mouse, Tty};
use super::{chord::Chord, global, probe, shell, signals};
use crate::ops::{Error, Site};
use crate::text::Locale;
use crossterm::event;
use ratatui::Terminal;
use std::io::{self, Write};
use std::time::{Duration, Instant};

/// How often another process's changes are looked for.
const TICK: Duration = Duration::from_millis(250);
/// How long the terminal may take to answer about its widths.
const PROBE: Duration = Duration::from_millis(150);

pub struct Settings {
    pub pane: String,
    pub theme: Option<String>,
    pub no_color: bool,
    pub ascii: bool,
    pub notice: Option<String>,
    pub complaint: Option<Error>,
}

/// Runs the full-screen program until somebody quits.
pub fn run(site: Site, locale: Locale, settings: Settings) -> io::Result<()> {
    let (keymap, warnings) = keymap(&site);
    let theme_name = settings.theme.as_deref().unwrap_or(if settings.no_color { "mono" } else { "default" });
    let theme = global::load_theme(site.assets(), theme_name);
    let mut app = App::new(site, locale, keymap, theme, &settings.pane);
    app.set_notice(settings.notice);
    if let Some(warning) = warnings.first() {
        let text = app.locale.say(
            &format!("warning.{}", warning.code),
            &[("file", &warning.file), ("line", &warning.line.to_string()), ("value", &warning.value)],
        );
        app.toast(Tone::Warn, text);
    }
    if let Some(error) = settings.complaint {
        app.complain(&error);
    }
    signals::watch()?;
    let guard = Guard::enter(Mouse::Off)?;
    let answer = if settings.ascii { None } else { Some(probe::ask(PROBE)) };
    let ambiguous = answer.as_ref().map_or(Ambiguous::Wide, |a| a.ambiguous);
    let mut screen = Screen { terminal: Terminal::new(LeanBackend::new(Tty::open()?, ambiguous))?, ambiguous };
    let typed_ahead = answer.map(|a| super::input::typed_ahead(&a.typed)).unwrap_or_default();
    let result = turn(&mut app, &mut screen, typed_ahead);
    drop(guard);
    result
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

struct Screen {
    terminal: Terminal<LeanBackend<Tty>>,
    ambiguous: Ambiguous,
}

impl Screen {
    fn draw(&mut self, app: &mut App) -> io::Result<()> {
        let ambiguous = self.ambiguous;
        self.terminal.draw(|frame| {
            let theme = app.theme.clone();
            let mut canvas = Canvas::new(frame.buffer_mut(), &theme, ambiguous);
            shell::draw(app, &mut canvas);
            if let Some(caret) = canvas.finish() {
                frame.set_cursor_position(caret);
            }
        })?;
        if app.take_bell() {
            let mut tty = Tty::open()?;
            tty.write_all(b"\x07")?;
        }
        Ok(())
    }
}

fn turn(app: &mut App, screen: &mut Screen, typed_ahead: Vec<Input>) -> io::Result<()> {
    let mut decoder = Decoder::default();
    let mut waiting = typed_ahead;
    let mut minute = app.site.now().minute();
    screen.draw(app)?;
    loop {
        let mut stale = false;
        for input in waiting.drain(..) {
            stale = true;
            if input.chord() == Some(Chord::Ctrl('l')) || matches!(input, Input::Resize(..)) {
                screen.terminal.clear()?;
            }
            if app.step(&input) == Next::Quit {
                return Ok(());
            }
        }
        if stale {
            screen.draw(app)?;
        }
        if event::poll(TICK)? {
            // Everything that is there before the next frame: a scanner's burst is one frame.
            while event::poll(Duration::ZERO)? {
                waiting.extend(decoder.feed(event::read()?, Instant::now()));
            }
        }
        let now = app.site.now().minute();
        if app.tick() || now != minute {
            minute = now;
            screen.draw(app)?;
        }
    }
}
