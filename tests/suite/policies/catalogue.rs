//! A site's own catalogue: a file in its data folder that a policy names.
use crate::harness::{Desk, Shell};
use kaowu::config::Assets;
use kaowu::ops::batch;
use std::path::Path;

fn own(folder: &Path, code: &str, catalogue: &str) {
    std::fs::create_dir_all(folder.join("codes")).unwrap();
    std::fs::create_dir_all(folder.join("policies")).unwrap();
    let rows = "no,name,code,levels\n1,驯鹿饲养员,5-03-01-09,543\n2,电工,6-31-01-03,43\n";
    std::fs::write(folder.join(format!("codes/{catalogue}.csv")), rows).unwrap();
    let policy = format!(
        "format = 1\ninherits = \"wushen-2024\"\n[notice]\ncode = \"{code}\"\n[occupations]\ncatalogue = \"{catalogue}\"\n"
    );
    std::fs::write(folder.join(format!("policies/{code}.toml")), policy).unwrap();
}

/// S0-04: the banner's own list goes in as a file once the annex is there; what is outside it is refused.
#[test]
fn a_site_brings_its_own_catalogue() {
    let folder = tempfile::tempdir().unwrap();
    own(folder.path(), "own", "annex-2");
    let assets = Assets::new(Some(folder.path().to_owned()));
    let mut desk = Desk::with_assets(assets.clone());
    desk.does(&batch::Open { code: "own".into(), name: "own".into(), policy: batch::policy(&assets, "own").unwrap() });
    desk.site.choose_batch(None).unwrap();
    let codes = desk.site.codes().unwrap();
    let names: Vec<_> = codes.occupations().iter().map(|o| o.name.as_str()).collect();
    assert_eq!(names, ["驯鹿饲养员", "电工"]);
    assert!(codes.occupation("汽车维修工").is_none());
    // A second batch of the same site under the list of the program.
    let policy = batch::policy(&assets, "nmg-2023").unwrap();
    desk.does(&batch::Open { code: "nmg".into(), name: "nmg".into(), policy });
    desk.site.choose_batch(Some("nmg")).unwrap();
    assert_eq!(desk.site.codes().unwrap().occupations().len(), 98);
    desk.site.choose_batch(Some("own")).unwrap();
    assert_eq!(desk.site.codes().unwrap().occupations().len(), 2);
}

/// S0-04, S1-46: by commands alone; a bad row is named by its line, a file that is not there by its name.
#[test]
fn the_commands_take_the_sites_catalogue() {
    let shell = Shell::new();
    shell.run("init --site 01 --name 测试考点 --region 150600 --organisation S000015000001").done();
    own(&shell.path("data"), "own", "annex-2");
    shell.run("batch open --policy own").done();
    let listed = shell.run("occupation list --json").done().json();
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert_eq!(listed[0]["name"], "驯鹿饲养员");
    std::fs::write(shell.path("data/codes/annex-2.csv"), "no,name,code,levels\n1,电工,6-31-01-03,9\n").unwrap();
    let bad = shell.run("occupation list --lang en");
    assert!(bad.status != 0 && bad.err.contains("annex-2.csv") && bad.err.contains('2'), "{}", bad.err);
    std::fs::remove_file(shell.path("data/codes/annex-2.csv")).unwrap();
    let gone = shell.run("policy check data/policies/own.toml --lang en");
    assert_eq!(gone.status, 4);
    assert!(gone.out.contains("occupations.catalogue") && gone.out.contains("annex-2"), "{}", gone.out);
}
