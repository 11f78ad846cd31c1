//! Writers queue in order before they ask SQLite for the write lock.
//!
//! SQLite's own busy handler sleeps and retries, so that one of two busy writers can starve. Here the kernel keeps the
//! line: one System V semaphore set for the machine, one semaphore for each database file (by hash; a collision only
//! makes two databases share a line). `SEM_UNDO` frees the place of a process that dies. The wait is bounded; after it
//! the caller goes on to SQLite's busy handler. Where the kernel offers no semaphores there is no line, only the busy handler.
use std::path::Path;
use std::time::Duration;

/// "kaow"; agreed between all users of the machine, as is the mode 0666.
const KEY: libc::key_t = 0x6b61_6f77;
const PLACES: u16 = 128;

#[derive(Debug, Clone, Copy)]
pub struct Queue {
    set: libc::c_int,
    place: u16,
}

/// The head of the line; dropping it lets the next one go.
#[must_use]
pub struct Turn {
    queue: Queue,
}

impl Queue {
    /// The line for the database at `path`, which must exist. `None` without kernel support.
    pub fn of(path: &Path) -> Option<Queue> {
        use std::os::unix::fs::MetadataExt;
        let meta = std::fs::metadata(path).ok()?;
        let mixed = (meta.dev().rotate_left(32) ^ meta.ino()).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let place = u16::try_from((mixed >> 40) % u64::from(PLACES)).ok()?;
        // SAFETY: semget takes plain integers and touches no memory of ours.
        #[allow(unsafe_code)]
        let set = unsafe { libc::semget(KEY, libc::c_int::from(PLACES), libc::IPC_CREAT | 0o666) };
        (set >= 0).then_some(Queue { set, place })
    }

    /// Waits for the head of the line, at most `patience`. `None` when the wait ran out or the kernel refused.
    pub fn wait(self, patience: Duration) -> Option<Turn> {
        // 0 is free: wait for zero and add one, as one step. No initial value is needed, so there is no race to set it.
        let mut ops = [self.op(0, 0), self.op(1, libc::SEM_UNDO)];
        let deadline = std::time::Instant::now() + patience;
        loop {
            let left = deadline.saturating_duration_since(std::time::Instant::now());
            match semtimedop(self.set, &mut ops, left) {
                Ok(()) => return Some(Turn { queue: self }),
                Err(libc::EINTR) if !left.is_zero() => continue,
                Err(_) => return None,
            }
        }
    }

    fn op(self, add: i16, flags: libc::c_int) -> libc::sembuf {
        libc::sembuf { sem_num: self.place, sem_op: add, sem_flg: i16::try_from(flags).unwrap_or(0) }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut ops = [self.queue.op(-1, libc::SEM_UNDO | libc::IPC_NOWAIT)];
        let _ = semtimedop(self.queue.set, &mut ops, Duration::from_secs(1));
    }
}

/// The system call itself (the libc crate has no wrapper on Linux). The error is an errno.
fn semtimedop(set: libc::c_int, ops: &mut [libc::sembuf], patience: Duration) -> Result<(), i32> {
    let mut limit = libc::timespec {
        tv_sec: i64::try_from(patience.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: i64::from(patience.subsec_nanos()),
    };
    // SAFETY: the pointers are to live locals of the types and lengths that semtimedop(2) asks for.
    #[allow(unsafe_code)]
    let result = unsafe { libc::syscall(libc::SYS_semtimedop, set, ops.as_mut_ptr(), ops.len(), &mut limit) };
    match result {
        0 => Ok(()),
        _ => Err(std::io::Error::last_os_error().raw_os_error().unwrap_or(0)),
    }
}
