//! The terminal as something to draw frames on: buffer, gate, caret and backend in the right order.
use super::backend::LeanBackend;
use super::canvas::Canvas;
use super::glyphs::Ambiguous;
use super::theme::Theme;
use ratatui::Terminal;
use ratatui::buffer::Buffer;
use std::io::{self, Write};

pub struct Screen<W: Write> {
    terminal: Terminal<LeanBackend<W>>,
}

impl<W: Write> Screen<W> {
    pub fn new(backend: LeanBackend<W>) -> io::Result<Screen<W>> {
        Ok(Screen { terminal: Terminal::new(backend)? })
    }

    /// Draws one frame and sends what changed in one write. A frame without a caret hides the cursor. Returns what
    /// is on the screen now.
    pub fn draw(&mut self, theme: &Theme, draw: impl FnOnce(&mut Canvas<'_, '_>)) -> io::Result<&Buffer> {
        let ambiguous = self.terminal.backend().ambiguous();
        let done = self.terminal.draw(|frame| {
            let mut canvas = Canvas::new(frame.buffer_mut(), theme, ambiguous);
            draw(&mut canvas);
            if let Some(caret) = canvas.finish() {
                frame.set_cursor_position(caret);
            }
        })?;
        Ok(done.buffer)
    }

    /// Makes the next frame paint everything: after a resize, on request, or when something else wrote.
    pub fn repaint(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }

    pub fn ambiguous(&self) -> Ambiguous {
        self.terminal.backend().ambiguous()
    }

    /// Changes what is known about ambiguous characters; the next frame paints everything.
    pub fn set_ambiguous(&mut self, ambiguous: Ambiguous) -> io::Result<()> {
        self.terminal.backend_mut().set_ambiguous(ambiguous);
        self.repaint()
    }

    pub fn backend_mut(&mut self) -> &mut LeanBackend<W> {
        self.terminal.backend_mut()
    }
}
