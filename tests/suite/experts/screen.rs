//! The page of experts and the draw of the panel pane, by keys, on a screen of 80 by 24.
use super::world::{ids, name, tie, with_pool};
use crate::harness::Screen;
use kaowu::model::TieKind;
use kaowu::text::Lang;

#[test]
fn panels_are_drawn_shown_with_reasons_and_saved_by_keys_s1_22() {
    let (mut desk, pool) = with_pool(40, 6);
    let first = ids(&desk)[0];
    tie(&mut desk, pool[0], TieKind::Kin, first);
    let mut screen = Screen::open(desk, "panel");
    screen.press("d").sees("抽签组建评审组").press("ctrl-u").type_text("2 3").press("enter").sees("三个数");
    screen.press("d ctrl-u").type_text("2 3 7").press("enter").sees("抽签 7：2 组").sees("（组长）");
    screen.press("n").sees("抽签 8：2 组").press("enter").sees("已按签号 8 组建 2 个评审组");
    screen.sees("第1评审组").press("enter").sees("组长");
    screen.press("l").sees("离席").type_text("突发疾病").press("enter").sees("由谁任组长").press("enter");
    screen.sees("谁来递补").press("down down enter").sees("已离开 第1评审组");
}

#[test]
fn the_page_of_experts_says_who_may_judge_whom_s0_25() {
    for (lang, words, may) in
        [(Lang::Chinese, "是亲属，必须回避", "可评"), (Lang::English, "is kin to candidate", "may judge")]
    {
        let (mut desk, pool) = with_pool(40, 3);
        let first = ids(&desk)[0];
        tie(&mut desk, pool[0], TieKind::Kin, first);
        let mut screen = Screen::sized(desk, "panel", lang, (80, 24));
        screen.press("i").sees(&name(1)).sees("学院1").sees(may);
        screen.press("enter").sees(words);
    }
}

#[test]
fn a_recusal_stands_although_nobody_can_stand_in() {
    let (desk, _) = with_pool(40, 3);
    let mut screen = Screen::sized(desk, "panel", Lang::Chinese, (80, 24));
    screen.press("d ctrl-u").type_text("1 3 5").press("enter enter").sees("第1评审组").press("enter").sees("组长");
    screen.press("x").sees("因何回避").press("enter").type_text("评审后自报").press("enter").sees("谁来递补");
    screen.press("enter").sees("[回避]").sees("评分人数不足，p 递补成员");
}
