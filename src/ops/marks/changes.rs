//! The changes of the batch, and what one of them does before it is saved.
use super::ask::{asked, may_change};
use super::decide::{self, UNKNOWN};
use super::picture::{Ground, Preview};
use crate::model::{ApplicationId, Mark, MarkChangeId, Refusal, Role, Subject};
use crate::ops::scripts::Veil;
use crate::ops::{Result, Site};
use crate::policy::duties;
use crate::store::views::locks::{self, Listed};
use crate::store::{MarkChangeRow, MarkRow, rows};

/// Those that wait first, then the newest; none of a mark under a script number, which is nobody's yet (S0-23).
pub fn changes(site: &Site) -> Result<Vec<Listed>> {
    let (db, batch) = (site.store().db(), site.batch()?.id);
    let veil = Veil::of_batch(db, batch)?;
    let mut all = locks::changes(db, batch)?;
    all.retain(|change| !veil.covers(change.application, change.subject));
    Ok(all)
}

pub fn change(site: &Site, number: MarkChangeId) -> Result<Listed> {
    let found = changes(site)?.into_iter().find(|c| c.number == number);
    Ok(found.ok_or_else(|| Refusal::new(UNKNOWN).with("number", number))?)
}

/// What a change that waits would do if it were approved now.
pub fn preview(site: &Site, number: MarkChangeId) -> Result<Preview> {
    change(site, number)?;
    let row = rows::first::<MarkChangeRow>(site.store().db(), "WHERE id = ?1", [number])?
        .ok_or_else(|| Refusal::new(UNKNOWN).with("number", number))?;
    let policy = site.policy()?;
    decide::preview(&Ground { db: site.store().db(), policy: &policy, batch: site.batch()?.id }, &row)
}

/// What asking for this would come to; refused as the asking itself would be.
pub fn preview_ask(site: &Site, application: ApplicationId, subject: Subject, mark: Mark) -> Result<Preview> {
    let policy = site.policy()?;
    asked(&Ground { db: site.store().db(), policy: &policy, batch: site.batch()?.id }, (application, subject), mark)
}

/// A part whose mark is locked, and the mark that stands.
pub type LockedPart = (Subject, Option<Mark>);

/// The parts of somebody of which a change can be asked for; refused with the reason of the first where there is none.
pub fn changeable(site: &Site, application: ApplicationId) -> Result<Vec<LockedPart>> {
    let policy = site.policy()?;
    let ground = Ground { db: site.store().db(), policy: &policy, batch: site.batch()?.id };
    let (mut open, mut first) = (Vec::new(), None);
    for subject in [Subject::Theory, Subject::Practical] {
        match may_change(&ground, (application, subject)) {
            Ok(_) => {
                let tail = "WHERE application = ?1 AND subject = ?2";
                let held = rows::first::<MarkRow>(ground.db, tail, (application, subject))?;
                open.push((subject, held.and_then(|m| m.mark.with(m.points))));
            }
            Err(error) => first = first.or(Some(error)),
        }
    }
    match first {
        Some(error) if open.is_empty() => Err(error),
        _ => Ok(open),
    }
}

/// Whether the signed-on operator locks and changes marks at all.
pub fn may_act(site: &Site) -> Result<(), Refusal> {
    duties::allowed(&site.actor().roles, &[Role::Coordinator, Role::ScoreManager])
}
