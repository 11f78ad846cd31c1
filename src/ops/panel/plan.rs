//! Which criteria the sheets of a candidate have.
use crate::model::{ApplicationId, Subject};
use crate::ops::{PanelRow, Result, Work};
use crate::policy::Policy;
use crate::policy::criteria::Plan;
use crate::policy::panel::PanelRule;

/// The rule of a panel: of reviews, or of assessors.
pub fn rule_of(policy: &Policy, subject: Subject) -> &PanelRule {
    match subject {
        Subject::Practical => &policy.assessors,
        Subject::Review | Subject::Theory => &policy.panel,
    }
}

pub(super) fn plan(work: &Work<'_, '_>, panel: &PanelRow, _: ApplicationId) -> Result<Plan> {
    Ok(Plan::of(&rule_of(work.policy()?, panel.subject).criteria))
}
