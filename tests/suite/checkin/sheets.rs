//! The signed paper sheet of a room: by operation, by keys, by command.
use super::world::{admit, at_seat, close, theory};
use crate::harness::{Desk, Screen, Shell};
use kaowu::model::{AttendanceState, Stamp};
use kaowu::ops::applications::{RecordFee, Withdraw};
use kaowu::ops::checkin::{self, AttendanceSource, Ground, Known, Marks, Refuse, Sheet};
use kaowu::ops::seating::Arrange;
use kaowu::text::Lang;

fn sheet(desk: &Desk, (absent, late, refused): (&str, &str, &str)) -> Sheet {
    let marks = Marks::read(absent, late, refused).unwrap();
    let room = at_seat(&desk.site, 1, 1).room;
    Sheet { session: theory(desk), room, marks, known: Known::Keep, over: None }
}

fn states(desk: &Desk) -> Vec<(i64, Option<AttendanceState>)> {
    let room = at_seat(&desk.site, 1, 1).room;
    let all = checkin::register(&desk.site, theory(desk), Some(room)).unwrap();
    all.into_iter().map(|p| (p.seat, p.attendance)).collect()
}

#[test]
fn who_is_not_named_was_there() {
    let mut desk = Desk::seated(35);
    let gone = at_seat(&desk.site, 1, 9).application;
    desk.does(&Withdraw { application: gone, reason: "x".into() });
    let op = sheet(&desk, ("3,7", "12:5", "8:no_ticket"));
    assert_eq!(desk.at("08:45").refused(&op), "checkin.still_open");
    desk.at("09:00").sign_on("proctor");
    let shown = desk.site.preview(&op).unwrap().out;
    assert_eq!((shown.lines.len(), shown.written()), (29, 29));
    assert!(states(&desk).iter().all(|(_, state)| state.is_none()), "only shown");
    desk.does(&op);
    let all = checkin::register(&desk.site, theory(&desk), Some(op.room)).unwrap();
    let one = |seat: i64| all.iter().find(|p| p.seat == seat).unwrap();
    assert_eq!(one(3).attendance, Some(AttendanceState::Absent));
    assert_eq!((one(12).attendance, one(12).late_minutes), (Some(AttendanceState::Late), Some(5)));
    assert_eq!(one(12).at.unwrap().clock(), "08:35");
    assert_eq!((one(8).attendance, one(8).reason.as_deref()), (Some(AttendanceState::Refused), Some("no_ticket")));
    assert_eq!((one(1).attendance, one(1).source), (Some(AttendanceState::Present), Some(AttendanceSource::Sheet)));
    assert_eq!(one(9).attendance, None, "whoever withdrew is no one to the sheet");
    // Saved once.
    assert_eq!(desk.refused(&op), "checkin.sheet_nothing");
    // An absence of the sheet is taken back like any other step, one by a closing is not.
    let three = one(3).application;
    desk.does(&checkin::Cancel { session: op.session, application: three, reason: "看错行".into() });
    assert_eq!(checkin::seated(&desk.site, op.session, three).unwrap().unwrap().attendance, None);
}

#[test]
fn a_sheet_that_cannot_be_right_is_refused_whole() {
    let mut desk = Desk::seated(35);
    desk.at("09:00");
    assert_eq!(desk.refused(&sheet(&desk, ("3,31", "", ""))), "checkin.sheet_no_seat");
    assert_eq!(desk.refused(&sheet(&desk, ("3", "3:5", ""))), "checkin.sheet_twice");
    let late = sheet(&desk, ("", "3:16", ""));
    assert_eq!(desk.refused(&late), "checkin.sheet_too_late");
    let never = Sheet { session: kaowu::model::SessionId(99), ..late.clone() };
    assert_eq!(desk.refused(&never), "checkin.unknown_session");
    desk.sign_on("typist-a");
    assert_eq!(desk.refused(&late), "duty.either_role_needed");
    assert!(states(&desk).iter().all(|(_, state)| state.is_none()));
    // Later than the limit takes a coordinator and a reason.
    desk.sign_on("proctor");
    let over = Sheet { over: Some("电梯故障".into()), ..late };
    assert_eq!(desk.refused(&over), "checkin.sheet_too_late");
    desk.sign_on("coordinator").does(&over);
    assert_eq!(states(&desk)[2], (3, Some(AttendanceState::Late)));
}

#[test]
fn what_the_door_says_stays_unless_the_sheet_is_told_to_replace_it() {
    let mut desk = Desk::seated(35);
    let (three, four, five) = (at_seat(&desk.site, 1, 3), at_seat(&desk.site, 1, 4), at_seat(&desk.site, 1, 5));
    desk.at("08:33");
    desk.does(&admit(&desk, three.application));
    desk.does(&admit(&desk, four.application));
    let (session, ground) = (theory(&desk), Ground::NoDocument);
    desk.does(&Refuse { application: five.application, session, room: None, ground, words: String::new() });
    desk.at("09:00");
    // 3 is absent on the sheet, 5 was there on it: both against the door; 4 agrees, and stays late.
    let op = sheet(&desk, ("3", "", ""));
    let error = desk.try_to(&op).unwrap_err();
    assert_eq!(error.refusal().unwrap().code, checkin::SHEET_DIFFERS);
    assert_eq!(error.refusal().unwrap().get("seats"), Some(&"3 5".into()));
    desk.does(&Sheet { known: Known::Replace, ..op });
    let all = states(&desk);
    assert_eq!(all[2], (3, Some(AttendanceState::Absent)));
    assert_eq!(all[3], (4, Some(AttendanceState::Late)));
    assert_eq!(all[4], (5, Some(AttendanceState::Present)));
    let four = checkin::seated(&desk.site, session, four.application).unwrap().unwrap();
    assert_eq!(four.source, Some(AttendanceSource::Door));
}

#[test]
fn a_closing_is_a_state_too_and_the_fee_counts() {
    let mut desk = Desk::with_batch();
    desk.people(4);
    desk.reviewed();
    let ids = kaowu::ops::search::find(&desk.site, "15").unwrap();
    desk.does(&RecordFee::These(ids[1..].to_vec()));
    desk.does(&Arrange { seed: 1 });
    desk.at("09:00");
    let op = sheet(&desk, ("", "", ""));
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&op), "payment.unpaid");
    desk.sign_on("coordinator");
    let closing = close(&desk, theory(&desk), None);
    desk.does(&closing);
    assert_eq!(desk.refused(&op), "checkin.sheet_differs");
    desk.does(&Sheet { known: Known::Replace, over: Some("已缴未到账".into()), ..op });
    assert!(states(&desk).iter().all(|(_, state)| *state == Some(AttendanceState::Present)));
}

#[test]
fn the_page_shows_the_room_before_it_saves() {
    for (lang, counts, kept, done) in [
        (Lang::Chinese, "已签到 26  迟到 1  缺考 2  拒绝 1。将录入 29 人", "保留", "已按签到表录入 29 人"),
        (Lang::English, "present 26  late 1  absent 2  refused 1. 29 people", "kept", "29 people entered"),
    ] {
        let mut desk = Desk::seated(35);
        desk.does(&admit(&desk, at_seat(&desk.site, 1, 1).application));
        desk.at("08:40");
        let clock = desk.clock();
        let mut screen = Screen::sized(desk, "checkin", lang, (80, 24));
        screen
            .press("f2")
            .type_text(if lang == Lang::Chinese { "纸质签到表" } else { "paper sheet" })
            .press("enter")
            .sees("08:45");
        clock.set(Stamp::parse("2023-10-15T09:00:00+08:00").unwrap());
        screen.type_text("3,7x").sees("7x").press("backspace").press("tab").type_text("12:5").press("tab");
        screen.type_text("8:no_ticket").sees(counts).sees(kept);
        screen
            .press("ctrl-g")
            .sees("29")
            .type_text("1")
            .press("enter")
            .press("backspace")
            .type_text("29")
            .press("enter");
        screen.sees(done).sees_not("8:no_ticket");
        let site = &screen.app.site;
        let totals = checkin::progress(site, super::world::session(site, "theory-1").id, None, 0).unwrap().totals;
        assert_eq!((totals.here, totals.absent, totals.refused), (27, 2, 1));
        // Another room with its own sheet.
        screen.press("ctrl-r down enter").sees(if lang == Lang::Chinese { "第2考场" } else { "room 2" });
        screen.press("esc").sees(if lang == Lang::Chinese { "扫描/输入" } else { "Scan/type" });
    }
}

#[test]
fn sheet_refuse_leave_and_hall_by_command() {
    let (mut shell, tickets) = Shell::seated(5);
    let session = "--session theory-1";
    let run = |shell: &Shell, args: &[&str]| shell.run_args(args, "");
    let refused = shell.run(&format!("checkin refuse {} --why swapped --json", tickets[0])).done().json();
    assert_eq!((refused["state"].as_str(), refused["why"].as_str()), (Some("refused"), Some("swapped")));
    assert_eq!(shell.run(&format!("checkin refuse {} --why other", tickets[1])).status, 1);
    shell.run(&format!("checkin admit {} --without ticket", tickets[1])).out.clear();
    assert_eq!(shell.run(&format!("checkin admit {} --without ticket", tickets[1])).status, 1);
    shell.run(&format!("checkin admit {}", tickets[1])).done();
    assert_eq!(shell.run(&format!("checkin leave {}", tickets[1])).status, 1);
    shell.at("08:50");
    let left = run(&shell, &["checkin", "leave", &tickets[1], "--early", "--reason", "急病"]).done();
    assert!(left.out.contains("提前离场 08:50"), "{}", left.out);
    let hall = shell.run("checkin hall --json").done().json();
    assert_eq!((hall["rooms"][0]["refused"].as_i64(), hall["rooms"][0]["out"].as_i64()), (Some(1), Some(1)));
    assert_eq!(
        (hall["alarms"][0]["what"].as_str(), hall["alarms"][0]["count"].as_i64()),
        (Some("still_expected"), Some(3))
    );
    let would =
        shell.run(&format!("checkin sheet {session} --room 1 --absent 3 --late 4:5 --refused 1:swapped")).done();
    assert!(would.err.contains("将按签到表录入 3 人"), "{}", would.err);
    shell.run(&format!("checkin sheet {session} --room 1 --absent 3 --late 4:5 --refused 1:swapped --yes")).done();
    let list = shell.run(&format!("checkin list {session} --json")).done().json();
    assert_eq!((list[0]["attendance"].as_str(), list[2]["source"].as_str()), (Some("refused"), Some("sheet")));
    let words = shell.run(&format!("checkin list {session}")).done().out;
    assert!(words.contains("人证不符") && words.contains("迟到*"), "{words}");
    assert_eq!(shell.run(&format!("checkin sheet {session} --room 1 --absent x")).status, 1);
}
