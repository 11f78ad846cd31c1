//! The payment part of the dossier, reconciliation and the close, by keyboard alone.
use super::world::{BARS, PRICES, desk, row};
use crate::harness::{Desk, Screen};
use kaowu::text::Lang;
use std::io::Write;

/// The dossier's payment part of the first in the list.
fn open(desk: Desk, lang: Lang) -> Screen {
    let mut screen = Screen::sized(desk, "applications", lang, (80, 24));
    screen.press("enter backtab");
    screen
}

/// S0-32, S0-33: what is owed by item, what came in; a payment typed in three lines.
#[test]
fn a_payment_is_recorded_from_the_dossier_s0_32() {
    let mut screen = open(desk(3, PRICES), Lang::Chinese);
    screen.sees("[缴费]").sees("未缴费").sees("理论考试费").sees("35.00 元").sees("尚欠 175.00 元");
    screen.sees("2023-09-25 至 2023-09-27").sees("诚信承诺书");
    screen.press("p").sees("金额（元）").sees("175.00").press("enter").sees("平台流水号");
    screen.type_text("4200001").press("enter").sees("2023-09-26 10:00").press("enter");
    screen.sees("已登记缴费 1 笔，175.00 元，1 人缴清").sees("已缴费").sees("4200001").sees("尚欠 0.00 元");
    // A second payment is questioned; Esc leaves it.
    screen.press("p").type_text("175").press("enter enter enter").sees("已经缴清").press("esc");
    screen.press("r").sees("退回金额").press("enter").type_text("不考了").press("enter").sees("已退费：175.00 元");
    screen.sees("2023-09-26 10:00  已退费");
    screen.press("u").type_text("点错").press("enter").sees("已撤销");
    screen.press("w").type_text("困难").press("enter").sees("无需免缴");
}

#[test]
fn a_wrong_amount_and_a_late_payment_ask_back() {
    let desk = desk(3, PRICES);
    let clock = desk.clock();
    let mut screen = open(desk, Lang::English);
    screen.press("p ctrl-u").type_text("100").press("enter enter enter").sees("paid 100.00 yuan and owes 175.00");
    screen
        .press("enter")
        .sees("y")
        .type_text("y")
        .press("enter")
        .sees("Recorded 1 payments, 100.00 yuan")
        .sees("partly paid");
    clock.set(kaowu::model::Stamp::parse("2023-09-28T09:00:00+08:00").unwrap());
    screen.press("p enter enter enter").sees("Outside the time for paying").type_text("bank was down").press("enter");
    screen.sees("have nothing left to pay").sees("due 0.00 yuan").sees("bank was down");
    screen.press("p").type_text("x").press("enter").sees("is no amount");
}

/// S1-85: the invoice is asked for line by line.
#[test]
fn an_invoice_is_typed_line_by_line_s1_85() {
    let mut screen = open(desk(2, ""), Lang::Chinese);
    screen.press("i").sees("单位发票").sees("个人发票").press("enter");
    screen.type_text("某局").press("enter").type_text("159900000000001").press("enter");
    screen.type_text("a@example.cn").press("enter").sees("旧式号码").sees("单位发票  某局  159900000000001");
    screen.press("i").press("down enter").press("enter").type_text("bad").press("enter").sees("不是电子邮箱");
}

/// S1-43, S2-29: what would follow is shown before it is done.
#[test]
fn a_sanction_is_imposed_after_a_preview_s2_29() {
    let desk = desk(2, BARS);
    let mut screen = open(desk, Lang::Chinese);
    screen.press("s").sees("伪造、瞒报、误报材料").press("enter").type_text("学历伪造").press("enter");
    screen.sees("依据").press("enter").sees("证据").type_text("查询记录").press("enter");
    screen.sees("确认后将").sees("排除出本批次").sees("限考至 2026-09-25");
    let number = application(&mut screen);
    screen.type_text(&number).press("enter").sees("作第 1 号处罚").sees("已排除").sees("限考");
    screen.press("p enter enter enter").sees("不在本批次");
    screen
        .press("l")
        .sees("第 1 号")
        .press("enter")
        .type_text("查无实据")
        .press("enter")
        .sees("处罚已解除")
        .sees("仍被排除");
    screen.press("a").type_text("恢复").press("enter").sees("已恢复参加");
}

/// The number that the question asks for.
fn application(screen: &mut Screen) -> String {
    let text = screen.text();
    let line = text.lines().find(|l| l.contains("请输入")).unwrap_or_else(|| panic!("{text}"));
    line.chars().filter(char::is_ascii_digit).collect()
}

/// S0-31: the close names people and wants their number typed.
#[test]
fn the_close_wants_the_number_typed_s0_31() {
    let desk = desk(4, "");
    let clock = desk.clock();
    let mut screen = Screen::open(desk, "applications");
    screen.press("p").sees("已登记缴费 1 人").press("x").sees("截止前不能");
    clock.set(kaowu::model::Stamp::parse("2023-09-28T09:00:00+08:00").unwrap());
    screen.press("x").sees("以下 3 人未缴费").type_text("4").press("enter").sees("输入的不是 3");
    screen
        .press("ctrl-u")
        .type_text("3")
        .press("enter")
        .sees("3 人未缴费，已排除")
        .sees("未缴费 0，已撤回 0，已排除 3");
    screen.press("u").type_text("延期").press("enter").sees("未缴费 3");
}

#[test]
fn a_platform_sheet_is_tried_and_stored() {
    let desk = desk(3, PRICES);
    let first = row(&desk, 1);
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    writeln!(file, "证件号码,姓名,缴费金额,缴费时间,交易流水号").unwrap();
    writeln!(file, "{},{},175,2023-09-25 10:11,t1", first.id_number, first.name).unwrap();
    writeln!(file, "150699199901010017,张三,175,2023-09-25 10:11,t2").unwrap();
    file.flush().unwrap();
    let path = file.path().display().to_string();
    let mut screen = Screen::open(desk, "applications");
    screen
        .press("r")
        .type_text(&path)
        .press("enter")
        .sees("相符 1")
        .sees("查无此人 1")
        .sees("张三")
        .sees_not(&first.id_number);
    screen.press("a").sees("已登记缴费 1 笔").sees("未缴费 2");
    screen.press("r").sees(".csv").press("enter").sees("已登记 1").press("a").sees("没有新的缴费");
}
