//! The panes and commands of the intake: applications, fees, withdrawal, rooms, seats.
use crate::harness::{Desk, Screen, Shell};
use kaowu::ops::applications::{self, Page, RecordFee, Sieve, Withdraw};
use kaowu::ops::seating::{self, Arrange};
use kaowu::text::Lang;
use std::path::Path;

const SHEET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/ordos-2023.csv");

/// The sample in a folder of its own, because refused rows are written beside it.
fn sample() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let sheet = folder.path().join("ordos.csv");
    std::fs::copy(SHEET, &sheet).unwrap();
    let path = sheet.to_str().unwrap().to_owned();
    (folder, path)
}

#[test]
fn an_empty_pane_says_how_to_import() {
    Screen::open(Desk::with_batch(), "applications").sees("还没有申报").sees("按 i 并输入");
    let mut english = Screen::sized(Desk::with_batch(), "applications", Lang::English, (120, 40));
    english.sees("No applications yet").sees("Press i");
    Screen::open(Desk::with_batch(), "seating").sees("请先到“申报”");
}

#[test]
fn a_sheet_is_tried_then_its_good_rows_are_imported() {
    let (folder, path) = sample();
    let mut screen = Screen::open(Desk::with_batch(), "applications");
    screen.press("i").paste(&path).press("enter");
    screen.sees("GB18030").sees("新增 348，变更 0，不变 0，拒收 12").sees("第 58 行 性别");
    // The whole sheet cannot go in, and Enter of a scanner chooses nothing.
    screen.press("a").sees("有 12 行被拒收").press("enter").sees("试查 ordos.csv").press("pagedown").sees("第 351 行");
    screen.press("g").sees("已导入：新增 348").sees("拒收的 12 行在");
    assert!(folder.path().join("ordos.refused.csv").exists());
    screen.press("esc").sees("申报 348 件，未缴费 348");
    // The same sheet again: nothing is new; the path is still there.
    screen.press("i enter").sees("不变 348").press("g").sees("没有任何改动");
    assert!(folder.path().join("ordos.refused-2.csv").exists(), "the file that may be mended is left alone");
    screen.press("esc u").type_text("导错").press("enter").sees("还没有申报");
}

#[test]
fn a_missing_sheet_is_told_and_stores_nothing() {
    let mut screen = Screen::open(Desk::with_batch(), "applications");
    screen.press("i").paste("/nowhere/x.csv").press("enter").sees("找不到").sees("还没有申报");
    screen.press("i").sees("/nowhere/x.csv");
}

#[test]
fn the_list_is_searched_by_han_and_letters() {
    let mut desk = Desk::with_batch();
    desk.people(60);
    desk.reviewed();
    let everybody = applications::lines(&desk.site, None).unwrap();
    let someone = everybody.into_iter().find(|l| l.name.chars().count() < 4).unwrap();
    let surname = someone.name.chars().next().unwrap();
    let tail = someone.id_number[14..].to_owned();
    let mut screen = Screen::open(desk, "applications");
    screen.sees("申报 60 件").sees("三级").sees_not(&someone.id_number);
    screen.type_text(&surname.to_string()).sees("查找：").sees("找到");
    // Letters are text in the field and keys after Esc; Esc again shows everybody.
    screen.press("esc p").sees("已登记缴费 1 人").press("esc").sees_not("找到");
    screen.press("/").type_text(&tail).sees(&someone.name).sees("找到");
    screen.press("ctrl-u").type_text("qqqq").sees("没有找到“qqqq”").press("esc enter").sees("没有选中任何人");
}

#[test]
fn a_card_has_every_field_and_no_whole_number() {
    let mut desk = Desk::with_batch();
    desk.people(5);
    let first = applications::page(&desk.site, &Page::First, Sieve::All, 1).unwrap().remove(0);
    let row = applications::by_id(&desk.site, first.id).unwrap();
    let mut screen = Screen::sized(desk, "applications", Lang::English, (120, 40));
    screen.press("enter").sees("document number").sees("employer").sees("resident identity card");
    screen
        .sees(&row.name)
        .sees(&kaowu::model::phone::mask(row.phone.as_deref().unwrap()))
        .sees(row.employer.as_deref().unwrap());
    screen.sees("********").sees_not(&row.id_number).press("esc").sees("5 applications");
}

#[test]
fn fees_are_recorded_for_one_and_for_all() {
    let mut desk = Desk::with_batch();
    desk.people(12);
    desk.reviewed();
    let mut screen = Screen::open(desk, "applications");
    screen.press("p").sees("已登记缴费 1 人").sees("未缴费 11").press("p").sees("已经缴费");
    screen.press("a").sees("有 11 人未缴费").type_text("12").press("enter").sees("输入的不是 11");
    screen.press("ctrl-u").type_text("11").press("enter").sees("已登记缴费 11 人").sees("未缴费 0");
    screen.press("a").sees("没有需要登记缴费的人");
    screen.press("u").type_text("多登了").press("enter").sees("未缴费 11");
}

#[test]
fn withdrawal_wants_a_reason_and_stays_in_the_list() {
    let mut desk = Desk::with_batch();
    desk.people(3);
    let mut screen = Screen::open(desk, "applications");
    screen.press("w enter").sees("请先输入").type_text("本人申请").press("enter").sees("已撤回 1").sees("已撤回申报（");
    screen.press("p").sees("已撤回申报；如有误").press("w").sees("已撤回申报；如有误");
}

#[test]
fn refusals_of_fees_and_withdrawal() {
    let mut desk = Desk::with_batch();
    assert_eq!(desk.refused(&RecordFee::All), "applications.nobody_owes");
    desk.people(2);
    let first = applications::page(&desk.site, &Page::First, Sieve::All, 1).unwrap().remove(0).id;
    let withdraw = |reason: &str| Withdraw { application: first, reason: reason.into() };
    assert_eq!(desk.refused(&withdraw(" ")), "applications.reason_needed");
    desk.does(&withdraw("不考了"));
    assert_eq!(desk.refused(&withdraw("再来")), "applications.withdrawn");
    assert_eq!(desk.refused(&RecordFee::These(vec![first])), "applications.withdrawn");
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&RecordFee::All), "duty.role_needed");
}

/// The list never holds more than some pages, and End, Home and every step between show the right people.
#[test]
fn a_long_list_is_walked_in_pages() {
    let mut desk = Desk::with_batch();
    desk.people(1500);
    let all = applications::lines(&desk.site, None).unwrap();
    assert!(all.windows(2).all(|w| w[0].place < w[1].place));
    let selected = |screen: &mut Screen| {
        let text = screen.text();
        text.lines().find(|l| l.starts_with("> ")).unwrap_or_else(|| panic!("{text}")).to_owned()
    };
    let mut screen = Screen::sized(desk, "applications", Lang::Chinese, (120, 40));
    let masked = |n: usize| kaowu::model::identity::mask(&all[n].id_number);
    assert!(selected(&mut screen).contains(&masked(0)));
    screen.press("pagedown");
    let line = selected(&mut screen);
    // A page is what the screen holds, less what is said around the list.
    let page = (1..40).find(|n| line.contains(&masked(*n))).unwrap();
    assert!(page > 25, "{page}");
    let mut at = page;
    while at < 1499 {
        screen.press("pagedown");
        at = (at + page).min(1499);
        assert!(selected(&mut screen).contains(&masked(at)), "{at}");
    }
    screen.press("home");
    assert!(selected(&mut screen).contains(&masked(0)));
    screen.press("end");
    assert!(selected(&mut screen).contains(&masked(1499)));
    for back in 1..=800 {
        screen.press("up");
        if back % 100 == 0 {
            assert!(selected(&mut screen).contains(&masked(1499 - back)), "{back}");
        }
    }
    screen.press("home");
    assert!(selected(&mut screen).contains(&masked(0)));
}

/// S1-33: rooms and seats are arranged on the platform; U16: everybody counts, seated or not.
#[test]
fn seats_are_arranged_by_a_seed_after_a_preview() {
    let mut desk = Desk::with_batch();
    desk.people(65);
    desk.reviewed();
    desk.does(&RecordFee::All);
    let mut screen = Screen::open(desk, "seating");
    screen.sees("! 有 65 人尚无座位").sees("还没有考场");
    screen.press("a").type_text("七").press("enter").sees("不能作种子").sees("还没有考场");
    screen.press("a").type_text("７").press("enter").sees("种子 7").sees("65 人将编入座位").press("esc");
    screen.press("a").type_text("７").press("enter").sees("种子 7").sees("新设考场 3 个").press("esc");
    screen.sees("还没有考场").press("a").type_text("7").press("enter").type_text("65").press("enter");
    screen.sees("已编排 65 人，新设考场 3 个，种子 7").sees("全部已编排").sees("第 1 考场（1/3）：30 人");
    // S1-31: the same seat in both sessions.
    screen.sees("各场同座（theory-1 practical-1）").sees(">01").sees("准考证号 23150601010101");
    screen.press("down").sees(">02").sees("准考证号 23150601010102");
    screen.press("pagedown pagedown pagedown").sees("第 3 考场（3/3）：5 人").sees("准考证号 23150601010301");
    screen.press("pageup").sees("第 2 考场").press("a").sees("没有等待编排的人");
    screen.press("u").type_text("重来").press("enter").sees("65 人尚无座位");
}

#[test]
fn an_empty_seed_is_taken_from_the_clock() {
    let mut desk = Desk::with_batch();
    desk.people(3);
    desk.reviewed();
    let seed = desk.site.now().0;
    let mut screen = Screen::sized(desk, "seating", Lang::English, (120, 40));
    screen.press("a enter").sees(&format!("seed {seed}")).type_text("3").press("enter").sees("Seated 3 in 1 new rooms");
    screen.sees("front (door on the left)").sees("Everybody has a seat");
}

#[test]
fn late_people_stand_on_top_until_they_are_seated() {
    let mut desk = Desk::seated(31);
    desk.people(40);
    desk.reviewed();
    let mut screen = Screen::open(desk, "seating");
    screen.sees("! 有 9 人尚无座位").press("a").type_text("1").press("enter");
    screen.sees("9 人将编入座位").sees("新设考场 0 个").type_text("9").press("enter").press("]").sees("（2/2）：10 人");
}

/// The front row on top, numbered like a snake from the door.
#[test]
fn the_chart_stands_as_the_room_does() {
    let desk = Desk::seated(30);
    let room = seating::numbered(&desk.site, 1).unwrap();
    let chart = seating::chart(&desk.site, room).unwrap();
    assert_eq!(chart.grid[0], [1, 12, 13, 24, 25]);
    assert_eq!(chart.grid[5], [6, 7, 18, 19, 30]);
    assert_eq!(chart.at(12).unwrap().seat, Some(12));
    let text = Screen::open(desk, "seating").text();
    let line = text.lines().find(|l| l.contains(">01")).unwrap();
    let digits = |c: char| !c.is_ascii_digit();
    let numbers: Vec<_> = line.split(digits).filter(|part| !part.is_empty()).collect();
    assert_eq!(numbers, ["01", "12", "13", "24", "25"]);
}

/// S1-31: one seat for theory and practical alike.
#[test]
fn everybody_keeps_the_seat_in_every_session() {
    let shell = seated_shell();
    let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
    let moved = "SELECT count(*) FROM placement a JOIN placement b ON a.application = b.application \
                 WHERE a.room <> b.room OR a.seat <> b.seat";
    assert_eq!(db.query_row(moved, [], |r| r.get::<_, i64>(0)).unwrap(), 0);
    assert_eq!(db.query_row("SELECT count(*) FROM placement", [], |r| r.get::<_, i64>(0)).unwrap(), 2 * 348);
}

fn seated_shell() -> Shell {
    let shell = Shell::with_batch();
    assert_eq!(shell.run(&format!("import {SHEET} --keep-good")).status, 3);
    shell.reviewed();
    shell.run("application pay 1 2").done();
    shell.run("application pay --all").done();
    assert_eq!(shell.run("seat arrange --seed 3 --json").done().json()["rooms"], 12);
    shell
}

#[test]
fn the_commands_show_people_masked() {
    let shell = seated_shell();
    let list = shell.run("application list --json").done().json();
    assert_eq!(list.as_array().unwrap().len(), 348);
    let one = &list[0];
    assert_eq!(one["id_number"].as_str().unwrap().len(), 18);
    assert!(one["id_number"].as_str().unwrap().contains("********"));
    let ticket = one["ticket"].as_str().unwrap();
    let by_ticket = shell.run(&format!("application show {ticket} --json")).done().json();
    assert_eq!((&by_ticket["id"], &by_ticket["id_number"]), (&one["id"], &one["id_number"]));
    let found = shell.run(&format!("ticket find {ticket} --json")).done().json();
    assert_eq!(found.as_array().unwrap().len(), 1);
    let filtered = shell.run("application list --filter 3-12 --json").done().json();
    assert!(filtered[0]["ticket"].as_str().unwrap().ends_with("0312"));
    // All numbers of the sample begin with 15: far more than a search shows.
    assert!(shell.run("application list --filter 15").done().err.contains("50+"));
    let card = shell.run(&format!("application show {ticket}")).done();
    assert!(card.out.contains("证件号码") && !card.out.contains("id_number"), "{}", card.out);
    assert_eq!(shell.run("application show 99999").status, 1);
    assert_eq!(shell.run("application pay").status, 2);
    assert_eq!(shell.run("application withdraw 3").status, 1);
    shell.run("application withdraw 3 --reason 不考了").done();
}

#[test]
fn the_commands_show_rooms_and_seats() {
    let shell = seated_shell();
    let rooms = shell.run("room list --json").done().json();
    let seated: Vec<_> = rooms.as_array().unwrap().iter().map(|r| r["seated"].as_i64().unwrap()).collect();
    assert_eq!(seated, [30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 18]);
    let chart = shell.run("seat show --room 12").done().out;
    assert!(chart.contains("18 人") && chart.contains("门在左侧"), "{chart}");
    let front: Vec<_> = chart.lines().nth(2).unwrap().split_whitespace().collect();
    assert_eq!((front[0], front.contains(&"24"), *front.last().unwrap()), ("01", true, "-"));
    let json = shell.run("seat show --json").done().json();
    assert_eq!((json["rooms"].as_array().unwrap().len(), json["unseated"].as_i64()), (12, Some(0)));
    // S1-31: two sessions, one seat.
    assert_eq!(json["rooms"][0]["sessions"], serde_json::json!(["theory-1", "practical-1"]));
    assert!(!answer_has_whole_number(&json.to_string()), "ID numbers stay out");
    assert_eq!(shell.run("seat show --room 13").status, 1);
    assert_eq!(shell.run("seat arrange").status, 1);
}

/// Whether 18 places of an identity number stand in a text.
fn answer_has_whole_number(text: &str) -> bool {
    let digits = |part: &str| part.len() >= 17 && part.bytes().all(|b| b.is_ascii_digit());
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| digits(part.trim_end_matches('X')))
}

#[test]
fn the_same_seed_seats_the_same_people() {
    let tickets = |shell: &Shell| shell.run("application list --json").done().out;
    let (one, two) = (seated_shell(), seated_shell());
    assert_eq!(tickets(&one), tickets(&two));
}

/// S1-46, S1-47: 98 occupations, each with its own levels.
#[test]
fn the_catalogue_and_the_policies_are_listed() {
    let shell = Shell::with_batch();
    let all = shell.run("occupation list --json").done().json();
    let all = all.as_array().unwrap();
    assert_eq!(all.len(), 98);
    let whole = all.iter().filter(|o| o["levels"] == serde_json::json!([5, 4, 3, 2, 1])).count();
    assert_eq!(whole, 69);
    let policies = shell.run("policy list --json").done().json();
    assert_eq!(policies[0]["code"], "nmg-2023");
    assert_eq!(shell.run("policy show nmg-2023 --json").done().json()["policy"]["seating"]["rows"], 6);
}

#[test]
fn a_faulty_policy_is_told_by_line_and_column() {
    let shell = Shell::with_batch();
    let write = |text: &str| std::fs::write(shell.path("mine.toml"), text).unwrap();
    let good = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/policies/nmg-2023.toml"));
    let good = good.unwrap().replace("code = \"nmg-2023\"", "code = \"mine\"");
    write(&good);
    shell.run("policy check mine.toml").done();
    let at = good.lines().position(|l| l.starts_with("theory = 60")).unwrap() + 1;
    write(&good.replace("\ntheory = 60", "\ntheory = \"viel\""));
    let answer = shell.run("policy check mine.toml");
    assert_eq!(answer.status, 4);
    assert!(answer.out.starts_with(&format!("mine:{at}:")), "{}", answer.out);
    let json = shell.run("policy check mine.toml --json").json();
    assert_eq!(json["faults"][0]["line"], at);
    assert_eq!(shell.run("policy check none.toml").status, 5);
}

#[test]
fn arranging_is_refused_where_it_makes_no_sense() {
    let mut desk = Desk::with_batch();
    assert_eq!(desk.refused(&Arrange { seed: 1 }), "seating.nobody_to_seat");
    desk.people(1);
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&Arrange { seed: 1 }), "duty.role_needed");
}

#[test]
fn both_panes_stand_at_every_size_and_language() {
    for lang in Lang::ALL {
        for size in [(60, 16), (80, 24), (120, 40)] {
            for pane in ["applications", "seating"] {
                let mut screen = Screen::sized(Desk::seated(35), pane, lang, size);
                let text = screen.text();
                assert!(!text.contains("{"), "a placeholder is left:\n{text}");
                assert!(!text.contains(&format!("{pane}.")), "a key is left:\n{text}");
            }
        }
    }
}
