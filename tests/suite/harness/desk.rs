//! The world builder: a site in memory with operators, a batch, people, seats; every step through the one door.
use super::second::witness;
use kaowu::config::Assets;
use kaowu::model::{ApplicationId, Clock, FixedClock, ReviewStep, Role, Stamp};
use kaowu::ops::applications::RecordFee;
use kaowu::ops::demo::{self, people};
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
    /// a reviewer, an auditor and an administrator (`admin`); signed on as the coordinator. See [`Desk::sign_on`] for `score-manager`.
    pub fn new() -> Desk {
        Desk::over(Site::in_memory)
    }

    /// The same in a file, for tests that look into the database itself.
    pub fn in_file(path: &Path) -> Desk {
        Desk::over(|assets, clock| Site::create(path, assets, clock))
    }

    /// With a data folder of the site's own.
    pub fn with_assets(assets: Assets) -> Desk {
        Desk::over(|_, clock| Site::in_memory(assets, clock))
    }

    /// The site of another organisation: its name and the prefix of its certificates.
    pub fn of_organisation(name: &str, prefix: &str) -> Desk {
        Desk::made((name, prefix), Site::in_memory)
    }

    fn over(open: impl FnOnce(Assets, Box<dyn Clock>) -> Result<Site>) -> Desk {
        Desk::made(("测试考点", "S000015000001"), open)
    }

    fn made((name, prefix): (&str, &str), open: impl FnOnce(Assets, Box<dyn Clock>) -> Result<Site>) -> Desk {
        let clock = Rc::new(Cell::new(Stamp::parse(MORNING).unwrap()));
        let mut site = open(Assets::default(), Box::new(FixedClock(clock.clone()))).unwrap();
        site.set_actor(Actor { id: None, name: "setup".into(), roles: vec![] });
        let init = Init {
            code: "01".into(),
            name: name.into(),
            region: Some("150600".into()),
            organisation: Some(prefix.into()),
            operator: "coordinator".into(),
            admin: "admin".into(),
            os_user: None,
            admin_pin: None,
            pins: kaowu::ops::Pins::Optional,
        };
        site.perform(&init).unwrap();
        site.set_witness(Some(witness()));
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
            desk.does(&AddOperator { name: name.into(), roles: vec![role], os_user: None, unit: None, pin_hash: None });
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
        self.open_batch_of("nmg-2023");
    }

    /// A batch named like its policy, which is one of the shipped ones.
    pub fn open_batch_of(&mut self, code: &str) {
        let assets = Assets::default();
        let policy = kaowu::policy::file::load(code, &|c| assets.read(&format!("policies/{c}.toml"))).unwrap();
        self.does(&batch::Open { code: code.into(), name: "2023".into(), policy });
        self.site.choose_batch(None).unwrap();
    }

    /// Everybody stamped and passed in both reviews; signed on as before.
    pub fn reviewed(&mut self) -> &mut Desk {
        review_everybody(&mut self.site);
        self
    }

    /// With so many made-up people imported, reviewed, paid and seated.
    pub fn seated(people: usize) -> Desk {
        let mut desk = Desk::with_batch();
        desk.people(people);
        desk.reviewed();
        desk.does(&RecordFee::All);
        desk.does(&Arrange { seed: 1 });
        desk
    }

    /// A site that was made otherwise.
    pub fn of(mut site: Site) -> Desk {
        site.set_witness(Some(witness()));
        Desk { site, clock: Rc::new(Cell::new(Stamp::parse(MORNING).unwrap())) }
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
        self.sheet_with(rows, &Assets::default());
    }

    /// The same with a data folder of the site's own.
    pub fn sheet_with(&mut self, rows: &[people::Row], assets: &Assets) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        writeln!(file, "{}", people::HEADINGS.join(",")).unwrap();
        for row in rows {
            writeln!(file, "{}", row.join(",")).unwrap();
        }
        file.flush().unwrap();
        let source = Source { path: file.path().to_owned(), name: "sheet.csv".into(), ..Source::default() };
        self.does(&Import { source: &source, mode: Mode::Strict, assets, refusals: None });
    }

    /// `score-manager`, also with something after it, is added when first signed on.
    pub fn sign_on(&mut self, name: &str) -> &mut Desk {
        if name.starts_with("score-manager") {
            known(&mut self.site, name, Role::ScoreManager);
        }
        let named = |pin| Credential::Named { name, pin, os_user: None };
        // In a made-up site some have a PIN.
        if sign_on(&mut self.site, &named(None)).is_err() {
            sign_on(&mut self.site, &named(Some(demo::PIN))).unwrap();
        }
        self
    }

    /// From now on nobody signs for a second person by themselves.
    pub fn alone(&mut self) -> &mut Desk {
        self.site.set_witness(None);
        self
    }

    /// The same by value.
    pub fn signed(mut self, name: &str) -> Desk {
        self.sign_on(name);
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

    /// What a coordinator of these tests has others do: some duties are the administrator's to give, locks the score
    /// manager's to make.
    pub fn try_to<O: Operation>(&mut self, op: &O) -> Result<Done<O::Out>> {
        let done = self.site.perform(op);
        let me = self.site.actor().clone();
        let code = done.as_ref().err().and_then(|error| error.refusal()).map(|refusal| refusal.code.0);
        match (O::KIND, code) {
            (_, Some("operator.by_admin")) => administrator(&mut self.site),
            ("operator.bind" | "operator.unbind", Some("duty.role_needed")) if me.has(Role::Coordinator) => {
                administrator(&mut self.site);
            }
            ("marks.lock", Some("duty.role_needed")) if me.has(Role::Coordinator) => {
                self.sign_on("score-manager");
            }
            _ => return done,
        }
        let done = self.site.perform(op);
        self.site.set_actor(me);
        done
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

/// Everybody stamped and passed in both reviews, the second time by `approver`, who acts for another organisation.
pub fn review_everybody(site: &mut Site) {
    let me = site.actor().clone();
    let known = kaowu::ops::upkeep::operators(site).unwrap().iter().any(|o| o.name == "approver");
    if !known {
        let (name, unit) = ("approver".into(), Some("就促会".into()));
        administrator(site);
        site.perform(&AddOperator { name, roles: vec![Role::Coordinator], os_user: None, unit, pin_hash: None })
            .unwrap();
        site.set_actor(me.clone());
    }
    demo::stamp_everybody(site).unwrap();
    demo::pass_everybody(site, ReviewStep::First).unwrap();
    sign_on(site, &Credential::Named { name: "approver", pin: None, os_user: None }).unwrap();
    demo::pass_everybody(site, ReviewStep::Second).unwrap();
    site.set_actor(me);
}

/// The first administrator signs on.
pub fn administrator(site: &mut Site) {
    let all = kaowu::ops::upkeep::operators(site).unwrap();
    let one = all.iter().find(|o| o.role_list().contains(&Role::Admin)).unwrap();
    site.set_actor(Actor { id: Some(one.id), name: one.name.clone(), roles: one.role_list() });
}

/// Somebody with this role, added if need be; signed on as before.
pub fn known(site: &mut Site, name: &str, role: Role) {
    if kaowu::ops::upkeep::operators(site).unwrap().iter().any(|o| o.name == name) {
        return;
    }
    let me = site.actor().clone();
    administrator(site);
    let one = AddOperator { name: name.into(), roles: vec![role], os_user: None, unit: None, pin_hash: None };
    site.perform(&one).unwrap();
    site.set_actor(me);
}
