//! A closing is signed, and every pane counts down to the next gate.
use super::world::{admit, at_seat, close, session, theory};
use crate::harness::{Desk, Screen};
use kaowu::model::{Role, Stamp};
use kaowu::ops::checkin::{self, CloseAbsent, Proof, Timetable};
use kaowu::ops::upkeep::{AddOperator, Credential, sign_on};
use kaowu::text::Lang;

const PIN: &str = "84291736";

/// Signed on as a coordinator with a PIN, after the gate.
fn with_pin() -> Desk {
    let mut desk = Desk::seated(35);
    let pin_hash = Some(AddOperator::hash_pin(PIN).unwrap());
    let roles = vec![Role::Coordinator];
    desk.does(&AddOperator { name: "chief".into(), roles, os_user: None, unit: None, pin_hash });
    sign_on(&mut desk.site, &Credential::Named { name: "chief", pin: Some(PIN), os_user: None }).unwrap();
    desk.at("08:50");
    desk
}

#[test]
fn a_pin_signs_where_there_is_one_and_never_reaches_the_journal() {
    let mut desk = with_pin();
    let session = theory(&desk);
    let code =
        |desk: &Desk, proof| checkin::sign(&desk.site, (session, None), proof).unwrap_err().refusal().unwrap().code.0;
    assert_eq!(code(&desk, Proof::Count(35)), "operator.pin_needed");
    assert_eq!(code(&desk, Proof::Pin("00000000")), "operator.wrong_pin");
    let signed = checkin::sign(&desk.site, (session, None), Proof::Pin(PIN)).unwrap();
    // Somebody comes in between: the list that was signed is not the list of now.
    let late = at_seat(&desk.site, 1, 1).application;
    desk.does(&checkin::Admit { over: Some("查实".into()), ..admit(&desk, late) });
    let op = CloseAbsent { session, room: None, signed };
    assert_eq!(desk.refused(&op), "checkin.list_changed");
    let signed = checkin::sign(&desk.site, (session, None), Proof::Pin(PIN)).unwrap();
    let op = CloseAbsent { session, room: None, signed };
    let params = serde_json::to_value(&op).unwrap();
    assert_eq!((params["signed"]["by"].as_str(), params["signed"]["with"].as_str()), (Some("chief"), Some("pin")));
    assert!(!params.to_string().contains(PIN));
    assert_eq!(desk.does(&op).absent.len(), 34);
}

#[test]
fn the_number_signs_for_whoever_has_no_pin_and_only_their_own_list() {
    let mut desk = Desk::seated(35);
    desk.at("08:50");
    let session = theory(&desk);
    let wrong = checkin::sign(&desk.site, (session, None), Proof::Count(34)).unwrap_err();
    assert!(wrong.refusal().unwrap().is(checkin::WRONG_COUNT));
    let op = close(&desk, session, None);
    // Another coordinator cannot use it.
    let roles = vec![Role::Coordinator];
    desk.does(&AddOperator { name: "deputy".into(), roles, os_user: None, unit: None, pin_hash: None });
    desk.sign_on("deputy");
    assert_eq!(desk.refused(&op), "checkin.list_changed");
    desk.sign_on("coordinator").does(&op);
    let who = at_seat(&desk.site, 1, 1).application;
    let cancel = checkin::Cancel { session, application: who, reason: "来了".into() };
    assert_eq!(desk.refused(&cancel), "checkin.closed_absent");
    let over = checkin::Admit { over: Some("来了".into()), ..admit(&desk, who) };
    assert_eq!(desk.does(&over).late_minutes(), Some(20));
}

#[test]
fn the_pane_shows_the_list_by_room_and_asks_the_pin() {
    for (lang, words, room, sign, done) in [
        (Lang::Chinese, "缺考", "第1考场  30 人", "输入您的口令签字", "已登记缺考 35 人，chief 签字"),
        (Lang::English, "absent", "room 1  30 people", "Sign with your PIN", "Marked absent: 35, signed by chief"),
    ] {
        let desk = with_pin();
        let name = at_seat(&desk.site, 1, 1).name;
        let mut screen = Screen::sized(desk, "checkin", lang, (80, 24));
        screen.press("f2").type_text(words).press("enter");
        screen.sees(room).sees(sign).sees(&name);
        screen.type_text("111111").sees("******").press("enter").sees(sign).sees("x ");
        assert_eq!(
            checkin::expected(&screen.app.site, session(&screen.app.site, "theory-1").id, None).unwrap().len(),
            35
        );
        screen.type_text(PIN).sees_not(PIN).press("enter").sees(done).sees_not(sign);
        // Esc leaves everything as it is.
        assert!(
            checkin::expected(&screen.app.site, session(&screen.app.site, "theory-1").id, None).unwrap().is_empty()
        );
    }
}

/// S1-31: gates of 08:30 and 10:30, with half an hour before and a quarter after.
#[test]
fn every_pane_counts_down_to_the_next_gate_s1_31() {
    for (lang, words) in [
        (Lang::Chinese, ["开考 20 分钟", "停止入场 15 分钟", "停止入场 1:45", "可交卷 15 分钟", "开门 15 分钟"]),
        (
            Lang::English,
            [
                "exam starts 20 min",
                "door closes 15 min",
                "door closes 1:45",
                "hand-in from 15 min",
                "door opens 15 min",
            ],
        ),
    ] {
        let desk = Desk::seated(3);
        let clock = desk.clock();
        let set = |time: &str| clock.set(Stamp::parse(&format!("2023-10-15T{time}+08:00")).unwrap());
        let mut screen = Screen::sized(desk, "applications", lang, (80, 24));
        let [starts, limit, seconds, hand_in, opens] = words;
        screen.sees(starts);
        set("08:30:00");
        screen.sees(limit);
        set("08:43:15");
        screen.sees(seconds);
        set("08:45:00");
        screen.sees(hand_in).press("f6").sees(hand_in);
        set("09:45:00");
        screen.sees(opens);
        set("12:30:00");
        screen.sees_not(opens).sees_not("1:45");
        // Not on the day before.
        clock.set(Stamp::parse("2023-10-14T09:45:00+08:00").unwrap());
        screen.sees_not(opens);
    }
}

/// A frame is due only when the words change: by the minute, and by the second in the last two.
#[test]
fn nothing_is_drawn_while_the_countdown_stands() {
    let desk = Desk::seated(3);
    let clock = desk.clock();
    let set = |time: &str| clock.set(Stamp::parse(&format!("2023-10-15T{time}+08:00")).unwrap());
    let screen = Screen::open(desk, "checkin");
    let shown = |time: &str| {
        set(time);
        screen.app.time_shown()
    };
    assert_eq!(shown("08:31:00"), shown("08:31:59"));
    assert_ne!(shown("08:31:59"), shown("08:32:00"));
    assert_eq!(shown("08:43:10"), shown("08:43:10.900"));
    assert_ne!(shown("08:43:10"), shown("08:43:11"));
    assert_eq!(shown("20:00:01"), shown("20:00:50"));
}

#[test]
fn the_door_counts_in_large_figures() {
    let mut desk = Desk::seated(3);
    desk.at("08:33");
    let mut screen = Screen::open(desk, "checkin");
    // 12 minutes to 08:45: a one and a two of five lines.
    screen.sees("08:45 停止入场").sees(" █  ███\n").sees("███ ███ 分钟");
    // A low window keeps its lines for rooms.
    screen.resize((60, 16)).sees_not("███ ███ 分钟");
}

#[test]
fn the_next_gate_of_the_day_is_the_nearest_of_all_sessions() {
    let mut desk = Desk::seated(3);
    let table = Timetable::of(&desk.site).unwrap();
    let next = |desk: &Desk| table.next(desk.site.now()).map(|n| (n.session, n.gate.code(), n.at.clock()));
    let found = |session: &str, gate, at: &str| Some((session.to_owned(), gate, at.to_owned()));
    assert_eq!(next(desk.at("09:30")), found("practical-1", "opens", "10:00"));
    assert_eq!(next(desk.at("10:00")), found("practical-1", "starts", "10:30"));
}
