//! A made-up batch that went all the way, closed and sealed, in a home of its own.
use kaowu::config::{Assets, Home};
use kaowu::model::{Code, FixedClock, Role, Stamp};
use kaowu::ops::archive::{Prepared, Wishes, prepare};
use kaowu::ops::batch::CloseAnyway;
use kaowu::ops::demo::{Plan, Stage, build};
use kaowu::ops::upkeep::{AddOperator, Credential, sign_on};
use kaowu::ops::{Access, Operation, Result, Site};
use rusqlite::Connection;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

pub struct World {
    pub home: tempfile::TempDir,
    pub site: Site,
    clock: Rc<Cell<Stamp>>,
    pub batch: String,
}

impl World {
    /// Certified, and still open; signed on as the first of two coordinators.
    pub fn certified() -> World {
        World::at(Stage::Certified)
    }

    pub fn at(stage: Stage) -> World {
        let home = tempfile::tempdir().unwrap();
        let plan = Plan { candidates: 40, seed: 1, policy: "nmg-2023".into(), stage, os_user: None };
        let (mut made, _) = build(&plan, &Home::at(home.path().to_owned())).unwrap();
        let (batch, now) = (made.batch().unwrap().code, made.now());
        crate::harness::desk::administrator(&mut made);
        made.set_witness(Some(crate::harness::second::witness()));
        for name in ["甲主管", "乙主管"] {
            let op = AddOperator {
                name: name.into(),
                roles: vec![Role::Coordinator],
                os_user: None,
                unit: None,
                pin_hash: None,
            };
            made.perform(&op).unwrap();
        }
        drop(made);
        let clock = Rc::new(Cell::new(now));
        let fixed = Box::new(FixedClock(clock.clone()));
        let path = home.path().join("site.db");
        let mut site = Site::open(&path, Access::ReadWrite, Assets::default(), fixed).unwrap();
        site.choose_batch(Some(&batch)).unwrap();
        site.set_witness(Some(crate::harness::second::witness()));
        let mut world = World { home, site, clock, batch };
        world.sign_on("甲主管");
        world
    }

    pub fn closed() -> World {
        let mut world = World::certified();
        world.does(&CloseAnyway { reason: "年度归档".into() });
        world
    }

    pub fn sign_on(&mut self, name: &str) {
        sign_on(&mut self.site, &Credential::Named { name, pin: None, os_user: None }).unwrap();
    }

    pub fn on(&mut self, day: &str) {
        self.clock.set(Stamp::parse(&format!("{day}T09:00:00+08:00")).unwrap());
    }

    pub fn does<O: Operation>(&mut self, op: &O) -> O::Out {
        self.site.perform(op).unwrap().out
    }

    pub fn refused<O: Operation>(&mut self, op: &O) -> Code
    where
        O::Out: std::fmt::Debug,
    {
        let error = self.site.perform(op).unwrap_err();
        error.refusal().unwrap_or_else(|| panic!("not a refusal: {error}")).code
    }

    pub fn target(&self) -> PathBuf {
        self.home.path().join("sealed")
    }

    pub fn wishes() -> Wishes {
        Wishes {
            keeper: "钱保管".into(), place: "二楼档案室".into(), accepted: Some("纸质材料另存".into())
        }
    }

    pub fn prepared(&self) -> Result<Prepared> {
        prepare(&self.site, &self.target(), &World::wishes(), &|key| key.to_owned())
    }

    /// Sealed; gives the seal.
    pub fn seal(&mut self) -> String {
        let prepared = self.prepared().unwrap();
        prepared.finish(&mut self.site).unwrap().1
    }

    pub fn db(&self) -> Connection {
        Connection::open(self.home.path().join("site.db")).unwrap()
    }

    /// Name and identity number of everybody.
    pub fn people(&self) -> Vec<(String, String)> {
        let db = self.db();
        let mut statement = db.prepare("SELECT name, id_number FROM application").unwrap();
        let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
        rows.map(|row| row.unwrap()).collect()
    }
}

/// Every file below a folder.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut left = vec![folder.to_owned()];
    while let Some(next) = left.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

pub fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}
