//! Whoever reads our output may stop reading.
use crate::harness::Shell;
use std::process::Stdio;

#[test]
fn a_closed_pipe_ends_a_command_quietly() {
    let (shell, _) = Shell::seated(30);
    for args in [
        "log",
        "log --json",
        "log --plain",
        "checkin list",
        "application list --json",
        "export roster --out -",
        "policy show nmg-2023",
        "seat show",
        "doctor",
        "man",
        "completions bash",
        "--help",
    ] {
        let mut command = shell.command();
        command.args(args.split(' ')).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{args}: {err}");
        assert!(!err.to_lowercase().contains("pipe") && !err.contains("panic"), "{args}: {err}");
    }
}
