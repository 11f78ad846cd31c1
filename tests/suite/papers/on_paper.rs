//! What is printed.
use super::world::*;
use kaowu::model::AttendanceState;
use kaowu::ops::papers::Store;
use kaowu::ops::prints::{Form, Format, Scope};

fn print(desk: &crate::harness::Desk, form: &str, room: Option<i64>) -> String {
    let scope = Scope { session: Some("theory-1".into()), room, ..Scope::default() };
    let form = Form::find(form).unwrap();
    assert!(!form.print(&desk.site, &scope, Format::Xlsx).unwrap().bytes.is_empty());
    String::from_utf8(form.print(&desk.site, &scope, Format::Html).unwrap().bytes).unwrap()
}

#[track_caller]
fn has(text: &str, wanted: &[&str]) {
    for w in wanted {
        assert!(text.contains(w), "no {w:?} in:\n{text}");
    }
}

#[test]
fn sheets_of_a_room_are_filled_from_what_happened() {
    let mut desk = collected();
    let absent = people(&desk.site, 2)[0].clone();
    let late = people(&desk.site, 2)[1].clone();
    desk.does(&Attend(vec![(late.application, AttendanceState::HandedIn)]));
    let mut record = close(&desk.site, 2);
    (record.collected, record.reason, record.remarks) = (3, Some("一份被带出".into()), Some("空调故障".into()));
    desk.does(&record);
    let sheet = print(&desk, "room-record", Some(2));
    has(
        &sheet,
        &[
            "考场情况记录单",
            "第 2 考场",
            &absent.name,
            &absent.ticket.unwrap(),
            "一份被带出",
            "空调故障",
            "监甲",
            "主考签名",
        ],
    );
    has(&sheet, &["<th>3</th>", "最早交卷时间</th><td>08:25"]);
    assert_eq!(sheet.matches("<section").count(), 1);
    has(&print(&desk, "paper-handover", Some(2)), &["试卷交接单", "02-01", "保管", "领甲", "领乙　领丙"]);
    let witness = people(&desk.site, 2)[4].name.clone();
    has(&print(&desk, "paper-unsealing", Some(2)), &["试卷拆封确认表", "完好", &witness, "2023-10-15 08:25"]);
    has(&print(&desk, "script-cover", Some(2)), &["答卷袋封面", "3 份", "监甲　监乙"]);
    // Every room has a page of its own, and blanks where nothing is known yet.
    let all = print(&desk, "room-record", None);
    assert_eq!(all.matches("<section").count(), 2);
}

#[test]
fn the_register_of_the_archive_is_ready_for_inspection_s1_38() {
    let (mut desk, room) = closed();
    let store = Store {
        session: session(&desk.site).id,
        room,
        r#box: "D-07".into(),
        scripts: 4,
        keeper: "督导甲".into(),
        place: None,
        reason: None,
    };
    desk.does(&store);
    let sheet = print(&desk, "archive-register", None);
    has(&sheet, &["试卷归档登记表", "D-07", "督导甲", "2026-10-15", "02-01", "（未归档）", "<th>4</th>"]);
}
