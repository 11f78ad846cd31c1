//! The sheet on screen, at 80 by 24 (S0-25, S1-22).
use super::world::{manned, stations, with_group};
use crate::harness::{Desk, Screen};
use crate::panel::world::with_panel;
use crate::rooms::fixtures::who;
use kaowu::model::Points;
use kaowu::ops::panel::{self, own_sheet};
use kaowu::text::Lang;

fn small(desk: Desk, lang: Lang) -> Screen {
    Screen::sized(desk, "panel", lang, (80, 24))
}

#[test]
fn a_review_is_scored_by_criteria_beside_the_materials_s1_22() {
    let (mut desk, formed) = with_panel(40);
    let view = panel::show(&desk.site, formed.panel).unwrap();
    let (member, first, second) = (view.members[0].id, view.candidates[0].clone(), view.candidates[1].clone());
    desk.sign_on("reviewer");
    let mut screen = small(desk, Lang::Chinese);
    screen.press("enter enter").sees(&format!("甲评委 给 {} 的评分表", first.name));
    screen.sees("材料审阅 /40").sees("论文答辩 /40").sees("业绩成果 /20").sees("合计 0/100").sees_not("一票否决");
    // One key shows what the notice asks for and what is on record; what is typed stays, and typing goes on.
    screen
        .type_text("３０")
        .press("ctrl-t")
        .sees("通知要求写明的内容")
        .sees("业务水平")
        .sees("材料审阅 /40")
        .sees("合计 30/100");
    screen.press("enter").type_text("32").sees("合计 62/100").press("pagedown").press("esc").sees("业绩成果 /20");
    screen.press("enter").type_text("21").press("down").sees("最高 20 分").press("ctrl-g").sees("业绩成果");
    screen.press("up ctrl-u").type_text("15").press("down").type_text("论文有新意").sees("合计 77/100");
    screen.press("f4").sees(&format!("甲评委 评 {}：77", first.name)).sees(&format!("给 {} 的评分表", second.name));
    screen.press("ctrl-g").sees("还没有填").type_text("20").press("esc").sees("还没有保存").press("esc").sees("第一组");
    let desk = Desk::after(screen);
    let mut desk = desk;
    desk.sign_on("reviewer");
    let stored = own_sheet(&desk.site, member, first.application).unwrap().unwrap();
    assert_eq!(stored.items.as_deref(), Some("materials=30,defence=32,achievements=15"));
    assert_eq!((stored.points, stored.remark.as_deref()), (Points::whole(77), Some("论文有新意")));
    // One's own sheet can be opened again and corrected.
    let mut screen = small(desk, Lang::Chinese);
    screen.press("enter e").sees("论文有新意").press("ctrl-u").type_text("31").sees("合计 78/100").press("ctrl-g");
    screen.sees(&format!("甲评委 评 {}：78", first.name));
}

#[test]
fn a_failed_mandatory_item_shows_what_is_left_s0_25() {
    let (mut desk, formed) = with_group();
    desk.sign_on("typist-a");
    let mut screen = small(desk, Lang::English);
    screen.press("enter enter").sees("Sheet of 考评1 for").sees("准备与识图 /15").sees("Mandatory items");
    for points in ["12", "30", "20", "15", "5"] {
        screen.type_text(points).press("enter");
    }
    screen.sees("Sum 82/100").press("down").sees("comes to 50 at most").press("space").sees("a mandatory item failed");
    screen.press("space").sees_not("a mandatory item failed").press("space ctrl-g").sees("gives").sees("50");
    let mut desk = Desk::after(screen);
    desk.sign_on("typist-a");
    let member = panel::show(&desk.site, formed.panel).unwrap().members[0].id;
    let stored = own_sheet(&desk.site, member, who(1)).unwrap().unwrap();
    assert_eq!((stored.points, stored.fails.as_str()), (Points::whole(50), "safety-2"));
    // Somebody else neither sees nor opens it.
    desk.sign_on("typist-b");
    let mut screen = small(desk, Lang::English);
    screen.press("enter").sees("[in]").press("e").sees("Somebody else entered this sheet");
}

#[test]
fn a_wide_screen_has_both_at_once() {
    let (mut desk, _) = with_panel(40);
    desk.sign_on("reviewer");
    let mut screen = Screen::sized(desk, "panel", Lang::English, (120, 36));
    screen.press("enter enter").sees("材料审阅 /40").sees("What the notice asks the text to treat").sees("Evidence");
}

#[test]
fn a_group_is_formed_on_screen_from_the_assessors_of_the_room_s0_24() {
    let mut screen = small(stations(), Lang::Chinese);
    screen.press("a").sees("未编组 4 人，考评员 0 人").press("enter").sees("没有安排考评员");
    let (desk, _) = manned(3);
    let mut screen = small(desk, Lang::Chinese);
    screen.press("a").sees("考评员 3 人").press("enter").sees("组长 考评1").sees("考生 4 人");
    screen.type_text("4").press("enter").sees("hands-on第3考场考评组");
    let mut desk = Desk::after(screen);
    desk.sign_on("coordinator");
    assert_eq!(panel::panels(&desk.site).unwrap().len(), 1);
    let mut screen = small(desk, Lang::Chinese);
    screen.press("esc a").sees("没有待编组的工位考场");
}
