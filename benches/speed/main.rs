//! Speeds as ratios: each figure runs in turns with its yardstick, and the median of the ratios is printed. No seconds
//! are judged, because a machine's seconds come and go.
//!
//! `cargo bench --bench speed -- [ID…] [--rows N] [--rounds N]`; without ids everything. A figure is void when its
//! yardstick's slowest round took more than twice its fastest.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // ends at the first surprise
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods)] // a program of its own
mod bare;
mod checkin;
mod clerks;
mod eligibility;
mod export;
mod import;
mod materials;
mod rounds;
mod screen;
mod search;
mod seating;
mod terminal;
mod workbook;
mod world;

/// What was asked for.
pub struct Asked {
    ids: Vec<String>,
    pub rows: usize,
    pub rounds: usize,
}

impl Asked {
    /// Whether one of these ids is wanted.
    pub fn any(&self, ids: &[&str]) -> bool {
        self.ids.is_empty() || self.ids.iter().any(|wanted| ids.iter().any(|id| id.eq_ignore_ascii_case(wanted)))
    }
}

/// Ids, and what measures them.
type Group = (&'static [&'static str], fn(&Asked));

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    if args.first().is_some_and(|a| a == "--worker") {
        return work(&args[1..]);
    }
    let mut asked = Asked { ids: Vec::new(), rows: 100_000, rounds: 5 };
    let mut rest = args.into_iter();
    while let Some(arg) = rest.next() {
        let mut number = || rest.next().and_then(|n| n.replace('_', "").parse().ok()).expect("a number");
        match arg.as_str() {
            "--rows" => asked.rows = number(),
            "--rounds" => asked.rounds = number(),
            _ => asked.ids.push(arg),
        }
    }
    println!("rows {}, rounds {}; ratio = median of the rounds' ratios (least..most)", asked.rows, asked.rounds);
    let groups: [Group; 10] = [
        (&["I1", "I5", "I6"], import::run),
        (&["E1", "E2"], export::run),
        (&["C1", "C2", "C4", "C5", "C7"], checkin::run),
        (&["clerks"], clerks::run),
        (&["EL1"], eligibility::run),
        (&["S1", "S2", "S4"], search::run),
        (&["A1", "A2", "A3"], seating::run),
        (&["M1"], materials::run),
        (&["T1", "T2", "T5", "T7", "S3", "ST1", "ST2"], screen::run),
        (&["X1", "X2"], workbook::run),
    ];
    for (ids, run) in groups {
        if asked.any(ids) {
            run(&asked);
        }
    }
}

/// A process of its own, started by a figure.
fn work(args: &[String]) {
    let (name, args) = args.split_first().expect("a worker's name");
    match name.as_str() {
        "import" => import::worker(args),
        "bare-import" => bare::import_worker(args),
        "checkin" => checkin::worker(args),
        "hold" => checkin::holder(args),
        "clerk" => clerks::worker(args),
        // A site with nobody in it and a sheet, for a profiler: `make FOLDER ROWS`.
        "make" => {
            let folder = std::path::Path::new(&args[0]);
            world::empty_site(&folder.join("home"), &[world::POLICY]);
            world::sheet(folder, 0, args[1].parse().expect("a number"));
        }
        other => panic!("no worker {other}"),
    }
}
