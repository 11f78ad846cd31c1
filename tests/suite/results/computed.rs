//! Computing, what differs, the audit and the summary that went out.
use super::rules::{P, R, T, all, plant, points};
use crate::harness::{Desk, PlantMarks};
use kaowu::model::{Mark, Points, Refusal, Stamp, Subject};
use kaowu::ops::results::{
    self, Answer, AnswerAudit, AskAudit, AuditStanding, ComputationStanding, Compute, Computed, SendSummary, Stamped,
    SummaryState,
};
use kaowu::ops::{ComputationRow, Operation, OutcomeState, Result, SentManner, Work};
use proptest::prelude::*;

/// Everybody has every mark: all pass but the first.
fn marked(people: usize) -> Desk {
    let mut desk = Desk::seated(people);
    desk.at("18:00");
    for (n, person) in all(&desk).iter().enumerate() {
        let theory = if n == 0 { points(40) } else { points(80) };
        plant(&mut desk, person, &[(T, theory), (P, points(70)), (R, points(75))]);
    }
    desk
}

fn compute(desk: &mut Desk) -> Computed {
    desk.does(&Compute::default())
}

fn approve(by: &str) -> AnswerAudit {
    AnswerAudit {
        answer: Answer::Approve,
        auditor: by.into(),
        on: None,
        document_no: Some("内技鉴7号".into()),
        note: None,
    }
}

fn summary() -> SendSummary {
    SendSummary {
        recipient: "就促会".into(),
        on: None,
        sent_by: None,
        signed_by: "考点主任".into(),
        stamped: Stamped::Yes,
        manner: SentManner::Paper,
        note: None,
    }
}

#[test]
fn a_computation_stays_and_a_change_makes_a_new_one_beside_it() {
    let mut desk = marked(6);
    let first = compute(&mut desk);
    assert!(first.made && first.before.is_none());
    assert_eq!((first.computation.applied, first.computation.passed, first.computation.failed), (6, 5, 1));
    let again = compute(&mut desk);
    assert_eq!((again.made, &again.computation), (false, &first.computation), "nothing changed, nothing is stored");
    let person = all(&desk).remove(0);
    plant(&mut desk, &person, &[(T, points(60))]);
    let ComputationStanding::Changed { people } = results::standing(&desk.site).unwrap() else { panic!("changed") };
    assert_eq!((people.len(), people[0].application), (1, person.application));
    let second = compute(&mut desk);
    assert_eq!((second.made, second.before, second.computation.passed), (true, Some(first.computation.id), 6));
    assert_eq!(results::standing(&desk.site).unwrap(), ComputationStanding::Holds);
    let changed = results::between(&desk.site, first.computation.id, second.computation.id).unwrap();
    assert_eq!(changed, people, "what was foretold is what came");
    let (before, after) = (changed[0].before.unwrap(), changed[0].after.unwrap());
    assert_eq!((before.outcome, after.outcome), (OutcomeState::Failed, OutcomeState::Passed));
    assert_eq!((before.marks[0], after.marks[0]), (Some(points(40)), Some(points(60))));
    let kept = results::computations(&desk.site).unwrap();
    assert_eq!(kept.iter().map(|c| c.id).collect::<Vec<_>>(), [second.computation.id, first.computation.id]);
}

#[test]
fn marks_that_are_not_asked_for_are_no_input_and_a_lost_mark_is() {
    let mut desk = marked(6);
    let first = compute(&mut desk).computation;
    let low = all(&desk).into_iter().find(|r| !r.level.is_technician()).unwrap();
    plant(&mut desk, &low, &[(R, points(1))]);
    assert!(!compute(&mut desk).made, "lower levels have no review");
    plant(&mut desk, &low, &[(P, Mark::Void)]);
    assert_ne!(compute(&mut desk).computation.inputs, first.inputs);
}

/// Takes a stored computation away, or writes over it: the tables refuse both.
#[derive(serde::Serialize)]
struct Tamper(bool);

impl Operation for Tamper {
    const KIND: &'static str = "test.tamper";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let row = kaowu::store::rows::first::<ComputationRow>(work.tx.db(), "", [])?.unwrap();
        if self.0 {
            work.tx.delete(&row)?;
        } else {
            work.tx.update(&row, &ComputationRow { failed: row.failed - 1, passed: row.passed + 1, ..row.clone() })?;
        }
        Ok(())
    }
}

#[test]
fn the_tables_keep_what_was_computed() {
    let mut desk = marked(3);
    compute(&mut desk);
    for tamper in [Tamper(true), Tamper(false)] {
        let error = desk.try_to(&tamper).unwrap_err().to_string();
        assert!(error.contains("stays as it was"), "{error}");
    }
}

#[test]
fn nothing_is_computed_of_nobody() {
    let mut desk = Desk::with_batch();
    assert_eq!(desk.refused(&Compute::default()), "results.nobody_applied");
    assert_eq!(results::standing(&desk.site).unwrap(), ComputationStanding::None);
    assert_eq!(desk.refused(&summary()), "results.no_computation");
}

/// A filing under the enterprises' notice of 2019, where an office audits.
fn enterprise() -> Desk {
    let mut desk = Desk::new();
    desk.open_batch_of("nmg-enterprise-2019");
    desk.people(6);
    desk.reviewed();
    for person in all(&desk) {
        desk.does(&PlantMarks(Subject::ALL.iter().map(|s| (person.application, *s, points(80))).collect()));
    }
    desk
}

/// S3-24: results are audited by the region's centre before there are certificates; one sends, another records.
#[test]
fn results_wait_for_the_office_and_two_people_stand_for_its_answer_s3_24() {
    let mut desk = enterprise();
    let state = |desk: &Desk| results::audit(&desk.site).unwrap();
    assert_eq!((state(&desk).state, state(&desk).passed), (AuditStanding::NotSent, false));
    assert_eq!(desk.refused(&AskAudit::default()), "results.no_computation");
    compute(&mut desk);
    assert_eq!(desk.refused(&approve("中心")), "results.audit_not_sent");
    desk.does(&AskAudit { note: Some("送自治区中心".into()) });
    assert_eq!((state(&desk).state, state(&desk).passed), (AuditStanding::Waits, false));
    assert_eq!(desk.refused(&AskAudit::default()), "results.audit_waits");
    assert_eq!(desk.refused(&approve("中心")), "results.audit_own");
    desk.sign_on("approver");
    assert_eq!(desk.refused(&approve(" ")), "results.audit_by_whom");
    let late = AnswerAudit { on: Some("2023-10-16".parse().unwrap()), ..approve("中心") };
    assert_eq!(desk.refused(&late), "results.audit_date");
    let back = AnswerAudit { answer: Answer::Return, note: None, ..approve("中心") };
    assert_eq!(desk.refused(&back), "results.audit_note");
    desk.does(&AnswerAudit { note: Some("一人等级有误".into()), ..back });
    assert_eq!((state(&desk).state, state(&desk).passed), (AuditStanding::Returned, false));
    desk.clock().set(Stamp(desk.site.now().0 + 1000));
    desk.does(&AskAudit::default());
    desk.sign_on("coordinator");
    desk.does(&approve("自治区职业技能鉴定管理中心"));
    assert_eq!((state(&desk).state, state(&desk).passed), (AuditStanding::Approved, true));
    assert_eq!(desk.refused(&AskAudit::default()), "results.audited_already");
    // Whatever changes afterwards was not audited.
    let person = all(&desk).remove(0);
    plant(&mut desk, &person, &[(T, points(10))]);
    compute(&mut desk);
    assert_eq!((state(&desk).state, state(&desk).passed, state(&desk).rows.len()), (AuditStanding::NotSent, false, 2));
}

#[test]
fn an_audit_is_of_marks_as_they_are_and_of_everybody_s3_24() {
    let mut desk = enterprise();
    compute(&mut desk);
    desk.does(&AskAudit::default());
    desk.sign_on("approver");
    let person = all(&desk).remove(0);
    plant(&mut desk, &person, &[(T, points(10))]);
    assert_eq!(desk.refused(&approve("中心")), "results.changed_since");
    let mut desk = Desk::new();
    desk.open_batch_of("nmg-enterprise-2019");
    desk.people(2);
    compute(&mut desk);
    assert_eq!(desk.refused(&AskAudit::default()), "results.audit_incomplete");
}

#[test]
fn where_the_notice_asks_for_no_audit_none_is_sent() {
    let mut desk = marked(3);
    compute(&mut desk);
    assert_eq!(desk.refused(&AskAudit::default()), "results.audit_not_asked_for");
    let audit = results::audit(&desk.site).unwrap();
    assert_eq!((audit.state, audit.passed), (AuditStanding::NotAskedFor, true));
}

/// S1-37: who sent the summary, when, to whom; S1-36: by the tenth working day after the exam.
#[test]
fn the_summary_has_a_state_and_a_day_s1_36_s1_37() {
    let mut desk = marked(6);
    assert_eq!(desk.refused(&summary()), "results.no_computation");
    compute(&mut desk);
    let state = |desk: &Desk| results::summary(&desk.site).unwrap();
    let due = state(&desk).due.unwrap().to_string();
    assert_eq!((state(&desk).state, due.as_str(), state(&desk).left), (SummaryState::NotSent, "2023-10-27", Some(10)));
    assert_eq!(desk.refused(&SendSummary { stamped: Stamped::No, ..summary() }), "results.sent_unstamped");
    assert_eq!(desk.refused(&SendSummary { recipient: " ".into(), ..summary() }), "results.sent_words");
    let early = SendSummary { on: Some("2023-10-14".parse().unwrap()), ..summary() };
    assert_eq!(desk.refused(&early), "results.sent_date");
    let row = desk.does(&summary());
    assert_eq!((row.sent_by.as_str(), row.recipient.as_str()), ("coordinator", "就促会"));
    assert_eq!(state(&desk).state, SummaryState::Sent);
    let person = all(&desk).remove(0);
    plant(&mut desk, &person, &[(T, points(60))]);
    assert_eq!(state(&desk).state, SummaryState::Outdated, "what was sent is not what results are");
    assert_eq!(desk.refused(&summary()), "results.changed_since");
    compute(&mut desk);
    assert_eq!(state(&desk).state, SummaryState::Outdated);
    desk.clock().set(Stamp::parse("2023-10-30T09:00:00+08:00").unwrap());
    assert_eq!(state(&desk).left, Some(-1));
    desk.does(&summary());
    assert_eq!((state(&desk).state, state(&desk).rows.len()), (SummaryState::Sent, 2));
}

#[test]
fn a_summary_with_gaps_does_not_go_out_s1_37() {
    let mut desk = Desk::seated(3);
    compute(&mut desk);
    assert_eq!(desk.refused(&summary()), "results.sent_incomplete");
    let said = |r: &Refusal| r.code.0 == "results.sent_incomplete" && r.get("count").is_some();
    assert!(desk.try_to(&summary()).unwrap_err().refusal().is_some_and(said));
}

fn mark() -> impl Strategy<Value = Mark> {
    prop_oneof![Just(Mark::Absent), Just(Mark::Void), (0i32..=200).prop_map(|n| Mark::Points(Points::new(n * 50)))]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    /// The same marks of the same people in another order, people too: the same digest, the same outcomes.
    #[test]
    fn an_outcome_never_depends_on_the_order_of_entry(
        marks in prop::collection::vec((mark(), mark(), mark()), 5),
        people in Just((0..5usize).collect::<Vec<_>>()).prop_shuffle(),
        order in Just((0..15usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let built = |people: &[usize], order: &[usize]| {
            let mut desk = Desk::with_batch();
            let codes = desk.site.codes().unwrap();
            let sheet = kaowu::ops::demo::people::rows(&codes, 1, 5);
            people.iter().for_each(|n| desk.sheet(std::slice::from_ref(&sheet[*n])));
            let mut who = all(&desk);
            who.sort_by(|a, b| a.id_number.cmp(&b.id_number));
            for n in order {
                let (person, (theory, practical, review)) = (&who[n / 3], &marks[n / 3]);
                let part = n % 3;
                plant(&mut desk, person, &[(Subject::ALL[part], [*theory, *practical, *review][part])]);
            }
            let done = desk.does(&Compute::default()).computation;
            let mut outcomes: Vec<_> = all(&desk).into_iter().map(|r| (r.id_number, r.outcome)).collect();
            outcomes.sort_by(|a, b| a.0.cmp(&b.0));
            (done.inputs, done.passed, done.failed, outcomes)
        };
        let straight: Vec<usize> = (0..15).collect();
        prop_assert_eq!(built(&[0, 1, 2, 3, 4], &straight), built(&people, &order));
    }
}
