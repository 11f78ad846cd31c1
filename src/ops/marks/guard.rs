//! What is refused once marks are locked.
use crate::model::{ApplicationId, Code, OpNo, Refusal, SessionId, Subject};
use crate::ops::Result;
use crate::store::journal;
use crate::store::rows::{self, Connection};
use crate::store::views::locks;
use crate::store::{MarkLockRow, SessionRow};
use serde_json::Value as Json;

/// Says in which session; the way out is a change by two persons, or two who open the session again.
pub const LOCKED: Code = Code("marks.locked");

/// Refused when the mark is of a session that is locked.
pub(in crate::ops) fn refuse_locked(db: &Connection, application: ApplicationId, subject: Subject) -> Result<()> {
    match locks::sitting(db, application, subject)? {
        Some(sitting) if sitting.locked => Err(Refusal::new(LOCKED).with("session", sitting.session_code).into()),
        _ => Ok(()),
    }
}

/// Refused when the marks of the session are locked.
pub(in crate::ops) fn refuse_locked_session(db: &Connection, session: SessionId) -> Result<()> {
    if rows::first::<MarkLockRow>(db, "WHERE session = ?1", [session])?.is_none() {
        return Ok(());
    }
    let code = rows::first::<SessionRow>(db, "WHERE id = ?1", [session])?.map(|s| s.code).unwrap_or_default();
    Err(Refusal::new(LOCKED).with("session", code).into())
}

/// Refused for an operation that wrote entries, marks or totals of a locked session, or brought its lock in.
pub(in crate::ops) fn may_take_back(db: &Connection, op: OpNo) -> Result<()> {
    for change in journal::changes(db, op)? {
        let image = change.after.as_deref().or(change.before.as_deref());
        let image = image.and_then(|text| serde_json::from_str::<Json>(text).ok()).unwrap_or_default();
        let number = |name: &str| image.get(name).and_then(Json::as_i64);
        let subject = image.get("subject").and_then(Json::as_str).and_then(Subject::parse);
        match (change.record.as_str(), subject) {
            ("entry" | "mark", Some(subject)) => {
                let application = ApplicationId(number("application").unwrap_or_default());
                refuse_locked(db, application, subject)?;
            }
            ("control_total" | "placement" | "mark_lock", _) => {
                refuse_locked_session(db, SessionId(number("session").unwrap_or_default()))?;
            }
            _ => {}
        }
    }
    Ok(())
}
