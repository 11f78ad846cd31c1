//! `batch.open`: starts a batch under a policy, whose text and digest are pinned, with the sessions of its timetable.
use crate::model::{BatchId, Code, Refusal, Role, SessionId};
use crate::ops::policies;
use crate::ops::{Operation, Result, Work};
use crate::policy::file::Adopted;
use crate::store::{BatchRow, BatchState, SessionRow, rows};
use serde::{Serialize, Serializer};

pub const CODE_TAKEN: Code = Code("batch.code_taken");

#[derive(Debug, Serialize)]
pub struct Open {
    pub code: String,
    pub name: String,
    #[serde(serialize_with = "digest_only")]
    pub policy: Adopted,
}

/// The journal keeps the policy's text once, in its own row.
pub(super) fn digest_only<S: Serializer>(adopted: &Adopted, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(&adopted.digest)
}

impl Operation for Open {
    const KIND: &'static str = "batch.open";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = BatchId;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<BatchId> {
        let db = work.tx.db();
        if rows::count::<BatchRow>(db, "WHERE code = ?1", [&self.code])? > 0 {
            return Err(Refusal::new(CODE_TAKEN).with("code", self.code.as_str()).into());
        }
        policies::pin(work, &self.policy)?;
        let (policy, digest) = (&self.policy.policy, &self.policy.digest);
        let id = BatchId(work.tx.next_id::<BatchRow>()?);
        let (code, name) = (self.code.clone(), self.name.clone());
        work.tx.insert(&BatchRow { id, code, name, policy: digest.clone(), state: BatchState::Open })?;
        for session in &policy.sessions {
            let row = SessionId(work.tx.next_id::<SessionRow>()?);
            work.tx.insert(&super::session_row(row, id, session))?;
        }
        Ok(id)
    }
}
