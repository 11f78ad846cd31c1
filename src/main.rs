//! The `kaowu` program: arguments in, exit status out.
use std::process::ExitCode;

fn main() -> ExitCode {
    kaowu::cli::run().into()
}
