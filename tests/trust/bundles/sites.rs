//! First contact, replays, older bundles and forks (F16, F21), between two homes.
use super::world::*;
use crate::harness::Shell;

fn path(shell: &Shell, name: &str) -> String {
    shell.path(name).display().to_string()
}

/// The groups that a refusal asks for, looked up in the fingerprint as somebody at the telephone would.
fn read_out(refusal: &str, fingerprint: &str) -> String {
    let blanked: Vec<&str> = refusal.split(['(', ')']).find(|p| p.contains("____")).unwrap().split(' ').collect();
    let whole: Vec<&str> = fingerprint.split(' ').collect();
    assert_eq!((blanked.len(), whole.len()), (16, 16));
    let asked = blanked.iter().zip(&whole).filter(|(b, _)| **b == "____").map(|(_, w)| *w);
    assert!(blanked.iter().zip(&whole).all(|(b, w)| b == w || *b == "____"), "{refusal}");
    asked.collect::<Vec<_>>().join(" ")
}

fn fingerprint(shell: &Shell) -> String {
    let shown = shell.run("site key show --lang en").done().out;
    shown.lines().find_map(|line| line.strip_prefix("fingerprint: ")).unwrap().to_owned()
}

#[test]
fn at_first_contact_two_groups_are_typed_and_then_never_again() {
    let (here, there) = (Shell::with_batch(), Shell::new());
    here.run("export site --format zip --out b.zip").done();
    let bundle = path(&here, "b.zip");
    let answer = there.run_args(&["import", &bundle, "--groups", "", "--lang", "en"], "");
    assert_eq!(answer.status, 1, "{}", answer.err);
    assert!(!there.path("site.db").exists());
    let wrong = there.run_args(&["import", &bundle, "--groups", "0000 0000", "--lang", "en"], "");
    assert!(wrong.status == 1 && wrong.err.contains("Groups that differ"), "{}", wrong.err);
    let typed = read_out(&answer.err, &fingerprint(&here));
    // As an input method may give them.
    let typed: String = typed.chars().map(|c| if c == '1' { '１' } else { c }).collect();
    there.run_args(&["import", &bundle, "--groups", &typed], "").done();
    here.run("export site --format zip --out c.zip").done();
    there.run_args(&["merge", &path(&here, "c.zip"), "--groups", "", "--as", "root"], "").done();
    let known = there.run("site key list --json").done().json();
    assert_eq!((known[0]["site"].as_str(), known[0]["ended_at"].is_null()), (Some("01"), true));
    there.run("log verify").done();
    // A key that was lost is trusted no more, and not by typing the groups either.
    there.run("site key distrust 01 --as root --reason 密钥丢失").done();
    here.run("export site --format zip --out d.zip").done();
    let answer = there.run(&format!("merge {} --as root --lang en", path(&here, "d.zip")));
    assert!(answer.status == 1 && answer.err.contains("密钥丢失"), "{}", answer.err);
}

#[test]
fn a_card_is_trusted_before_anything_comes() {
    let (here, there) = (Shell::with_batch(), Shell::with_batch());
    here.run("site key show --out card.toml").done();
    let card = path(&here, "card.toml");
    let answer = there.run(&format!("site key trust {card} --lang en"));
    let typed = read_out(&answer.err, &fingerprint(&here));
    // What differs is named, never what it ought to be.
    let second = typed.split(' ').next_back().unwrap();
    let half = if second == "0000" { "1111" } else { "0000" };
    let wrong =
        there.run_args(&["site", "key", "trust", &card, "--groups", &format!("{half} {second}"), "--lang", "en"], "");
    assert!(wrong.status == 1 && wrong.err.contains(&format!("({half}).")), "{}", wrong.err);
    assert!(!wrong.err.contains(&format!("({second})")) && !wrong.err.contains(typed.split(' ').next().unwrap()));
    let short = there.run_args(&["site", "key", "trust", &card, "--groups", second, "--lang", "en"], "");
    assert!(short.status == 1 && short.err.contains("four characters each"), "{}", short.err);
    there.run_args(&["site", "key", "trust", &card, "--groups", &typed], "").done();
    // Trusted keys are not asked for again.
    there.run(&format!("export site --to {card} --out trusted.age")).done();
    assert_eq!(there.run_args(&["site", "key", "trust", &card, "--groups", &typed], "").status, 1, "twice");
    let mut text = std::fs::read_to_string(here.path("card.toml")).unwrap();
    text = text.replace("site = \"01\"", "site = \"02\"");
    std::fs::write(here.path("card.toml"), text).unwrap();
    let answer = there.run(&format!("site key trust {card} --lang en"));
    assert!(answer.status == 1 && answer.err.contains("neither a card"), "{}", answer.err);
}

#[test]
fn what_nobody_signed_needs_the_groups_of_its_digest() {
    let (here, there) = (Shell::with_batch(), Shell::new());
    here.run("export site --format bundle --out b").done();
    for name in ["export.toml", "export.toml.minisig"] {
        std::fs::remove_file(here.path("b").join(name)).unwrap();
    }
    let answer = there.run_args(&["import", &path(&here, "b"), "--groups", "", "--lang", "en"], "");
    assert!(answer.status == 1 && answer.err.contains("Nobody signed"), "{}", answer.err);
    there.run(&format!("import {}", path(&here, "b"))).done();
}

#[test]
fn a_bundle_comes_in_once_and_no_older_one_after_it() {
    let (here, there) = pair();
    here.run("export site --format zip --out one.zip").done();
    here.run("operator add wang --role proctor").done();
    here.run("export site --format zip --out two.zip").done();
    let [one, two] = ["one.zip", "two.zip"].map(|name| path(&here, name));
    there.run(&format!("merge {two} --as root")).done();
    let again = there.run(&format!("merge {two} --as root --json")).done().json();
    assert_eq!((again["again"].as_bool(), again["operation"].is_null()), (Some(true), true));
    assert_eq!(there.run(&format!("merge {two} --as root --json")).done().json(), again, "the same answer");
    let older = there.run(&format!("merge {one} --as root --lang en"));
    assert!(older.status == 1 && older.err.contains("is older"), "{}", older.err);
    // Taken back, it may come in again.
    there.run("undo --as root --reason 发错了").done();
    there.run(&format!("merge {two} --as root")).done();
    assert_eq!(there.run("site forks --json").done().json().as_array().unwrap().len(), 0);
}

/// F21: a site that was put back from an old copy and goes on as if nothing had been.
#[test]
fn a_fork_is_refused_and_kept_until_a_person_decides() {
    let (here, there) = pair();
    let copy = tempfile::tempdir().unwrap();
    let state = |from: &std::path::Path, to: &std::path::Path| {
        for name in ["site.db", "anchor/mark"] {
            std::fs::create_dir_all(to.join("anchor")).unwrap();
            std::fs::copy(from.join(name), to.join(name)).unwrap();
        }
        for name in ["site.db-wal", "site.db-shm"] {
            let _ = std::fs::remove_file(to.join(name));
            let _ = std::fs::copy(from.join(name), to.join(name));
        }
    };
    state(&here.home(), copy.path());
    here.run("operator add wang --role proctor").done();
    here.run("export site --format zip --out lost.zip").done();
    there.run(&format!("merge {} --as root", path(&here, "lost.zip"))).done();
    here.run("operator add wu --role proctor").done();
    here.run("export site --format zip --out later.zip").done();
    let given_up = ["lost.zip", "later.zip"].map(|name| path(&here, name));
    // Database and mark are both old: nothing here can tell. The other site can.
    state(copy.path(), &here.home());
    for name in ["li", "zhao", "qian"] {
        here.run(&format!("operator add {name} --role proctor")).done();
    }
    here.run("export site --format zip --out fork.zip").done();
    let fork = path(&here, "fork.zip");
    let count = |shell: &Shell| shell.run("operator list --json").done().json().as_array().unwrap().len();
    let before = count(&there);
    for _ in 0..2 {
        let answer = there.run(&format!("merge {fork} --as root --lang en"));
        assert!(answer.status == 1 && answer.err.contains("does not follow"), "{}", answer.err);
    }
    assert_eq!(count(&there), before, "nothing came in");
    let kept = there.run("site forks --json").done().json();
    assert_eq!((kept.as_array().unwrap().len(), kept[0]["state"].as_str()), (1, Some("open")));
    assert_eq!(there.run("site accept-fork 1 --as root").status, 1, "without a reason");
    there.run_args(&["site", "accept-fork", "1", "--as", "root", "--reason", "电话核实"], "").done();
    // The history that was given up does not come in after all, whoever is the first to send.
    let [given_up, later] = given_up.map(|bundle| there.run(&format!("merge {bundle} --as root --lang en")));
    assert!(given_up.status == 1 && given_up.err.contains("given up"), "{}", given_up.err);
    assert!(later.status == 1 && later.err.contains("does not follow"), "{}", later.err);
    there.run(&format!("merge {fork} --as root")).done();
    here.run("operator add sun --role proctor").done();
    here.run("export site --format zip --out next.zip").done();
    there.run(&format!("merge {} --as root", path(&here, "next.zip"))).done();
    assert_eq!(there.run("site accept-fork 1 --as root --reason x").status, 1, "twice");
    there.run("log verify").done();
}

#[test]
fn a_bundle_for_another_site_stays_out() {
    let (here, there) = (Shell::with_batch(), Shell::new());
    there.run("site key show --out card.toml").done();
    let other = Shell::new();
    other.run("site key show").done();
    // A card that was exchanged on the way would let somebody else in.
    let card = path(&there, "card.toml");
    let asked = here.run(&format!("export site --to {card} --out b.age --lang en"));
    assert!(asked.status == 1 && !here.path("b.age").exists(), "{}", asked.err);
    let typed = read_out(&asked.err, &fingerprint(&there));
    let export =
        |groups: &str| here.run_args(&["export", "site", "--to", &card, "--groups", groups, "--out", "b.age"], "");
    assert_eq!(export("0000 0000").status, 1, "another's groups");
    assert!(!here.path("b.age").exists());
    export(&typed).done();
    let bundle = path(&here, "b.age");
    let answer = other.run(&format!("import {bundle} --lang en"));
    assert!(answer.status == 1 && answer.err.contains("somebody else"), "{}", answer.err);
    assert_eq!(here.run("export site --to nobody --out c.age").status, 1);
    there.run(&format!("import {bundle}")).done();
    assert!(std::fs::read(here.path("b.age")).unwrap().starts_with(b"age-encryption.org/v1\n"));
}

/// Keys are for their owner only, and so is a bundle that was just written.
#[test]
fn keys_and_bundles_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let shell = Shell::with_batch();
    shell.run("export site --format zip --out b.zip").done();
    shell.run("site region-key make").done();
    let mode = |name: &str| std::fs::metadata(shell.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("anchor"), 0o700);
    for name in ["anchor/site.key", "anchor/site.age", "anchor/region.key", "b.zip"] {
        assert_eq!(mode(name), 0o600, "{name}");
    }
    std::fs::write(shell.path("anchor/site.key"), "x").unwrap();
    let answer = shell.run("export site --format zip --out c.zip --lang en");
    assert!(answer.status == 1 && answer.err.contains("is damaged"), "{}", answer.err);
}
