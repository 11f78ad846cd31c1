//! A thread that waits for SIGHUP, SIGTERM and SIGINT, gives the terminal back and ends the process.
//!
//! There is no flag for the main loop: once the terminal is gone its read may never return. It may die at any
//! moment, because every finished action is a committed transaction.
use super::terminal;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::io;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// A terminal that is gone or stopped may block the restore bytes for ever.
const PATIENCE: Duration = Duration::from_millis(200);

/// Starts the thread. Exit codes are 128 + the signal: 129, 143, 130.
pub fn watch() -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGTERM, SIGINT])?;
    let body = move || {
        if let Some(signal) = signals.forever().next() {
            restore_in_time();
            // Without exit handlers, which could wait for a lock of the thread that is stuck.
            signal_hook::low_level::exit(128 + signal);
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(body).map(drop)
}

fn restore_in_time() {
    let (done, finished) = mpsc::channel();
    let body = move || {
        terminal::restore();
        // The receiver may have lost patience.
        let _ = done.send(());
    };
    if thread::Builder::new().spawn(body).is_ok() {
        let _ = finished.recv_timeout(PATIENCE);
    }
}
