//! The terminal goes away, or the process is told to end, in every pane, half-way through something.
use super::{OPERATIONS, count, is_whole};
use crate::harness::{Console, Shell};

const PANES: [(&[u8], &str); 8] = [
    (b"\x1bOR", "[F3 "),
    (b"\x1bOS", "[F4 "),
    (b"\x1b[15~", "[F5 "),
    (b"\x1b[17~", "[F6 "),
    (b"\x1b[18~", "[F7 "),
    (b"\x1b[19~", "[F8 "),
    (b"\x1b[20~", "[F9 "),
    (b"\x1b[21~", "[F10 "),
];
const F2: &[u8] = b"\x1bOQ";

/// Opens every pane in turn, in a process of its own, and hands it on; nothing may have been done afterwards.
fn in_every_pane(end: impl Fn(&mut Console)) {
    let (shell, _) = Shell::seated(3);
    let before = count(&shell, OPERATIONS);
    for (key, tab) in PANES {
        let mut console = Console::open(&shell);
        console.sees("扫描/输入").type_bytes(key).sees(tab);
        end(&mut console);
    }
    assert_eq!(count(&shell, OPERATIONS), before);
    is_whole(&shell);
}

/// `ends` fails for a process that stays, spinning or not. By the signal, or by the loop where it sees the end first.
fn is_gone(console: &mut Console) {
    let code = console.hang_up().ends();
    assert!([0, 129].contains(&code), "{code}");
}

#[test]
fn a_hang_up_with_a_half_typed_field_leaves_no_process() {
    in_every_pane(|console| {
        // Where there is no field, neither does anything.
        console.type_bytes(b"/").type_text("张8");
        console.settled();
        is_gone(console);
    });
}

#[test]
fn a_hang_up_with_an_overlay_open_leaves_no_process() {
    in_every_pane(|console| {
        console.type_bytes(F2).sees("命令面板").type_text("签");
        is_gone(console);
    });
}

#[test]
fn a_termination_with_an_overlay_open_gives_the_terminal_back() {
    in_every_pane(|console| {
        console.type_bytes(F2).sees("命令面板").type_text("签");
        assert_eq!(console.signal("TERM").ends(), 143);
        console.drained().is_clean();
    });
}
