//! Made-up sites and sheets in a temporary folder, and workers.
use kaowu::config::{Assets, Home};
use kaowu::model::{FixedClock, OperatorId, Role, Stamp};
use kaowu::ops::applications::RecordFee;
use kaowu::ops::demo::people;
use kaowu::ops::seating::Arrange;
use kaowu::ops::upkeep::Init;
use kaowu::ops::{Access, Actor, Site, batch};
use kaowu::policy;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub const POLICY: &str = "nmg-2023";
/// The door of the first session is open.
pub const CLOCK: &str = "2023-10-15T08:10:00+08:00";

pub fn folder() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("kaowu-speed-").tempdir().unwrap()
}

/// A sheet of made-up people, seed 1; the first of them is person `skip`.
pub fn sheet(folder: &Path, skip: usize, rows: usize) -> PathBuf {
    let path = folder.join(format!("sheet-{skip}-{rows}.csv"));
    if path.exists() {
        return path;
    }
    let codes = kaowu::bundle::codes::Codes::load(&|name| Assets::default().read(&format!("codes/{name}"))).unwrap();
    let mut out = BufWriter::new(std::fs::File::create(&path).unwrap());
    writeln!(out, "{}", people::HEADINGS.join(",")).unwrap();
    for row in people::stream(&codes, 1, skip + rows).skip(skip) {
        writeln!(out, "{}", row.join(",")).unwrap();
    }
    out.into_inner().unwrap().sync_all().unwrap();
    path
}

pub fn database(home: &Path) -> PathBuf {
    Home::at(home.to_owned()).database()
}

/// A new site with open batches of these codes and nobody in them.
pub fn empty_site(home: &Path, batches: &[&str]) {
    let home = Home::at(home.to_owned());
    home.create().unwrap();
    let clock = Box::new(FixedClock::at(Stamp::parse(CLOCK).unwrap()));
    let mut site = Site::create(&home.database(), Assets::default(), clock).unwrap();
    site.set_actor(boss());
    let init = Init {
        code: "01".into(),
        name: "bench".into(),
        region: Some("150600".into()),
        organisation: None,
        operator: "bench".into(),
        admin: "admin".into(),
        os_user: None,
        admin_pin: None,
        pins: kaowu::ops::Pins::Optional,
    };
    site.perform(&init).unwrap();
    batches.iter().for_each(|code| open_batch(&mut site, code));
}

/// Under the policy with room numbers of four places, because the notice's own ticket has room for 99 rooms only, and
/// without reviews, which are measured by themselves.
pub fn open_batch(site: &mut Site, code: &str) {
    let assets = Assets::default();
    let wide = "inherits = \"whole\"\n[notice]\ncode = \"nmg-2023\"\n[reviews]\nsteps = []\n\
                [ticket]\ntemplate = \"{yy}{region:4}{site:2}{session:2}{room:4}{seat:2}\"\n";
    let lookup = |c: &str| match c {
        POLICY => Some(wide.to_owned()),
        "whole" => assets.read(&format!("policies/{POLICY}.toml")),
        other => assets.read(&format!("policies/{other}.toml")),
    };
    let policy = policy::load(POLICY, &lookup).unwrap();
    site.perform(&batch::Open { code: code.into(), name: code.into(), policy }).unwrap();
}

/// The first operator, who may do here whatever belongs to a batch.
pub fn boss() -> Actor {
    let roles = Role::ALL.into_iter().filter(|role| ![Role::Admin, Role::Auditor].contains(role)).collect();
    Actor { id: Some(OperatorId(1)), name: "bench".into(), roles }
}

/// A site with people, fees, rooms, seats and tickets.
pub fn seated_site(home: &Path, candidates: usize) {
    empty_site(home, &[POLICY]);
    let sheet = sheet(home, 0, candidates);
    crate::import::worker_import(&[sheet, home.to_owned()].map(|p| p.to_str().unwrap().to_owned()));
    let mut site = open(home, None);
    site.perform_bulk(&RecordFee::All).unwrap();
    site.perform_bulk(&Arrange { seed: 1 }).unwrap();
}

/// The site at `home` with everything allowed and the clock at the open door.
pub fn open(home: &Path, batch: Option<&str>) -> Site {
    let clock = Box::new(FixedClock::at(Stamp::parse(CLOCK).unwrap()));
    let mut site = Site::open(&database(home), Access::ReadWrite, Assets::default(), clock).unwrap();
    site.set_actor(boss());
    site.choose_batch(batch).unwrap();
    site
}

/// What a terminal has read long before somebody stands at the door: the policy and the tables of codes.
pub fn warm(site: &Site) {
    site.codes().unwrap();
    site.policy().unwrap();
}

/// A fresh copy of a site whose processes have all ended.
pub fn copy_site(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for ending in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(to.join(format!("site.db{ending}")));
    }
    std::fs::copy(database(from), database(to)).unwrap();
}

/// This program again, as a worker that answers on its standard output.
pub fn worker(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg("--worker").args(args).stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

/// Numbers that a finished worker printed.
pub fn answer(mut command: Command) -> Vec<f64> {
    let out = command.output().unwrap();
    assert!(out.status.success(), "worker failed");
    numbers(&out.stdout)
}

pub fn numbers(out: &[u8]) -> Vec<f64> {
    String::from_utf8_lossy(out).split_whitespace().map(|n| n.parse().unwrap()).collect()
}
