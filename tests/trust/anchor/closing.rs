//! The closing record of a session: what it counts, and that attendance stays as it is after it.
use crate::harness::Desk;
use kaowu::model::SessionId;
use kaowu::ops::checkin::{CloseAbsent, Proof, absentees, sign};
use kaowu::ops::history::Undo;
use kaowu::ops::prints::{Form, Format, Scope};
use kaowu::ops::sessions::{Close, Reopen, closed};
use rusqlite::Connection;

fn close(desk: &mut Desk) -> kaowu::ops::SessionClosingRow {
    desk.does(&Close { session: "theory-1".into() });
    closed(&desk.site, SessionId(1)).unwrap().unwrap()
}

/// The record of the rooms of the session, as it is printed.
fn sheet(desk: &Desk) -> String {
    let scope = Scope { session: Some("theory-1".into()), ..Scope::default() };
    let printed = Form::find("room-record").unwrap().print(&desk.site, &scope, Format::Html).unwrap();
    String::from_utf8(printed.bytes).unwrap()
}

#[test]
fn a_closed_session_takes_no_attendance_before_two_people_open_it() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("site.db");
    let mut desk = Desk::in_file(&path);
    desk.open_batch();
    desk.people(6);
    desk.reviewed();
    desk.does(&kaowu::ops::applications::RecordFee::All);
    desk.does(&kaowu::ops::seating::Arrange { seed: 1 });
    assert_eq!(desk.refused(&Close { session: "theory-1".into() }), "sessions.not_over");
    desk.at("18:00");
    assert_eq!(desk.refused(&Close { session: "theory-1".into() }), "sessions.still_expected");
    let people = absentees(&desk.site, SessionId(1), None).unwrap().len();
    let signed = sign(&desk.site, (SessionId(1), None), Proof::Count(people)).unwrap();
    let op = desk.try_to(&CloseAbsent { session: SessionId(1), room: None, signed }).unwrap().op.unwrap();
    let row = close(&mut desk);
    assert_eq!((row.seated, row.present, row.absent, row.number), (6, 0, 6, 1));
    assert!(sheet(&desk).contains("theory-1 场次收场记录（第 1 次"));
    let db = Connection::open(&path).unwrap();
    for sql in [
        "UPDATE attendance SET state = 'present', source = 'door' WHERE session = 1",
        "DELETE FROM attendance WHERE session = 1",
        "INSERT OR REPLACE INTO attendance SELECT * FROM attendance WHERE session = 1",
    ] {
        assert!(db.execute(sql, []).unwrap_err().to_string().contains("session is closed"), "{sql}");
    }
    let undo = Undo { op, reason: "they were there".into() };
    assert_eq!(desk.refused(&undo), "history.in_use");
    assert_eq!(desk.refused(&Close { session: "theory-1".into() }), "sessions.closed");
    assert_eq!(desk.refused(&Reopen { session: "theory-1".into(), reason: String::new() }), "sessions.no_reason");
    desk.does(&Reopen { session: "theory-1".into(), reason: "a sheet was misread".into() });
    assert!(!sheet(&desk).contains("收场记录"), "it does not stand any more");
    desk.does(&undo);
    assert_eq!(desk.refused(&Close { session: "theory-1".into() }), "sessions.still_expected");
}
