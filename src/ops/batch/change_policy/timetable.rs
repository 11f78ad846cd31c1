//! The sessions of a batch follow the new policy, but never one that has seats: tickets are out for it.
use crate::model::{BatchId, Code, Refusal, SessionId, Stamp};
use crate::ops::batch::session_row;
use crate::ops::{Result, Work};
use crate::policy::Policy;
use crate::policy::sessions::Session;
use crate::store::views::policy_change::seats;
use crate::store::{SessionRow, rows};
use serde::Serialize;

pub const SESSION_SEATED: Code = Code("batch.session_seated");
pub const SESSION_TAKEN: Code = Code("batch.session_taken");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionChanged {
    Added,
    Moved,
    Removed,
}

impl SessionChanged {
    pub fn key(self) -> &'static str {
        match self {
            SessionChanged::Added => "session_changed.added",
            SessionChanged::Moved => "session_changed.moved",
            SessionChanged::Removed => "session_changed.removed",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SessionChange {
    pub session: String,
    pub what: SessionChanged,
    /// When it begins now; of a removed one, when it would have begun.
    pub starts_at: Stamp,
}

pub(super) fn change(
    work: &mut Work<'_, '_>,
    batch: BatchId,
    (old, new): (&Policy, &Policy),
) -> Result<Vec<SessionChange>> {
    let mut changes = Vec::new();
    let stored = rows::select::<SessionRow>(work.tx.db(), "WHERE batch = ?1 ORDER BY id", [batch])?;
    let find = |code: &str| stored.iter().find(|row| row.code == code);
    for session in &old.sessions {
        let Some(row) = find(&session.code) else { continue };
        match new.sessions.iter().find(|s| s.code == session.code) {
            Some(same) if same == session => {}
            Some(other) => {
                free(work, row)?;
                let after = session_row(row.id, batch, other);
                if after != *row {
                    work.tx.update(row, &after)?;
                }
                changes.push(said(other, SessionChanged::Moved));
            }
            None => {
                free(work, row)?;
                work.tx.delete(row)?;
                changes.push(said(session, SessionChanged::Removed));
            }
        }
    }
    for session in new.sessions.iter().filter(|s| !old.sessions.iter().any(|o| o.code == s.code)) {
        if find(&session.code).is_some() {
            return Err(Refusal::new(SESSION_TAKEN).with("session", session.code.as_str()).into());
        }
        let id = SessionId(work.tx.next_id::<SessionRow>()?);
        work.tx.insert(&session_row(id, batch, session))?;
        changes.push(said(session, SessionChanged::Added));
    }
    Ok(changes)
}

/// Whether nobody has a seat in it.
fn free(work: &Work<'_, '_>, row: &SessionRow) -> Result<()> {
    match seats(work.tx.db(), row.id)? {
        0 => Ok(()),
        seats => Err(Refusal::new(SESSION_SEATED).with("session", row.code.as_str()).with("seats", seats).into()),
    }
}

fn said(session: &Session, what: SessionChanged) -> SessionChange {
    SessionChange { session: session.code.clone(), what, starts_at: session.starts() }
}
