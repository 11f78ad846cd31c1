//! What the process does before anything else, so that nothing it holds or writes can be read by others.
use std::path::Path;

/// New files and folders are for their owner only, a crash leaves no image of the memory, and no other program of the
/// same account may look into this one. A system that refuses one of them is told by `doctor`.
#[allow(unsafe_code)] // umask(2), setrlimit(2), prctl(2): the standard library has no calls for them.
pub fn keep_private() {
    let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: plain integers, and a pointer to a whole rlimit that outlives the call.
    unsafe {
        libc::umask(0o077);
        libc::setrlimit(libc::RLIMIT_CORE, &none);
        #[cfg(target_os = "linux")]
        libc::prctl(libc::PR_SET_DUMPABLE, 0, 0, 0, 0);
    }
}

/// The number of the account that the process runs as. `/proc/self` belongs to the superuser while the process may
/// not be looked into, so the kernel is asked.
#[allow(unsafe_code)] // getuid(2) as above
pub fn account() -> u32 {
    // SAFETY: takes nothing, touches no memory, cannot fail.
    unsafe { libc::getuid() }
}

/// Unfinished files lie in the site's own folder, not where everybody's do. Before there is one, the system's stays.
pub fn temporary_in(home: &Path) {
    if home.is_dir() {
        // The first call counts; there is one home in a process.
        let _ = tempfile::env::override_temp_dir(home);
    }
}
