//! Waiting for the terminal with a limit, and noticing that it is gone.
use std::io;
use std::os::fd::{AsFd, AsRawFd};
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
pub fn wake() {
    let (stdin, mut modes) = (io::stdin(), std::mem::MaybeUninit::<libc::termios>::uninit());
    let fd = stdin.as_fd().as_raw_fd();
    // SAFETY: the first call fills the modes or fails; they are read only where it filled them.
    unsafe {
        if libc::tcgetattr(fd, modes.as_mut_ptr()) == 0 {
            libc::tcsetattr(fd, libc::TCSANOW, modes.as_ptr());
        }
    }
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
