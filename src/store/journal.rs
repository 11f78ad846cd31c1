//! The journal: one row for each operation, chained by digest, and the changes it made.
//!
//! What the chain shows: that no row of the journal was altered, left out or put in between after the fact. What it cannot
//! show: that the tail was cut off, or that everything was stamped anew; for that the head is printed and exported.
//!
//! What an operation says of people (its parameters, its reason, the images of rows) enters its digest through a salted digest
//! of its own, the content. Erasing puts the content in the place of the words and throws the salt away: the chain still
//! verifies, and trying out names against what stays leads nowhere.
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
    /// `None`: erased.
    #[serde(skip)]
    pub salt: Option<String>,
    /// Set when erased: the digest of what stood there.
    #[serde(rename = "erased", skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
}

pub const OPERATION_COLUMNS: &str = "id, op_id, kind, site, station, actor, actor_name, actor_roles, face, at, batch, \
     params, reason, policy, undoes, changes, prev, digest, salt, content";
/// How many these are.
pub const OPERATION_WIDTH: usize = 20;

/// The digests of an operation's changes: what stays, and what may be erased.
#[derive(Debug, Clone)]
pub struct Fed {
    lasting: Sha256,
    images: Sha256,
}

impl Fed {
    pub fn with(salt: &str) -> Fed {
        let mut images = Sha256::new();
        images.update(salt.as_bytes());
        Fed { lasting: Sha256::new(), images }
    }

    pub fn change(&mut self, change: &ChangeRow) {
        change.feed(&mut self.lasting);
        for image in [&change.before, &change.after] {
            feed(&mut self.images, image.as_deref().map(str::as_bytes));
        }
    }
}

fn feed(hash: &mut Sha256, part: Option<&[u8]>) {
    hash.update(part.map_or(u64::MAX, |b| b.len() as u64).to_le_bytes());
    hash.update(part.unwrap_or_default());
}

/// 128 random bits as hex digits.
pub fn salt(db: &Connection) -> Result<String> {
    Ok(db.prepare_cached("SELECT lower(hex(randomblob(16)))")?.query_row([], |r| r.get(0))?)
}

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
            salt: row.get(18)?,
            content: row.get(19)?,
        })
    }

    /// The digest of what may be erased; as kept, once it is.
    pub fn content(&self, fed: Fed) -> String {
        if let Some(kept) = &self.content {
            return kept.clone();
        }
        let mut hash = Sha256::new();
        feed(&mut hash, Some(b"kaowu-content-1"));
        for part in [self.salt.as_deref(), Some(self.params.as_str()), self.reason.as_deref()] {
            feed(&mut hash, part.map(str::as_bytes));
        }
        feed(&mut hash, Some(&fed.images.finalize()));
        hex(&hash.finalize())
    }

    /// SHA-256 over the previous digest, every field that stays, what stays of the changes, and the content's digest; each
    /// part with its length before it.
    pub fn compute(&self, fed: Fed) -> String {
        let mut hash = Sha256::new();
        feed(&mut hash, Some(b"kaowu-operation-2"));
        feed(&mut hash, Some(self.prev.as_bytes()));
        feed(&mut hash, Some(&self.id.0.to_le_bytes()));
        for text in
            [&self.op_id, &self.kind, &self.site, &self.station, &self.actor_name, &self.actor_roles, &self.face]
        {
            feed(&mut hash, Some(text.as_bytes()));
        }
        feed(&mut hash, Some(self.changes.as_bytes()));
        feed(&mut hash, Some(&self.at.0.to_le_bytes()));
        for number in [self.actor, self.batch, self.undoes.map(|n| n.0)] {
            feed(&mut hash, number.map(i64::to_le_bytes).as_ref().map(|b| &b[..]));
        }
        feed(&mut hash, self.policy.as_deref().map(str::as_bytes));
        feed(&mut hash, Some(&fed.lasting.clone().finalize()));
        feed(&mut hash, Some(self.content(fed).as_bytes()));
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

    /// All but the images.
    fn feed(&self, hash: &mut Sha256) {
        feed(hash, Some(&self.seq.to_le_bytes()));
        feed(hash, Some(self.record.as_bytes()));
        feed(hash, Some(self.key.as_bytes()));
        feed(hash, self.upto.map(i64::to_le_bytes).as_ref().map(|b| &b[..]));
        feed(hash, self.digest.as_deref().map(str::as_bytes));
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

/// Whether the operation that was to get number `no` is there under the id that was made before it ran. The number was
/// given under the write lock: an operation that was saved has it, however many came after.
pub fn is_saved(db: &Connection, no: OpNo, op_id: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM operation WHERE id = ?1 AND op_id = ?2)";
    Ok(db.prepare_cached(sql)?.query_row(rusqlite::params![no, op_id], |r| r.get(0))?)
}

/// The newest operation whose digest begins with these hexadecimal digits.
pub fn by_digest(db: &Connection, begins: &str) -> Result<Option<OpNo>> {
    let sql = "SELECT id FROM operation WHERE substr(digest, 1, length(?1)) = ?1 ORDER BY id DESC LIMIT 1";
    Ok(db.prepare_cached(sql)?.query_row([begins], |r| r.get(0)).optional()?)
}

/// The operation with this id, however long ago.
pub fn by_op_id(db: &Connection, op_id: &str) -> Result<Option<OpNo>> {
    let sql = "SELECT id FROM operation WHERE op_id = ?1 ORDER BY id DESC LIMIT 1";
    Ok(db.prepare_cached(sql)?.query_row([op_id], |r| r.get(0)).optional()?)
}

pub fn changes(db: &Connection, no: OpNo) -> Result<Vec<ChangeRow>> {
    let mut statement = db.prepare_cached("SELECT * FROM change WHERE op = ?1 ORDER BY seq")?;
    let rows = statement.query_map([no], ChangeRow::read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The newest change of one row that `wanted` takes, with its operation. Goes back from the end, never over the whole journal
/// where it is recent, as what somebody takes back mostly is.
pub fn newest_change(
    db: &Connection,
    (record, key): (&str, &str),
    wanted: &dyn Fn(&ChangeRow) -> bool,
) -> Result<Option<(OpNo, ChangeRow)>> {
    const FIRST: &str = "SELECT id AS op, 1 AS seq, first_record AS record, first_key AS key, first_upto AS upto, \
         first_before AS before, first_after AS after, first_digest AS digest FROM operation \
         WHERE id > ?3 AND first_record = ?1 AND first_key = ?2 ORDER BY id DESC";
    const FURTHER: &str =
        "SELECT * FROM further_change WHERE op > ?3 AND record = ?1 AND key = ?2 ORDER BY op DESC, seq DESC";
    let look = |sql: &str, after: OpNo| -> Result<Option<(OpNo, ChangeRow)>> {
        let mut statement = db.prepare_cached(sql)?;
        let mut rows = statement.query(rusqlite::params![record, key, after])?;
        while let Some(row) = rows.next()? {
            let change = ChangeRow::read(row)?;
            if wanted(&change) {
                return Ok(Some((row.get("op")?, change)));
            }
        }
        Ok(None)
    };
    let first = look(FIRST, OpNo(0))?;
    // Of one operation the further changes came later.
    let further = look(FURTHER, OpNo(first.as_ref().map_or(0, |(op, _)| op.0 - 1)))?;
    Ok(further.or(first))
}

/// What a walk along the chain found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verification {
    pub operations: i64,
    pub head: String,
    /// How many of them were erased since.
    pub erased: i64,
    /// The first operation whose digest, predecessor or number does not fit; `None` when all do.
    pub broken_at: Option<OpNo>,
}

impl Verification {
    pub fn begin() -> Verification {
        Verification { operations: 0, head: GENESIS.to_owned(), erased: 0, broken_at: None }
    }

    /// Holds the next operation against the chain so far; `false` when it does not fit.
    pub fn next(&mut self, op: &OperationRow, fed: Fed) -> bool {
        let follows = op.prev == self.head && op.id.0 == self.operations + 1;
        if !follows || op.salt.is_some() == op.content.is_some() || op.compute(fed) != op.digest {
            self.broken_at = Some(op.id);
            return false;
        }
        self.operations += 1;
        self.erased += i64::from(op.content.is_some());
        self.head.clone_from(&op.digest);
        true
    }
}

/// The digests of the changes of an operation as stored.
pub fn fed(db: &Connection, op: &OperationRow) -> Result<Fed> {
    let mut fed = Fed::with(op.salt.as_deref().unwrap_or_default());
    for change in changes(db, op.id)? {
        fed.change(&change);
    }
    Ok(fed)
}

/// Every operation in order, until `each` says no.
pub fn walk(db: &Connection, each: &mut dyn FnMut(OperationRow) -> Result<bool>) -> Result<()> {
    let sql = format!("SELECT {OPERATION_COLUMNS} FROM operation ORDER BY id");
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if !each(OperationRow::read(row)?)? {
            break;
        }
    }
    Ok(())
}

/// Recomputes every digest from operation 1 on.
pub fn verify(db: &Connection) -> Result<Verification> {
    let mut found = Verification::begin();
    walk(db, &mut |op| {
        let fed = fed(db, &op)?;
        Ok(found.next(&op, fed))
    })?;
    Ok(found)
}

/// Recomputes the digests of the last `operations`, as far back as they made no more than `changes` changes together: a start
/// must not take long after a large import. Gives the first one that does not fit.
pub fn verify_tail(db: &Connection, operations: i64, changes: i64) -> Result<Option<OpNo>> {
    let (head, _) = head(db)?;
    let mut from = head + 1;
    let mut left = changes;
    while from > 1 && head - from + 1 < operations {
        let sql = "SELECT count(*) FROM further_change WHERE op = ?1";
        left -= db.prepare_cached(sql)?.query_row([from - 1], |r| r.get::<_, i64>(0))?;
        if left < 0 {
            break;
        }
        from -= 1;
    }
    let before = operation(db, OpNo(from - 1))?.map_or_else(|| GENESIS.to_owned(), |op| op.digest);
    let mut found = Verification { operations: from - 1, head: before, ..Verification::begin() };
    let sql = format!("SELECT {OPERATION_COLUMNS} FROM operation WHERE id >= ?1 ORDER BY id");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([from])?;
    while let Some(row) = rows.next()? {
        let op = OperationRow::read(row)?;
        let fed = fed(db, &op)?;
        if !found.next(&op, fed) {
            break;
        }
    }
    Ok(found.broken_at)
}
