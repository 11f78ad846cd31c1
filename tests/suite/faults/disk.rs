//! No room for what is written: the system refuses to let a file grow.
use super::{ADMISSIONS, PRESENT, count, is_whole};
use crate::harness::{Console, Shell};
use std::io::Write;
use std::process::{Command, Stdio};

/// The program under a shell that lets no file grow over 64 KiB: the log of a few operations. The shell counts blocks
/// of 512 bytes.
fn limited(shell: &Shell, args: &[&str]) -> Command {
    let plain = shell.command();
    let mut command = Command::new("/bin/sh");
    command.args(["-c", "ulimit -f 128 && exec \"$@\"", "sh"]).arg(plain.get_program()).args(args);
    command.env_clear().envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(shell.home());
    command
}

#[test]
fn what_was_acknowledged_before_the_disk_was_full_stays() {
    let (shell, tickets) = Shell::seated(30);
    let mut child = limited(&shell, &["checkin", "admit", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all((tickets.join("\n") + "\n").as_bytes());
    let output = child.wait_with_output().unwrap();
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(70), "{out}{err}");
    assert!(err.contains("磁盘"), "{err}");
    let acknowledged = i64::try_from(out.lines().count()).unwrap();
    assert!((1..30).contains(&acknowledged), "{out}");
    assert_eq!((count(&shell, PRESENT), count(&shell, ADMISSIONS)), (acknowledged, acknowledged));
    is_whole(&shell);
    // With room again it goes on where it stood.
    let rest = tickets[out.lines().count()..].join("\n");
    assert_eq!(shell.run_args(&["checkin", "admit", "-"], &rest).done().out.lines().count(), 30 - out.lines().count());
    is_whole(&shell);
}

#[test]
fn an_import_that_does_not_fit_leaves_nothing() {
    let (shell, _) = Shell::seated(60);
    for (from, to) in [("site.db", "other.db"), ("anchor", "other-anchor")] {
        std::fs::rename(shell.path(from), shell.path(to)).unwrap();
    }
    shell.run("init --site 02 --name X --region 150600 --organisation S000015000001").done();
    shell.run("batch open --policy nmg-2023").done();
    let output = limited(&shell, &["import", "sheet.csv"]).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(70), "{err}");
    assert!(err.contains("磁盘"), "{err}");
    assert_eq!(count(&shell, "SELECT count(*) FROM application"), 0);
    is_whole(&shell);
}

#[test]
fn the_screen_says_so_and_keeps_what_was_typed() {
    let (shell, tickets) = Shell::seated(30);
    let mut console = Console::of(&limited(&shell, &[]));
    console.sees("扫描/输入");
    let mut acknowledged = 0;
    for (place, ticket) in (1..).zip(&tickets) {
        console.type_text(ticket).sees(ticket).type_bytes(b"\r");
        let done = format!("第1考场 {place}号  准时");
        let begin = std::time::Instant::now();
        while !console.text().contains(&done) && !console.text().contains("x 磁盘") {
            assert!(begin.elapsed().as_secs() < 60, "no answer:\n{}", console.text());
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        if console.text().contains("x 磁盘") {
            console.sees(ticket);
            break;
        }
        acknowledged += 1;
    }
    assert!((1..30).contains(&acknowledged));
    console.type_bytes(b"\x1b[24~");
    assert_eq!(console.ends(), 0);
    assert_eq!(count(&shell, PRESENT), acknowledged);
    is_whole(&shell);
}
