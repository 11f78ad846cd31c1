//! The review pane by keys.
use super::world::{form, technicians, three, view, with_panel};
use crate::harness::{Desk, Screen};
use kaowu::ops::panel::{self, Form};
use kaowu::text::Lang;

#[test]
fn a_panel_is_formed_line_by_line_and_recusals_are_listed() {
    let desk = Desk::seated(80);
    let people = technicians(&desk);
    let unit = people[0].employer.clone().unwrap();
    let same: Vec<_> = people.iter().filter(|p| p.employer.as_ref() == Some(&unit)).collect();
    let mut screen = Screen::open(desk, "panel");
    screen.sees(&format!("待编组 {} 人", people.len())).sees("按 n 组建评审组").press("n").sees("第1评审组");
    screen.type_text("甲评委 理工学院").press("enter").type_text("乙评委").press("enter");
    screen.press("enter").sees("至少 3 人");
    screen.paste(&format!("丙评委 {unit}\r\n丁评委 局\r\n戊评委 院\r\n")).press("enter");
    screen.sees("回避").sees(&same[0].name).sees(&unit).press("esc");
    screen.sees("组长 甲评委").sees(&format!("评分表 0/{}", (people.len() - same.len()) * 5));
    screen.sees("评分表由评审专家或登分员登记").press("esc").sees(&format!("待编组 {} 人", same.len()));
}

#[test]
fn sheets_are_typed_down_the_pile_then_sealed_and_reopened() {
    let (mut desk, formed) = with_panel(40);
    let people = formed.candidates;
    assert!(people > 2);
    desk.sign_on("reviewer");
    let first = view(&desk, formed.panel).candidates[0].clone();
    let mut screen = Screen::open(desk, "panel");
    screen.sees("第一组").press("enter").sees("*甲评委").sees(&first.name).sees("甲评委（理工学院）评分：");
    screen.press("enter").sees("的评分表").press("esc").sees("第一组");
    screen.type_text("101").press("enter").sees("之间").press("esc");
    screen.type_text("８０．５").press("enter").sees("80.5").sees(&format!("评分表 1/{}", people * 3));
    // Typed for the second, but not saved: it does not reach the third.
    screen.type_text("77").press("down enter").sees("合计 0/100").press("esc up");
    for _ in 1..people {
        screen.type_text("80").press("enter");
    }
    screen.sees("*乙评委").press("tab").sees("*丙评委").press("backtab").sees("*乙评委");
    for _ in 0..people {
        screen.type_text("60").press("enter");
    }
    for _ in 1..people {
        screen.type_text("90").press("enter").sees("分差过大");
    }
    screen.type_text("80").press("enter").sees("评分表已收齐");
    screen.sees(&format!("评分表 {0}/{0}", people * 3)).sees("分差大").sees_not("76.8");
    screen.press("s").sees("起止时间未记");
    let mut desk = Desk::after(screen);
    super::world::timed(&mut desk, formed.panel);
    let mut screen = Screen::open(desk, "panel");
    screen.press("enter").sees("3 人签名，组长最后（g）").press("s").sees("未签名 3 人：甲评委").press("esc g");
    for left in ["还有 2 人", "还有 1 人", "还有 0 人"] {
        screen.press("enter").sees("没有账号").type_text("评审表原件").press("enter").sees(left);
    }
    screen.press("s").sees("评分差距大").sees("只有纸质签名").type_text("x").press("enter").sees("没有改动");
    screen.press("ctrl-u").type_text(&people.to_string()).press("enter").sees("已封存").sees("76.8");
    screen.press("s").sees("须先写明原因重开").press("o").type_text("漏看材料").press("enter").sees("已重开");
}

#[test]
fn a_sheet_of_another_is_hidden_until_all_are_in() {
    let (mut desk, formed) = with_panel(40);
    let shown = view(&desk, formed.panel);
    desk.sign_on("reviewer");
    let points = kaowu::model::Points::new(7350);
    let (member, application) = (shown.members[0].id, shown.candidates[0].application);
    desk.does(&panel::Score::total(member, application, points));
    desk.sign_on("typist-a");
    let mut screen = Screen::sized(desk, "panel", Lang::English, (120, 36));
    screen.press("enter").sees("[in]").sees_not("73.5").sees("chair 甲评委").sees("sheets 1/");
    screen.type_text("73.5").press("enter").sees("only they can correct it");
}

#[test]
fn a_candidate_is_found_by_name() {
    let (mut desk, formed) = with_panel(60);
    desk.sign_on("reviewer");
    let last = view(&desk, formed.panel).candidates.last().unwrap().clone();
    let mut screen = Screen::open(desk, "panel");
    screen.press("enter /").type_text(last.ticket.as_deref().unwrap()).press("enter");
    screen.sees(&format!("{}  ", last.name)).sees(last.employer.as_deref().unwrap());
    screen.type_text("61").press("enter").sees(&format!("甲评委 评 {}：61", last.name)).sees("*乙评委");
}

#[test]
fn a_panel_that_was_undone_leaves_the_screen() {
    let mut desk = Desk::seated(40);
    desk.does(&form(three()));
    let mut screen = Screen::open(desk, "panel");
    screen.press("enter").sees("组长 甲评委").press("ctrl-x").type_text("重来").press("enter");
    screen.sees("按 n 组建评审组");
}

#[test]
fn nine_members_fit_a_narrow_screen() {
    let mut desk = Desk::seated(40);
    let mut members = three();
    members.extend("丁戊己庚辛壬".chars().map(|c| super::world::member(&c.to_string(), "", false)));
    desk.does(&Form { members, ..form(vec![]) });
    desk.sign_on("reviewer");
    let mut screen = Screen::open(desk, "panel");
    screen.press("enter").sees("评审").type_text("62.5").press("enter up").sees("[62.5]").sees("壬");
}
