//! The page by keys.
use super::world::*;
use crate::harness::{Desk, Screen};
use kaowu::text::Lang;

fn open(desk: Desk) -> Screen {
    let mut screen = Screen::open(desk, "seating");
    screen.press("ctrl-v").type_text("督导").sees("质量督导").press("enter");
    screen
}

/// S3-34, S3-21: a draw, its check, a record for a session, what was put right.
#[test]
fn the_page_leads_through_draw_record_and_publication() {
    let mut desk = Desk::seated(40);
    desk.does(&draw());
    let mut screen = open(desk);
    screen.sees("[抽取 1]").sees("秋季抽查").sees("没有督导记录的场次：theory-1 practical-1");
    screen.press("enter").sees("种子 20231015").sees("督戊").press("esc");
    screen.press("r").sees("重抽结果一致");
    screen.press("n").press("enter enter").press("enter").type_text("见证某").press("enter").sees("没有可抽的督导员");
    screen.press("p").type_text("网站").press("enter").sees("已登记公开：网站");
    screen.press("tab").sees("还没有督导记录");
    screen.press("n").type_text("theory-1").press("enter").type_text("督甲、督乙").press("enter enter");
    screen.type_text("钟不准").press("enter down enter").type_text("2023-10-20").press("enter");
    screen.sees("已登记 theory-1 的督导记录").sees("2023-10-20 前整改").sees("没有督导记录的场次：practical-1");
    screen.press("m").type_text("已换钟").press("enter").sees("2023-10-15 已整改");
    screen.press("m").sees("不用再登记");
    screen.press("enter").sees("现场查看").sees("已换钟").press("esc");
}

#[test]
fn complaints_by_keys() {
    let mut screen = open(Desk::with_batch());
    screen.sees("还没有抽取").press("t").sees("请先按 Tab");
    screen.press("tab tab").sees("没有投诉");
    screen.press("n").type_text("王某").press("enter").type_text("15400000000").press("enter");
    screen.type_text("考场嘈杂").press("enter").type_text("李某").press("enter").sees("第 1 号投诉已登记，2023-10-18");
    screen.sees("剩 3 个工作日");
    screen.press("d").sees("先受理");
    screen.press("t").press("enter").sees("第 1 号投诉已受理，2023-10-24");
    screen.press("d").type_text("已调整").press("enter").sees("已处理");
    screen.press("enter").sees("考场嘈杂").press("esc esc");
}

#[test]
fn it_reads_in_english_and_wide() {
    let mut desk = Desk::with_batch();
    desk.does(&draw());
    let mut screen = Screen::sized(desk, "applications", Lang::English, (120, 36));
    screen.press("ctrl-v").type_text("superv").press("enter").sees("[Draws 1]").sees("2 drawn, 2 each");
}

/// The caret of the field beneath does not shine through.
#[test]
fn the_page_covers_the_caret_of_the_pane_under_it() {
    let mut screen = Screen::open(Desk::seated(3), "checkin");
    assert!(screen.draw().1.is_some());
    screen.press("ctrl-v").type_text("督导").press("enter").sees("还没有抽取");
    assert_eq!(screen.draw().1, None);
}
