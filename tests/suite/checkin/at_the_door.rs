//! The operations of the door through the one door of the site.
use super::world::{SURNAMES, Unseat, admit, at_seat, close, named, session, theory, ticket};
use crate::harness::{Desk, Shell};
use kaowu::config::Assets;
use kaowu::model::AttendanceState;
use kaowu::model::{FixedClock, Stamp};
use kaowu::ops::applications::{RecordFee, Withdraw};
use kaowu::ops::checkin::{self, Admit, Cancel, Found, Phase};
use kaowu::ops::history::Undo;
use kaowu::ops::seating::Arrange;
use kaowu::ops::upkeep::{Credential, sign_on};
use kaowu::ops::{Access, Site, search};
use kaowu::text::{Lang, Locale, explain};

/// The words of a refusal, in both languages.
fn words(error: &kaowu::ops::Error) -> (String, String) {
    let say = |lang| explain(&Locale::load(&Assets::default(), lang).0, error).message;
    (say(Lang::Chinese), say(Lang::English))
}

#[test]
fn on_time_late_and_too_late_s1_31() {
    let mut desk = Desk::seated(35);
    let (a, b, c) = (at_seat(&desk.site, 1, 1), at_seat(&desk.site, 1, 2), at_seat(&desk.site, 2, 3));
    desk.at("07:50");
    let early = desk.try_to(&admit(&desk, a.application)).unwrap_err();
    assert_eq!(early.refusal().unwrap().code.0, "checkin.too_early");
    assert!(words(&early).0.contains("08:00"), "{early}");

    desk.sign_on("proctor").at("08:30");
    let done = desk.does(&admit(&desk, a.application));
    assert_eq!((done.name.as_str(), done.room_number, done.seat), (a.name.as_str(), 1, 1));
    assert_eq!(done.late_minutes(), None);
    desk.at("08:45");
    let done = desk.does(&admit(&desk, b.application));
    assert_eq!((done.late_minutes(), done.overridden), (Some(15), false));

    desk.at("08:52");
    let error = desk.try_to(&admit(&desk, c.application)).unwrap_err();
    let (zh, en) = words(&error);
    assert!(zh.contains("08:45") && zh.contains("7 分钟") && zh.contains("考务主管说明理由"), "{zh}");
    assert!(en.contains("08:45") && en.contains("7 min") && en.contains("coordinator"), "{en}");
    // A proctor's reason lifts nothing.
    let over = Admit { over: Some("堵车".into()), ..admit(&desk, c.application) };
    assert_eq!(desk.refused(&over), "checkin.too_late");
    let done = desk.sign_on("coordinator").does(&over);
    assert_eq!((done.late_minutes(), done.overridden), (Some(22), true));
    checkin::may_cancel(&desk.site, theory(&desk), c.application).unwrap();
}

#[test]
fn whoever_is_here_is_not_admitted_twice() {
    let mut desk = Desk::seated(35);
    let who = at_seat(&desk.site, 2, 4);
    desk.at("08:12");
    desk.does(&admit(&desk, who.application));
    desk.at("08:20");
    let error = desk.try_to(&admit(&desk, who.application)).unwrap_err();
    assert_eq!(error.refusal().unwrap().code.0, "checkin.already_present");
    let (zh, _) = words(&error);
    assert!(zh.contains("08:12") && zh.contains("第2考场 4号") && zh.contains(&who.name), "{zh}");
}

#[test]
fn a_wrong_room_is_told_the_right_one() {
    let mut desk = Desk::seated(35);
    let (who, other) = (at_seat(&desk.site, 2, 4), at_seat(&desk.site, 1, 1));
    let op = Admit { room: Some(other.room), ..admit(&desk, who.application) };
    let error = desk.try_to(&op).unwrap_err();
    assert_eq!(error.refusal().unwrap().code.0, "checkin.wrong_room");
    assert!(words(&error).1.contains("room 2, seat 4"));
    // No reason lifts that.
    assert_eq!(desk.refused(&Admit { over: Some("x".into()), ..op }), "checkin.wrong_room");
    desk.does(&Admit { room: Some(who.room), ..admit(&desk, who.application) });
}

#[test]
fn a_wrong_session_is_told_the_right_one_s1_31() {
    let mut desk = Desk::seated(35);
    let who = at_seat(&desk.site, 2, 4);
    let (first, second) = (theory(&desk), session(&desk.site, "practical-1").id);
    desk.does(&Unseat(who.application, first));
    let error = desk.try_to(&admit(&desk, who.application)).unwrap_err();
    assert_eq!(error.refusal().unwrap().code.0, "checkin.wrong_session");
    let (zh, _) = words(&error);
    assert!(zh.contains("2023-10-15 10:30 技能（practical-1）") && zh.contains("第2考场 4号"), "{zh}");
    desk.does(&Unseat(who.application, second));
    assert_eq!(desk.refused(&admit(&desk, who.application)), "checkin.not_seated");
}

#[test]
fn unpaid_withdrawn_ended_and_unknown_are_refused_s1_29() {
    let mut desk = Desk::with_batch();
    desk.people(4);
    desk.reviewed();
    let ids = search::find(&desk.site, "15").unwrap();
    desk.does(&RecordFee::These(ids[1..].to_vec()));
    desk.does(&Arrange { seed: 1 });
    let first = admit(&desk, ids[0]);
    assert_eq!(desk.refused(&first), "payment.unpaid");
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&Admit { over: Some("x".into()), ..first.clone() }), "payment.unpaid");
    desk.sign_on("coordinator");
    assert_eq!(desk.refused(&Admit { over: Some(" ".into()), ..first.clone() }), "payment.unpaid");
    assert!(desk.does(&Admit { over: Some("已缴，未到账".into()), ..first }).overridden);

    desk.does(&Withdraw { application: ids[1], reason: "x".into() });
    assert_eq!(desk.refused(&admit(&desk, ids[1])), "checkin.withdrawn");
    let nobody = kaowu::model::ApplicationId(9999);
    assert_eq!(desk.refused(&admit(&desk, nobody)), "applications.unknown");
    let never = Admit { session: kaowu::model::SessionId(99), ..admit(&desk, ids[2]) };
    assert_eq!(desk.refused(&never), "checkin.unknown_session");
    // The theory session ends at 10:00 (S1-31); no reason opens it again.
    desk.at("10:00");
    let over = Admit { over: Some("x".into()), ..admit(&desk, ids[2]) };
    assert_eq!(desk.refused(&over), "checkin.session_over");
    desk.sign_on("typist-a");
    assert_eq!(desk.refused(&over), "duty.either_role_needed");
}

#[test]
fn a_complete_number_is_exact_and_everything_else_is_a_search() {
    let desk = Desk::seated(35);
    let who = at_seat(&desk.site, 1, 7);
    let exact = |text: &str| match checkin::resolve(&desk.site, theory(&desk), text).unwrap() {
        Found::Exact { people, .. } => Some(people.iter().map(|p| p.application).collect::<Vec<_>>()),
        Found::Search(_) => None,
    };
    let number = who.ticket.clone().unwrap();
    assert_eq!(exact(&number), Some(vec![who.application]));
    let wide: String = number.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
    assert_eq!(exact(&format!(" {wide} ")), Some(vec![who.application]));
    let person = checkin::candidate(&desk.site, theory(&desk), who.application).unwrap().unwrap();
    assert_eq!(exact(&person.id_number.to_lowercase()), Some(vec![who.application]));
    assert_eq!(exact(&number[..13]), None);
    assert_eq!(exact("23150601010199"), Some(vec![]));
    let code = |text: &str| checkin::exactly(&desk.site, theory(&desk), text).unwrap_err().refusal().unwrap().code.0;
    assert_eq!(code("23150601010199"), "checkin.unknown_code");
    assert_eq!(code(&number[..13]), "checkin.incomplete_code");
    assert_eq!(code("王"), "checkin.unknown_code");
}

#[test]
fn names_are_found_by_pinyin_initials_tail_and_seat() {
    let names: Vec<_> = SURNAMES.iter().map(|(name, ..)| *name).chain(["张三", "赵爽", "李四"]).collect();
    let desk = named(&names);
    let found = |text: &str| -> Vec<String> {
        let all = search::candidates(&desk.site, Some(theory(&desk)), text).unwrap();
        all.into_iter().map(|c| c.name).collect()
    };
    assert_eq!(found("zs"), ["赵爽", "张三"].into_iter().rev().collect::<Vec<_>>());
    for (name, sound, initials) in SURNAMES {
        assert!(found(sound).contains(&name.to_owned()), "{name} by {sound}: {:?}", found(sound));
        assert!(found(initials).contains(&name.to_owned()), "{name} by {initials}");
    }
    assert_eq!(found("三"), ["张三"]);
    assert_eq!(found("zhangs"), ["张三"]);
    let who = at_seat(&desk.site, 1, 5);
    assert_eq!(found("1-5"), [who.name.as_str()]);
    assert_eq!(found("１－５"), [who.name]);
}

#[test]
fn undo_gives_the_seat_back_also_after_reopening() {
    let shell = Shell::new();
    shell.run("init --site 01 --name X --region 150600 --organisation S000015000001 --operator boss").done();
    let open = || {
        let clock = FixedClock::at(Stamp::parse(crate::harness::desk::MORNING).unwrap());
        let path = shell.home().join("site.db");
        let mut site = Site::open(&path, Access::ReadWrite, Assets::default(), Box::new(clock)).unwrap();
        sign_on(&mut site, &Credential::Named { name: "boss", pin: None, os_user: None }).unwrap();
        site.choose_batch(None).unwrap();
        site
    };
    shell.run("batch open --policy nmg-2023 --as boss").done();
    let mut desk = Desk::with_batch();
    desk.site = open();
    desk.people(3);
    desk.reviewed();
    desk.does(&RecordFee::All);
    desk.does(&Arrange { seed: 1 });
    let (who, session) = (at_seat(&desk.site, 1, 1), theory(&desk));
    desk.does(&admit(&desk, who.application));
    let count = |site: &Site| checkin::progress(site, session, None, 9).unwrap().totals;
    assert_eq!((count(&desk.site).here, count(&desk.site).expected()), (1, 2));
    drop(desk);

    let mut site = open();
    let cancel = Cancel { session, application: who.application, reason: "认错人".into() };
    let op = site.perform(&cancel).unwrap().op.unwrap();
    drop(site);
    let mut site = open();
    assert_eq!(checkin::seated(&site, session, who.application).unwrap().unwrap().attendance, None);
    assert_eq!((count(&site).here, count(&site).expected()), (0, 3));
    let error = checkin::may_cancel(&site, session, who.application).unwrap_err();
    assert_eq!(error.refusal().unwrap().code.0, "checkin.not_present");
    assert!(checkin::recent(&site, session, None, 5).unwrap().is_empty());
    // Taken back in error: the same admission stands again, and is itself taken back once more.
    site.perform(&Undo { op, reason: "看错".into() }).unwrap();
    assert_eq!((count(&site).here, count(&site).expected()), (1, 2));
    site.perform(&cancel).unwrap();
    let again = Admit::of(session, who.application);
    site.perform(&again).unwrap();
    checkin::may_cancel(&site, session, who.application).unwrap();
}

#[test]
fn absence_is_an_act_after_the_late_limit_and_can_be_undone() {
    let mut desk = Desk::seated(35);
    let session = theory(&desk);
    let (here, gone) = (at_seat(&desk.site, 1, 1), at_seat(&desk.site, 2, 2));
    desk.does(&admit(&desk, here.application));
    desk.does(&Withdraw { application: gone.application, reason: "x".into() });
    let all = close(&desk, session, None);
    assert_eq!(desk.at("08:45").refused(&all), "checkin.still_open");
    assert!(checkin::absentees(&desk.site, session, None).unwrap_err().refusal().unwrap().is(checkin::STILL_OPEN));
    desk.at("08:46").sign_on("proctor");
    assert_eq!(desk.refused(&all), "duty.role_needed");
    assert!(checkin::absentees(&desk.site, session, None).is_err());
    desk.sign_on("coordinator");
    assert_eq!(checkin::absentees(&desk.site, session, None).unwrap().len(), 33);
    assert_eq!(checkin::progress(&desk.site, session, None, 9).unwrap().totals.absent, 0);
    // One room first.
    let room = close(&desk, session, Some(gone.room));
    assert_eq!(desk.does(&room).absent.len(), 4);
    // The list that was signed is not the list of now.
    assert_eq!(desk.refused(&all), "checkin.list_changed");
    let rest = close(&desk, session, None);
    desk.does(&rest);
    let totals = checkin::progress(&desk.site, session, None, 9).unwrap().totals;
    assert_eq!((totals.seated, totals.here, totals.absent, totals.expected()), (35, 1, 33, 1));
    assert_eq!(desk.refused(&rest), "checkin.nobody_expected");
    // Somebody who was marked absent comes after all.
    let late = at_seat(&desk.site, 1, 3);
    let over = Admit { over: Some("交通管制".into()), ..admit(&desk, late.application) };
    assert_eq!(desk.does(&over).late_minutes(), Some(16));
    desk.does(&Cancel { session, application: late.application, reason: "误放".into() });
    let state = checkin::seated(&desk.site, session, late.application).unwrap().unwrap().attendance;
    assert_eq!(state, Some(AttendanceState::Absent));
    assert!(checkin::may_cancel(&desk.site, session, late.application).is_err());
}

#[test]
fn progress_follows_every_admission() {
    let mut desk = Desk::seated(65);
    let session = theory(&desk);
    for seat in 1..=3 {
        let who = at_seat(&desk.site, 2, seat).application;
        desk.does(&admit(&desk, who));
    }
    let progress = checkin::progress(&desk.site, session, None, 9).unwrap();
    let rooms: Vec<_> = progress.rooms.iter().map(|r| (r.number, r.here, r.seated)).collect();
    assert_eq!(rooms, [(1, 0, 30), (2, 3, 30), (3, 0, 5)]);
    for seat in 1..=5 {
        let who = at_seat(&desk.site, 3, seat).application;
        desk.does(&admit(&desk, who));
    }
    let own = at_seat(&desk.site, 2, 1).room;
    let first: Vec<_> =
        checkin::progress(&desk.site, session, Some(own), 9).unwrap().rooms.iter().map(|r| r.number).collect();
    assert_eq!(first, [2, 1, 3], "this door's, then those that wait, then full ones");
    let recent = checkin::recent(&desk.site, session, None, 4).unwrap();
    assert_eq!(recent.iter().map(|s| (s.room_number, s.seat)).collect::<Vec<_>>(), [(3, 5), (3, 4), (3, 3), (3, 2)]);
    assert_eq!(checkin::recent(&desk.site, session, Some(own), 9).unwrap().len(), 3);
}

#[test]
fn the_clock_chooses_the_session_s1_31() {
    let mut desk = Desk::seated(3);
    for (clock, code) in [
        ("06:00", "theory-1"),
        ("08:40", "theory-1"),
        ("09:30", "theory-1"),
        ("10:05", "practical-1"),
        ("12:00", "practical-1"),
        ("20:00", "practical-1"),
    ] {
        desk.at(clock);
        assert_eq!(checkin::current(&desk.site, desk.site.now()).unwrap().code, code, "{clock}");
    }
    let door = checkin::Door::at(&desk.site, &session(&desk.site, "practical-1")).unwrap();
    assert_eq!(door.phase(desk.site.now()), Phase::Over);
    assert!(ticket(&desk.site, 1, 1).starts_with("23150601"));
}
