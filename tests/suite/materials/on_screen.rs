//! The materials part of the dossier, by keys.
use super::texts;
use super::world::{Handed, PlantState, ZHANG, apply, common, desk, jpeg};
use crate::harness::Screen;
use kaowu::model::{Level, Route};
use kaowu::ops::ApplicationState;
use kaowu::text::Lang;

fn opened(level: Level, lang: Lang, size: (u16, u16)) -> (Screen, Handed) {
    let mut desk = desk("nmg-2023");
    apply(&mut desk, Route::First, level);
    let handed = Handed::new();
    common(&handed).put(&format!("{}_{}.jpg", ZHANG.0, ZHANG.1), &jpeg(295, 413, 1000));
    handed.put("技术总结.pdf", &texts::scanned()).put("随手拍.jpg", &jpeg(9, 9, 200));
    let mut screen = Screen::sized(desk, "applications", lang, size);
    screen.press("enter tab tab");
    (screen, handed)
}

/// S1-15 to S1-18 at the desk: look through, read what is wrong, judge, take back.
#[test]
fn a_folder_is_checked_and_judged_by_keys() {
    let (mut screen, handed) = opened(Level::Two, Lang::Chinese, (80, 24));
    screen.sees("[材料]").sees("共 7 项，齐 0，待办 7").sees("按 f 核对").sees("- 缺");
    screen.press("a").sees("请先选中一个文件").sees("按 f 核对");
    screen.press("f").paste(handed.path().to_str().unwrap()).press("enter");
    screen.sees("需要处理 2 处").sees("照片文件名应为").sees("扫描件").sees("随手拍.jpg");
    screen.sees_not(ZHANG.1).press("esc").sees("齐 5，待办 2").sees("+ 已交").sees("! 有误");
    // S0-19, S1-18: counted by hand, then topic by topic; what is left out needs a word.
    screen.press("end a").sees("人工计数").type_text("九百").press("enter").sees("请输入阿拉伯数字");
    screen.press("a").type_text("１２００").press("enter").sees("[ ] 业务水平").press("space").sees("[x] 业务水平");
    screen.press("a enter").sees("已认定：专业技术总结").sees("* 已认定").sees("coordinator 2023-10-15 08:10 认定");
    screen.sees("已见要点：业务水平").sees("1200 字").sees("齐 6，待办 1");
    screen.press("u").type_text("数错了").press("enter").sees("齐 5，待办 2");
    // The photo is sent back, then accepted all the same with a reason.
    screen.press("up r").type_text("请改名").press("enter").sees("! 已退").sees("备注：请改名");
    screen.press("a").sees("仍要认定，请写明理由").type_text("已代为改名").press("enter").sees("已认定：照片");
}

/// S1-14: two copies of the form, asked for with their number.
#[test]
fn paper_is_taken_at_the_counter() {
    let (mut screen, _handed) = opened(Level::Five, Lang::Chinese, (80, 24));
    screen.sees("纸质一式 2 份，未收").press("o").sees("须 2 份").press("ctrl-u").type_text("1").press("enter");
    screen
        .sees("须 2 份，只有 1 份")
        .press("o enter")
        .sees("已收纸质件：申报表")
        .sees("纸质 2 份")
        .sees("纸质一式 2 份，已收");
    screen.press("o enter").sees("已经收过");
}

/// S1-72: after the approval nothing can be pressed that changes a photo.
#[test]
fn an_approved_dossier_is_only_looked_at() {
    let mut desk = desk("nmg-2023");
    let zhang = apply(&mut desk, Route::First, Level::Five);
    desk.does(&PlantState(zhang, ApplicationState::Approved));
    let mut screen = Screen::open(desk, "applications");
    screen.press("enter tab tab").sees("已审核通过，材料不再变更");
    for key in ["f", "a", "r", "o"] {
        screen.press(key).sees("姓名、证件号码、照片和材料不再变更");
    }
}

#[test]
fn a_wrong_path_is_told_and_stays_to_be_mended() {
    let (mut screen, handed) = opened(Level::Five, Lang::Chinese, (80, 24));
    screen.press("f").type_text("/nowhere/here").press("enter").sees("找不到");
    screen.press("f").sees("/nowhere/here").press("esc");
    let rar = handed.path().join("x.rar");
    std::fs::write(&rar, b"Rar!\x1a\x07\x01").unwrap();
    screen.press("f ctrl-u").paste(rar.to_str().unwrap()).press("enter").sees("rar、7z 请先解开");
}

/// S4-24, S4-25: a whole group from the list; before its sheet is imported nothing is stored.
#[test]
fn a_group_is_checked_from_the_list() {
    let sample = crate::source::root().join("tests/data/zwfw-2024");
    let mut screen = Screen::open(desk("wushen-zwfw-2024"), "applications");
    screen.press("m").sees("核对集体报名").paste(sample.to_str().unwrap()).press("enter");
    screen
        .sees("需要处理 8 处")
        .sees("没有此人的文件夹")
        .sees("请先导入信息采集表")
        .press("end")
        .sees("24 人还没有申报");
    let mut screen = Screen::open(desk("nmg-2023"), "applications");
    screen.press("m").paste(sample.to_str().unwrap()).press("enter").sees("没有集体报名的规定");
}

/// S1-51: the size of the paper photo stands with the electronic one.
#[test]
fn it_stands_at_every_size_and_language() {
    for lang in Lang::ALL {
        for size in [(60, 16), (80, 24), (120, 36)] {
            let (mut screen, handed) = opened(Level::One, lang, size);
            screen
                .press("f")
                .paste(handed.path().to_str().unwrap())
                .press("enter esc")
                .press("down down down down down");
            let text = screen.text();
            assert!(!text.contains('{') && !text.contains("materials."), "{text}");
            if size.1 > 16 {
                screen.sees("1.5").sees("2 MB");
            }
        }
    }
}
