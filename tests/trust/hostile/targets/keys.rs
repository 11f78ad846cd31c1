//! Keys, pastes and sizes at the full-screen program, over a site with something in every stage.
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseEvent, MouseEventKind};
use kaowu::config::{Assets, Home};
use kaowu::model::clean::is_unsafe;
use kaowu::model::{FixedClock, Role, Stamp};
use kaowu::ops::demo::{Plan, Stage, build};
use kaowu::ops::{Access, Actor, Site, history};
use kaowu::text::{Lang, Locale};
use kaowu::tui::app::{App, Next};
use kaowu::tui::backend::LeanBackend;
use kaowu::tui::glyphs::Ambiguous;
use kaowu::tui::input::{Decoder, Input};
use kaowu::tui::keymap::Keymap;
use kaowu::tui::panes::PANES;
use kaowu::tui::screen::Screen;
use kaowu::tui::shell;
use kaowu::tui::theme::Theme;
use ratatui::layout::Size;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// Events of one input; more add nothing but time.
const MOST: usize = 300;

const NAMED: [KeyCode; 16] = [
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::Delete,
    KeyCode::Insert,
    KeyCode::Backspace,
    KeyCode::Null,
];

/// Made once: sites at four stages, and the time at which each stands.
struct Templates {
    _home: tempfile::TempDir,
    all: Vec<(PathBuf, Stamp)>,
}

static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| {
    let home = folder();
    let stages = [Stage::Exam, Stage::Marking, Stage::Published, Stage::Certified];
    let made = stages.map(|stage| {
        let own = home.path().join(stage.code());
        let plan = Plan { candidates: 40, seed: 1, policy: "nmg-2023".to_owned(), stage, os_user: None };
        let (site, _) = build(&plan, &Home::at(own.clone())).unwrap();
        let file = site.file().unwrap().to_owned();
        let now = site.now();
        drop(site);
        (file, now)
    });
    Templates { _home: home, all: made.to_vec() }
});

/// In memory where the machine has such a place: every event that saves would wait for the disk.
pub fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// The program over a site, and a terminal that takes every byte.
pub struct Desk {
    pub app: App,
    screen: Screen<Vec<u8>>,
    _home: tempfile::TempDir,
}

impl Desk {
    fn open(choice: u8) -> Desk {
        let (template, now) = &TEMPLATES.all[usize::from(choice) % TEMPLATES.all.len()];
        let home = folder();
        let file = home.path().join("site.db");
        fs::copy(template, &file).unwrap();
        let mut site = Site::open(&file, Access::ReadWrite, Assets::default(), Box::new(FixedClock::at(*now))).unwrap();
        site.choose_batch(None).unwrap();
        let role = [Role::Coordinator, Role::Typist][usize::from(choice >> 2) % 2];
        let all = kaowu::ops::upkeep::operators(&site).unwrap();
        let operator = all.iter().find(|o| o.role_list().contains(&role)).unwrap();
        site.set_actor(Actor { id: Some(operator.id), name: operator.name.clone(), roles: operator.role_list() });
        let lang = Lang::ALL[usize::from(choice >> 3) % Lang::ALL.len()];
        Desk::over(site, lang, PANES[usize::from(choice >> 4) % PANES.len()].id, home)
    }

    /// The home is kept as long as the program.
    pub fn over(site: Site, lang: Lang, pane: &str, home: tempfile::TempDir) -> Desk {
        let assets = Assets::default();
        let (locale, _) = Locale::load(&assets, lang);
        let (keymap, _) = Keymap::parse("default.toml", assets.embedded("keymaps/default.toml").unwrap());
        let app = App::new(site, locale, keymap, Theme::plain(), pane);
        let backend = LeanBackend::with_size(Vec::new(), Ambiguous::Narrow, Size::new(80, 24));
        Desk { app, screen: Screen::new(backend).unwrap(), _home: home }
    }

    /// Draws a frame and gives what was sent for it.
    pub fn draw(&mut self) -> String {
        let theme = self.app.theme.clone();
        let app = &mut self.app;
        self.screen.draw(&theme, |canvas| shell::draw(app, canvas)).unwrap();
        let sent = std::mem::take(self.screen.backend_mut().writer_mut());
        let sent = String::from_utf8(sent).unwrap();
        let odd = sent.chars().find(|c| is_unsafe(*c) && !matches!(c, '\u{1b}' | '\r' | '\n'));
        assert_eq!(odd, None, "sent to the terminal: {sent:?}");
        assert!(!sent.contains("\u{1b}]"), "a command of the terminal: {sent:?}");
        sent
    }

    /// Whether the program goes on.
    pub fn take(&mut self, inputs: &[Input]) -> bool {
        for input in inputs {
            if let Input::Resize(width, height) = input {
                self.screen.backend_mut().resize(Size::new(*width, *height));
                self.screen.repaint().unwrap();
            }
        }
        let goes_on = self.app.take(inputs) == Next::Go;
        if goes_on {
            self.draw();
        }
        goes_on
    }
}

/// The first byte chooses site, person, language and pane. Then bytes are keys as a terminal sends them, save that
/// 0x1C comes before a named key, 0x1D before a paste that ends with 0x1E, 0x1F before a size; 0x00 begins and ends a
/// burst that is read at once.
pub fn run(mut data: &[u8]) {
    let mut desk = Desk::open(super::byte(&mut data));
    let (mut decoder, mut now) = (Decoder::default(), Instant::now());
    let mut burst: Option<Vec<Input>> = None;
    for _ in 0..MOST {
        if data.is_empty() {
            break;
        }
        // What is no burst is typed slowly.
        now += Duration::from_millis(if burst.is_none() { 200 } else { 0 });
        if data[0] == 0 {
            data = &data[1..];
            burst = match burst {
                Some(inputs) if !desk.take(&inputs) => return,
                Some(_) => None,
                None => Some(Vec::new()),
            };
            continue;
        }
        let inputs: Vec<Input> = event(&mut data).into_iter().flat_map(|event| decoder.feed(event, now)).collect();
        match &mut burst {
            Some(all) => all.extend(inputs),
            None if !desk.take(&inputs) => return,
            None => {}
        }
    }
    desk.app.tick();
    desk.draw();
    assert_eq!(history::verify(&desk.app.site).unwrap().broken_at, None);
}

fn event(data: &mut &[u8]) -> Option<Event> {
    let key = |code, modifiers| Some(Event::Key(KeyEvent::new(code, modifiers)));
    match super::byte(data) {
        0x1B => key(KeyCode::Esc, KeyModifiers::NONE),
        0x1C => match super::byte(data) {
            n @ 0..=15 => key(NAMED[usize::from(n)], KeyModifiers::NONE),
            n @ 16..=31 => key(KeyCode::F(n - 15), KeyModifiers::NONE),
            n @ 32..=126 => key(KeyCode::Char(char::from(n)), KeyModifiers::ALT),
            n => {
                let kind = if n % 2 == 0 { MouseEventKind::ScrollUp } else { MouseEventKind::ScrollDown };
                Some(Event::Mouse(MouseEvent { kind, column: 1, row: 1, modifiers: KeyModifiers::NONE }))
            }
        },
        0x1D => {
            let end = data.iter().position(|b| *b == 0x1E).unwrap_or(data.len());
            let text = String::from_utf8_lossy(&data[..end]).into_owned();
            *data = data.get(end + 1..).unwrap_or_default();
            Some(Event::Paste(text))
        }
        0x1F => {
            let (width, height) = (super::byte(data), super::byte(data));
            // Every size that a terminal may have, small ones mostly.
            let width = if width > 250 { 1000 } else { u16::from(width) };
            Some(Event::Resize(width, u16::from(height % 64)))
        }
        0x1E => None,
        b'\r' | b'\n' => key(KeyCode::Enter, KeyModifiers::NONE),
        b'\t' => key(KeyCode::Tab, KeyModifiers::NONE),
        0x7F | 0x08 => key(KeyCode::Backspace, KeyModifiers::NONE),
        n @ 1..=0x1A => key(KeyCode::Char(char::from(n + 0x60)), KeyModifiers::CONTROL),
        n @ 0x20..=0x7E => key(KeyCode::Char(char::from(n)), KeyModifiers::NONE),
        n => {
            let mut bytes = vec![n];
            while bytes.len() < 4 && std::str::from_utf8(&bytes).is_err() {
                match data.first() {
                    Some(b @ 0x80..=0xBF) => bytes.push(*b),
                    _ => break,
                }
                super::byte(data);
            }
            let c = String::from_utf8_lossy(&bytes).chars().next()?;
            key(KeyCode::Char(c), KeyModifiers::NONE)
        }
    }
}
