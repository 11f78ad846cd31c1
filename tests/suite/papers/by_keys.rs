//! The page by keys.
use super::world::*;
use crate::harness::{Desk, Screen};
use kaowu::model::AttendanceState;
use kaowu::text::Lang;

fn open(desk: Desk) -> Screen {
    let mut screen = Screen::open(desk, "checkin");
    screen.press("ctrl-v").type_text("试卷").press("enter");
    screen
}

#[test]
fn bags_are_planned_handed_over_and_opened_by_keys() {
    let mut desk = Desk::seated(35);
    attend(&mut desk, 2, 1, AttendanceState::Present);
    let clock = desk.clock();
    let mut screen = open(desk);
    screen.sees("还没有装袋：按 p").press("p").sees("2 个考场共").sees("在库");
    // Two fetch: refused, and nothing that was typed is lost.
    screen.press("h").sees("试卷交接").sees("还没有填：移交人  领取人").type_text("2").press("enter");
    screen
        .type_text("保管")
        .press("enter")
        .type_text("领甲 领乙")
        .press("ctrl-g")
        .sees("至少要 3 人")
        .sees("领甲 领乙");
    screen.type_text(" 领丙").press("ctrl-g").sees("已交接：02-01").sees("已发出");
    clock.set(clock.get().plus_minutes(12));
    screen.press("down o").sees("第2考场拆封");
    screen.type_text("监甲").press("enter").type_text("监乙").press("enter");
    screen.type_text("1").sees("不在场").press("enter").type_text("9").sees("9号没有人坐").press("enter");
    screen.press("ctrl-g").press("esc");
    screen.press("o").type_text("监甲").press("enter").type_text("监乙").press("enter");
    screen.type_text("4").sees("，在场").press("enter").type_text("5").press("enter enter enter").sees("已拆封：02-01");
}

#[test]
fn the_count_form_computes_while_one_types_and_says_what_is_missing() {
    let desk = collected();
    let spare = room(&desk.site, 2).known.spare.to_string();
    let mut screen = open(desk);
    screen.press("home");
    if !screen.text().contains(">    2") {
        screen.press("down");
    }
    screen.press("f").sees("第2考场情况记录单").sees("还没有填：收回  缺考  作废  备用  监考员一  监考员二");
    screen.type_text("3").sees("收回：清点 3，按签到应为 4").press("enter").type_text("1").press("enter");
    screen.type_text("0").press("enter").type_text(&spare).sees("少 1 份").sees("数字不符，须写原因");
    screen.press("enter").type_text("监甲").press("enter").type_text("监乙").press("ctrl-g").sees("差 1 份；");
    // Counted again: it was there.
    screen
        .press("backtab backtab backtab backtab backtab ctrl-u")
        .type_text("4")
        .sees("相符")
        .sees_not("少 1 份")
        .press("ctrl-g");
    screen.sees("第2考场已签记录单").sees("已签记录单");
    screen
        .press("b")
        .type_text("2")
        .press("enter")
        .type_text("监甲")
        .press("enter")
        .type_text("保管")
        .press("ctrl-g")
        .sees("已交回");
    screen
        .press("a")
        .sees("档案盒编号")
        .type_text("D1")
        .press("enter enter")
        .type_text("督导甲")
        .press("ctrl-g")
        .sees("已入档案盒 D1");
    screen.press("enter").sees("第2考场的试卷").sees("交接  保管 > 领甲").sees("保管至 2026-10-15").press("esc");
    screen.press("x").type_text("数错了").press("enter").sees("可以重新填写");
    screen.press("e");
    screen.press("esc right").sees("practical").press("left").sees("theory-1").press("esc").sees_not("试卷袋");
}

#[test]
fn what_is_wrong_stands_on_top_in_both_languages_and_sizes() {
    for (lang, problem) in [(Lang::Chinese, "处问题"), (Lang::English, "problems")] {
        for size in [(80, 24), (120, 36)] {
            let mut desk = planned();
            desk.at("08:35");
            let mut screen = Screen::sized(desk, "checkin", lang, size);
            screen.press("ctrl-v").type_text(if lang == Lang::Chinese { "试卷" } else { "Papers" }).press("enter");
            screen.sees(problem).sees("01-01").sees("theory-1");
        }
    }
}
