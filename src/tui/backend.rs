//! A lean ratatui backend: one write per frame, none when nothing changed.
//!
//! It keeps account of the cursor, the pen and the wide characters on the terminal, and sends only differences.
//! It never queries the terminal: an answer may not come. Buffers must have passed [`super::gate::sweep`].
use super::glyphs::{self, Ambiguous};
use super::pen::Pen;
use super::shadow::Shadow;
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::{Position, Size};
use std::io::{self, Write};

/// Synchronized output: terminals that know it show the frame at once, the others ignore it.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

#[derive(Debug, Clone, Copy)]
enum Extent {
    Tty,
    Fixed(Size),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Caret {
    Unknown,
    Hidden,
    Shown,
}

pub struct LeanBackend<W: Write> {
    writer: W,
    out: Vec<u8>,
    ambiguous: Ambiguous,
    extent: Extent,
    /// Columns as of the frame being drawn.
    columns: u16,
    pen: Pen,
    /// Where the terminal's cursor is; `None` after a glyph of uncertain width and beyond the last column.
    at: Option<Position>,
    /// The row of the cursor while only its column is uncertain.
    row: Option<u16>,
    caret: Caret,
    shadow: Shadow,
}

impl<W: Write> LeanBackend<W> {
    /// Takes the size of the real terminal.
    pub fn new(writer: W, ambiguous: Ambiguous) -> Self {
        LeanBackend {
            writer,
            out: Vec::with_capacity(8192),
            ambiguous,
            extent: Extent::Tty,
            columns: 0,
            pen: Pen::default(),
            at: None,
            row: None,
            caret: Caret::Unknown,
            shadow: Shadow::default(),
        }
    }

    /// Takes a fixed size: for tests and for screens written into a file.
    pub fn with_size(writer: W, ambiguous: Ambiguous, size: Size) -> Self {
        LeanBackend { extent: Extent::Fixed(size), ..LeanBackend::new(writer, ambiguous) }
    }

    /// Changes what is known about ambiguous characters; call `Terminal::clear` after it.
    pub fn set_ambiguous(&mut self, ambiguous: Ambiguous) {
        self.ambiguous = ambiguous;
    }

    pub fn ambiguous(&self) -> Ambiguous {
        self.ambiguous
    }

    /// Gives the terminal another fixed size.
    pub fn resize(&mut self, size: Size) {
        self.extent = Extent::Fixed(size);
    }

    pub fn writer(&self) -> &W {
        &self.writer
    }

    pub fn writer_mut(&mut self) -> &mut W {
        &mut self.writer
    }

    fn go(&mut self, to: Position) {
        let ahead = match self.at {
            Some(at) if at == to => return,
            Some(at) if at.y == to.y && at.x < to.x => to.x - at.x,
            _ => 0,
        };
        // Writing into a Vec cannot fail.
        let _ = match (ahead, to.x) {
            (1, _) => write!(self.out, "\x1b[C"),
            (0, 0) if self.row == Some(to.y) => write!(self.out, "\r"),
            (0, x) if self.row == Some(to.y) => write!(self.out, "\x1b[{}G", x.saturating_add(1)),
            (0, 0) => write!(self.out, "\x1b[{}H", to.y.saturating_add(1)),
            (0, x) => write!(self.out, "\x1b[{};{}H", to.y.saturating_add(1), x.saturating_add(1)),
            (n, _) => write!(self.out, "\x1b[{n}C"),
        };
        self.at = Some(to);
        self.row = Some(to.y);
    }

    fn set_pen(&mut self, to: Pen) {
        self.pen.change(to, &mut self.out);
        self.pen = to;
    }

    fn print(&mut self, at: Position, symbol: &str, pen: Pen) {
        let mut ascii = [0; 4];
        let replaced = if self.ambiguous.is_ascii() { glyphs::ascii_form(symbol) } else { None };
        let symbol = replaced.map_or(symbol, |c| c.encode_utf8(&mut ascii));
        let width = symbol.cell_width().max(1);
        self.go(at);
        self.set_pen(pen);
        self.out.extend_from_slice(symbol.as_bytes());
        self.shadow.paint(at, width, pen);
        let x = at.x.saturating_add(width);
        let certain = x < self.columns && glyphs::is_certain(symbol, self.ambiguous);
        self.at = certain.then_some(Position { x, y: at.y });
        // Even if the terminal took two cells, it did not wrap.
        self.row = (at.x.saturating_add(width.max(2)) < self.columns).then_some(at.y);
    }

    fn set_caret(&mut self, caret: Caret, bytes: &[u8]) {
        if self.caret != caret {
            self.out.extend_from_slice(bytes);
            self.caret = caret;
        }
    }
}

impl<W: Write> Backend for LeanBackend<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.columns = self.size()?.width;
        for (x, y, cell) in content {
            self.print(Position { x, y }, cell.symbol(), Pen::from(cell));
        }
        for (at, pen) in self.shadow.take_broken() {
            self.print(at, " ", pen);
        }
        // Between frames the pen is plain: some terminals paint new area and input-method text with it.
        self.set_pen(Pen::default());
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.set_caret(Caret::Hidden, b"\x1b[?25l");
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.set_caret(Caret::Shown, b"\x1b[?25h");
        Ok(())
    }

    /// Our own account, not the terminal's.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.at.unwrap_or(Position::ORIGIN))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.go(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.out.extend_from_slice(b"\x1b[m");
        self.pen = Pen::default();
        self.out.extend_from_slice(match clear_type {
            ClearType::All => b"\x1b[2J",
            ClearType::AfterCursor => b"\x1b[J",
            ClearType::BeforeCursor => b"\x1b[1J",
            ClearType::CurrentLine => b"\x1b[2K",
            ClearType::UntilNewLine => b"\x1b[K",
        });
        self.at = None;
        self.row = None;
        self.caret = Caret::Unknown;
        self.shadow.clear();
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        match self.extent {
            Extent::Fixed(size) => Ok(size),
            Extent::Tty => crossterm::terminal::size().map(|(width, height)| Size { width, height }),
        }
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.out.is_empty() {
            return Ok(());
        }
        let mut frame = Vec::with_capacity(self.out.len() + BEGIN.len() + END.len());
        frame.extend_from_slice(BEGIN);
        frame.append(&mut self.out);
        frame.extend_from_slice(END);
        self.writer.write_all(&frame)?;
        self.writer.flush()
    }
}

#[cfg(test)]
mod tests;
