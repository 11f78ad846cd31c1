use super::*;
use crate::policy::notice::tests::nmg_2023;

fn policy() -> Policy {
    nmg_2023().policy
}

fn facts() -> Facts {
    Facts {
        past: Vec::new(),
        stamps: Vec::new(),
        state: "submitted",
        unit: Some("ordos".to_owned()),
        filed_by_unit: true,
        objection: false,
        query_missing: false,
        eligibility: None,
        papers: Papers::default(),
        own_entry: false,
    }
}

fn all_stamps(policy: &Policy) -> Vec<Placed> {
    let dated = "2023-09-18".parse().unwrap();
    let put = |by: &_| Placed { by: *by, agrees: true, stamped: true, signers: 1, dated, has_document_no: false };
    policy.stamps.chain.iter().map(put).collect()
}

fn reviewer(operator: i64, organisation: &str) -> Reviewer {
    Reviewer { operator, organisation: organisation.to_owned(), unit: None }
}

fn passed(step: ReviewStep, operator: i64, organisation: &str) -> Past {
    Past { round: 1, step, decision: ReviewDecision::Pass, operator, organisation: organisation.to_owned() }
}

fn now() -> Stamp {
    Stamp::parse("2023-09-20T09:00:00+08:00").unwrap()
}

fn pass(policy: &Policy, step: ReviewStep, facts: &Facts, by: &Reviewer) -> Result<Vec<Doubt>, Refusal> {
    may_review(policy, (step, ReviewDecision::Pass), facts, by, now())
}

use ReviewStep::{First, Second};

#[test]
fn the_second_review_takes_only_whom_the_first_has_passed_s1_28() {
    let (policy, facts) = (policy(), facts());
    assert_eq!(pass(&policy, First, &facts, &reviewer(1, "甲")), Ok(vec![]));
    let refusal = pass(&policy, Second, &facts, &reviewer(2, "乙")).unwrap_err();
    assert_eq!(refusal.to_string(), "review.out_of_order step=review_step.second first=review_step.first");
    let past = vec![passed(First, 1, "甲")];
    let facts = Facts { past, stamps: all_stamps(&policy), ..facts };
    assert_eq!(pass(&policy, Second, &facts, &reviewer(2, "乙")), Ok(vec![]));
    assert!(pass(&policy, First, &facts, &reviewer(2, "乙")).unwrap_err().is(ALREADY));
}

/// S1-27, S1-28: the co-organiser first, then the issuer.
#[test]
fn the_two_reviews_are_by_different_people_of_different_organisations_s1_27() {
    let policy = policy();
    let facts = Facts { past: vec![passed(First, 1, "甲")], stamps: all_stamps(&policy), ..facts() };
    assert!(pass(&policy, Second, &facts, &reviewer(1, "乙")).unwrap_err().is(SAME_OPERATOR));
    assert!(pass(&policy, Second, &facts, &reviewer(2, "甲")).unwrap_err().is(SAME_ORGANISATION));
    let mut lenient = policy;
    lenient.reviews.distinct_organisations = false;
    assert_eq!(pass(&lenient, Second, &facts, &reviewer(2, "甲")), Ok(vec![]));
}

/// S0-14, S1-14: approval waits for every opinion and stamp.
#[test]
fn the_last_review_waits_for_every_stamp_s0_14_s1_14() {
    let mut policy = policy();
    let past = vec![passed(First, 1, "甲")];
    let mut stamps = all_stamps(&policy);
    stamps.pop();
    let facts = Facts { past, stamps, ..facts() };
    let refusal = pass(&policy, Second, &facts, &reviewer(2, "乙")).unwrap_err();
    assert_eq!(refusal.to_string(), "review.stamps_missing count=1 stamp=stamp.issuer state=stamp_state.missing");
    let back = may_review(&policy, (Second, ReviewDecision::Return), &facts, &reviewer(2, "乙"), now());
    assert_eq!(back, Ok(vec![]), "somebody can be sent back without a stamp");
    policy.stamps.required_for_approval = false;
    assert_eq!(pass(&policy, Second, &facts, &reviewer(2, "乙")), Ok(vec![]));
}

/// S1-83: what was returned comes again, and both steps look at it anew.
#[test]
fn a_return_starts_the_next_round_s1_83() {
    let back = Past { decision: ReviewDecision::Return, ..passed(Second, 2, "乙") };
    let past = vec![passed(First, 1, "甲"), back];
    assert_eq!(progress(&past), Progress { round: 2, passed: vec![], rejected: false });
    let facts = Facts { past, ..facts() };
    assert_eq!(pass(&policy(), First, &facts, &reviewer(2, "乙")), Ok(vec![]), "who returned it may look first now");
    let waits = Facts { state: "returned", ..facts };
    let refusal = pass(&policy(), First, &waits, &reviewer(1, "甲")).unwrap_err();
    assert_eq!(refusal.to_string(), "review.not_waiting state=application_state.returned");
}

#[test]
fn nobody_examines_what_they_typed_in() {
    let facts = Facts { own_entry: true, ..facts() };
    assert!(pass(&policy(), First, &facts, &reviewer(1, "甲")).unwrap_err().is(OWN_ENTRY));
}

/// S0-44, S1-42: thirteen units under one issuer; each sees its own people and none decides for the issuer.
#[test]
fn a_unit_examines_its_own_people_and_never_for_the_issuer_s0_44_s1_42() {
    let policy = policy();
    let of = |unit: &str| Reviewer { unit: Some(unit.to_owned()), ..reviewer(1, unit) };
    assert_eq!(pass(&policy, First, &facts(), &of("ordos")), Ok(vec![]));
    assert!(pass(&policy, First, &facts(), &of("wuhai")).unwrap_err().is(NOT_YOUR_UNIT));
    let facts = Facts { past: vec![passed(First, 9, "甲")], ..facts() };
    assert!(pass(&policy, Second, &facts, &of("ordos")).unwrap_err().is(WRONG_BODY));
}

#[test]
fn conditions_and_papers_are_doubts_and_no_refusals() {
    let papers = Papers { missing: 1, faulty: 2 };
    let facts = Facts { eligibility: Some(Eligibility::NotMet), papers, query_missing: true, ..facts() };
    let doubts = [Doubt::NotEligible, Doubt::MaterialsMissing, Doubt::MaterialsFaulty, Doubt::QueryMissing];
    assert_eq!(pass(&policy(), First, &facts, &reviewer(1, "甲")), Ok(doubts.to_vec()));
    let undecided = Facts { eligibility: Some(Eligibility::Undecided), ..self::facts() };
    assert_eq!(pass(&policy(), First, &undecided, &reviewer(1, "甲")), Ok(vec![Doubt::NotDecidable]));
}

/// S2-14: the review has a period of its own; a late decision needs a reason.
#[test]
fn outside_the_period_of_the_review_is_a_doubt() {
    let mut policy = policy();
    let moment = |day: &str| crate::policy::Moment { day: day.parse().unwrap(), time: None };
    policy.windows.review =
        vec![crate::policy::windows::Window { start: moment("2023-09-01"), end: moment("2023-09-19") }];
    assert_eq!(pass(&policy, First, &facts(), &reviewer(1, "甲")), Ok(vec![Doubt::OutsideWindow]));
    policy.windows.review[0].end = moment("2023-09-20");
    assert_eq!(pass(&policy, First, &facts(), &reviewer(1, "甲")), Ok(vec![]));
}

/// S2-28: the file comes by an office, never from the person alone; S2-19: an objection holds one person up.
#[test]
fn no_individual_submission_and_no_pass_under_an_objection_s2_28() {
    let mut policy = policy();
    let alone = Facts { filed_by_unit: false, ..facts() };
    assert_eq!(pass(&policy, First, &alone, &reviewer(1, "甲")), Ok(vec![]));
    policy.applicants.individual_registration = false;
    assert!(pass(&policy, First, &alone, &reviewer(1, "甲")).unwrap_err().is(INDIVIDUAL));
    let objected = Facts { objection: true, ..facts() };
    assert!(pass(&policy, First, &objected, &reviewer(1, "甲")).unwrap_err().is(OBJECTION));
}
