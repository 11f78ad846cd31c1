//! The real program in a real pseudo-terminal: the few things that only show there.
use crate::harness::{Console, Shell};

const UP: &[u8] = b"\x1b[A";
const DOWN: &[u8] = b"\x1b[B";
const F2: &[u8] = b"\x1bOQ";
const F12: &[u8] = b"\x1b[24~";
/// Undo, also where letters are text.
const CTRL_X: &[u8] = b"\x18";

/// A site whose last operation is waiting to be undone.
fn opened() -> (Shell, Console) {
    let shell = Shell::with_batch();
    let mut console = Console::open(&shell);
    console.sees("测试考点").sees("nmg-2023");
    (shell, console)
}

#[test]
fn it_starts_and_quits_and_leaves_the_terminal_as_it_was() {
    let (_shell, mut console) = opened();
    console.type_bytes(F12);
    assert_eq!(console.ends(), 0);
    console.is_clean();
}

#[test]
fn han_characters_and_pastes_arrive_in_a_field() {
    let (_shell, mut console) = opened();
    console.type_bytes(F2).sees("命令面板");
    console.type_text("张三").sees("张三");
    // A line end inside a paste is no Enter.
    console.type_text("\x1b[200~李四\r\n\x1b[201~").sees("张三李四").sees("命令面板");
    // What comes at once behind a paste would be its own rest.
    console.settled();
    console.type_bytes(b"\x08").loses("李四").sees("张三李");
    console.type_bytes(b"\x1b");
    console.settled();
    console.type_bytes(F12);
    assert_eq!(console.ends(), 0);
}

#[test]
fn a_hang_up_leaves_no_process() {
    let (_shell, mut console) = opened();
    // By the signal, or by the loop where it sees the end of input first.
    assert!([0, 129].contains(&console.hang_up().ends()));
}

#[test]
fn a_termination_ends_it_and_leaves_the_terminal_as_it_was() {
    let (_shell, mut console) = opened();
    assert_eq!(console.signal("TERM").ends(), 143);
    console.is_clean();
}

#[test]
fn a_resize_right_after_the_first_frame_counts() {
    let (_shell, mut console) = opened();
    console.resize(50, 12).sees("50x12");
}

#[test]
fn a_small_window_is_told_politely_and_nothing_is_lost() {
    let (_shell, mut console) = opened();
    console.type_bytes(F2).type_text("张三").sees("张三");
    console.resize(40, 10).sees("40x10").sees("60x16");
    console.resize(80, 24).sees("张三").sees("命令面板");
}

/// T1, T2, T7: a slow line carries only what changed.
#[test]
fn frames_are_small() {
    let (_shell, mut console) = opened();
    assert_eq!(console.cost(b""), 0, "idle");
    console.type_bytes(F2).sees("命令面板");
    let moved = console.cost(DOWN).max(console.cost(DOWN)).max(console.cost(UP));
    assert!((1..=300).contains(&moved), "selection moved: {moved} bytes");
    console.type_bytes(b"\x1b");
    console.settled();
    console.type_bytes(CTRL_X).sees("撤销第");
    let typed = console.cost(b"a").max(console.cost("张".as_bytes()));
    assert!((1..=80).contains(&typed), "a character typed: {typed} bytes");
}

#[test]
fn what_another_process_does_shows_without_a_key_and_disturbs_no_typing() {
    let shell = Shell::new();
    shell.run("init --site 01 --name 测试考点 --region 150600 --organisation S000015000001").done();
    let mut console = Console::open(&shell);
    console.sees("测试考点").type_bytes(F2).sees("命令面板").type_text("张三").sees("张三");
    shell.run("batch open --code autumn --policy nmg-2023").done();
    console.sees("autumn").sees("张三");
}

#[test]
fn killed_right_after_it_said_done_it_has_lost_nothing() {
    let shell = Shell::with_batch();
    shell.run("operator add Wang --role proctor").done();
    let mut console = Console::open(&shell);
    console.sees("nmg-2023").type_bytes(CTRL_X).sees("撤销第").type_text("wrong\r").sees("已撤销");
    console.signal("KILL").ends();
    assert!(!shell.run("operator list --json").done().out.contains("Wang"));
    shell.run("operator add Wang --role proctor").done();
    let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
    let found = kaowu::store::journal::verify(&db).unwrap();
    assert_eq!((found.operations, found.broken_at), (5, None));
}
