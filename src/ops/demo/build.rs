//! A made-up site from nothing, stage by stage, every step through [`Site::perform`] with a clock that is moved along.
use super::stage::Stage;
use super::steps::STEPS;
use crate::config::{Assets, Home};
use crate::model::{Code, FixedClock, Refusal, Stamp};
use crate::ops::upkeep::{Credential, first_pin, sign_on};
use crate::ops::{Error, Face, Result, Site, together};
use crate::policy::file::Adopted;
use crate::policy::{self};
use serde::Serialize;
use std::cell::Cell;
use std::rc::Rc;

pub const NOT_EMPTY: Code = Code("demo.home_not_empty");

/// Of those who sign together, once marks are settled. Until then nobody has a PIN.
pub const PIN: &str = "31415926";
/// Operators of a made-up site.
pub(super) const COORDINATOR: &str = "主管";
pub(super) const ADMIN: &str = "系统";
/// Signs the marks off.
pub(super) const SCORES: &str = "成绩";
/// Decides the second review for the issuer of the notice.
pub(super) const SECOND: &str = "复审";
pub(super) const PROCTORS: [&str; 2] = ["监考甲", "监考乙"];
pub(super) const TYPISTS: [&str; 3] = ["登分甲", "登分乙", "登分丙"];
pub(super) const REVIEWER: &str = "评审";
pub(super) const AUDITOR: &str = "督导";

/// What the coordinator says when two entries differ.
pub(super) const WHY_KEPT: &str = "与原卷核对，保留正确的一次";
pub(super) const WHY_RETURNED: &str = "请与原卷核对";

/// What the coordinator says where an expert signs by hand.
pub(super) const SIGNED_ON_PAPER: &str = "已在评审表上签名";

/// Where lists for the public hang.
pub(super) const NOTICE_BOARD: &str = "演示考点公告栏";

pub(super) const PANEL: &str = "综合评审一组";
/// Made-up experts, each of a place where no candidate works.
pub(super) const EXPERTS: [(&str, &str); 3] =
    [("孟德源", "演示职业技术学院"), ("白玉兰", "演示技师学院"), ("石志远", "演示行业协会")];

/// What to make.
#[derive(Debug, Clone)]
pub struct Plan {
    pub candidates: usize,
    pub seed: u64,
    /// Code of the policy, also the code of the batch.
    pub policy: String,
    pub stage: Stage,
    /// The account that the coordinator is bound to, so that the home can be opened again without a name.
    pub os_user: Option<String>,
}

/// What there is now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Built {
    pub candidates: usize,
    pub approved: usize,
    pub paid: usize,
    pub rooms: usize,
    pub seated: usize,
    pub present: usize,
    pub late: usize,
    /// Marked absent when the doors of the sessions were closed.
    pub absent: usize,
    /// Written marks, by how far they have come.
    pub settled: usize,
    pub differing: usize,
    pub sheets: usize,
    pub certificates: usize,
}

/// Makes the site in `home`, which must be empty or not there yet; signed on as the coordinator, clock fixed.
pub fn build(plan: &Plan, home: &Home) -> Result<(Site, Built)> {
    let folder = home.folder();
    if std::fs::read_dir(folder).is_ok_and(|mut inside| inside.next().is_some()) {
        return Err(Refusal::new(NOT_EMPTY).with("home", folder.display().to_string()).into());
    }
    let assets = Assets::new(Some(home.data()));
    let adopted = policy::load(&plan.policy, &|code| assets.read(&format!("policies/{code}.toml")))
        .map_err(|fault| Error::Policy(vec![fault]))?;
    home.create().map_err(Error::file(folder))?;
    let clock = Rc::new(Cell::new(Stamp(0)));
    let mut site = Site::create(&home.database(), assets, Box::new(FixedClock(clock.clone())))?;
    site.set_face(Face::Cli, "demo");
    let mut work = Build { site, plan, home, adopted, clock, made: Built::default() };
    for step in STEPS.iter().filter(|step| step.reaches <= plan.stage) {
        (step.run)(&mut work)?;
    }
    work.sign_on(COORDINATOR)?;
    work.site.set_witness(None);
    Ok((work.site, work.made))
}

/// A site being made.
pub(super) struct Build<'a> {
    pub site: Site,
    pub plan: &'a Plan,
    pub home: &'a Home,
    pub adopted: Adopted,
    clock: Rc<Cell<Stamp>>,
    pub made: Built,
}

impl Build<'_> {
    pub fn move_clock(&self, to: Stamp) {
        self.clock.set(to);
    }

    pub fn sign_on(&mut self, name: &str) -> Result<()> {
        sign_on(&mut self.site, &Credential::Named { name, pin: Some(PIN), os_user: None })
    }

    /// From now on the coordinator and the score manager sign together.
    pub fn sign_together(&mut self) -> Result<()> {
        for name in [COORDINATOR, SCORES, ADMIN] {
            first_pin(&self.site, name, PIN)?;
        }
        self.site.set_witness(Some(Box::new(|site, wanted| together::both(site, wanted, PIN, (SCORES, PIN)))));
        Ok(())
    }

    /// Seconds go by.
    pub fn pass(&self, seconds: i64) {
        self.clock.set(Stamp(self.clock.get().0.saturating_add(seconds * 1000)));
    }

    /// A time of day so many days after the day of the exam.
    pub fn after_exam(&self, days: i64, (hour, minute): (i64, i64)) -> Stamp {
        const DAY: i64 = 24 * 60;
        let exam = self.exam_begins().unwrap_or(Stamp(0));
        let midnight = exam.day().and_time(chrono::NaiveTime::MIN);
        Stamp::at(midnight).plus_minutes(days * DAY + hour * 60 + minute)
    }

    /// When the first session begins; a notice without a timetable has none.
    pub fn exam_begins(&self) -> Option<Stamp> {
        self.adopted.policy.sessions.iter().map(|s| s.starts()).min()
    }

    /// The second morning of a period of the notice, or so many days before the exam.
    pub fn morning(&self, periods: &[policy::windows::Window], days_before: i64) -> Stamp {
        const DAY: i64 = 24 * 60;
        let period = periods.first().map(|w| w.start.begins().plus_minutes(DAY + 9 * 60));
        period.or_else(|| self.exam_begins().map(|s| s.plus_minutes(-days_before * DAY))).unwrap_or(Stamp(0))
    }
}
