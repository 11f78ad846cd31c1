//! The page, by keys alone.
use super::world::{attendance, marked, report, reported, room};
use crate::harness::{Desk, Screen};
use kaowu::model::AttendanceState;
use kaowu::ops::checkin;
use kaowu::ops::conduct::incidents;
use kaowu::ops::results::board;
use kaowu::text::Lang;

/// The page, opened from the door as the proctor would.
fn page(desk: Desk, lang: Lang) -> Screen {
    let mut screen = Screen::sized(desk, "checkin", lang, (80, 24));
    let name = if lang == Lang::Chinese { "违纪登记" } else { "Incidents" };
    screen.press("ctrl-v").type_text(name).press("enter").sees(name);
    screen
}

fn seat(desk: &Desk) -> String {
    let seated = checkin::seated(&desk.site, report(desk, "A2-3").session, super::world::FIRST).unwrap().unwrap();
    format!("{}-{}", seated.room_number, seated.seat)
}

#[test]
fn an_incident_is_reported_decided_and_taken_back_by_keys() {
    let mut desk = room(3, "assessment");
    marked(&mut desk, 3, "80");
    let seat = seat(&desk);
    desk.sign_on("proctor");
    let mut screen = page(desk, Lang::Chinese);
    screen.sees("没有违纪记录").sees("按 n 登记").press("n").sees("还缺");
    screen.type_text(&seat).press("enter").sees("登记违纪：");
    screen.press("enter").sees("选择：行为").type_text("夹带").sees_not("雷同").press("enter");
    screen.sees("按规定：该科成绩无效");
    screen.press("enter enter").type_text("翻看纸条").press("enter").press("enter");
    screen.type_text("纸条一张").press("ctrl-g");
    screen.type_text("张监考").press("enter").type_text("李监考").press("ctrl-g");
    screen.sees("第 1 起违纪已登记").sees("待裁定").sees("翻看纸条").sees("纸条一张");
    // A proctor does not decide.
    screen.press("d").sees("该科成绩无效（按规定）").press("enter").sees("考务主管");
    let mut desk = Desk::after(screen);
    desk.sign_on("coordinator");
    let mut screen = page(desk, Lang::Chinese);
    screen.press("d").sees("按规定").sees("从轻").sees("不成立").press("enter");
    screen.sees("理论：").sees("成绩无效（现为 80）").sees("记为违纪离场").sees("原成绩保留");
    screen.press("enter").sees("请输入").type_text("1").press("enter").sees("已裁定").sees("已处理");
    let desk = Desk::after(screen);
    assert_eq!(board(&desk.site).unwrap().totals.passed, 2);
    assert_eq!(attendance(&desk), Some(AttendanceState::Misconduct));
    let mut screen = page(desk, Lang::Chinese);
    screen.press("d").sees("已经裁定").press("x").sees("撤回裁定").type_text("证据不足").press("enter");
    screen.sees("恢复成绩").sees("恢复到场").sees("待裁定");
    assert_eq!(board(&Desk::after(screen).site).unwrap().totals.passed, 3);
}

#[test]
fn an_act_that_wants_a_warning_leads_to_that_item() {
    let desk = room(1, "assessment");
    let seat = seat(&desk);
    let mut screen = page(desk, Lang::Chinese);
    screen.press("n").type_text(&seat).press("enter").type_text("A1-1").press("enter").sees("须先警告");
    screen.press("enter enter").type_text("手机").press("down down").type_text("甲").press("enter").type_text("乙");
    screen.press("ctrl-g").sees("请先警告考生");
    // The focus is on the item itself: the answer is changed there and saved.
    screen.press("backspace").type_text("是").press("enter").press("ctrl-g").sees("第 1 起违纪已登记");
    assert!(incidents(&Desk::after(screen).site).unwrap()[0].warned);
}

#[test]
fn a_milder_outcome_asks_why_and_everything_can_be_read() {
    let mut desk = room(1, "professional");
    reported(&mut desk, "8-2");
    let mut screen = page(desk, Lang::English);
    screen.press("v").sees("invigilator 1").sees("sat for somebody").sees("refused to sign").press("esc");
    screen.press("d").sees("barred for good (as the table says)").press("down down enter").sees("milder");
    screen.type_text("first time").press("enter").sees("void").sees("Marks stay as given");
    screen.type_text("1").press("enter").sees("decided").sees("first time");
}

/// Whatever a tired person needs stands on the screen: who, what, since when, what to press.
#[test]
fn the_page_tells_the_essentials_in_both_languages() {
    let words = [
        (Lang::Chinese, ["待裁定", "拒签", "登记", "裁定"]),
        (Lang::English, ["to decide", "refused to sign", "report", "decide"]),
    ];
    for (lang, words) in words {
        let mut desk = room(2, "assessment");
        reported(&mut desk, "A3-1");
        let name =
            checkin::seated(&desk.site, report(&desk, "A2-3").session, super::world::FIRST).unwrap().unwrap().name;
        let mut screen = page(desk, lang);
        for word in words {
            screen.sees(word);
        }
        screen.sees(&name).sees("A3-1").sees("09:05").press("n esc").sees("A3-1");
    }
}
