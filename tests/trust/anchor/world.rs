//! A small site in a folder, and what somebody with the folder in hand could do to it.
use crate::harness::second::{PIN, PlantPins, SECOND};
use crate::harness::{Desk, desk::MORNING};
use kaowu::config::Assets;
use kaowu::model::{FixedClock, Role, Stamp};
use kaowu::ops::together;
use kaowu::ops::upkeep::AddOperator;
use kaowu::ops::{Access, Actor, Site};
use std::path::PathBuf;

pub struct World {
    pub home: tempfile::TempDir,
}

impl World {
    /// With so many made-up people imported.
    pub fn with(people: usize) -> World {
        let world = World { home: tempfile::tempdir().unwrap() };
        let mut desk = Desk::in_file(&world.path("site.db"));
        desk.open_batch();
        desk.people(people);
        desk.site.perform(&PlantPins(vec!["coordinator".into()])).unwrap();
        world
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The site as the next process finds it, its coordinator signed on.
    pub fn open(&self) -> Site {
        let clock = Box::new(FixedClock::at(Stamp::parse(MORNING).unwrap()));
        let mut site = Site::open(&self.path("site.db"), Access::ReadWrite, Assets::default(), clock).unwrap();
        let all = kaowu::ops::upkeep::operators(&site).unwrap();
        let first = all.iter().find(|o| o.name == "coordinator").unwrap();
        site.set_actor(Actor { id: Some(first.id), name: first.name.clone(), roles: first.role_list() });
        site.choose_batch(None).unwrap();
        site.set_witness(Some(Box::new(|site, wanted| together::both(site, wanted, PIN, (SECOND, PIN)))));
        site
    }

    /// Keeps a copy of the database as it is now.
    pub fn copy(&self) -> Vec<u8> {
        // The last connection to close has carried the log over.
        assert!(!self.path("site.db-wal").exists());
        std::fs::read(self.path("site.db")).unwrap()
    }

    pub fn put_back(&self, copy: &[u8]) {
        std::fs::write(self.path("site.db"), copy).unwrap();
    }
}

/// One more operation.
pub fn add(site: &mut Site, name: &str) -> Option<i64> {
    try_add(site, name).unwrap()
}

pub fn try_add(site: &mut Site, name: &str) -> kaowu::ops::Result<Option<i64>> {
    let me = site.actor().clone();
    let all = kaowu::ops::upkeep::operators(site)?;
    let admin = all.iter().find(|o| o.role_list().contains(&Role::Admin)).unwrap();
    site.set_actor(Actor { id: Some(admin.id), name: admin.name.clone(), roles: admin.role_list() });
    let add = AddOperator { name: name.into(), roles: vec![Role::Proctor], os_user: None, unit: None, pin_hash: None };
    let done = site.perform(&add);
    site.set_actor(me);
    Ok(done?.op.map(|no| no.0))
}

/// Code of the refusal of a write.
pub fn refused(site: &mut Site) -> &'static str {
    try_add(site, "nobody").unwrap_err().refusal().unwrap().code.0
}
