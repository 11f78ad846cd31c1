//! Desks with final results, and lists as the issuer sends them.
use crate::certificates::passed;
use crate::harness::Desk;
use kaowu::model::Day;
use kaowu::ops::certificates::{self, Certified, Filter, GrantSegment, ImportNumbers, Imported, open_issued};
use kaowu::ops::{ApplicationRow, Site};
use std::path::{Path, PathBuf};

pub const PREFIX: &str = "S000015000001";
pub const HEADINGS: &str = "姓名,证件号码,证书编号,证书版面发证日期";

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn people(desk: &Desk, count: i64) -> Vec<ApplicationRow> {
    (1..=count).map(|n| kaowu::ops::applications::by_id(&desk.site, kaowu::model::ApplicationId(n)).unwrap()).collect()
}

/// A number of this site's places for somebody's level.
pub fn number_for(person: &ApplicationRow, serial: i64) -> String {
    format!("{PREFIX}23{}{serial:06}", person.level.digit())
}

pub fn row(person: &ApplicationRow, number: &str) -> String {
    format!("{},{},{number},2023-10-15", person.name, person.id_number)
}

pub fn list(folder: &Path, rows: &[String]) -> PathBuf {
    let path = folder.join("编号名单.csv");
    std::fs::write(&path, format!("{HEADINGS}\n{}\n", rows.join("\n"))).unwrap();
    path
}

/// What the rows would do, and what they did.
pub fn import(desk: &mut Desk, rows: &[String]) -> Imported {
    let folder = tempfile::tempdir().unwrap();
    let issued = open_issued(&desk.site, &list(folder.path(), rows)).unwrap();
    let import = ImportNumbers { list: &issued, document: Some("就促会〔2023〕7号".into()) };
    let before = register(&desk.site);
    let tried = desk.site.preview(&import).unwrap().out;
    assert_eq!(register(&desk.site), before, "a trial stores nothing");
    let done = desk.does(&import);
    assert_eq!(tried, done);
    done
}

pub fn register(site: &Site) -> Vec<Certified> {
    certificates::register(site, &Filter::default()).unwrap()
}

pub fn grant(site: Option<&str>, (first, last): (i64, i64)) -> GrantSegment {
    let site = site.map(str::to_owned);
    GrantSegment { site, prefix: None, year: None, first, last, document: "就促会〔2023〕5号".into() }
}

pub fn released(count: usize) -> Desk {
    passed(count)
}
