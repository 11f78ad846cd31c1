//! `sessions.change`: other times while nobody is seated. What the notice sets stands; what it leaves open is the site's.
use super::{OF_THE_NOTICE, find, fits, free};
use crate::model::{Refusal, Role, Stamp};
use crate::ops::{Operation, Result, Work};
use crate::store::SessionRow;
use serde::Serialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    AsItIs,
    Open,
    At(Stamp),
}

#[derive(Debug, Serialize)]
pub struct Change {
    pub session: String,
    pub starts_at: Option<Stamp>,
    pub ends_at: End,
}

impl Operation for Change {
    const KIND: &'static str = "sessions.change";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let before = find(work, &self.session)?;
        let ends_at = match self.ends_at {
            End::AsItIs => before.ends_at,
            End::Open => None,
            End::At(end) => Some(end),
        };
        let starts_at = self.starts_at.unwrap_or(before.starts_at);
        let after = SessionRow { starts_at, ends_at, ..before.clone() };
        let set = work.policy()?.sessions.iter().find(|s| s.code == before.code);
        let against = |set: &&crate::policy::sessions::Session| {
            set.starts() != after.starts_at || set.ends().is_some_and(|end| Some(end) != after.ends_at)
        };
        if set.filter(against).is_some() {
            return Err(Refusal::new(OF_THE_NOTICE).with("session", before.code.as_str()).into());
        }
        if after != before {
            free(work, &before)?;
            fits(work, &after)?;
            work.tx.update(&before, &after)?;
        }
        Ok(after.code)
    }
}
