//! Whom a notice takes: place, kind of employer, who hands in, which way to apply.
use super::books::{csv, good, person, row};
use super::layouts::roster;
use crate::harness::Shell;
use std::fs;

/// A site with a batch under a policy that changes some things of the one for 2023.
fn under(policy: &str) -> Shell {
    let shell = Shell::new();
    shell.run("init --site 01 --name 测试考点 --region 150600 --organisation S000015000001").done();
    fs::create_dir_all(shell.path("data/policies")).unwrap();
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/data/policies/nmg-2023.toml")).unwrap();
    let text = text.replace("code = \"nmg-2023\"", "code = \"other\"");
    let changed = policy.split(" => ").collect::<Vec<_>>();
    assert!(text.contains(changed[0]), "{policy}");
    fs::write(shell.path("data/policies/other.toml"), text.replace(changed[0], changed[1])).unwrap();
    shell.run("batch open --policy other").done();
    shell
}

fn codes(shell: &Shell, bytes: impl AsRef<[u8]>) -> Vec<(u64, String)> {
    fs::write(shell.path("a.csv"), bytes).unwrap();
    let json = shell.run("import a.csv --dry-run --json").json();
    let faults = json["faults"].as_array().unwrap_or_else(|| panic!("{json}"));
    faults.iter().map(|f| (f["line"].as_u64().unwrap(), f["code"].as_str().unwrap().to_owned())).collect()
}

fn told(line: u64, code: &str) -> Vec<(u64, String)> {
    vec![(line, code.to_owned())]
}

/// S1-05: the whole region, and skilled staff of state organs and institutions only.
#[test]
fn applicants_outside_region_or_category_are_refused_s1_05() {
    let shell = Shell::with_batch();
    let rows = [good(), row(&[(4, &person(2)[4]), (13, "北京市朝阳区")])];
    assert_eq!(codes(&shell, csv(&rows)), told(3, "outside_region"));
    let rows = [good(), row(&[(4, &person(2)[4]), (14, "私营企业")])];
    assert_eq!(codes(&shell, csv(&rows)), told(3, "outside_category"));
}

/// S0-03: one banner only; an address that is merely coarser is not refused.
#[test]
fn another_banner_is_outside_s0_03() {
    let shell = under("regions = [\"15\"] => regions = [\"150626\"]");
    let at = |n: usize, place: &str| row(&[(4, &person(n)[4]), (13, place)]);
    let rows =
        [at(1, "内蒙古自治区"), at(2, "内蒙古鄂尔多斯市乌审旗"), at(3, "乌审旗"), at(4, "内蒙古鄂尔多斯市东胜区")];
    assert_eq!(codes(&shell, csv(&rows)), told(5, "outside_region"));
}

/// S0-04: outside the catalogue; S1-47: outside the occupation's levels.
#[test]
fn the_catalogue_and_its_levels_are_held_against_rows_s0_04_s1_47() {
    let shell = Shell::with_batch();
    assert_eq!(codes(&shell, csv(&[row(&[(0, "宇航员")])])), told(2, "occupation_not_in_catalogue"));
    assert_eq!(codes(&shell, csv(&[row(&[(0, "护林员"), (1, "一级")])])), told(2, "level_not_in_catalogue"));
}

/// S1-55: nobody works before 16; S1-56: no more years in the occupation than since work began.
#[test]
fn odd_years_of_work_are_told_s1_55_s1_56() {
    let shell = Shell::with_batch();
    let sheet = |began: &str, years: &str| {
        let head = format!("{},参加工作时间,专业年限", super::books::HEAD.join(","));
        format!("{head}\n{},{began},{years}\n", good().join(","))
    };
    assert_eq!(codes(&shell, sheet("2006-01", "17")), []);
    assert_eq!(codes(&shell, sheet("2005-12", "3")), told(2, "work_began_early"));
    assert_eq!(codes(&shell, sheet("2020-01", "9")), told(2, "years_too_many"));
}

/// S2-28: where nobody registers alone a unit hands in, by a column or above the roster; S2-46: whoever fills it in.
#[test]
fn nobody_registers_alone_where_the_notice_says_so_s2_28() {
    let shell = under("individual_registration = true # S1-26, S1-79 => individual_registration = false");
    let refused = codes(&shell, roster("", ""));
    let errors: Vec<_> = refused.iter().filter(|(_, code)| code == "no_individuals").map(|(line, _)| *line).collect();
    assert_eq!(errors, [4, 5], "{refused:?}");
    assert_eq!(codes(&shell, csv(&[good()])), told(2, "unknown_unit"));
}

/// S2-44: the level at which one is engaged, and since when, becomes evidence in the same operation.
#[test]
fn a_roster_brings_engagements_as_evidence_s2_44() {
    let shell = Shell::with_batch();
    fs::write(shell.path("r.xlsx"), roster("某局", "")).unwrap();
    let first = shell.run("import r.xlsx --json").done().json();
    assert_eq!(first["added"], 2, "{first}");
    let evidence = || -> Vec<(String, i64, String)> {
        let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
        let mut all = db.prepare("SELECT kind, level, from_day FROM evidence ORDER BY id").unwrap();
        all.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).unwrap().map(Result::unwrap).collect()
    };
    let expected =
        [("engagement".to_owned(), 4, "2018-05-01".to_owned()), ("engagement".to_owned(), 5, "2017-03-01".to_owned())];
    assert_eq!(evidence(), expected);
    let again = shell.run("import r.xlsx --json").done().json();
    assert_eq!((again["unchanged"].as_u64(), evidence().len()), (Some(2), 2));
    shell.run("undo --reason 报错").done();
    assert!(evidence().is_empty());
}
