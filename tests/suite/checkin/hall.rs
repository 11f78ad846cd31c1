//! The chief's view, the room by seat, and the exceptions by keys.
use super::world::{admit, at_seat, hands_on, papers_asked, theory};
use crate::harness::{Desk, Screen};
use kaowu::model::{AttendanceState, Stamp};
use kaowu::ops::checkin::{self, What};
use kaowu::ops::upkeep::{Credential, sign_on};
use kaowu::ops::{AttendanceRow, RoomRow};
use kaowu::text::Lang;

/// A room is closed though people sit in it.
#[derive(serde::Serialize)]
struct CloseRoom(kaowu::model::RoomId);

impl kaowu::ops::Operation for CloseRoom {
    const KIND: &'static str = "test.close_room";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();
    fn apply(&self, work: &mut kaowu::ops::Work<'_, '_>) -> kaowu::ops::Result<()> {
        let row = kaowu::store::rows::first::<RoomRow>(work.tx.db(), "WHERE id = ?1", [self.0])?.unwrap();
        Ok(work.tx.update(&row, &RoomRow { closed: Some("漏水".into()), ..row.clone() })?)
    }
}

fn alarms(desk: &Desk) -> Vec<(What, Option<i64>, i64)> {
    let hall = checkin::hall(&desk.site, &super::world::session(&desk.site, "theory-1")).unwrap();
    hall.alarms(desk.site.now()).into_iter().map(|a| (a.what, a.number, a.count)).collect()
}

#[test]
fn alarms_stand_for_what_needs_somebody() {
    let mut desk = Desk::seated(65);
    for seat in 1..=29 {
        let who = at_seat(&desk.site, 1, seat).application;
        desk.does(&admit(&desk, who));
    }
    desk.does(&admit(&desk, at_seat(&desk.site, 3, 1).application));
    assert_eq!(alarms(&desk), []);
    desk.at("08:35");
    assert_eq!(alarms(&desk), [(What::NobodyIn, Some(2), 30)]);
    desk.at("08:46");
    let (nobody, first, third) =
        ((What::NobodyIn, Some(2), 30), (What::StillExpected, Some(1), 1), (What::StillExpected, Some(3), 4));
    assert_eq!(alarms(&desk), [nobody, first, third]);
    let closed = at_seat(&desk.site, 3, 1).room;
    desk.does(&CloseRoom(closed));
    assert_eq!(alarms(&desk), [(What::ClosedRoom, Some(3), 5), nobody, first, third]);
    // Rooms with an alarm come first.
    let hall = checkin::hall(&desk.site, &super::world::session(&desk.site, "theory-1")).unwrap();
    let numbers: Vec<_> = hall.by_need(Stamp(0)).iter().map(|room| room.number).collect();
    assert_eq!(numbers, [3, 1, 2]);
}

/// Two files of two doors brought together may say so; the door itself refuses it.
#[test]
fn the_same_person_in_two_places_is_an_alarm_s0_36() {
    let mut desk = Desk::seated(35);
    let who = at_seat(&desk.site, 1, 4);
    let other = hands_on(&mut desk, "09:00", &who);
    desk.does(&admit(&desk, who.application));
    assert_eq!(alarms(&desk), []);
    let row = AttendanceRow::present(other, who.application, desk.site.now());
    desk.does(&super::world::Put(row));
    assert_eq!(alarms(&desk), [(What::Twice, Some(1), 1)]);
    let mut screen = Screen::open(desk, "checkin");
    screen.press("f2").type_text("全场总览").press("enter");
    screen.sees(&format!("! {} 同时在两处：第1考场 4号，另在 hands-on 第1考场 4号", who.name));
}

#[test]
fn the_hall_is_a_page_over_every_pane() {
    for (lang, size) in [(Lang::Chinese, (80, 24)), (Lang::English, (120, 36))] {
        let mut desk = Desk::seated(365);
        let (here, gone) = (at_seat(&desk.site, 1, 1), at_seat(&desk.site, 2, 2));
        desk.does(&admit(&desk, here.application));
        let (session, ground) = (theory(&desk), checkin::Ground::Swapped);
        let words = String::new();
        desk.does(&checkin::Refuse { application: gone.application, session, room: None, ground, words });
        desk.at("08:50");
        let zh = lang == Lang::Chinese;
        let mut screen = Screen::sized(desk, "results", lang, size);
        screen.press("ctrl-v").type_text(if zh { "全场" } else { "Hall" }).press("enter");
        screen.sees(if zh {
            "应到 365  已到 1  未到 363  缺考 0  拒绝 1"
        } else {
            "seated 365  here 1  missing 363"
        });
        screen.sees(if zh {
            "第2考场开考后无人签到，29 人未到"
        } else {
            "room 2 has nobody in it since the start, 29"
        });
        screen.sees(if zh { "另有 " } else { " more" }).sees(if zh { "监考" } else { "proct." });
        // The second room's list.
        screen.press("down enter").sees(if zh { "第2考场" } else { "room 2" });
        screen.sees(&gone.name).sees(if zh { "拒绝入场" } else { "refused" });
        screen.press("esc").sees(if zh { "应到 365" } else { "seated 365" });
        screen.press("right").sees("practical-1").press("left").sees("theory-1");
        screen.press("s").sees("practical-1").press("esc");
        let text = screen.text();
        assert!(!text.contains("hall.") && !text.contains('{'), "{text}");
        screen.press("esc").sees_not("363");
    }
}

#[test]
fn a_proctors_room_is_a_list_by_seat() {
    let desk = Desk::seated(35);
    let (two, three) = (at_seat(&desk.site, 2, 2), at_seat(&desk.site, 2, 3));
    let other = at_seat(&desk.site, 1, 1);
    let mut screen = Screen::open(desk, "checkin");
    screen.press("ctrl-f").sees("请先选择本门考场");
    screen.press("ctrl-r").press("down down enter").sees(&two.name).sees(&three.name).sees_not(&other.name);
    // A scanner's second Enter means nobody in the list.
    screen.press("enter enter");
    assert_eq!(here(&screen), 0);
    screen.type_text(&three.ticket.unwrap()).press("enter enter");
    assert_eq!(here(&screen), 1);
    screen.sees("已签到").sees("08:10");
    // Chosen by hand: the card first, then in.
    screen.press("home down enter").sees("材料齐备").press("enter");
    assert_eq!(here(&screen), 2);
    screen.press("ctrl-f").sees("最近签到").press("ctrl-f").sees_not("最近签到");
}

fn here(screen: &Screen) -> i64 {
    let site = &screen.app.site;
    checkin::progress(site, super::world::session(site, "theory-1").id, None, 0).unwrap().totals.here
}

fn state(screen: &Screen, who: kaowu::model::ApplicationId) -> Option<AttendanceState> {
    let site = &screen.app.site;
    let session = super::world::session(site, "theory-1").id;
    checkin::seated(site, session, who).unwrap().unwrap().attendance
}

#[test]
fn an_unticked_item_sends_away_or_lets_in_by_a_reason() {
    for (lang, away, words, undone) in [
        (Lang::Chinese, "拒绝入场：人证不符", "放行", "现为未到"),
        (Lang::English, "sent away: person does not match the ID", "let in", "is now expected"),
    ] {
        let desk = Desk::seated(5);
        let (a, b) = (at_seat(&desk.site, 1, 1), at_seat(&desk.site, 1, 2));
        let mut screen = Screen::sized(desk, "checkin", lang, (80, 24));
        // A swapped identity card: no reason is offered.
        screen.type_text(&a.ticket.clone().unwrap()).press("ctrl-k").sees("[x]").press("space").sees("[ ]");
        screen.press("enter").sees_not("reason").sees_not("说明理由").press("enter").sees(away);
        assert_eq!(state(&screen, a.application), Some(AttendanceState::Refused));
        screen.press("ctrl-t").sees(&a.name).type_text("认错人").press("enter").sees(undone);
        assert_eq!(state(&screen, a.application), None);
        // No ticket: a coordinator may.
        screen.type_text(&b.ticket.clone().unwrap()).press("ctrl-k down down space enter down enter");
        screen.type_text("已核实身份").press("enter").sees(words);
        assert_eq!(state(&screen, b.application), Some(AttendanceState::Present));
        // All ticked is the same as Enter.
        screen.type_text(&a.ticket.clone().unwrap()).press("ctrl-k enter");
        assert_eq!(state(&screen, a.application), Some(AttendanceState::Present));
    }
}

#[test]
fn other_grounds_want_words_and_a_proctor_is_offered_no_reason() {
    let mut desk = Desk::seated(5);
    let who = at_seat(&desk.site, 1, 1);
    desk.sign_on("proctor");
    let mut screen = Screen::open(desk, "checkin");
    screen.type_text(&who.ticket.clone().unwrap()).press("ctrl-k down down space enter");
    screen.sees("拒绝入场：无准考证").sees_not("说明理由后放行").press("esc");
    screen.press("ctrl-k").press("r").sees("拒签诚信承诺书").type_text("其他").press("enter");
    screen.sees("请写明情况").type_text("醉酒").press("enter").sees("拒绝入场：其他原因");
    assert_eq!(state(&screen, who.application), Some(AttendanceState::Refused));
}

#[test]
fn scripts_are_handed_in_and_people_leave_by_keys() {
    let mut desk = Desk::seated(5);
    let (a, b) = (at_seat(&desk.site, 1, 1), at_seat(&desk.site, 1, 2));
    desk.does(&admit(&desk, a.application));
    desk.does(&admit(&desk, b.application));
    desk.at("08:50");
    let clock = desk.clock();
    let mut screen = Screen::open(desk, "checkin");
    screen.type_text(&a.ticket.clone().unwrap()).press("ctrl-d").sees("提前离场（须写明原因）").press("enter");
    // Before its time: a coordinator is asked why.
    screen.sees("请写明允许交卷的理由").press("esc");
    assert_eq!(state(&screen, a.application), Some(AttendanceState::Present));
    screen.press("ctrl-d down enter").sees("请写明原因").type_text("急病").press("enter").sees("提前离场 08:50");
    clock.set(Stamp::parse("2023-10-15T09:00:00+08:00").unwrap());
    screen.type_text(&b.ticket.clone().unwrap()).press("ctrl-d enter").sees("已交卷 09:00");
    screen.press("ctrl-t").sees(&b.name).sees("已交卷").type_text("误登").press("enter").sees("现为已签到");
    let third = at_seat(&screen.app.site, 1, 3);
    screen.type_text(&third.ticket.unwrap()).press("ctrl-d").sees("不在考场内");
    sign_on(&mut screen.app.site, &Credential::Named { name: "proctor", pin: None, os_user: None }).unwrap();
}

/// S4-26: one key more where papers are asked, and only there.
#[test]
fn papers_take_one_key_more_where_they_are_asked_s4_26() {
    let desk = papers_asked();
    let (a, b) = (at_seat(&desk.site, 1, 1), at_seat(&desk.site, 1, 2));
    let mut screen = Screen::open(desk, "checkin");
    screen.type_text(&a.ticket.clone().unwrap()).sees("纸质材料").sees("Ctrl+A");
    // A scanner's Enter, twice: nobody is in.
    screen.press("enter enter").sees("先核对纸质材料");
    assert_eq!(here(&screen), 0);
    screen.press("ctrl-a").sees("准时");
    assert_eq!(here(&screen), 1);
    screen.type_text(&b.ticket.clone().unwrap()).press("ctrl-k down down down space enter enter");
    screen.sees("拒绝入场：纸质材料不齐");
    assert_eq!(state(&screen, b.application), Some(AttendanceState::Refused));
    let mut plain = Screen::open(Desk::seated(3), "checkin");
    plain.sees_not("Ctrl+A").press("ctrl-a").sees("不要求考试当天携带纸质材料");
}
