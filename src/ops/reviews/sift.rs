//! Who of many can be decided on now, and who cannot and why.
use super::Whom;
use super::case::{Case, Ground};
use super::decide::DOUBTS;
use crate::model::{ApplicationId, Refusal, ReviewDecision, ReviewStep, Stamp};
use crate::ops::{Result, Site};
use crate::policy::reviews::{self, Doubt, may_review};
use serde::Serialize;

/// Left out of a bulk decision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Left {
    pub application: ApplicationId,
    pub name: String,
    pub refusal: Refusal,
}

/// What a bulk pass would do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ready {
    pub ready: Vec<ApplicationId>,
    pub left: Vec<Left>,
}

/// What is said along with a decision.
pub(super) struct Said<'a> {
    pub step: ReviewStep,
    pub decision: ReviewDecision,
    pub reason: Option<&'a str>,
    pub query_evidence: Option<&'a str>,
}

impl Said<'_> {
    /// Whether the case can be decided so; doubts need a reason.
    pub fn judge(&self, ground: &Ground<'_>, case: &Case, now: Stamp) -> Result<(), Refusal> {
        let named = |refusal: Refusal| refusal.with("name", case.row.name.as_str());
        let doubts = may_review(ground.policy, (self.step, self.decision), &case.facts, &ground.reviewer, now);
        let mut doubts = doubts.map_err(named)?;
        doubts.retain(|d| *d != Doubt::QueryMissing || self.query_evidence.is_none());
        match doubts.first() {
            Some(first) if self.reason.is_none() => {
                let refusal = Refusal::new(DOUBTS).word("doubt", first.key());
                // `all` holds the keys of every doubt, for a face that tells them all.
                let all: Vec<_> = doubts.iter().map(|doubt| doubt.key()).collect();
                Err(named(refusal.with("count", doubts.len()).with("all", all.join(" "))))
            }
            _ => Ok(()),
        }
    }
}

/// Splits cases into those that can be decided and those that cannot; whose turn it is not is neither.
pub(super) fn sift<'c>(
    ground: &Ground<'_>,
    said: &Said<'_>,
    cases: &'c [Case],
    now: Stamp,
) -> (Vec<&'c Case>, Vec<Left>) {
    let (mut good, mut left) = (Vec::new(), Vec::new());
    let not_its_turn = [reviews::NOT_WAITING, reviews::OUT_OF_ORDER, reviews::ALREADY];
    for case in cases {
        match said.judge(ground, case, now) {
            Ok(()) => good.push(case),
            Err(refusal) if not_its_turn.iter().any(|code| refusal.is(*code)) => {}
            Err(refusal) => left.push(Left { application: case.row.id, name: case.row.name.clone(), refusal }),
        }
    }
    (good, left)
}

/// Who would pass `step` now without a word, of these or of everybody.
pub fn ready(site: &Site, step: ReviewStep, whom: &Whom, query_evidence: Option<&str>) -> Result<Ready> {
    let (policy, codes) = (site.policy()?, site.codes()?);
    let ground = Ground::of_site(site, &policy, &codes)?;
    let cases = ground.cases(whom)?;
    let said = Said { step, decision: ReviewDecision::Pass, reason: None, query_evidence };
    let (good, left) = sift(&ground, &said, &cases, site.now());
    Ok(Ready { ready: good.into_iter().map(|case| case.row.id).collect(), left })
}
