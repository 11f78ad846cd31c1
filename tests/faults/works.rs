//! Pieces of work of the real program, each with what it tells and how that is held against the files.
use crate::homes;
use clap::CommandFactory;
use rusqlite::Connection;
use std::path::Path;
use std::process::{Command, Output, Stdio};

pub struct Work {
    pub name: &'static str,
    /// Makes the site that it is done on.
    pub make: fn(&Path),
    pub clock: &'static str,
    pub who: Who,
    pub args: &'static [&'static str],
    /// Goes to standard input.
    pub input: fn(&Path) -> String,
    pub proof: Proof,
}

/// Who does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Nobody,
    One(&'static str),
    /// Somebody with a PIN, a second person beside them where the program asks for one.
    Two,
}

/// Where it stands that the work was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// One operation of this kind, told by the exit status.
    One(&'static str),
    /// Operations of this kind, each told by a line on standard output with these words.
    Lines(&'static str, &'static str, Lines),
    /// A copy of this name below the home.
    File(&'static str),
    /// A schema newer than this, all that was there still there.
    Schema(usize),
}

/// When a line is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    AtOnce,
    /// All in one table: who is killed has told nothing.
    AtTheEnd,
}

const OLDER: usize = 8;

pub const WORKS: [Work; 7] = [
    Work {
        name: "import",
        make: |home| homes::with_sheet(home, 12),
        clock: homes::EXAM_DAY,
        who: Who::One("coordinator"),
        args: &["import", "sheet.csv"],
        input: |_| String::new(),
        proof: Proof::One("exchange.import"),
    },
    Work {
        name: "check-in",
        make: |home| homes::seated(home, 6),
        clock: homes::EXAM_DAY,
        who: Who::One("proctor"),
        args: &["checkin", "admit", "-", "--session", "theory-1"],
        input: |home| homes::tickets(home).join("\n"),
        proof: Proof::Lines("checkin.admit", "准时", Lines::AtOnce),
    },
    Work {
        name: "entry",
        make: |home| homes::seated(home, 6),
        clock: homes::EVENING,
        who: Who::One("typist-a"),
        args: &["score", "enter", "-", "--subject", "theory", "--accept"],
        input: |home| homes::tickets(home).iter().map(|ticket| format!("{ticket},70\n")).collect(),
        proof: Proof::Lines("entry.save", "已保存", Lines::AtTheEnd),
    },
    Work {
        name: "publish",
        make: |home| homes::computed(home, 4),
        clock: homes::EVENING,
        who: Who::Two,
        args: &["result", "publish", "--place", "公告栏", "--accept"],
        input: |_| String::new(),
        proof: Proof::One("publicity.publish"),
    },
    Work {
        name: "numbering",
        make: |home| homes::finalised(home, 4),
        clock: homes::AFTER_PUBLICITY,
        who: Who::Two,
        args: &["certificate", "number"],
        input: |_| String::new(),
        proof: Proof::One("certificates.number"),
    },
    Work {
        name: "backup",
        make: |home| homes::seated(home, 4),
        clock: homes::EXAM_DAY,
        who: Who::One("coordinator"),
        args: &["backup", "backups/copy.db"],
        input: |_| String::new(),
        proof: Proof::File("backups/copy.db"),
    },
    Work {
        name: "migration",
        make: |home| homes::older(home, OLDER),
        clock: homes::EXAM_DAY,
        who: Who::Nobody,
        args: &["operator", "list"],
        input: |_| String::new(),
        proof: Proof::Schema(OLDER),
    },
];

impl Work {
    /// The real program over `home`, nothing of the environment.
    pub fn command(&self, home: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kaowu"));
        command.env_clear().env("KAOWU_HOME", home).env("KAOWU_CLOCK", self.clock).env("LANG", "zh_CN.UTF-8");
        command.current_dir(home).args(self.args);
        match self.who {
            Who::Nobody => {}
            Who::One(name) => drop(command.args(["--as", name])),
            Who::Two => drop(command.args(both(home))),
        }
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs to the end, with its input from a file outside the home.
    pub fn run(&self, mut command: Command, input: &Path) -> Output {
        command.stdin(std::fs::File::open(input).unwrap()).output().unwrap()
    }

    /// How often it was told that something is saved.
    pub fn told(&self, output: &Output) -> usize {
        match self.proof {
            Proof::One(_) | Proof::File(_) | Proof::Schema(_) => usize::from(output.status.success()),
            Proof::Lines(_, words, _) => {
                let out = String::from_utf8_lossy(&output.stdout);
                let whole = out.rfind('\n').map_or("", |end| &out[..end]);
                whole.lines().filter(|line| line.contains(words)).count()
            }
        }
    }

    /// How often something is saved, more than in the site as it was made.
    pub fn saved(&self, home: &Path) -> Result<usize, String> {
        let db = || Connection::open(home.join("site.db")).unwrap();
        match self.proof {
            Proof::One(kind) | Proof::Lines(kind, ..) => {
                let sql = "SELECT count(*) FROM operation WHERE kind = ?1 AND face = 'cli'";
                let count = db().query_row(sql, [kind], |r| r.get::<_, i64>(0));
                count.map(|n| usize::try_from(n).unwrap()).map_err(|e| e.to_string())
            }
            Proof::File(name) => copied(&home.join(name)),
            Proof::Schema(older) => migrated(home, i64::try_from(older).unwrap()),
        }
    }
}

/// Options by which two people sign.
fn both(home: &Path) -> Vec<String> {
    let pin = home.join("pin").display().to_string();
    let [one, two] = homes::TWO.map(str::to_owned);
    let mut options = vec!["--as".to_owned(), one, "--pin-file".to_owned(), pin.clone()];
    if kaowu::cli::Cli::command().get_arguments().any(|arg| arg.get_long() == Some("second")) {
        options.extend(["--second".to_owned(), two, "--second-pin-file".to_owned(), pin]);
    }
    options
}

/// A copy that is there is whole.
fn copied(file: &Path) -> Result<usize, String> {
    if !file.exists() {
        return Ok(0);
    }
    let db = Connection::open(file).map_err(|e| e.to_string())?;
    let answer = db.query_row("PRAGMA integrity_check", [], |r| r.get::<_, String>(0));
    match answer.map_err(|e| e.to_string())?.as_str() {
        "ok" => Ok(1),
        bad => Err(format!("a copy that is not whole: {bad}")),
    }
}

/// Old or new or a step between, never half; the site's row as it was.
fn migrated(home: &Path, older: i64) -> Result<usize, String> {
    let db = Connection::open(home.join("site.db")).map_err(|e| e.to_string())?;
    let version: i64 = db.pragma_query_value(None, "user_version", |r| r.get(0)).map_err(|e| e.to_string())?;
    let name: String = db.query_row("SELECT name FROM site", [], |r| r.get(0)).map_err(|e| e.to_string())?;
    if name != "before" {
        return Err("the site's row is not as it was".to_owned());
    }
    let latest = kaowu::store::migrate::latest();
    match version {
        _ if version == latest => Ok(1),
        _ if (older..latest).contains(&version) => Ok(0),
        other => Err(format!("schema {other}")),
    }
}
