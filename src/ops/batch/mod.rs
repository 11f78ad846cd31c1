//! Batches (认定批次): one sitting under one policy.
mod change_policy;
mod close;
mod open;
mod stops;

pub use change_policy::{
    ChangePolicy, Effect, EffectKind, Person, PolicyChanged, SAME, SESSION_SEATED, SESSION_TAKEN, SessionChange,
    SessionChanged,
};
pub use close::{Close, CloseAnyway};
pub use open::Open;
pub use stops::{Stop, Weight, stops};

use crate::config::Assets;
use crate::model::{BatchId, SessionId, SessionMode};
use crate::ops::{Error, Result, Site};
use crate::policy::sessions::Session;
use crate::policy::subjects::PracticalMode;
use crate::policy::{self, Adopted};
use crate::store::{BatchRow, SessionRow, rows};

/// A policy by its code, from the user's folder or the embedded ones, with what it inherits resolved.
pub fn policy(assets: &Assets, code: &str) -> Result<Adopted> {
    policy::load(code, &|name| assets.read(&format!("policies/{name}.toml"))).map_err(|f| Error::Policy(vec![f]))
}

pub fn batches(site: &Site) -> Result<Vec<BatchRow>> {
    Ok(rows::select::<BatchRow>(site.store().db(), "ORDER BY id", [])?)
}

/// The sessions of the batch at hand, in time order.
pub fn sessions(site: &Site) -> Result<Vec<SessionRow>> {
    let batch = site.batch()?.id;
    Ok(rows::select::<SessionRow>(site.store().db(), "WHERE batch = ?1 ORDER BY starts_at, id", [batch])?)
}

/// A session of the notice as it is stored.
fn session_row(id: SessionId, batch: BatchId, session: &Session) -> SessionRow {
    let mode = match session.mode {
        Some(PracticalMode::Paper) => Some(SessionMode::Paper),
        Some(PracticalMode::HandsOn) => Some(SessionMode::HandsOn),
        Some(PracticalMode::ByOccupation | PracticalMode::External) | None => None,
    };
    let levels: Vec<_> = session.levels.iter().map(|level| level.digit().to_string()).collect();
    SessionRow {
        id,
        batch,
        code: session.code.clone(),
        subject: session.subject,
        starts_at: session.starts(),
        ends_at: session.ends(),
        mode,
        levels: (!levels.is_empty()).then(|| levels.join(",")),
    }
}
