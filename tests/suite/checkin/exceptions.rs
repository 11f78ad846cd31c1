//! Sent away, gone early, handed in, the checklist: every step and every refusal through the one door.
use super::world::{Put, admit, at_seat, close, hands_on, papers_asked, session, theory};
use crate::harness::Desk;
use kaowu::model::{ApplicationId, AttendanceState, Subject};
use kaowu::ops::checkin::{self, Admit, Cancel, CheckItem, Exit, Ground, Leave, Refuse, Seated};
use kaowu::ops::{AttendanceRow, entry};
use proptest::prelude::*;

fn refuse(desk: &Desk, application: ApplicationId, ground: Ground) -> Refuse {
    Refuse { application, session: theory(desk), room: None, ground, words: String::new() }
}

fn leave(desk: &Desk, application: ApplicationId, exit: Exit) -> Leave {
    Leave { application, session: theory(desk), exit, reason: None }
}

fn cancel(desk: &Desk, application: ApplicationId) -> Cancel {
    Cancel { session: theory(desk), application, reason: "记错".into() }
}

fn row(desk: &Desk, who: ApplicationId) -> Seated {
    checkin::seated(&desk.site, theory(desk), who).unwrap().unwrap()
}

fn state(desk: &Desk, who: ApplicationId) -> Option<AttendanceState> {
    row(desk, who).attendance
}

#[test]
fn whoever_was_sent_away_may_come_again() {
    let mut desk = Desk::seated(35);
    let (who, other) = (at_seat(&desk.site, 1, 3).application, at_seat(&desk.site, 2, 2));
    desk.sign_on("proctor").at("07:59");
    assert_eq!(desk.refused(&refuse(&desk, who, Ground::Swapped)), "checkin.too_early");
    desk.at("08:10");
    assert_eq!(desk.refused(&refuse(&desk, who, Ground::Other)), "checkin.words_needed");
    let wrong = Refuse { room: Some(other.room), ..refuse(&desk, who, Ground::Swapped) };
    assert_eq!(desk.refused(&wrong), "checkin.wrong_room");
    let done = desk.does(&refuse(&desk, who, Ground::Swapped));
    assert_eq!((done.room_number, done.seat, done.ground), (1, 3, Ground::Swapped));
    let seen = row(&desk, who);
    assert_eq!((seen.attendance, seen.reason.as_deref()), (Some(AttendanceState::Refused), Some("swapped")));
    let totals = checkin::progress(&desk.site, theory(&desk), None, 9).unwrap().totals;
    assert_eq!((totals.refused, totals.here, totals.expected()), (1, 0, 34));
    assert_eq!(desk.refused(&refuse(&desk, who, Ground::NoTicket)), "checkin.already_refused");
    assert_eq!(desk.refused(&leave(&desk, who, Exit::HandIn)), "checkin.not_inside");
    // With the right document: let in, and sent away again when that is taken back.
    desk.at("08:20");
    desk.does(&admit(&desk, who));
    assert_eq!(state(&desk, who), Some(AttendanceState::Present));
    assert_eq!(desk.refused(&refuse(&desk, who, Ground::Swapped)), "checkin.already_present");
    desk.does(&cancel(&desk, who));
    let seen = row(&desk, who);
    assert_eq!((seen.attendance, seen.reason.as_deref()), (Some(AttendanceState::Refused), Some("swapped")));
    desk.does(&cancel(&desk, who));
    assert_eq!(state(&desk, who), None);
    desk.at("10:00");
    assert_eq!(desk.refused(&refuse(&desk, who, Ground::Swapped)), "checkin.session_over");
}

#[test]
fn a_refusal_of_another_is_only_a_coordinators_to_take_back() {
    let mut desk = Desk::seated(3);
    let who = at_seat(&desk.site, 1, 1).application;
    desk.does(&refuse(&desk, who, Ground::NoDocument));
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&cancel(&desk, who)), "history.not_yours");
    desk.sign_on("typist-a");
    assert_eq!(desk.refused(&refuse(&desk, who, Ground::NoDocument)), "duty.either_role_needed");
    desk.sign_on("coordinator");
    desk.does(&cancel(&desk, who));
}

/// The marks of somebody who was sent away are warned of like those of an absent one.
#[test]
fn entry_takes_a_refused_one_for_absent() {
    let mut desk = Desk::seated(3);
    let who = at_seat(&desk.site, 1, 1).application;
    desk.does(&refuse(&desk, who, Ground::NoDocument));
    desk.sign_on("typist-a");
    let points = kaowu::model::Mark::Points(kaowu::model::Points::whole(80));
    let warned = |mark| entry::warnings(&desk.site, who, Subject::Theory, mark).unwrap();
    assert_eq!(warned(points).iter().map(ToString::to_string).collect::<Vec<_>>(), ["mark.was_absent"]);
    assert!(warned(kaowu::model::Mark::Absent).is_empty());
}

#[test]
fn a_script_is_not_taken_before_its_time_without_a_coordinators_reason() {
    let mut desk = Desk::seated(35);
    let (a, b) = (at_seat(&desk.site, 1, 1).application, at_seat(&desk.site, 1, 2).application);
    desk.sign_on("proctor").at("08:33");
    desk.does(&admit(&desk, a));
    desk.does(&admit(&desk, b));
    desk.at("08:59");
    assert_eq!(desk.refused(&leave(&desk, a, Exit::HandIn)), "checkin.leaves_too_early");
    let early = Leave { reason: Some("身体不适".into()), ..leave(&desk, a, Exit::HandIn) };
    assert_eq!(desk.refused(&early), "checkin.leaves_too_early", "a proctor's reason lifts nothing");
    desk.sign_on("coordinator").does(&early);
    let seen = row(&desk, a);
    assert_eq!((seen.attendance, seen.reason.as_deref()), (Some(AttendanceState::HandedIn), Some("身体不适")));
    assert_eq!(seen.out_at.unwrap().clock(), "08:59");
    desk.sign_on("proctor").at("09:00");
    assert_eq!(desk.does(&leave(&desk, b, Exit::HandIn)).state, AttendanceState::HandedIn);
    assert_eq!(desk.refused(&admit(&desk, b)), "checkin.out_already");
    assert_eq!(desk.refused(&leave(&desk, b, Exit::Early)), "checkin.out_already");
    // Back inside, as late as they came.
    desk.does(&cancel(&desk, b));
    let seen = row(&desk, b);
    assert_eq!((seen.attendance, seen.late_minutes, seen.out_at), (Some(AttendanceState::Late), Some(3), None));
    // Once more back: never let in.
    desk.does(&cancel(&desk, b));
    assert_eq!(state(&desk, b), None);
}

#[test]
fn leaving_early_has_a_reason_and_misconduct_belongs_to_its_incident() {
    let mut desk = Desk::seated(5);
    let who = at_seat(&desk.site, 1, 1).application;
    assert_eq!(desk.refused(&leave(&desk, who, Exit::Early)), "checkin.not_inside");
    desk.does(&admit(&desk, who));
    desk.at("08:35");
    assert_eq!(desk.refused(&leave(&desk, who, Exit::Early)), "checkin.leave_reason");
    desk.does(&Leave { reason: Some("急病送医".into()), ..leave(&desk, who, Exit::Early) });
    assert_eq!(state(&desk, who), Some(AttendanceState::LeftEarly));
    let totals = checkin::progress(&desk.site, theory(&desk), None, 9).unwrap().totals;
    assert_eq!((totals.here, totals.out), (1, 1));
    let other = at_seat(&desk.site, 1, 2).application;
    let (at, session) = (desk.site.now(), theory(&desk));
    let (out_at, reason) = (Some(at), Some("夹带".to_owned()));
    let state = AttendanceState::Misconduct;
    desk.does(&Put(AttendanceRow { state, out_at, reason, ..AttendanceRow::present(session, other, at) }));
    assert_eq!(desk.refused(&cancel(&desk, other)), "checkin.by_incident");
    assert_eq!(desk.refused(&admit(&desk, other)), "checkin.out_already");
}

#[test]
fn what_the_checklist_misses_keeps_out_and_a_face_is_never_lifted() {
    let mut desk = Desk::seated(5);
    let who = at_seat(&desk.site, 1, 1).application;
    let without = |items: &[CheckItem], over: Option<&str>| Admit {
        without: items.to_vec(),
        over: over.map(str::to_owned),
        ..admit(&desk, who)
    };
    let ticket = without(&[CheckItem::Ticket], Some("已核实身份"));
    let face = without(&[CheckItem::Ticket, CheckItem::Person], Some("已核实身份"));
    let plain = without(&[CheckItem::Ticket], None);
    assert_eq!(desk.refused(&face), "checkin.never_lifted");
    assert_eq!(desk.refused(&plain), "checkin.not_checked");
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&ticket), "checkin.not_checked");
    let done = desk.sign_on("coordinator").does(&ticket);
    assert!(done.overridden);
    let checked = |desk: &mut Desk, who: ApplicationId| Put::read(desk, theory(desk), who).checked;
    assert_eq!(checked(&mut desk, who).as_deref(), Some("person,document"));
    let other = at_seat(&desk.site, 1, 2).application;
    assert!(!desk.does(&admit(&desk, other)).overridden);
    assert_eq!(checked(&mut desk, other).as_deref(), Some("person,document,ticket"));
}

/// S4-26: copies of identity document, education and proof of work are brought on paper.
#[test]
fn papers_of_the_notice_are_part_of_the_checklist_s4_26() {
    let mut desk = papers_asked();
    let who = at_seat(&desk.site, 1, 1).application;
    let list = checkin::checklist(&desk.site).unwrap();
    assert_eq!(list.paper_materials, ["identity", "education_certificate", "work_proof"]);
    let without = Admit { without: vec![CheckItem::Materials], ..admit(&desk, who) };
    assert_eq!(desk.refused(&without), "checkin.not_checked");
    let over = Admit { over: Some("考后补交".into()), ..without };
    assert!(desk.does(&over).overridden);
    let other = at_seat(&desk.site, 1, 2).application;
    let session = theory(&desk);
    desk.does(&admit(&desk, other));
    let row = Put::read(&mut desk, session, other);
    assert_eq!(row.checked.as_deref(), Some("person,document,ticket,materials"));
    let third = at_seat(&desk.site, 1, 3).application;
    assert_eq!(desk.does(&refuse(&desk, third, Ground::NoMaterials)).ground, Ground::NoMaterials);
}

/// S0-36: hands-on from 09:00 with an open end keeps people until they hand in, or to the end of the day.
#[test]
fn nobody_is_in_two_sessions_at_one_time_s0_36() {
    let mut desk = Desk::seated(35);
    let who = at_seat(&desk.site, 1, 1);
    let hands_on = hands_on(&mut desk, "09:00", &who);
    let elsewhere = Admit::of(hands_on, who.application);
    desk.does(&admit(&desk, who.application));
    desk.at("09:05");
    let error = desk.try_to(&elsewhere).unwrap_err();
    assert_eq!(error.refusal().unwrap().code, checkin::HERE_TWICE);
    assert_eq!(error.refusal().unwrap().get("session"), Some(&"theory-1".into()));
    desk.does(&leave(&desk, who.application, Exit::HandIn));
    assert_eq!(desk.does(&elsewhere).late_minutes(), Some(5));
    // The open end lasts: the afternoon's paper overlaps although it starts later.
    desk.at("10:35");
    let practical = Admit::of(session(&desk.site, "practical-1").id, who.application);
    assert_eq!(desk.refused(&practical), "checkin.here_twice");
    desk.does(&Leave { session: hands_on, ..leave(&desk, who.application, Exit::HandIn) });
    desk.does(&practical);
    // Sessions one after the other never meet.
    let other = at_seat(&desk.site, 1, 2);
    desk.at("08:20");
    desk.does(&admit(&desk, other.application));
    desk.at("10:20");
    desk.does(&Admit::of(session(&desk.site, "practical-1").id, other.application));
}

/// What a model of one person's day allows; the program must agree with it step by step.
#[derive(Debug, Clone, Copy)]
enum Act {
    Admit,
    Refuse,
    HandIn,
    Early,
    TakeBack,
    Close,
}

#[derive(Debug, Clone, PartialEq)]
struct Model {
    now: Option<AttendanceState>,
    /// What an admission would be taken back to.
    before: Option<AttendanceState>,
}

impl Model {
    /// At 09:10, by a coordinator with a reason: the gates play no part.
    fn step(&mut self, act: Act) -> bool {
        use AttendanceState::{Absent, HandedIn, Late, LeftEarly, Refused};
        let (next, before) = match (act, self.now) {
            (Act::Admit, None | Some(Refused | Absent)) => (Some(Late), self.now),
            (Act::Refuse, None) => (Some(Refused), None),
            (Act::HandIn, Some(Late)) => (Some(HandedIn), self.before),
            (Act::Early, Some(Late)) => (Some(LeftEarly), self.before),
            (Act::Close, None) => (Some(Absent), None),
            (Act::TakeBack, Some(HandedIn | LeftEarly)) => (Some(Late), self.before),
            (Act::TakeBack, Some(Late)) => (self.before, None),
            (Act::TakeBack, Some(Refused)) => (None, None),
            _ => return false,
        };
        (self.now, self.before) = (next, before);
        true
    }
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let one = prop_oneof![
        3 => Just(Act::Admit),
        2 => Just(Act::Refuse),
        2 => Just(Act::HandIn),
        1 => Just(Act::Early),
        4 => Just(Act::TakeBack),
        1 => Just(Act::Close),
    ];
    proptest::collection::vec(one, 1..25)
}

#[test]
fn any_day_of_one_person_goes_as_the_model_says() {
    let mut desk = Desk::seated(2);
    desk.at("09:10");
    let who = at_seat(&desk.site, 1, 1).application;
    let other = at_seat(&desk.site, 1, 2).application;
    let desk = std::cell::RefCell::new(desk);
    let config = ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(days in acts())| {
        let desk = &mut *desk.borrow_mut();
        let mut model = Model { now: None, before: None };
        Put::wipe(desk, theory(desk), who);
        Put::wipe(desk, theory(desk), other);
        for act in days {
            let went = perform(desk, who, act);
            prop_assert_eq!(went, model.step(act), "{:?}", act);
            prop_assert_eq!(state(desk, who), model.now, "{:?}", act);
            let totals = checkin::progress(&desk.site, theory(desk), None, 9).unwrap().totals;
            let here = i64::from(model.now.is_some_and(AttendanceState::was_here));
            prop_assert_eq!((totals.here, totals.seated), (here, 2));
        }
    });
}

fn perform(desk: &mut Desk, who: ApplicationId, act: Act) -> bool {
    match act {
        Act::Admit => desk.try_to(&Admit { over: Some("查实".into()), ..admit(desk, who) }).is_ok(),
        Act::Refuse => desk.try_to(&refuse(desk, who, Ground::Pledge)).is_ok(),
        Act::HandIn => desk.try_to(&leave(desk, who, Exit::HandIn)).is_ok(),
        Act::Early => desk.try_to(&Leave { reason: Some("急病".into()), ..leave(desk, who, Exit::Early) }).is_ok(),
        Act::TakeBack => desk.try_to(&cancel(desk, who)).is_ok(),
        Act::Close => {
            let is_expected = state(desk, who).is_none();
            let closing = close(desk, theory(desk), None);
            // The other one may be the only one left to close.
            let _ = desk.try_to(&closing);
            is_expected
        }
    }
}
