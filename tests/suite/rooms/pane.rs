//! The arrangement pane and the page of rooms, by keys.
use super::fixtures::{name, people_of, seated, seats, sit, who, workshop};
use crate::harness::{Desk, Screen};
use kaowu::ops::rooms::{Add, BreakSeat};
use kaowu::ops::seating::edit::{Place, Unseat};
use kaowu::text::Lang;

/// The chart stands as the room does; the cursor walks over it and at the edge into the next room.
#[test]
fn the_cursor_walks_over_the_chart() {
    let mut screen = Screen::open(seated(5), "seating");
    screen.sees("第 1 考场（1/2）：5 人").sees(">01").sees("1-01  ");
    screen.press("down").sees(">02").press("right").sees(">05").press("up").sees(">06").press("right").sees(">07");
    screen
        .sees("1-07  空座")
        .press("right")
        .sees("第 2 考场（2/2）")
        .sees(">01")
        .press("left")
        .sees("第 1 考场")
        .sees(">07");
    screen.press("pagedown").sees("第 2 考场（2/2）：0 人").press("[").sees("第 1 考场").press("]").sees("第 2 考场");
}

/// Both are said before they are saved: a free seat is a move, a taken one a swap.
#[test]
fn somebody_is_picked_up_and_put_down() {
    let desk = seated(3);
    let (one, three) = (name(&desk, 1), name(&desk, 3));
    let mut screen = Screen::open(desk, "seating");
    screen.press("m").sees(&format!("正在移动 {one}（1-01")).press("esc").sees_not("正在移动");
    screen.press("m right enter").sees("移动座位").sees(&format!("{one}：1-01 移到 1-06（theory-1 practical-1）"));
    screen.press("esc").sees("正在移动").press("enter enter").sees("撤销").sees(">06").sees_not("正在移动");
    screen.press("m pagedown enter").sees("准考证号 23150601010101 作废").press("enter").sees("第 2 考场（2/2）：1 人");
    screen.press("u").type_text("不移了").press("enter").sees("第 2 考场（2/2）：0 人");
    screen.press("pageup down down m right up up enter").sees("互换座位");
    screen.sees(&format!("{three}：1-03 移到 1-06")).press("enter");
    let desk = Desk::after(screen);
    assert_eq!((seats(&desk, 1)[0].as_str(), seats(&desk, 3)[0].as_str()), ("theory-1 1-3", "theory-1 1-6"));
}

#[test]
fn one_session_alone_is_moved_by_the_second_line() {
    let mut screen = Screen::open(seated(1), "seating");
    screen.press("tab").sees("各场同座").press("m down enter").sees("只改场次 practical-1").press("down enter");
    screen.sees("场次 practical-1").press("tab").sees("场次 theory-1").sees(">02");
    let desk = Desk::after(screen);
    assert_eq!(seats(&desk, 1), ["theory-1 1-1", "practical-1 1-2"]);
}

/// U16: the unseated stand on top and go only when each has a seat.
#[test]
fn who_waits_is_seated_from_the_top_line() {
    let mut desk = seated(2);
    desk.does(&Unseat { application: who(1), reason: "误排".into() });
    let waiting = name(&desk, 1);
    let mut screen = Screen::open(desk, "seating");
    screen.sees("! 有 1 人尚无座位").sees(&waiting).press("pagedown").sees("! 有 1 人尚无座位").press("down l");
    screen
        .sees(&waiting)
        .press("enter")
        .sees("排到光标处 2-02")
        .sees("自动：1-01")
        .press("esc")
        .sees("有 1 人尚无座位");
    screen.press("l enter down enter").sees("全部已编排").sees(">02").press("l").sees("没有等待补排的人");
    assert_eq!(seats(&Desk::after(screen), 1)[0], "theory-1 2-2");
}

#[test]
fn a_seat_is_taken_away_with_a_reason() {
    let mut screen = Screen::open(seated(2), "seating");
    screen.press("d").sees("为什么取消").type_text("退考").press("enter").sees("取消座位 1-01").sees("有 1 人尚无座位");
    screen.press("d").sees("座上没有人");
    let mut screen = Screen::open(
        {
            let mut desk = Desk::after(screen);
            desk.sign_on("proctor");
            desk
        },
        "seating",
    );
    screen.press("down m").sees("考务主管");
}

#[test]
fn a_room_is_closed_and_its_people_are_spread() {
    let mut screen = Screen::open(seated(3), "seating");
    screen.press("x").type_text("停电").press("enter").sees("共 3 人").sees("3 人有座，0 人无座").press("enter");
    screen.sees("第 1 考场已停用").sees("x 第 1 考场已停用：停电").press("pagedown").sees("第 2 考场（2/2）：3 人");
    screen.press("pageup x").sees("第 1 考场已恢复");
}

/// Colleagues beside one another, special needs and broken seats have a sign each, not only a colour.
#[test]
fn what_stands_out_has_a_sign() {
    let mut desk = sit(people_of(Desk::with_batch(), 3, |n| if n < 2 { "甲" } else { "乙" }.into()), 3);
    desk.does(&BreakSeat { room: 1, seat: 9, reason: "桌腿断了".into() });
    let mut screen = Screen::open(desk, "seating");
    screen.sees(">01!").sees("02!").sees("09x").sees("! 与同单位相邻").sees("! 同单位相邻");
    screen.press("down down n").type_text("轮椅").press("enter").sees("座位为其保留").sees(">03*").sees("* 轮椅");
    screen.press("n").sees("取消特殊需要").press("down enter").sees("已取消").sees_not("03*");
    screen.press("b").sees("请先移走").press("right b").type_text("晃").press("enter").sees("04x").sees("座位停用：晃");
    screen.press("b").sees("已恢复").press("left enter").sees("theory-1：1-03").press("esc");
}

/// Somebody is found by name and the room opens on the seat.
#[test]
fn a_seat_is_found_by_name() {
    let mut desk = sit(super::fixtures::strangers(2), 1);
    desk.does(&Place { application: who(2), to: Some((2, 5)) });
    let wanted = name(&desk, 2);
    let mut screen = Screen::open(desk, "seating");
    screen.press("/").type_text(&wanted).press("enter").sees("第 2 考场").sees(">05").sees(&wanted);
    screen.press("/").type_text("查无此人").press("enter").sees("没有找到");
}

/// S0-36: stations show their rounds.
#[test]
fn stations_show_their_rounds() {
    let mut desk = workshop(4);
    for n in 1..=4 {
        desk.does(&Place { application: who(n), to: None });
    }
    let mut screen = Screen::open(desk, "seating");
    screen.press("tab pagedown").sees("第 3 考场（2/2）：4 人；场次 hands-on").sees("1轮").sees("2轮").sees("04");
    screen.press("down").sees(">03");
}

/// Two papers: each seat shows which lies on it.
#[test]
fn the_form_of_the_paper_stands_by_the_seat() {
    let assets = kaowu::config::Assets::default();
    let text = "format = 1\ninherits = \"nmg-2023\"\n[notice]\ncode = \"two\"\n[seating]\npaper_forms = 2\n";
    let lookup = |code: &str| match code {
        "two" => Some(text.to_owned()),
        code => assets.read(&format!("policies/{code}.toml")),
    };
    let policy = kaowu::policy::load("two", &lookup).unwrap_or_else(|fault| panic!("{fault}"));
    let mut desk = Desk::new();
    desk.does(&kaowu::ops::batch::Open { code: "two".into(), name: "two".into(), policy });
    desk.site.choose_batch(None).unwrap();
    desk.does(&Add::desks(vec![1], (2, 2)));
    Screen::open(desk, "seating").sees(">01A").sees("02B").sees("03A").sees("04B");
}

#[test]
fn rooms_are_set_up_on_their_page() {
    let mut screen = Screen::open(Desk::with_batch(), "seating");
    screen.press("ctrl-v").type_text("考场").press("enter").sees("还没有考场");
    screen
        .press("v")
        .type_text("2 第二中学")
        .press("enter")
        .type_text("鄂尔多斯")
        .press("enter")
        .sees("已增设校区 2 第二中学");
    screen.press("a").sees("增设考场");
    // 1 stands there already: 1-12.
    screen.type_text("-12").press("f4").sees("增设考场 12 个，座位 360 个").sees("考场 12 个").sees("第二中学");
    screen
        .press("enter")
        .sees("更改第 1 考场")
        .press("enter enter")
        .type_text("二号楼301")
        .press("f4")
        .sees("二号楼301");
    screen.press("b").type_text("7").press("enter").type_text("桌面坏").press("enter").sees("座位 1-07 已停用");
    screen.press("b").type_text("7").press("enter").sees("座位 1-07 已恢复");
    screen.press("x").type_text("漏水").press("enter").sees("停用：漏水").sees("停用 1 个").press("x").sees("已恢复");
    screen.press("c enter").sees("校区名称").type_text("分校").press("enter enter").type_text("0477-1234567");
    screen.press("enter enter").sees("校区 2 第二中学分校 已更改").press("esc").sees_not("考场 12 个");
}

#[test]
fn a_bad_form_says_what_is_wrong_and_stays() {
    let mut screen = Screen::open(seated(9), "seating");
    screen.press("r").sees("9/9").press("enter").sees("更改第 1 考场").press("backspace").type_text("二");
    screen.press("f4").sees("须是整数").sees("更改第 1 考场").press("backspace").type_text("2").press("f4");
    screen.sees("不能缩到坐不下").press("esc").sees("3x3");
}

#[test]
fn the_pages_stand_at_every_size_and_language() {
    for lang in Lang::ALL {
        for size in [(60, 16), (80, 24), (120, 36)] {
            for keys in ["", "m", "x", "r", "r a", "r enter", "n", "enter"] {
                let mut screen = Screen::sized(seated(9), "seating", lang, size);
                let text = screen.press(keys).text();
                assert!(!text.contains('{'), "a placeholder is left:\n{text}");
                for area in ["seat.", "rooms.", "seating.", "heading."] {
                    assert!(!text.contains(area), "a key is left:\n{text}");
                }
            }
        }
    }
}
