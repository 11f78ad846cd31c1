//! The part of the dossier, the filter and the bulk pass, by keys at 80x24.
use super::world::*;
use crate::harness::Screen;
use kaowu::model::ReviewStep;
use kaowu::ops::reviews::StampBy;
use kaowu::text::Lang;

/// S1-81, S1-82, S1-83: the way stands on one page with what to press next.
#[test]
fn one_application_goes_its_way_by_keys_s1_82_s1_83() {
    let (mut desk, ids) = filed(1);
    for node in [StampBy::Employer, StampBy::Department, StampBy::County, StampBy::Prefecture] {
        desk.does(&stamp(node, &ids));
    }
    let mut screen = Screen::open(desk, "applications");
    screen.sees("待初审").press("enter tab tab tab").sees("[审核]").sees("待办：初审").sees("已盖").sees("原件");
    screen.press("s").sees("发文机构意见").press("enter").sees("发文机构签字").type_text("高经办").press("enter");
    screen.sees("发文机构已登记");
    screen.press("r").sees("退回补正").type_text("照片不清").press("enter").sees("初审退回").sees("补正后重新提交");
    screen.press("p").sees("不在待审").press("o").sees("审核通过后才有此操作");
    screen.press("u").type_text("退错了").press("enter").sees("待办：初审");
    screen.press("p").sees("申报条件").type_text("已核实佐证").press("enter").sees("初审通过");
    screen.sees("待办：复审").press("p").sees("须由另一人办理");
    screen.press("x").sees("须由另一人办理");
    screen.press("esc ctrl-o").type_text("approver").press("enter").press("f3 enter tab tab tab p");
    screen.type_text("已核实佐证").press("enter").sees("复审通过").sees("收原件").press("o").sees("原件已收");
}

/// S1-27: a doubt that is accepted does not swallow the answer of the query, which is asked for after it.
#[test]
fn the_query_is_asked_for_beside_another_doubt_s1_27() {
    let (desk, _) = filed(12);
    let mut screen = Screen::open(desk, "applications");
    screen.press("enter tab tab tab").sees("冯建国").press("p").sees("有 2 项疑问").sees("无法判定");
    screen.type_text("已核实").press("enter").sees("上一级证书查询").type_text("平台一致").press("enter");
    screen.sees("初审通过").press("end up up").sees("已核实 平台一致");
}

/// In every part and both languages the way on and the way back stand on the hint line.
#[test]
fn every_part_says_how_to_go_on_and_back() {
    for lang in Lang::ALL {
        let (desk, _) = filed(1);
        let mut screen = Screen::sized(desk, "applications", lang, (80, 24));
        screen.press("enter");
        for part in 0..5 {
            let text = screen.text();
            let hints = text.lines().last().unwrap();
            let own = match lang {
                Lang::Chinese => ["Tab 下一页", "Esc 返回", "F1 帮助"],
                Lang::English => ["Tab next", "Esc back", "F1 help"],
            };
            assert!(own.iter().all(|own| hints.contains(own)), "part {part}: {hints:?}\n{text}");
            screen.press("tab");
        }
    }
}

#[test]
fn the_list_is_filtered_and_passed_in_bulk() {
    let (mut desk, ids) = filed(12);
    desk.does(&send_back(ReviewStep::First, ids[0], "补材料"));
    let mut screen = Screen::open(desk, "applications");
    screen.press("s").sees("待初审  11 人").sees("已退回  1 人").type_text("已退").press("enter");
    screen.sees("筛选：已退回").sees_not("待初审");
    screen.press("s home enter").sees_not("筛选：");
    screen.press("b").sees("上一级证书查询").type_text("一致").press("enter").sees("通过 11 人");
    screen.type_text("10").press("enter").sees("输入的不是 11").press("ctrl-u").type_text("11").press("enter");
    screen.sees("初审通过 11 人").sees("待复审");
    screen.press("b").sees("没有人在等待");
    screen.press("u").type_text("误操作").press("enter").sees("待初审");
}

#[test]
fn the_part_stands_at_every_size_and_language() {
    for lang in Lang::ALL {
        for size in [(60, 16), (80, 24), (120, 40)] {
            let (mut desk, ids) = filed(1);
            desk.does(&stamp(StampBy::Employer, &ids));
            let mut screen = Screen::sized(desk, "applications", lang, size);
            let text = screen.press("enter tab tab tab").text();
            assert!(!text.contains('{') && !text.contains("dossier."), "{text}");
        }
    }
}
