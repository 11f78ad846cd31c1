//! The page of locks and changes by keys, for a coordinator and two score managers.
use super::lock::settled;
use super::{FIRST, points};
use crate::harness::Screen;
use kaowu::model::{ApplicationId, Subject};
use kaowu::ops::entry::{self, Save};
use kaowu::text::Lang;

fn mark(screen: &Screen) -> Option<kaowu::model::Mark> {
    entry::standing(&screen.app.site, FIRST).unwrap()[0].mark
}

fn sign_on<'a>(screen: &'a mut Screen, name: &str) -> &'a mut Screen {
    screen.press("ctrl-o").type_text(name).press("enter");
    open(screen)
}

/// The page, by its name in the list of pages.
fn open(screen: &mut Screen) -> &mut Screen {
    screen.press("ctrl-v").type_text("成绩锁定").press("enter")
}

#[test]
fn a_session_is_locked_and_a_mark_changed_by_two_at_the_keyboard() {
    let desk = settled(3, "59.5");
    let ticket = entry::pile(&desk.site, &entry::piles(&desk.site).unwrap()[0]).unwrap();
    let ticket = ticket.iter().find(|(p, _)| p.application == FIRST).unwrap().0.whose.clone().unwrap().ticket.unwrap();
    let desk = desk.signed("score-manager");
    let mut screen = Screen::sized(desk, "results", Lang::Chinese, (80, 24));
    open(&mut screen).sees("可锁定").sees("没有待批的更改");
    // The practical session is not ready: what is in the way is listed instead.
    screen.press("down l").sees("未完成 3 项").sees("未登分").press("esc");
    screen.press("up l").sees("3 个成绩将锁定").press("enter").sees("3 个成绩已锁定").sees("已锁定");
    sign_on(&mut screen, "coordinator").press("a").type_text(&ticket).press("enter").sees("现为 59.5");
    screen.type_text("60").press("enter").sees("59.5 → 60").type_text("漏加半分").press("enter");
    screen.sees("成绩：59.5 → 60").sees("合计：").sees("提出更改").press("enter").sees("第 1 号更改已提出");
    assert_eq!(mark(&screen), Some(points("59.5")));
    screen.press("tab").sees("待批").press("y").sees("成绩管理员");
    assert_eq!(mark(&screen), Some(points("59.5")));
    sign_on(&mut screen, "score-manager").press("tab y").sees("成绩：59.5 → 60").sees("批准更改").press("esc");
    assert_eq!(mark(&screen), Some(points("59.5")));
    screen.press("y enter").sees("第 1 号更改已批准").sees("已批准");
    assert_eq!(mark(&screen), Some(points("60")));
}

#[test]
fn a_lock_by_mistake_is_opened_by_two_at_the_keyboard() {
    let desk = settled(3, "80").signed("score-manager-b").signed("score-manager");
    let mut screen = Screen::sized(desk, "results", Lang::Chinese, (80, 24));
    open(&mut screen).press("l enter").sees("已锁定").press("o").type_text("锁错场次").press("enter").sees("申请解锁");
    screen.press("y").sees("自己提出的不能自己审批");
    sign_on(&mut screen, "score-manager-b").press("y").sees("锁错场次").press("enter").sees("已解锁").sees("可锁定");
}

#[test]
fn a_typist_locks_nothing() {
    let mut desk = settled(3, "80");
    desk.sign_on("typist-a");
    let mut screen = Screen::sized(desk, "results", Lang::Chinese, (80, 24));
    open(&mut screen).press("l").sees("考务主管").press("a").sees("考务主管");
    let save = Save::new(ApplicationId(1), Subject::Theory, points("80"));
    assert!(screen.app.site.perform(&save).is_err());
}
