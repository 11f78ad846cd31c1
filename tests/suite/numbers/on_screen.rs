//! The certificates pane: the issuer's list, segments, printing.
use super::world::*;
use crate::harness::Screen;
use kaowu::text::Lang;

#[test]
fn the_pane_tries_a_list_and_stores_what_matches() {
    let desk = released(3);
    let all = people(&desk, 3);
    let folder = tempfile::tempdir().unwrap();
    let mut rows = vec![row(&all[0], &number_for(&all[0], 7))];
    rows.push(format!("王冒名,{},{},2023-10-15", all[1].id_number, number_for(&all[1], 8)));
    let path = list(folder.path(), &rows).display().to_string();
    let mut screen = Screen::open(desk, "certificates");
    screen.press("i").sees("制发机构下发的名单").type_text(&path).press("enter");
    screen.sees("相符 1").sees("姓名不符").sees("王冒名").press("esc").sees("待编号 3");
    screen.press("i enter").sees("相符 1").press("a").sees("已保存下发的编号 1 个").sees("待编号 2");
    screen.sees(&number_for(&all[0], 7)[..20]);
}

#[test]
fn the_pane_shows_segments_and_prints_one_certificate() {
    let mut desk = released(2);
    desk.does(&grant(None, (500, 600)));
    desk.does(&kaowu::ops::certificates::Number { issued_on: day("2023-10-15") });
    let mut screen = Screen::sized(desk, "certificates", Lang::English, (80, 24));
    screen.press("m").sees("Segments of serials").sees("000500").sees("000600").press("esc");
    screen.press("p").sees("no folder to write into");
    screen.press("enter").sees("no photo among").press("esc");
}
