//! Drawing with roles on a ratatui buffer, safe for wide characters.
//!
//! Text passes the sanitiser here, so that hidden characters are seen with their number; the last gate runs in
//! [`Canvas::finish`].
use super::gate;
use super::glyphs::{Ambiguous, BoxSet};
use super::theme::{Role, Theme};
use crate::model::clean;
use crate::text::width;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Position, Rect};

pub struct Canvas<'b, 't> {
    buffer: &'b mut Buffer,
    theme: &'t Theme,
    ambiguous: Ambiguous,
    caret: Option<Position>,
}

impl<'b, 't> Canvas<'b, 't> {
    /// Begins a frame: `Canvas::new(frame.buffer_mut(), ..)`. The whole area gets the look of `Role::Text`.
    pub fn new(buffer: &'b mut Buffer, theme: &'t Theme, ambiguous: Ambiguous) -> Self {
        let area = *buffer.area();
        buffer.set_style(area, theme.style(Role::Text));
        Canvas { buffer, theme, ambiguous, caret: None }
    }

    pub fn area(&self) -> Rect {
        *self.buffer.area()
    }

    pub fn theme(&self) -> &'t Theme {
        self.theme
    }

    /// Whether bars and borders must be plain ASCII.
    pub fn is_ascii(&self) -> bool {
        self.ambiguous.is_ascii()
    }

    /// Draws from (x, y) to the right edge of the screen at most; returns the column after the text.
    pub fn text(&mut self, x: u16, y: u16, text: &str, role: Role) -> u16 {
        let room = self.area().right().saturating_sub(x);
        self.text_in(Rect::new(x, y, room, 1), text, role)
    }

    /// Draws into the first line of `area`, cut with `..` when it does not fit; returns the column after the text.
    pub fn text_in(&mut self, area: Rect, text: &str, role: Role) -> u16 {
        let area = area.intersection(self.area());
        if area.is_empty() {
            return area.x;
        }
        let shown = clean::visible(text);
        let shown = width::cut(&shown, usize::from(area.width));
        self.free_left(area.x, area.y);
        let (end, _) = self.buffer.set_stringn(area.x, area.y, shown, usize::from(area.width), self.theme.style(role));
        end
    }

    /// Fills the first line of `area` with the look of `role` and draws the text over it.
    pub fn line(&mut self, area: Rect, text: &str, role: Role) {
        let line = Rect { height: area.height.min(1), ..area };
        self.fill(line, role);
        self.text_in(line, text, role);
    }

    /// Draws a text over several lines; returns how many lines it would need.
    pub fn paragraph(&mut self, area: Rect, text: &str, role: Role) -> u16 {
        let shown = clean::visible_lines(text);
        let lines = width::wrap(&shown.replace('\t', "  "), usize::from(area.width));
        for (y, line) in (area.top()..area.bottom()).zip(&lines) {
            self.text_in(Rect::new(area.x, y, area.width, 1), line, role);
        }
        u16::try_from(lines.len()).unwrap_or(u16::MAX)
    }

    /// Blanks an area with the look of `role`; a wide character that reaches into it goes as a whole, and so does a
    /// caret of what is covered.
    pub fn fill(&mut self, area: Rect, role: Role) {
        let area = area.intersection(self.area());
        if self.caret.is_some_and(|at| area.contains(at)) {
            self.caret = None;
        }
        let style = self.theme.style(Role::Text).patch(self.theme.style(role));
        for y in area.top()..area.bottom() {
            self.free_left(area.x, y);
            for x in area.left()..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
        }
    }

    /// Changes only the look of what is drawn there.
    pub fn restyle(&mut self, area: Rect, role: Role) {
        self.buffer.set_style(area, self.theme.style(role));
    }

    /// A border with a title; returns the area inside. Smaller than 2 x 2 draws nothing.
    pub fn frame(&mut self, area: Rect, title: &str, role: Role) -> Rect {
        let area = area.intersection(self.area());
        if area.width < 2 || area.height < 2 {
            return Rect::new(area.x, area.y, 0, 0);
        }
        let set = BoxSet::for_terminal(self.ambiguous);
        let (right, bottom) = (area.right() - 1, area.bottom() - 1);
        for x in area.x + 1..right {
            self.glyph(x, area.y, set.across, role);
            self.glyph(x, bottom, set.across, role);
        }
        for y in area.y + 1..bottom {
            self.glyph(area.x, y, set.down, role);
            self.glyph(right, y, set.down, role);
        }
        self.glyph(area.x, area.y, set.top_left, role);
        self.glyph(right, area.y, set.top_right, role);
        self.glyph(area.x, bottom, set.bottom_left, role);
        self.glyph(right, bottom, set.bottom_right, role);
        if !title.is_empty() && area.width > 6 {
            let title = format!(" {} ", width::cut(title, usize::from(area.width) - 6));
            self.text_in(Rect::new(area.x + 2, area.y, area.width - 4, 1), &title, Role::Title);
        }
        Rect::new(area.x + 1, area.y + 1, area.width - 2, area.height - 2)
    }

    /// A popup in the middle of `over`: cleared, bordered; returns the area inside.
    pub fn popup(&mut self, over: Rect, size: (u16, u16), title: &str) -> Rect {
        let (width, height) = (size.0.min(over.width), size.1.min(over.height));
        let x = over.x + (over.width - width) / 2;
        let y = over.y + (over.height - height) / 2;
        let area = Rect::new(x, y, width, height);
        self.fill(area, Role::Popup);
        self.frame(area, title, Role::PopupBorder)
    }

    /// A horizontal line over the first row of `area`.
    pub fn rule(&mut self, area: Rect, role: Role) {
        let set = BoxSet::for_terminal(self.ambiguous);
        let area = area.intersection(self.area());
        if !area.is_empty() {
            (area.left()..area.right()).for_each(|x| self.glyph(x, area.y, set.across, role));
        }
    }

    /// Where the terminal's cursor goes: input methods open there. The last call of a frame counts.
    pub fn caret(&mut self, x: u16, y: u16) {
        let area = self.area();
        let inside = |at: u16, from: u16, to: u16| at.clamp(from, to.saturating_sub(1).max(from));
        self.caret =
            Some(Position { x: inside(x, area.left(), area.right()), y: inside(y, area.top(), area.bottom()) });
    }

    /// Ends the frame: the last gate over all that was drawn, by whomever. Returns the caret for
    /// `Frame::set_cursor_position`.
    pub fn finish(self) -> Option<Position> {
        gate::sweep(self.buffer);
        self.caret
    }

    /// For ratatui's own widgets. Frees nothing: call [`Canvas::fill`] first.
    pub fn buffer_mut(&mut self) -> &mut Buffer {
        self.buffer
    }

    fn glyph(&mut self, x: u16, y: u16, symbol: &str, role: Role) {
        self.free_left(x, y);
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.set_symbol(symbol).set_style(self.theme.style(role));
        }
    }

    /// Blanks a wide character whose second cell is (x, y), which is about to be overwritten.
    fn free_left(&mut self, x: u16, y: u16) {
        let Some(before) = x.checked_sub(1) else { return };
        if let Some(cell) =
            self.buffer.cell_mut((before, y)).filter(|cell| cell.symbol().len() > 1 && cell.cell_width() > 1)
        {
            cell.set_symbol(" ");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drawn(ambiguous: Ambiguous, draw: impl FnOnce(&mut Canvas<'_, '_>)) -> Vec<String> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 4));
        let theme = Theme::plain();
        let mut canvas = Canvas::new(&mut buffer, &theme, ambiguous);
        draw(&mut canvas);
        canvas.finish();
        let row = |y| (0..12).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        (0..4).map(row).collect()
    }

    #[test]
    fn a_popup_over_han_text_keeps_its_border_at_every_offset() {
        for left in 0..2 {
            let rows = drawn(Ambiguous::Wide, |canvas| {
                for y in 0..4 {
                    canvas.text(left, y, "考务考务考务", Role::Text);
                }
                let inside = canvas.popup(Rect::new(3, 0, 6, 4), (6, 4), "");
                canvas.text_in(inside, "张三丰", Role::Text);
            });
            for row in [&rows[1], &rows[2]] {
                assert_eq!(row.matches('|').count(), 2, "{rows:?}");
            }
            assert!(rows[1].contains("|张 ..|") || rows[1].contains("|张..|"), "{rows:?}");
        }
    }

    proptest! {
        /// The text layer pads and cuts by the same widths as the screen.
        #[test]
        fn text_and_screen_agree_about_width(text in "\\PC{0,12}") {
            let text = clean::visible(&text).into_owned();
            let mut buffer = Buffer::empty(Rect::new(0, 0, 200, 1));
            let (end, _) = buffer.set_stringn(0, 0, &text, 200, ratatui::style::Style::new());
            prop_assert_eq!(usize::from(end), width::width(&text).min(200));
        }
    }

    #[test]
    fn hidden_characters_are_shown_with_their_number() {
        let rows = drawn(Ambiguous::Unknown, |canvas| {
            canvas.text(0, 0, "a\u{202e}b", Role::Text);
        });
        assert!(rows[0].starts_with("a‹U+202E›b"), "{rows:?}");
    }

    #[test]
    fn drawing_outside_is_cut_off() {
        let rows = drawn(Ambiguous::Unknown, |canvas| {
            canvas.text(40, 2, "x", Role::Text);
            canvas.text(0, 90, "x", Role::Text);
            canvas.frame(Rect::new(11, 3, 9, 9), "t", Role::Border);
            canvas.text(7, 1, "内蒙古", Role::Text);
            canvas.caret(99, 99);
        });
        assert_eq!(rows[1].trim_end(), "       内 ..");
    }

    #[test]
    fn a_frame_carries_its_title() {
        let rows = drawn(Ambiguous::Unknown, |canvas| {
            canvas.frame(Rect::new(0, 0, 12, 3), "签到", Role::Border);
        });
        assert_eq!(rows[0].replace("签 到 ", "签到"), "┌─ 签到 ───┐");
        assert_eq!(rows[2], "└──────────┘");
    }
}
