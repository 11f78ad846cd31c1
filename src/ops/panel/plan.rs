//! Which criteria the sheets of a candidate have: of the policy, or of the occupation's own table (S0-25).
use crate::config::Assets;
use crate::model::{ApplicationId, Code, Level, Refusal, Subject};
use crate::ops::{ApplicationRow, Error, PanelRow, PolicyFault, Result, Site, Work};
use crate::policy::Policy;
use crate::policy::criteria::{self, Plan, Table};
use crate::policy::panel::PanelRule;
use crate::store::rows;

pub const TWO_TABLES: Code = Code("criteria.two_tables");

/// The rule of a panel: of reviews, or of assessors.
pub fn rule_of(policy: &Policy, subject: Subject) -> &PanelRule {
    match subject {
        Subject::Practical => &policy.assessors,
        Subject::Review | Subject::Theory => &policy.panel,
    }
}

/// The criteria of the sheets of somebody with this occupation and level.
pub fn plan_for(assets: &Assets, policy: &Policy, subject: Subject, of: (&str, Level)) -> Result<Plan> {
    let own = if subject == Subject::Practical { table_for(assets, of)? } else { None };
    Ok(own.unwrap_or_else(|| Plan::of(&rule_of(policy, subject).criteria)))
}

/// The criteria of a candidate of a panel.
pub fn plan(site: &Site, panel: &PanelRow, application: ApplicationId) -> Result<Plan> {
    let row = rows::first::<ApplicationRow>(site.store().db(), "WHERE id = ?1", [application])?;
    let Some(row) = row else { return Ok(Plan::default()) };
    plan_for(site.assets(), &*site.policy()?, panel.subject, (&row.occupation, row.level))
}

pub(super) fn of_candidate(work: &Work<'_, '_>, panel: &PanelRow, application: ApplicationId) -> Result<Plan> {
    let row = rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1", [application])?;
    let Some(row) = row else { return Ok(Plan::default()) };
    plan_for(work.assets, work.policy()?, panel.subject, (&row.occupation, row.level))
}

/// The sheet of the occupation. The site's own tables stand before ours; two of either that know it are an error of theirs.
fn table_for(assets: &Assets, (occupation, level): (&str, Level)) -> Result<Option<Plan>> {
    let names = assets.names("criteria", ".toml");
    let file = |name: &str| format!("criteria/{name}.toml");
    let (own, ours): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| assets.user_text(&file(name)).is_some());
    for names in [own, ours] {
        let mut found: Vec<(String, Plan)> = Vec::new();
        for name in names {
            // A table that does not name the occupation is not read: its faults are no concern of this candidate.
            let named = assets.read(&file(&name)).is_some_and(|text| text.contains(occupation));
            if named && let Some(plan) = read(assets, &name)?.plan(occupation, level) {
                found.push((name, plan));
            }
        }
        if let [(one, _), (two, _), ..] = found.as_slice() {
            let both = format!("{one}, {two}");
            return Err(Refusal::new(TWO_TABLES).with("occupation", occupation).with("tables", both).into());
        }
        if let Some((_, plan)) = found.pop() {
            return Ok(Some(plan));
        }
    }
    Ok(None)
}

fn read(assets: &Assets, name: &str) -> Result<Table> {
    criteria::load(name, &|code| assets.read(&format!("criteria/{code}.toml"))).map_err(Error::Policy)
}

/// Every fault of a table of criteria with this text.
pub fn criteria_faults(assets: &Assets, code: &str, text: &str) -> Vec<PolicyFault> {
    let lookup = |wanted: &str| {
        let own = (wanted == code).then(|| text.to_owned());
        own.or_else(|| assets.read(&format!("criteria/{wanted}.toml")))
    };
    criteria::check(code, &lookup)
}
