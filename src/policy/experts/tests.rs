use super::*;
use crate::policy::file::load;
use proptest::prelude::*;
use std::sync::LazyLock;

const COOK: &str = "4-03-02-01";
const WELDER: &str = "6-18-02-04";

static POLICY: LazyLock<crate::policy::Policy> = LazyLock::new(|| {
    let base = |name: &str| std::fs::read_to_string(format!("data/policies/{name}.toml")).ok();
    load("nmg-2023", &base).unwrap().policy
});
static NOBODY: LazyLock<HashSet<String>> = LazyLock::new(HashSet::new);

fn rules() -> Rules<'static> {
    let today = "2023-10-16".parse().unwrap();
    Rules { panel: &POLICY.panel, staffing: &POLICY.staffing, today, candidates: &NOBODY }
}

fn expert(n: i64) -> Expert {
    let who = Who { staff: Some(StaffId(n)), name: format!("专家{n}"), unit: format!("院{n}") };
    let card =
        Card { grade: AssessorGrade::Senior, until: None, occupations: Vec::new(), reviews: true, retired: false };
    Expert { who, id_number: Some(format!("E{n}")), card: Some(card), ties: Vec::new(), busy: None }
}

fn examinee(n: usize, occupation: &str) -> Examinee {
    Examinee {
        name: format!("考生{n}"),
        id_number: format!("C{n}"),
        employer: Some(format!("厂{}", n % 4)),
        occupation: occupation.into(),
        level: Level::Two,
        declared: Vec::new(),
        former: Vec::new(),
    }
}

fn tie(kind: TieKind, n: usize) -> Tie {
    Tie { kind, id_number: format!("C{n}"), name: format!("考生{n}") }
}

fn why(expert: &Expert, candidate: &Examinee) -> Vec<Why> {
    all(&rules(), expert, candidate).into_iter().map(|b| b.why).collect()
}

fn with_card(change: impl FnOnce(&mut Card)) -> Expert {
    let mut one = expert(1);
    change(one.card.as_mut().unwrap());
    one
}

#[test]
fn each_reason_keeps_an_expert_from_judging_s0_25() {
    let candidate = examinee(1, WELDER);
    assert_eq!(why(&expert(1), &candidate), []);
    for (kind, reason) in [
        (TieKind::Oneself, Why::Oneself),
        (TieKind::Kin, Why::Kin),
        (TieKind::Master, Why::Master),
        (TieKind::Teacher, Why::Teacher),
        (TieKind::Colleague, Why::Colleague),
        (TieKind::Other, Why::Other),
    ] {
        let tied = Expert { ties: vec![tie(kind, 1)], ..expert(1) };
        assert_eq!(why(&tied, &candidate), [reason]);
        assert_eq!(why(&tied, &examinee(2, WELDER)), [], "another candidate");
    }
    assert_eq!(why(&Expert { id_number: Some("C1".into()), ..expert(1) }, &candidate), [Why::Oneself]);
    let mut mate = expert(1);
    mate.who.unit = " 厂1　".into();
    assert_eq!(why(&mate, &candidate), [Why::SameUnit]);
    let declared = Examinee { declared: vec![(expert(1).who, TieKind::Other)], ..candidate.clone() };
    assert_eq!(why(&expert(1), &declared), [Why::Declared]);
    let again = Examinee { former: vec![expert(1).who], ..candidate.clone() };
    assert_eq!(why(&expert(1), &again), [Why::Former]);
    assert_eq!(why(&expert(2), &again), []);
    assert_eq!(why(&with_card(|c| c.occupations = vec![COOK.into()]), &candidate), [Why::Occupation]);
    assert_eq!(why(&with_card(|c| c.grade = AssessorGrade::Assessor), &candidate), [Why::Grade]);
    assert_eq!(why(&with_card(|c| c.until = "2023-10-15".parse().ok()), &candidate), [Why::CardExpired]);
    assert_eq!(why(&with_card(|c| c.until = "2023-10-16".parse().ok()), &candidate), []);
    assert_eq!(why(&with_card(|c| c.retired = true), &candidate), [Why::Retired]);
    assert_eq!(why(&with_card(|c| c.reviews = false), &candidate), [Why::NotReviewer]);
}

#[test]
fn every_block_says_with_whom() {
    let tied = Expert { ties: vec![tie(TieKind::Kin, 1)], ..expert(1) };
    let found = all(&rules(), &tied, &examinee(1, WELDER));
    assert_eq!(found[0].refusal.to_string(), "expert.kin name=专家1 candidate=考生1");
}

#[test]
fn whoever_sits_the_exam_judges_nobody() {
    let sitters: HashSet<String> = ["E1".to_owned()].into();
    let rules = Rules { candidates: &sitters, ..rules() };
    let found: Vec<_> = general(&rules, &expert(1)).into_iter().map(|b| b.why).collect();
    assert_eq!(found, [Why::SitsExam]);
    assert_eq!(general(&rules, &expert(2)), []);
}

#[test]
fn nothing_is_asked_of_a_card_that_is_not_known() {
    let guest = Expert { card: None, ..expert(1) };
    assert_eq!(why(&guest, &examinee(1, WELDER)), []);
    let mut mate = guest.clone();
    mate.who.unit = "厂1".into();
    assert_eq!(why(&mate, &examinee(1, WELDER)), [Why::SameUnit]);
}

fn lots(seed: u64, panels: usize, size: usize) -> Lots {
    Lots { seed, panels, size }
}

/// Pinned: a recorded draw comes out the same in every version.
#[test]
fn the_draw_never_changes_s1_22() {
    let pool: Vec<_> = (0..9).map(expert).collect();
    let people: Vec<_> = (0..12).map(|n| examinee(n, if n % 3 == 0 { COOK } else { WELDER })).collect();
    let drawn = draw(&rules(), lots(20_231_016, 2, 3), &pool, &people).unwrap();
    assert_eq!((drawn.unseated.len(), drawn.excluded.len()), (0, 0));
    let shown: Vec<_> = drawn.panels.iter().map(|p| (p.members.as_slice(), p.candidates.as_slice())).collect();
    assert_eq!(shown, PINNED);
}

const PINNED: [(&[usize], &[usize]); 2] = [(&[5, 7, 4], &[0, 1, 2, 3, 6, 9]), (&[0, 8, 6], &[4, 5, 7, 8, 10, 11])];

#[test]
fn an_even_or_small_panel_is_not_drawn() {
    let (pool, people) = ((0..9).map(expert).collect::<Vec<_>>(), vec![examinee(0, COOK)]);
    let refused = |l: Lots| draw(&rules(), l, &pool, &people).unwrap_err().to_string();
    assert_eq!(refused(lots(1, 1, 4)), "panel.even members=4");
    assert_eq!(refused(lots(1, 1, 1)), "panel.too_small least=3 members=1");
    assert_eq!(refused(lots(1, 2, 3)), "panel.draw_no_panels panels=2 candidates=1");
}

#[test]
fn a_pool_that_is_too_small_says_who_is_left_and_why() {
    let pool: Vec<_> = (0..3).map(|n| Expert { ties: vec![tie(TieKind::Kin, n as usize)], ..expert(n) }).collect();
    let people: Vec<_> = (0..4).map(|n| examinee(n, WELDER)).collect();
    let one = draw(&rules(), lots(1, 1, 3), &pool, &people).unwrap();
    assert_eq!(one.panels[0].candidates, [3]);
    let left: Vec<_> = one.unseated.iter().map(|u| (u.candidate, u.able, u.blocks[0].why)).collect();
    assert_eq!(left, [(0, 2, Why::Kin), (1, 2, Why::Kin), (2, 2, Why::Kin)]);
    let two = draw(&rules(), lots(1, 2, 3), &pool, &people).unwrap();
    assert!(two.whole(lots(1, 2, 3), 3).unwrap_err().is(draw::TOO_FEW));
    let none = draw(&rules(), lots(1, 1, 3), &pool[..2], &people).unwrap();
    assert!(none.whole(lots(1, 1, 3), 2).unwrap_err().is(draw::NOBODY_LEFT));
    assert!(none.unseated.iter().all(|u| u.able < 3));
}

/// Each occupation has just enough experts, and whoever comes first by lot fits more than one.
#[test]
fn a_pool_that_just_suffices_seats_everybody() {
    for seed in 0..50 {
        let mut pool: Vec<_> = (0..6).map(expert).collect();
        for (n, one) in pool.iter_mut().enumerate() {
            one.card.as_mut().unwrap().occupations = vec![if n % 2 == 0 { COOK } else { WELDER }.into()];
        }
        let people: Vec<_> = (0..12).map(|n| examinee(n, if n < 6 { COOK } else { WELDER })).collect();
        let drawn = draw(&rules(), lots(seed, 2, 3), &pool, &people).unwrap();
        assert_eq!((drawn.panels.len(), drawn.unseated.len()), (2, 0), "seed {seed}");
    }
}

#[test]
fn a_substitute_is_drawn_by_the_same_rules() {
    let mut pool: Vec<_> = (0..4).map(expert).collect();
    pool[0].busy = Some("第1组".into());
    pool[1].ties.push(tie(TieKind::Teacher, 0));
    pool[2].card.as_mut().unwrap().grade = AssessorGrade::Assessor;
    let people = [examinee(0, WELDER), examinee(1, WELDER)];
    let people: Vec<&Examinee> = people.iter().collect();
    for seed in 0..20 {
        assert_eq!(substitute(&rules(), seed, &pool, &people), Ok(3));
    }
    let mut why: Vec<_> =
        substitute(&rules(), 1, &pool[..3], &people).unwrap_err().into_iter().map(|b| b.why).collect();
    why.sort_unstable();
    assert_eq!(why, [Why::Busy, Why::Teacher, Why::Grade]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// S0-25, S1-22: no draw seats a pair that is kept apart, each panel is whole, nobody sits or is judged twice, the same
    /// seed draws the same, and whoever is not seated hears why.
    #[test]
    fn no_draw_seats_a_recused_pair(
        seed: u64, pool in 0i64..16, people in 1usize..14, panels in 1usize..4,
        size in prop::sample::select(vec![3usize, 5]),
        ties in prop::collection::vec((0usize..16, 0usize..14, 0usize..6), 0..40),
        mates in prop::collection::vec(0usize..16, 0..6), cooks in 0usize..14,
    ) {
        let mut experts: Vec<_> = (0..pool).map(expert).collect();
        for (e, c, kind) in ties {
            if let Some(one) = experts.get_mut(e) {
                one.ties.push(tie(TieKind::ALL[kind], c));
            }
        }
        for (n, e) in mates.into_iter().enumerate() {
            if let Some(one) = experts.get_mut(e) {
                one.who.unit = format!("厂{}", n % 4);
                one.card.as_mut().unwrap().occupations = vec![if n % 2 == 0 { COOK } else { WELDER }.into()];
            }
        }
        let candidates: Vec<_> = (0..people).map(|n| examinee(n, if n < cooks { COOK } else { WELDER })).collect();
        let lots = lots(seed, panels.min(people), size);
        let drawn = draw(&rules(), lots, &experts, &candidates).unwrap();
        prop_assert_eq!(&drawn, &draw(&rules(), lots, &experts, &candidates).unwrap());
        let (mut sits, mut judged) = (HashSet::new(), HashSet::new());
        for panel in &drawn.panels {
            prop_assert_eq!(panel.members.len(), size);
            prop_assert!(!panel.candidates.is_empty());
            for e in &panel.members {
                prop_assert!(sits.insert(*e));
                for c in &panel.candidates {
                    prop_assert_eq!(all(&rules(), &experts[*e], &candidates[*c]), vec![]);
                }
            }
            prop_assert!(panel.candidates.iter().all(|c| judged.insert(*c)));
        }
        for left in &drawn.unseated {
            prop_assert!(judged.insert(left.candidate));
            prop_assert!(!left.blocks.is_empty() || left.able < size, "{:?}", left);
        }
        prop_assert_eq!(judged.len(), candidates.len());
        for out in &drawn.excluded {
            prop_assert!(!out.blocks.is_empty());
        }
    }
}
