//! Printing from any pane and page, and the palette that finds pages.
use crate::harness::{Desk, Screen};
use kaowu::ops::prints::FORMS;
use kaowu::text::{Lang, Locale};
use kaowu::tui::panes::PAGES;

fn in_folder(people: usize) -> (Desk, tempfile::TempDir) {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::in_file(&home.path().join("site.db"));
    desk.open_batch();
    desk.people(people);
    desk.reviewed();
    desk.does(&kaowu::ops::applications::RecordFee::All);
    desk.does(&kaowu::ops::seating::Arrange { seed: 1 });
    (desk, home)
}

/// The whole way by keyboard, over a page: form, session, room, format; the answer says where the file is.
#[test]
fn a_form_is_printed_from_a_page_by_keyboard() {
    let (desk, home) = in_folder(40);
    let mut screen = Screen::sized(desk, "seating", Lang::English, (80, 24));
    screen.press("g").type_text("paper").press("enter").press("P").sees("Print: which form");
    screen.type_text("score-sheet").press("enter").sees("Which session").press("down").press("enter");
    screen.sees("Which room").press("down").press("down").press("enter").sees("web page, to print from a browser");
    screen.press("enter").sees("Wrote exports/nmg-2023-score-sheet-theory-1-r2.html");
    let file = home.path().join("exports/nmg-2023-score-sheet-theory-1-r2.html");
    assert_eq!(std::fs::read_to_string(file).unwrap().matches("<section").count(), 1);
    screen.press("P").type_text("timetable").press("enter").press("down").press("down").press("down").press("enter");
    let other = tempfile::tempdir().unwrap();
    screen
        .press("ctrl-u")
        .type_text(&other.path().display().to_string())
        .press("enter")
        .sees("nmg-2023-timetable.xlsx");
    assert!(other.path().join("nmg-2023-timetable.xlsx").exists());
}

/// In a pane where keys are typed, the palette has it; somebody who prints nothing is told who does.
#[test]
fn the_palette_prints_and_finds_pages_by_name() {
    let (mut desk, _home) = in_folder(3);
    desk.sign_on("proctor");
    let mut screen = Screen::sized(desk, "checkin", Lang::Chinese, (80, 24));
    screen.press("f2").type_text("打印表格").press("enter").sees("考务主管").sees_not("选择表格");
    screen.press("f2").type_text("页面").sees("页面：");
    let locale = Locale::load(&kaowu::config::Assets::default(), Lang::Chinese).0;
    for page in PAGES {
        let name = locale.say("palette.page", &[("page", locale.word(&format!("pane.{}", page.id)))]);
        screen.press("ctrl-u").type_text(&name).sees_not("没有符合的条目");
    }
    screen.press("ctrl-u").type_text("页面：全场总览").press("enter").sees_not("命令面板");
}

#[test]
fn every_form_has_a_name_in_both_languages() {
    for lang in [Lang::Chinese, Lang::English] {
        let locale = Locale::load(&kaowu::config::Assets::default(), lang).0;
        for form in FORMS {
            let key = format!("form.{}", form.name);
            assert_ne!(locale.word(&key), key, "{lang:?}");
        }
    }
}
