//! Whether another process works on a database.
use std::fs::File;
use std::os::fd::AsRawFd;
use std::path::Path;

/// Where SQLite locks a database that somebody has open, and how many bytes: its file format, "the lock-byte page".
const SHARED: (i64, i64) = (0x4000_0002, 510);

/// Number of a process that has the database open; `None` where nobody has, or the system cannot say. To be asked while this process
/// has no connection of its own: closing the file gives the locks of one up.
#[allow(unsafe_code)] // F_GETLK of fcntl(2): the standard library has no call for it.
pub fn user(database: &Path) -> Option<u32> {
    let file = File::open(database).ok()?;
    let mut lock = std::mem::MaybeUninit::<libc::flock>::zeroed();
    // SAFETY: all zeros is a flock; the kernel reads and writes this one and keeps nothing of it.
    let lock = unsafe {
        let asked = lock.assume_init_mut();
        asked.l_type = i16::try_from(libc::F_WRLCK).ok()?;
        asked.l_whence = i16::try_from(libc::SEEK_SET).ok()?;
        (asked.l_start, asked.l_len) = SHARED;
        if libc::fcntl(file.as_raw_fd(), libc::F_GETLK, std::ptr::from_mut(asked)) != 0 {
            return None;
        }
        *asked
    };
    let free = i32::from(lock.l_type) == libc::F_UNLCK;
    if free { None } else { u32::try_from(lock.l_pid).ok() }
}
