//! The `kaowu` program: arguments in, exit status out.
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

fn main() -> ExitCode {
    kaowu::config::process::keep_private();
    // A limit on file size would kill the process in the middle of a write. With a handler in place the write fails
    // instead, and the operation is rolled back and told. Nothing reads the flag.
    let _ = signal_hook::flag::register(libc::SIGXFSZ, Arc::new(AtomicBool::new(false)));
    kaowu::cli::run().into()
}
