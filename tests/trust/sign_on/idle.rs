//! A screen that was left alone: it hides everything and asks again.
use crate::harness::{Console, Desk, Screen, Shell};
use kaowu::model::{ApplicationId, Role, SessionId};
use kaowu::ops::checkin::Admit;
use kaowu::ops::upkeep::{AddOperator, DisableOperator, SetPins};
use kaowu::ops::{Actor, Pins};
use std::time::Duration;

const PIN: &str = "20231015";
const MINUTE: Duration = Duration::from_secs(60);

/// A screen of `Wang`, who has a PIN, over seated people.
fn screen() -> Screen {
    let mut desk = Desk::seated(30);
    let pin_hash = Some(AddOperator::hash_pin(PIN).unwrap());
    for (name, pin_hash) in [("Wang", pin_hash.clone()), ("Li", pin_hash), ("Zhao", None)] {
        let (name, roles) = (name.to_owned(), vec![Role::Proctor]);
        desk.does(&AddOperator { name, roles, os_user: None, unit: None, pin_hash });
    }
    act_as(&mut desk, "Wang");
    Screen::open(desk, "checkin")
}

fn act_as(desk: &mut Desk, name: &str) {
    let all = kaowu::ops::upkeep::operators(&desk.site).unwrap();
    let one = all.iter().find(|o| o.name == name).unwrap();
    desk.site.set_actor(Actor { id: Some(one.id), name: one.name.clone(), roles: one.role_list() });
}

#[test]
fn after_ten_minutes_nothing_is_seen_and_the_pin_brings_it_all_back() {
    let mut screen = screen();
    screen.type_text("2023").sees("2023");
    let before = screen.text();
    screen.app.was_left(MINUTE * 9);
    assert!(!screen.app.tick() && !screen.app.is_locked());
    screen.app.was_left(MINUTE * 10);
    assert!(screen.app.tick() && screen.app.is_locked());
    let hidden = screen.text();
    for line in before.lines().skip(1).map(str::trim).filter(|line| line.chars().count() > 8) {
        assert!(!hidden.contains(line), "{line:?} is still seen:\n{hidden}");
    }
    screen.sees("屏幕已锁").sees("Wang").sees_not("2023-");
    // No key reaches what is underneath.
    screen.press("f1 f2 ctrl-x ctrl-o esc").sees("屏幕已锁").sees_not("帮助");
    screen.press("enter").sees("须输入口令").type_text("49382716").sees("********").sees_not("49382716");
    screen.press("enter").sees("再错 4 次");
    screen.type_text(PIN).press("enter").sees("2023").sees("接着做");
    assert!(!screen.app.is_locked());
    screen.press("backspace").sees("202");
}

#[test]
fn a_fixed_clock_keeps_no_screen_open() {
    let mut screen = screen();
    assert!(screen.app.site.clock_is_fixed());
    screen.app.lock_after(MINUTE);
    screen.app.was_left(MINUTE * 2);
    // The key that comes too late does not count as being there.
    screen.app.take(&[kaowu::tui::input::Input::Text('1')]);
    assert!(screen.app.is_locked());
}

#[test]
fn somebody_else_signs_on_instead() {
    let mut screen = screen();
    screen.app.was_left(MINUTE * 10);
    screen.app.tick();
    screen.press("tab ctrl-u").type_text("Zhao").press("enter enter").sees_not("屏幕已锁");
    assert_eq!(screen.app.site.actor().name, "Zhao");
    screen.app.was_left(MINUTE * 10);
    screen.app.tick();
    screen.press("tab ctrl-u").type_text("Li").press("tab").type_text(PIN).press("enter").sees_not("屏幕已锁");
    assert_eq!(screen.app.site.actor().name, "Li");
}

#[test]
fn a_scan_into_a_locked_screen_is_no_wrong_pin() {
    use kaowu::tui::{chord::Chord, input::Input};
    let mut screen = screen();
    screen.app.was_left(MINUTE * 10);
    screen.app.tick();
    let mut scan: Vec<_> = "2310150001".chars().map(Input::Text).collect();
    scan.push(Input::Key(Chord::Enter));
    for _ in 0..6 {
        screen.app.take(&scan);
    }
    screen.sees("扫描");
    screen.type_text(PIN).press("enter").sees_not("屏幕已锁");
}

#[test]
fn whoever_was_disabled_meanwhile_stays_out() {
    let mut screen = screen();
    screen.app.was_left(MINUTE * 10);
    screen.app.tick();
    let me = screen.app.site.actor().clone();
    crate::harness::desk::administrator(&mut screen.app.site);
    screen.app.site.perform(&DisableOperator { name: "Wang".into() }).unwrap();
    screen.app.site.set_actor(me);
    screen.type_text(PIN).press("enter").sees("屏幕已锁").sees("已停用");
}

fn admit() -> Admit {
    Admit::of(SessionId(1), ApplicationId(1))
}

/// A screen that is open stays open, but nothing is done by somebody who may not any more.
#[test]
fn whoever_is_disabled_at_an_open_screen_does_nothing_more() {
    let mut screen = screen();
    let me = screen.app.site.actor().clone();
    let seen = |screen: &mut Screen, op: &DisableOperator| {
        crate::harness::desk::administrator(&mut screen.app.site);
        screen.app.site.perform(op).unwrap();
        screen.app.site.set_actor(me.clone());
    };
    seen(&mut screen, &DisableOperator { name: "Li".into() });
    screen.app.changed();
    assert!(!screen.app.is_locked(), "somebody else");
    seen(&mut screen, &DisableOperator { name: "Wang".into() });
    let refused = screen.app.site.perform(&admit());
    assert!(refused.unwrap_err().refusal().is_some_and(|r| r.code.0 == "operator.unknown"));
    screen.app.changed();
    assert!(screen.app.is_locked());
    screen.sees("屏幕已锁").sees("Wang 已被停用");
    screen.type_text("Wang").press("enter").type_text(PIN).press("enter").sees("没有操作员“Wang”，或已停用");
    screen.press("tab ctrl-u").type_text("Zhao").press("enter enter").sees_not("屏幕已锁");
    assert_eq!(screen.app.site.actor().name, "Zhao");
}

#[test]
fn without_a_pin_enter_goes_on_only_where_names_are_believed() {
    let mut screen = screen();
    screen.app.was_left(MINUTE * 10);
    screen.app.tick();
    screen.press("tab ctrl-u").type_text("Zhao").press("enter enter");
    screen.app.was_left(MINUTE * 10);
    screen.app.tick();
    screen.sees("没有设口令").press("enter").sees_not("屏幕已锁");
    let me = screen.app.site.actor().clone();
    crate::harness::desk::administrator(&mut screen.app.site);
    screen.app.site.perform(&SetPins { pins: Pins::Required }).unwrap();
    screen.app.site.set_actor(me);
    screen.app.was_left(MINUTE * 10);
    screen.app.tick();
    screen.press("enter").sees("屏幕已锁");
}

/// A site that wants PINs shows nothing to somebody who is nobody yet.
#[test]
fn the_program_opens_locked_and_lets_the_right_pin_in() {
    let shell = Shell::new();
    std::fs::write(shell.path("pin"), PIN).unwrap();
    shell.run("init --site 01 --name 测试考点 --pins required --admin-pin-file pin --operator boss").done();
    let mut console = Console::with(&shell, &["--as", "admin"]);
    console.sees("请登录").type_text("99999999").sees("********").type_bytes(b"\r").sees("再错 4 次");
    console.type_text(PIN).sees("********").type_bytes(b"\r").sees("admin 已登录");
    console.type_bytes(b"\x1b[24~");
    assert_eq!(console.ends(), 0);
    console.is_clean();
    // The account that set the site up is its first operator.
    Console::open(&shell).sees("boss").type_bytes(b"q");
}

/// Where names are believed somebody with a PIN is asked for it before anything is in front: typed into the field for scans it
/// would be read by everybody.
#[test]
fn whoever_has_a_pin_is_asked_for_it_at_the_start() {
    let shell = Shell::with_batch();
    shell.pins();
    let mut console = Console::with(&shell, &["--as", "second"]);
    console.sees("请登录").sees("second").type_text("99999999").sees("********").type_bytes(b"\r").sees("再错 4 次");
    console.type_text(crate::harness::PIN).sees("********").type_bytes(b"\r").sees("second 已登录");
    console.type_bytes(b"\x1b[24~");
    assert_eq!(console.ends(), 0);
    // They begin where their work is, as if they had been there from the start.
    shell.run("operator add Qian --role score_manager --operator-pin-file own-pin").done();
    let mut console = Console::with(&shell, &["--as", "Qian"]);
    console.sees("请登录").type_text(crate::harness::PIN).sees("********").type_bytes(b"\r");
    console.sees("Qian 已登录").sees("[F8 成绩]");
    console.type_bytes(b"\x1b[24~");
    assert_eq!(console.ends(), 0);
    // By command a wrong PIN and a name that nobody has are told, whatever was wanted.
    std::fs::write(shell.path("wrong"), "99999999").unwrap();
    for (who, wanted) in [("second --pin-file wrong", "operator.wrong_pin"), ("nobody", "operator.unknown")] {
        let answer = shell.run(&format!("operator list --json --as {who}"));
        assert!(answer.status == 1 && answer.err.contains(wanted), "{who}: {} {}", answer.status, answer.err);
    }
}
