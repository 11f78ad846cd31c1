//! `reviews.object` and `reviews.answer_objection`: what is said against somebody on the public list, and what was found.
use super::listing::listed;
use crate::model::{ApplicationId, Code, Day, Refusal, Role};
use crate::ops::{Operation, Result, Site, Work};
use crate::store::{ApplicationRow, ApplicationState, ListObjectionRow, ObjectionState, rows};
use serde::Serialize;

pub const NOT_LISTED: Code = Code("objection.not_listed");
pub const TOO_LATE: Code = Code("objection.too_late");
pub const WORDS: Code = Code("objection.words_needed");
pub const UNKNOWN: Code = Code("objection.unknown");
pub const ANSWERED: Code = Code("objection.answered");
pub const STILL_OPEN: Code = Code("objection.no_answer_given");

/// Holds up the approval of this one person until it is answered (S2-19).
#[derive(Debug, Serialize)]
pub struct Object {
    pub application: ApplicationId,
    pub raised_by: String,
    pub matter: String,
    /// Day on which it came in; `None`: today.
    pub on: Option<Day>,
}

impl Operation for Object {
    const KIND: &'static str = "reviews.object";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = i64;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<i64> {
        let (raised_by, matter) = (self.raised_by.trim(), self.matter.trim());
        if raised_by.is_empty() || matter.is_empty() {
            return Err(Refusal::new(WORDS).into());
        }
        let (row, listing) = listed(work, self.application)?;
        let on = self.on.unwrap_or_else(|| work.now.day());
        if on > listing.until_day || on < listing.published_on {
            let (from, until) = (listing.published_on.to_string(), listing.until_day.to_string());
            return Err(Refusal::new(TOO_LATE).with("from", from).with("until", until).into());
        }
        let id = work.tx.next_id::<ListObjectionRow>()?;
        work.tx.insert(&ListObjectionRow {
            id,
            application: row.id,
            raised_by: raised_by.to_owned(),
            matter: matter.to_owned(),
            at: work.now,
            operator: work.actor.operator()?,
            state: ObjectionState::Open,
            outcome: None,
            decided_at: None,
        })?;
        Ok(id)
    }
}

/// Upheld: the person is out of the batch. Dismissed: the way is free again.
#[derive(Debug, Serialize)]
pub struct AnswerObjection {
    pub objection: i64,
    pub state: ObjectionState,
    pub outcome: String,
}

impl Operation for AnswerObjection {
    const KIND: &'static str = "reviews.answer_objection";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        if self.outcome.trim().is_empty() {
            return Err(Refusal::new(WORDS).into());
        }
        if self.state == ObjectionState::Open {
            return Err(Refusal::new(STILL_OPEN).into());
        }
        let batch = work.batch()?.id;
        let tail = "WHERE id = ?1 AND application IN (SELECT id FROM application WHERE batch = ?2)";
        let before = rows::first::<ListObjectionRow>(work.tx.db(), tail, (self.objection, batch))?
            .ok_or_else(|| Refusal::new(UNKNOWN).with("id", self.objection))?;
        if before.state != ObjectionState::Open {
            return Err(Refusal::new(ANSWERED).with("id", self.objection).into());
        }
        let outcome = Some(self.outcome.trim().to_owned());
        let after = ListObjectionRow { state: self.state, outcome, decided_at: Some(work.now), ..before.clone() };
        work.tx.update(&before, &after)?;
        let row = super::case::application(work.tx.db(), batch, before.application)?;
        if self.state == ObjectionState::Upheld && row.state.is_live() {
            work.tx.update(&row, &ApplicationRow { state: ApplicationState::Rejected, ..row.clone() })?;
        }
        Ok(row.name)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.outcome)
    }
}

/// Every objection of the batch at hand, with the name of the person it is about.
pub fn objections(site: &Site) -> Result<Vec<(ListObjectionRow, String)>> {
    let (db, batch) = (site.store().db(), site.batch()?.id);
    let all = super::case::select::<ListObjectionRow>(db, None, batch, "ORDER BY id")?;
    let named = |row: ListObjectionRow| {
        let name = super::case::application(db, batch, row.application)?.name;
        Ok((row, name))
    };
    all.into_iter().map(named).collect()
}
