//! The fault harness: breaks what is around the program and counts what is lost. Prints figures.
//!
//! `cargo test --test faults` runs the short lanes; `cargo test --test faults -- --long [LANE…]` the long ones, those that
//! need the superuser among them. Arguments of the usual test runner are understood or passed over. Children are this
//! binary itself, told by an environment variable what to be.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // tests fail by panicking
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods)] // a harness talks, and looks at the machine
mod acks;
mod crowd;
mod errors;
mod flips;
#[allow(unused_imports)] // one harness for several binaries; each uses its part
#[path = "../suite/harness/mod.rs"]
mod harness;
mod homes;
mod power;
mod report;
mod shim;
mod storm;
mod works;
mod writer;

use report::Report;
use std::process::ExitCode;
use std::time::Instant;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// With every `cargo test`.
    Short,
    /// By command.
    Long,
}

struct Lane {
    name: &'static str,
    what: &'static str,
    run: fn(&mut Report, Length),
    /// Needs long, or the superuser: not with every `cargo test`.
    by_command: bool,
}

const LANES: [Lane; 5] = [
    Lane { name: "storm", what: "writers killed at random", run: storm::run, by_command: false },
    Lane { name: "errors", what: "the n-th call to the disk fails", run: errors::run, by_command: false },
    Lane { name: "flips", what: "one bit of a file is turned over", run: flips::run, by_command: false },
    Lane { name: "power", what: "the power goes off", run: power::run, by_command: true },
    Lane { name: "crowd", what: "64 processes, one write a second each", run: crowd::run, by_command: true },
];

/// What was asked for.
struct Asked {
    length: Length,
    names: Vec<String>,
    list: bool,
    exact: bool,
    skipped: Vec<String>,
}

impl Asked {
    fn read() -> Asked {
        let mut asked =
            Asked { length: Length::Short, names: Vec::new(), list: false, exact: false, skipped: Vec::new() };
        let mut args = std::env::args().skip(1);
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--long" => asked.length = Length::Long,
                "--list" => asked.list = true,
                "--exact" => asked.exact = true,
                "--skip" => asked.skipped.extend(args.next()),
                // Options of the usual runner with a value of their own.
                "--test-threads" | "--format" | "--color" | "--logfile" | "-Z" | "--shuffle-seed" => drop(args.next()),
                other if other.starts_with('-') => {}
                name => asked.names.push(name.to_owned()),
            }
        }
        asked
    }

    fn wants(&self, lane: &Lane) -> bool {
        let fits = |name: &String| if self.exact { lane.name == name } else { lane.name.contains(name.as_str()) };
        let named = self.names.is_empty() || self.names.iter().any(fits);
        named && !self.skipped.iter().any(fits)
    }
}

fn main() -> ExitCode {
    if let Some(code) = writer::child() {
        return code;
    }
    let asked = Asked::read();
    let lanes: Vec<&Lane> = LANES.iter().filter(|lane| asked.wants(lane)).collect();
    if asked.list {
        lanes.iter().for_each(|lane| println!("{}: test", lane.name));
        return ExitCode::SUCCESS;
    }
    let reports = match asked.length {
        // One after the other: figures of one are not blurred by another.
        Length::Long => lanes.into_iter().map(|lane| ran(lane, Length::Long)).collect(),
        Length::Short => side_by_side(&lanes),
    };
    let failed = reports.iter().filter(|report| report.failed()).count();
    if !reports.is_empty() {
        println!("faults: {} lanes, {failed} failed", reports.len());
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(101) }
}

/// Short lanes wait for the disk more than they compute.
fn side_by_side(lanes: &[&Lane]) -> Vec<Report> {
    std::thread::scope(|scope| {
        let begun: Vec<_> = lanes.iter().map(|lane| scope.spawn(|| ran(lane, Length::Short))).collect();
        begun.into_iter().filter_map(|lane| lane.join().ok()).collect()
    })
}

/// A panic in a lane is a failure of the lane. Prints as soon as there is something to print.
fn ran(lane: &Lane, length: Length) -> Report {
    let begin = Instant::now();
    let mut report = Report::of(lane.name, lane.what);
    if lane.by_command && length == Length::Short {
        report.skip(&format!("by command: cargo test --test faults -- --long {}", lane.name));
    } else if let Err(panic) =
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| (lane.run)(&mut report, length)))
    {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        report.fail(words.or(panic.downcast_ref::<&str>().copied()).unwrap_or("panicked"));
    }
    report.figure("seconds", begin.elapsed().as_secs());
    report.print();
    report
}
