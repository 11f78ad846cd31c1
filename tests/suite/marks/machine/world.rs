//! Two people, one who needs a review and one who does not; three typists, a coordinator, a score manager, a reviewer, an auditor.
use super::attack;
use super::bags::Bags;
use super::look::Eyes;
use super::settled::Settled;
use super::step::Step;
use crate::harness::Desk;
use kaowu::config::Assets;
use kaowu::model::entry::Slot;
use kaowu::model::{
    ApplicationId, FixedClock, Mark, MarkChangeId, OpNo, PanelId, Points, Role, SessionId, Stamp, Subject,
};
use kaowu::ops::applications::RecordFee;
use kaowu::ops::demo::people;
use kaowu::ops::entry::{Action, Save, Settle};
use kaowu::ops::history::{Undo, next_redo};
use kaowu::ops::marks::{AskChange, AskUnlock, DecideChange, DecideUnlock, Lock, Verdict, WithdrawChange};
use kaowu::ops::panel::{self, Begin, End, Reopen, Score, Seal, Sign};
use kaowu::ops::results::{self, Filter, Outcome};
use kaowu::ops::scripts::Draw;
use kaowu::ops::seating::Arrange;
use kaowu::ops::{Access, Actor, Operation, Site};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

pub const PEOPLE: [&str; 7] =
    ["typist-a", "typist-b", "typist-c", "coordinator", "score-manager", "reviewer", "auditor"];

pub type Key = (ApplicationId, Subject);

/// A mark as the row holds it: its kind and its points.
pub type Held = (String, Option<i64>);

pub struct World {
    pub site: Site,
    pub raw: Connection,
    pub actors: Vec<Actor>,
    pub keys: Vec<Key>,
    panel: PanelId,
    eyes: Eyes,
    pub settled: Settled,
    pub bags: Bags,
    /// Marks of locked sessions as they stood, or were changed by two since.
    locked: BTreeMap<Key, Held>,
    /// The newest change that was approved, by whom it was asked for and decided.
    agreed: Option<(Key, Held)>,
    opened: bool,
    _home: tempfile::TempDir,
}

/// What a world begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Plain,
    /// Two markers for each script, and a third where they lie more than 20 points apart.
    Markers,
    /// Script numbers are drawn before anybody types.
    Sealed,
}

/// The world before anybody types, made once and copied for every case.
fn template(kind: Kind) -> &'static PathBuf {
    static MADE: [OnceLock<PathBuf>; 3] = [const { OnceLock::new() }; 3];
    MADE[kind as usize].get_or_init(|| {
        let home = Box::leak(Box::new(tempfile::tempdir().unwrap()));
        let path = home.path().join("site.db");
        let mut desk = Desk::in_file(&path);
        match kind {
            Kind::Markers => super::super::open_with(&mut desk, "markers = { tolerance = 20 }"),
            Kind::Plain | Kind::Sealed => desk.open_batch(),
        }
        let codes = desk.site.codes().unwrap();
        let all = people::rows(&codes, 1, 60);
        let skilled = |row: &&people::Row| !row.iter().any(|cell| cell.contains("技师"));
        let technician = |row: &&people::Row| !skilled(row);
        let two = [all.iter().find(skilled).unwrap().clone(), all.iter().find(technician).unwrap().clone()];
        desk.sheet(&two);
        desk.reviewed();
        desk.does(&RecordFee::All);
        desk.does(&Arrange { seed: 1 });
        desk.does(&crate::panel::world::form(crate::panel::world::three()));
        if kind == Kind::Sealed {
            for session in SESSIONS {
                desk.does(&Draw { session, room: None, seed: 7 });
            }
        }
        drop(desk);
        let db = Connection::open(&path).unwrap();
        db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
        path
    })
}

/// Values whose digits stand nowhere else, so that each is known again wherever it is shown.
pub fn value(key: usize, value: usize) -> Mark {
    match value {
        3 => Mark::Absent,
        // 43.5, 63.5, 83.5 for the first mark, 45.5, 65.5, 85.5 for the next.
        n => Mark::Points(Points::new(4350 + i32::try_from(n * 2000 + key * 200).unwrap())),
    }
}

pub fn held(mark: Mark) -> Held {
    (mark.kind().to_owned(), mark.points().map(|p| i64::from(p.hundredths())))
}

pub const SESSIONS: [SessionId; 2] = [SessionId(1), SessionId(2)];

impl World {
    pub fn new(kind: Kind) -> World {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("site.db");
        std::fs::copy(template(kind), &path).unwrap();
        crate::harness::shell::marked(&path);
        let clock = FixedClock::at(Stamp::parse(crate::harness::desk::MORNING).unwrap());
        let mut site = Site::open(&path, Access::ReadWrite, Assets::default(), Box::new(clock)).unwrap();
        site.choose_batch(None).unwrap();
        let raw = Connection::open(&path).unwrap();
        let mut desk = Desk::of(site);
        let actors = PEOPLE.map(|name| desk.sign_on(name).site.actor().clone()).to_vec();
        let keys = [1, 2].map(ApplicationId).into_iter();
        let keys: Vec<_> = keys.flat_map(|a| [(a, Subject::Theory), (a, Subject::Practical)]).collect();
        let panel = panel::panels(&desk.site).unwrap()[0].id;
        let (settled, bags, locked) = (Settled::new(kind), Bags::default(), BTreeMap::new());
        let eyes = Eyes::new(&raw);
        let (agreed, opened) = (None, false);
        World { site: desk.site, raw, actors, keys, panel, eyes, settled, bags, locked, agreed, opened, _home: home }
    }

    pub fn operator(&self, who: usize) -> i64 {
        self.actors[who].id.unwrap().0
    }

    pub fn try_to<O: Operation>(&mut self, who: usize, op: &O) -> Option<O::Out> {
        self.site.set_actor(self.actors[who].clone());
        match self.site.perform(op) {
            Ok(done) => Some(done.out),
            Err(error) => {
                assert!(error.refusal().is_some(), "{} is no refusal: {error}", PEOPLE[who]);
                None
            }
        }
    }

    fn save(&mut self, who: usize, at: usize, n: usize) {
        let (application, subject) = self.keys[at];
        let mark = value(at, n);
        let before = self.live((application, subject));
        let was_locked = self.is_locked((application, subject));
        let op = Save { accepted: all_warnings(), ..Save::new(application, subject, mark) };
        let Some(saved) = self.try_to(who, &op) else { return };
        let me = self.operator(who);
        assert!(!was_locked, "typed into a locked session");
        // Whoever types beside somebody else's entry has never been able to read it.
        for (other, standing) in before.iter().filter(|(other, _)| *other != me) {
            let known = self.eyes.has_seen(who, (application, subject), standing);
            assert!(!known, "{} typed beside {other} and could have read {standing:?}", PEOPLE[who]);
        }
        self.not_against_a_claim((application, subject), me, saved.turn);
        self.settled.typed.entry((application, subject)).or_default().push((me, held(mark)));
    }

    pub fn take(&mut self, step: &Step) {
        (self.agreed, self.opened) = (None, false);
        match *step {
            Step::Save { who, key, value } => self.save(who, key, value),
            Step::SaveTwice { key, value } => {
                self.save(key % 3, key, value);
                self.save((key + 1) % 3, key, value);
            }
            Step::SaveThree { key, values } => (0..3).for_each(|n| self.save((key + n) % 3, key, values[n])),
            Step::Settle { who, key, how } => self.settle(who, key, how),
            Step::Claim { who, key, slot } => self.claim(who, self.keys[key], Slot::ALL[slot]),
            Step::Release { who, key, slot } => self.release(who, self.keys[key], Slot::ALL[slot]),
            Step::Draw { who, session } => {
                self.try_to(who, &Draw { session: SESSIONS[session], room: None, seed: 3 });
            }
            Step::AskOpen { who, session } => self.ask_open(who, SESSIONS[session]),
            Step::Open { who, session } => self.open_bags(who, session),
            Step::Undo { who, back } => self.undo(who, back),
            Step::Redo { who } => {
                self.site.set_actor(self.actors[who].clone());
                if let Ok(op) = next_redo(&self.site) {
                    self.try_to(who, &Undo { op, reason: "还是对的".into() });
                }
            }
            Step::Lock { who, session } => self.lock(who, session),
            Step::AskUnlock { who, session } => {
                self.try_to(who, &AskUnlock { session: SESSIONS[session], reason: "锁错".into() });
            }
            Step::DecideUnlock { who, session, yes } => self.open(who, session, yes),
            Step::Ask { who, key, value: n } => {
                let ((application, subject), mark) = (self.keys[key], value(key, n));
                self.try_to(who, &AskChange { application, subject, mark, reason: "复核".into() });
            }
            Step::Decide { who, yes } => self.decide(who, yes),
            Step::Withdraw { who } => {
                if let Some((change, ..)) = self.waiting() {
                    self.try_to(who, &WithdrawChange { change });
                }
            }
            Step::Score { who, member, points } => {
                let view = panel::show(&self.site, self.panel).unwrap();
                let (member, application) = (view.members[member].id, view.candidates[0].application);
                self.try_to(who, &Score::total(member, application, Points::whole(points)));
            }
            Step::Judge { points } => self.judge(points),
            Step::Seal { who } => {
                self.try_to(who, &Seal { panel: self.panel });
            }
            Step::Reopen { who } => {
                self.try_to(who, &Reopen { panel: self.panel, reason: "重评".into() });
            }
        }
    }

    fn settle(&mut self, who: usize, at: usize, how: usize) {
        let (application, subject) = self.keys[at];
        let action = match how {
            0 => Action::Keep(Slot::First),
            1 => Action::Keep(Slot::Second),
            2 => Action::SendBack(Slot::First),
            3 => Action::SendBack(Slot::Second),
            4 => Action::Arbitrate(value(at, 1)),
            _ => Action::DiscardBoth,
        };
        let before = self.live((application, subject));
        let settled = self.try_to(who, &Settle { application, subject, action, reason: "核对".into() });
        if settled.is_some() {
            let me = self.operator(who);
            assert!(before.iter().all(|(other, _)| *other != me), "settled by one of its typists");
            if let Action::Arbitrate(mark) = action {
                self.settled.arbitrated.insert((application, subject), held(mark));
            }
        }
    }

    /// Sheets of every member of the panel for everybody, and their hands; the chair's last.
    fn judge(&mut self, points: i32) {
        let (coordinator, reviewer, panel) = (3, 5, self.panel);
        let view = panel::show(&self.site, panel).unwrap();
        for application in view.candidates.iter().map(|c| c.application) {
            self.try_to(coordinator, &Begin { panel, application });
            self.try_to(coordinator, &End { panel, application, reason: Some("材料审阅方式".into()) });
            for member in &view.members {
                self.try_to(reviewer, &Score::total(member.id, application, Points::whole(points)));
            }
        }
        let mut members = view.members;
        members.sort_by_key(|m| m.chair);
        for member in members {
            self.site.set_actor(self.actors[coordinator].clone());
            let proof = panel::on_paper(&self.site, member.id).unwrap();
            self.try_to(coordinator, &Sign { proof, reason: Some("评审表原件".into()) });
        }
        self.try_to(coordinator, &Seal { panel });
    }

    fn undo(&mut self, who: usize, back: usize) {
        let newest: i64 = self.raw.query_row("SELECT max(id) FROM operation", [], |r| r.get(0)).unwrap();
        let op = newest - i64::try_from(back).unwrap();
        if op > self.eyes.from {
            self.try_to(who, &Undo { op: OpNo(op), reason: "打错了".into() });
        }
    }

    fn lock(&mut self, who: usize, session: usize) {
        if self.try_to(who, &Lock { session: SESSIONS[session] }).is_some() {
            assert!(self.actors[who].has(Role::ScoreManager));
            for key in self.of(session) {
                let mark = self.mark(key).expect("locked without a mark");
                self.locked.insert(key, mark);
            }
        }
    }

    fn open(&mut self, who: usize, session: usize, yes: bool) {
        let asked = "SELECT asked_by FROM mark_lock WHERE session = ?1";
        let asked: Option<i64> = self.raw.query_row(asked, [SESSIONS[session].0], |r| r.get(0)).ok().flatten();
        let verdict = if yes { Verdict::Approve } else { Verdict::Refuse };
        let op = DecideUnlock { session: SESSIONS[session], verdict, note: "不必".into() };
        if let Some(done) = self.try_to(who, &op) {
            assert!(asked.is_some_and(|asker| asker != self.operator(who)), "opened by one person");
            if done.open {
                self.of(session).iter().for_each(|key| drop(self.locked.remove(key)));
            }
        }
    }

    fn decide(&mut self, who: usize, yes: bool) {
        let Some((change, asker, key, new)) = self.waiting() else { return };
        let verdict = if yes { Verdict::Approve } else { Verdict::Refuse };
        let done = self.try_to(who, &DecideChange { change, verdict, note: "已核".into() });
        if done.is_some_and(|d| d.done.is_some()) {
            assert_ne!(asker, self.operator(who), "a locked mark changed by one person");
            assert!(self.actors[who].has(Role::ScoreManager));
            self.locked.insert(key, new.clone());
            self.agreed = Some((key, new));
        }
    }

    /// After every step.
    pub fn holds(&mut self, step: &Step) {
        self.settled_by_two();
        self.review_by_its_panel();
        self.bags_stay_sealed(step);
        self.locked_stay(step);
        self.passes_are_whole();
        let numbers: Vec<_> = self.keys.iter().map(|key| self.sealed(*key)).collect();
        self.eyes.look(&mut self.site, &self.raw, (&self.actors, &self.keys, &numbers));
    }

    /// After the last one.
    pub fn ends(&mut self) {
        attack::all_fail(self);
        assert_eq!(kaowu::ops::history::verify(&self.site).unwrap().broken_at, None);
    }

    /// Whether two people agreed on this value after the lock.
    pub fn changed(&self, (application, subject): Key, mark: &Held) -> bool {
        let sql = "SELECT count(*) FROM mark_change WHERE application = ?1 AND subject = ?2 AND state = 'approved' \
             AND new_mark = ?3 AND new_points IS ?4 AND decided_by <> asked_by";
        let n: i64 = self.raw.query_row(sql, (application.0, subject.code(), &mark.0, mark.1), |r| r.get(0)).unwrap();
        n > 0
    }

    fn locked_stay(&self, step: &Step) {
        for (key, before) in &self.locked {
            let now = self.mark(*key);
            assert_eq!(now.as_ref(), Some(before), "{step:?} changed a locked mark {:?}", self.agreed);
            assert!(self.is_locked(*key), "{step:?} freed a locked mark");
        }
    }

    /// Nobody passes with a part below 60 or without a mark.
    fn passes_are_whole(&self) {
        for row in results::outcomes(&self.site, &Filter::default()).unwrap() {
            let parts: &[Subject] = if row.level.is_technician() { &Subject::ALL } else { &Subject::ALL[..2] };
            let enough = |part: &Subject| {
                self.mark((row.application, *part)).is_some_and(|m| m.1.is_some_and(|points| points >= 6000))
            };
            // Nobody is told the outcome of whose script lies in a sealed bag.
            let all = parts.iter().all(enough) && parts.iter().all(|p| self.sealed((row.application, *p)).is_none());
            assert_eq!(row.outcome == Outcome::Passed, all, "{row:?}");
        }
    }

    pub fn mark(&self, (application, subject): Key) -> Option<Held> {
        let sql = "SELECT mark, points FROM mark WHERE application = ?1 AND subject = ?2";
        self.raw.query_row(sql, (application.0, subject.code()), |r| Ok((r.get(0)?, r.get(1)?))).ok()
    }

    /// Entries that stand: who typed them and what.
    pub fn live(&self, key: Key) -> Vec<(i64, Held)> {
        super::look::live(&self.raw, key)
    }

    pub fn of(&self, session: usize) -> Vec<Key> {
        let subject = [Subject::Theory, Subject::Practical][session];
        self.keys.iter().copied().filter(|(_, s)| *s == subject).collect()
    }

    pub fn is_locked(&self, (_, subject): Key) -> bool {
        let sql = "SELECT count(*) FROM mark_lock l JOIN session s ON s.id = l.session WHERE s.subject = ?1";
        let n: i64 = self.raw.query_row(sql, [subject.code()], |r| r.get(0)).unwrap();
        n > 0
    }

    /// A change that waits: its number, who asked, and for what.
    fn waiting(&self) -> Option<(MarkChangeId, i64, Key, Held)> {
        let sql =
            "SELECT id, asked_by, application, subject, new_mark, new_points FROM mark_change WHERE state = 'asked'";
        self.raw
            .query_row(sql, [], |r| {
                let subject = Subject::parse(&r.get::<_, String>(3)?).unwrap();
                let key = (ApplicationId(r.get(2)?), subject);
                Ok((MarkChangeId(r.get(0)?), r.get(1)?, key, (r.get(4)?, r.get(5)?)))
            })
            .ok()
    }
}

fn all_warnings() -> Vec<kaowu::model::Code> {
    ["mark.low", "mark.full", "mark.was_absent", "mark.was_present", "mark.not_checked_in"]
        .map(kaowu::model::Code)
        .to_vec()
}
