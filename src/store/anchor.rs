//! Rows: lineages of the site, closing records of sessions.
use super::fault::Result;
use super::journal;
use super::record::record;
use super::rows;
use super::tx::Tx;
use crate::model::*;
use rusqlite::Connection;

record!(
    /// One unbroken run of the journal, and where it parts from the one before.
    LineageRow in "lineage" by [id] {
        id: i64,
        code: String,
        /// Operations kept of the parent.
        parent_no: i64,
        parent_digest: String,
        /// What the mark outside said; `None` for the first lineage.
        found: Option<String>,
        reason: Option<String>,
        /// Ed25519, as minisign writes it.
        public_key: Option<String>,
        begun_at: Stamp,
        begun_by: Option<OperatorId>,
    }
);

record!(
    SessionClosingRow in "session_closing" by [id] {
        id: i64,
        session: SessionId,
        number: i64,
        seated: i64,
        present: i64,
        absent: i64,
        refused: i64,
        incidents: i64,
        bags: i64,
        head_no: i64,
        head: String,
        closed_by: OperatorId,
        closed_at: Stamp,
        reopened_by: Option<OperatorId>,
        reopened_at: Option<Stamp>,
        reason: Option<String>,
    }
);

/// What the table of attendance answers to a change in a closed session.
pub const SESSION_CLOSED: &str = "session is closed";

/// The lineage of a database from before there were lineages.
pub const NO_LINEAGE: &str = "00000000000000000000000000000000";

impl LineageRow {
    /// The lineage that a new site begins with.
    pub fn first(db: &Connection, public_key: Option<String>, at: Stamp) -> Result<LineageRow> {
        Ok(LineageRow {
            id: 1,
            code: journal::salt(db)?,
            parent_no: 0,
            parent_digest: journal::GENESIS.to_owned(),
            found: None,
            reason: None,
            public_key,
            begun_at: at,
            begun_by: None,
        })
    }

    /// The lineage that goes on from where the journal stands now.
    pub fn next(tx: &Tx<'_>, (found, reason): (String, String), at: Stamp, by: OperatorId) -> Result<LineageRow> {
        let (parent_no, parent_digest) = journal::head(tx.db())?;
        Ok(LineageRow {
            id: tx.next_id::<LineageRow>()?,
            code: journal::salt(tx.db())?,
            parent_no,
            parent_digest,
            found: Some(found),
            reason: Some(reason),
            public_key: None,
            begun_at: at,
            begun_by: Some(by),
        })
    }
}

/// The operation that begins a lineage.
pub const CONTINUE: &str = "site.continue";

/// The lineage that operations are written in.
pub fn lineage(db: &Connection) -> Result<Option<LineageRow>> {
    rows::first::<LineageRow>(db, "ORDER BY id DESC", [])
}
