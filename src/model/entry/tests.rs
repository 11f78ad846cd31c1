use super::*;
use crate::model::Points;
use proptest::prelude::*;

const A: OperatorId = OperatorId(1);
const B: OperatorId = OperatorId(2);
const C: OperatorId = OperatorId(3);
const BOSS: OperatorId = OperatorId(9);

fn typed(operator: OperatorId, points: i32) -> Typed {
    Typed { operator, mark: Mark::Points(Points::whole(points)) }
}

fn code(result: Result<Entries, Refusal>) -> &'static str {
    result.unwrap_err().code.0
}

fn differing() -> Entries {
    Entries::None.first(typed(A, 80)).unwrap().second(typed(B, 81)).unwrap()
}

#[test]
fn zero_absent_and_void_are_three_marks() {
    let first = Entries::None.first(typed(A, 0)).unwrap();
    for mark in [Mark::Absent, Mark::Void] {
        assert_eq!(first.second(Typed { operator: B, mark }).unwrap().settled(), None);
    }
    assert_eq!(first.second(typed(B, 0)).unwrap().settled(), Some(Mark::Points(Points::ZERO)));
}

#[test]
fn the_kept_entry_needs_a_new_second_by_somebody_else() {
    let kept = differing().keep(BOSS, Slot::Second).unwrap();
    assert_eq!(kept, Entries::One(typed(B, 81)));
    assert_eq!(code(kept.second(typed(B, 81))), SAME_OPERATOR.0);
    assert_eq!(kept.second(typed(A, 81)).unwrap().settled(), Some(Mark::Points(Points::whole(81))));
}

#[test]
fn a_returned_entry_waits_for_its_own_typist() {
    let back = differing().send_back(BOSS, Slot::First).unwrap();
    assert_eq!(code(back.correct(typed(B, 81))), NOT_YOURS.0);
    assert_eq!(code(back.enter(typed(C, 81))), NOT_YOURS.0);
    assert_eq!(code(back.second(typed(C, 81))), ALREADY_TWO.0);
    assert_eq!(code(back.send_back(BOSS, Slot::Second)), IS_RETURNED.0);
    assert_eq!(code(back.keep(BOSS, Slot::First)), IS_RETURNED.0);
    assert!(back.both_in() && differing().both_in());
    assert!(back.correct(typed(A, 81)).unwrap().settled().is_some());
    assert!(matches!(back.correct(typed(A, 82)), Ok(Entries::Differs(..))));
}

#[test]
fn verbs_out_of_turn_are_refused() {
    let one = Entries::None.first(typed(A, 80)).unwrap();
    assert_eq!(code(Entries::None.second(typed(A, 80))), NO_FIRST.0);
    assert_eq!(code(one.first(typed(B, 80))), ALREADY_FIRST.0);
    assert_eq!(code(one.correct(typed(A, 80))), NOT_RETURNED.0);
    assert_eq!(code(one.discard(BOSS)), NOT_DIFFERENT.0);
    assert_eq!(code(differing().enter(typed(C, 80))), ALREADY_TWO.0);
    assert_eq!(code(differing().keep(B, Slot::First)), SETTLER_IS_TYPIST.0);
    let settled = one.second(typed(B, 80)).unwrap();
    assert_eq!(code(settled.discard(BOSS)), NOT_DIFFERENT.0);
}

#[derive(Debug, Clone, Copy)]
enum Verb {
    First(Typed),
    Second(Typed),
    Correct(Typed),
    Keep(OperatorId, Slot),
    Discard(OperatorId),
    SendBack(OperatorId, Slot),
}

fn run(state: Entries, verb: Verb) -> Result<Entries, Refusal> {
    match verb {
        Verb::First(t) => state.first(t),
        Verb::Second(t) => state.second(t),
        Verb::Correct(t) => state.correct(t),
        Verb::Keep(who, slot) => state.keep(who, slot),
        Verb::Discard(who) => state.discard(who),
        Verb::SendBack(who, slot) => state.send_back(who, slot),
    }
}

fn marks() -> impl Strategy<Value = Mark> {
    prop_oneof![Just(Mark::Absent), Just(Mark::Void), (0i32..3).prop_map(|n| Mark::Points(Points::whole(n)))]
}

fn verbs() -> impl Strategy<Value = Verb> {
    let who = || (1i64..5).prop_map(OperatorId);
    let typed = move || (who(), marks()).prop_map(|(operator, mark)| Typed { operator, mark });
    let slot = || prop_oneof![Just(Slot::First), Just(Slot::Second)];
    prop_oneof![
        typed().prop_map(Verb::First),
        typed().prop_map(Verb::Second),
        typed().prop_map(Verb::Correct),
        (who(), slot()).prop_map(|(w, s)| Verb::Keep(w, s)),
        who().prop_map(Verb::Discard),
        (who(), slot()).prop_map(|(w, s)| Verb::SendBack(w, s)),
    ]
}

proptest! {
    #[test]
    fn two_equal_entries_settle_and_two_different_never_do(one in marks(), two in marks()) {
        let first = Entries::None.first(Typed { operator: A, mark: one }).unwrap();
        let both = first.second(Typed { operator: B, mark: two }).unwrap();
        prop_assert_eq!(both.settled(), (one == two).then_some(one));
    }

    #[test]
    fn no_sequence_lets_one_operator_own_both_or_settles_alone(all in prop::collection::vec(verbs(), 0..40)) {
        let mut state = Entries::None;
        for verb in all {
            if let Ok(next) = run(state, verb) {
                state = next;
            }
            let live = state.live();
            if let [first, second] = live.as_slice() {
                prop_assert_ne!(first.operator, second.operator);
            }
            if let Some(mark) = state.settled() {
                prop_assert_eq!(live.len(), 2);
                prop_assert!(live.iter().all(|t| t.mark == mark));
            }
        }
    }

    #[test]
    fn whoever_has_a_turn_may_enter(all in prop::collection::vec(verbs(), 0..20), who in 1i64..5, mark in marks()) {
        let state = all.into_iter().fold(Entries::None, |s, v| run(s, v).unwrap_or(s));
        let typed = Typed { operator: OperatorId(who), mark };
        prop_assert_eq!(state.turn(typed.operator).is_ok(), state.enter(typed).is_ok());
    }
}
