//! The journal: one row for each operation, chained by digest, and the changes it made.
//!
//! What the chain shows: that no row of the journal was altered, left out or put in between after the fact. What it cannot
//! show: that the tail was cut off, or that everything was stamped anew; for that the head is printed and exported.
use super::fault::Result;
use crate::model::{OpNo, Stamp};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The digest before the first operation.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One committed operation as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OperationRow {
    pub id: OpNo,
    pub op_id: String,
    pub kind: String,
    pub site: String,
    pub station: String,
    pub actor: Option<i64>,
    pub actor_name: String,
    pub actor_roles: String,
    pub face: String,
    pub at: Stamp,
    pub batch: Option<i64>,
    pub params: String,
    pub reason: Option<String>,
    pub policy: Option<String>,
    pub undoes: Option<OpNo>,
    /// Tables that it touched, sorted, comma separated.
    pub changes: String,
    pub prev: String,
    pub digest: String,
}

pub const OPERATION_COLUMNS: &str = "id, op_id, kind, site, station, actor, actor_name, actor_roles, face, at, batch, \
     params, reason, policy, undoes, changes, prev, digest";

impl OperationRow {
    pub fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(OperationRow {
            id: row.get(0)?,
            op_id: row.get(1)?,
            kind: row.get(2)?,
            site: row.get(3)?,
            station: row.get(4)?,
            actor: row.get(5)?,
            actor_name: row.get(6)?,
            actor_roles: row.get(7)?,
            face: row.get(8)?,
            at: row.get(9)?,
            batch: row.get(10)?,
            params: row.get(11)?,
            reason: row.get(12)?,
            policy: row.get(13)?,
            undoes: row.get(14)?,
            changes: row.get(15)?,
            prev: row.get(16)?,
            digest: row.get(17)?,
        })
    }

    /// SHA-256 over the previous digest, every field and the digest of the changes; each part with its length before it.
    pub fn compute(&self, changes_digest: &[u8]) -> String {
        let mut hash = Sha256::new();
        let mut part = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        part(b"kaowu-operation-1");
        part(self.prev.as_bytes());
        part(&self.id.0.to_le_bytes());
        for text in
            [&self.op_id, &self.kind, &self.site, &self.station, &self.actor_name, &self.actor_roles, &self.face]
        {
            part(text.as_bytes());
        }
        part(self.params.as_bytes());
        part(self.changes.as_bytes());
        part(&self.at.0.to_le_bytes());
        for number in [self.actor, self.batch, self.undoes.map(|n| n.0)] {
            part(number.map(i64::to_le_bytes).as_ref().map_or(&[][..], |b| &b[..]));
        }
        for text in [&self.reason, &self.policy] {
            part(text.as_deref().map_or(&[0xff][..], str::as_bytes));
        }
        part(changes_digest);
        hex(&hash.finalize())
    }
}

/// One changed row, or one run of newly inserted rows (`upto` set, images absent, `digest` over the rows).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeRow {
    pub seq: i64,
    pub record: String,
    pub key: String,
    pub upto: Option<i64>,
    pub before: Option<String>,
    pub after: Option<String>,
    pub digest: Option<String>,
}

impl ChangeRow {
    pub fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(ChangeRow {
            seq: row.get("seq")?,
            record: row.get("record")?,
            key: row.get("key")?,
            upto: row.get("upto")?,
            before: row.get("before")?,
            after: row.get("after")?,
            digest: row.get("digest")?,
        })
    }

    pub fn feed(&self, hash: &mut Sha256) {
        let mut part = |bytes: Option<&[u8]>| {
            hash.update(bytes.map_or(u64::MAX, |b| b.len() as u64).to_le_bytes());
            hash.update(bytes.unwrap_or_default());
        };
        part(Some(&self.seq.to_le_bytes()));
        part(Some(self.record.as_bytes()));
        part(Some(self.key.as_bytes()));
        part(self.upto.map(i64::to_le_bytes).as_ref().map(|b| &b[..]));
        part(self.before.as_deref().map(str::as_bytes));
        part(self.after.as_deref().map(str::as_bytes));
        part(self.digest.as_deref().map(str::as_bytes));
    }
}

pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(64), |mut s, b| {
        let _ = write!(s, "{b:02x}");
        s
    })
}

/// Number and digest of the newest operation; number 0 and [`GENESIS`] before the first.
pub fn head(db: &Connection) -> Result<(i64, String)> {
    let row = db
        .prepare_cached("SELECT id, digest FROM operation ORDER BY id DESC LIMIT 1")?
        .query_row([], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    Ok(row.unwrap_or_else(|| (0, GENESIS.to_owned())))
}

pub fn operation(db: &Connection, no: OpNo) -> Result<Option<OperationRow>> {
    let sql = format!("SELECT {OPERATION_COLUMNS} FROM operation WHERE id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([no], OperationRow::read).optional()?)
}

/// Looks an operation up by the id that was made before it ran, newest first, within the last thousand.
pub fn by_op_id(db: &Connection, op_id: &str) -> Result<Option<OpNo>> {
    let sql = "SELECT id FROM (SELECT id, op_id FROM operation ORDER BY id DESC LIMIT 1000) WHERE op_id = ?1";
    Ok(db.prepare_cached(sql)?.query_row([op_id], |r| r.get(0)).optional()?)
}

pub fn changes(db: &Connection, no: OpNo) -> Result<Vec<ChangeRow>> {
    let mut statement = db.prepare_cached("SELECT * FROM change WHERE op = ?1 ORDER BY seq")?;
    let rows = statement.query_map([no], ChangeRow::read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What a walk along the chain found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verification {
    pub operations: i64,
    pub head: String,
    /// The first operation whose digest, predecessor or number does not fit; `None` when all do.
    pub broken_at: Option<OpNo>,
}

/// Recomputes every digest from operation 1 on.
pub fn verify(db: &Connection) -> Result<Verification> {
    let mut found = Verification { operations: 0, head: GENESIS.to_owned(), broken_at: None };
    let sql = format!("SELECT {OPERATION_COLUMNS} FROM operation ORDER BY id");
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let op = OperationRow::read(row)?;
        let mut hash = Sha256::new();
        for change in changes(db, op.id)? {
            change.feed(&mut hash);
        }
        let fits =
            op.prev == found.head && op.id.0 == found.operations + 1 && op.compute(&hash.finalize()) == op.digest;
        if !fits {
            found.broken_at = Some(op.id);
            return Ok(found);
        }
        found.operations += 1;
        found.head = op.digest;
    }
    Ok(found)
}
