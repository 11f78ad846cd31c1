//! Whether an application may be passed, returned or rejected in a step, by this reviewer, now.
use super::{Body, ReviewBy, Reviews};
use crate::model::{Code, Refusal, ReviewDecision, ReviewStep, Stamp};
use crate::policy::Policy;
use crate::policy::stamps::Placed;
use crate::policy::windows::WindowKind;
use serde::Serialize;

pub const NO_SUCH_STEP: Code = Code("review.no_such_step");
pub const NOT_WAITING: Code = Code("review.not_waiting");
pub const OUT_OF_ORDER: Code = Code("review.out_of_order");
pub const ALREADY: Code = Code("review.already_decided");
pub const STAMPS: Code = Code("review.stamps_missing");
pub const SAME_OPERATOR: Code = Code("review.same_operator");
pub const SAME_ORGANISATION: Code = Code("review.same_organisation");
pub const OWN_ENTRY: Code = Code("review.own_entry");
pub const WRONG_BODY: Code = Code("review.wrong_body");
pub const NOT_YOUR_UNIT: Code = Code("review.not_your_unit");
pub const OBJECTION: Code = Code("review.objection_open");
pub const INDIVIDUAL: Code = Code("review.individual");

/// A decision that was taken, as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// From 1; a resubmission starts the next.
    pub round: i64,
    pub step: ReviewStep,
    pub decision: ReviewDecision,
    pub operator: i64,
    pub organisation: String,
}

/// How far an application has come, from its decisions alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Progress {
    pub round: i64,
    /// Steps passed in this round.
    pub passed: Vec<ReviewStep>,
    pub rejected: bool,
}

/// Every return ends a round.
pub fn progress(past: &[Past]) -> Progress {
    let returned = past.iter().filter(|p| p.decision == ReviewDecision::Return).map(|p| p.round).max();
    let round = returned.unwrap_or(0).saturating_add(1);
    let mut passed: Vec<_> =
        past.iter().filter(|p| p.round == round && p.decision == ReviewDecision::Pass).map(|p| p.step).collect();
    passed.sort_unstable();
    Progress { round, passed, rejected: past.iter().any(|p| p.decision == ReviewDecision::Reject) }
}

impl Reviews {
    /// The first step that is not passed in this round.
    pub fn next(&self, progress: &Progress) -> Option<ReviewBy> {
        self.steps.iter().copied().find(|by| !progress.passed.contains(&by.step))
    }

    pub fn by(&self, step: ReviewStep) -> Option<Body> {
        self.steps.iter().find(|by| by.step == step).map(|by| by.by)
    }
}

/// What the computed conditions say, where they were computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eligibility {
    Met,
    NotMet,
    /// A named piece of evidence is missing.
    Undecided,
}

/// The papers of an application; nothing is known of them while the batch keeps none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Papers {
    /// Materials that the policy asks for and nobody has handed in.
    pub missing: usize,
    /// Found faulty or refused, and not accepted since.
    pub faulty: usize,
}

/// Everything about one application that a decision asks for.
#[derive(Debug, Clone)]
pub struct Facts {
    pub past: Vec<Past>,
    pub stamps: Vec<Placed>,
    /// Code of the application's state; a review decides on `submitted` alone.
    pub state: &'static str,
    /// Code of the policy's unit that takes the applicant.
    pub unit: Option<String>,
    /// Whether an employer or an office filed it.
    pub filed_by_unit: bool,
    /// An objection to the public list is not answered.
    pub objection: bool,
    /// The result of the query of the earlier certificate is asked for and not there (S1-27).
    pub query_missing: bool,
    pub eligibility: Option<Eligibility>,
    pub papers: Papers,
    /// The reviewer typed the application in.
    pub own_entry: bool,
}

/// Who decides.
#[derive(Debug, Clone)]
pub struct Reviewer {
    pub operator: i64,
    pub organisation: String,
    /// Code of the policy's unit that the reviewer acts for, if it is one.
    pub unit: Option<String>,
}

/// What stands against passing, and may be accepted with a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    OutsideWindow,
    NotEligible,
    NotDecidable,
    MaterialsMissing,
    MaterialsFaulty,
    QueryMissing,
}

impl Doubt {
    pub fn key(self) -> &'static str {
        match self {
            Doubt::OutsideWindow => "review_doubt.outside_window",
            Doubt::NotEligible => "review_doubt.not_eligible",
            Doubt::NotDecidable => "review_doubt.not_decidable",
            Doubt::MaterialsMissing => "review_doubt.materials_missing",
            Doubt::MaterialsFaulty => "review_doubt.materials_faulty",
            Doubt::QueryMissing => "review_doubt.query_missing",
        }
    }
}

/// Whether `reviewer` may come to `decision` in `step` now. Doubts stand only against passing.
pub fn may_review(
    policy: &Policy,
    (step, decision): (ReviewStep, ReviewDecision),
    facts: &Facts,
    reviewer: &Reviewer,
    now: Stamp,
) -> Result<Vec<Doubt>, Refusal> {
    let progress = progress(&facts.past);
    its_turn(&policy.reviews, step, facts, &progress)?;
    right_person(policy, step, facts, reviewer, progress.round)?;
    if decision != ReviewDecision::Pass {
        return Ok(Vec::new());
    }
    if facts.objection {
        return Err(Refusal::new(OBJECTION));
    }
    if !policy.applicants.individual_registration && !facts.filed_by_unit {
        return Err(Refusal::new(INDIVIDUAL));
    }
    let last = policy.reviews.steps.last().is_some_and(|by| by.step == step);
    let missing = policy.stamps.missing(&facts.stamps);
    if let (true, true, Some((first, state))) = (last, policy.stamps.required_for_approval, missing.first()) {
        let refusal = Refusal::new(STAMPS).with("count", missing.len()).word("stamp", first.key());
        return Err(refusal.word("state", state.key()));
    }
    Ok(doubts(policy, step, facts, now))
}

fn its_turn(reviews: &Reviews, step: ReviewStep, facts: &Facts, progress: &Progress) -> Result<(), Refusal> {
    if reviews.by(step).is_none() {
        return Err(Refusal::new(NO_SUCH_STEP).word("step", step.key()));
    }
    if facts.state != "submitted" {
        return Err(Refusal::new(NOT_WAITING).word("state", format!("application_state.{}", facts.state)));
    }
    match reviews.next(progress) {
        Some(next) if next.step == step => Ok(()),
        Some(next) if !progress.passed.contains(&step) => {
            Err(Refusal::new(OUT_OF_ORDER).word("step", step.key()).word("first", next.step.key()))
        }
        _ => Err(Refusal::new(ALREADY).word("step", step.key())),
    }
}

/// Whoever typed it in does not examine it; the steps are decided by different persons, of different organisations where
/// the notice says so (S1-27, S1-28); a unit's people see their own unit only and do not decide for those above (S1-42).
fn right_person(
    policy: &Policy,
    step: ReviewStep,
    facts: &Facts,
    reviewer: &Reviewer,
    round: i64,
) -> Result<(), Refusal> {
    if facts.own_entry {
        return Err(Refusal::new(OWN_ENTRY));
    }
    if let (Some(own), Some(body)) = (&reviewer.unit, policy.reviews.by(step)) {
        if body.is_above_units() {
            return Err(Refusal::new(WRONG_BODY).word("step", step.key()).word("body", body.key()));
        }
        if facts.unit.as_ref().is_some_and(|unit| unit != own) {
            return Err(Refusal::new(NOT_YOUR_UNIT).with("organisation", reviewer.organisation.as_str()));
        }
    }
    for past in facts.past.iter().filter(|p| p.round == round && p.step != step) {
        if past.operator == reviewer.operator {
            return Err(Refusal::new(SAME_OPERATOR).word("step", past.step.key()));
        }
        if policy.reviews.distinct_organisations && past.organisation == reviewer.organisation {
            let refusal = Refusal::new(SAME_ORGANISATION).word("step", past.step.key());
            return Err(refusal.with("organisation", past.organisation.as_str()));
        }
    }
    Ok(())
}

fn doubts(policy: &Policy, step: ReviewStep, facts: &Facts, now: Stamp) -> Vec<Doubt> {
    let first = policy.reviews.steps.first().is_some_and(|by| by.step == step);
    let all = [
        (policy.windows.check(WindowKind::Review, now).is_err(), Doubt::OutsideWindow),
        (facts.eligibility == Some(Eligibility::NotMet), Doubt::NotEligible),
        (facts.eligibility == Some(Eligibility::Undecided), Doubt::NotDecidable),
        (facts.papers.missing > 0, Doubt::MaterialsMissing),
        (facts.papers.faulty > 0, Doubt::MaterialsFaulty),
        (first && facts.query_missing, Doubt::QueryMissing),
    ];
    all.into_iter().filter(|(holds, _)| *holds).map(|(_, doubt)| doubt).collect()
}

#[cfg(test)]
mod tests;
