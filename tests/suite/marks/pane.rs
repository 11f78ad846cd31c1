//! The score pane by keys, for both typists and the coordinator.
use super::{Attend, differing, points};
use crate::harness::{Desk, Screen};
use kaowu::model::AttendanceState;
use kaowu::model::Mark;
use kaowu::ops::entry::{self, Paper};
use kaowu::text::Lang;

/// The papers of the first pile in their order.
fn papers(desk: &Desk) -> Vec<Paper> {
    let piles = entry::piles(&desk.site).unwrap();
    entry::pile(&desk.site, &piles[0]).unwrap().into_iter().map(|(p, _)| p).collect()
}

/// Signs somebody else on by the keyboard; the pane opens anew.
fn sign_on<'a>(screen: &'a mut Screen, name: &str) -> &'a mut Screen {
    screen.press("ctrl-o").type_text(name).press("enter")
}

fn settled(screen: &Screen, paper: &Paper) -> Option<Mark> {
    entry::standing(&screen.app.site, paper.application).unwrap()[0].mark
}

#[test]
fn two_typists_settle_a_pile_in_paper_order() {
    let mut desk = Desk::seated(3);
    let all = papers(&desk);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.sees("理论 第1考场").press("enter").sees("第一次录入  0/3").sees(all[0].name());
    // The name, the ticket and both neighbours stand there before anything is typed.
    screen.sees(all[0].ticket().unwrap()).sees(&format!("下一份 02 {}", all[1].ticket().unwrap()));
    screen.type_text("８６．５").press("enter").sees("第一次录入已保存").sees("第一次录入  1/3");
    screen.sees(&format!("上一份 01 {}", all[0].ticket().unwrap()));
    screen.press("- enter").sees("缺考").sees("2/3").press("v enter").sees("作废");
    sign_on(&mut screen, "typist-b").press("enter").sees("第二次录入  0/3").sees_not("86.5");
    screen.type_text("86.5").press("enter").sees("两次一致，成绩已定");
    screen.press("- enter").sees("2/3").press("v enter").sees("已定");
    assert_eq!(settled(&screen, &all[0]), Some(points("86.5")));
    assert_eq!(settled(&screen, &all[1]), Some(Mark::Absent));
    assert_eq!(settled(&screen, &all[2]), Some(Mark::Void));
    screen.press("esc").sees("已定 3/6");
}

/// S1-23: the scale and the step of the policy, beside the field while it is typed.
#[test]
fn errors_block_and_say_why_s1_23() {
    let mut desk = Desk::seated(3);
    let all = papers(&desk);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").sees("0 至 100，每档 0.5 分").press("enter").sees("请先输入成绩");
    screen.type_text("86.3").sees("x 成绩以 0.5 分为一档").press("enter").sees("0/3");
    screen.press("backspace").type_text("5").sees("回车保存").press("esc").type_text("101").sees("0 至 100 分之间");
    screen.press("y").sees("没有须确认的疑问").press("enter").sees("0/3");
    screen.press("esc").type_text("86.").sees("不是成绩");
    assert_eq!(entry::standing(&screen.app.site, all[0].application).unwrap()[0].state, "missing");
}

#[test]
fn a_warning_wants_a_yes_and_loses_it_when_the_field_changes() {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").type_text("0").press("enter").sees("低于 20 分").sees("0/3");
    screen.press("enter").sees("0/3").sees("y 确认并保存");
    screen.press("backspace").sees_not("低于 20 分").press("y").sees("没有须确认的疑问");
    screen.type_text("0.5").press("enter").sees("0/3").sees("低于 20 分");
    screen.press("y").sees("1/3").sees("0.5：第一次录入已保存");
}

/// Typing ahead without looking: what follows a question is for the next papers, and is not taken for this one.
#[test]
fn nothing_typed_past_a_question_reaches_another_paper() {
    let mut desk = Desk::seated(3);
    let all = papers(&desk);
    let lines = |screen: &Screen| -> Vec<_> {
        all.iter().map(|p| entry::standing(&screen.app.site, p.application).unwrap()[0].state).collect()
    };
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").type_text("7").press("enter").sees("低于 20 分");
    screen.type_text("0").sees("前一个成绩还没有保存").press("enter").paste("55");
    screen.type_text("80.5").press("enter - enter v y enter");
    assert_eq!(lines(&screen), ["missing"; 3]);
    screen.sees("成绩 7 ").press("esc").type_text("77").press("enter").sees("77：第一次录入已保存");
    // The same after an error: 86. must not become 86.5.
    screen.type_text("86.").press("enter").type_text("5").press("enter");
    assert_eq!(lines(&screen), ["first_in", "missing", "missing"]);
    screen.press("backspace backspace backspace").type_text("5").press("enter y").sees("5：第一次录入已保存");
    // Absent asks too, and takes no yes that was meant for something else.
    screen.type_text("8").press("enter").type_text("-").press("y").sees("按 Esc 清除");
    assert_eq!(lines(&screen), ["first_in", "first_in", "missing"]);
}

#[test]
fn a_letter_in_a_mark_stays_as_wrong() {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").type_text("8O").sees("“8O”不是成绩").sees("- 缺考，v 作废").sees_not("absent");
    assert!(screen.app.take_bell());
    screen.press("enter").sees("0/3").press("esc").type_text("l5").sees("“l5”不是成绩").press("enter").sees("0/3");
    // Keys of the list and of the program are letters while something is typed.
    screen.press("esc").type_text("8k").sees("“8k”不是成绩").press("backspace").type_text("q").sees("“8q”不是成绩");
    assert!(!screen.has_quit());
    screen.press("esc").paste("8O").sees("“8O”不是成绩").type_text("85").press("enter").sees("85：第一次录入已保存");
}

/// Which entry a pile is to the typist stands there steadily; a paper that is another one says so.
#[test]
fn the_head_of_a_pile_keeps_its_words() {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").type_text("77").press("enter").press("up").sees("第一次录入  1/3").sees("已录入，不再录");
    sign_on(&mut screen, "typist-b").press("enter").sees("第二次录入  0/3").sees_not("这一份是");
    screen.app.take_bell();
    screen.type_text("77").press("enter").sees("第二次录入  1/3").sees("! 这一份是第一次录入");
    assert!(screen.app.take_bell());
    screen.press("up").sees("第二次录入  1/3").sees("已定");
}

/// A key that does nothing in its place says why, and the hint line leaves it out by the same rule.
#[test]
fn keys_are_refused_where_they_do_nothing() {
    let mut screen = Screen::open(differing("80", "81"), "entry");
    screen.press("enter").sees("x 请裁定").press("d").sees("我可录").press("1").sees("x 请先在不一致列表里选一份");
    screen.press("esc").sees("x 请先选一堆试卷").press("-").sees("x 请先选一堆试卷");
    // A coordinator types nothing, so nothing waits for them.
    let pile = screen.text().lines().find(|l| l.starts_with("> 理论")).unwrap().to_owned();
    let cells: Vec<_> = pile.split_whitespace().collect();
    assert_eq!(cells[3..9], ["3", "1", "1", "0", "1", "0"], "{pile}");
    screen.press("enter").press("enter").sees("登分员").press("v").sees("登分员");
    sign_on(&mut screen, "typist-c").press("1").sees("x 请先选一堆试卷").press("enter").sees("第一次录入  1/3");
    screen.press("home -").sees("x 两次录入都已完成").press("enter").sees("x 两次录入都已完成");
}

/// A tab by its digit would be opened by the next mark, once Esc has left the pile.
#[test]
fn digits_open_no_tab() {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter esc").sees("已定 0/6").press("1 2 3 5 6 7 8").sees("已定 0/6").press("q");
    assert!(screen.has_quit());
}

#[test]
fn undo_takes_back_the_paper_at_hand() {
    let mut desk = Desk::seated(3);
    let all = papers(&desk);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").type_text("77").press("enter").type_text("78").press("enter up up");
    screen.press("u").sees(&format!("登分 {}", all[0].name())).type_text("看错行").press("enter").sees("已撤销");
    let state = |screen: &Screen, n: usize| entry::standing(&screen.app.site, all[n].application).unwrap()[0].state;
    assert_eq!((state(&screen, 0), state(&screen, 1)), ("missing", "first_in"));
    screen.type_text("76").press("enter up up").press("u").type_text("再看").press("enter");
    // Undone and redone: the redo is what is taken back.
    screen.press("ctrl-y").type_text("还是对的").press("enter").sees("我录的：76");
    screen.sees("> ").press("u").type_text("不对").press("enter");
    assert_eq!((state(&screen, 0), state(&screen, 1)), ("missing", "first_in"));
    screen.type_text("76").press("enter");
    sign_on(&mut screen, "typist-b").press("enter").type_text("70").press("enter up");
    screen.press("u").sees("两次录入都已完成");
}

#[test]
fn check_in_is_compared_with_what_is_typed() {
    let mut desk = Desk::seated(3);
    let all = papers(&desk);
    desk.does(&Attend(all[0].application, AttendanceState::Absent));
    desk.does(&Attend(all[1].application, AttendanceState::Present));
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").sees("签到为缺考").type_text("80").press("enter").sees("签到记录为缺考").sees("0/3");
    screen.press("esc - enter").sees("1/3");
    screen.sees("到考").press("- enter").sees("签到记录为到考").press("y").sees("2/3");
}

#[test]
fn moving_never_carries_a_mark_to_another_person() {
    let mut desk = Desk::seated(3);
    let all = papers(&desk);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").type_text("77").press("down").sees_not("77").sees(all[1].name());
    screen
        .press("/")
        .type_text("3")
        .press("enter")
        .type_text("66")
        .press("enter")
        .sees("03")
        .sees("66：第一次录入已保存");
    assert_eq!(entry::standing(&screen.app.site, all[2].application).unwrap()[0].state, "first_in");
    let tail = all[0].ticket().unwrap();
    screen.press("/").type_text(&tail[tail.len() - 4..]).press("enter").type_text("55").press("enter");
    assert_eq!(entry::standing(&screen.app.site, all[0].application).unwrap()[0].state, "first_in");
    screen.press("/").type_text("99").press("enter").sees("没有这个座号");
}

#[test]
fn my_first_entry_is_taken_back_only_by_undo() {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").type_text("77").press("enter up").sees("我录的：77").sees("等待他人录第二次");
    screen.type_text("8").sees("第一次录入由您完成").press("u").sees("撤销第").type_text("看错行").press("enter");
    screen
        .sees("已撤销")
        .sees("第一次录入  0/3")
        .sees_not("我录的：77")
        .type_text("78")
        .press("enter")
        .sees("78：第一次");
}

#[test]
fn a_coordinator_looks_but_does_not_type() {
    let mut screen = Screen::open(Desk::seated(3), "entry");
    screen
        .press("enter")
        .sees("只看  0/3")
        .sees_not("第一次录入")
        .type_text("8")
        .sees("登分员")
        .sees("0/3")
        .press("-")
        .sees("登分员");
    screen.press("esc").sees("已定 0/6").press("d").sees("没有待裁定的成绩").press("esc").press("f3");
    screen.sees("[F3 ");
}

#[test]
fn the_coordinator_keeps_one_and_somebody_else_types_again() {
    let mut screen = Screen::open(differing("77.5", "66.5"), "entry");
    screen.sees("两次录入不一致：1 份").sees("77.5").sees("66.5").sees("typist-a");
    screen.press("2").sees("保留第二次录入").sees("另一次作废，须由他人").press("enter").sees("请先输入内容");
    screen.type_text("纸面为 66.5").press("enter").sees("须由他人重录第二次").sees("没有待裁定的成绩");
    sign_on(&mut screen, "typist-b")
        .sees("待重录 1")
        .sees("第1考场 重录1")
        .press("enter")
        .sees_not("77.5")
        .sees("待重录");
    sign_on(&mut screen, "typist-c").press("enter").sees_not("66.5").sees("须重录").sees("原录入已由考务主管作废");
}

#[test]
fn the_coordinator_sends_one_back_or_discards_both() {
    let mut screen = Screen::open(differing("77.5", "66.5"), "entry");
    screen
        .press("r")
        .sees("第二次  66.5")
        .press("enter")
        .sees("退回一次录入")
        .type_text("再看")
        .press("enter")
        .sees("一录退回");
    sign_on(&mut screen, "typist-a").press("enter").sees("更正录入").sees("退回我").sees_not("66.5");
    screen.type_text("66.5").press("enter").sees("两次一致");
    let mut screen = Screen::open(differing("77.5", "66.5"), "entry");
    screen.press("x").type_text("两份都不清楚").press("enter").sees("两次录入都已作废");
    sign_on(&mut screen, "typist-b").press("enter").sees("第一次录入  0/3");
}

/// The second typist hears that it differs, on the screen, and never how.
#[test]
fn a_difference_shows_no_value() {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").type_text("77.5").press("enter");
    sign_on(&mut screen, "typist-b").press("enter").type_text("66").press("enter");
    screen.sees("交考务主管裁定").sees_not("77.5").press("up").sees("我录的：66").sees_not("77.5");
}

#[test]
fn every_list_draws_in_both_languages_and_sizes() {
    for (lang, size) in [(Lang::English, (80, 24)), (Lang::English, (120, 40)), (Lang::Chinese, (120, 40))] {
        let mut screen = Screen::sized(differing("80", "81"), "entry", lang, size);
        let first = screen.text();
        assert!(first.contains("81") && !first.contains("entry."), "{first}");
        screen.press("d enter");
        let pile = screen.text();
        assert!(!pile.contains("entry.") && !pile.contains("entry_"), "{pile}");
        screen.press("f1");
        assert!(!screen.text().contains("action.entry"), "{}", screen.text());
    }
    let mut screen = Screen::open(Desk::with_batch(), "entry");
    screen.sees("还没有编排考场").press("enter").sees("请先选一堆试卷");
}

/// The pile is read again while something is typed: the text, the caret and the person stay.
#[test]
fn what_is_typed_stays_when_the_pile_is_read_again() {
    let mut desk = Desk::seated(3);
    let all = papers(&desk);
    desk.sign_on("typist-a");
    let mut screen = Screen::open(desk, "entry");
    screen.press("enter").type_text("77").press("enter").sees("1/3").type_text("86");
    let caret = screen.draw().1;
    screen
        .press("u")
        .type_text("看错行")
        .press("enter")
        .sees("0/3")
        .sees("成绩 86")
        .sees(&format!("姓名   {}", all[1].name()));
    assert_eq!(screen.draw().1, caret);
    screen.type_text(".5").press("enter").sees("86.5：第一次录入已保存");
}
