//! What the public sees is the list of that day: searches, counts, lists and the counter read it, never the marks.
use super::*;
use kaowu::ops::exchange::lists::{Identity, List, Manner, Style};
use kaowu::ops::history;
use kaowu::ops::publicity::{Query, Withdraw, public, public_counts};
use kaowu::ops::{applications, results};
use proptest::prelude::*;

fn list(desk: &Desk) -> Result<String, &'static str> {
    let words = |key: &str| key.to_owned();
    let manner = Manner { style: Style::Machine, identity: Identity::Full, words: &words };
    match List::find("publicity").unwrap().write(&desk.site, &manner, Vec::new()) {
        Ok((bytes, _)) => Ok(String::from_utf8(bytes).unwrap()),
        Err(error) => Err(error.refusal().unwrap().code.0),
    }
}

fn passed(desk: &Desk) -> (usize, usize) {
    let counts = public_counts(&public(&desk.site, "").unwrap());
    (counts.iter().map(|c| c.passed).sum(), counts.iter().map(|c| c.failed).sum())
}

#[test]
fn the_public_sees_the_list_and_not_the_marks() {
    let mut desk = published(4, "59");
    let before = (list(&desk).unwrap(), passed(&desk));
    super::said::change(&mut desk, FIRST, "61");
    let failed = results::outcomes(&desk.site, &results::Filter::default()).unwrap();
    assert!(failed.iter().all(|r| r.outcome == results::Outcome::Passed), "the marks moved on");
    assert_eq!((list(&desk).unwrap(), passed(&desk)), before);
    assert_eq!(before.1, (3, 1));
    let name = applications::by_id(&desk.site, FIRST).unwrap().name;
    let found = public(&desk.site, &name).unwrap();
    assert!(found.rows.iter().any(|r| r.application == FIRST && r.theory == "59"));
    desk.does(&Compute::default());
    publish(&mut desk);
    assert_eq!(passed(&desk), (4, 0));
}

/// No number of a document stands on the list, whoever asks for it and however.
#[test]
fn no_identity_number_stands_on_the_public_list() {
    let desk = published(5, "70");
    let text = list(&desk).unwrap();
    for n in 1..=5 {
        let number = applications::by_id(&desk.site, ApplicationId(n)).unwrap().id_number;
        assert!(!text.contains(&number) && !text.contains(&number[14..]), "{text}");
        assert_eq!(public(&desk.site, &number).unwrap().rows.len(), 0);
        assert_eq!(public(&desk.site, &number[14..]).unwrap().rows.len(), 0);
    }
}

#[test]
fn nothing_is_public_before_and_after() {
    let mut desk = settled(2, "70");
    desk.does(&Compute::default());
    assert_eq!(list(&desk), Err("publicity.nothing_public"));
    publish(&mut desk);
    assert!(list(&desk).is_ok());
    desk.does(&Withdraw { reason: "登分有误".into() });
    assert_eq!(list(&desk), Err("publicity.nothing_public"));
}

/// S0-38: by name and whole number; anybody else, and everything that is not quite right, gets one and the same answer.
#[test]
fn the_counter_tells_somebody_their_own_result_only_s0_38() {
    let mut desk = published(3, "59");
    let person = applications::by_id(&desk.site, FIRST).unwrap();
    let ask = |name: &str, number: &str| Query { name: name.into(), id_number: number.into() };
    let answer = desk.does(&ask(&person.name, &person.id_number)).unwrap();
    assert_eq!((answer.results.len(), answer.results[0].theory.as_str()), (1, "59"));
    assert_eq!(answer.results[0].outcome, "failed");
    // Full width, blanks and a small x are the same number.
    let wide: String = person.id_number.chars().map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap()).collect();
    assert!(desk.does(&ask(&format!(" {} ", person.name), &wide)).is_some());
    let other = applications::by_id(&desk.site, SECOND).unwrap();
    for (name, number) in [
        (person.name.as_str(), other.id_number.as_str()),
        (&person.name, &person.id_number[14..]),
        (&person.name[..3], &person.id_number),
        ("", &person.id_number),
        (&person.name, ""),
        (&person.name, "150699199001010017"),
    ] {
        assert_eq!(desk.does(&ask(name, number)), None, "{name} {number}");
    }
    desk.does(&Withdraw { reason: "登分有误".into() });
    assert_eq!(desk.does(&ask(&person.name, &person.id_number)), None);
}

/// Found or not, the question is written down, with the number masked.
#[test]
fn every_question_at_the_counter_is_written_down() {
    let mut desk = published(1, "70").signed("proctor");
    let person = applications::by_id(&desk.site, FIRST).unwrap();
    for number in [person.id_number.as_str(), "150699199001010017"] {
        desk.does(&Query { name: person.name.clone(), id_number: number.into() });
    }
    let filter = history::Filter { kind: Some("publicity.query".into()), ..Default::default() };
    let all = history::page(&desk.site, &filter, None, 9).unwrap();
    assert_eq!(all.len(), 2);
    let detail = format!("{:?}", history::detail(&desk.site, all[1].operation).unwrap());
    assert!(!detail.contains(&person.id_number) && !detail.contains(&person.name), "{detail}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    /// Publish then withdraw leaves no trace in a public list, whatever was published before or after.
    #[test]
    fn publish_then_withdraw_leaves_no_trace(people in 1usize..5, turns in prop::collection::vec(any::<bool>(), 1..5)) {
        let mut desk = settled(people, "70");
        desk.does(&Compute::default());
        let mut up = false;
        for put_up in turns {
            if put_up && !up {
                publish(&mut desk);
                up = true;
            } else if up {
                desk.does(&Withdraw { reason: "有误".into() });
                up = false;
            }
            let person = applications::by_id(&desk.site, FIRST).unwrap();
            let query = Query { name: person.name.clone(), id_number: person.id_number };
            prop_assert_eq!(list(&desk).is_ok(), up);
            prop_assert_eq!(public(&desk.site, &person.name).is_ok(), up);
            prop_assert_eq!(desk.does(&query).is_some(), up);
        }
    }
}
