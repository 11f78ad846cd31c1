//! The terminal taken and given back: one restore path for exit, panic and signal.
use super::keeper::{COPY_THREAD, INSPECTION_THREAD};
use crate::ops::exchange::WORKBOOK_THREAD;
use crossterm::{event, execute, style, terminal};
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};

/// Ends everything that may be on, in an order that leaves no terminal half-way; harmless when nothing is on.
/// Mouse reports go off twice: some terminals keep them per screen.
pub const RESTORE: &[u8] = b"\x1b[?2026l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\
    \x1b[0m\x1b[?1049l\x1b[?25h\x1b[0m\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l";

/// DECKPNM: the keypad sends digits, Enter and signs.
pub const NUMERIC_KEYPAD: &[u8] = b"\x1b>";

/// Whether the screen is ours. Cleared before the restore bytes go out, so that no frame follows them.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Unbuffered standard output on a descriptor of its own: no lock that a dying thread could hold.
/// Drops what is written after the terminal was given back.
#[derive(Debug)]
pub struct Tty(File);

impl Tty {
    pub fn open() -> io::Result<Tty> {
        Ok(Tty(File::from(io::stdout().as_fd().try_clone_to_owned()?)))
    }
}

impl Write for Tty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if TAKEN.load(Ordering::SeqCst) { self.0.write(bytes) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    Off,
    Wheel,
}

/// Raw mode, alternate screen, bracketed paste; gives all back when dropped.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Takes the terminal. Also makes a panic in any thread give it back before its message is printed.
    pub fn enter(mouse: Mouse) -> io::Result<Guard> {
        // Themes decide about colour; the library's own NO_COLOR handling would wipe reverse and bold.
        style::force_color_output(true);
        restore_on_panic();
        terminal::enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        let guard = Guard(());
        let mut tty = Tty::open()?;
        execute!(tty, terminal::EnterAlternateScreen, event::EnableBracketedPaste)?;
        // Application keypad mode, left on by somebody, would send sequences that are read as nothing.
        tty.write_all(NUMERIC_KEYPAD)?;
        if mouse == Mouse::Wheel {
            execute!(tty, event::EnableMouseCapture)?;
        }
        Ok(guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back, once; later calls do nothing until it is taken again. Errors are of no use here.
pub fn restore() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    if let Ok(Tty(mut out)) = Tty::open() {
        let _ = out.write_all(RESTORE);
    }
    let _ = terminal::disable_raw_mode();
}

fn restore_on_panic() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // What came to grief beside the keys, over a damaged file, is told on the screen, which goes on.
            let aside = [WORKBOOK_THREAD, INSPECTION_THREAD, COPY_THREAD].map(Some);
            if !aside.contains(&std::thread::current().name()) {
                restore();
                previous(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::num::NonZeroU16;

    #[test]
    fn the_restore_bytes_end_every_mode() {
        let size = NonZeroU16::new(10).unwrap();
        let mut screen = vt100::Parser::new(size, size, 0);
        screen.process(b"shell");
        let before = screen.screen().contents();
        screen.process(b"\x1b[?1049h\x1b[?2004h\x1b[?1003h\x1b[?1006h\x1b[?25l\x1b[7;31mx\x1b[?2026h");
        for _ in 0..2 {
            screen.process(RESTORE);
            let now = screen.screen();
            assert_eq!(now.contents(), before);
            assert!(!now.alternate_screen() && !now.bracketed_paste() && !now.hide_cursor() && !now.inverse());
            assert_eq!(now.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
            assert_eq!(now.mouse_protocol_encoding(), vt100::MouseProtocolEncoding::Default);
            assert_eq!(now.fgcolor(), vt100::Color::Default);
        }
    }

    /// A keypad that sends sequences (application mode) is read as nothing: it is put back to digits on the way in.
    #[test]
    fn the_keypad_sends_digits() {
        let size = NonZeroU16::new(10).unwrap();
        let mut screen = vt100::Parser::new(size, size, 0);
        screen.process(b"\x1b=");
        assert!(screen.screen().application_keypad());
        screen.process(NUMERIC_KEYPAD);
        assert!(!screen.screen().application_keypad());
    }

    #[test]
    fn nothing_is_written_while_the_terminal_is_not_ours() {
        let mut tty = Tty::open().unwrap();
        assert_eq!(tty.write(b"\x1b[2J").unwrap(), 4);
        restore();
    }
}
