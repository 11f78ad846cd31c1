//! What goes out masked shows nobody's whole number.
use crate::harness::Shell;
use kaowu::config::Home;
use kaowu::model::identity::mask;
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
        // With the day of birth beside it a masked number is a whole one.
        for number in &people {
            let birth = format!("{}-{}-{}", &number[6..10], &number[10..12], &number[12..14]);
            let own = masked.lines().filter(|line| line.contains(&mask(number)));
            assert!(own.into_iter().all(|line| !line.contains(&birth)), "{}: {birth}", list.what);
        }
        if shows(&text(Identity::Full).unwrap()) {
            whole.push(list.what);
        }
    }
    for what in ["faces", "delivery", "certificates"] {
        assert!(whole.contains(&what), "{what} has no whole numbers when they are asked for: {whole:?}");
    }
}

/// One person's whole number is shown when somebody asks for it, and the journal says who did.
#[test]
fn a_card_is_masked_and_a_look_at_the_whole_number_is_journaled() {
    let (shell, _) = Shell::seated(3);
    let db = Connection::open(shell.path("site.db")).unwrap();
    let sql = "SELECT id_number, phone, birth, name FROM application WHERE id = 1";
    let [number, phone, birth, name]: [String; 4] =
        db.query_row(sql, [], |r| Ok([r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?])).unwrap();
    for card in [shell.run("application show 1").done(), shell.run("application show 1 --json").done()] {
        assert!(!card.out.contains(&number) && !card.out.contains(&phone), "{}", card.out);
        assert!(card.out.contains(&phone[7..]), "{}", card.out);
        assert!(!card.out.contains(&birth) && card.out.contains(&birth[..4]), "{}", card.out);
    }
    let looks = || shell.run("log --kind privacy.reveal --json").done().json().as_array().unwrap().len();
    assert_eq!(looks(), 0);
    let shown = shell.run("application reveal 1 --json").done().json();
    assert_eq!((shown["id_number"].as_str(), shown["phone"].as_str()), (Some(&*number), Some(&*phone)));
    assert_eq!(looks(), 1);
    // Whose it was is found both ways: from the look, and from the person.
    let noted = shell.run("log --kind privacy.reveal --json").done().json();
    assert_eq!(noted[0]["subject"].as_str(), Some(&*name));
    let of = |who: &str| shell.run_args(&["log", "--subject", who, "--kind", "privacy", "--json"], "").done().json();
    let tickets = db.prepare("SELECT number FROM ticket ORDER BY application").unwrap();
    let tickets: Vec<String> = { tickets }.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!([&tickets[0], &tickets[1]].map(|ticket| of(ticket).as_array().unwrap().len()), [1, 0]);
}
