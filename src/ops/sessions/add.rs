//! `sessions.add`: one more session; its people are seated by the next arrangement.
use super::{NO_CODE, TAKEN, fits, levels_column};
use crate::model::{Level, Refusal, Role, SessionId, SessionMode, Stamp, Subject};
use crate::ops::{Operation, Result, Work};
use crate::store::{SessionRow, rows};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Add {
    pub code: String,
    pub subject: Subject,
    pub starts_at: Stamp,
    /// `None`: the end is open.
    pub ends_at: Option<Stamp>,
    pub mode: Option<SessionMode>,
    /// Empty: every level.
    pub levels: Vec<Level>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Added {
    pub session: SessionId,
    pub code: String,
    /// A session in which the same people sit the same part at another time.
    pub also_sat_in: Option<String>,
}

impl Operation for Add {
    const KIND: &'static str = "sessions.add";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Added;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Added> {
        let (batch, code) = (work.batch()?.id, self.code.trim());
        if code.is_empty() {
            return Err(Refusal::new(NO_CODE).into());
        }
        if rows::count::<SessionRow>(work.tx.db(), "WHERE batch = ?1 AND code = ?2", (batch, code))? > 0 {
            return Err(Refusal::new(TAKEN).with("session", code).into());
        }
        let row = SessionRow {
            id: SessionId(work.tx.next_id::<SessionRow>()?),
            batch,
            code: code.to_owned(),
            subject: self.subject,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            mode: self.mode,
            levels: levels_column(&self.levels),
        };
        let also_sat_in = fits(work, &row)?;
        work.tx.insert(&row)?;
        Ok(Added { session: row.id, code: row.code, also_sat_in })
    }
}
