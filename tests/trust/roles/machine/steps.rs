//! What somebody may try. Most of it is refused: a step knows neither the rules nor the state of things.
use super::facts::{self, Facts, none, not_whoever, only_whoever};
use super::reads;
use super::world::{PEOPLE, World};
use kaowu::model::RoomId;
use kaowu::model::{
    ApplicationId, CertificateId, Mark, MarkChangeId, OpNo, Points, RecheckScope, Role, SessionId, Subject,
};
use kaowu::ops::RoomRow;
use kaowu::ops::applications::{self, RecordFee};
use kaowu::ops::archive::{AskErasure, Erase, WithdrawErasure};
use kaowu::ops::batch::CloseAnyway;
use kaowu::ops::certificates::{Number, Revoke};
use kaowu::ops::checkin::{Admit, Cancel};
use kaowu::ops::complaints;
use kaowu::ops::entry::{Action, Claim, Save, Settle, Slot};
use kaowu::ops::exchange::Export;
use kaowu::ops::history::Undo;
use kaowu::ops::marks::{
    AskChange, AskUnlock, DecideChange, DecideUnlock, Lock, Verdict, WithdrawChange, WithdrawUnlock,
};
use kaowu::ops::milestones::AddTask;
use kaowu::ops::publicity::{self, Decide, Finalise, Finding, Object, Publish, Query, Recheck, Said, TakeBack};
use kaowu::ops::results::{Answer, AnswerAudit, AskAudit, Compute};
use kaowu::ops::scripts;
use kaowu::ops::seating::Arrange;
use kaowu::ops::tickets;
use kaowu::ops::upkeep::{AddOperator, DisableOperator};

type Step = fn(&mut World);

/// With its weight.
const STEPS: &[(usize, Step)] = &[
    (14, save),
    (8, both_type),
    (6, settle),
    (2, claim),
    (6, lock),
    (3, unlock),
    (8, change),
    (6, compute),
    (4, audit),
    (6, publish),
    (6, said),
    (3, number),
    (2, revoke),
    (3, operators),
    (6, undo),
    (4, door),
    (3, intake),
    (2, bags),
    (2, erasure),
    (3, told),
    (3, complain),
    (4, later),
    (8, reads::read),
];

impl World {
    pub fn step(&mut self) {
        let all: usize = STEPS.iter().map(|(weight, _)| weight).sum();
        let mut at = self.below(all);
        for (weight, step) in STEPS {
            if at < *weight {
                return step(self);
            }
            at -= weight;
        }
    }

    fn person(&mut self) -> ApplicationId {
        ApplicationId(i64::try_from(self.below(usize::try_from(PEOPLE).unwrap())).unwrap() + 1)
    }

    fn session(&mut self) -> SessionId {
        SessionId(i64::try_from(self.below(2)).unwrap() + 1)
    }

    fn part(&mut self) -> Subject {
        [Subject::Theory, Subject::Practical][self.below(2)]
    }

    fn mark(&mut self) -> Mark {
        Mark::Points(Points::whole([61, 62, 75][self.below(3)]))
    }

    fn coin(&mut self) -> bool {
        self.below(2) == 0
    }

    fn verdict(&mut self) -> Verdict {
        if self.coin() { Verdict::Approve } else { Verdict::Refuse }
    }
}

/// In a session that is locked nobody types or settles.
fn not_locked(facts: &Facts<'_>, of: (ApplicationId, Subject)) -> Option<&'static str> {
    let sql = format!("SELECT 1 FROM locked_mark WHERE application = {} AND subject = '{}'", of.0, of.1.code());
    facts.number(&sql).map(|_| "wrote in a locked session")
}

fn save(world: &mut World) {
    let (who, part, mark) = (world.person(), world.part(), world.mark());
    world.tries(&Save::new(who, part, mark), &|facts| not_locked(facts, (who, part)));
}

/// Two typists type the same for nearly everybody, or nothing would ever be locked.
fn both_type(world: &mut World) {
    let typists: Vec<_> =
        (0..world.actors.len()).filter(|who| world.actors[*who].roles.contains(&Role::Typist)).collect();
    if typists.len() < 2 {
        return;
    }
    let first = world.below(typists.len());
    for n in 1..=PEOPLE {
        let (who, mark) = (ApplicationId(n), world.mark());
        for part in [Subject::Theory, Subject::Practical] {
            // Now and then they differ, for somebody to settle.
            let other = if world.below(8) == 0 { world.mark() } else { mark };
            for (shift, mark) in [(0, mark), (1, other)] {
                let typist = typists[(first + shift) % typists.len()];
                world.does(typist, &Save::new(who, part, mark), &|facts| not_locked(facts, (who, part)));
            }
        }
    }
}

fn settle(world: &mut World) {
    let (application, subject) = (world.person(), world.part());
    let actions =
        [Action::Keep(Slot::First), Action::Keep(Slot::Second), Action::DiscardBoth, Action::SendBack(Slot::First)];
    let action = actions[world.below(4)];
    let typed = format!(
        "SELECT operator FROM entry WHERE application = {application} AND subject = '{}' AND state <> 'discarded'
         ORDER BY operator",
        subject.code()
    );
    let op = Settle { application, subject, action, reason: "核对原卷".into() };
    world.tries(&op, &|facts| {
        not_locked(facts, (application, subject)).or_else(|| not_whoever(facts, &typed, "settled their own entry"))
    });
}

fn claim(world: &mut World) {
    let (session, slot) = (world.session(), Slot::ALL[world.below(3)]);
    let rooms = world.look(|db| kaowu::store::rows::select::<RoomRow>(db, "ORDER BY id LIMIT 1", []).unwrap());
    let room = rooms.first().map_or(RoomId(1), |room| room.id);
    world.tries(&Claim { session, room, slot }, &none);
}

fn lock(world: &mut World) {
    let session = world.session();
    world.tries(&Lock { session }, &none);
}

fn unlock(world: &mut World) {
    let session = world.session();
    let asker = format!("SELECT asked_by FROM mark_lock WHERE session = {session}");
    match world.below(3) {
        0 => {
            world.tries(&AskUnlock { session, reason: "锁错".into() }, &none);
        }
        1 => {
            let op = DecideUnlock { session, verdict: world.verdict(), note: "已核".into() };
            world.tries(&op, &|facts| not_whoever(facts, &asker, "opened what they asked to open"));
        }
        _ => {
            let op = WithdrawUnlock { session };
            world.tries(&op, &|facts| only_whoever(facts, &asker, "withdrew what another asked"));
        }
    }
}

fn change(world: &mut World) {
    let newest = world.look(|db| {
        let sql = "SELECT id FROM mark_change ORDER BY state = 'asked' DESC, id DESC LIMIT 1";
        db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap_or(1)
    });
    let (change, asker) = (MarkChangeId(newest), format!("SELECT asked_by FROM mark_change WHERE id = {newest}"));
    match world.below(4) {
        0 | 1 => {
            let (application, subject, mark) = (world.person(), world.part(), world.mark());
            world.tries(&AskChange { application, subject, mark, reason: "复核".into() }, &none);
        }
        2 => {
            let op = DecideChange { change, verdict: world.verdict(), note: "已核".into() };
            world.tries(&op, &|facts| not_whoever(facts, &asker, "decided what they asked"));
        }
        _ => {
            let op = WithdrawChange { change };
            world.tries(&op, &|facts| only_whoever(facts, &asker, "withdrew what another asked"));
        }
    }
}

fn compute(world: &mut World) {
    world.tries(&Compute::default(), &none);
}

fn audit(world: &mut World) {
    if world.coin() {
        world.tries(&AskAudit::default(), &none);
        return;
    }
    let answer = if world.below(4) == 0 { Answer::Return } else { Answer::Approve };
    let note = Some("已审".into());
    let op = AnswerAudit { answer, auditor: "自治区中心".into(), on: None, document_no: None, note };
    let asker = "SELECT asked_by FROM result_audit WHERE state = 'asked'";
    world.tries(&op, &|facts| not_whoever(facts, asker, "answered what they sent"));
}

fn publish(world: &mut World) {
    let who = world.somebody("publicity.publish");
    world.site.set_actor(world.actors[who].clone());
    match world.below(5) {
        0 | 1 => {
            let accepted = publicity::publish_check(&world.site, None).map(|found| found.1.codes()).unwrap_or_default();
            world.does(who, &Publish { place: "公告栏".into(), until: None, accepted }, &none);
        }
        2 | 3 => {
            let accepted = publicity::finalise_check(&world.site).map(|found| found.codes()).unwrap_or_default();
            world.does(who, &Finalise { accepted }, &none);
        }
        _ => {
            world.does(who, &publicity::Withdraw { reason: "有误".into() }, &none);
        }
    }
}

fn said(world: &mut World) {
    let application = world.person();
    let said =
        Said {
            raised_by: Some("某某".into()), contact: Some("15400000000".into()), matter: "请查".into(), late: None
        };
    let newest = "SELECT id FROM result_objection ORDER BY state = 'open' DESC, id DESC LIMIT 1";
    let number = world.look(|db| db.query_row(newest, [], |row| row.get::<_, i64>(0)).unwrap_or(1));
    match world.below(5) {
        0 => {
            world.tries(&Object { application, said }, &none);
        }
        1 => {
            let (subject, scope) = (world.part(), RecheckScope::Omission);
            world.tries(&Recheck { application, subject, scope, said: Said { raised_by: None, ..said } }, &none);
        }
        2 | 3 => {
            let (finding, mark) = (if world.coin() { Finding::Founded } else { Finding::Unfounded }, world.mark());
            let mark = Some(mark).filter(|_| finding == Finding::Founded && number % 2 == 0);
            let op = Decide { number, finding, words: "已查".into(), mark };
            let took = format!("SELECT operator FROM result_objection WHERE id = {number}");
            world.tries(&op, &|facts| not_whoever(facts, &took, "decided what they took down"));
        }
        _ => {
            world.tries(&TakeBack { number, reason: "本人撤回".into() }, &none);
        }
    }
}

fn number(world: &mut World) {
    let issued_on = world.site.now().day();
    world.tries(&Number { issued_on }, &none);
}

fn revoke(world: &mut World) {
    let certificate = CertificateId(i64::try_from(world.below(3)).unwrap() + 1);
    world.tries(&Revoke { certificate, reason: "有误".into(), sanction: None }, &none);
}

fn operators(world: &mut World) {
    if world.below(3) == 0 {
        let of = world.below(world.actors.len());
        let (name, roles) = (world.actors[of].name.clone(), world.actors[of].roles.clone());
        let spared = world.actors.iter().filter(|a| a.roles == roles).count() < 2;
        if !spared {
            world.tries(&DisableOperator { name }, &|facts| facts::gives(facts, &roles));
        }
        return;
    }
    let roles: Vec<_> = Role::ALL.into_iter().filter(|_| world.below(4) == 0).collect();
    let name = format!("new-{}", world.figures.steps);
    let op = AddOperator { name, roles: roles.clone(), os_user: None, unit: None, pin_hash: None };
    world.tries(&op, &|facts| match facts::clash(&roles) {
        true => Some("gave duties that exclude one another"),
        false => facts::gives(facts, &roles),
    });
}

fn undo(world: &mut World) {
    let back = i64::try_from(world.below(12)).unwrap();
    let newest =
        world.look(|db| db.query_row("SELECT max(id) FROM operation", [], |row| row.get::<_, i64>(0)).unwrap());
    let op = newest - back;
    // What made this world stays.
    if op > 60 {
        world.tries(&Undo { op: OpNo(op), reason: "误操作".into() }, &|facts| facts::undo(facts, op));
    }
}

fn door(world: &mut World) {
    let (application, session) = (world.person(), world.session());
    if world.coin() {
        world.tries(&Admit { application, session, room: None, without: Vec::new(), over: None }, &none);
    } else {
        world.tries(&Cancel { session, application, reason: "误签".into() }, &none);
    }
}

fn intake(world: &mut World) {
    let application = world.person();
    match world.below(5) {
        0 => {
            world.tries(&applications::Withdraw { application, reason: "本人申请".into() }, &none);
        }
        1 => {
            world.tries(&RecordFee::All, &none);
        }
        2 => {
            world.tries(&Arrange { seed: 2 }, &none);
        }
        3 => {
            world.tries(&tickets::Issue::All, &none);
        }
        _ => {
            world.tries(&tickets::Void { application, reason: "遗失".into() }, &none);
        }
    }
}

fn bags(world: &mut World) {
    let session = world.session();
    match world.below(3) {
        0 => {
            world.tries(&scripts::Draw { session, room: None, seed: 3 }, &none);
        }
        1 => {
            world.tries(&scripts::Ask { session, reason: "已锁定".into() }, &none);
        }
        _ => {
            let asker = format!("SELECT asked_by FROM script_bag WHERE session = {session} AND unsealed_at IS NULL");
            let op = scripts::Open { session };
            world.tries(&op, &|facts| not_whoever(facts, &asker, "opened what they asked to open"));
        }
    }
}

fn erasure(world: &mut World) {
    match world.below(4) {
        0 if world.below(40) == 0 => {
            world.tries(&CloseAnyway { reason: "年度归档".into() }, &none);
        }
        0 | 1 => {
            world.tries(&AskErasure { reason: "期满".into() }, &none);
        }
        2 => {
            let asker = "SELECT asked_by FROM erasure WHERE state = 'asked'";
            world.tries(&Erase {}, &|facts| not_whoever(facts, asker, "erased what they asked to erase"));
        }
        _ => {
            world.tries(&WithdrawErasure {}, &none);
        }
    }
}

fn told(world: &mut World) {
    if world.coin() {
        let op = Export {
            what: "results".into(),
            rows: 3,
            whole: 0,
            file: "-".into(),
            purpose: Some("上报".into()),
            about: String::new(),
        };
        world.tries(&op, &none);
    } else {
        world.tries(&Query { name: "某某".into(), id_number: "150699199001010017".into() }, &none);
    }
}

fn complain(world: &mut World) {
    let text = |text: &str| text.to_owned();
    match world.below(3) {
        0 => {
            let (name, contact, matter) = (text("某某"), text("15400000000"), text("监考聊天"));
            let op =
                complaints::Add { name, unit: None, contact, matter, against: None, evidence: None, received_on: None };
            world.tries(&op, &none);
        }
        1 => {
            world.tries(&complaints::TakeUp { number: 1, handler: None }, &none);
        }
        _ => {
            let (title, due) = (text("巡考"), world.site.now().day());
            world.tries(&AddTask { title, due, assignee: None }, &none);
        }
    }
}

/// Time passes: an hour, mostly; sometimes three days.
fn later(world: &mut World) {
    let minutes = if world.below(6) == 0 { 3 * 24 * 60 } else { 60 };
    world.clock.set(world.clock.get().plus_minutes(minutes));
}
