//! A sheet of 20,000 rows is imported while 64 clerks work at the same database.
use crate::checkin::{after, check_in, numbers, share, wait_until};
use crate::rounds::{median, percentile, say};
use crate::world::{self, worker as start};
use crate::{Asked, import};
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

const PEOPLE: usize = 24_000;
const CLERKS: usize = 64;
const ROWS: usize = 20_000;
/// A clerk's pause between two check-ins, on average.
const PAUSE: Duration = Duration::from_millis(500);

pub fn run(asked: &Asked) {
    let folder = world::folder();
    let (base, home) = (folder.path().join("base"), folder.path().join("home"));
    world::seated_site(&base, PEOPLE);
    world::open_batch(&mut world::open(&base, None), "second");
    let sheet = world::sheet(folder.path(), PEOPLE, ROWS);
    for _ in 0..asked.rounds.min(3) {
        world::copy_site(&base, &home);
        let begin = after(Duration::from_secs(2)).to_string();
        let clerks: Vec<Child> = (0..CLERKS)
            .map(|n| start(&["clerk", home.to_str().unwrap(), &n.to_string(), &begin]).spawn().unwrap())
            .collect();
        std::thread::sleep(Duration::from_secs(4));
        let args = [sheet.to_str().unwrap(), home.to_str().unwrap(), "second"].map(str::to_owned);
        let import = import::worker_import(&args);
        let took: Vec<f64> = clerks.into_iter().flat_map(numbers).collect();
        let (p50, p99, max) = (median(&took), percentile(&took, 99.0), percentile(&took, 100.0));
        let text = format!(
            "{ROWS} rows beside {CLERKS} clerks: {} check-ins, p50 {p50:.1} p99 {p99:.1} max {max:.0} ms, goal max <= 500; the import {import:.2} s",
            took.len()
        );
        say("clerks", &text);
    }
}

/// `HOME N BEGIN`: checks in with pauses for seven seconds; prints milliseconds of each.
pub fn worker(args: &[String]) {
    let (home, n): (&Path, u64) = (Path::new(&args[0]), args[1].parse().unwrap());
    let people = share(home, n as usize, CLERKS);
    let mut site = world::open(home, Some(world::POLICY));
    wait_until(args[2].parse().unwrap());
    let begin = Instant::now();
    let mut dice = kaowu::ops::demo::people::Dice::new(n);
    let mut took = Vec::new();
    for id in people {
        std::thread::sleep(PAUSE * 2 * u32::try_from(dice.below(1000)).unwrap() / 1000);
        if begin.elapsed() > Duration::from_secs(7) {
            break;
        }
        let start = Instant::now();
        assert!(check_in(&mut site, id), "refused or busy");
        took.push(format!("{:.3}", start.elapsed().as_secs_f64() * 1000.0));
    }
    println!("{}", took.join(" "));
}
