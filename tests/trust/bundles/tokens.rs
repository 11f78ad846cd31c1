//! Double applications between two sites that tell each other no number.
use crate::harness::Shell;
use kaowu::bundle::codes::Codes;
use kaowu::config::Assets;
use kaowu::ops::demo::people;

fn rows(first: usize, count: usize) -> Vec<people::Row> {
    let assets = Assets::default();
    let codes = Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap();
    people::rows(&codes, 1, first + count).into_iter().skip(first).collect()
}

#[test]
fn two_sites_find_who_applied_at_both() {
    let (here, there) = (Shell::with_batch(), Shell::with_batch());
    here.imported(&rows(0, 6));
    there.imported(&rows(4, 6));
    assert_eq!(here.run("export id-tokens --out a.csv").status, 1, "no key of the region");
    here.run("site region-key make").done();
    there.run("site key show --out card.toml").done();
    let card = there.path("card.toml").display().to_string();
    assert_eq!(here.run(&format!("site region-key give --to {card} --out key.age")).status, 1, "nobody compared it");
    let shown = there.run("site key show --lang en").done().out;
    let typed = shown.lines().find_map(|line| line.strip_prefix("fingerprint: ")).unwrap();
    here.run_args(&["site", "region-key", "give", "--to", &card, "--groups", typed, "--out", "key.age"], "").done();
    let key = here.path("key.age").display().to_string();
    assert!(!String::from_utf8_lossy(&std::fs::read(&key).unwrap()).contains("kaowu-region-key"));
    there.run(&format!("site region-key take {key}")).done();
    here.run("export id-tokens --out a.csv").done();
    let list = std::fs::read_to_string(here.path("a.csv")).unwrap();
    assert_eq!(list.lines().count(), 7);
    for row in rows(0, 6) {
        assert!(row.iter().all(|cell| cell.len() < 17 || !list.contains(cell.as_str())), "a number went out");
    }
    let found = there.run(&format!("merge tokens {} --json", here.path("a.csv").display()));
    let doubles = found.json();
    assert_eq!((found.status, doubles.as_array().unwrap().len()), (1, 2));
    assert!(doubles[0]["id_number"].as_str().unwrap().contains('*'));
    // Another key says so; it does not say that nobody is there.
    let third = Shell::with_batch();
    third.run("site region-key make").done();
    let answer = third.run(&format!("merge tokens {} --lang en", here.path("a.csv").display()));
    assert!(answer.status == 1 && answer.err.contains("Agree on one key"), "{}", answer.err);
    assert_eq!(third.run(&format!("site region-key take {key}")).status, 1, "locked for another");
    assert_eq!(there.run("site region-key make").status, 1, "there is one already");
}
