//! Many processes at one database, killed at random: what was acknowledged is there, once.
use super::{ADMISSIONS, PRESENT, count, is_whole};
use crate::harness::Shell;
use kaowu::ops::demo::people::Dice;
use std::io::Write;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

const WORKERS: usize = 8;
const STORM: Duration = Duration::from_secs(4);
/// A worker that has reached nothing by then never will: a machine may be slow.
const LIMIT: Duration = Duration::from_secs(60);

/// What one worker reached: tickets that were acknowledged, and how often it was killed.
struct Work {
    acknowledged: usize,
    kills: usize,
}

/// Admits its tickets, is killed, begins again after the last that was acknowledged.
fn work(shell: &Shell, tickets: &[String], seed: u64) -> Work {
    let (mut dice, begin) = (Dice::new(seed), Instant::now());
    let mut done = Work { acknowledged: 0, kills: 0 };
    let over = |done: &Work, time| time > LIMIT || time > STORM && done.kills > 0 && done.acknowledged > 0;
    while done.acknowledged < tickets.len() && !over(&done, begin.elapsed()) {
        let mut command = shell.command();
        command.args(["checkin", "admit", "-", "--session", "theory-1"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let input = tickets[done.acknowledged..].join("\n") + "\n";
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        thread::sleep(Duration::from_millis(50 + u64::try_from(dice.below(500)).unwrap()));
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        done.kills += usize::from(output.status.code().is_none());
        let out = String::from_utf8(output.stdout).unwrap();
        // A line without its end was no acknowledgement.
        let whole = out.rfind('\n').map_or("", |end| &out[..end]);
        for line in whole.lines() {
            // Saved by the one killed before, which could not say so any more.
            let again = line.starts_with(&tickets[done.acknowledged]) && line.contains("签到：第");
            assert!(line.ends_with("准时") || again, "{line}");
            done.acknowledged += 1;
        }
    }
    done
}

#[test]
fn what_was_acknowledged_is_there_once() {
    let (shell, tickets) = Shell::seated(800);
    let parts: Vec<Vec<String>> =
        (0..WORKERS).map(|n| tickets.iter().skip(n).step_by(WORKERS).cloned().collect()).collect();
    let done: Vec<Work> = thread::scope(|scope| {
        let begun: Vec<_> = (1..)
            .zip(&parts)
            .map(|(seed, part)| {
                scope.spawn({
                    let shell = &shell;
                    move || work(shell, part, seed)
                })
            })
            .collect();
        begun.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    let kills: usize = done.iter().map(|d| d.kills).sum();
    let acknowledged: usize = done.iter().map(|d| d.acknowledged).sum();
    assert!(kills >= WORKERS && acknowledged >= WORKERS, "{kills} kills, {acknowledged} acknowledged: no storm");
    let list = shell.run("checkin list --session theory-1 --json").done().json();
    let present: std::collections::BTreeSet<_> = list
        .as_array()
        .unwrap()
        .iter()
        .filter(|p| p["attendance"] == "present")
        .map(|p| p["ticket"].as_str().unwrap())
        .collect();
    for (part, done) in parts.iter().zip(&done) {
        let lost: Vec<_> = part[..done.acknowledged].iter().filter(|t| !present.contains(t.as_str())).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }
    // Each killed process can have saved one admission that it could not tell of.
    assert!((acknowledged..=acknowledged + kills).contains(&present.len()));
    assert_eq!(count(&shell, ADMISSIONS), count(&shell, PRESENT));
    is_whole(&shell);
}
