//! The n-th call to the disk fails, for every n: nothing that was told is lost, and what was told is true.
use crate::Length;
use crate::acks;
use crate::homes;
use crate::report::Report;
use crate::shim::{Kind, Shim};
use crate::works::{Lines, Proof, WORKS, Work};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// In a short run one n of so many; a prime, so that kinds of calls that take turns are all hit.
const STRIDE: usize = 29;
/// A short run ends after this, however slow the machine is.
const SHORT: Duration = Duration::from_secs(50);

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
    let made: Vec<Made> = WORKS.iter().map(|work| Made::of(work, folder.path())).collect();
    let series: Vec<(usize, Kind)> =
        (0..WORKS.len()).filter(|w| wanted(WORKS[*w].name)).flat_map(|w| Kind::ALL.map(|kind| (w, kind))).collect();
    let begin = Instant::now();
    let (waiting, done) = (Mutex::new(series), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let Some((w, kind)) = waiting.lock().unwrap().pop() else { break };
                    if length == Length::Short && begin.elapsed() > SHORT {
                        break;
                    }
                    let series = Series { work: &WORKS[w], kind, shim: &shim, made: &made[w], folder: folder.path() };
                    let found = series.run(length);
                    done.lock().unwrap().push(found);
                }
            });
        }
    });
    let mut all = done.into_inner().unwrap();
    all.sort_by(|a, b| a.name.cmp(&b.name));
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
    report.fail_all(all.into_iter().flat_map(|f| f.wrong));
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

struct Series<'a> {
    work: &'a Work,
    kind: Kind,
    shim: &'a Shim,
    made: &'a Made,
    folder: &'a Path,
}

impl Series<'_> {
    fn run(&self, length: Length) -> Found {
        let name = format!("{} {}", self.work.name, self.kind.code());
        let mut found = Found { name: name.clone(), ..Found::default() };
        let (step, first) = match length {
            Length::Long => (1, 1),
            // Each series begins elsewhere.
            Length::Short => (STRIDE, 1 + name.bytes().map(usize::from).sum::<usize>() % STRIDE),
        };
        for n in (first..).step_by(step) {
            if !self.once(u32::try_from(n).unwrap(), &mut found) {
                break;
            }
            if found.wrong.len() > 10 {
                break;
            }
        }
        if length == Length::Long {
            eprintln!("errors: {name}: {} calls, {} wrong", found.runs, found.wrong.len());
        }
        if length == Length::Long && found.runs == 0 {
            found.wrong.push(format!("{name}: nothing to fail"));
        }
        found
    }

    /// One run; whether the n-th call was there at all.
    fn once(&self, n: u32, found: &mut Found) -> bool {
        let run = self.folder.join(format!("run-{}-{}", self.work.name, self.kind.code()));
        let (home, hit) = (run.join("home"), run.join("hit"));
        let _ = std::fs::remove_dir_all(&run);
        homes::copy(&self.made.home, &home);
        let mut command = self.work.command(&home);
        self.shim.arm(&mut command, (&home, &hit), (n, self.kind));
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
