//! The dates of a policy, and of a batch by its own sessions, with what is odd about them.
use crate::bundle::codes::Codes;
use crate::config::Assets;
use crate::ops::{Result, Site, batch, calendar};
use crate::policy::Policy;
use crate::policy::dates::{Dated, ExamDays, dated};
use crate::policy::fault::Problem;
use crate::policy::notes::notes;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dates {
    pub dates: Vec<Dated>,
    /// Codes and data; the words are `policy_note.<code>`.
    pub notes: Vec<Problem>,
}

/// By the sessions that the policy itself names.
pub fn of_policy(assets: &Assets, policy: &Policy) -> Result<Dates> {
    let codes = Codes::load(&|name| assets.read(&format!("codes/{name}")))?;
    Ok(both(policy, ExamDays::of(policy.sessions.iter().map(|s| s.day())), &codes))
}

/// By the sessions of the batch at hand, which may have been moved or added.
pub fn of_batch(site: &Site) -> Result<Dates> {
    let exam = ExamDays::of(batch::sessions(site)?.iter().map(|s| s.starts_at.day()));
    Ok(both(&*site.policy()?, exam, &*site.codes()?))
}

fn both(policy: &Policy, exam: Option<ExamDays>, codes: &Codes) -> Dates {
    let calendar = calendar::of(codes);
    Dates { dates: dated(policy, exam, &calendar), notes: notes(policy, exam, &calendar) }
}
