//! What the offices have at hand checks and opens our files: minisign and age.
use super::world::*;
use crate::harness::Shell;
use std::io::Read;
use std::process::Command;

/// Whether a program is here; said where it is not.
fn has(tool: &str) -> bool {
    let there = Command::new(tool).arg("--version").output().is_ok();
    if !there {
        println!("skipped: no {tool} here");
    }
    there
}

#[test]
fn minisign_checks_the_signature_of_a_folder() {
    if !has("minisign") {
        return;
    }
    let shell = Shell::with_batch();
    shell.run("export site --format bundle --out b").done();
    let key = shell.run("site key show --json").done().json()["sign_key"].as_str().unwrap().to_owned();
    let check = || {
        let mut command = Command::new("minisign");
        command.current_dir(shell.path("b")).args(["-V", "-m", "export.toml", "-P", &key]);
        command.output().unwrap()
    };
    let good = check();
    let told = String::from_utf8_lossy(&good.stdout).into_owned();
    assert!(good.status.success() && told.contains("site 01 operation"), "{good:?}");
    let mut text = std::fs::read_to_string(shell.path("b/export.toml")).unwrap();
    text.push('\n');
    std::fs::write(shell.path("b/export.toml"), text).unwrap();
    assert!(!check().status.success());
}

#[test]
fn age_opens_what_was_locked_and_locks_what_is_opened() {
    if !has("age") {
        return;
    }
    let (here, there) = (Shell::with_batch(), Shell::new());
    let key = there.run("site key show --json").done().json()["lock_key"].as_str().unwrap().to_owned();
    here.run(&format!("export site --to {key} --out b.zip.age")).done();
    let (locked, open) = (here.path("b.zip.age"), here.path("open.zip"));
    let age = |args: &[&str]| Command::new("age").args(args).output().unwrap();
    let identity = there.path("anchor/site.age");
    let [locked, open, identity] = [&locked, &open, &identity].map(|p| p.to_str().unwrap());
    let done = age(&["-d", "-i", identity, "-o", open, locked]);
    assert!(done.status.success(), "{done:?}");
    let mut zip = zip::ZipArchive::new(std::fs::File::open(open).unwrap()).unwrap();
    let mut text = String::new();
    zip.by_name("bundle.toml").unwrap().read_to_string(&mut text).unwrap();
    assert!(text.contains("code = \"01\""));
    // The bundle says for whom it is, so locking it anew for the same one is the same.
    let again = here.path("again.age");
    let done = age(&["-r", &key, "-o", again.to_str().unwrap(), open]);
    assert!(done.status.success(), "{done:?}");
    there.run(&format!("import {}", again.display())).done();
    assert_eq!(code(&here.path("open.zip")), "taken");
}
