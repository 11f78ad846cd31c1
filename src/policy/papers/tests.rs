use super::*;
use crate::model::{BagId, BagState, Level, PaperMove, Stamp};
use crate::policy::seating::{SeatOrder, Seating, Side};
use proptest::prelude::*;
use std::collections::BTreeMap;

const PAPERS: Papers = Papers { spare_per_bag: 2, fetchers: 3, unseal_before_min: 10 };
const ROOM: Seating = Seating {
    rows: 6,
    columns: 5,
    order: SeatOrder::Serpentine,
    door: Side::Left,
    max_per_room: 30,
    merge_remainder: 0,
    separate_colleagues: true,
    paper_forms: 2,
    same_seat: true,
};

fn sitter(occupation: &str, level: u8, seat: i64) -> Sitter {
    Sitter { occupation: occupation.to_owned(), level: Level::try_from(level).unwrap(), seat }
}

fn paper(occupation: &str, level: u8) -> Paper {
    Paper { occupation: occupation.to_owned(), level: Level::try_from(level).unwrap(), form: None }
}

#[test]
fn a_room_needs_a_bag_for_every_occupation_and_level() {
    let one_form = Seating { paper_forms: 1, ..ROOM };
    let sitters = [sitter("a", 3, 1), sitter("b", 3, 2), sitter("a", 4, 3), sitter("a", 3, 4)];
    let need = needed(&sitters, &one_form);
    let expected = [(paper("a", 3), 2), (paper("a", 4), 1), (paper("b", 3), 1)];
    assert_eq!(need, expected.into_iter().collect::<BTreeMap<_, _>>().clone());
    assert_eq!(needed(&sitters, &ROOM).values().sum::<i64>(), 4);
}

#[test]
fn what_is_packed_stays_and_the_rest_follows_the_seats() {
    let need: BTreeMap<_, _> = [(paper("a", 3), 10), (paper("b", 3), 4)].into_iter().collect();
    let bag = |n, paper, sheets, packed| Existing { bag: BagId(n), paper, sheets, packed };
    let add = |paper, sheets| Change::Add { paper, sheets };
    assert_eq!(replan(&need, &[]), [add(paper("a", 3), 10), add(paper("b", 3), 4)]);
    // One more came after the bag went out: a further bag for them alone.
    let out = [bag(1, paper("a", 3), 9, true), bag(2, paper("b", 3), 4, false)];
    assert_eq!(replan(&need, &out), [add(paper("a", 3), 1)]);
    // Fewer than what is packed: nothing is taken out of it. What nobody needs any more goes.
    let gone = [bag(1, paper("a", 3), 12, true), bag(2, paper("b", 3), 5, false), bag(3, paper("c", 3), 5, false)];
    let (b, c) = (BagId(2), BagId(3));
    assert_eq!(replan(&need, &gone), [Change::Resize { bag: b, sheets: 4 }, Change::Drop { bag: c }]);
}

#[test]
fn three_fetch_and_nobody_signs_twice() {
    let names = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
    assert_eq!(fetched_by(&PAPERS, "甲", &names(&["乙", "丙", "丁"])), Ok(()));
    assert!(fetched_by(&PAPERS, "甲", &names(&["乙", "丙"])).unwrap_err().is(TOO_FEW_FETCH));
    assert!(fetched_by(&PAPERS, "甲", &names(&["乙", "丙", "甲"])).unwrap_err().is(SAME_PERSON));
    assert!(fetched_by(&PAPERS, "甲", &names(&["乙", "丙", "丙 "])).unwrap_err().is(SAME_PERSON));
}

#[test]
fn bags_are_opened_shortly_before_the_start() {
    let at = |clock: &str| Stamp::parse(&format!("2023-10-15T{clock}+08:00")).unwrap();
    let open = |clock| may_unseal(&PAPERS, at("08:30:00"), at(clock));
    assert!(open("08:19:59").unwrap_err().is(UNSEAL_TOO_EARLY));
    assert_eq!((open("08:20:00"), open("08:30:00")), (Ok(Opening::InTime), Ok(Opening::InTime)));
    assert_eq!(open("08:30:01"), Ok(Opening::Late { minutes: 1 }));
}

#[test]
fn every_difference_is_named_in_figures() {
    let known = Known { issued: 32, seated: 30, here: 28, void: 1 }.counts();
    assert_eq!(known, Counts { issued: 32, collected: 27, absent: 2, void: 1, spare: 2 });
    assert_eq!((known.missing(), known.differing(&known)), (0, vec![]));
    // A script is gone, and one of the spare papers was spoilt and replaced one.
    let counted = Counts { collected: 26, void: 2, spare: 1, ..known };
    assert_eq!(counted.missing(), 1);
    let differing: Vec<_> = counted.differing(&known).iter().map(|d| (d.figure.code(), d.counted, d.known)).collect();
    assert_eq!(differing, [("collected", 26, 27), ("void", 2, 1), ("spare", 1, 2)]);
    assert_eq!(Known { issued: 0, seated: 8, here: 8, void: 0 }.counts(), Counts::default());
}

/// Places of the states in the one legal order.
fn place(state: BagState) -> usize {
    BagState::ALL.iter().position(|s| *s == state).unwrap()
}

proptest! {
    /// Whatever is tried, a bag only goes forward, is opened only after it was handed over, and ends where it was stored.
    #[test]
    fn a_bag_moves_only_forward(moves in prop::collection::vec(prop::sample::select(PaperMove::ALL), 0..40)) {
        let mut state = BagState::Stored;
        let mut done = Vec::new();
        for kind in moves {
            match after(state, kind) {
                Ok(next) => {
                    let step = place(next) - place(state);
                    prop_assert!(step == 1 || kind == PaperMove::Corrected && step == 0
                        || (state, next) == (BagState::Out, BagState::Returned));
                    done.push(kind);
                    state = next;
                }
                Err(refusal) => prop_assert!(refusal.is(WRONG_ORDER) && kind != PaperMove::Corrected),
            }
        }
        for kind in PaperMove::ALL.iter().filter(|k| **k != PaperMove::Corrected) {
            prop_assert!(done.iter().filter(|k| *k == kind).count() <= 1);
        }
        let at = |kind| done.iter().position(|k| *k == kind);
        prop_assert!(at(PaperMove::Unsealed) .is_none_or(|n| at(PaperMove::HandedOver).is_some_and(|m| m < n)));
        prop_assert!(at(PaperMove::Collected).is_none_or(|n| at(PaperMove::Unsealed).is_some_and(|m| m < n)));
    }

    #[test]
    fn known_counts_always_add_up(seated in 0i64..60, absent in 0i64..60, void in 0i64..60, spare in 0i64..9) {
        let here = seated - absent.min(seated);
        let known = Known { issued: seated + spare, seated, here, void: void.min(here) };
        prop_assert_eq!(known.counts().missing(), 0);
    }

    /// After the bags are made to fit, every seat has its paper, and packed bags are as they were.
    #[test]
    fn a_plan_covers_every_seat(
        need in prop::collection::btree_map(0u8..4, 1i64..40, 0..4),
        bags in prop::collection::vec((0u8..4, 0i64..40, any::<bool>()), 0..6),
    ) {
        let papers = |n: u8| paper(&n.to_string(), 3);
        let need: BTreeMap<_, _> = need.into_iter().map(|(n, sheets)| (papers(n), sheets)).collect();
        let bags: Vec<_> = (1..).zip(bags)
            .map(|(id, (n, sheets, packed))| Existing { bag: BagId(id), paper: papers(n), sheets, packed }).collect();
        let mut after = bags.clone();
        for change in replan(&need, &bags) {
            match change {
                Change::Add { paper, sheets } =>
                    after.push(Existing { bag: BagId(0), paper, sheets, packed: false }),
                Change::Resize { bag, sheets } =>
                    after.iter_mut().filter(|b| b.bag == bag).for_each(|b| b.sheets = sheets),
                Change::Drop { bag } => after.retain(|b| b.bag != bag),
            }
        }
        for (paper, sheets) in &need {
            let of = |packed: bool| after.iter().filter(move |b| b.paper == *paper && b.packed == packed);
            let fixed: i64 = of(true).map(|b| b.sheets).sum();
            prop_assert_eq!(of(false).map(|b| b.sheets).sum::<i64>(), (sheets - fixed).max(0));
        }
        prop_assert!(bags.iter().filter(|b| b.packed).all(|b| after.contains(b)));
        prop_assert!(after.iter().all(|b| b.packed || need.contains_key(&b.paper)));
        prop_assert_eq!(replan(&need, &after), vec![]);
    }
}
