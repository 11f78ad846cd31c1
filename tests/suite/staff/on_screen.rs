//! The page: posts with what is wanting on top, people behind Tab.
use super::world::{add, proctor, staffed};
use crate::harness::{Desk, Screen};
use kaowu::model::{SessionId, TieKind};
use kaowu::ops::checkin;
use kaowu::ops::staff::{Tie, candidate};
use kaowu::text::Lang;

fn open(desk: Desk) -> Screen {
    let mut screen = Screen::open(desk, "seating");
    screen.press("g").type_text("考务人员").press("enter");
    screen
}

#[test]
fn what_is_wanting_stands_on_top_and_is_filled_by_a_proposal() {
    let mut desk = Desk::seated(60);
    staffed(&mut desk);
    let mut screen = open(desk);
    screen.sees("theory-1").sees("! 7 处缺口或问题").sees("第 1 考场").sees("缺 2（0/2）");
    screen.press("p").sees("可安排 11 人次，仍缺 0 处").sees("尚未保存").press("esc").sees("! 7 处");
    screen.press("p s").sees("已安排 11 人次").sees("+ 人员齐备").sees("2/2");
    screen.press("right").sees("practical-1").sees("! 7 处");
    screen.press("left u").type_text("排错了").press("enter").sees("! 7 处");
}

#[test]
fn the_free_come_first_and_the_others_say_why_not() {
    let mut desk = Desk::seated(60);
    let (kin, _) = (add(&mut desk, proctor(1)), add(&mut desk, proctor(2)));
    let who = checkin::register(&desk.site, SessionId(1), None).unwrap().remove(0);
    assert_eq!(who.room_number, 1);
    let (document, id_number, name) = candidate(&desk.site, who.ticket.as_deref().unwrap()).unwrap();
    desk.does(&Tie { staff: kin, kind: TieKind::Kin, document, id_number, name, note: None });
    let mut screen = open(desk);
    let mut at = 0;
    while !screen.text().lines().any(|l| l.starts_with("> ") && l.contains("第 1 考场")) && at < 20 {
        screen.press("down");
        at += 1;
    }
    screen.press("a");
    let text = screen.text();
    let (free, kin) = (text.find("监考2").unwrap(), text.find("监考1").unwrap());
    assert!(free < kin && text.contains("亲属"), "{text}");
    screen.press("enter").sees("监考2：theory-1").sees("1/2").press("s").sees("08:10 签到");
    screen.press("x").sees("已于").press("u").type_text("误").press("enter x").sees("已不任");
    screen.press("tab").sees("监考1").sees("监考单位1");
}

#[test]
fn people_are_added_by_a_form_and_the_page_is_whole_in_both_languages() {
    let mut screen = open(Desk::with_batch());
    screen
        .press("tab")
        .sees("还没有考务人员")
        .press("n")
        .type_text("赵六")
        .press("enter")
        .type_text("某校")
        .press("ctrl-g");
    screen.sees("赵六").sees("某校");
    for (lang, page) in [(Lang::English, "Staff"), (Lang::Chinese, "考务人员")] {
        let mut desk = Desk::seated(60);
        staffed(&mut desk);
        let mut screen = Screen::sized(desk, "seating", lang, (80, 24));
        screen.press("g").type_text(page).press("enter");
        screen.press("p s tab");
        assert!(!screen.text().contains('{') && !screen.text().contains("staffing."), "{}", screen.text());
    }
}
