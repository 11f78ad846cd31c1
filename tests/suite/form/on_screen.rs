//! The form as somebody types it, at 80x24.
use super::world::{desk, file_it, good, put, row, with};
use crate::harness::{Desk, Screen};
use kaowu::ops::ApplicationState;
use kaowu::ops::applications::form::stored;
use kaowu::text::Lang;

/// Enter after each text; an empty text leaves the item empty.
fn fill(screen: &mut Screen, texts: &[&str]) {
    for text in texts {
        screen.type_text(text).press("enter");
    }
}

/// From the document's number to the route of a first application.
const FIRST: [&str; 17] = [
    "150699199001010015",
    "张三",
    "mgz",
    "15400000001",
    "大专",
    "",
    "",
    "2010-07",
    "13",
    "乌审旗园林局",
    "",
    "",
    "",
    "",
    "",
    "dg",
    "5",
];

fn typed(desk: Desk) -> Screen {
    let mut screen = Screen::open(desk, "applications");
    screen.press("n").sees("新申报").sees("居民身份证");
    fill(&mut screen, &FIRST);
    fill(&mut screen, &["", "first"]);
    screen
}

/// S1-48, S1-50, S1-58: typed by keyboard alone, with what follows filled in; saved, and there.
#[test]
fn a_new_application_is_typed_and_saved() {
    let mut screen = typed(desk());
    screen.sees("电工  6-31-01-03").sees("五级/初级工").sees("可以保存：Ctrl+G（有 1 处提醒");
    screen.press("ctrl-g").sees("张三 已申报（1 号").sees("申报 1 件");
    screen.press("enter").sees("初次申报").press("end").sees("受理盟市             鄂尔多斯市").sees("蒙古族");
}

/// S1-49, S1-52: checked as the item is left, told under it; sex and birth date follow and are passed over.
#[test]
fn an_item_is_checked_as_it_is_left() {
    let mut screen = Screen::open(desk(), "applications");
    screen.press("n");
    fill(&mut screen, &["150699199001010016"]);
    screen.sees("x 证件号码校验码不符").sees("有 1 项要改：证件号码");
    screen.press("up ctrl-u").sees_not("校验码不符").type_text("150699199001010015").press("enter");
    screen.sees("1990-01-01").sees("还缺 9 项：姓名、民族");
    screen.type_text("张三").press("enter").sees("“蒙古”");
    // Saving too early goes to what is missing and says so there.
    screen.press("ctrl-g").sees("没有保存：民族").sees("x 必填");
}

/// S1-58: the occupation by pinyin where several fit: the list of those opens, a digit gives the level.
#[test]
fn a_choice_with_several_answers_opens_its_list() {
    let mut screen = Screen::open(desk(), "applications");
    screen.press("n");
    fill(&mut screen, &FIRST[..15]);
    screen.type_text("公路").press("enter").sees("选择申报职业").sees("公路养护工").sees_not("汽车维修工");
    screen.press("esc").press("ctrl-u").type_text("bwgly").press("enter").sees("保卫管理员  3-02-02-00");
    screen.press("ctrl-t").sees("选择申报等级").sees("一级/高级技师").sees_not("五级/初级工");
}

/// S1-59: what only a promotion asks for comes with the route.
#[test]
fn the_certificate_before_comes_with_the_route() {
    let mut screen = typed(desk());
    screen.sees_not("上一级证书编号");
    screen.press("up ctrl-u").type_text("promotion").press("enter").sees("上一级证书编号").sees("上一级证书等级");
    screen.sees("还缺 2 项：上一级证书等级、上一级证书编号");
}

/// S1-60, S1-61, S1-62: long texts line by line, periods of work one by one.
#[test]
fn texts_and_periods_are_typed_in_their_own_windows() {
    let mut screen = typed(desk());
    screen.press("down down").sees("> 工作简历").press("enter").sees("完成");
    screen.type_text("2010年参加工作").press("enter").type_text("2015年调入园林局").press("ctrl-g");
    screen.sees("2010年参加工作").sees("2015年调入园林局");
    screen.press("down").sees("＋ 新增").press("enter").sees("新增哪一类").press("enter").sees("工作经历");
    fill(&mut screen, &["2010-07", "2015-02", "嘎鲁图镇政府", "电工", "same"]);
    screen.sees("2010-07 ~ 2015-02  嘎鲁图镇政府  电工  本职业（专业）");
    screen.sees("> ＋ 新增").press("enter").press("enter");
    screen.type_text("2015-03").press("esc").sees("x 单位");
    screen.sees("有 1 项要改：第 2 条经历");
    screen.press("up").press("enter").press("ctrl-r").sees_not("第 2 条经历").press("ctrl-g").sees("已申报");
}

/// A change asks for its reason; the form says when there is nothing to save.
#[test]
fn an_application_is_edited_from_its_dossier() {
    let mut desk = desk();
    let id = file_it(&mut desk, &good());
    let mut screen = Screen::open(desk, "applications");
    screen.press("enter").press("e").sees("修改申报  张三（1 号）").press("ctrl-g").sees("没有改动");
    screen
        .press("home down down down down")
        .press("ctrl-u")
        .type_text("15400000002")
        .press("ctrl-g")
        .sees("请写明原因");
    screen.type_text("换号").press("enter").sees("张三 的申报已修改 1 处").sees("154****0002");
    assert_eq!(row(&Desk::after(screen), id).phone.as_deref(), Some("15400000002"));
}

/// S1-72, S1-82, S1-83: what the state allows is offered, and nothing else.
#[test]
fn the_dossier_offers_what_the_state_allows() {
    let mut desk = desk();
    let id = file_it(&mut desk, &good());
    put(&mut desk, id, ApplicationState::Returned);
    let mut screen = Screen::open(desk, "applications");
    screen.press("enter").sees("r 重新提交").sees_not("c 更正").press("r").sees("已重新提交，第 1 轮审核");
    let mut desk = Desk::after(screen);
    put(&mut desk, id, ApplicationState::Approved);
    let mut screen = Screen::open(desk, "applications");
    screen.press("enter").sees("c 更正").sees_not("e 修改").press("e").sees("已审核通过，不再变更");
    screen.press("c").sees("150699********0015").press("enter");
    screen.press("ctrl-u").type_text("张珊").press("enter").type_text("户口簿核实").press("enter");
    screen.sees("张珊 的信息已更正");
    // The original comes in where the boxes of the form are.
    screen.press("tab tab tab").press("o").sees("原件");
    assert!(row(&Desk::after(screen), id).original_at.is_some());
}

/// Outside the period the reason is asked for, and Esc on the form loses nothing that matters.
#[test]
fn a_late_application_asks_why() {
    let mut screen = typed(super::world::at(desk(), super::world::TOO_LATE));
    screen.press("ctrl-g").sees("报名时间之外").type_text("邮局延误").press("enter").sees("张三 已申报");
}

/// A proctor is told before anything is typed.
#[test]
fn somebody_without_the_duty_types_nothing() {
    let mut desk = desk();
    desk.sign_on("proctor");
    Screen::open(desk, "applications").sees_not("n 新增").press("n").sees_not("新申报").sees("考务主管");
}

#[test]
fn it_reads_in_english_and_on_a_tall_screen() {
    let mut desk = desk();
    let id = file_it(&mut desk, &with(good(), &[("strengths", "高压柜\n电缆")]));
    assert_eq!(stored(&desk.site, id).unwrap().get("strengths"), "高压柜\n电缆");
    let mut screen = Screen::sized(desk, "applications", Lang::English, (80, 24));
    screen.press("n").sees("New application").sees("missing: document no., name, ethnic group");
    screen.type_text("15069919900101001").press("enter").sees("x The document number has 17 characters");
    screen.press("esc").press("enter").press("e").sees("Edit  张三 (no. 1)");
    screen.resize((120, 36)).press("pagedown pagedown").sees("strengths").sees("Ctrl+G");
}
