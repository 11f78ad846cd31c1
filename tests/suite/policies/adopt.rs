//! `policy.adopt`: text and digest pinned, found before the files, taken back by undo.
use super::text;
use crate::harness::{Desk, Screen, Shell};
use kaowu::config::Assets;
use kaowu::model::Role;
use kaowu::ops::history::{self, Undo};
use kaowu::ops::policies::{Adopt, Origin, available, find, read_file};
use kaowu::ops::{KINDS, batch};
use kaowu::policy::Adopted;

/// A file outside the site, read.
fn file(code: &str, body: &str) -> Adopted {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("{code}.toml"));
    std::fs::write(&path, body).unwrap();
    read_file(&Assets::default(), &path).unwrap()
}

fn stricter(limit: u8) -> Adopted {
    file(
        "stricter",
        &format!("inherits = \"nmg-2023\"\n[notice]\ncode = \"stricter\"\n[gates]\nlate_limit_min = {limit}\n"),
    )
}

fn adopt(policy: Adopted) -> Adopt {
    Adopt { file: "stricter.toml".into(), policy }
}

#[test]
fn the_newest_adopted_text_is_the_one_that_counts() {
    let mut desk = Desk::new();
    let assets = Assets::default();
    assert!(find(Some(&desk.site), &assets, "stricter").is_err());
    let digest = desk.does(&adopt(stricter(10)));
    let found = find(Some(&desk.site), &assets, "stricter").unwrap();
    assert_eq!((found.digest, found.policy.gates.late_limit_min), (digest, 10));
    assert_eq!(desk.refused(&adopt(stricter(10))), "policy.already_adopted");
    desk.does(&batch::Open {
        code: "b".into(),
        name: "b".into(),
        policy: find(Some(&desk.site), &assets, "stricter").unwrap(),
    });
    desk.does(&adopt(stricter(20)));
    assert_eq!(find(Some(&desk.site), &assets, "stricter").unwrap().policy.gates.late_limit_min, 20);
    // The batch keeps the text it was opened under.
    desk.site.choose_batch(None).unwrap();
    assert_eq!(desk.site.policy().unwrap().gates.late_limit_min, 10);
    // Going back to the first text is an adoption of its own.
    desk.does(&adopt(stricter(10)));
    assert_eq!(find(Some(&desk.site), &assets, "stricter").unwrap().policy.gates.late_limit_min, 10);
    let listed = available(Some(&desk.site), &assets).unwrap();
    let own = listed.iter().find(|l| l.code == "stricter").unwrap();
    assert_eq!((own.origin, own.faults, listed.len()), (Origin::Adopted, 0, 6));
    assert_eq!(listed[0].origin, Origin::BuiltIn);
}

/// An adopted text goes before the program's own file of the same code.
#[test]
fn an_adopted_text_goes_before_a_file() {
    let mut desk = Desk::new();
    let changed = file("nmg-2023", &text("nmg-2023").replace("theory = 60", "theory = 70"));
    desk.does(&adopt(changed));
    let found = find(Some(&desk.site), &Assets::default(), "nmg-2023").unwrap();
    assert_eq!(found.policy.passing.theory.to_string(), "70");
}

#[test]
fn undo_takes_an_adoption_back_unless_a_batch_stands_on_it() {
    let mut desk = Desk::new();
    let assets = Assets::default();
    desk.does(&adopt(stricter(10)));
    let op = history::next_undo(&desk.site).unwrap();
    desk.does(&Undo { op, reason: "误操作".into() });
    assert!(find(Some(&desk.site), &assets, "stricter").is_err());
    desk.does(&adopt(stricter(10)));
    let op = history::next_undo(&desk.site).unwrap();
    desk.does(&batch::Open {
        code: "b".into(),
        name: "b".into(),
        policy: find(Some(&desk.site), &assets, "stricter").unwrap(),
    });
    assert_eq!(desk.refused(&Undo { op, reason: "误操作".into() }), "history.in_use");
    desk.sign_on("typist-a");
    assert_eq!(desk.refused(&adopt(stricter(30))), "duty.role_needed");
    assert!(KINDS.iter().any(|k| k.name == "policy.adopt"));
    assert!(desk.site.actor().has(Role::Typist));
}

#[test]
fn the_commands_check_adopt_list_and_open() {
    let shell = Shell::new();
    shell.run("init --site 01 --name 测试考点 --region 150600 --organisation S000015000001").done();
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("stricter.toml");
    let path = path.to_str().unwrap();
    std::fs::write(path, "inherits = \"nmg-2023\"\n[notice]\ncode = \"other\"\n").unwrap();
    let refused = shell.run_args(&["policy", "adopt", path, "--lang", "en"], "");
    assert_eq!(refused.status, 4);
    assert!(refused.out.contains("stricter:3:1 notice.code"), "{}", refused.out);
    std::fs::write(path, "inherits = \"nmg-2023\"\n[notice]\ncode = \"stricter\"\ntitle = \"更严的通知\"\n").unwrap();
    let adopted = shell.run_args(&["policy", "adopt", path, "--json"], "").done().json();
    assert_eq!(adopted["policy"], "stricter");
    std::fs::remove_file(path).unwrap();
    let listed = shell.run("policy list --json").done().json();
    let own = listed.as_array().unwrap().iter().find(|p| p["code"] == "stricter").unwrap().clone();
    assert_eq!((own["origin"].as_str(), own["title"].as_str()), (Some("adopted"), Some("更严的通知")));
    let shown = shell.run("policy show stricter --json").done().json();
    assert_eq!(shown["digest"], adopted["digest"]);
    assert!(shown["dates"].as_array().unwrap().iter().any(|d| d["what"] == "deadline.handbook"));
    shell.run("batch open --policy stricter").done();
    let again = shell.run_args(&["policy", "adopt", "nowhere.toml"], "");
    assert_eq!(again.status, 5);
}

/// All five are shown, with what is odd about each on standard error.
#[test]
fn every_notice_is_shown() {
    let shell = Shell::new();
    for (code, says) in [
        ("nmg-2023", "2023-10-06"),
        ("wushen-2024", "2024-10-02"),
        ("xinjiang-2022", "2022-05-01"),
        ("nmg-enterprise-2019", "落款日期"),
        ("wushen-zwfw-2024", "信息采集表"),
    ] {
        let shown = shell.run(&format!("policy show {code}")).done();
        assert!(shown.out.contains(&format!("code = \"{code}\"")), "{code}");
        assert!(shown.err.contains(says), "{code}: {}", shown.err);
        assert!(shell.run(&format!("policy dates {code} --lang en")).done().out.contains("working days"), "{code}");
    }
    assert_eq!(shell.run("policy show nowhere").status, 4);
}

/// The list from which a batch is opened on the screen has the adopted one too.
#[test]
fn the_screen_offers_what_was_adopted() {
    let mut desk = Desk::new();
    desk.does(&adopt(stricter(10)));
    let mut screen = Screen::open(desk, "applications");
    screen.press("f2").type_text("开设批次").press("enter").sees("stricter");
}
