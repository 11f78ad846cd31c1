//! The board by keys, and the line on the first pane.
use crate::harness::{Desk, Screen};
use kaowu::text::Lang;

/// S4-28: the first pane names the next date and how many are late, and its key opens the board.
#[test]
fn the_first_pane_leads_to_the_board() {
    let mut screen = Screen::open(Desk::seated(4), "applications");
    screen.sees("逾期 1 项").sees("下一节点 2023-10-15 考试").sees("d 看全部");
    screen.press("d").sees("时间节点（2023-10-15）").sees("提交考务手册").sees("逾期 4 个工作日");
    screen.sees("2023-10-15 coo");
    let text = screen.text();
    assert!(text.lines().any(|l| l.starts_with('>') && l.contains("提交考务手册")), "on what is late first:\n{text}");
    screen.press("d").type_text("已报送").press("enter").sees("提交考务手册 已标记完成");
    screen.press("enter").sees("2023-10-15 coordinator 已报送").press("esc");
    screen.press("d").sees("已在 2023-10-15 完成");
    screen.press("t").type_text("退回").press("enter").sees("已取消完成标记").sees("逾期 4 个工作日");
    screen.press("up d").sees("办理情况").press("esc");
    screen.press("n").type_text("布置考场").press("enter");
    for _ in 0..10 {
        screen.press("backspace");
    }
    screen.type_text("明天").press("enter").sees("不是日期");
    screen.press("n").type_text("布置考场").press("enter enter").type_text("张某").press("enter");
    screen.sees("布置考场").sees("负责人 张某").sees("最后一个工作日");
    screen.press("p").sees("截至 2023-10-15 的进度").sees("按日志，当日实有").press("esc");
    screen.press("enter").sees("依据").press("esc esc").sees("逾期 1 项");
}

#[test]
fn it_fits_both_languages_and_sizes() {
    for (lang, size, wanted) in [
        (Lang::English, (80, 24), "Exam handbook handed in"),
        (Lang::English, (120, 36), "4 w.d. late"),
        (Lang::Chinese, (120, 36), "逾期 4 个工作日"),
    ] {
        let mut screen = Screen::sized(Desk::seated(3), "applications", lang, size);
        screen.press("d").sees(wanted);
    }
}
