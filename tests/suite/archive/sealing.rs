//! S1-38: everything in one sealed folder, readable without the program, and one flipped byte is named.
use super::world::{World, files, holds};
use crate::harness::Shell;
use kaowu::bundle::site::manifest::{digest, sealed};
use kaowu::ops::archive::{Answer, CONTENTS, Contents, Read, Touched, compare, lacking, look, register};
use std::path::Path;

fn found(folder: &Path) -> Vec<(String, Touched)> {
    look(folder).unwrap().findings.into_iter().map(|f| (f.file, f.found)).collect()
}

#[test]
fn one_flipped_byte_anywhere_is_named() {
    let mut world = World::closed();
    world.seal();
    let folder = world.target();
    assert_eq!(found(&folder), []);
    let all = files(&folder);
    assert!(all.len() > 30, "{:?}", all.keys());
    for (name, bytes) in &all {
        let path = folder.join(name);
        let step = if name == CONTENTS { bytes.len() / 40 } else { bytes.len() / 2 + 1 };
        for at in (0..bytes.len()).step_by(step).chain([bytes.len() - 1]) {
            let mut other = bytes.clone();
            other[at] ^= 1;
            std::fs::write(&path, &other).unwrap();
            let named = kaowu::bundle::sealed::look(&folder).unwrap().unwrap().findings;
            assert_eq!((named.len(), &named[0].file, named[0].found), (1, name, Touched::Altered), "byte {at}");
        }
        std::fs::write(&path, bytes).unwrap();
    }
    assert_eq!(found(&folder), []);
}

#[test]
fn a_file_gone_one_more_and_a_link_are_named() {
    let mut world = World::closed();
    world.seal();
    let folder = world.target();
    let first = "4-results/results.csv";
    let bytes = std::fs::read(folder.join(first)).unwrap();
    std::fs::remove_file(folder.join(first)).unwrap();
    assert_eq!(found(&folder), [(first.to_owned(), Touched::Missing)]);
    std::os::unix::fs::symlink(folder.join(CONTENTS), folder.join(first)).unwrap();
    assert_eq!(found(&folder), [(first.to_owned(), Touched::NotAFile)]);
    std::fs::remove_file(folder.join(first)).unwrap();
    std::fs::write(folder.join(first), bytes).unwrap();
    std::fs::write(folder.join("4-results/more.csv"), "x").unwrap();
    assert_eq!(found(&folder), [("4-results/more.csv".to_owned(), Touched::Extra)]);
}

/// Somebody who knows how seals are made gets past the digests, but not past the chain and not past the register.
#[test]
fn a_folder_that_was_sealed_anew_breaks_the_chain_or_the_register_does_not_know_it() {
    let mut world = World::closed();
    let seal = world.seal();
    let folder = world.target();
    let looked = look(&folder).unwrap();
    assert_eq!((&looked.seal, compare(&world.site, &looked).unwrap()), (&seal, Answer::Ours));
    let contents = looked.contents.unwrap();
    let other = Contents { keeper: "别人".into(), ..contents.clone() };
    std::fs::write(folder.join(CONTENTS), sealed(&other)).unwrap();
    let again = look(&folder).unwrap();
    assert!(again.findings.is_empty());
    assert_eq!(compare(&world.site, &again).unwrap(), Answer::Unknown);
    let journal = "6-data/journal.jsonl";
    let text = std::fs::read_to_string(folder.join(journal)).unwrap().replace("年度归档", "年度归挡");
    std::fs::write(folder.join(journal), &text).unwrap();
    let mut other = contents;
    let part = other.file.iter_mut().find(|part| part.path == journal).unwrap();
    part.sha256 = digest(text.as_bytes());
    std::fs::write(folder.join(CONTENTS), sealed(&other)).unwrap();
    let findings = look(&folder).unwrap().findings;
    assert_eq!((findings.len(), findings[0].found), (1, Touched::Chain));
    assert_eq!(findings[0].operation, Some(other.operations), "the closing");
}

/// S3-26: prints, lists, the whole journal and a guide that tells what lies where; what is known to be missing, such as
/// signed originals, stands in it.
#[test]
fn the_archive_is_understandable_without_the_program() {
    let mut world = World::closed();
    let lacks = lacking(&world.site).unwrap();
    assert!(!lacks.is_empty(), "the demo has no papers in boxes and no signed originals");
    let none = kaowu::ops::archive::Wishes { accepted: None, ..World::wishes() };
    let error = kaowu::ops::archive::prepare(&world.site, &world.target(), &none, &|k| k.to_owned()).err().unwrap();
    assert_eq!(error.refusal().unwrap().code.0, "archive.something_missing");
    assert!(!world.target().exists(), "nothing is left of it");
    world.seal();
    let all = files(&world.target());
    for name in [
        "guide.html",
        "1-registration/applications.csv",
        "2-filing/timetable.html",
        "3-process/sign-in.html",
        "4-results/score-summary.html",
        "4-results/results.csv",
        "5-certificates/certificates.csv",
        "6-data/policy.toml",
        "6-data/journal.jsonl",
        "6-data/tables/applications.csv",
    ] {
        assert!(all.contains_key(name), "{name}: {:?}", all.keys());
    }
    let guide = &all["guide.html"];
    for text in ["钱保管", "二楼档案室", "纸质材料另存", "score-summary.html", "2026-", "2028-"] {
        assert!(holds(guide, text), "{text}");
    }
    let register = register(&world.site).unwrap();
    let line = &register.archives[0];
    assert_eq!((line.archive.number, line.archive.keeper.as_str(), line.over), (1, "钱保管", false));
    let lost = rusqlite::Connection::open(world.home.path().join("site.db")).unwrap();
    for sql in ["DELETE FROM archive", "UPDATE archive SET keeper = 'x'"] {
        assert!(lost.execute(sql, []).is_err(), "{sql}");
    }
}

/// S1-38: who read what is known: with the head's leave, two people present.
#[test]
fn readings_are_recorded_with_leave_and_two_people_present() {
    let mut world = World::closed();
    world.seal();
    let read = Read {
        archive: Some(1),
        what: "第四卷".into(),
        reader: "李查阅".into(),
        purpose: "复核".into(),
        approved_by: "赵负责".into(),
        witnesses: ["周在场".into(), "吴在场".into()],
        on: None,
    };
    for (op, code) in [
        (Read { approved_by: String::new(), ..read.clone() }, "archive.name_missing"),
        (Read { approved_by: "李查阅".into(), ..read.clone() }, "archive.same_person"),
        (Read { witnesses: ["周在场".into(), "周在场".into()], ..read.clone() }, "archive.same_person"),
        (Read { witnesses: ["李查阅".into(), "周在场".into()], ..read.clone() }, "archive.same_person"),
        (Read { archive: Some(2), ..read.clone() }, "archive.unknown"),
    ] {
        assert_eq!(world.refused(&op).0, code);
    }
    world.does(&read);
    world.does(&Read { archive: None, what: "3 号盒".into(), ..read });
    let register = register(&world.site).unwrap();
    assert_eq!((register.readings.len(), register.archives[0].readings), (2, 1));
    assert!(world.db().execute("DELETE FROM archive_reading", []).is_err());
}

/// What other batches did is in the chain without its words.
#[test]
fn nothing_of_another_batch_leaves() {
    let mut world = World::closed();
    world.does(&kaowu::ops::batch::Open {
        code: "other".into(),
        name: "下一批".into(),
        policy: kaowu::ops::batch::policy(&kaowu::config::Assets::default(), "nmg-2023").unwrap(),
    });
    let closed = world.batch.clone();
    world.site.choose_batch(Some("other")).unwrap();
    world.does(&kaowu::ops::upkeep::AddOperator {
        name: "下一批的人".into(),
        roles: vec![kaowu::model::Role::Typist],
        os_user: None,
        unit: None,
        pin_hash: None,
    });
    world.site.choose_batch(Some(&closed)).unwrap();
    world.seal();
    let bytes = std::fs::read(world.target().join("6-data/journal.jsonl")).unwrap();
    assert!(!holds(&bytes, "下一批的人"), "an operation of another batch");
    assert!(holds(&bytes, "年度归档"));
    assert_eq!(found(&world.target()), []);
}

#[test]
fn doctor_needs_no_site() {
    let mut world = World::closed();
    let seal = world.seal();
    let shell = Shell::new();
    let at = world.target().display().to_string();
    let answer = shell.run(&format!("doctor {at} --json")).done().json();
    assert_eq!((answer["whole"].as_bool(), answer["seal"].as_str()), (Some(true), Some(seal.as_str())));
    shell.run(&format!("doctor {at} --seal {seal}")).done();
    let other = format!("{}{}", if seal.starts_with('0') { '1' } else { '0' }, &seal[1..]);
    assert_eq!(shell.run(&format!("doctor {at} --seal {other}")).status, 1);
    std::fs::write(world.target().join("guide.html"), "x").unwrap();
    let touched = shell.run(&format!("doctor {at}"));
    assert_eq!(touched.status, 70);
    assert!(touched.out.contains("guide.html"), "{}", touched.out);
    assert_eq!(shell.run("doctor .").status, 1);
}

/// Where the policy keeps identity numbers back, no file of the archive has one, and the chain can be followed all the same.
#[test]
fn what_the_policy_keeps_back_does_not_leave() {
    let mut world = World::certified();
    let path = world.home.path().join("masked.toml");
    let text = "inherits = \"nmg-2023\"\n[archive]\nidentities = \"masked\"\n[notice]\ncode = \"masked\"\n";
    std::fs::write(&path, text).unwrap();
    let policy = kaowu::ops::policies::read_file(&kaowu::config::Assets::default(), &path).unwrap();
    let change = kaowu::ops::batch::ChangePolicy::new(&world.site, policy, "只留遮盖的号码".into()).unwrap();
    world.does(&change);
    world.does(&kaowu::ops::batch::CloseAnyway { reason: "年度归档".into() });
    world.seal();
    let all = files(&world.target());
    assert!(all.contains_key("4-results/results.csv") && !all.contains_key("6-data/tables/applications.csv"));
    for (_, id) in world.people() {
        let with: Vec<_> = all.iter().filter(|(_, bytes)| holds(bytes, &id)).map(|(name, _)| name).collect();
        assert!(with.is_empty(), "{with:?}");
    }
    assert_eq!(found(&world.target()), []);
}
