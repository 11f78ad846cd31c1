//! The page: what is in the way, publishing, the counter, a re-check decided by somebody else.
use super::*;
use crate::harness::Screen;
use kaowu::ops::{applications, publicity};
use kaowu::tui::panes::PAGES;

fn page(desk: Desk) -> Screen {
    let mut screen = Screen::open(desk, "results");
    let place = PAGES.iter().position(|page| page.id == "publicity").unwrap();
    screen.press("ctrl-v").press(&"down ".repeat(place)).press("enter");
    screen
}

#[test]
fn what_is_in_the_way_is_listed_before_anything_is_asked() {
    let mut desk = Desk::seated(2);
    desk.at("18:00");
    let mut screen = page(desk);
    screen.sees("成绩公示").sees("结果尚未计算").press("p").sees("未办事项").sees("尚未锁定");
    screen.press("esc").press("f").sees("未办事项").press("esc").press("w").sees("没有公示");
}

#[test]
fn publishing_asks_where_and_shows_what_follows() {
    let mut desk = settled(2, "70");
    desk.does(&Compute::default());
    let mut screen = page(desk);
    screen.press("p").type_text("旗公告栏").press("enter").sees("旗公告栏").sees("2023-10-20");
    screen.press("enter").sees("公示中").sees("2023-10-20");
    assert!(publicity::current(&screen.app.site).unwrap().is_some());
    screen.press("tab").press("tab").sees("合格").press("enter").sees("合格 ");
}

#[test]
fn the_counter_asks_for_name_and_whole_number() {
    let desk = published(2, "59");
    let person = applications::by_id(&desk.site, FIRST).unwrap();
    let mut screen = page(desk);
    screen.press("q").type_text(&person.name).press("enter").type_text(&person.id_number).press("enter");
    screen.sees("59").sees("不合格").press("esc");
    screen.press("q").type_text(&person.name).press("enter").type_text("0017").press("enter").sees("没有查到");
}

#[test]
fn a_recheck_is_taken_down_and_decided_by_another() {
    let desk = published(2, "59");
    let person = applications::by_id(&desk.site, FIRST).unwrap();
    let mut screen = page(desk);
    screen.press("r").type_text(&person.id_number).press("enter").sees("漏判").press("enter");
    screen.type_text("15400000000").press("enter").type_text("请查漏判").press("enter").sees("复核申请 1 号");
    screen.press("tab").sees("待办").press("d").press("enter").type_text("与原卷一致").press("enter").sees("换另一人");
    let mut screen = page(Desk::after(screen).signed("another"));
    screen.press("tab").press("d").press("enter").type_text("与原卷一致").press("enter").sees("成绩不变");
    screen.sees("不属实");
}
