//! `batch.change_policy`: puts the batch under another text, with a reason; says whom it affects and in what (S0-05).
//!
//! Nothing that was decided is decided again: reviews, seats and marks stay. Results follow the new pass marks, as they
//! are computed from the policy in force.
mod effects;
mod timetable;

pub use effects::{Effect, EffectKind, Person};
pub use timetable::{SESSION_SEATED, SESSION_TAKEN, SessionChange, SessionChanged};

use super::open::digest_only;
use crate::bundle::codes::Codes;
use crate::model::{Code, Refusal, Role};
use crate::ops::{Operation, Result, Site, Work, policies};
use crate::policy::Adopted;
use crate::store::BatchRow;
use serde::Serialize;
use std::rc::Rc;

pub const REASON: Code = Code("batch.change_reason_needed");
pub const SAME: Code = Code("batch.policy_same");

#[derive(Serialize)]
pub struct ChangePolicy {
    #[serde(serialize_with = "digest_only")]
    policy: Adopted,
    reason: String,
    /// With the new policy's catalogue.
    #[serde(skip)]
    codes: Rc<Codes>,
}

/// What the change came to; from a preview, what it would come to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PolicyChanged {
    /// Codes of the notices.
    pub from: String,
    pub to: String,
    pub from_digest: String,
    pub to_digest: String,
    pub sessions: Vec<SessionChange>,
    /// Live applications in the batch, and how many of them something changes for.
    pub applications: usize,
    pub affected: usize,
    pub effects: Vec<Effect>,
}

impl ChangePolicy {
    pub fn new(site: &Site, policy: Adopted, reason: String) -> Result<ChangePolicy> {
        let codes = site.codes_of(&policy.policy)?;
        Ok(ChangePolicy { policy, reason, codes })
    }
}

impl Operation for ChangePolicy {
    const KIND: &'static str = "batch.change_policy";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = PolicyChanged;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<PolicyChanged> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let before: BatchRow = work.batch()?.clone();
        let old = work.policy()?.clone();
        let new = &self.policy.policy;
        if before.policy == self.policy.digest {
            return Err(Refusal::new(SAME).with("policy", new.notice.code.as_str()).into());
        }
        let sessions = timetable::change(work, before.id, (&old, new))?;
        let found = effects::of(work.tx.db(), before.id, (&old, work.codes), (new, &self.codes))?;
        policies::pin(work, &self.policy)?;
        work.tx.update(&before, &BatchRow { policy: self.policy.digest.clone(), ..before.clone() })?;
        Ok(PolicyChanged {
            from: old.notice.code.clone(),
            to: new.notice.code.clone(),
            from_digest: before.policy,
            to_digest: self.policy.digest.clone(),
            sessions,
            applications: found.applications,
            affected: found.affected,
            effects: found.effects,
        })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
