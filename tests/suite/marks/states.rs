//! Not required, missing, absent, void, points: five answers, wherever a mark is read. 0 is a mark.
use super::points;
use crate::harness::{Desk, PlantMarks};
use kaowu::config::Assets;
use kaowu::model::{ApplicationId, Mark, Subject};
use kaowu::ops::exchange::lists::{Identity, List, Manner, Style};
use kaowu::ops::results::{self, Filter, Outcome, Standing};
use kaowu::ops::{entry, marks};
use kaowu::text::{Lang, Locale};
use std::collections::BTreeSet;

/// Levels 5 to 3, one of each: 0, absent, void, nothing; everybody else has 80 in theory.
fn world() -> (Desk, [ApplicationId; 4]) {
    let mut desk = Desk::seated(40);
    let all = results::outcomes(&desk.site, &Filter::default()).unwrap();
    let skilled: Vec<_> = all.iter().filter(|r| !r.level.is_technician()).map(|r| r.application).take(4).collect();
    let four: [ApplicationId; 4] = skilled.try_into().unwrap();
    let theory = four.map(|who| (who, Subject::Theory, points("80")));
    let [zero, absent, void, _] = four;
    let practical = [(zero, points("0")), (absent, Mark::Absent), (void, Mark::Void)];
    let practical = practical.map(|(who, mark)| (who, Subject::Practical, mark));
    desk.does(&PlantMarks(theory.into_iter().chain(practical).collect()));
    (desk, four)
}

#[test]
fn five_states_are_five_in_every_answer_s0_26_s0_27_s1_23() {
    let (desk, four) = world();
    let all = results::outcomes(&desk.site, &Filter::default()).unwrap();
    let row = |who: ApplicationId| all.iter().find(|r| r.application == who).unwrap();
    let json = |who| serde_json::to_value(row(who)).unwrap()["practical"].as_str().unwrap().to_owned();
    assert_eq!(four.map(json), ["0", "absent", "void", "missing"]);
    assert!(four.iter().all(|who| row(*who).review == Standing::NotRequired));
    assert_eq!(serde_json::to_value(row(four[0])).unwrap()["review"], "not_required");
    // A required part that is missing is incomplete, never a pass and never a fail.
    let outcomes = four.map(|who| results::OutcomeKind::of(row(who).outcome).code());
    assert_eq!(outcomes, ["failed", "failed", "failed", "incomplete"]);
    let reasons = |who: ApplicationId| match row(who).outcome {
        Outcome::Failed { below, absent, void } => [below, absent, void].map(|parts| parts.iter().count()),
        other => panic!("{other:?}"),
    };
    assert_eq!([reasons(four[0]), reasons(four[1]), reasons(four[2])], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]);
    let practical = results::board(&desk.site).unwrap().spreads[1];
    assert_eq!((practical.bins[0], practical.absent, practical.void, practical.missing), (1, 1, 1, 37));
}

#[test]
fn five_states_have_five_words_in_lists_and_standing_s0_26_s0_27() {
    let (desk, four) = world();
    for lang in Lang::ALL {
        let (locale, _) = Locale::load(&Assets::default(), lang);
        let words = |key: &str| locale.word(key).to_owned();
        let manner = Manner { style: Style::People, identity: Identity::Masked, words: &words };
        let (bytes, _) = List::find("results").unwrap().write(&desk.site, &manner, Vec::new()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let all = results::outcomes(&desk.site, &Filter::default()).unwrap();
        let cells: BTreeSet<String> = four
            .iter()
            .flat_map(|who| {
                let name = &all.iter().find(|r| r.application == *who).unwrap().ticket;
                let line = text.lines().find(|l| l.contains(name.as_deref().unwrap())).unwrap();
                let cells: Vec<_> =
                    line.split(',').rev().skip(1).take(2).map(|c| c.trim_matches('"').to_owned()).collect();
                cells
            })
            .collect();
        // 0, absent, void, missing of the practical part, and not required of the review.
        assert_eq!(cells.len(), 5, "{cells:?}");
    }
    let state = |who, part: usize| {
        let one = entry::standing(&desk.site, who).unwrap().remove(part);
        (one.state, one.counts.map(|m| m.to_string()))
    };
    let settled = |mark: &str| ("settled", Some(mark.to_owned()));
    assert_eq!([0, 1, 2].map(|n| state(four[n], 1)), [settled("0"), settled("absent"), settled("void")]);
    assert_eq!((state(four[3], 1), state(four[3], 2)), (("missing", None), ("not_required", None)));
}

/// A part that a level does not need is not waited for by the lock, and 0 is no missing mark.
#[test]
fn a_lock_waits_for_what_is_missing_only_s0_27() {
    let (desk, four) = world();
    let practical = marks::sessions(&desk.site).unwrap().remove(1);
    assert_eq!((practical.expected, practical.settled), (40, 3));
    let waits = |who: ApplicationId| {
        practical
            .obstacles
            .iter()
            .any(|o| matches!(o, marks::Obstacle::Mark { application, .. } if *application == who))
    };
    assert_eq!(four.map(waits), [false, false, false, true]);
}
