use super::*;
use crate::model::Points;
use proptest::prelude::*;

const A: OperatorId = OperatorId(1);
const B: OperatorId = OperatorId(2);
const C: OperatorId = OperatorId(3);
const BOSS: OperatorId = OperatorId(9);

/// Equal entries settle.
struct Plain;

impl Rule for Plain {
    fn two(&self, a: &Typed, b: &Typed) -> Pair {
        if a.mark == b.mark && a.items == b.items { Pair::Settles(a.mark) } else { Pair::Differs }
    }

    fn three(&self, _: &Typed, _: &Typed, _: &Typed) -> Option<Mark> {
        None
    }
}

/// Two unequal marks in points want a third, which settles where it equals one of them.
struct Marked;

impl Rule for Marked {
    fn two(&self, a: &Typed, b: &Typed) -> Pair {
        match (a.mark, b.mark) {
            (a, b) if a == b => Pair::Settles(a),
            (Mark::Points(_), Mark::Points(_)) => Pair::Third,
            _ => Pair::Differs,
        }
    }

    fn three(&self, a: &Typed, b: &Typed, c: &Typed) -> Option<Mark> {
        [a, b].into_iter().find(|t| t.mark == c.mark).map(|t| t.mark)
    }
}

fn entry(operator: OperatorId, mark: Mark) -> Typed {
    Typed { operator, mark, items: None }
}

fn typed(operator: OperatorId, points: i32) -> Typed {
    entry(operator, Mark::Points(Points::whole(points)))
}

fn code(result: Result<Entries, Refusal>) -> &'static str {
    result.unwrap_err().code.0
}

fn differing() -> Entries {
    Entries::None.clone().first(typed(A, 80)).unwrap().second(typed(B, 81), &Plain).unwrap()
}

#[test]
fn zero_absent_and_void_are_three_marks() {
    let first = Entries::None.clone().first(typed(A, 0)).unwrap();
    for mark in [Mark::Absent, Mark::Void] {
        assert_eq!(first.clone().second(entry(B, mark), &Plain).unwrap().settled(), None);
    }
    assert_eq!(first.second(typed(B, 0), &Plain).unwrap().settled(), Some(Mark::Points(Points::ZERO)));
}

#[test]
fn the_kept_entry_needs_a_new_second_by_somebody_else() {
    let kept = differing().keep(BOSS, Slot::Second).unwrap();
    assert_eq!(kept, Entries::One(typed(B, 81)));
    assert_eq!(code(kept.clone().second(typed(B, 81), &Plain)), SAME_OPERATOR.0);
    assert_eq!(kept.second(typed(A, 81), &Plain).unwrap().settled(), Some(Mark::Points(Points::whole(81))));
}

#[test]
fn a_returned_entry_waits_for_its_own_typist() {
    let back = differing().send_back(BOSS, Slot::First).unwrap();
    assert_eq!(code(back.clone().correct(typed(B, 81), &Plain)), NOT_YOURS.0);
    assert_eq!(code(back.clone().enter(typed(C, 81), &Plain)), NOT_YOURS.0);
    assert_eq!(code(back.clone().second(typed(C, 81), &Plain)), ALREADY_TWO.0);
    assert_eq!(code(back.clone().send_back(BOSS, Slot::Second)), IS_RETURNED.0);
    assert_eq!(code(back.clone().keep(BOSS, Slot::First)), IS_RETURNED.0);
    assert!(back.both_in() && differing().both_in());
    assert!(back.clone().correct(typed(A, 81), &Plain).unwrap().settled().is_some());
    assert!(matches!(back.correct(typed(A, 82), &Plain), Ok(Entries::Differs(..))));
}

#[test]
fn verbs_out_of_turn_are_refused() {
    let one = Entries::None.clone().first(typed(A, 80)).unwrap();
    assert_eq!(code(Entries::None.second(typed(A, 80), &Plain)), NO_FIRST.0);
    assert_eq!(code(one.clone().first(typed(B, 80))), ALREADY_FIRST.0);
    assert_eq!(code(one.clone().correct(typed(A, 80), &Plain)), NOT_RETURNED.0);
    assert_eq!(code(one.clone().discard(BOSS)), NOT_DIFFERENT.0);
    assert_eq!(code(differing().enter(typed(C, 80), &Plain)), ALREADY_TWO.0);
    assert_eq!(code(differing().keep(B, Slot::First)), SETTLER_IS_TYPIST.0);
    let settled = one.second(typed(B, 80), &Plain).unwrap();
    assert_eq!(code(settled.discard(BOSS)), NOT_DIFFERENT.0);
}

#[derive(Debug, Clone)]
enum Verb {
    Enter(Typed),
    First(Typed),
    Second(Typed),
    Third(Typed),
    Correct(Typed),
    Keep(OperatorId, Slot),
    Discard(OperatorId),
    SendBack(OperatorId, Slot),
    Arbitrate(OperatorId, Mark),
}

fn run(state: Entries, verb: Verb, rule: &dyn Rule) -> Result<Entries, Refusal> {
    match verb {
        Verb::Enter(t) => state.enter(t, rule),
        Verb::First(t) => state.first(t),
        Verb::Second(t) => state.second(t, rule),
        Verb::Third(t) => state.third(t, rule),
        Verb::Correct(t) => state.correct(t, rule),
        Verb::Keep(who, slot) => state.keep(who, slot),
        Verb::Discard(who) => state.discard(who),
        Verb::SendBack(who, slot) => state.send_back(who, slot),
        Verb::Arbitrate(who, mark) => state.arbitrate(who, mark),
    }
}

fn marks() -> impl Strategy<Value = Mark> {
    prop_oneof![Just(Mark::Absent), Just(Mark::Void), (0i32..3).prop_map(|n| Mark::Points(Points::whole(n)))]
}

fn verbs() -> impl Strategy<Value = Verb> {
    let who = || (1i64..6).prop_map(OperatorId);
    let typed = move || (who(), marks()).prop_map(|(operator, mark)| entry(operator, mark));
    let slot = || prop::sample::select(Slot::ALL.to_vec());
    prop_oneof![
        4 => typed().prop_map(Verb::Enter),
        1 => typed().prop_map(Verb::First),
        1 => typed().prop_map(Verb::Second),
        1 => typed().prop_map(Verb::Third),
        1 => typed().prop_map(Verb::Correct),
        1 => (who(), slot()).prop_map(|(w, s)| Verb::Keep(w, s)),
        1 => who().prop_map(Verb::Discard),
        1 => (who(), slot()).prop_map(|(w, s)| Verb::SendBack(w, s)),
        1 => (who(), marks()).prop_map(|(w, m)| Verb::Arbitrate(w, m)),
    ]
}

fn walk(all: Vec<Verb>, rule: &dyn Rule) -> Entries {
    all.into_iter().fold(Entries::None, |s, v| run(s.clone(), v, rule).unwrap_or(s))
}

fn rule(markers: bool) -> &'static dyn Rule {
    if markers { &Marked } else { &Plain }
}

#[test]
fn two_markers_far_apart_wait_for_a_third_and_then_for_the_coordinator() {
    let apart = Entries::None.first(typed(A, 80)).unwrap().second(typed(B, 60), &Marked).unwrap();
    assert_eq!(apart.turn(C, &Marked), Ok(Turn::Third));
    assert_eq!(code(apart.clone().enter(typed(A, 60), &Marked)), SAME_OPERATOR.0);
    assert_eq!(code(apart.clone().arbitrate(BOSS, Mark::Absent)), NOT_THREE.0);
    let agreed = apart.clone().enter(typed(C, 60), &Marked).unwrap();
    assert_eq!((agreed.settled(), agreed.live().len()), (Some(Mark::Points(Points::whole(60))), 3));
    let three = apart.enter(typed(C, 70), &Marked).unwrap();
    assert_eq!(three.turn(BOSS, &Marked).unwrap_err().code, ALREADY_THREE);
    assert_eq!(code(three.clone().keep(BOSS, Slot::First)), THREE_IN.0);
    assert_eq!(code(three.clone().send_back(BOSS, Slot::First)), THREE_IN.0);
    let points = |n| Mark::Points(Points::whole(n));
    assert_eq!(code(three.clone().arbitrate(C, points(70))), SETTLER_IS_TYPIST.0);
    for outside in [points(59), points(81), Mark::Absent] {
        assert_eq!(code(three.clone().arbitrate(BOSS, outside)), OUTSIDE.0);
    }
    assert_eq!(three.clone().arbitrate(BOSS, points(75)).unwrap().settled(), Some(points(75)));
    assert_eq!(three.discard(BOSS), Ok(Entries::None));
}

/// Without markers nobody types a third, and absent beside points is never a marker's affair.
#[test]
fn a_third_entry_is_for_two_markers_only() {
    assert_eq!(code(differing().third(typed(C, 80), &Plain)), ALREADY_TWO.0);
    let odd = Entries::None.first(typed(A, 80)).unwrap().second(entry(B, Mark::Absent), &Marked).unwrap();
    assert_eq!(code(odd.enter(typed(C, 80), &Marked)), ALREADY_TWO.0);
}

#[test]
fn equal_totals_of_different_items_differ() {
    let with = |operator, a: i32| Typed {
        items: Some(vec![("a".into(), Points::whole(a)), ("b".into(), Points::whole(80 - a))]),
        ..typed(operator, 80)
    };
    let first = Entries::None.first(with(A, 30)).unwrap();
    assert!(matches!(first.clone().second(with(B, 31), &Plain), Ok(Entries::Differs(..))));
    assert!(first.second(with(B, 30), &Plain).unwrap().settled().is_some());
}

proptest! {
    #[test]
    fn two_equal_entries_settle_and_two_different_never_do(one in marks(), two in marks()) {
        let first = Entries::None.first(entry(A, one)).unwrap();
        let both = first.second(entry(B, two), &Plain).unwrap();
        prop_assert_eq!(both.settled(), (one == two).then_some(one));
    }

    /// S1-35: whatever people try, a mark is made of two or three people's entries and lies between them.
    #[test]
    fn no_sequence_lets_one_operator_own_two_or_settles_alone_s1_35(
        all in prop::collection::vec(verbs(), 0..40), markers in any::<bool>(),
    ) {
        let mut state = Entries::None;
        for verb in all {
            if let Ok(next) = run(state.clone(), verb, rule(markers)) {
                state = next;
            }
            let live = state.live();
            let mut people: Vec<_> = live.iter().map(|t| t.operator.0).collect();
            people.sort_unstable();
            people.dedup();
            prop_assert_eq!(people.len(), live.len());
            if let Some(mark) = state.settled() {
                prop_assert!(live.len() >= 2);
                let points = live.iter().filter_map(|t| t.mark.points());
                let between = |own| points.clone().min() <= Some(own) && Some(own) <= points.clone().max();
                prop_assert!(live.iter().any(|t| t.mark == mark) || mark.points().is_some_and(between));
            }
        }
    }

    #[test]
    fn whoever_has_a_turn_may_enter(
        all in prop::collection::vec(verbs(), 0..20), who in 1i64..6, mark in marks(), markers in any::<bool>(),
    ) {
        let state = walk(all, rule(markers));
        let typed = entry(OperatorId(who), mark);
        prop_assert_eq!(state.turn(typed.operator, rule(markers)).is_ok(), state.enter(typed, rule(markers)).is_ok());
    }
}
