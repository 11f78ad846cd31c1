//! What is typed outlives a crash, for whoever typed it and for nobody else (F10).
use crate::harness::console::LIMIT;
use crate::harness::{Console, Desk, Screen, Shell};
use kaowu::config::Assets;
use kaowu::model::{FixedClock, Stamp};
use kaowu::ops::{Access, Site};
use std::fs::File;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

/// A screen over a site in a file; dropping it is what a crash leaves.
fn screen(home: &Path, name: &str, pane: &str) -> Screen {
    let path = home.join("site.db");
    let desk = if path.exists() {
        let clock = FixedClock::at(Stamp::parse("2023-10-15T08:20:00+08:00").unwrap());
        let mut site = Site::open(&path, Access::ReadWrite, Assets::default(), Box::new(clock)).unwrap();
        site.choose_batch(None).unwrap();
        Desk::of(site).signed(name)
    } else {
        let mut desk = Desk::in_file(&path);
        desk.open_batch();
        desk.people(3);
        desk.signed(name)
    };
    Screen::open(desk, pane)
}

fn crash(mut screen: Screen) {
    screen.app.keep_drafts();
}

/// Waits until what was just typed is in a file. At most two seconds of typing may be lost.
pub fn is_kept(home: &Path, typed: &str) {
    let begin = Instant::now();
    while !drafts(home).iter().any(|file| std::fs::read_to_string(file).is_ok_and(|text| text.contains(typed))) {
        assert!(begin.elapsed() < LIMIT, "{typed:?} was never kept");
        std::thread::sleep(Duration::from_millis(5));
    }
    println!("draft kept after {} ms", begin.elapsed().as_millis());
}

fn drafts(home: &Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = std::fs::read_dir(home.join("drafts")) else { return Vec::new() };
    entries.map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "json")).collect()
}

#[test]
fn what_stands_in_a_field_comes_back_to_its_operator_alone() {
    let home = tempfile::tempdir().unwrap();
    let mut first = screen(home.path(), "coordinator", "checkin");
    first.type_text("231506");
    crash(first);
    let file = drafts(home.path()).remove(0);
    assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    screen(home.path(), "proctor", "checkin").sees_not("231506");
    let mut again = screen(home.path(), "coordinator", "checkin");
    again.sees("231506").sees("已恢复 08:10 未保存的输入");
    // Given up, it is gone.
    again.press("f12");
    assert!(again.has_quit());
    drop(again);
    assert!(drafts(home.path()).is_empty());
    screen(home.path(), "coordinator", "checkin").sees_not("231506");
}

#[test]
fn a_form_half_filled_waits_for_its_page() {
    let home = tempfile::tempdir().unwrap();
    let open = |screen: &mut Screen| {
        screen.press("g").type_text("考务人员").press("enter").sees("考务人员").press("n").sees("姓名");
    };
    let mut first = screen(home.path(), "coordinator", "seating");
    open(&mut first);
    first.type_text("乌兰").press("enter").type_text("就促会");
    crash(first);
    let mut again = screen(home.path(), "coordinator", "seating");
    again.sees("留有草稿");
    open(&mut again);
    again.sees("乌兰").sees("就促会").sees("已恢复");
    again.press("esc");
    again.app.keep_drafts();
    assert!(drafts(home.path()).is_empty(), "Esc gives it up");
}

#[test]
fn a_reason_half_written_comes_back_and_a_pin_never() {
    let home = tempfile::tempdir().unwrap();
    let mut first = screen(home.path(), "coordinator", "applications");
    first.press("f2").type_text("撤销我的上一步").press("enter");
    let shown = first.text();
    first.type_text("录错了一张");
    crash(first);
    let text: String = drafts(home.path()).iter().map(|p| std::fs::read_to_string(p).unwrap()).collect();
    assert!(text.contains("录错了一张"), "{shown}{text}");
    let mut again = screen(home.path(), "coordinator", "applications");
    again.press("f2").type_text("撤销我的上一步").press("enter").sees("录错了一张");
}

#[test]
fn two_windows_of_one_operator_do_not_mix() {
    let home = tempfile::tempdir().unwrap();
    let mut first = screen(home.path(), "coordinator", "checkin");
    first.type_text("111").app.keep_drafts();
    let mut second = screen(home.path(), "coordinator", "checkin");
    second.sees_not("111").type_text("222").app.keep_drafts();
    drop(first);
    second.sees("222").sees_not("111");
    screen(home.path(), "coordinator", "checkin").sees("111");
}

#[test]
fn what_was_saved_is_no_draft() {
    let (shell, tickets) = Shell::seated(3);
    let mut console = Console::open(&shell);
    console.sees("扫描/输入").type_text(&tickets[0]).sees(&tickets[0]);
    is_kept(&shell.home(), &tickets[0]);
    console.type_bytes(b"\r").sees("准时").signal("KILL").ends();
    let mut again = Console::open(&shell);
    again.sees("扫描/输入").settled();
    assert!(!again.text().contains("已恢复"), "{}", again.text());
}

/// Two typists and everybody seated; the first screen of a bag is killed with a mark half typed.
fn killed_over_a_mark() -> Shell {
    let (shell, _) = Shell::seated(3);
    for name in ["typist", "other"] {
        shell.run(&format!("operator add {name} --role typist")).done();
    }
    let mut console = typing(&shell, "typist");
    console.sees("第一次录入  0/3").type_text("8").sees("8");
    is_kept(&shell.home(), "\"8\"");
    console.signal("KILL").ends();
    shell
}

fn typing(shell: &Shell, name: &str) -> Console {
    let mut console = Console::with(shell, &["--as", name]);
    console.sees("理论 第1考场").type_bytes(b"\r");
    console
}

#[test]
fn a_mark_half_typed_and_its_bag_come_back_to_the_typist() {
    let shell = killed_over_a_mark();
    // Nobody else sees it, and the bag is not theirs yet.
    let mut other = typing(&shell, "other");
    other.sees("typist").settled();
    assert!(!other.text().contains("已恢复"), "{}", other.text());
    other.type_bytes(b"\x1b[24~").ends();
    let mut again = typing(&shell, "typist");
    again.sees("第一次录入  0/3").sees("已恢复").type_text("5\r").sees("第一次录入已保存");
    let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
    let points: i64 = db.query_row("SELECT points FROM entry", [], |r| r.get(0)).unwrap();
    assert_eq!(points, 8500, "8 from before the crash and 5 after it");
}

#[test]
fn a_bag_whose_screen_died_is_others_after_the_lease() {
    let shell = killed_over_a_mark();
    let held = std::fs::read_dir(shell.path("drafts")).unwrap().flatten().map(|e| e.path());
    let held = held.filter(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("bag-")));
    let held: Vec<_> = held.collect();
    assert_eq!(held.len(), 1);
    let mut early = typing(&shell, "other");
    early.sees("typist").type_bytes(b"\x1b[24~").ends();
    let past = SystemTime::now() - kaowu::ops::entry::LEASE;
    File::options().write(true).open(&held[0]).unwrap().set_modified(past).unwrap();
    let mut late = typing(&shell, "other");
    late.sees("第一次录入  0/3").type_text("70\r").sees("第一次录入已保存");
    // The one who comes back too late has lost it.
    let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
    let sql = "SELECT o.name FROM entry_claim c JOIN operator o ON o.id = c.operator WHERE c.slot = 1";
    assert_eq!(db.query_row(sql, [], |r| r.get::<_, String>(0)).unwrap(), "other");
}
