//! Drives the full-screen program in this process: keys in, text of the screen out.
use super::Desk;
use kaowu::config::Assets;
use kaowu::text::{Lang, Locale};
use kaowu::tui::app::{App, Next};
use kaowu::tui::canvas::Canvas;
use kaowu::tui::chord::Chord;
use kaowu::tui::glyphs::Ambiguous;
use kaowu::tui::input::Input;
use kaowu::tui::keymap::Keymap;
use kaowu::tui::shell;
use kaowu::tui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

pub struct Screen {
    pub app: App,
    size: (u16, u16),
    quit: bool,
}

impl Screen {
    /// Opens a pane at 80x24 in Chinese.
    pub fn open(desk: Desk, pane: &str) -> Screen {
        Screen::sized(desk, pane, Lang::Chinese, (80, 24))
    }

    pub fn sized(desk: Desk, pane: &str, lang: Lang, size: (u16, u16)) -> Screen {
        let assets = Assets::default();
        let (locale, faults) = Locale::load(&assets, lang);
        assert!(faults.is_empty(), "{faults:?}");
        let text = assets.embedded("keymaps/default.toml").unwrap();
        let (keymap, warnings) = Keymap::parse("default.toml", text);
        assert!(warnings.is_empty(), "{warnings:?}");
        Screen { app: App::new(desk.site, locale, keymap, Theme::plain(), pane), size, quit: false }
    }

    /// Keys by their names in the keymap, blank separated: `press("enter f1 ctrl-x")`.
    pub fn press(&mut self, keys: &str) -> &mut Screen {
        for key in keys.split_whitespace() {
            let chord = Chord::parse(key).unwrap_or_else(|_| panic!("no key {key}"));
            let input = if let Chord::Char(c) = chord { Input::Text(c) } else { Input::Key(chord) };
            self.feed(&input);
        }
        self
    }

    /// Types text character by character.
    pub fn type_text(&mut self, text: &str) -> &mut Screen {
        text.chars().for_each(|c| self.feed(&Input::Text(c)));
        self
    }

    pub fn paste(&mut self, text: &str) -> &mut Screen {
        self.feed(&Input::Paste(text.to_owned()));
        self
    }

    pub fn resize(&mut self, size: (u16, u16)) -> &mut Screen {
        self.size = size;
        self.feed(&Input::Resize(size.0, size.1));
        self
    }

    fn feed(&mut self, input: &Input) {
        self.quit |= self.app.step(input) == Next::Quit;
    }

    pub fn has_quit(&self) -> bool {
        self.quit
    }

    /// The screen's text, one line a row, and the caret.
    pub fn draw(&mut self) -> (String, Option<Position>) {
        self.drawn(Ambiguous::Narrow)
    }

    /// The screen's text where only ASCII is sent beside Chinese.
    pub fn ascii(&mut self) -> String {
        self.drawn(Ambiguous::Wide).0
    }

    fn drawn(&mut self, ambiguous: Ambiguous) -> (String, Option<Position>) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        let theme = self.app.theme.clone();
        let mut canvas = Canvas::new(&mut buffer, &theme, ambiguous);
        shell::draw(&mut self.app, &mut canvas);
        let caret = canvas.finish();
        (text(&buffer), caret)
    }

    pub fn text(&mut self) -> String {
        self.draw().0
    }

    #[track_caller]
    pub fn sees(&mut self, wanted: &str) -> &mut Screen {
        let text = self.text();
        assert!(text.contains(wanted), "expected {wanted:?} on the screen:\n{text}");
        self
    }

    #[track_caller]
    pub fn sees_not(&mut self, unwanted: &str) -> &mut Screen {
        let text = self.text();
        assert!(!text.contains(unwanted), "did not expect {unwanted:?} on the screen:\n{text}");
        self
    }
}

fn text(buffer: &Buffer) -> String {
    let area = buffer.area();
    let mut out = String::new();
    for y in area.top()..area.bottom() {
        let (mut line, mut skip) = (String::new(), 0);
        for x in area.left()..area.right() {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let symbol = buffer[(x, y)].symbol();
            skip = symbol.width().saturating_sub(1);
            line.push_str(symbol);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
