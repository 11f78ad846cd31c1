//! Tables of criteria: shipped, of the site's own, checked (S0-25).
use crate::harness::Shell;
use kaowu::bundle::codes::Codes;
use kaowu::config::Assets;
use kaowu::model::{Level, Subject};
use kaowu::ops::panel::plan_for;
use kaowu::policy;
use kaowu::policy::criteria;

fn policy_2023(assets: &Assets) -> policy::Policy {
    policy::load("nmg-2023", &|name| assets.read(&format!("policies/{name}.toml"))).unwrap().policy
}

fn first_item(assets: &Assets, code: &str, level: Level) -> Option<String> {
    let policy = policy_2023(assets);
    let plan = plan_for(assets, &policy, Subject::Practical, (code, level)).unwrap();
    plan.items.first().map(|item| item.code.clone())
}

#[test]
fn shipped_tables_are_for_occupations_of_the_catalogue_and_for_one_only_s0_25() {
    let assets = Assets::default();
    let codes = Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for name in assets.names("criteria", ".toml") {
        let table = criteria::load(&name, &|n| assets.read(&format!("criteria/{n}.toml"))).unwrap();
        for code in &table.occupations {
            assert!(codes.occupations().iter().any(|o| o.code == *code), "{name}: {code}");
            assert!(seen.insert(code.clone()), "{code} twice");
        }
    }
    assert!(seen.len() >= 3);
    assert_eq!(first_item(&assets, "6-31-01-03", Level::Two).as_deref(), Some("design"));
    assert_eq!(first_item(&assets, "9-99-99-99", Level::Two), None, "the total only");
}

#[test]
fn a_table_of_the_sites_own_stands_before_ours() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("criteria");
    std::fs::create_dir(&folder).unwrap();
    let text = |code: &str, item: &str| {
        format!(
            "format = 1\ncode = \"{code}\"\nbasis = \"x\"\ntitle = {{ \"zh-CN\" = \"甲\", en = \"a\" }}\n\
             occupations = [\"6-31-01-03\"]\n[[sheets]]\nitems = [ {{ code = \"{item}\", name = \"全部\", max = 100 }} ]\n"
        )
    };
    let assets = Assets::new(Some(home.path().to_owned()));
    std::fs::write(folder.join("own.toml"), text("own", "all")).unwrap();
    assert_eq!(first_item(&assets, "6-31-01-03", Level::Three).as_deref(), Some("all"));
    // Two of the site's own cannot both be meant.
    std::fs::write(folder.join("second.toml"), text("second", "every")).unwrap();
    let policy = policy_2023(&assets);
    let error = plan_for(&assets, &policy, Subject::Practical, ("6-31-01-03", Level::Three)).unwrap_err();
    assert_eq!(error.refusal().unwrap().code.0, "criteria.two_tables");
    std::fs::remove_file(folder.join("own.toml")).unwrap();
    std::fs::write(folder.join("second.toml"), text("second", "every").replace("100", "90")).unwrap();
    assert!(plan_for(&assets, &policy, Subject::Practical, ("6-31-01-03", Level::Three)).is_err());
    assert!(
        plan_for(&assets, &policy, Subject::Practical, ("4-12-01-01", Level::Three)).is_ok(),
        "no concern of others"
    );
}

#[test]
fn a_faulty_table_is_told_by_line() {
    let shell = Shell::with_batch();
    let shipped = Assets::default().read("criteria/car-repair.toml").unwrap();
    std::fs::write(shell.path("car-repair.toml"), &shipped).unwrap();
    shell.run("policy check car-repair.toml").done();
    std::fs::write(shell.path("car-repair.toml"), shipped.replace("max = 40", "max = 45")).unwrap();
    let out = shell.run("policy check car-repair.toml");
    assert_ne!(out.status, 0);
    assert!(out.out.contains("105") && out.out.contains("sheets[0].items"), "{}", out.out);
}
