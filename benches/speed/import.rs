//! I1, I5, I6: a sheet with all checks, indexes and journal against the bare loop. E1: the same rows out again.
use crate::Asked;
use crate::rounds::{Rounds, peak_mib, processor_seconds, say};
use crate::world::{self, answer, empty_site, sheet};
use kaowu::config::Assets;
use kaowu::ops::exchange::{Import, Mode, Source};
use std::path::Path;
use std::time::Instant;

pub fn run(asked: &Asked) {
    let folder = world::folder();
    if asked.any(&["I1", "I5"]) {
        let rounds = if asked.rows > 300_000 { asked.rounds.min(3) } else { asked.rounds };
        let Imports { wall, processor, peak } = imports(folder.path(), asked.rows, rounds, &[]);
        wall.print("I1", "import against the bare loop, same schema", "<= 1.25", "s");
        processor.print("I1", "the same, processor time", "<= 1.25", "s");
        if asked.any(&["I1"]) {
            let lean = imports(folder.path(), asked.rows, rounds.min(3), &["no-search"]);
            lean.processor.print("I1", "processor time against a bare loop without the text index", "none", "s");
        }
        say("I5", &format!("peak memory {peak:.0} MiB at {} rows, goal <= 128", asked.rows));
        if asked.any(&["I5"]) && asked.rows >= 200_000 {
            let less = imports(folder.path(), asked.rows / 10, 1, &[]).peak;
            say("I5", &format!("{:.2}x of the peak at a tenth of the rows, goal <= 1.1", peak / less));
        }
    }
    if asked.any(&["I6"]) {
        let got = imports(folder.path(), 20_000, asked.rounds * 2 + 1, &[]);
        got.wall.print("I6", "20,000 rows against the bare loop", "<= 1.5", "s");
        got.processor.print("I6", "the same, processor time", "<= 1.5", "s");
    }
}

struct Imports {
    wall: Rounds,
    /// What a machine shared with others does not blur.
    processor: Rounds,
    /// Ours, MiB.
    peak: f64,
}

fn imports(folder: &Path, rows: usize, rounds: usize, bare: &[&str]) -> Imports {
    let path = sheet(folder, 0, rows);
    let (base, ours, yardstick) = (folder.join("base"), folder.join("ours"), folder.join("bare"));
    if !base.exists() {
        empty_site(&base, &[world::POLICY]);
    }
    let sheet = path.to_str().unwrap();
    let mut got = Imports { wall: Rounds::default(), processor: Rounds::default(), peak: 0.0 };
    for round in 0..rounds {
        let ours = || {
            world::copy_site(&base, &ours);
            answer(world::worker(&["import", sheet, ours.to_str().unwrap()]))
        };
        let bare = || {
            world::copy_site(&base, &yardstick);
            answer(world::worker(&[&["bare-import", sheet, yardstick.to_str().unwrap()], bare].concat()))
        };
        let (a, b) = if round % 2 == 0 {
            let a = ours();
            (a, bare())
        } else {
            let b = bare();
            (ours(), b)
        };
        got.wall.add(a[0], b[0]);
        got.processor.add(a[2], b[2]);
        got.peak = got.peak.max(a[1]);
    }
    got
}

/// `SHEET HOME [BATCH]`: opens, imports, closes. Prints seconds and MiB.
pub fn worker_import(args: &[String]) -> f64 {
    let start = Instant::now();
    let mut site = world::open(Path::new(&args[1]), args.get(2).map(String::as_str));
    let path = Path::new(&args[0]).to_owned();
    let source = Source { path, name: "sheet.csv".into(), ..Source::default() };
    let assets = Assets::default();
    let import = Import { source: &source, mode: Mode::Strict, assets: &assets, refusals: None };
    assert!(site.perform_bulk(&import).unwrap().out.counts.added > 0);
    drop(site);
    start.elapsed().as_secs_f64()
}

pub fn worker(args: &[String]) {
    let seconds = worker_import(args);
    println!("{seconds} {} {}", peak_mib(), processor_seconds());
}
