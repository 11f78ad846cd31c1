//! The page on the test screen.
use super::{Lock, THEORY, every_room, typed_by_two};
use crate::harness::{Desk, Screen};
use kaowu::ops::scripts::Ask;
use kaowu::tui::panes::PAGES;

fn page(desk: Desk) -> Screen {
    let mut screen = Screen::open(desk, "entry");
    let place = PAGES.iter().position(|page| page.id == "scripts").unwrap();
    screen.press("ctrl-v").press(&"down ".repeat(place)).press("enter");
    screen
}

#[test]
fn a_coordinator_draws_and_asks_and_another_opens_by_keys_s0_23() {
    let mut screen = page(Desk::seated(4));
    screen.sees("未抽").press("n").sees("已抽密号 4 个").sees("密封");
    screen.press("a").type_text("锁定前").press("enter").sees("还没有锁定").press("esc");
    let mut desk = Desk::after(screen);
    typed_by_two(&mut desk, "66.5");
    desk.does(&Lock(THEORY));
    let mut screen = page(desk);
    screen.sees("可申请").press("a").type_text("成绩已锁定").press("enter").sees("已申请启封").sees("待启封");
    screen.press("o").sees("须由另一人");
    screen.press("m").sees("还没有启封");
    let mut desk = Desk::after(screen);
    desk.sign_on("approver");
    let mut screen = page(desk);
    screen.press("o").sees("已启封场次").press("m").sees("密号对照");
}

#[test]
fn a_typist_sees_bags_without_rooms() {
    let mut desk = Desk::seated(4);
    desk.does(&every_room());
    let code = kaowu::ops::scripts::bags(&desk.site).unwrap()[0].bag.clone().unwrap();
    desk.sign_on("typist-b");
    let lines = kaowu::ops::scripts::bags(&desk.site).unwrap();
    assert!(lines.iter().filter(|l| l.bag.is_some()).all(|l| l.room.is_none()));
    page(desk).sees(&code).press("n").sees("考务主管");
}

#[test]
fn asking_needs_locked_marks() {
    let mut desk = Desk::seated(4);
    desk.does(&every_room());
    assert_eq!(desk.refused(&Ask { session: THEORY, reason: "x".into() }), "script.not_locked");
}
