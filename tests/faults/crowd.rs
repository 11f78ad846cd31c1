//! 64 processes at one database, one write a second each: how long one of them waits.
use crate::Length;
use crate::acks;
use crate::homes;
use crate::report::Report;
use crate::writer::{Pace, Place, WRITERS};
use std::time::Duration;

/// What a figure may be, in milliseconds: printed beside it, never a reason to fail.
const AIM: [(&str, usize, u64); 3] = [("p50", 500, 50), ("p99", 990, 50), ("max", 1000, 500)];

pub fn run(report: &mut Report, _length: Length) {
    let folder = tempfile::tempdir().unwrap();
    let (home, acks) = (folder.path().join("home"), folder.path().join("acks"));
    homes::seated(&home, 4 * WRITERS);
    std::fs::create_dir(&acks).unwrap();
    let places =
        (0..WRITERS).map(|number| Place { home: home.clone(), acks: acks.clone(), number, pace: Pace::Second });
    let mut children: Vec<_> = places.map(|place| place.spawn()).collect();
    std::thread::sleep(Duration::from_secs(75));
    for child in &mut children {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let told = acks::read(&acks);
    // The first ones fall together with 64 processes that start.
    let mut micros: Vec<u64> = told.iter().flat_map(|t| t.acks.iter().skip(5)).map(|ack| ack.micros).collect();
    micros.sort_unstable();
    report.figure("processes", told.iter().filter(|t| !t.acks.is_empty()).count());
    report.figure("writes measured", micros.len());
    for (name, thousandth, aim) in AIM {
        let place = (micros.len() * thousandth / 1000).min(micros.len() - 1);
        let millis = std::time::Duration::from_micros(micros[place]).as_secs_f64() * 1000.0;
        report.figure(&format!("{name} in ms (aim {aim})"), format!("{millis:.1}"));
    }
    report.figure("told busy", told.iter().map(|t| t.busy).sum::<usize>());
    report.fail_all(acks::lost(&home, &told));
    report.fail_all(acks::unwhole(&home));
}
