//! `kaowu export` and `kaowu import` of a bundle, as scripts see them.
use super::world::files;
use crate::harness::Shell;
use kaowu::bundle::site::Manifest;
use kaowu::bundle::site::manifest::digest;
use kaowu::ops::demo::people;
use std::path::PathBuf;

/// A site with five people whose bundle lies in the folder `out`.
fn exported() -> (Shell, PathBuf) {
    let shell = with_people();
    shell.run("export site --format bundle --out out").done();
    let out = shell.path("out");
    (shell, out)
}

fn with_people() -> Shell {
    let shell = Shell::with_batch();
    let assets = kaowu::config::Assets::default();
    let codes = kaowu::bundle::codes::Codes::load(&|n| assets.read(&format!("codes/{n}"))).unwrap();
    let mut sheet = people::HEADINGS.join(",") + "\n";
    people::rows(&codes, 1, 5).iter().for_each(|row| sheet += &(row.join(",") + "\n"));
    std::fs::write(shell.path("sheet.csv"), sheet).unwrap();
    shell.run("import sheet.csv").done();
    shell
}

#[test]
fn an_empty_home_becomes_the_same_site() {
    let (_first, out) = exported();
    let second = Shell::new();
    let path = out.to_str().unwrap();
    let trial = second.run(&format!("import {path} --dry-run --json")).done().json();
    assert_eq!((trial["dry_run"].as_bool(), trial["stored"].as_bool()), (Some(true), Some(false)));
    assert!(!second.path("site.db").exists());
    let answer = second.run(&format!("import {path}/bundle.toml --json")).done().json();
    assert_eq!((answer["layout"].as_str(), answer["added"].as_u64()), (Some("bundle"), answer["read"].as_u64()));
    second.run("export site --format bundle --out again").done();
    assert_eq!(files(&second.path("again")), files(&out));
    let twice = second.run(&format!("import {path} --json")).done().json();
    assert_eq!((twice["unchanged"].as_u64(), twice["operation"].as_u64()), (answer["read"].as_u64(), None));
}

#[test]
fn a_difference_is_listed_and_nothing_is_written() {
    let (first, out) = exported();
    first.run("operator add wang --role proctor").done();
    let answer = first.run(&format!("import {} --json", out.display()));
    assert_eq!(answer.status, 1);
    let json = answer.json();
    assert_eq!(
        (json["conflicts"][0]["table"].as_str(), json["conflicts"][0]["key"].as_str()),
        (Some("operators"), Some("wang"))
    );
}

#[test]
fn a_refused_bundle_leaves_no_database() {
    let (_first, out) = exported();
    let second = Shell::new();
    let answer = second.run(&format!("import {} --as nobody", out.display()));
    assert_eq!(answer.status, 1, "{}", answer.err);
    assert!(!second.path("site.db").exists());
    let sessions = std::fs::read_to_string(out.join("sessions.csv")).unwrap().replacen("theory,", "sport,", 1);
    let mut manifest = Manifest::parse(&std::fs::read_to_string(out.join("bundle.toml")).unwrap()).unwrap();
    let part = manifest.table.iter_mut().find(|p| p.name == "sessions").unwrap();
    (part.bytes, part.sha256) = (sessions.len() as u64, digest(sessions.as_bytes()));
    std::fs::write(out.join("bundle.toml"), manifest.text()).unwrap();
    std::fs::write(out.join("sessions.csv"), sessions).unwrap();
    // With the signature it would be refused before.
    for name in ["export.toml", "export.toml.minisig"] {
        std::fs::remove_file(out.join(name)).unwrap();
    }
    let answer = second.run(&format!("import {} --lang en", out.display()));
    assert_eq!(answer.status, 3, "{}", answer.err);
    assert!(answer.out.contains("sessions.csv") && answer.out.contains("not_in_list"), "{}", answer.out);
    assert!(!second.path("site.db").exists());
    std::fs::write(out.join("policy.toml"), "x = 1\n").unwrap();
    assert_eq!(second.run(&format!("import {}", out.display())).status, 1);
    assert!(!second.path("site.db").exists());
}

#[test]
fn lists_are_guarded_and_masked() {
    let shell = with_people();
    let list = shell.run("export applications --out -").done().out;
    assert!(list.starts_with("\u{FEFF}序号,") && list.contains("\r\n") && list.contains("********"), "{list}");
    let gb = shell.command().args(["export", "roster", "--out", "-", "--encoding", "gb18030"]).output().unwrap().stdout;
    assert!(gb.starts_with(&[0xB3, 0xA1, 0xB4, 0xCE]), "场次 in GB18030");
    let answer = shell.run("export applications --json").done().json();
    assert_eq!((answer["rows"].as_u64(), answer["masked"].as_bool()), (Some(5), Some(true)));
    assert!(answer["file"].as_str().unwrap().ends_with("exports/nmg-2023-applications.csv"));
}

#[test]
fn whole_numbers_need_a_purpose_and_stand_in_the_journal() {
    let shell = with_people();
    assert_eq!(shell.run("export applications --full").status, 2);
    assert_eq!(shell.run_args(&["export", "applications", "--full", "--purpose", " "], "").status, 1);
    assert!(!shell.path("exports/nmg-2023-applications.csv").exists());
    let done = shell.run("export applications --full --purpose upload --out full.csv --json").done().json();
    assert!(done["operation"].as_u64().is_some());
    // What goes out comes in again as it is, and an undo does not stop at an export.
    let again = shell.run("import full.csv --json").done().json();
    assert_eq!((again["unchanged"].as_u64(), again["read"].as_u64()), (Some(5), Some(5)));
    let undone = shell.run("undo --reason x --json").done().json();
    assert_eq!(undone["kind"].as_str(), Some("exchange.import"));
}

#[test]
fn a_form_that_does_not_fit_is_refused() {
    let shell = with_people();
    for args in ["export site", "export roster --format bundle", "export site --format bundle --out -"] {
        assert_eq!(shell.run(args).status, 1, "{args}");
    }
    assert_eq!(shell.run("export nothing").status, 2);
}
