//! What goes out masked shows nobody's whole number.
use kaowu::config::Home;
use kaowu::ops::demo::{Plan, Stage, build};
use kaowu::ops::exchange::lists::{Identity, LISTS, Manner, Numbers, Style};
use rusqlite::Connection;

#[test]
fn no_masked_list_shows_a_whole_number() {
    let home = tempfile::tempdir().unwrap();
    let plan = Plan { candidates: 40, seed: 1, policy: "nmg-2023".into(), stage: Stage::Certified, os_user: None };
    let (site, _) = build(&plan, &Home::at(home.path().to_owned())).unwrap();
    let db = Connection::open(home.path().join("site.db")).unwrap();
    let mut numbers = db.prepare("SELECT id_number FROM application").unwrap();
    let people: Vec<String> = numbers.query_map([], |r| r.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let manner = |identity| Manner { style: Style::People, identity, words: &|key: &str| key.to_owned() };
    let mut whole = Vec::new();
    for list in LISTS.iter().filter(|list| list.numbers == Numbers::Masked) {
        // A list that this notice does not have is refused.
        let text = |identity| {
            list.write(&site, &manner(identity), Vec::new()).map(|(bytes, _)| String::from_utf8(bytes).unwrap())
        };
        let Ok(masked) = text(Identity::Masked) else { continue };
        let shows = |text: &str| people.iter().any(|p| text.contains(p.as_str()));
        assert!(!shows(&masked), "{}", list.what);
        if shows(&text(Identity::Full).unwrap()) {
            whole.push(list.what);
        }
    }
    for what in ["faces", "delivery", "certificates"] {
        assert!(whole.contains(&what), "{what} has no whole numbers when they are asked for: {whole:?}");
    }
}
