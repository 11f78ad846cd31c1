//! `kill -9`: writers die at random, alone and all at once; what was acknowledged is there, once, and the chain is whole.
use crate::Length;
use crate::acks;
use crate::homes;
use crate::report::{Held, Report};
use crate::writer::{Pace, Place, WRITERS};
use kaowu::ops::demo::people::Dice;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

/// When a storm is over.
struct Until {
    kills: usize,
    acks: usize,
    /// At the latest.
    time: Duration,
}

/// Of 100 kills so many take everybody.
const ALL_AT_ONCE: usize = 1;
/// Between two kills so much is acknowledged, more or less: the pause finds its length by this on any machine.
const ACKS_PER_KILL: u64 = 21;
/// Of an acknowledgement in its file.
const BYTES: u64 = 24;
/// Longest pause in milliseconds.
const LONGEST: u64 = 1000;

struct Storm {
    places: Vec<Place>,
    children: Vec<Child>,
    dice: Dice,
    kills: usize,
    groups: usize,
    /// Milliseconds between two kills, on average.
    pause: u64,
    /// Words of writers that ended by themselves.
    ended: Vec<String>,
}

pub fn run(report: &mut Report, length: Length) {
    let until = match length {
        Length::Short => Until { kills: usize::MAX, acks: usize::MAX, time: Duration::from_secs(30) },
        Length::Long => Until { kills: 10_000, acks: 200_000, time: Duration::from_secs(1500) },
    };
    let folder = tempfile::tempdir().unwrap();
    let (home, acks) = (folder.path().join("home"), folder.path().join("acks"));
    homes::seated(&home, 4 * WRITERS);
    std::fs::create_dir(&acks).unwrap();
    let begin = Instant::now();
    let storm = Storm::over(&home, &acks, &until);
    let took = begin.elapsed().as_secs_f64();
    let told = acks::read(&acks);
    let acknowledged = acks::count(&told);
    report.figure("writers", WRITERS);
    report.figure("kills", storm.kills);
    report.figure("of them all at once, times", storm.groups);
    report.figure("acknowledged", acknowledged);
    report.figure("acknowledged a second", format!("{:.0}", f64::from(u32::try_from(acknowledged).unwrap()) / took));
    report.figure("told busy", told.iter().map(|t| t.busy).sum::<usize>());
    let lost = acks::lost(&home, &told);
    report.figure("lost", lost.len());
    report.fail_all(lost);
    report.fail_all(storm.ended);
    let untold = acks::untold(&home, &told);
    report.figure("saved, killed before it could be told", untold);
    report.must(Held::from(untold <= storm.kills), "more operations than writers can have made");
    report.fail_all(acks::wrong_state(&home));
    report.fail_all(acks::unwhole(&home));
    if length == Length::Long {
        report.must(Held::from(storm.kills >= until.kills), "too few kills");
        report.must(Held::from(acknowledged >= until.acks), "too few acknowledgements");
    } else {
        // How many it came to is the machine's affair.
        report.must(Held::from(storm.kills > 0 && acknowledged > 0), "nobody was killed at work");
    }
}

impl Storm {
    fn over(home: &Path, acks: &Path, until: &Until) -> Storm {
        let place = |number| Place { home: home.to_owned(), acks: acks.to_owned(), number, pace: Pace::Storm };
        let places: Vec<Place> = (0..WRITERS).map(place).collect();
        let children = places.iter().map(Place::spawn).collect();
        let mut storm =
            Storm { places, children, dice: Dice::new(1), kills: 0, groups: 0, pause: 20, ended: Vec::new() };
        let begin = Instant::now();
        let mut enough = false;
        while !enough && begin.elapsed() < until.time && storm.ended.len() < 5 {
            storm.wait(acks);
            if storm.dice.chance(ALL_AT_ONCE) {
                storm.kill_all();
                storm.spawn_all();
                // Counting reads every file: now and then only.
                eprintln!("storm: {} kills after {} s", storm.kills, begin.elapsed().as_secs());
                enough = storm.kills >= until.kills && acks::count(&acks::read(acks)) >= until.acks;
            } else {
                let one = storm.dice.below(WRITERS);
                storm.kill(one);
                storm.children[one] = storm.places[one].spawn();
            }
        }
        storm.kill_all();
        storm
    }

    /// Any time up to twice the average.
    fn wait(&mut self, acks: &Path) {
        if self.kills.is_multiple_of(16) {
            let sizes = std::fs::read_dir(acks).unwrap().flatten().map(|file| file.metadata().unwrap().len());
            let acknowledged = sizes.sum::<u64>() / BYTES;
            let enough = u64::try_from(self.kills).unwrap() * ACKS_PER_KILL;
            self.pause = if acknowledged < enough { self.pause * 5 / 4 + 1 } else { self.pause * 4 / 5 };
            self.pause = self.pause.clamp(1, LONGEST);
        }
        let most = usize::try_from(2 * self.pause).unwrap();
        std::thread::sleep(Duration::from_millis(u64::try_from(self.dice.below(most)).unwrap()));
    }

    fn kill_all(&mut self) {
        // First all, then wait: nobody works on while the others die.
        self.children.iter_mut().for_each(|child| drop(child.kill()));
        (0..WRITERS).for_each(|n| self.kill(n));
        self.groups += 1;
    }

    fn spawn_all(&mut self) {
        self.children = self.places.iter().map(Place::spawn).collect();
    }

    fn kill(&mut self, one: usize) {
        let child = &mut self.children[one];
        let _ = child.kill();
        let status = child.wait().unwrap();
        if status.signal() == Some(9) {
            self.kills += 1;
            return;
        }
        let mut words = String::new();
        let _ = child.stderr.take().unwrap().read_to_string(&mut words);
        self.ended.push(format!("ended by itself, {status}: {}", words.trim()));
    }
}
