//! The world builder: a site in memory with operators, a batch, people, seats; every step through the one door.
use kaowu::config::Assets;
use kaowu::model::{ApplicationId, Clock, FixedClock, Role, Stamp};
use kaowu::ops::applications::RecordFee;
use kaowu::ops::demo::people;
use kaowu::ops::exchange::{Import, Mode, Source};
use kaowu::ops::seating::Arrange;
use kaowu::ops::upkeep::{AddOperator, Credential, Init, sign_on};
use kaowu::ops::{Actor, Done, Operation, Result, Site, batch, search};
use std::cell::Cell;
use std::io::Write;
use std::path::Path;
use std::rc::Rc;

pub struct Desk {
    pub site: Site,
    clock: Rc<Cell<Stamp>>,
}

/// 2023-10-15 08:10, the door of the theory session open.
pub const MORNING: &str = "2023-10-15T08:10:00+08:00";

impl Desk {
    /// A site with one coordinator (`coordinator`), a proctor (`proctor`), typists (`typist-a`, `typist-b`, `typist-c`),
    /// a reviewer and an auditor; signed on as the coordinator.
    pub fn new() -> Desk {
        Desk::over(Site::in_memory)
    }

    /// The same in a file, for tests that look into the database itself.
    pub fn in_file(path: &Path) -> Desk {
        Desk::over(|assets, clock| Site::create(path, assets, clock))
    }

    fn over(open: impl FnOnce(Assets, Box<dyn Clock>) -> Result<Site>) -> Desk {
        let clock = Rc::new(Cell::new(Stamp::parse(MORNING).unwrap()));
        let mut site = open(Assets::default(), Box::new(FixedClock(clock.clone()))).unwrap();
        site.set_actor(Actor { id: None, name: "setup".into(), roles: vec![] });
        let init = Init {
            code: "01".into(),
            name: "测试考点".into(),
            region: Some("150600".into()),
            organisation: Some("S000015000001".into()),
            operator: "coordinator".into(),
            os_user: None,
        };
        site.perform(&init).unwrap();
        let mut desk = Desk { site, clock };
        desk.sign_on("coordinator");
        for (name, role) in [
            ("proctor", Role::Proctor),
            ("typist-a", Role::Typist),
            ("typist-b", Role::Typist),
            ("typist-c", Role::Typist),
            ("reviewer", Role::Reviewer),
            ("auditor", Role::Auditor),
        ] {
            desk.does(&AddOperator { name: name.into(), roles: vec![role], os_user: None, pin_hash: None });
        }
        desk
    }

    /// With the batch `nmg-2023` open.
    pub fn with_batch() -> Desk {
        let mut desk = Desk::new();
        desk.open_batch();
        desk
    }

    pub fn open_batch(&mut self) {
        let assets = Assets::default();
        let policy = kaowu::policy::file::load("nmg-2023", &|c| assets.read(&format!("policies/{c}.toml"))).unwrap();
        self.does(&batch::Open { code: "nmg-2023".into(), name: "2023".into(), policy });
        self.site.choose_batch(None).unwrap();
    }

    /// With so many made-up people imported, paid and seated.
    pub fn seated(people: usize) -> Desk {
        let mut desk = Desk::with_batch();
        desk.people(people);
        desk.does(&RecordFee::All);
        desk.does(&Arrange { seed: 1 });
        desk
    }

    /// The site of a screen that is done, to sign somebody else on.
    pub fn after(screen: super::Screen) -> Desk {
        Desk { site: screen.app.site, clock: Rc::new(Cell::new(Stamp::parse(MORNING).unwrap())) }
    }

    /// Imports made-up people: always the same for the same count.
    pub fn people(&mut self, count: usize) {
        let codes = self.site.codes().unwrap();
        self.sheet(&people::rows(&codes, 1, count));
    }

    /// Imports rows of the 33-column sheet.
    pub fn sheet(&mut self, rows: &[people::Row]) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        writeln!(file, "{}", people::HEADINGS.join(",")).unwrap();
        for row in rows {
            writeln!(file, "{}", row.join(",")).unwrap();
        }
        file.flush().unwrap();
        let source = Source { path: file.path().to_owned(), name: "sheet.csv".into(), ..Source::default() };
        let assets = Assets::default();
        self.does(&Import { source: &source, mode: Mode::Strict, assets: &assets, refusals: None });
    }

    pub fn sign_on(&mut self, name: &str) -> &mut Desk {
        sign_on(&mut self.site, &Credential::Named { name, pin: None, os_user: None }).unwrap();
        self
    }

    /// Sets the clock to a time of day on the exam day: `at("08:45")`.
    pub fn at(&mut self, clock: &str) -> &mut Desk {
        self.clock.set(Stamp::parse(&format!("2023-10-15T{clock}:00+08:00")).unwrap());
        self
    }

    /// The clock, to move it after the site has gone into a screen.
    pub fn clock(&self) -> Rc<Cell<Stamp>> {
        self.clock.clone()
    }

    pub fn does<O: Operation>(&mut self, op: &O) -> O::Out {
        self.try_to(op).unwrap().out
    }

    pub fn try_to<O: Operation>(&mut self, op: &O) -> Result<Done<O::Out>> {
        self.site.perform(op)
    }

    /// The code of the refusal that an operation gets.
    pub fn refused<O: Operation>(&mut self, op: &O) -> &'static str
    where
        O::Out: std::fmt::Debug,
    {
        let error = self.try_to(op).unwrap_err();
        error.refusal().unwrap_or_else(|| panic!("not a refusal: {error}")).code.0
    }

    /// The only person that a search finds.
    pub fn find(&self, text: &str) -> ApplicationId {
        let found = search::find(&self.site, text).unwrap();
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found[0]
    }
}
