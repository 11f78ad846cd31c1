//! Marks to outcomes, the board and the list of what is missing.
use crate::harness::{Desk, PlantMarks};
use crate::panel::world::{fill, sign, with_panel};
use kaowu::model::{ApplicationId, EntryId, Level, Mark, OperatorId, Points, Role, Subject};
use kaowu::ops::results::{self, Filter, Outcome, OutcomeKind, Parts, ResultRow, Standing, Why};
use kaowu::ops::{EntryRow, EntrySource, EntryState, MarkKind, Operation, Result, Work};
use proptest::prelude::*;

pub fn all(desk: &Desk) -> Vec<ResultRow> {
    results::outcomes(&desk.site, &Filter::default()).unwrap()
}

pub fn points(n: i32) -> Mark {
    Mark::Points(Points::whole(n))
}

pub fn plant(desk: &mut Desk, who: &ResultRow, marks: &[(Subject, Mark)]) {
    desk.does(&PlantMarks(marks.iter().map(|(s, m)| (who.application, *s, *m)).collect()));
}

fn again(desk: &Desk, who: &ResultRow) -> ResultRow {
    all(desk).into_iter().find(|r| r.application == who.application).unwrap()
}

fn only(part: Subject) -> Parts {
    Parts::NONE.with(part)
}

pub const T: Subject = Subject::Theory;
pub const P: Subject = Subject::Practical;
pub const R: Subject = Subject::Review;

#[test]
fn a_hundred_and_twenty_is_no_pass_s0_27_s1_23() {
    let mut desk = Desk::seated(60);
    let people: Vec<_> = all(&desk).into_iter().filter(|r| !r.level.is_technician()).collect();
    plant(&mut desk, &people[0], &[(T, points(100)), (P, points(20))]);
    plant(&mut desk, &people[1], &[(T, points(60)), (P, points(60))]);
    plant(&mut desk, &people[2], &[(T, Mark::Points(Points::new(5950))), (P, points(100))]);
    let failed = |part| Outcome::Failed { below: only(part), absent: Parts::NONE, void: Parts::NONE };
    assert_eq!(again(&desk, &people[0]).outcome, failed(P));
    assert_eq!(again(&desk, &people[1]).outcome, Outcome::Passed);
    assert_eq!(again(&desk, &people[2]).outcome, failed(T));
    assert_eq!(again(&desk, &people[1]).review, Standing::NotRequired);
    assert_eq!(again(&desk, &people[3]).theory, Standing::Missing);
}

#[test]
fn absent_zero_void_missing_and_not_required_are_five_things_s1_21() {
    let mut desk = Desk::seated(60);
    let people: Vec<_> = all(&desk).into_iter().filter(|r| !r.level.is_technician()).collect();
    plant(&mut desk, &people[0], &[(T, points(0)), (P, Mark::Absent)]);
    plant(&mut desk, &people[1], &[(T, Mark::Void)]);
    let row = serde_json::to_value(again(&desk, &people[0])).unwrap();
    assert_eq!(
        (&row["theory"], &row["practical"], &row["review"]),
        (&"0".into(), &"absent".into(), &"not_required".into())
    );
    assert_eq!(
        (&row["outcome"], &row["below"][0], &row["absent"][0]),
        (&"failed".into(), &"theory".into(), &"practical".into())
    );
    let row = serde_json::to_value(again(&desk, &people[1])).unwrap();
    assert_eq!(
        (&row["theory"], &row["practical"], &row["outcome"]),
        (&"void".into(), &"missing".into(), &"incomplete".into())
    );
}

#[test]
fn a_technician_passes_only_with_the_sealed_review_s1_22_s1_23() {
    let (mut desk, formed) = with_panel(60);
    let person = all(&desk).into_iter().find(|r| r.level.is_technician()).unwrap();
    plant(&mut desk, &person, &[(T, points(90)), (P, points(90))]);
    assert_eq!(again(&desk, &person).outcome, Outcome::Incomplete { missing: only(R) });
    let reason = |desk: &Desk| {
        let missing = results::missing(&desk.site, 1000).unwrap();
        missing.rows.into_iter().find(|m| m.application == person.application && m.subject == R).map(|m| m.why)
    };
    assert_eq!(reason(&desk), Some(Why::Sheets { panel: "第一组".into(), missing: 3 }));
    fill(&mut desk, formed.panel);
    assert_eq!(reason(&desk), Some(Why::NotSealed { panel: "第一组".into() }));
    assert_eq!(again(&desk, &person).outcome, Outcome::Incomplete { missing: only(R) });
    sign(&mut desk, formed.panel);
    desk.does(&kaowu::ops::panel::Seal { panel: formed.panel });
    assert_eq!(reason(&desk), None);
    assert_eq!(again(&desk, &person).outcome, Outcome::Passed);
}

#[test]
fn what_is_missing_is_counted_beyond_what_is_listed() {
    let desk = Desk::seated(30);
    let required: usize = all(&desk).iter().map(|r| if r.level.is_technician() { 3 } else { 2 }).sum();
    let missing = results::missing(&desk.site, 5).unwrap();
    assert_eq!((missing.rows.len(), missing.total), (5, required));
    assert_eq!(missing.rows[0].why, Why::NotEntered);
    let whole = results::missing(&desk.site, 1000).unwrap();
    assert!(whole.rows.iter().filter(|m| m.subject == R).all(|m| m.why == Why::NoPanel));
}

/// Entries as score entry leaves them behind, without its rules.
#[derive(serde::Serialize)]
struct PlantEntries(Vec<(ApplicationId, Vec<EntryState>)>);

impl Operation for PlantEntries {
    const KIND: &'static str = "test.entries";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        for (application, states) in &self.0 {
            for (slot, state) in (1..).zip(states) {
                let id = EntryId(work.tx.next_id::<EntryRow>()?);
                let (application, state, operator) = (*application, *state, OperatorId(slot + 3));
                let (mark, points) = (MarkKind::Points, Some(Points::whole(50)));
                let (subject, at, accepted) = (T, work.now, String::new());
                work.tx.insert(&EntryRow {
                    id,
                    application,
                    subject,
                    slot,
                    state,
                    mark,
                    points,
                    items: None,
                    remark: None,
                    source: EntrySource::Typed,
                    operator,
                    at,
                    accepted,
                })?;
            }
        }
        Ok(())
    }
}

#[test]
fn what_is_missing_says_how_far_entry_is() {
    use EntryState::{Differs, Discarded, Open, Returned};
    let mut desk = Desk::seated(30);
    let people = all(&desk);
    let states = [vec![Open], vec![Differs, Differs], vec![Returned, Open], vec![Discarded]];
    let planted = people.iter().zip(states).map(|(row, states)| (row.application, states)).collect();
    desk.does(&PlantEntries(planted));
    let missing = results::missing(&desk.site, 1000).unwrap().rows;
    let why = |row: &ResultRow| {
        missing.iter().find(|m| m.application == row.application && m.subject == T).map(|m| m.why.clone())
    };
    let found: Vec<_> = people[..4].iter().filter_map(why).collect();
    assert_eq!(found, [Why::OneEntry, Why::Differs, Why::Returned, Why::NotEntered]);
}

#[test]
fn a_list_is_narrowed_by_text_occupation_level_and_outcome() {
    let mut desk = Desk::seated(60);
    let people = all(&desk);
    let one = people.iter().find(|r| !r.level.is_technician()).unwrap().clone();
    plant(&mut desk, &one, &[(T, points(60)), (P, points(61))]);
    let list = |filter: Filter| results::listed(&desk.site, &filter, 10).unwrap();
    let passed = list(Filter { outcome: Some(OutcomeKind::Passed), ..Filter::default() });
    assert_eq!((passed.total, passed.rows[0].application), (1, one.application));
    let ticket = list(Filter { text: one.ticket.clone().unwrap(), ..Filter::default() });
    assert_eq!(ticket.rows[0].application, one.application);
    let here = Filter { occupation: Some(one.occupation.clone()), level: Some(one.level), ..Filter::default() };
    let same = people.iter().filter(|r| r.occupation == one.occupation && r.level == one.level).count();
    assert_eq!(list(here).total, same);
    assert_eq!(list(Filter::default()).rows.len(), 10);
    assert_eq!(list(Filter::default()).total, 60);
}

#[derive(serde::Serialize)]
struct Look(ApplicationId);

impl Operation for Look {
    const KIND: &'static str = "test.look";
    const ROLES: &'static [Role] = &[];
    type Out = (Outcome, usize);

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<(Outcome, usize)> {
        Ok((results::outcome_of(work, self.0)?, results::passed(work)?.len()))
    }
}

#[test]
fn operations_see_the_same_outcomes() {
    let mut desk = Desk::seated(30);
    let one = all(&desk).into_iter().find(|r| r.level == Level::Five || r.level == Level::Four).unwrap();
    plant(&mut desk, &one, &[(T, points(60)), (P, points(60))]);
    assert_eq!(desk.does(&Look(one.application)), (Outcome::Passed, 1));
    assert_eq!(desk.refused(&Look(ApplicationId(999))), "results.unknown_application");
}

fn mark() -> impl Strategy<Value = Option<Mark>> {
    prop_oneof![
        Just(None),
        Just(Some(Mark::Absent)),
        Just(Some(Mark::Void)),
        (0i32..=200).prop_map(|halves| Some(Mark::Points(Points::new(halves * 50)))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_boards_sums_are_the_lists_counts_s1_37(marks in prop::collection::vec((mark(), mark(), mark()), 24)) {
        let mut desk = Desk::seated(24);
        let mut planted = Vec::new();
        for (row, (theory, practical, review)) in all(&desk).iter().zip(marks) {
            let boxes = [(T, theory), (P, practical), (R, review)];
            planted.extend(boxes.into_iter().filter_map(|(part, mark)| Some((row.application, part, mark?))));
        }
        desk.does(&PlantMarks(planted));
        let (rows, board) = (all(&desk), results::board(&desk.site).unwrap());
        let kind = |kind| rows.iter().filter(|r| OutcomeKind::of(r.outcome) == kind).count() as u64;
        let sum = |of: fn(&results::Counts) -> u64| board.rows.iter().map(|l| of(&l.counts)).sum::<u64>();
        prop_assert_eq!((board.totals.applied, sum(|c| c.applied)), (24, 24));
        prop_assert_eq!((board.totals.passed, sum(|c| c.passed)), (kind(OutcomeKind::Passed), kind(OutcomeKind::Passed)));
        prop_assert_eq!((board.totals.failed, sum(|c| c.failed)), (kind(OutcomeKind::Failed), kind(OutcomeKind::Failed)));
        prop_assert_eq!(board.totals.incomplete, kind(OutcomeKind::Incomplete));
        prop_assert_eq!(sum(|c| c.passed + c.failed + c.incomplete), 24);
        prop_assert!(board.totals.sat + board.totals.absent <= 24);
        for spread in board.spreads {
            let standing = |wanted: fn(Standing) -> bool| rows.iter().filter(|r| wanted(r.of(spread.subject))).count() as u64;
            prop_assert_eq!(spread.marked(), standing(|s| matches!(s, Standing::Points(_))));
            prop_assert_eq!(spread.absent, standing(|s| s == Standing::Absent));
            prop_assert_eq!(spread.void, standing(|s| s == Standing::Void));
            prop_assert_eq!(spread.missing, standing(|s| s == Standing::Missing));
            let reached = rows.iter().filter(|r| matches!(r.of(spread.subject), Standing::Points(p) if p >= Points::whole(60)));
            prop_assert_eq!(board.totals.passed_part(spread.subject), reached.count() as u64);
        }
    }
}
