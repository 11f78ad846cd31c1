//! `results.compute`: what everybody came to, stored with a digest of what it was computed from. Each computation stays;
//! the newest one counts, as long as what it was computed from is still so.
use super::{Judge, Outcome, Parts, marks};
use crate::model::{BatchId, Code, ComputationId, Mark, Points, Refusal, Role, Subject};
use crate::ops::{Operation, Result, Undo, Work};
use crate::policy::Policy;
use crate::store::rows::{self, Connection};
use crate::store::views::results::{Boxes, Person};
use crate::store::{AuditState, ComputationRow, MarkKind, OutcomeRow, OutcomeState, ResultAuditRow};
use serde::Serialize;
use sha2::{Digest, Sha256};

pub use crate::store::ComputationRow as Computation;

pub const NOBODY: Code = Code("results.nobody_applied");
/// People, marks or rules changed since the newest computation.
pub const CHANGED_SINCE: Code = Code("results.changed_since");

/// Computes and stores the outcomes of the batch. Nothing is stored while the newest computation still holds.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Compute {
    /// Why again, in the operator's words.
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Computed {
    /// The newest one, made now or before.
    pub computation: Computation,
    /// The one before a new one; what differs is read with [`super::between`].
    pub before: Option<ComputationId>,
    /// Whether it had to be made.
    pub made: bool,
}

impl Operation for Compute {
    const KIND: &'static str = "results.compute";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Never;
    type Out = Computed;

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Computed> {
        let (batch, policy_digest) = (work.batch()?.id, work.batch()?.policy.clone());
        let before = latest(work.tx.db(), batch)?;
        let cases = cases(work.tx.db(), work.policy()?, batch)?;
        let inputs = digest(work.policy()?, &cases);
        if let Some(computation) = before.clone().filter(|c| c.inputs == inputs) {
            return Ok(Computed { computation, before: None, made: false });
        }
        if cases.is_empty() {
            return Err(Refusal::new(NOBODY).into());
        }
        let pass = work.policy()?.passing;
        let count = |code: &str| i64::try_from(cases.iter().filter(|c| c.outcome.code() == code).count()).unwrap_or(0);
        let computation = Computation {
            id: ComputationId(work.tx.next_id::<ComputationRow>()?),
            batch,
            inputs,
            policy: policy_digest,
            pass_theory: pass.theory,
            pass_practical: pass.practical,
            pass_review: pass.review,
            applied: i64::try_from(cases.len()).unwrap_or(0),
            passed: count("passed"),
            failed: count("failed"),
            incomplete: count("incomplete"),
            reason: self.reason.as_deref().map(str::trim).filter(|r| !r.is_empty()).map(str::to_owned),
            operator: work.actor.operator()?,
            // Never as old as the one before, whatever the clock says: the newest is known by its time.
            at: before.as_ref().map_or(work.now, |b| work.now.max(crate::model::Stamp(b.at.0 + 1))),
        };
        work.tx.insert(&computation)?;
        let first = work.tx.next_id::<OutcomeRow>()?;
        let id = computation.id;
        work.tx.insert_run(first, cases.iter().zip(first..).map(|(case, row)| case.row(row, id)))?;
        Ok(Computed { computation, before: before.map(|b| b.id), made: true })
    }
}

/// The newest computation of a batch.
pub fn latest(db: &Connection, batch: BatchId) -> Result<Option<Computation>> {
    Ok(rows::first::<ComputationRow>(db, "WHERE batch = ?1 ORDER BY at DESC, id DESC", [batch])?)
}

/// Digest of what an outcome would be computed from now. The same wherever the batch is read and in whatever order its
/// people and marks came in.
pub fn inputs(db: &Connection, policy: &Policy, batch: BatchId) -> Result<String> {
    Ok(digest(policy, &cases(db, policy, batch)?))
}

/// Whether results may be used as far as their audit goes: approved, or not asked for by the notice (S3-24).
pub fn audited(db: &Connection, policy: &Policy, computation: ComputationId) -> Result<bool> {
    if policy.responsible.results_audit.is_none() {
        return Ok(true);
    }
    let tail = "WHERE computation = ?1 AND state = ?2";
    Ok(rows::first::<ResultAuditRow>(db, tail, (computation, AuditState::Approved))?.is_some())
}

/// One person as the computation sees them.
pub(super) struct Case {
    person: Person,
    required: Parts,
    outcome: Outcome,
}

pub(super) fn cases(db: &Connection, policy: &Policy, batch: BatchId) -> Result<Vec<Case>> {
    let judge = Judge::of(policy);
    let mut cases = Vec::new();
    marks::people(db, policy, batch, |person| {
        let (required, outcome) = (judge.required(person.level), judge.outcome(person.level, &person.boxes));
        cases.push(Case { person, required, outcome });
    })?;
    Ok(cases)
}

/// Names instead of ids, a digest for each person, and these sorted.
pub(super) fn digest(policy: &Policy, cases: &[Case]) -> String {
    let mut each: Vec<[u8; 32]> = cases.iter().map(Case::digest).collect();
    each.sort_unstable();
    let mut hash = Sha256::new();
    for part in Subject::ALL {
        hash.update(policy.passing.of(part).hundredths().to_le_bytes());
    }
    each.iter().for_each(|one| hash.update(one));
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Case {
    /// Marks of parts that are not asked for are no input.
    fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        for text in [&self.person.id_number, &self.person.occupation] {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
        hash.update([self.person.level.digit()]);
        for (part, mark) in Subject::ALL.into_iter().zip(self.person.boxes) {
            let (sign, points) = match mark {
                _ if !self.required.contains(part) => (0u8, 0),
                None => (1, 0),
                Some(Mark::Absent) => (2, 0),
                Some(Mark::Void) => (3, 0),
                Some(Mark::Points(points)) => (4, points.hundredths()),
            };
            hash.update([sign]);
            hash.update(points.to_le_bytes());
        }
        hash.finalize().into()
    }

    /// As it is stored.
    pub fn row(&self, id: i64, computation: ComputationId) -> OutcomeRow {
        let [theory, practical, review] = self.kept().map(|mark| (mark.map(MarkKind::of), mark.and_then(Mark::points)));
        let required: Vec<_> = self.required.iter().map(Subject::code).collect();
        OutcomeRow {
            id,
            computation,
            application: self.person.application,
            outcome: state(self.outcome),
            required: required.join(","),
            theory: theory.0,
            theory_points: theory.1,
            practical: practical.0,
            practical_points: practical.1,
            review: review.0,
            review_points: review.1,
        }
    }

    /// Marks of the parts that are asked for.
    fn kept(&self) -> Boxes {
        let mut kept = self.person.boxes;
        for (part, mark) in Subject::ALL.into_iter().zip(&mut kept) {
            *mark = mark.filter(|_| self.required.contains(part));
        }
        kept
    }
}

fn state(outcome: Outcome) -> OutcomeState {
    match outcome {
        Outcome::Passed => OutcomeState::Passed,
        Outcome::Failed { .. } => OutcomeState::Failed,
        Outcome::Incomplete { .. } => OutcomeState::Incomplete,
    }
}

/// Points of a pass mark as the computation had it.
pub fn pass_mark(computation: &Computation, part: Subject) -> Points {
    match part {
        Subject::Theory => computation.pass_theory,
        Subject::Practical => computation.pass_practical,
        Subject::Review => computation.pass_review,
    }
}

/// The outcomes of a computation, in the order of filing.
pub fn stored(db: &Connection, computation: ComputationId) -> Result<Vec<OutcomeRow>> {
    Ok(rows::select::<OutcomeRow>(db, "WHERE computation = ?1 ORDER BY application", [computation])?)
}
