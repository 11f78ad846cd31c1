//! `reviews.decide`: an application is passed, returned for correction, or rejected in one step; many are passed at once.
use super::Whom;
use super::case::{Case, Ground};
use super::sift::{Left, Said, sift};
use crate::model::{Code, Refusal, ReviewDecision, ReviewStep, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::reviews::progress;
use crate::store::{ApplicationRow, ApplicationState, ReviewRow};
use serde::Serialize;

pub const REASON: Code = Code("review.reason_needed");
pub const DOUBTS: Code = Code("review.doubts");
pub const COUNT: Code = Code("review.count_differs");
pub const COUNT_NEEDED: Code = Code("review.count_needed");
pub const ONLY_PASS: Code = Code("review.bulk_only_passes");
pub const NOBODY: Code = Code("review.nobody_waits");

#[derive(Debug, Serialize)]
pub struct Decide {
    pub step: ReviewStep,
    pub decision: ReviewDecision,
    /// [`Whom::Waiting`] only to pass; whoever cannot be passed is left out then.
    pub whom: Whom,
    /// Required to return, to reject, and to pass in spite of a doubt. The applicant's unit reads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What the query of the earlier certificate gave (S1-27).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query_evidence: Option<String>,
    /// How many somebody typed that there are, to pass more than one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decided {
    pub decided: usize,
    /// Of those, approved: it was the last step.
    pub approved: usize,
    /// The first of them by name.
    pub name: String,
    pub left: Vec<Left>,
}

impl Operation for Decide {
    const KIND: &'static str = "reviews.decide";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Decided;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Decided> {
        let said = self.said();
        if self.decision != ReviewDecision::Pass && said.reason.is_none() {
            return Err(Refusal::new(REASON).word("decision", self.decision.key()).into());
        }
        let ground = Ground::of_work(work)?;
        let cases = ground.cases(&self.whom)?;
        let (good, left) = match self.whom {
            Whom::Waiting if self.decision != ReviewDecision::Pass => return Err(Refusal::new(ONLY_PASS).into()),
            Whom::Waiting => sift(&ground, &said, &cases, work.now),
            Whom::These(_) => {
                cases.iter().try_for_each(|case| said.judge(&ground, case, work.now))?;
                (cases.iter().collect(), Vec::new())
            }
        };
        self.counted(good.len(), &left)?;
        let last = ground.policy.reviews.steps.last().is_some_and(|by| by.step == self.step);
        let organisation = ground.reviewer.organisation.clone();
        let after = match (self.decision, last) {
            (ReviewDecision::Pass, false) => None,
            (ReviewDecision::Pass, true) => Some(ApplicationState::Approved),
            (ReviewDecision::Return, _) => Some(ApplicationState::Returned),
            (ReviewDecision::Reject, _) => Some(ApplicationState::Rejected),
        };
        self.write(work, &good, &organisation)?;
        if let Some(state) = after {
            for case in &good {
                work.tx.update(&case.row, &ApplicationRow { state, ..case.row.clone() })?;
            }
        }
        let approved = if after == Some(ApplicationState::Approved) { good.len() } else { 0 };
        let name = good.first().map(|case| case.row.name.clone()).unwrap_or_default();
        Ok(Decided { decided: good.len(), approved, name, left })
    }

    fn reason(&self) -> Option<&str> {
        self.said().reason
    }
}

fn words(text: Option<&String>) -> Option<&str> {
    text.map(|t| t.trim()).filter(|t| !t.is_empty())
}

impl Decide {
    fn said(&self) -> Said<'_> {
        let (reason, query_evidence) = (words(self.reason.as_ref()), words(self.query_evidence.as_ref()));
        Said { step: self.step, decision: self.decision, reason, query_evidence }
    }

    /// Passing more than one wants the number typed, so that nobody passes a list that changed meanwhile.
    fn counted(&self, good: usize, left: &[Left]) -> Result<(), Refusal> {
        let many = self.whom == Whom::Waiting || good > 1;
        match (self.decision, self.count) {
            _ if good == 0 => Err(match left.first() {
                Some(first) => first.refusal.clone(),
                None => Refusal::new(NOBODY).word("step", self.step.key()),
            }),
            (ReviewDecision::Pass, None) if many => Err(Refusal::new(COUNT_NEEDED).with("count", good)),
            (_, Some(typed)) if typed != good => {
                Err(Refusal::new(COUNT).with("typed", typed).with("count", good).with("left", left.len()))
            }
            _ => Ok(()),
        }
    }

    fn write(&self, work: &mut Work<'_, '_>, cases: &[&Case], organisation: &str) -> Result<()> {
        let (first, operator, at) = (work.tx.next_id::<ReviewRow>()?, work.actor.operator()?, work.now);
        let said = self.said();
        let row = |(id, case): (i64, &&Case)| ReviewRow {
            id,
            application: case.row.id,
            round: progress(&case.facts.past).round,
            step: self.step,
            decision: self.decision,
            organisation: organisation.to_owned(),
            operator,
            at,
            reason: said.reason.map(str::to_owned),
            query_evidence: said.query_evidence.map(str::to_owned),
        };
        match cases {
            [one] => work.tx.insert(&row((first, one)))?,
            many => drop(work.tx.insert_run(first, (first..).zip(many).map(row))?),
        }
        Ok(())
    }
}
