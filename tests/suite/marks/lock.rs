//! Locks of sessions, their opening by two, and changes of locked marks by two with all that follows from them.
use super::{FIRST, points, settle, theory};
use crate::harness::Desk;
use kaowu::model::{ApplicationId, Day, Mark, MarkChangeId, SessionId, Subject};
use kaowu::ops::certificates::{Number, Revoke};
use kaowu::ops::entry::{self, Action, Save};
use kaowu::ops::history::{self, Undo, next_undo};
use kaowu::ops::marks::{
    self, AskChange, AskUnlock, DecideChange, DecideUnlock, Lock, Obstacle, Verdict, WithdrawChange, WithdrawUnlock,
};
use kaowu::ops::results::{self, Filter, Outcome, Why};

const THEORY: SessionId = SessionId(1);
const PRACTICAL: SessionId = SessionId(2);

fn both_type(desk: &mut Desk, who: ApplicationId, subject: Subject, mark: Mark) {
    for typist in ["typist-a", "typist-b"] {
        desk.sign_on(typist).does(&Save { subject, ..theory(who, mark) });
    }
    desk.sign_on("coordinator");
}

/// Everybody's theory settled with 70, the first with `first`.
pub fn settled(people: usize, first: &str) -> Desk {
    let mut desk = Desk::seated(people);
    for n in 1..=people {
        let who = ApplicationId(i64::try_from(n).unwrap());
        both_type(&mut desk, who, Subject::Theory, points(if n == 1 { first } else { "70" }));
    }
    desk
}

fn locked(first: &str) -> Desk {
    let mut desk = settled(3, first);
    desk.does(&Lock { session: THEORY });
    desk
}

fn ask(mark: Mark) -> AskChange {
    AskChange { application: FIRST, subject: Subject::Theory, mark, reason: "复核：漏加一题".into() }
}

fn approve(change: MarkChangeId) -> DecideChange {
    DecideChange { change, verdict: Verdict::Approve, note: String::new() }
}

#[test]
fn a_session_is_locked_once_nothing_is_in_the_way() {
    let mut desk = Desk::seated(3);
    let way = |desk: &Desk| marks::sessions(&desk.site).unwrap().remove(0).obstacles;
    assert_eq!(way(&desk).len(), 3);
    assert_eq!(desk.refused(&Lock { session: THEORY }), "marks.in_the_way");
    for n in 2..=3 {
        both_type(&mut desk, ApplicationId(n), Subject::Theory, points("70"));
    }
    desk.sign_on("typist-a").does(&theory(FIRST, points("80")));
    let why = |desk: &Desk| match way(desk).as_slice() {
        [Obstacle::Mark { why, .. }] => why.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(why(&desk), Why::OneEntry);
    desk.sign_on("typist-b").does(&theory(FIRST, points("81")));
    assert_eq!(why(&desk), Why::Differs);
    desk.sign_on("coordinator").does(&settle(Action::SendBack(entry::Slot::Second)));
    assert_eq!(why(&desk), Why::Returned);
    assert_eq!(desk.refused(&Lock { session: THEORY }), "marks.in_the_way");
    desk.sign_on("typist-b").does(&theory(FIRST, points("80")));
    assert_eq!(desk.refused(&Lock { session: THEORY }), "duty.role_needed");
    let done = desk.sign_on("coordinator").does(&Lock { session: THEORY });
    assert_eq!((done.marks, done.open_incidents), (3, 0));
    assert_eq!(desk.refused(&Lock { session: THEORY }), "marks.already_locked");
    assert_eq!(desk.refused(&Lock { session: PRACTICAL }), "marks.in_the_way");
    assert_eq!(desk.refused(&Lock { session: SessionId(99) }), "checkin.unknown_session");
}

#[test]
fn nothing_is_typed_settled_or_undone_in_a_locked_session() {
    let mut desk = settled(3, "80");
    let newest = next_undo(&desk.sign_on("typist-b").site).unwrap();
    desk.sign_on("score-manager").does(&Lock { session: THEORY });
    let lock = next_undo(&desk.site).unwrap();
    desk.sign_on("coordinator");
    assert_eq!(desk.refused(&Undo { op: newest, reason: "x".into() }), "marks.locked");
    assert_eq!(desk.refused(&settle(Action::DiscardBoth)), "marks.locked");
    assert_eq!(desk.sign_on("typist-c").refused(&theory(FIRST, points("80"))), "marks.locked");
    assert_eq!(desk.sign_on("coordinator").refused(&Undo { op: lock, reason: "x".into() }), "history.not_undoable");
    assert_eq!(entry::standing(&desk.site, FIRST).unwrap()[0].state, "locked");
    // The other session goes on.
    both_type(&mut desk, FIRST, Subject::Practical, points("75"));
}

#[test]
fn a_lock_made_by_mistake_is_opened_by_two() {
    let mut desk = locked("80");
    let ask = AskUnlock { session: THEORY, reason: "锁错场次".into() };
    let decide = |verdict| DecideUnlock { session: THEORY, verdict, note: "还有疑问".into() };
    desk.sign_on("score-manager");
    assert_eq!(desk.refused(&decide(Verdict::Approve)), "marks.unlock_not_asked");
    assert_eq!(desk.refused(&AskUnlock { reason: " ".into(), ..ask.clone() }), "marks.reason_needed");
    desk.does(&ask);
    assert_eq!(desk.refused(&ask), "marks.unlock_waits");
    assert_eq!(desk.refused(&decide(Verdict::Approve)), "marks.own_request");
    assert_eq!(desk.sign_on("coordinator").refused(&decide(Verdict::Approve)), "duty.role_needed");
    assert_eq!(desk.sign_on("score-manager-b").refused(&WithdrawUnlock { session: THEORY }), "marks.not_yours");
    assert!(!desk.does(&decide(Verdict::Refuse)).open);
    desk.sign_on("coordinator").does(&ask);
    desk.does(&WithdrawUnlock { session: THEORY });
    desk.does(&ask);
    assert!(desk.sign_on("score-manager").does(&decide(Verdict::Approve)).open);
    assert_eq!(entry::standing(&desk.site, FIRST).unwrap()[0].state, "settled");
    desk.does(&Lock { session: THEORY });
}

#[test]
fn a_session_on_which_something_rests_stays_locked() {
    let mut desk = locked("80");
    let unlock = AskUnlock { session: THEORY, reason: "锁错场次".into() };
    let (change, _) = desk.does(&ask(points("85")));
    assert_eq!(desk.refused(&unlock), "marks.resting");
    desk.sign_on("score-manager").does(&approve(change));
    assert_eq!(desk.refused(&unlock), "marks.resting");
}

#[test]
fn a_locked_mark_is_changed_by_two_and_both_marks_stand() {
    let mut desk = locked("59.5");
    let standing = |desk: &Desk| entry::standing(&desk.site, FIRST).unwrap()[0].mark;
    let (change, would) = desk.does(&ask(points("60")));
    assert_eq!(would.difference.given.unwrap().after, Some(points("60")));
    assert_eq!(standing(&desk), Some(points("59.5")));
    assert_eq!(desk.refused(&approve(change)), "duty.role_needed");
    assert_eq!(desk.refused(&ask(points("61"))), "marks.change_waits");
    assert_eq!(desk.sign_on("typist-a").refused(&approve(change)), "duty.role_needed");
    assert_eq!(desk.sign_on("score-manager").refused(&WithdrawChange { change }), "marks.not_yours");
    desk.does(&approve(change));
    assert_eq!(standing(&desk), Some(points("60")));
    assert_eq!(desk.refused(&approve(change)), "marks.already_decided");
    let one = marks::change(&desk.site, change).unwrap();
    assert_eq!((one.old, one.new), (Some(points("59.5")), Some(points("60"))));
    assert_eq!((one.asked_by.as_str(), one.decided_by.as_deref()), ("coordinator", Some("score-manager")));
    // The journal holds both too, and takes none of it back by itself.
    let op = next_undo(&desk.site).unwrap();
    let told = history::detail(&desk.site, op).unwrap();
    let fields: Vec<_> = told.changes.iter().filter(|c| c.record == "mark").flat_map(|c| &c.fields).collect();
    assert!(fields.iter().any(|f| f.before.as_deref() == Some("59.5") && f.after.as_deref() == Some("60")), "{told:?}");
    assert_eq!(desk.refused(&Undo { op, reason: "x".into() }), "history.not_undoable");
}

#[test]
fn a_change_is_refused_or_withdrawn() {
    let mut desk = locked("80");
    let (change, _) = desk.does(&ask(Mark::Absent));
    let refuse = |note: &str| DecideChange { change, verdict: Verdict::Refuse, note: note.into() };
    assert_eq!(desk.sign_on("score-manager").refused(&refuse(" ")), "marks.reason_needed");
    desk.does(&refuse("卷面无误"));
    let (change, _) = desk.does(&ask(Mark::Void));
    desk.does(&WithdrawChange { change });
    let states: Vec<_> = marks::changes(&desk.site).unwrap().iter().map(|c| c.state.code()).collect();
    assert_eq!(states, ["withdrawn", "refused"]);
    assert_eq!(entry::standing(&desk.site, FIRST).unwrap()[0].mark, Some(points("80")));
}

#[test]
fn a_change_wants_a_locked_mark_that_nothing_rests_on() {
    let mut desk = settled(3, "80");
    assert_eq!(desk.refused(&ask(points("85"))), "marks.not_locked");
    desk.does(&Lock { session: THEORY });
    assert_eq!(desk.refused(&ask(points("80"))), "marks.no_change");
    assert_eq!(desk.refused(&ask(points("80.3"))), "mark.off_step");
    assert_eq!(desk.refused(&AskChange { reason: String::new(), ..ask(points("85")) }), "marks.reason_needed");
    assert_eq!(
        desk.refused(&AskChange { application: ApplicationId(99), ..ask(points("85")) }),
        "results.unknown_application"
    );
    let all = results::outcomes(&desk.site, &Filter::default()).unwrap();
    if let Some(skilled) = all.iter().find(|r| !r.level.is_technician()) {
        let review = AskChange { application: skilled.application, subject: Subject::Review, ..ask(points("85")) };
        assert_eq!(desk.refused(&review), "entry.not_required");
    }
}

/// Somebody of levels 5 to 3 who has passed both parts, both locked.
fn passed() -> (Desk, ApplicationId) {
    let mut desk = settled(3, "80");
    for n in 1..=3 {
        both_type(&mut desk, ApplicationId(n), Subject::Practical, points("66"));
    }
    desk.does(&Lock { session: THEORY });
    desk.does(&Lock { session: PRACTICAL });
    let all = results::outcomes(&desk.site, &Filter::default()).unwrap();
    let who = all.iter().find(|r| r.outcome == Outcome::Passed).unwrap().application;
    (desk, who)
}

#[test]
fn a_certified_mark_waits_for_the_revocation() {
    let (mut desk, who) = passed();
    desk.at("18:00").release().does(&Number { issued_on: Day::from_ymd_opt(2023, 10, 15).unwrap() });
    let change = AskChange { application: who, ..ask(points("50")) };
    assert_eq!(desk.refused(&change), "marks.certified");
    assert_eq!(desk.refused(&AskUnlock { session: THEORY, reason: "x 错".into() }), "marks.resting");
    let held = kaowu::ops::certificates::register(&desk.site, &Default::default()).unwrap();
    let own = held.iter().find(|c| c.application == who).unwrap();
    desk.does(&Revoke { certificate: own.id, reason: "成绩复核".into(), sanction: None });
    let (_, would) = desk.does(&change);
    assert!(would.revoked.is_some());
}

/// What was shown before is what is there afterwards: the same board, the same outcome.
#[test]
fn what_a_change_does_is_told_before_it_is_saved() {
    let (mut desk, who) = passed();
    let line = |desk: &Desk| {
        let person = results::outcomes(&desk.site, &Filter::default()).unwrap();
        let person = person.into_iter().find(|r| r.application == who).unwrap();
        let board = results::board(&desk.site).unwrap();
        let of = |l: &&results::Line| l.occupation == person.occupation && l.level == person.level;
        (person.outcome, board.rows.iter().find(of).unwrap().counts)
    };
    let before = line(&desk);
    let told = marks::preview_ask(&desk.site, who, Subject::Theory, points("59.5")).unwrap();
    assert_eq!(line(&desk), before);
    let (change, _) = desk.does(&AskChange { application: who, ..ask(points("59.5")) });
    assert_eq!(marks::preview(&desk.site, change).unwrap(), told);
    desk.sign_on("score-manager").does(&approve(change));
    let after = line(&desk);
    let outcome = told.difference.outcome.unwrap();
    let board = told.difference.board.unwrap();
    assert_eq!(((outcome.before, board.before), (outcome.after, board.after)), (before, after));
    assert_eq!(told.difference.to_number.map(|t| (t.before, t.after)), Some((true, false)));
    let control = told.difference.control.unwrap();
    assert_eq!(control.before.marks.total - control.after.marks.total, if who == FIRST { 2050 } else { 1050 });
}

/// S0-26: from absent to 0 points is a change, in the mark, not in the outcome.
#[test]
fn absent_becomes_zero_by_two_s0_26() {
    let mut desk = settled(3, "80");
    desk.does(&Lock { session: THEORY });
    let (change, _) = desk.does(&ask(Mark::Absent));
    desk.sign_on("score-manager").does(&approve(change));
    let (change, would) = desk.does(&ask(points("0")));
    assert!(would.difference.given.is_some() && would.difference.control.is_some());
    assert_eq!(desk.refused(&approve(change)), "marks.own_request");
    desk.sign_on("score-manager-b").does(&approve(change));
    assert_eq!(entry::standing(&desk.site, FIRST).unwrap()[0].mark, Some(points("0")));
}
