//! What can be reported, and what not.
use super::world::{FIRST, open, report, room, session, time};
use crate::harness::Desk;
use kaowu::config::Assets;
use kaowu::model::{ApplicationId, SessionId};
use kaowu::ops::conduct::{self, Place, Report, incidents, read_place, read_time};
use kaowu::ops::history::{Undo, next_undo};
use kaowu::ops::{Error, IncidentState, checkin};

#[test]
fn two_invigilators_report_and_a_decision_is_due() {
    let mut desk = room(3, "assessment");
    let op = report(&desk, "A2-3");
    let done = desk.sign_on("proctor").does(&op);
    let seat = checkin::seated(&desk.site, op.session, FIRST).unwrap().unwrap();
    assert_eq!((done.room, done.seat), (seat.room_number, Some(seat.seat)));
    let one = conduct::one(&desk.site, done.number).unwrap();
    assert_eq!((one.state, one.table.as_str(), one.act.as_str()), (IncidentState::Reported, "assessment", "A2-3"));
    assert_eq!(one.evidence.as_deref(), Some("纸条一张\n监控 09:04-09:06"));
    assert_eq!(one.invigilators, ["张监考", "李监考"]);
    assert_eq!((one.signature.code(), one.reported_by.as_str()), ("refused", "proctor"));
    let undo = Undo { op: next_undo(&desk.site).unwrap(), reason: "写错人".into() };
    desk.does(&undo);
    assert!(incidents(&desk.site).unwrap().is_empty());
}

#[test]
fn the_seat_names_the_person_and_a_room_alone_names_nobody() {
    let mut desk = room(3, "assessment");
    let session = session(&desk, "theory-1").id;
    let seat = checkin::seated(&desk.site, session, ApplicationId(2)).unwrap().unwrap();
    let place = read_place(&desk.site, &format!(" {}－{} ", seat.room_number, seat.seat)).unwrap();
    let by_seat = Report { room: place.room, seat: place.seat, application: None, ..report(&desk, "A2-1") };
    assert_eq!(desk.does(&by_seat).name, Some(seat.name));
    let by_ticket = read_place(&desk.site, &seat.ticket.unwrap()).unwrap();
    assert_eq!(by_ticket, Place { application: Some(ApplicationId(2)), ..Place::default() });
    let alone = read_place(&desk.site, &seat.room_number.to_string()).unwrap();
    let nobody = Report { room: alone.room, application: None, ..report(&desk, "A1-4") };
    assert_eq!(desk.does(&nobody).name, None);
    for (text, code) in [
        ("3-", "conduct.bad_where"),
        ("甲", "conduct.bad_where"),
        ("99-1", "seating.no_room"),
        ("", "conduct.bad_where"),
    ] {
        let error = read_place(&desk.site, text).unwrap_err();
        assert_eq!(error.refusal().unwrap().code.0, code, "{text}");
    }
}

#[test]
fn an_act_that_wants_a_warning_is_refused_without_one() {
    let mut desk = room(1, "assessment");
    let op = report(&desk, "A1-1");
    assert_eq!(desk.refused(&op), "conduct.needs_warning");
    desk.does(&Report { warned: true, ..op });
}

#[test]
fn every_report_that_cannot_be_is_refused() {
    let mut desk = room(3, "assessment");
    let good = report(&desk, "A2-1");
    let seat = checkin::seated(&desk.site, good.session, FIRST).unwrap().unwrap();
    let cases = [
        (Report { act: "X9".into(), ..good.clone() }, "conduct.unknown_act"),
        (Report { facts: " 　".into(), ..good.clone() }, "conduct.facts_needed"),
        (Report { invigilators: ["张监考".into(), "".into()], ..good.clone() }, "conduct.two_invigilators"),
        (Report { invigilators: ["张监考".into(), " 张监考 ".into()], ..good.clone() }, "conduct.two_invigilators"),
        (Report { at: time("09:11"), ..good.clone() }, "conduct.later"),
        (Report { at: time("09:05").plus_minutes(-24 * 60), ..good.clone() }, "conduct.other_day"),
        (Report { session: SessionId(99), ..good.clone() }, "checkin.unknown_session"),
        (Report { application: Some(ApplicationId(77)), ..good.clone() }, "conduct.not_here"),
        (Report { seat: Some(seat.seat + 1), ..good.clone() }, "checkin.wrong_room"),
        (Report { application: None, ..good.clone() }, "conduct.nowhere"),
        (Report { application: None, room: Some(seat.room), seat: Some(30), ..good.clone() }, "conduct.seat_empty"),
        (Report { application: None, room: Some(kaowu::model::RoomId(99)), ..good.clone() }, "conduct.unknown_room"),
    ];
    for (op, code) in cases {
        assert_eq!(desk.refused(&op), code, "{op:?}");
    }
    desk.does(&good);
    assert_eq!(desk.refused(&good), "conduct.reported_already");
    assert_eq!(desk.sign_on("typist-a").refused(&good), "duty.either_role_needed");
}

#[test]
fn times_are_read_as_people_write_them() {
    let day = "2023-10-15".parse().unwrap();
    assert_eq!(read_time("０９：０５", day).unwrap(), time("09:05"));
    assert_eq!(read_time("2023-10-15 09:05", day).unwrap(), time("09:05"));
    assert_eq!(read_time("9点", day).unwrap_err().refusal().unwrap().code.0, "conduct.bad_time");
}

/// A site may bring a table of its own; one with faults is told with its line, and a policy that names none is not opened.
#[test]
fn a_site_has_its_own_table() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("acts")).unwrap();
    let own = home.path().join("acts/own.toml");
    let text = "format = 1\ncode = \"own\"\nbasis = \"本考点规定\"\ntitle = { \"zh-CN\" = \"本考点\", en = \"own\" }\n\
        [[acts]]\ncode = \"1\"\nclass = \"1\"\nwords = { \"zh-CN\" = \"迟交卷\", en = \"late\" }\noutcome = \"warning\"\n";
    std::fs::write(&own, text).unwrap();
    let mut desk = Desk::with_assets(Assets::new(Some(home.path().to_owned())));
    open(&mut desk, "own", "own");
    assert_eq!(conduct::acts(&desk.site, None).unwrap().acts.len(), 1);
    assert_eq!(conduct::names(&desk.site), ["appraisal", "assessment", "own", "professional"]);
    std::fs::write(&own, text.replace("warning", "nothing")).unwrap();
    let Err(Error::Policy(faults)) = conduct::acts(&desk.site, None) else { panic!("read") };
    assert_eq!((faults[0].file.as_str(), faults[0].line), ("own", 9));
}
