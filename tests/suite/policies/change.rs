//! `batch.change_policy`: whom it affects is said before and after; seats hold the timetable; undo takes it back.
use super::policy;
use crate::harness::{Desk, Screen, Shell};
use kaowu::config::Assets;
use kaowu::model::{FixedClock, Level, Role, Route};
use kaowu::ops::batch::{self, ChangePolicy, EffectKind, PolicyChanged, SessionChanged};
use kaowu::ops::history::{self, Undo};
use kaowu::ops::policies::read_file;
use kaowu::ops::seating::Arrange;
use kaowu::ops::{Access, Error, Journal, Operation, Site, Work, applications};
use kaowu::policy::Adopted;

/// The 2023 notice with a few lines changed, under its own code.
fn changed(lines: &str) -> Adopted {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("changed.toml");
    std::fs::write(&path, format!("inherits = \"nmg-2023\"\n{lines}\n[notice]\ncode = \"changed\"\n")).unwrap();
    read_file(&Assets::default(), &path).unwrap()
}

fn change(desk: &Desk, policy: Adopted) -> ChangePolicy {
    ChangePolicy::new(&desk.site, policy, "上级文件调整".into()).unwrap()
}

fn count(done: &PolicyChanged, kind: EffectKind) -> usize {
    done.effects.iter().find(|e| e.kind == kind).map_or(0, |e| e.count)
}

fn kinds(done: &PolicyChanged) -> Vec<EffectKind> {
    done.effects.iter().map(|e| e.kind).collect()
}

/// How many of the made-up people are such.
fn such(desk: &Desk, is: impl Fn(Level, Route) -> bool) -> usize {
    let all = applications::lines(&desk.site, None).unwrap();
    let rows = all.iter().map(|line| applications::by_id(&desk.site, line.id).unwrap());
    rows.filter(|row| is(row.level, row.route)).count()
}

#[test]
fn nothing_but_a_door_time_affects_nobody() {
    let mut desk = Desk::with_batch();
    desk.people(20);
    let op = change(&desk, changed("[gates]\nlate_limit_min = 20"));
    let done = desk.does(&op);
    assert_eq!((done.applications, done.affected, done.effects.len()), (20, 0, 0));
    assert_eq!((done.from.as_str(), done.to.as_str()), ("nmg-2023", "changed"));
    assert_eq!(desk.site.policy().unwrap().gates.late_limit_min, 20);
    assert_eq!(desk.refused(&change(&desk, changed("[gates]\nlate_limit_min = 20"))), "batch.policy_same");
}

/// Each difference has its kind, and only those whom it touches are named.
#[test]
fn each_difference_names_those_it_touches() {
    let mut desk = Desk::with_batch();
    desk.people(60);
    let technicians = such(&desk, |level, _| level.is_technician());
    let promoted = such(&desk, |_, route| route == Route::Promotion);
    assert!(technicians > 0 && technicians < 60 && promoted > 0 && promoted < 60);
    let of = |desk: &mut Desk, lines: &str| {
        let op = change(desk, changed(lines));
        desk.site.preview(&op).unwrap().out
    };
    let fees = "[[fees]]\ncode = \"review\"\namount = 18000\nlevels = [2, 1]";
    let done = of(&mut desk, fees);
    assert_eq!((kinds(&done), done.affected), (vec![EffectKind::Fees], technicians));
    let done = of(&mut desk, "[passing]\nreview = 65");
    assert_eq!((kinds(&done), count(&done, EffectKind::PassMarks)), (vec![EffectKind::PassMarks], technicians));
    let parts = "[subjects]\nrequired = [{ levels = [5, 4, 3, 2, 1], parts = [\"theory\", \"practical\"] }]";
    let done = of(&mut desk, parts);
    assert_eq!(count(&done, EffectKind::Parts), technicians);
    let done = of(&mut desk, "[[routes]]\nkind = \"first\"");
    assert_eq!((kinds(&done), count(&done, EffectKind::Route)), (vec![EffectKind::Route], promoted));
    let done = of(&mut desk, "[occupations]\nconditions = \"gb-2023\"");
    assert_eq!((kinds(&done), done.affected), (vec![EffectKind::Conditions], 60));
    let done = of(&mut desk, "[photo]\nbelow_bytes = 20480");
    assert_eq!((kinds(&done), done.affected), (vec![EffectKind::Photo], 60));
    let done = of(&mut desk, "[stamps]\nchain = [\"employer\"]");
    assert_eq!(kinds(&done), [EffectKind::Stamps]);
    let done = of(&mut desk, "[reviews]\nsteps = [{ step = \"first\", by = \"county\" }]");
    assert_eq!(kinds(&done), [EffectKind::Reviews]);
    let levels = "[subjects]\nrequired = [{ levels = [5, 4, 3], parts = [\"theory\", \"practical\"] }]\n[[routes]]\nkind = \"first\"\n[[routes]]\nkind = \"promotion\"";
    let done = of(&mut desk, levels);
    assert_eq!(count(&done, EffectKind::Occupation), technicians);
    assert_eq!(count(&done, EffectKind::Parts), technicians);
}

/// Another catalogue: whoever applied for what is not in it is named.
#[test]
fn another_catalogue_leaves_people_out() {
    let mut desk = Desk::with_batch();
    desk.people(10);
    let zwfw = changed("[occupations]\ncatalogue = \"occupations-zwfw-2024\"");
    let op = change(&desk, zwfw);
    let done = desk.does(&op);
    assert_eq!((kinds(&done), count(&done, EffectKind::Occupation)), (vec![EffectKind::Occupation], 10));
    assert_eq!(done.effects[0].people.len(), 10);
    assert_eq!(desk.site.codes().unwrap().occupations().len(), 1);
}

/// To another notice altogether: materials differ, and the preview says the same as the change, but stores nothing.
#[test]
fn the_preview_says_what_the_change_will_do() {
    let mut desk = Desk::with_batch();
    desk.people(12);
    let adopted = batch::policy(&Assets::default(), "wushen-2024").unwrap();
    let op = change(&desk, adopted.clone());
    let before = desk.site.batch().unwrap();
    let preview = desk.site.preview(&op).unwrap();
    assert_eq!((preview.op, desk.site.batch().unwrap()), (None, before.clone()));
    let done = desk.does(&op);
    assert_eq!(done, preview.out);
    assert!(kinds(&done).contains(&EffectKind::Materials) && kinds(&done).contains(&EffectKind::Sessions));
    let sessions: Vec<_> = done.sessions.iter().map(|s| (s.session.as_str(), s.what)).collect();
    let expected = [
        ("theory-1", SessionChanged::Moved),
        ("practical-1", SessionChanged::Removed),
        ("practical-paper", SessionChanged::Added),
        ("practical-hands-on", SessionChanged::Added),
    ];
    assert_eq!(sessions, expected);
    assert_eq!(desk.site.batch().unwrap().policy, adopted.digest);
    let codes: Vec<_> = batch::sessions(&desk.site).unwrap().into_iter().map(|s| s.code).collect();
    assert_eq!(codes, ["theory-1", "practical-paper", "practical-hands-on"]);
    // All of it goes back.
    let undo = history::next_undo(&desk.site).unwrap();
    desk.does(&Undo { op: undo, reason: "误操作".into() });
    assert_eq!(desk.site.batch().unwrap(), before);
    assert_eq!(*desk.site.policy().unwrap(), policy("nmg-2023"));
    let codes: Vec<_> = batch::sessions(&desk.site).unwrap().into_iter().map(|s| s.code).collect();
    assert_eq!(codes, ["theory-1", "practical-1"]);
}

const LATER: &str = "[[sessions]]\ncode = \"theory-1\"\nsubject = \"theory\"\nstart = 2023-10-15T09:00:00\nend = 2023-10-15T10:00:00\n\
                     [[sessions]]\ncode = \"practical-1\"\nsubject = \"practical\"\nstart = 2023-10-15T10:30:00\nend = 2023-10-15T12:30:00";

/// Tickets are out: the timetable stays. What leaves it alone may still change.
#[test]
fn a_session_with_seats_holds_the_timetable() {
    let mut desk = Desk::seated(8);
    let op = change(&desk, changed(LATER));
    let Err(Error::Refused(refusal)) = desk.try_to(&op).map(|done| done.op) else { panic!("changed") };
    assert_eq!(refusal.to_string(), "batch.session_seated session=theory-1 seats=8");
    let op = change(&desk, changed("[passing]\ntheory = 70"));
    assert_eq!(desk.does(&op).affected, 8);
    let undone = history::next_undo(&desk.site).unwrap();
    desk.does(&Undo { op: undone, reason: "撤".into() });
    // Without the seats it goes.
    let seating = history::next_undo(&desk.site).unwrap();
    desk.does(&Undo { op: seating, reason: "重排".into() });
    let op = change(&desk, changed(LATER));
    assert_eq!(desk.does(&op).sessions.len(), 1);
    assert_eq!(batch::sessions(&desk.site).unwrap()[0].starts_at.clock(), "09:00");
    desk.does(&Arrange { seed: 1 });
}

#[test]
fn a_reason_a_coordinator_and_an_open_batch_are_needed() {
    let mut desk = Desk::with_batch();
    let without = ChangePolicy::new(&desk.site, changed(""), "  ".into()).unwrap();
    assert_eq!(desk.refused(&without), "batch.change_reason_needed");
    let op = change(&desk, changed(""));
    desk.sign_on("reviewer");
    assert_eq!(desk.refused(&op), "duty.role_needed");
    desk.sign_on("coordinator");
    desk.does(&batch::Close { reason: "done".into() });
    assert_eq!(desk.refused(&op), "batch.closed");
}

#[test]
fn the_command_tries_then_changes() {
    let shell = Shell::with_batch();
    std::fs::write(
        shell.path("changed.toml"),
        format!("inherits = \"nmg-2023\"\n{LATER}\n[notice]\ncode = \"changed\"\n"),
    )
    .unwrap();
    let tried = shell.run("batch change-policy --file changed.toml --reason 调整 --dry-run --json").done().json();
    assert_eq!((tried["dry_run"].as_bool(), tried["operation"].is_null()), (Some(true), true));
    assert_eq!(tried["changed"]["sessions"][0]["what"], "moved");
    assert_eq!(shell.run("batch change-policy --file changed.toml").status, 1);
    let done = shell.run("batch change-policy --file changed.toml --reason 调整 --lang en").done();
    assert!(done.err.contains("is under changed now, before nmg-2023"), "{}", done.err);
    assert!(done.out.contains("theory-1 2023-10-15 09:00"), "{}", done.out);
    let logged = shell.run("log --json").done().json();
    assert!(logged.to_string().contains("batch.change_policy") && logged.to_string().contains("调整"));
    shell.run("batch change-policy --policy nmg-2023 --reason 恢复").done();
    assert_eq!(shell.run("batch change-policy --reason x").status, 2);
}

/// On the screen: whom it affects stands above the reason, before anything is stored.
#[test]
fn the_screen_says_whom_it_affects_before_it_asks_why() {
    let mut desk = Desk::with_batch();
    desk.people(9);
    let mut screen = Screen::open(desk, "applications");
    screen.press("f2").type_text("更换批次政策").press("enter").sees("批次改用哪个政策");
    screen.type_text("wushen-2024").press("enter").sees("继续，填写原因").sees("取消场次  practical-1");
    screen.sees("照片要求变动 9").press("esc").press("esc");
    screen.press("f2").type_text("更换批次政策").press("enter").type_text("wushen-2024").press("enter");
    screen.press("enter").sees("将影响 9 份").type_text("上级文件调整").press("enter").sees("批次已改用 wushen-2024");
    let desk = Desk::after(screen);
    assert_eq!(desk.site.policy().unwrap().notice.code, "wushen-2024");
}

/// Answers with the rules that it was decided by.
#[derive(Debug, serde::Serialize)]
struct Look;

impl Operation for Look {
    const KIND: &'static str = "test.look";
    const ROLES: &'static [Role] = &[];
    const JOURNAL: Journal = Journal::Always;
    type Out = u16;

    fn apply(&self, work: &mut Work<'_, '_>) -> kaowu::ops::Result<u16> {
        Ok(work.policy()?.gates.late_limit_min)
    }
}

/// Another terminal changes the rules while this one has not looked yet: what is done is decided by those that the journal names.
#[test]
fn what_decides_is_what_is_journaled() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("site.db");
    let mut desk = Desk::in_file(&path);
    desk.open_batch();
    let clock = Box::new(FixedClock(desk.clock()));
    let mut other = Site::open(&path, Access::ReadWrite, Assets::default(), clock).unwrap();
    other.set_actor(desk.site.actor().clone());
    other.choose_batch(None).unwrap();
    let before = other.perform(&Look).unwrap().out;
    desk.does(&change(&desk, changed("[gates]\nlate_limit_min = 21")));
    let done = other.perform(&Look).unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    let sql = "SELECT p.code FROM operation o JOIN policy p ON p.digest = o.policy WHERE o.id = ?1";
    let said: String = db.query_row(sql, [done.op.unwrap()], |r| r.get(0)).unwrap();
    assert_eq!((said.as_str(), done.out), ("changed", 21));
    assert_ne!(before, 21);
}
