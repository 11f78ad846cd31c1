//! `script.ask` and `script.open`: one asks for a session's bags to be unsealed (启封), another person does it, and only
//! when every mark of the session is locked: nobody can change a mark knowing whose it is.
use super::{NOT_LOCKED, SEALED_NONE, session};
use crate::model::{Code, Refusal, Role, SessionId};
use crate::ops::{Operation, Result, Undo, Work};
use crate::store::views::scripts::{RoomBag, rooms};
use crate::store::{MarkLockRow, ScriptBagRow, SessionRow, rows as table};
use serde::Serialize;

pub const REASON: Code = Code("script.reason_needed");
pub const ASKED: Code = Code("script.asked_already");
pub const NOT_ASKED: Code = Code("script.not_asked");
pub const OTHER_PERSON: Code = Code("script.other_person");

/// What became of the bags of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Turned {
    pub session: String,
    pub bags: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Ask {
    pub session: SessionId,
    pub reason: String,
}

impl Operation for Ask {
    const KIND: &'static str = "script.ask";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Turned;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Turned> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let (session, bags) = sealed_bags(work, self.session)?;
        let me = work.actor.operator()?;
        let waiting: Vec<_> = bags.iter().filter(|b| b.asked_by.is_none()).collect();
        if waiting.is_empty() {
            let by = bags.iter().find_map(|b| b.asked_name.clone()).unwrap_or_default();
            return Err(Refusal::new(ASKED).with("session", session.code).with("name", by).into());
        }
        for bag in &waiting {
            change(work, bag, |row| ScriptBagRow { asked_by: Some(me), ..row })?;
        }
        Ok(Turned { session: session.code, bags: waiting.iter().filter_map(|b| b.code.clone()).collect() })
    }

    fn reason(&self) -> Option<&str> {
        Some(self.reason.trim())
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Open {
    pub session: SessionId,
}

impl Operation for Open {
    const KIND: &'static str = "script.open";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::ScoreManager];
    /// Who has read the map knows it.
    const UNDO: Undo = Undo::Never;
    type Out = Turned;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Turned> {
        let (session, bags) = sealed_bags(work, self.session)?;
        let (me, now) = (work.actor.operator()?, work.now);
        let asked: Vec<_> = bags.into_iter().filter(|b| b.asked_by.is_some()).collect();
        if asked.is_empty() {
            return Err(Refusal::new(NOT_ASKED).with("session", session.code).into());
        }
        if let Some(own) = asked.iter().find(|b| b.asked_by == Some(me)) {
            let name = own.asked_name.clone().unwrap_or_default();
            return Err(Refusal::new(OTHER_PERSON).with("name", name).into());
        }
        for bag in &asked {
            change(work, bag, |row| ScriptBagRow { unsealed_at: Some(now), unsealed_by: Some(me), ..row })?;
        }
        Ok(Turned { session: session.code, bags: asked.iter().filter_map(|b| b.code.clone()).collect() })
    }
}

/// The sealed bags of a session whose marks are locked.
fn sealed_bags(work: &Work<'_, '_>, id: SessionId) -> Result<(SessionRow, Vec<RoomBag>)> {
    let session = session(work, id)?;
    let all = rooms(work.tx.db(), work.batch()?.id)?;
    let bags: Vec<_> = all.into_iter().filter(|b| b.session == id && b.is_sealed()).collect();
    if bags.is_empty() {
        return Err(Refusal::new(SEALED_NONE).with("session", session.code).into());
    }
    if table::first::<MarkLockRow>(work.tx.db(), "WHERE session = ?1", [id])?.is_none() {
        return Err(Refusal::new(NOT_LOCKED).with("session", session.code).into());
    }
    Ok((session, bags))
}

fn change(work: &mut Work<'_, '_>, bag: &RoomBag, to: impl Fn(ScriptBagRow) -> ScriptBagRow) -> Result<()> {
    for row in table::select::<ScriptBagRow>(work.tx.db(), "WHERE id = ?1", [bag.bag])? {
        let after = to(row.clone());
        work.tx.update(&row, &after)?;
    }
    Ok(())
}
