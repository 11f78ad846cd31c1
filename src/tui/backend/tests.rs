use super::*;
use crate::tui::canvas::Canvas;
use crate::tui::screen::Screen;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::{Column, Field, Table, Width, field::Accept};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use std::num::NonZeroU16;

/// Keeps each write apart.
#[derive(Default)]
struct Writes(Vec<Vec<u8>>);

impl Write for Writes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.push(bytes.to_vec());
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Rig {
    terminal: Screen<Writes>,
    screen: vt100::Parser,
}

impl Rig {
    fn new(width: u16, height: u16, ambiguous: Ambiguous) -> Rig {
        let backend = LeanBackend::with_size(Writes::default(), ambiguous, Size { width, height });
        let size = |n| NonZeroU16::new(n).unwrap();
        Rig { terminal: Screen::new(backend).unwrap(), screen: vt100::Parser::new(size(height), size(width), 0) }
    }

    /// Draws a frame, gives the bytes to the parser, returns their count; never more than one write.
    fn frame(&mut self, theme: &Theme, draw: impl FnOnce(&mut Canvas<'_, '_>)) -> usize {
        let ambiguous = self.terminal.ambiguous();
        let buffer = self.terminal.draw(theme, draw).unwrap().clone();
        let writes = std::mem::take(&mut self.terminal.backend_mut().writer_mut().0);
        assert!(writes.len() <= 1, "{} writes", writes.len());
        let bytes = writes.concat();
        self.screen.process(&bytes);
        same(&buffer, self.screen.screen(), ambiguous);
        bytes.len()
    }
}

fn vt_colour(colour: Color) -> vt100::Color {
    let names = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    let index = names.iter().position(|c| *c == colour);
    index.map_or(vt100::Color::Default, |i| vt100::Color::Idx(u8::try_from(i).unwrap()))
}

fn same(buffer: &Buffer, screen: &vt100::Screen, ambiguous: Ambiguous) {
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let (ours, theirs) = (&buffer[(x, y)], screen.cell(y, x).unwrap());
            let symbol = match glyphs::ascii_form(ours.symbol()) {
                Some(ascii) if ambiguous.is_ascii() => ascii.to_string(),
                _ => ours.symbol().to_owned(),
            };
            let shown = if theirs.has_contents() { theirs.contents() } else { " " };
            assert_eq!(symbol, shown, "at {x},{y}");
            assert_eq!(vt_colour(ours.fg), theirs.fgcolor(), "foreground of {symbol:?} at {x},{y}");
            assert_eq!(vt_colour(ours.bg), theirs.bgcolor(), "background of {symbol:?} at {x},{y}");
            let flags = [Modifier::BOLD, Modifier::DIM, Modifier::UNDERLINED, Modifier::REVERSED];
            // The parser keeps bold or dim, not both.
            let dim = theirs.dim() || ours.modifier.contains(Modifier::DIM) && theirs.bold();
            let bold = theirs.bold() || ours.modifier.contains(Modifier::BOLD) && theirs.dim();
            let set = [bold, dim, theirs.underline(), theirs.inverse()];
            assert_eq!(flags.map(|f| ours.modifier.contains(f)), set, "attributes of {symbol:?} at {x},{y}");
            x += ours.symbol().cell_width().max(1);
        }
    }
}

fn roster() -> Table {
    let mut table = Table::new(vec![
        Column::new("准考证号", Width::Fixed(12)),
        Column::new("姓名", Width::Fixed(12)),
        Column::new("职业", Width::Fill(16)),
        Column::new("考场", Width::Fixed(8)),
        Column::new("状态", Width::Fixed(8)),
    ]);
    table.set_rows(360);
    table
}

fn cell(row: usize, column: usize) -> (String, Role) {
    let text = match column {
        0 => format!("2026{row:06}"),
        1 => ["张三", "阿卜杜拉·买买提", "欧阳修远"][row % 3].to_owned(),
        2 => "电工(三级/高级工)".to_owned(),
        3 => format!("第{:02}考场", row / 30 + 1),
        _ => ["未到", "已签到"][row % 2].to_owned(),
    };
    (text, if column == 4 { Role::Good } else { Role::Text })
}

fn desk(canvas: &mut Canvas<'_, '_>, table: &Table, field: &Field) {
    let area = canvas.area();
    let inside = canvas.frame(area, "签到", Role::Border);
    let (top, rest) = (Rect { height: 1, ..inside }, Rect { y: inside.y + 1, height: inside.height - 1, ..inside });
    field.draw(canvas, top);
    table.draw(canvas, rest, &cell);
}

fn coloured() -> Theme {
    let (theme, warnings) = Theme::load("default", &|_| Some(include_str!("../../../themes/default.toml").to_owned()));
    assert_eq!(warnings, []);
    theme
}

#[test]
fn nothing_is_sent_when_nothing_changed() {
    for theme in [Theme::plain(), coloured()] {
        let (mut rig, table, field) = (Rig::new(80, 24, Ambiguous::Unknown), roster(), Field::new(Accept::Any, 20));
        assert!(rig.frame(&theme, |canvas| desk(canvas, &table, &field)) > 0);
        assert_eq!(rig.frame(&theme, |canvas| desk(canvas, &table, &field)), 0);
        assert_eq!(rig.frame(&theme, |canvas| desk(canvas, &table, &field)), 0);
    }
}

#[test]
fn a_moved_selection_and_a_typed_character_stay_in_budget() {
    for ambiguous in [Ambiguous::Unknown, Ambiguous::Narrow, Ambiguous::Wide] {
        let theme = coloured();
        let (mut rig, mut table) = (Rig::new(80, 24, ambiguous), roster());
        let mut field = Field::new(Accept::Any, 20);
        table.select(5);
        rig.frame(&theme, |canvas| desk(canvas, &table, &field));
        for _ in 0..9 {
            table.step(1);
            let bytes = rig.frame(&theme, |canvas| desk(canvas, &table, &field));
            assert!((1..=300).contains(&bytes), "selection: {bytes} bytes, {ambiguous:?}");
        }
        for c in ['2', '张', '·'] {
            field.feed(&crate::tui::input::Input::Text(c));
            let bytes = rig.frame(&theme, |canvas| desk(canvas, &table, &field));
            assert!((1..=80).contains(&bytes), "typed {c}: {bytes} bytes, {ambiguous:?}");
        }
    }
}

#[test]
fn scrolling_by_one_row_stays_in_budget() {
    let (theme, mut table, field) = (coloured(), roster(), Field::new(Accept::Any, 20));
    let mut rig = Rig::new(80, 24, Ambiguous::Unknown);
    table.select(20);
    rig.frame(&theme, |canvas| desk(canvas, &table, &field));
    table.step(1);
    let bytes = rig.frame(&theme, |canvas| desk(canvas, &table, &field));
    assert!(bytes <= 2_000, "{bytes}");
}

#[test]
fn a_large_screen_moves_its_selection_in_budget() {
    let (theme, mut table, field) = (coloured(), roster(), Field::new(Accept::Any, 20));
    let mut rig = Rig::new(200, 50, Ambiguous::Unknown);
    rig.frame(&theme, |canvas| desk(canvas, &table, &field));
    table.step(1);
    let bytes = rig.frame(&theme, |canvas| desk(canvas, &table, &field));
    assert!((1..=600).contains(&bytes), "{bytes}");
}

#[test]
fn the_caret_is_where_the_text_goes_and_hides_without_a_field() {
    let (theme, table, mut field) = (Theme::plain(), roster(), Field::new(Accept::Any, 20));
    let mut rig = Rig::new(80, 24, Ambiguous::Unknown);
    field.set("张三");
    rig.frame(&theme, |canvas| desk(canvas, &table, &field));
    assert_eq!(rig.screen.screen().cursor_position(), (1, 5));
    assert!(!rig.screen.screen().hide_cursor());
    rig.frame(&theme, |canvas| table.draw(canvas, Rect::new(0, 0, 80, 24), &cell));
    assert!(rig.screen.screen().hide_cursor());
}

#[test]
fn attributes_survive_without_colour() {
    let mut rig = Rig::new(20, 2, Ambiguous::Unknown);
    rig.frame(&Theme::plain(), |canvas| canvas.line(Rect::new(0, 0, 20, 1), "选中", Role::Selected));
    assert!(rig.screen.screen().cell(0, 0).unwrap().inverse());
    assert!(!rig.screen.screen().cell(1, 0).unwrap().inverse());
}

#[test]
fn a_clear_paints_everything_again() {
    let (theme, table, field) = (coloured(), roster(), Field::new(Accept::Any, 20));
    let mut rig = Rig::new(80, 24, Ambiguous::Unknown);
    let first = rig.frame(&theme, |canvas| desk(canvas, &table, &field));
    rig.screen.process(b"\x1b[31mnoise\r\nnoise\x1b[5;5H");
    rig.terminal.repaint().unwrap();
    let again = rig.frame(&theme, |canvas| desk(canvas, &table, &field));
    assert!(again + 40 > first, "{again} of {first}");
}

#[test]
fn a_smaller_or_larger_terminal_is_painted_whole() {
    let (theme, table, field) = (coloured(), roster(), Field::new(Accept::Any, 20));
    let mut rig = Rig::new(80, 24, Ambiguous::Narrow);
    for (width, height) in [(80, 24), (61, 17), (9, 3), (120, 40)] {
        rig.terminal.backend_mut().resize(Size { width, height });
        let size = |n| NonZeroU16::new(n).unwrap();
        rig.screen.screen_mut().set_size(size(height), size(width));
        rig.frame(&theme, |canvas| desk(canvas, &table, &field));
    }
}

#[test]
fn a_terminal_that_draws_ambiguous_characters_wide_gets_none() {
    let mut rig = Rig::new(30, 3, Ambiguous::Wide);
    rig.frame(&Theme::plain(), |canvas| {
        let inside = canvas.frame(canvas.area(), "“备注”", Role::Border);
        canvas.text_in(inside, "阿卜杜拉·买买提…", Role::Text);
    });
    let shown = rig.screen.screen().contents();
    assert_eq!(shown.lines().next(), Some("+- \"备注\" -------------------+"));
    assert!(shown.contains("|阿卜杜拉.买买提."), "{shown}");
}

fn pieces() -> impl Strategy<Value = Vec<(u16, u16, String, u8)>> {
    let text = "[ab 张三丰，·“─①é𠮷ｶ]{1,8}";
    prop::collection::vec((0u16..24, 0u16..4, text, 0u8..6), 0..10)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Text is put anywhere without regard to halves, over several frames, with colours and attributes.
    #[test]
    fn the_terminal_shows_what_was_drawn(frames in prop::collection::vec(pieces(), 1..6), probed in 0..3) {
        let ambiguous = [Ambiguous::Unknown, Ambiguous::Narrow, Ambiguous::Wide][usize::try_from(probed).unwrap()];
        let mut rig = Rig::new(24, 4, ambiguous);
        let styles = [
            Style::new(),
            Style::new().fg(Color::LightRed).add_modifier(Modifier::BOLD),
            Style::new().bg(Color::Blue),
            Style::new().add_modifier(Modifier::REVERSED | Modifier::DIM),
            Style::new().fg(Color::Gray).bg(Color::White).add_modifier(Modifier::UNDERLINED),
            Style::new().bg(Color::Indexed(3)),
        ];
        for frame in frames {
            rig.frame(&Theme::plain(), |canvas| {
                for (x, y, text, style) in &frame {
                    let style = styles[usize::from(*style % 5)];
                    canvas.buffer_mut().set_string(*x, *y, text, style);
                }
            });
        }
    }
}
