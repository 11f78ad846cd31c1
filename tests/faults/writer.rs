//! A child: an operator at work through the one door, who writes down outside the site what was acknowledged.
//!
//! Proctors let people in and take it back, every fourth is a typist who types a mark and takes it back. Everybody has
//! people of their own, so that what stands in the end follows from the last line of one writer.
use kaowu::config::Assets;
use kaowu::model::{ApplicationId, FixedClock, Mark, OpNo, Points, SessionId, Stamp, Subject};
use kaowu::ops::checkin::{self, Admit, Cancel};
use kaowu::ops::entry::{Save, own_save};
use kaowu::ops::history::Undo;
use kaowu::ops::upkeep::{Credential, sign_on};
use kaowu::ops::{Access, Error, Face, Operation, Result, Site, StoreFault, batch};
use kaowu::policy::marking::{FULL, LOW, NOT_CHECKED_IN, WAS_ABSENT, WAS_PRESENT};
use kaowu::store::{Signature, Store};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::process::parent_id;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

const CHILD: &str = "FAULTS_CHILD";
pub const WRITERS: usize = 64;
const MORNING: &str = "2023-10-15T08:10:00+08:00";

/// How a writer works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Without a pause.
    Storm,
    /// Once a second.
    Second,
    /// Without a pause, past the operations, and with the setting of SQLite that loses: the control of the test itself.
    Careless,
}

impl Pace {
    fn code(self) -> &'static str {
        match self {
            Pace::Storm => "storm",
            Pace::Second => "second",
            Pace::Careless => "careless",
        }
    }
}

/// A writer as a process of its own.
pub struct Place {
    pub home: PathBuf,
    /// Outside the site, one file for each writer.
    pub acks: PathBuf,
    pub number: usize,
    pub pace: Pace,
}

impl Place {
    pub fn spawn(&self) -> Child {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args([&self.home, &self.acks]).arg(self.number.to_string());
        command.env(CHILD, self.pace.code()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }
}

/// What a writer is called in the journal.
pub fn station(number: usize) -> String {
    format!("writer-{number}")
}

/// Works until it is killed, when this process is a child.
pub fn child() -> Option<ExitCode> {
    let pace = std::env::var(CHILD).ok()?;
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (home, acks, number) = (Path::new(&args[0]), Path::new(&args[1]), args[2].parse::<usize>().unwrap());
    let file = OpenOptions::new().append(true).create(true).open(acks.join(number.to_string())).unwrap();
    let ended = match pace.as_str() {
        "careless" => careless(home, number, file),
        other => at_work(home, number, file, other == "second"),
    };
    if let Err(error) = ended {
        eprintln!("writer {number}: {error}");
        return Some(ExitCode::from(3));
    }
    Some(ExitCode::SUCCESS)
}

/// What somebody's next step is.
enum Next {
    Admit,
    Cancel,
    Type,
    TakeBack(OpNo),
}

struct Writer {
    site: Site,
    session: SessionId,
    acks: File,
}

fn at_work(home: &Path, number: usize, acks: File, paced: bool) -> Result<()> {
    let people: Vec<ApplicationId> =
        (0..4).map(|n| ApplicationId(i64::try_from(number + n * WRITERS + 1).unwrap())).collect();
    let mut begun = begin_work(home, number, &people);
    // Where others write without a pause a start may be told to come again.
    while let Err(Error::Store(StoreFault::Busy)) = begun {
        begun = begin_work(home, number, &people);
    }
    let (site, session, mut next) = begun?;
    let mut writer = Writer { site, session, acks };
    let begin = Instant::now() + Duration::from_millis(u64::try_from(number * 997 % 1000).unwrap());
    let parent = parent_id();
    // Who started it may have been ended from outside.
    for turn in (0u32..).take_while(|_| parent_id() == parent) {
        if paced {
            let due = begin + Duration::from_secs(u64::from(turn));
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
        }
        let n = usize::try_from(turn).unwrap_or(0) % people.len();
        next[n] = writer.step(people[n], &next[n])?;
    }
    Ok(())
}

/// A writer's site, the session, and where each of these people stands.
type Begun = (Site, SessionId, Vec<Next>);

fn begin_work(home: &Path, number: usize, people: &[ApplicationId]) -> Result<Begun> {
    let clock = FixedClock::at(Stamp::parse(MORNING).unwrap());
    let mut site = Site::open(&home.join("site.db"), Access::ReadWrite, Assets::default(), Box::new(clock))?;
    site.set_face(Face::Test, &station(number));
    site.choose_batch(None)?;
    let types = number % 4 == 3;
    let name = if types { "typist-a" } else { "proctor" };
    sign_on(&mut site, &Credential::Named { name, pin: None, os_user: None })?;
    let session = batch::sessions(&site)?[0].id;
    let next = people.iter().map(|who| next(&site, session, (*who, types))).collect::<Result<_>>()?;
    Ok((site, session, next))
}

/// Where this person stands, after whatever happened to the writer before.
fn next(site: &Site, session: SessionId, (who, types): (ApplicationId, bool)) -> Result<Next> {
    if types {
        return Ok(own_save(site, who, Subject::Theory).map_or(Next::Type, Next::TakeBack));
    }
    let found = checkin::candidate(site, session, who)?;
    Ok(if found.is_some_and(|c| c.attendance.is_some()) { Next::Cancel } else { Next::Admit })
}

impl Writer {
    fn step(&mut self, who: ApplicationId, next: &Next) -> Result<Next> {
        let reason = || "slip".to_owned();
        match next {
            Next::Admit => {
                self.told(&Admit::of(self.session, who), who.0)?;
                Ok(Next::Cancel)
            }
            Next::Cancel => {
                self.told(&Cancel { session: self.session, application: who, reason: reason() }, who.0)?;
                Ok(Next::Admit)
            }
            Next::Type => {
                let accepted = vec![LOW, FULL, WAS_ABSENT, WAS_PRESENT, NOT_CHECKED_IN];
                let save = Save { accepted, ..Save::new(who, Subject::Theory, Mark::Points(Points::whole(70))) };
                Ok(Next::TakeBack(self.told(&save, who.0)?))
            }
            Next::TakeBack(op) => {
                self.told(&Undo { op: *op, reason: reason() }, op.0)?;
                Ok(Next::Type)
            }
        }
    }

    /// Performs, and only then writes down that it was acknowledged. Busy is an answer too: nothing was done.
    fn told<O: Operation>(&mut self, op: &O, about: i64) -> Result<OpNo> {
        loop {
            let begin = Instant::now();
            match self.site.perform(op) {
                Ok(done) => {
                    let no = done.op.unwrap_or(OpNo(0));
                    let line = format!("{no}\t{}\t{about}\t{}\n", O::KIND, begin.elapsed().as_micros());
                    self.acks.write_all(line.as_bytes()).map_err(Error::file("acks"))?;
                    return Ok(no);
                }
                Err(Error::Store(StoreFault::Busy)) => {
                    self.acks.write_all(b"busy\n").map_err(Error::file("acks"))?;
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// Operations without a change, written straight into the store.
fn careless(home: &Path, number: usize, mut acks: File) -> Result<()> {
    let store = Store::open(&home.join("site.db"), Access::ReadWrite)?;
    store.db().pragma_update(None, "synchronous", "normal").map_err(StoreFault::from)?;
    let parent = parent_id();
    for turn in (0u64..).take_while(|_| parent_id() == parent) {
        let signature = Signature {
            op_id: format!("{number}-{}-{turn}", std::process::id()),
            kind: "test.careless",
            site: "01".to_owned(),
            station: station(number),
            actor: None,
            actor_name: String::new(),
            actor_roles: String::new(),
            face: "test",
            at: Stamp(0),
            batch: None,
            params: format!("{{\"about\":{turn}}}"),
            reason: None,
            policy: None,
        };
        let no = store.begin()?.commit(signature)?;
        let line = format!("{no}\ttest.careless\t{turn}\t0\n");
        acks.write_all(line.as_bytes()).map_err(Error::file("acks"))?;
    }
    Ok(())
}
