//! The n-th call to the disk fails, for every n: nothing that was told is lost, and what was told is true.
use crate::Length;
use crate::acks;
use crate::homes;
use crate::report::{Held, Report};
use crate::shim::{Kind, Shim};
use crate::works::{Lines, Proof, WORKS, Work};
use std::collections::VecDeque;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// In a short run one n of so many; a prime, so that kinds of calls that take turns are all hit.
const STRIDE: usize = 29;
/// A short run ends after this, however slow the machine is; the series take turns, so that each is hit.
const SHORT: Duration = Duration::from_secs(40);

/// Where the disk stays broken the program tries for seconds before it says that it does not know.
const THREADS: usize = 6;

/// Names of works, to look at these only.
const ONLY: &str = "FAULTS_WORKS";

/// What one series found.
#[derive(Debug, Clone, Default)]
struct Found {
    name: String,
    /// How many calls there were to fail.
    runs: usize,
    saved: usize,
    unsaved: usize,
    unknown: usize,
    wrong: Vec<String>,
}

pub fn run(report: &mut Report, length: Length) {
    let folder = tempfile::tempdir().unwrap();
    let shim = match Shim::build(folder.path()) {
        Ok(shim) => shim,
        Err(missing) => return report.skip(&missing),
    };
    let begin = Instant::now();
    let made: Vec<Made> = WORKS.iter().map(|work| Made::of(work, folder.path())).collect();
    let works = WORKS.iter().zip(&made).filter(|(work, _)| wanted(work.name));
    let place = Place { shim: &shim, folder: folder.path(), length };
    let series = works.flat_map(|work| Kind::ALL.map(|kind| Series::of(work, kind, place))).collect();
    let all = in_turn(series, begin);
    let sum = |of: fn(&Found) -> usize| all.iter().map(of).sum::<usize>();
    report.figure("works times kinds of faults", all.len());
    report.figure("runs with a fault", sum(|f| f.runs));
    report.figure("told saved, and it is", sum(|f| f.saved));
    report.figure("told not saved, and it is not", sum(|f| f.unsaved));
    report.figure("killed, or told that it is unknown", sum(|f| f.unknown));
    report.figure("told wrongly, lost or damaged", sum(|f| f.wrong.len()));
    if length == Length::Long {
        all.iter().for_each(|f| report.figure(&format!("calls: {}", f.name), f.runs));
    }
    report.must(Held::from(sum(|f| f.runs) > 0), "nothing failed");
    report.fail_all(all.into_iter().flat_map(|f| f.wrong));
}

/// Every series one step, and again from the first, until none has a call left or the time of a short run is over.
fn in_turn(series: VecDeque<Series<'_>>, begin: Instant) -> Vec<Found> {
    let (waiting, done) = (Mutex::new(series), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let Some(mut series) = waiting.lock().unwrap().pop_front() else { break };
                    let late = series.place.length == Length::Short && begin.elapsed() > SHORT;
                    if !late && series.step() {
                        waiting.lock().unwrap().push_back(series);
                    } else {
                        done.lock().unwrap().push(series.ended());
                    }
                }
            });
        }
    });
    let mut all = done.into_inner().unwrap();
    all.sort_by(|a: &Found, b| a.name.cmp(&b.name));
    all
}

fn wanted(name: &str) -> bool {
    std::env::var(ONLY).map_or(true, |only| only.split(',').any(|one| one == name))
}

/// The site of a work, and the file that goes to its standard input.
struct Made {
    home: PathBuf,
    input: PathBuf,
    /// What a deep check says before anything happened: marks that were planted have no entries.
    known: Vec<String>,
}

impl Made {
    fn of(work: &Work, folder: &Path) -> Made {
        let (home, input) = (folder.join(work.name), folder.join(format!("{}.input", work.name)));
        (work.make)(&home);
        std::fs::write(&input, (work.input)(&home)).unwrap();
        let copy = folder.join(format!("{}.copy", work.name));
        homes::copy(&home, &copy);
        let known = acks::unwhole(&copy);
        Made { home, input, known }
    }
}

/// Where and how far all of them run.
#[derive(Clone, Copy)]
struct Place<'a> {
    shim: &'a Shim,
    folder: &'a Path,
    length: Length,
}

struct Series<'a> {
    work: &'a Work,
    made: &'a Made,
    kind: Kind,
    place: Place<'a>,
    /// The call that fails next.
    n: usize,
    found: Found,
}

impl<'a> Series<'a> {
    fn of((work, made): (&'a Work, &'a Made), kind: Kind, place: Place<'a>) -> Series<'a> {
        let name = format!("{} {}", work.name, kind.code());
        let n = match place.length {
            Length::Long => 1,
            // Each series begins elsewhere.
            Length::Short => 1 + name.bytes().map(usize::from).sum::<usize>() % STRIDE,
        };
        Series { work, made, kind, place, n, found: Found { name, ..Found::default() } }
    }

    /// One run more; whether there may be another.
    fn step(&mut self) -> bool {
        let mut found = std::mem::take(&mut self.found);
        let hit = self.once(u32::try_from(self.n).unwrap(), &mut found);
        self.found = found;
        self.n += if self.place.length == Length::Long { 1 } else { STRIDE };
        hit && self.found.wrong.len() <= 10
    }

    fn ended(mut self) -> Found {
        let Found { name, runs, wrong, .. } = &mut self.found;
        if self.place.length == Length::Long {
            eprintln!("errors: {name}: {runs} calls, {} wrong", wrong.len());
            if *runs == 0 {
                wrong.push(format!("{name}: nothing to fail"));
            }
        }
        self.found
    }

    /// One run; whether the n-th call was there at all.
    fn once(&self, n: u32, found: &mut Found) -> bool {
        let run = self.place.folder.join(format!("run-{}-{}", self.work.name, self.kind.code()));
        let (home, hit) = (run.join("home"), run.join("hit"));
        let _ = std::fs::remove_dir_all(&run);
        homes::copy(&self.made.home, &home);
        let mut command = self.work.command(&home);
        self.place.shim.arm(&mut command, (&home, &hit), (n, self.kind));
        let output = self.work.run(command, &self.made.input);
        let was_hit = hit.exists();
        let wrong = self.judge(&home, &output, found).or_else(|| self.again(&home));
        if let Some(what) = wrong {
            let told = String::from_utf8_lossy(&output.stderr);
            let told: String = told.trim().chars().take(160).collect();
            let line = format!("{} n={n}: {what} ({}; {told})", found.name, output.status);
            eprintln!("errors: {line}");
            found.wrong.push(line);
        }
        found.runs += usize::from(was_hit);
        was_hit
    }

    /// What is wrong about what was told.
    fn judge(&self, home: &Path, output: &Output, found: &mut Found) -> Option<String> {
        let saved = match self.work.saved(home) {
            Ok(saved) => saved,
            Err(damage) => return Some(damage),
        };
        let (told, killed) = (self.work.told(output), output.status.signal() == Some(9));
        let words = String::from_utf8_lossy(&output.stderr);
        let unsure = killed || words.contains("无法确认") || words.contains("不知道");
        // A copy that is whole although somebody was told otherwise harms nobody; the same holds for a new schema.
        let lenient = matches!(self.work.proof, Proof::File(_) | Proof::Schema(_));
        let most = match self.work.proof {
            Proof::Lines(_, _, Lines::AtTheEnd) if killed => usize::MAX,
            _ => told + usize::from(unsure || lenient),
        };
        if words.contains("panicked") {
            return Some("panic".to_owned());
        }
        if !(told..=most).contains(&saved) {
            return Some(format!("told {told}, saved {saved}"));
        }
        match (unsure, saved) {
            (true, _) => found.unknown += 1,
            (false, 0) => found.unsaved += 1,
            (false, _) => found.saved += 1,
        }
        None
    }

    /// Without faults the same work goes through, or is refused because it is done; the site is whole.
    fn again(&self, home: &Path) -> Option<String> {
        let before = self.work.saved(home).unwrap_or(0);
        if before == 0 {
            let output = self.work.run(self.work.command(home), &self.made.input);
            if !output.status.success() {
                let words = String::from_utf8_lossy(&output.stderr);
                return Some(format!("does not go on afterwards: {}", words.trim()));
            }
        }
        let check = |what: &str| what.split(':').next().unwrap_or_default().to_owned();
        let known: Vec<_> = self.made.known.iter().map(|what| check(what)).collect();
        acks::unwhole(home).into_iter().find(|what| !known.contains(&check(what)))
    }
}
