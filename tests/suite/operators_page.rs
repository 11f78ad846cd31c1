//! The page of operators by keys: adding with a first PIN, another PIN by two, the end of a lock, disabling.
use crate::harness::{Desk, Screen};
use kaowu::model::Role;
use kaowu::ops::upkeep::{Credential, Known, known, sign_on};

const FIRST: &str = "20231015";
const OTHER: &str = "27182818";

fn one(screen: &Screen, name: &str) -> Known {
    known(&screen.app.site).unwrap().into_iter().find(|k| k.row.name == name).unwrap()
}

fn signs_on(screen: &mut Screen, name: &str, pin: &str) -> bool {
    let me = screen.app.site.actor().clone();
    let let_in = sign_on(&mut screen.app.site, &Credential::Named { name, pin: Some(pin), os_user: None }).is_ok();
    screen.app.site.set_actor(me);
    let_in
}

#[test]
fn an_administrator_starts_on_the_operators_and_adds_one_with_a_pin() {
    let mut desk = Desk::with_batch();
    desk.sign_on("admin");
    let mut screen = Screen::open(desk, "checkin");
    screen.sees("操作员").sees("角色").sees("admin");
    screen.press("a").sees("新增操作员").type_text("王五").press("enter enter enter enter enter");
    screen.sees("请 王五 本人输入口令").type_text("1234").press("enter").sees("请 王五 本人输入口令");
    screen.type_text(FIRST).sees("********").press("enter").type_text("20231016").press("enter").sees("两次");
    assert!(known(&screen.app.site).unwrap().iter().all(|k| k.row.name != "王五"));
    screen.sees("请 王五 本人输入口令").type_text(FIRST).press("enter").type_text(FIRST).press("enter");
    screen.sees("王五").sees("监考").sees_not(FIRST);
    assert_eq!(one(&screen, "王五").row.role_list(), [Role::Proctor]);
    assert!(signs_on(&mut screen, "王五", FIRST) && !signs_on(&mut screen, "王五", OTHER));
}

#[test]
fn the_form_names_every_role_and_takes_two_of_them() {
    let mut desk = Desk::with_batch();
    desk.sign_on("admin");
    let mut screen = Screen::open(desk, "checkin");
    screen.press("a").type_text("赵六").press("enter");
    let text = screen.text();
    let line = text.lines().find(|line| line.contains("角色可选")).unwrap_or_else(|| panic!("{text}"));
    let roles = "监考 登分员 评审专家 督导 成绩管理员 考务主管 系统管理员";
    for role in roles.split(' ') {
        assert!(line.contains(role), "{role}: {text}");
    }
    screen.type_text("登分").press("enter").type_text("监考").press("enter enter enter");
    screen.sees("请 赵六 本人输入口令").press("enter").sees("赵六");
    let roles = one(&screen, "赵六").row.role_list();
    assert!(roles.len() == 2 && roles.contains(&Role::Typist) && roles.contains(&Role::Proctor), "{roles:?}");
}

#[test]
fn a_name_that_is_taken_or_duties_that_exclude_one_another_are_told_before_a_pin_is_typed() {
    let mut desk = Desk::with_batch();
    desk.sign_on("admin");
    let mut screen = Screen::open(desk, "checkin");
    screen.press("a").type_text("coordinator").press("enter enter enter enter enter");
    screen.sees("新增操作员").sees("coordinator").sees_not("本人输入口令");
}

#[test]
fn another_pin_and_the_end_of_a_lock_and_nobody_is_disabled_by_a_slip() {
    let mut desk = Desk::with_batch();
    desk.sign_on("admin");
    let mut screen = Screen::open(desk, "checkin");
    screen.press("a").type_text("王五").press("enter enter enter enter enter").type_text(FIRST).press("enter");
    screen.type_text(FIRST).press("enter");
    for _ in 0..5 {
        assert!(!signs_on(&mut screen, "王五", OTHER));
    }
    assert!(one(&screen, "王五").locked.is_some());
    let at = known(&screen.app.site).unwrap().iter().position(|k| k.row.name == "王五").unwrap();
    let there = format!("home{}", " down".repeat(at));
    screen.press(&there).press("r").sees("锁定已解除");
    assert!(one(&screen, "王五").locked.is_none());
    screen.press(&there).press("p").sees("新口令").type_text(OTHER).press("enter").type_text(OTHER).press("enter");
    assert!(signs_on(&mut screen, "王五", OTHER) && !signs_on(&mut screen, "王五", FIRST));
    screen.press(&there).press("d enter").sees("停用");
    assert!(!one(&screen, "王五").row.disabled);
    screen.type_text("王五").press("enter");
    assert!(one(&screen, "王五").row.disabled);
}

#[test]
fn everybody_starts_where_their_work_is() {
    use kaowu::tui::home;
    assert_eq!((home(&[Role::Typist]), home(&[Role::Reviewer])), ("entry", "panel"));
    assert_eq!((home(&[Role::Proctor, Role::Reviewer]), home(&[])), ("checkin", "checkin"));
    assert_eq!((home(&[Role::ScoreManager]), home(&[Role::Admin])), ("results", "history"));
}
