//! Waiting for the terminal with a limit, and noticing that it is gone.
use std::io::{self, Write};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
use std::time::{Duration, Instant};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ready {
    Input,
    /// Time is up, or a signal (a resize, perhaps) ended the waiting.
    Nothing,
    /// The terminal was hung up: no input will ever come.
    Gone,
}

/// Waits for input on standard input, at most so long.
#[allow(unsafe_code)] // poll(2): the standard library cannot wait with a limit, and a thread would steal keys.
pub fn for_input(limit: Duration) -> Ready {
    let stdin = io::stdin();
    let mut one = libc::pollfd { fd: stdin.as_fd().as_raw_fd(), events: libc::POLLIN, revents: 0 };
    let limit = i32::try_from(limit.as_micros().div_ceil(1000)).unwrap_or(i32::MAX);
    // SAFETY: one valid pollfd that outlives the call, and a count of one.
    let ready = unsafe { libc::poll(&mut one, 1, limit) };
    match one.revents {
        _ if ready != 1 => Ready::Nothing,
        events if events & (libc::POLLHUP | libc::POLLERR | libc::POLLNVAL) != 0 => Ready::Gone,
        _ => Ready::Input,
    }
}

/// Wakes whoever waits for an edge and not for what is there. The library does, and takes a kilobyte for one edge: what
/// stayed in the terminal would never be read, and whoever sends it never get on.
#[allow(unsafe_code)] // tcsetattr(3): setting what is set already changes nothing and wakes every reader.
pub fn wake(terminal: BorrowedFd<'_>) {
    let (fd, mut modes) = (terminal.as_raw_fd(), std::mem::MaybeUninit::<libc::termios>::uninit());
    // SAFETY: the first call fills the modes or fails; they are read only where it filled them.
    unsafe {
        if libc::tcgetattr(fd, modes.as_mut_ptr()) == 0 {
            libc::tcsetattr(fd, libc::TCSANOW, modes.as_ptr());
        }
    }
}

/// Ends whatever the library has begun to read, an escape sequence or a paste, before the rest of it is thrown away: it
/// would take the next keys for that rest. For `read` (which must not wait for more, and drops what it gets), standard
/// input is a pipe that holds the end of a paste: that ends every other sequence too, if only as an unknown one. There
/// must be input in the terminal, or the library does not look.
#[allow(unsafe_code)] // dup(2): the library has no way to forget, and reads standard input by its number.
pub fn end_begun<T>(read: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let fd = io::stdin().as_fd().as_raw_fd();
    let (from, mut to) = io::pipe()?;
    to.write_all(b"\x1b[201~")?;
    let terminal = io::stdin().as_fd().try_clone_to_owned()?;
    // SAFETY: all three descriptors are open and owned here; the flag and the exchange are of descriptors alone.
    let exchanged = unsafe {
        libc::fcntl(from.as_raw_fd(), libc::F_SETFL, libc::O_NONBLOCK) == 0 && libc::dup2(from.as_raw_fd(), fd) == fd
    };
    if !exchanged {
        return Err(io::Error::last_os_error());
    }
    wake(terminal.as_fd());
    let done = read();
    // SAFETY: as above; nothing is done in between that could end this function early.
    if unsafe { libc::dup2(terminal.as_raw_fd(), fd) } != fd {
        return Err(io::Error::last_os_error());
    }
    done
}

/// Throws away what comes, until nothing has come for so long or the terminal is gone. Never longer than a second.
#[allow(unsafe_code)] // read(2): the library's buffer would parse every byte first, and std's would keep some.
pub fn discard(hush: Duration) {
    let (begin, mut sink) = (Instant::now(), [0u8; 64 * 1024]);
    while begin.elapsed() < Duration::from_secs(1) && for_input(hush) == Ready::Input {
        let stdin = io::stdin();
        // SAFETY: the buffer is valid for its length; standard input was polled, so this does not wait.
        let got = unsafe { libc::read(stdin.as_fd().as_raw_fd(), sink.as_mut_ptr().cast(), sink.len()) };
        if got <= 0 {
            return;
        }
    }
}
