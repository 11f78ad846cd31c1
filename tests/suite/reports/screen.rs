//! The page by keys.
use super::world::*;
use crate::harness::{Desk, Screen};
use kaowu::text::Lang;

fn open(desk: Desk) -> Screen {
    let mut screen = Screen::open(desk, "results");
    screen.press("ctrl-v").type_text("统计报表").press("enter");
    screen
}

#[test]
fn the_page_leads_through_every_part() {
    let mut desk = desk();
    ten(&mut desk);
    let mut screen = open(desk);
    screen.sees("[部门]").sees("持证上岗率 50.00%").sees("还差 3 人").sees("甲局").sees("发证后达标");
    screen.press("tab").sees("[人员]").sees("外证某").sees("持证（其他机构）");
    screen.press("end").sees("未报考").press("l").press("enter").sees("已登记离岗").press("ctrl-x");
    screen.press("esc");
}

#[test]
fn ledger_and_snapshots_by_keys_s4_30_s4_31() {
    let mut desk = desk();
    ten(&mut desk);
    let mut screen = open(desk);
    screen.press("tab tab").sees("[台账]").sees("台账还是空的").press("x").sees("没有选中");
    screen.press("n").sees("部署分工").press("down enter").type_text("窗口培训").press("enter");
    screen.type_text("三十").press("enter").sees("不是数字");
    screen.press("n").press("down enter").type_text("窗口培训").press("enter").type_text("30").press("enter");
    screen.sees("台账第 1 条已登记");
    screen.press("s").sees("已保存今天的快照").press("s").sees("已保存过快照");
    screen.press("tab").sees("[快照]").sees("2024-10-15").sees("50.00%").press("n").sees("请先按 Tab");
    screen.press("backtab").press("x").type_text("登记错").press("enter").sees("台账第 1 条已删除");
}

#[test]
fn a_subsidy_is_claimed_by_keys_s4_12() {
    let mut desk = desk();
    ten(&mut desk);
    let mut screen = open(desk);
    screen.press("tab tab tab tab").sees("[补贴]").sees("人社部发〔2024〕40号").sees("缺缴费月数");
    screen.press("c").sees("不知道失业保险缴费月数").press("enter").sees("应满 12 个月").press("esc");
    screen.press("n").type_text("12").press("enter").sees("新增或更新 1 人").sees("可申领");
    screen.press("enter").sees("可以申领").press("esc");
    screen.press("c").sees("元已登记").sees("已申领 2024-10-15");
    screen.press("x").type_text("材料不全").press("enter").sees("的申领已取消");
    screen.press("tab").sees("[企业]").sees("还没有企业申报").press("tab").sees("[计划]").sees(OCCUPATION);
}

#[test]
fn somebody_is_added_by_keys_and_an_empty_list_says_what_to_press() {
    let mut screen = open(desk());
    screen.sees("还没有在岗人员").press("n").type_text("张某").press("enter");
    screen.type_text(&number("15069919900101001")).press("enter").type_text("甲局").press("enter");
    screen.sees("已添加 张某（甲局）").sees("0.00%");
    screen.press("i").type_text("/nowhere/在岗.csv").press("enter").press("esc");
}

#[test]
fn it_reads_in_english_and_opens_where_the_notice_points() {
    let mut desk = desk();
    ten(&mut desk);
    let mut screen = Screen::sized(desk, "results", Lang::English, (80, 24));
    screen.press("ctrl-v").type_text("reports").press("enter").sees("[Depts]").sees("certified on duty 50.00%");
    screen.press("tab").sees("yes, elsewhere");
    let mut other = Screen::open(Desk::seated(4), "results");
    other.press("ctrl-v").type_text("统计报表").press("enter").sees("[计划]");
    other.press("backtab backtab").sees("没有补贴规定");
}
