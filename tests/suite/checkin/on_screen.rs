//! The pane by keys.
use super::world::{admit, at_seat, named, ticket};
use crate::harness::{Desk, Screen};
use kaowu::ops::checkin;
use kaowu::ops::upkeep::{Credential, sign_on};
use kaowu::text::Lang;

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

fn here(screen: &Screen) -> i64 {
    let site = &screen.app.site;
    checkin::progress(site, super::world::session(site, "theory-1").id, None, 0).unwrap().totals.here
}

#[test]
fn a_scan_admits_at_once_and_says_who_and_where() {
    let desk = Desk::seated(35);
    let who = at_seat(&desk.site, 2, 3);
    let mut screen = Screen::open(desk, "checkin");
    screen.sees("还没有人签到").sees("08:30 开考，08:45 关门，还有 35 分钟").sees("应到 35  已到 0  缺考 0  未到 35");
    screen.type_text(&who.ticket.unwrap()).sees(&who.name).sees("未到").press("enter");
    screen.sees(&format!("+ {}  第2考场 3号", who.name)).sees("准时").sees("已到 1").sees("1/5");
    screen.sees("最近签到").sees_not("还没有人签到");
    // The second half of CR LF changes nothing.
    screen.press("enter").sees(&format!("+ {}  第2考场 3号", who.name));
    assert_eq!(here(&screen), 1);
}

#[test]
fn a_burst_of_codes_is_taken_one_by_one() {
    let desk = Desk::seated(35);
    let codes: Vec<_> = (1..=4).map(|seat| ticket(&desk.site, 1, seat)).collect();
    let last = at_seat(&desk.site, 1, 4).name;
    let mut screen = Screen::open(desk, "checkin");
    for code in &codes {
        screen.type_text(code).press("enter enter");
    }
    assert_eq!(here(&screen), 4);
    screen.sees(&format!("+ {last}  第1考场 4号")).sees("4/30");
}

#[test]
fn the_same_code_at_once_again_is_one_reading() {
    let desk = Desk::seated(35);
    let clock = desk.clock();
    let who = at_seat(&desk.site, 1, 1);
    let code = who.ticket.unwrap();
    let mut screen = Screen::open(desk, "checkin");
    screen.type_text(&code).press("enter").type_text(&code).press("enter");
    screen.sees(&format!("同一号码刚刚读过：{} 不重复计数", who.name)).sees_not("核对是否本人");
    assert!(!screen.app.take_bell());
    // Two seconds later it is a question.
    clock.set(kaowu::model::Stamp(clock.get().0 + 2000));
    screen.type_text(&code).press("enter").sees("已于 08:10 签到");
    assert!(screen.app.take_bell());
    assert_eq!(here(&screen), 1);
}

#[test]
fn a_refused_code_is_replaced_by_the_next() {
    let desk = Desk::seated(35);
    let good = ticket(&desk.site, 1, 2);
    let mut screen = Screen::open(desk, "checkin");
    screen.type_text("23150601010199").press("enter").sees("找不到“23150601010199”");
    assert!(screen.app.take_bell());
    // CR LF again: the same answer, no second bell.
    screen.press("enter").sees("找不到“23150601010199”");
    assert!(!screen.app.take_bell());
    screen.type_text(&good).press("enter");
    assert_eq!(here(&screen), 1);
    // A code that lost its end finds several people and must not choose one of them.
    screen.type_text(&good[..12]).press("enter enter").sees("只有 12 位，准考证号应为 14 位");
    assert_eq!(here(&screen), 1);
}

#[test]
fn several_people_take_two_looks() {
    let mut screen = Screen::open(named(&["张三", "赵爽", "李四"]), "checkin");
    screen.type_text("zs").sees("找到 2 人").sees("张三").sees("赵爽").sees_not("李四");
    screen.press("down enter");
    assert_eq!(here(&screen), 0);
    let card = screen.text();
    let name = ["张三", "赵爽"].into_iter().find(|n| card.contains(*n)).unwrap();
    screen.sees("准考证号").sees("证件号码").sees("********").sees("材料齐备");
    screen.press("esc").sees("张三").sees("赵爽").press("enter enter");
    assert_eq!(here(&screen), 1);
    screen.sees("准时").type_text("zs").sees("已签到").press("esc").sees("最近签到");
    assert!(!name.is_empty());
}

#[test]
fn what_is_missing_is_seen_before_enter_and_a_coordinator_may_lift_it() {
    let mut desk = Desk::with_batch();
    desk.people(1);
    desk.reviewed();
    desk.does(&kaowu::ops::seating::Arrange { seed: 1 });
    let code = ticket(&desk.site, 1, 1);
    let mut screen = Screen::open(desk, "checkin");
    screen.type_text(&code).sees("! 费用未缴").press("enter").sees("x 尚未缴费").sees("F11 放行");
    screen.press("f11").sees("请写明放行的理由").type_text("已缴未到账").press("enter");
    screen.sees("准时（已放行）");
    assert_eq!(here(&screen), 1);
    // A proctor may not.
    sign_on(&mut screen.app.site, &Credential::Named { name: "proctor", pin: None, os_user: None }).unwrap();
    screen.press("f11").sees("考务主管");
    assert_eq!(here(&screen), 1);
}

#[test]
fn undo_asks_why_and_reads_back() {
    let desk = Desk::seated(35);
    let (a, b) = (at_seat(&desk.site, 1, 1), at_seat(&desk.site, 1, 2));
    let mut screen = Screen::open(desk, "checkin");
    screen.press("ctrl-t").sees("请先扫描号码");
    screen.type_text(&a.ticket.unwrap()).press("enter").type_text(&b.ticket.unwrap()).press("enter");
    screen.press("ctrl-t").sees(&format!("撤销 {}（第1考场 2号）的签到", b.name));
    screen.press("enter").sees("请先输入内容").type_text("认错人").press("enter");
    screen.sees(&format!("已撤销：{} 现为未到", b.name));
    assert_eq!(here(&screen), 1);
    screen.press("ctrl-t").sees(&a.name).press("esc");
    assert_eq!(here(&screen), 1);
}

#[test]
fn a_door_of_one_room_sends_others_on() {
    let desk = Desk::seated(35);
    let (own, other) = (at_seat(&desk.site, 2, 1), at_seat(&desk.site, 1, 9));
    let mut screen = Screen::open(desk, "checkin");
    screen.press("ctrl-r").sees("选择本门考场").press("down down enter").sees("本门：第2考场").sees(">   2");
    screen.type_text(&other.ticket.unwrap()).sees("! 不是本门考场").press("enter");
    screen.sees("的考场不在这里：请到第1考场 9号");
    screen.type_text(&own.ticket.unwrap()).press("enter").sees("第2考场 1号");
    assert_eq!(here(&screen), 1);
    screen.press("ctrl-g").sees("practical-1").press("down enter").sees("practical-1 技能 10:30").sees("10:00 开门");
}

#[test]
fn absence_wants_the_count_typed() {
    let mut desk = Desk::seated(3);
    desk.at("08:20");
    let clock = desk.clock();
    let mut screen = Screen::open(desk, "checkin");
    let close = |screen: &mut Screen| {
        screen.press("f2").type_text("缺考").press("enter");
    };
    close(&mut screen);
    screen.sees("08:45 才停止入场");
    clock.set(kaowu::model::Stamp::parse("2023-10-15T08:50:00+08:00").unwrap());
    close(&mut screen);
    screen.sees("第1考场  3 人").sees("以上 3 人将登记为缺考").type_text("4").press("enter").sees("与名单的 3 人不符");
    screen.type_text("3").press("enter").sees("已登记缺考 3 人，coordinator 签字").sees("缺考 3  未到 0");
}

#[test]
fn another_door_changes_nothing_that_is_being_typed() {
    let desk = named(&["张三", "赵爽", "李四"]);
    let who = desk.find("张三");
    let op = admit(&desk, who);
    let mut screen = Screen::open(desk, "checkin");
    screen.type_text("z").sees("找到 2 人").press("down");
    let before = screen.draw().1;
    // What another terminal does reaches this one as a change of the site.
    screen.app.site.perform(&op).unwrap();
    screen.app.changed();
    screen.sees("找到 2 人").sees("已签到").sees("已到 1");
    assert_eq!(screen.draw().1, before);
    screen.type_text("s").sees("找到 2 人");
}

#[test]
fn everything_fits_in_both_languages() {
    for lang in Lang::ALL {
        for size in SIZES {
            let mut desk = Desk::seated(540);
            let who = at_seat(&desk.site, 3, 5);
            desk.does(&admit(&desk, at_seat(&desk.site, 1, 1).application));
            desk.at("08:33");
            let late = at_seat(&desk.site, 3, 6);
            let op = admit(&desk, late.application);
            desk.does(&op);
            let mut screen = Screen::sized(desk, "checkin", lang, size);
            let zh = lang == Lang::Chinese;
            screen.sees(if zh { "还有 12 分钟" } else { "in 12 min" });
            screen.sees(if zh { "应到 540" } else { "seated 540" });
            screen.sees(if zh { "迟到 3 分钟" } else { "3 min late" });
            if size.1 == 24 {
                screen.sees(if zh { "另有 " } else { "more rooms" });
            }
            screen.type_text(&who.ticket.clone().unwrap()).sees(&who.name);
            screen.sees(if zh { "职业等级" } else { "job" }).sees(if zh { "单位" } else { "employer" });
            screen.press("enter").sees(if zh { "第3考场 5号" } else { "room 3 seat 5" });
            let text = screen.text();
            assert!(!text.contains("{") && !text.contains("checkin."), "{text}");
            // The smallest window still has the answer and the totals.
            screen.resize((60, 16)).sees(if zh { "应到 540" } else { "seated 540" });
            screen.sees(if zh { "第3考场 5号" } else { "room 3 seat 5" });
        }
    }
}

#[test]
fn the_caret_is_in_the_field() {
    let mut screen = Screen::open(Desk::seated(3), "checkin");
    let at = screen.draw().1.unwrap();
    screen.type_text("张");
    let then = screen.draw().1.unwrap();
    assert_eq!((then.x, then.y), (at.x + 2, at.y));
}
