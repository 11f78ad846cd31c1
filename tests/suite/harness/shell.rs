//! Runs the real program: a home of its own, nothing of the environment, a fixed clock.
use super::second::{PIN, PlantPins, SECOND, witness};
use kaowu::bundle::codes::Codes;
use kaowu::config::Assets;
use kaowu::model::{FixedClock, Role, Stamp};
use kaowu::ops::demo::people;
use kaowu::ops::upkeep::{back_up, operators};
use kaowu::ops::{Access, Actor, Site};
use kaowu::store::doubt;
use kaowu::store::mark::Anchor;
use std::collections::BTreeSet;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// Roles that a coordinator does not give.
const GIVEN_BY_ADMIN: [&str; 5] = ["admin", "coordinator", "score_manager", "score-manager", "auditor"];

pub struct Shell {
    home: tempfile::TempDir,
    /// The site's folder, when it is not the home itself.
    inside: Option<&'static str>,
    clock: String,
    /// Nobody signs for a second person by themselves.
    alone: AtomicBool,
    /// Who was given a PIN to sign with.
    pinned: Mutex<BTreeSet<String>>,
}

/// What a run printed, and how it ended.
pub struct Answer {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Answer {
    #[track_caller]
    pub fn done(self) -> Answer {
        assert_eq!(self.status, 0, "{}{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}{}", self.out, self.err))
    }
}

impl Shell {
    /// An empty home.
    pub fn new() -> Shell {
        let (home, clock) = (tempfile::tempdir().unwrap(), super::desk::MORNING.to_owned());
        Shell { home, inside: None, clock, alone: AtomicBool::default(), pinned: Mutex::default() }
    }

    /// A home with a copy of a site that lives in memory, and a mark that fits: as if it had been made there.
    pub fn of(site: &Site) -> Shell {
        let shell = Shell::new();
        let path = shell.path("site.db");
        back_up(site, &path).unwrap();
        marked(&path);
        shell
    }

    /// A site with an open batch and two typists.
    pub fn with_batch() -> Shell {
        let shell = Shell::new();
        shell.run("init --site 01 --name 测试考点 --region 150600 --organisation S000015000001").done();
        shell.run("batch open --policy nmg-2023").done();
        shell
    }

    /// With so many made-up people paid and seated; their tickets by room and seat.
    pub fn seated(count: usize) -> (Shell, Vec<String>) {
        let shell = Shell::with_batch();
        let assets = Assets::default();
        let codes = Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap();
        shell.sheet(&people::rows(&codes, 1, count));
        shell.run("seat arrange --seed 1").done();
        let list = shell.run("checkin list --session theory-1 --json").done().json();
        let tickets = list.as_array().unwrap().iter().map(|p| p["ticket"].as_str().unwrap().to_owned()).collect();
        (shell, tickets)
    }

    /// Everybody in the home stamped and passed in both reviews.
    pub fn reviewed(&self) {
        super::desk::review_everybody(&mut self.opened());
    }

    /// Settled marks of the home become final results.
    pub fn release(&self) {
        super::release(&mut self.opened());
    }

    /// The site of the home, its coordinator signed on.
    fn opened(&self) -> Site {
        let clock = FixedClock::at(Stamp::parse(&self.clock).unwrap());
        let mut site = Site::open(
            &self.path(self.inside.unwrap_or_default()).join("site.db"),
            Access::ReadWrite,
            Assets::default(),
            Box::new(clock),
        )
        .unwrap();
        let all = operators(&site).unwrap();
        let first = all.iter().find(|o| o.role_list().contains(&Role::Coordinator) && o.unit.is_none()).unwrap();
        let (id, name, roles) = (Some(first.id), first.name.clone(), first.role_list());
        site.set_actor(Actor { id, name, roles });
        let _ = site.choose_batch(None);
        site.set_witness(Some(witness()));
        site
    }

    /// Imports rows of the 33-column sheet, takes them through the reviews and records their fees.
    pub fn sheet(&self, rows: &[people::Row]) {
        self.imported(rows);
        self.reviewed();
        self.run("application pay --all").done();
    }

    /// Imports rows of the 33-column sheet: submitted, nothing reviewed or paid.
    pub fn imported(&self, rows: &[people::Row]) {
        let mut sheet = csv::Writer::from_path(self.path("sheet.csv")).unwrap();
        sheet.write_record(people::HEADINGS).unwrap();
        rows.iter().for_each(|row| sheet.write_record(row).unwrap());
        drop(sheet);
        self.run("import sheet.csv").done();
    }

    pub fn home(&self) -> PathBuf {
        self.home.path().to_owned()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub fn at(&mut self, clock: &str) -> &mut Shell {
        self.clock = format!("2023-10-15T{clock}:00+08:00");
        self
    }

    /// From now on it is this day and time, such as `2024-09-21 08:10`.
    pub fn on(&mut self, time: &str) -> &mut Shell {
        self.set(format!("{}:00+08:00", time.replace(' ', "T")))
    }

    /// The clock as the environment says it.
    pub fn set(&mut self, clock: String) -> &mut Shell {
        self.clock = clock;
        self
    }

    /// From now on the site is in a folder of the home, at this time.
    pub fn moved_to(&mut self, folder: &'static str, clock: &str) -> &mut Shell {
        (self.inside, self.clock) = (Some(folder), clock.to_owned());
        self
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kaowu"));
        command
            .env_clear()
            .env("KAOWU_HOME", self.path(self.inside.unwrap_or_default()))
            .env("KAOWU_CLOCK", &self.clock);
        command.env("LANG", "zh_CN.UTF-8").env("TERM", "xterm-256color").current_dir(self.home.path());
        command
    }

    /// Arguments separated by blanks.
    pub fn run(&self, args: &str) -> Answer {
        self.run_args(&args.split_whitespace().collect::<Vec<_>>(), "")
    }

    /// Who does what the coordinator may not, where a test names nobody: operators are the administrator's, locks and
    /// decisions about locked marks the score manager's.
    fn instead(&self, args: &[&str]) -> &'static [&'static str] {
        match args {
            _ if args.contains(&"--as") => &[],
            ["init", ..] if !args.contains(&"--pins") => &["--pins", "optional"],
            ["operator", "disable" | "bind" | "unbind" | "reset" | "pins", ..] => &["--as", "admin"],
            ["operator", "add", rest @ ..] if rest.iter().any(|arg| GIVEN_BY_ADMIN.contains(arg)) => &["--as", "admin"],
            ["mark", "lock" | "approve" | "refuse", ..] => self.score_manager(),
            ["mark", "unlock", rest @ ..] if rest.contains(&"--approve") || rest.contains(&"--refuse") => {
                self.score_manager()
            }
            _ => &[],
        }
    }

    fn score_manager(&self) -> &'static [&'static str] {
        if self.path("site.db").exists() {
            let known = |site: &mut Site| super::desk::known(site, "score-manager", Role::ScoreManager);
            known(&mut self.opened());
        }
        &["--as", "score-manager"]
    }

    /// From now on nobody signs for a second person by themselves.
    pub fn alone(&self) -> &Shell {
        self.alone.store(true, Ordering::Relaxed);
        self
    }

    /// Where a test says nothing else, somebody has compared the fingerprint of a bundle that comes in.
    fn vouched(&self, args: &[&str]) -> Vec<String> {
        let wanted = ["import", "merge"].contains(args.first().unwrap_or(&"")) && !args.contains(&"--groups");
        let path = args.get(1).filter(|_| wanted).map(|path| self.path(path));
        let home = self.path(self.inside.unwrap_or_default());
        let typed = path.and_then(|path| super::vouched::groups(&path, &home));
        typed.map_or_else(Vec::new, |typed| vec!["--groups".to_owned(), typed])
    }

    pub fn run_args(&self, args: &[&str], stdin: &str) -> Answer {
        let mut args = [args, self.instead(args)].concat();
        let operator = args.iter().position(|a| *a == "--as").and_then(|at| args.get(at + 1)).map(|n| (*n).to_owned());
        let home = self.path(self.inside.unwrap_or_default());
        let files = ["own-pin", "second-pin"].map(|name| home.join(name).display().to_string());
        let sign = ["--pin-file", &files[0]];
        if !args.contains(&"--pin-file")
            && operator.as_ref().is_some_and(|name| self.pinned.lock().unwrap().contains(name))
        {
            args.extend(sign);
        }
        let answer = self.run_once(&args, stdin);
        let hands = [
            "together.needed",
            "together.pin_needed",
            "together.here",
            "双人操作",
            "signed by two",
            "要用口令",
            "with your PIN",
        ];
        if self.alone.load(Ordering::Relaxed)
            || ![1, 7].contains(&answer.status)
            || !hands.iter().any(|word| answer.err.contains(word))
        {
            return answer;
        }
        // A test that brings a PIN has one.
        let own = args.contains(&"--pin-file") && !args.contains(&files[0].as_str());
        write_pins(&files);
        let signer = (!own).then(|| operator.unwrap_or_else(|| self.bound()));
        self.give_pins(signer.as_deref());
        if !args.contains(&"--pin-file") {
            args.extend(sign);
        }
        args.extend(["--second", SECOND, "--second-pin-file", &files[1]]);
        self.run_once(&args, stdin)
    }

    /// Whoever runs it, and a second person, have a PIN from now on, in the files `own-pin` and `second-pin`.
    pub fn pins(&self) -> &Shell {
        write_pins(&["own-pin", "second-pin"].map(|name| self.path(name).display().to_string()));
        self.give_pins(Some(&self.bound()));
        self
    }

    /// Whoever is to sign, and a second person, have a PIN from now on.
    fn give_pins(&self, signer: Option<&str>) {
        let mut site = self.opened();
        // Not one of whoever signs: an undo is to find theirs.
        super::desk::administrator(&mut site);
        let names: Vec<_> = signer.into_iter().map(str::to_owned).collect();
        site.perform(&PlantPins(names.clone())).unwrap();
        self.pinned.lock().unwrap().extend(names);
    }

    /// Whom the program takes whoever runs it for, where nobody is named.
    fn bound(&self) -> String {
        operators(&self.opened()).unwrap().into_iter().find(|o| o.os_user.is_some()).unwrap().name
    }

    fn run_once(&self, args: &[&str], stdin: &str) -> Answer {
        let mut command = self.command();
        command.args(args).args(self.vouched(args));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        Answer {
            status: status.code().unwrap_or(-1),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        }
    }
}

fn write_pins(files: &[String]) {
    for file in files {
        std::fs::write(file, PIN).unwrap();
        std::fs::set_permissions(file, PermissionsExt::from_mode(0o600)).unwrap();
    }
}

/// A copy of a database gets the mark that fits it.
pub fn marked(database: &std::path::Path) {
    let mark = doubt::mark(&rusqlite::Connection::open(database).unwrap()).unwrap().unwrap();
    Anchor::at(&database.with_file_name("anchor")).renew(&mark).unwrap();
}
