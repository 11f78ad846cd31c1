//! Double applications between two sites that tell each other no number, and the key by which they do it.
use crate::harness::Shell;
use kaowu::bundle::codes::Codes;
use kaowu::bundle::locked::{Identity, lock, open};
use kaowu::config::Assets;
use kaowu::model::base64;
use kaowu::model::site_key::{SecretKey, signature_file};
use kaowu::ops::demo::people;
use rusqlite::Connection;
use std::io::{Read, Write};

fn rows(first: usize, count: usize) -> Vec<people::Row> {
    let assets = Assets::default();
    let codes = Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap();
    people::rows(&codes, 1, first + count).into_iter().skip(first).collect()
}

/// A site with this code and an open batch.
fn site(code: &str) -> Shell {
    let shell = Shell::new();
    shell.run(&format!("init --site {code} --name 测试考点 --region 150600 --organisation S000015000001")).done();
    shell.run("batch open --policy nmg-2023").done();
    shell
}

fn path(shell: &Shell, name: &str) -> String {
    shell.path(name).display().to_string()
}

/// The site's card, and its whole fingerprint.
fn card(of: &Shell) -> (String, String) {
    of.run("site key show --out card.toml").done();
    let shown = of.run("site key show --lang en").done().out;
    let typed = shown.lines().find_map(|line| line.strip_prefix("fingerprint: ")).unwrap();
    (path(of, "card.toml"), typed.to_owned())
}

fn trusts(who: &Shell, whom: &Shell) {
    let (card, typed) = card(whom);
    who.run_args(&["site", "key", "trust", &card, "--groups", &typed], "").done();
}

/// From a site to another one, by its card; the file.
fn gives(who: &Shell, whom: &Shell) -> String {
    let (card, typed) = card(whom);
    who.run_args(&["site", "region-key", "give", "--to", &card, "--groups", &typed, "--out", "key.age"], "").done();
    path(who, "key.age")
}

/// The code of the refusal.
#[track_caller]
fn refused(shell: &Shell, args: &str) -> String {
    let answer = shell.run(&format!("{args} --json"));
    assert_eq!(answer.status, 1, "{args}: {}{}", answer.out, answer.err);
    serde_json::from_str::<serde_json::Value>(&answer.err).unwrap()["error"]["code"].as_str().unwrap().to_owned()
}

fn lock_key(of: &Shell) -> String {
    of.run("site key show --lang en").done();
    identity(of).recipient()
}

fn identity(of: &Shell) -> Identity {
    Identity::parse(&std::fs::read_to_string(of.path("anchor/site.age")).unwrap()).unwrap()
}

fn locked(text: &str, to: &Shell, name: &str) -> String {
    let mut locked = lock(&lock_key(to), Vec::new()).unwrap().unwrap();
    locked.write_all(text.as_bytes()).unwrap();
    std::fs::write(to.path(name), locked.finish().unwrap()).unwrap();
    path(to, name)
}

/// What the journal says of the key, oldest first.
fn journal(of: &Shell) -> Vec<(String, serde_json::Value)> {
    let db = Connection::open(of.path("site.db")).unwrap();
    let sql = "SELECT kind, params FROM operation WHERE kind LIKE 'region_key.%' ORDER BY id";
    let mut all = db.prepare(sql).unwrap();
    let line = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get::<_, String>(1)?));
    all.query_map([], line).unwrap().map(|l| l.unwrap()).map(|(k, p)| (k, serde_json::from_str(&p).unwrap())).collect()
}

fn operations(of: &Shell) -> Vec<i64> {
    let db = Connection::open(of.path("site.db")).unwrap();
    let mut all = db.prepare("SELECT id FROM operation WHERE kind LIKE 'region_key.%'").unwrap();
    all.query_map([], |r| r.get(0)).unwrap().map(|id| id.unwrap()).collect()
}

#[test]
fn two_sites_find_who_applied_at_both() {
    let (here, there) = (site("01"), site("02"));
    here.imported(&rows(0, 6));
    there.imported(&rows(4, 6));
    assert_eq!(here.run("export id-tokens --out a.csv").status, 1, "no key of the region");
    here.run("site region-key make").done();
    let (given, _) = card(&there);
    assert_eq!(here.run(&format!("site region-key give --to {given} --out key.age")).status, 1, "nobody compared it");
    let key = gives(&here, &there);
    assert!(!String::from_utf8_lossy(&std::fs::read(&key).unwrap()).contains("kaowu-region-key"));
    trusts(&there, &here);
    there.run(&format!("site region-key take {key}")).done();
    here.run("export id-tokens --out a.csv").done();
    let list = std::fs::read_to_string(here.path("a.csv")).unwrap();
    assert_eq!(list.lines().count(), 7);
    for row in rows(0, 6) {
        assert!(row.iter().all(|cell| cell.len() < 17 || !list.contains(cell.as_str())), "a number went out");
    }
    let found = there.run(&format!("merge tokens {} --json", path(&here, "a.csv")));
    let doubles = found.json();
    assert_eq!((found.status, doubles.as_array().unwrap().len()), (1, 2));
    assert!(doubles[0]["id_number"].as_str().unwrap().contains('*'));
    // Another key says so; it does not say that nobody is there.
    let third = site("03");
    third.run("site region-key make").done();
    let answer = third.run(&format!("merge tokens {} --lang en", path(&here, "a.csv")));
    assert!(answer.status == 1 && answer.err.contains("Agree on one key"), "{}", answer.err);
    assert_eq!(refused(&third, &format!("site region-key take {key}")), "locked.not_for_us");
    assert_eq!(refused(&there, "site region-key make"), "region_key.there");
    // The same key again changes nothing; another one does not come over it.
    there.run(&format!("site region-key take {key}")).done();
    trusts(&there, &third);
    assert_eq!(refused(&there, &format!("site region-key take {}", gives(&third, &there))), "region_key.there");
}

/// Whoever has the key can turn lists of tokens into numbers.
#[test]
fn only_those_who_keep_the_sites_keys_touch_the_regions() {
    let (here, there) = (site("01"), site("02"));
    trusts(&here, &there);
    trusts(&there, &here);
    for shell in [&here, &there] {
        shell.run("operator add wang --role proctor").done();
    }
    for (way, code) in [("--as wang", "duty.either_role_needed"), ("--readonly", "site.read_only")] {
        assert_eq!(refused(&here, &format!("site region-key make {way}")), code);
        assert!(!here.path("anchor/region.key").exists());
    }
    here.run("site region-key make").done();
    for (way, code) in [("--as wang", "duty.either_role_needed"), ("--readonly", "site.read_only")] {
        assert_eq!(refused(&here, &format!("site region-key give --to 02 --out key.age {way}")), code);
        assert!(!here.path("key.age").exists());
    }
    here.run("site region-key give --to 02 --out key.age").done();
    let take = format!("site region-key take {}", path(&here, "key.age"));
    for (way, code) in [("--as wang", "duty.either_role_needed"), ("--readonly", "site.read_only")] {
        assert_eq!(refused(&there, &format!("{take} {way}")), code);
        assert!(!there.path("anchor/region.key").exists());
    }
    there.run(&format!("{take} --as admin")).done();
}

/// Once there are two who could sign.
#[test]
fn it_takes_two_to_give_the_key_and_to_take_it() {
    let (here, there) = (site("01"), site("02"));
    here.run("site region-key make").done();
    trusts(&here, &there);
    trusts(&there, &here);
    for (shell, line, made) in [
        (&here, "site region-key give --to 02 --out key.age".to_owned(), "key.age"),
        (&there, format!("site region-key take {}", path(&here, "key.age")), "anchor/region.key"),
    ] {
        shell.pins().alone();
        assert_eq!(shell.run(&line).status, 1);
        let asked = shell.run(&format!("{line} --pin-file own-pin"));
        assert_eq!(asked.status, 7, "asked for, and not done: {}", asked.err);
        assert!(!shell.path(made).exists());
        let waiting = shell.run("together list").done().out;
        assert!(waiting.contains("区域密钥") && waiting.contains("考点: 0"), "{waiting}");
        shell.run("together give 1 --as second --pin-file second-pin").done();
        shell.run(&format!("{line} --pin-file own-pin")).done();
        assert!(shell.path(made).exists());
        shell.run("log verify").done();
    }
}

#[test]
fn the_key_goes_to_nobody_by_a_bare_key() {
    let (here, there) = (site("01"), site("02"));
    here.run("site region-key make").done();
    let bare = lock_key(&there);
    let give = format!("site region-key give --to {bare} --out key.age");
    assert_eq!(refused(&here, &give), "region_key.bare_recipient");
    // Not where its site is trusted either: the site has a name.
    trusts(&here, &there);
    assert_eq!(refused(&here, &give), "region_key.bare_recipient");
    let answer = here.run(&format!("{give} --lang en"));
    assert!(answer.err.contains("kaowu site key trust"), "{}", answer.err);
    assert!(!here.path("key.age").exists());
    here.run("site key distrust 02 --reason 密钥丢失").done();
    let (card, typed) = card(&there);
    let args = ["site", "region-key", "give", "--to", &card, "--groups", &typed, "--out", "key.age", "--json"];
    let answer = here.run_args(&args, "");
    assert!(answer.status == 1 && answer.err.contains("region_key.ended"), "{}", answer.err);
    assert!(!here.path("key.age").exists());
}

/// The lock of a file says nothing of who closed it.
#[test]
fn the_key_of_a_stranger_stays_out() {
    let (here, there, third) = (site("01"), site("02"), site("03"));
    for shell in [&here, &third] {
        shell.run("site region-key make").done();
    }
    let text = std::fs::read_to_string(third.path("anchor/region.key")).unwrap();
    let bare = locked(&text, &there, "bare.age");
    assert_eq!(refused(&there, &format!("site region-key take {bare}")), "region_key.unsigned");
    let strange = gives(&third, &there);
    assert_eq!(refused(&there, &format!("site region-key take {strange}")), "region_key.unknown_giver");
    // A site that is trusted signed it, for somebody else.
    let mut signed = String::new();
    let given = std::fs::File::open(gives(&here, &third)).unwrap();
    open(given, &identity(&third)).unwrap().read_to_string(&mut signed).unwrap();
    trusts(&there, &here);
    let passed_on = locked(&signed, &there, "passed-on.age");
    assert_eq!(refused(&there, &format!("site region-key take {passed_on}")), "region_key.another_recipient");
    let named = locked(&signed.replace(&lock_key(&third), &lock_key(&there)), &there, "named.age");
    assert_eq!(refused(&there, &format!("site region-key take {named}")), "region_key.unsigned");
    // And one that says it is another.
    let said = format!("kaowu-region-key 2\nsite 09\nfor {}\nkey {}\n", lock_key(&there), text.lines().nth(1).unwrap());
    let seed = std::fs::read_to_string(here.path("anchor/site.key")).unwrap();
    let seed = base64::decode(seed.lines().nth(1).unwrap()).unwrap().try_into().unwrap();
    let signature = signature_file(&SecretKey::from_seed(seed), said.as_bytes(), "");
    let posing = locked(&(said + &signature), &there, "posing.age");
    assert_eq!(refused(&there, &format!("site region-key take {posing}")), "region_key.another_site");
    let text = locked("x", &there, "x.age");
    assert_eq!(refused(&there, &format!("site region-key take {text}")), "region_key.damaged");
    let key = gives(&here, &there);
    there.run("site key distrust 01 --reason 密钥丢失").done();
    assert_eq!(refused(&there, &format!("site region-key take {key}")), "region_key.ended");
    assert!(!there.path("anchor/region.key").exists());
    assert_eq!(journal(&there), []);
}

#[test]
fn the_journal_has_each_way_of_the_key_and_never_the_key() {
    let (here, there) = (site("01"), site("02"));
    here.run("site region-key make").done();
    trusts(&here, &there);
    trusts(&there, &here);
    here.run("site region-key give --to 02 --out key.age").done();
    there.run(&format!("site region-key take {}", path(&here, "key.age"))).done();
    let key = std::fs::read_to_string(here.path("anchor/region.key")).unwrap();
    let key = key.lines().nth(1).unwrap();
    assert!(std::fs::read_to_string(there.path("anchor/region.key")).unwrap().contains(key));
    let shown = here.run("site region-key show --lang en").done();
    let told = format!("{}{}", shown.out, shown.err);
    let (given, taken) = (journal(&here), journal(&there));
    let kinds: Vec<_> = given.iter().chain(&taken).map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["region_key.make", "region_key.give", "region_key.take"]);
    for (_, params) in given.iter().chain(&taken) {
        assert!(told.contains(params["region_key"].as_str().unwrap()), "{params}");
    }
    let (to, from) = (&given[1].1, &taken[0].1);
    assert_eq!((&to["site"], &to["recipient"]), (&"02".into(), &lock_key(&there).into()));
    assert_eq!(from["site"], "01");
    for shell in [&here, &there] {
        shell.run("log export journal.jsonl").done();
        assert!(!std::fs::read_to_string(shell.path("journal.jsonl")).unwrap().contains(key));
        for name in ["site.db", "site.db-wal"] {
            let bytes = std::fs::read(shell.path(name)).unwrap_or_default();
            assert!(!bytes.windows(key.len()).any(|bytes| bytes == key.as_bytes()), "{name}");
        }
        for op in operations(shell) {
            assert_eq!(refused(shell, &format!("undo --op {op} --reason x")), "history.never_undone");
        }
        shell.run("log verify").done();
    }
}

/// It would go out open, and look as if it had been locked.
#[test]
fn a_list_of_tokens_is_locked_for_nobody() {
    let here = site("01");
    here.run("site region-key make").done();
    let (card, typed) = card(&here);
    for more in ["", " --format csv", " --format zip"] {
        let line = format!("export id-tokens --to {card} --out a.csv{more}");
        assert_eq!(refused(&here, &line), "export.id_tokens_not_locked");
    }
    let args = ["export", "id-tokens", "--to", &card, "--groups", &typed, "--out", "a.csv", "--lang", "en"];
    let answer = here.run_args(&args, "");
    assert!(answer.status == 1 && answer.err.contains("Leave --to out"), "{}", answer.err);
    assert!(!here.path("a.csv").exists());
    here.run("export id-tokens --out a.csv").done();
}
