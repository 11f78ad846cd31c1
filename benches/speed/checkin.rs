//! C1 to C7: durable check-ins, alone and by many processes, and what a dying process leaves behind.
use crate::rounds::{Rounds, median, percentile, say};
use crate::world::{self, worker as start};
use crate::{Asked, bare};
use kaowu::model::{ApplicationId, SessionId};
use kaowu::ops::checkin::Admit;
use kaowu::ops::{Operation, Result, Site, Work};
use serde::Serialize;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// People of the site at whose door all this happens.
const PEOPLE: usize = 24_000;
const PROCESSES: usize = 64;
/// Seconds that the many go on for.
const LASTING: &str = "2.5";

/// One check-in, as the program does it.
pub fn check_in(site: &mut Site, application: ApplicationId) -> bool {
    site.perform(&Admit::of(SessionId(1), application)).is_ok()
}

pub fn run(asked: &Asked) {
    let folder = world::folder();
    let base = folder.path().join("base");
    world::seated_site(&base, PEOPLE);
    let home = folder.path().join("home");
    if asked.any(&["C1"]) {
        each_costs(&base, &home, folder.path());
    }
    if asked.any(&["C2"]) {
        alone(&base, &home, asked.rounds);
    }
    if asked.any(&["C4", "C5"]) {
        many(&base, &home);
    }
    if asked.any(&["C7"]) {
        killed(&base, &home, asked.rounds);
    }
}

/// Fsyncs and pages of the log for one check-in.
fn each_costs(base: &Path, home: &Path, folder: &Path) {
    const TIMES: usize = 100;
    let traced = |times: usize| -> Option<(f64, f64)> {
        world::copy_site(base, home);
        let log = folder.join("strace");
        let mut strace = Command::new("strace");
        strace.args(["-f", "-e", "trace=fsync,fdatasync", "-o"]).arg(&log).arg(std::env::current_exe().unwrap());
        let strace = strace.args(["--worker", "checkin", home.to_str()?, "0", "1", &times.to_string(), "0", "99"]);
        let out = strace.output().ok()?;
        let pages = *world::numbers(&out.stdout).first()?;
        Some((std::fs::read_to_string(log).ok()?.matches("sync(").count() as f64, pages))
    };
    match traced(0).zip(traced(TIMES)) {
        Some(((none, _), (some, pages))) => {
            let one = TIMES as f64;
            let text = format!(
                "{:.2} fsyncs (goal 1) and {:.2} log frames (goal <= 4) a check-in",
                (some - none) / one,
                pages / one
            );
            say("C1", &text);
        }
        None => say("C1", "not measured: no strace"),
    }
}

/// One process against a loop of durable writes of a page. Both in seconds for one.
fn alone(base: &Path, home: &Path, rounds: usize) {
    let ours = || {
        world::copy_site(base, home);
        let answer = world::answer(start(&["checkin", home.to_str().unwrap(), "0", "1", "2000", "0", "99"]));
        answer[1..].iter().sum::<f64>() / 1000.0 / (answer.len() - 1) as f64
    };
    let parent = home.parent().unwrap().to_owned();
    let ratios = Rounds::run(rounds, ours, || bare::durable_write(&parent, 2000));
    let text = format!("a check-in against a durable page (speed {:.2}x)", 1.0 / ratios.ratio());
    ratios.print("C2", &text, "<= 1.67", "s");
}

/// Many processes without a pause; fairness, waits, nothing lost.
fn many(base: &Path, home: &Path) {
    let mut singles = Vec::new();
    for _ in 0..3 {
        world::copy_site(base, home);
        let one = world::answer(start(&["checkin", home.to_str().unwrap(), "0", "1", "2000", "0", LASTING]));
        singles.push(median(&one[1..]));
        let (p50, rate) = (median(&one[1..]), (one.len() - 1) as f64 / (one[1..].iter().sum::<f64>() / 1000.0));
        world::copy_site(base, home);
        let begin = after(Duration::from_secs(6));
        let children: Vec<Child> = (0..PROCESSES)
            .map(|n| {
                let (n, of, begin) = (n.to_string(), PROCESSES.to_string(), begin.to_string());
                start(&["checkin", home.to_str().unwrap(), &n, &of, "100000", &begin, LASTING]).spawn().unwrap()
            })
            .collect();
        let answers: Vec<Vec<f64>> = children.into_iter().map(numbers).collect();
        let counts: Vec<f64> = answers.iter().map(|a| (a.len() - 1) as f64).collect();
        let all: Vec<f64> = answers.iter().flat_map(|a| a[1..].iter().copied()).collect();
        let stored = stored(home);
        let lasting: f64 = LASTING.parse().unwrap();
        say(
            "C4",
            &format!(
                "{PROCESSES} processes: p50 {:.1} p99 {:.1} max {:.1} ms = {:.2}x and {:.2}x of {PROCESSES} x {p50:.2} ms alone, goal <= 4 and 12; {:.0}/s against {rate:.0}/s alone",
                median(&all),
                percentile(&all, 99.0),
                percentile(&all, 100.0),
                percentile(&all, 99.0) / (PROCESSES as f64 * p50),
                percentile(&all, 100.0) / (PROCESSES as f64 * p50),
                all.len() as f64 / lasting,
            ),
        );
        let (least, most) = (percentile(&counts, 0.0), percentile(&counts, 100.0));
        let lost = all.len() as i64 - stored;
        say(
            "C5",
            &format!("fewest/most {:.3} ({least}/{most}), goal >= 0.8; {lost} lost or double, goal 0", least / most),
        );
    }
}

fn stored(home: &Path) -> i64 {
    bare::connect(home).query_row("SELECT count(*) FROM attendance", [], |r| r.get(0)).unwrap()
}

/// The first of the line dies; how long until another is through.
fn killed(base: &Path, home: &Path, rounds: usize) {
    let mut waits = Vec::new();
    for _ in 0..rounds {
        world::copy_site(base, home);
        let mut holder = start(&["hold", home.to_str().unwrap()]).spawn().unwrap();
        read_word(&mut holder);
        let waiting: Vec<Child> = (0..3)
            .map(|n: i32| {
                let mut one = start(&["checkin", home.to_str().unwrap(), &n.to_string(), "3", "1", "0", "99"]);
                one.spawn().unwrap()
            })
            .collect();
        std::thread::sleep(Duration::from_millis(300));
        let start = Instant::now();
        holder.kill().unwrap();
        let _ = holder.wait();
        for child in waiting {
            assert_eq!(numbers(child).len(), 2, "a check-in failed");
        }
        waits.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    let text = format!(
        "three others are through {:.0} ms (median; most {:.0}) after the holder was killed, goal <= 100",
        median(&waits),
        percentile(&waits, 100.0)
    );
    say("C7", &text);
}

fn read_word(child: &mut Child) {
    use std::io::Read;
    let mut byte = [0];
    child.stdout.as_mut().unwrap().read_exact(&mut byte).unwrap();
}

pub fn numbers(child: Child) -> Vec<f64> {
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success());
    world::numbers(&out.stdout)
}

/// Milliseconds since 1970, so much later.
pub fn after(wait: Duration) -> u128 {
    (SystemTime::now() + wait).duration_since(UNIX_EPOCH).unwrap().as_millis()
}

pub fn wait_until(begin: u128) {
    let now = after(Duration::ZERO);
    std::thread::sleep(Duration::from_millis(u64::try_from(begin.saturating_sub(now)).unwrap()));
}

/// The nth of every `of` people who have a seat and have paid.
pub fn share(home: &Path, n: usize, of: usize) -> Vec<ApplicationId> {
    let db = bare::connect(home);
    let sql = "SELECT p.application FROM placement p JOIN application a ON a.id = p.application \
               WHERE p.session = 1 AND a.paid_at IS NOT NULL ORDER BY p.id";
    let mut all = db.prepare(sql).unwrap();
    let ids = all.query_map([], |r| r.get::<_, i64>(0)).unwrap().map(|id| ApplicationId(id.unwrap()));
    ids.skip(n).step_by(of).collect()
}

/// `HOME N OF TIMES BEGIN LASTING`: prints the log's frames, then milliseconds of each check-in.
pub fn worker(args: &[String]) {
    let home = Path::new(&args[0]);
    let people = share(home, args[1].parse().unwrap(), args[2].parse().unwrap());
    let (times, lasting): (usize, f64) = (args[3].parse().unwrap(), args[5].parse().unwrap());
    let mut site = world::open(home, None);
    world::warm(&site);
    let begin: u128 = args[4].parse().unwrap();
    wait_until(begin);
    // All stop at the same time, whenever they came to start.
    let end = if begin == 0 { after(Duration::ZERO) } else { begin } + (lasting * 1000.0) as u128;
    let mut took = Vec::new();
    for id in people.into_iter().take(times) {
        let start = Instant::now();
        if after(Duration::ZERO) >= end {
            break;
        }
        assert!(check_in(&mut site, id), "refused or busy");
        took.push(format!("{:.3}", start.elapsed().as_secs_f64() * 1000.0));
    }
    // The log has a header of 32 bytes; each frame is a page of 4096 and 24 more.
    let log = std::fs::metadata(home.join("site.db-wal")).map_or(0, |m| m.len());
    println!("{} {}", log.saturating_sub(32) / (4096 + 24), took.join(" "));
}

/// Holds the head of the line and the write lock until it is killed.
#[derive(Serialize)]
struct Hold;

impl Operation for Hold {
    const KIND: &'static str = "bench.hold";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();

    fn apply(&self, _: &mut Work<'_, '_>) -> Result<()> {
        println!("held");
        loop {
            std::thread::sleep(Duration::from_secs(60));
        }
    }
}

/// `HOME`
pub fn holder(args: &[String]) {
    let _ = world::open(Path::new(&args[0]), None).perform(&Hold);
}
