//! The only writers. Each write journals itself; the operation row closes the transaction with its digest.
use super::changes::Changes;
use super::fault::{Result, StoreFault};
use super::journal::{self, ChangeRow, Fed, OperationRow};
use super::queue::Turn;
use super::record::{Meta, Record, stored};
use super::records::RECORDS;
use super::search_text;
use super::secret;
use crate::model::{OpNo, Stamp};
use rusqlite::types::Value;
use rusqlite::{Connection, Statement, params_from_iter};
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};
use std::marker::PhantomData;

/// Rows of one run of a bulk insert that share one line of the journal.
pub(super) const RUN: i64 = 1000;

/// What is known of an operation beside its changes.
#[derive(Debug, Clone)]
pub struct Signature {
    pub op_id: String,
    pub kind: &'static str,
    pub site: String,
    pub station: String,
    pub actor: Option<i64>,
    pub actor_name: String,
    pub actor_roles: String,
    pub face: &'static str,
    pub at: Stamp,
    pub batch: Option<i64>,
    pub params: String,
    pub reason: Option<String>,
    pub policy: Option<String>,
}

/// An open write transaction. Dropping it without [`Tx::commit`] rolls everything back.
pub struct Tx<'db> {
    db: &'db Connection,
    /// Number the operation will get.
    op: OpNo,
    prev: String,
    seq: i64,
    salt: String,
    fed: Fed,
    changes: Changes,
    /// Goes into the operation's own row.
    first: Option<ChangeRow>,
    undoes: Option<OpNo>,
    open: bool,
    _turn: Option<Turn>,
}

impl<'db> Tx<'db> {
    pub(super) fn begin(db: &'db Connection, turn: Option<Turn>) -> Result<Tx<'db>> {
        db.execute_batch("BEGIN IMMEDIATE")?;
        let (last, prev, salt) = match journal::head(db).and_then(|(last, prev)| Ok((last, prev, journal::salt(db)?))) {
            Ok(start) => start,
            Err(fault) => {
                let _ = db.execute_batch("ROLLBACK");
                return Err(fault);
            }
        };
        Ok(Tx {
            db,
            op: OpNo(last + 1),
            prev,
            seq: 0,
            fed: Fed::with(&salt),
            salt,
            changes: Changes::NONE,
            first: None,
            undoes: None,
            open: true,
            _turn: turn,
        })
    }

    /// For reads inside the transaction. Writing through it would pass the journal by; nothing outside `store` can.
    pub fn db(&self) -> &'db Connection {
        self.db
    }

    pub fn op(&self) -> OpNo {
        self.op
    }

    /// Next free id of a table with an integer key `id`. Valid until the next insert.
    pub fn next_id<R: Record>(&self) -> Result<i64> {
        let sql = format!("SELECT coalesce(max(id), 0) + 1 FROM {}", R::TABLE);
        Ok(self.db.prepare_cached(&sql)?.query_row([], |r| r.get(0))?)
    }

    pub fn insert<R: Record>(&mut self, row: &R) -> Result<()> {
        let values = stored(row.values()?);
        self.db.prepare_cached(&insert_sql(R::TABLE, R::COLUMNS))?.execute(params_from_iter(values.iter()))?;
        search_text::follow_one(self.db, R::TABLE)?;
        self.note(meta(R::TABLE)?, None, Some(image(R::COLUMNS, &values)))
    }

    /// Writes `after` over `before`; fails with a constraint fault when the row is no longer as `before` says.
    pub fn update<R: Record>(&mut self, before: &R, after: &R) -> Result<()> {
        let (old, new) = (image(R::COLUMNS, &before.values()?), image(R::COLUMNS, &stored(after.values()?)));
        self.replace(meta(R::TABLE)?, Some(old), Some(new))
    }

    pub fn delete<R: Record>(&mut self, row: &R) -> Result<()> {
        let old = image(R::COLUMNS, &row.values()?);
        self.replace(meta(R::TABLE)?, Some(old), None)
    }

    /// Begins a bulk insert of rows whose `id` runs up by one from `first`.
    pub fn run<R: Record>(&self, first: i64) -> Result<Run<'db, R>> {
        let statement = self.db.prepare(&insert_sql(R::TABLE, R::COLUMNS))?;
        Ok(Run {
            salt: self.salt.clone(),
            meta: meta(R::TABLE)?,
            statement,
            first,
            from: first,
            next: first,
            hash: salted(&self.salt),
            bytes: Vec::new(),
            row: PhantomData,
        })
    }

    /// Inserts all of `rows` as a run; gives their number.
    pub fn insert_run<R: Record>(&mut self, first: i64, rows: impl Iterator<Item = R>) -> Result<i64> {
        let mut run = self.run(first)?;
        for row in rows {
            run.push(self, &row)?;
        }
        run.finish(self)
    }

    /// Puts a row from one image to another; images as in the journal. Both absent is nothing.
    pub(super) fn replace(&mut self, meta: Meta, before: Option<Json>, after: Option<Json>) -> Result<()> {
        let touched = match (&before, &after) {
            (None, Some(new)) => {
                let touched = self.execute_image(&insert_sql(meta.table, meta.columns), &cells(meta.columns, new));
                search_text::follow_one(self.db, meta.table)?;
                touched
            }
            (Some(old), None) => {
                let sql = format!("DELETE FROM {} WHERE {}", meta.table, all_equal(meta.columns, 1));
                self.execute_image(&sql, &cells(meta.columns, old))
            }
            (Some(old), Some(new)) => {
                let set: Vec<_> =
                    meta.columns.iter().enumerate().map(|(i, c)| format!("\"{}\" = ?{}", bare(c), i + 1)).collect();
                let filter = all_equal(meta.columns, meta.columns.len() + 1);
                let sql = format!("UPDATE {} SET {} WHERE {filter}", meta.table, set.join(", "));
                let mut values = cells(meta.columns, new);
                values.extend(cells(meta.columns, old));
                self.execute_image(&sql, &values)
            }
            (None, None) => return Ok(()),
        }?;
        if touched != 1 {
            return Err(StoreFault::Constraint(format!("{} row changed meanwhile", meta.table)));
        }
        self.note(meta, before, after)
    }

    pub(super) fn execute_image(&self, sql: &str, values: &[Value]) -> Result<usize> {
        Ok(self.db.prepare_cached(sql)?.execute(params_from_iter(values.iter()))?)
    }

    /// What the digest of a run of this operation begins with.
    pub(super) fn run_hash(&self) -> Sha256 {
        salted(&self.salt)
    }

    pub(super) fn mark_undo(&mut self, of: OpNo) {
        self.undoes = Some(of);
    }

    fn note(&mut self, meta: Meta, before: Option<Json>, after: Option<Json>) -> Result<()> {
        let key = key_of(meta, after.as_ref().or(before.as_ref()));
        let text = |j: Option<Json>| j.map(|j| secret::hidden(meta.table, j).to_string());
        self.write_change(
            meta,
            ChangeRow {
                seq: 0,
                record: meta.table.to_owned(),
                key,
                upto: None,
                before: text(before),
                after: text(after),
                digest: None,
            },
        )
    }

    pub(super) fn note_run(&mut self, meta: Meta, first: i64, last: i64, hash: Sha256) -> Result<()> {
        let digest = Some(journal::hex(&hash.finalize()));
        let (record, key) = (meta.table.to_owned(), first.to_string());
        let row = ChangeRow { seq: 0, record, key, upto: Some(last), before: None, after: None, digest };
        self.write_change(meta, row)
    }

    /// A line that says a run is gone again: the undo of a bulk insert.
    pub(super) fn note_run_removed(&mut self, meta: Meta, run: &ChangeRow) -> Result<()> {
        self.write_change(meta, ChangeRow { before: Some("run".to_owned()), ..run.clone() })
    }

    /// A line that says how many rows of a table were erased, and nothing of them.
    pub(super) fn note_erased(&mut self, table: &str, count: usize) -> Result<()> {
        let after = Some(serde_json::json!({ "erased": count }).to_string());
        let (record, key) = (table.to_owned(), String::new());
        self.write_change(
            meta(table)?,
            ChangeRow { seq: 0, record, key, upto: None, before: None, after, digest: None },
        )
    }

    fn write_change(&mut self, meta: Meta, mut row: ChangeRow) -> Result<()> {
        self.seq += 1;
        row.seq = self.seq;
        self.fed.change(&row);
        self.changes = self.changes | Changes(meta.bit);
        if self.first.is_none() {
            self.first = Some(row);
            return Ok(());
        }
        let sql = "INSERT INTO further_change (op, seq, record, key, upto, before, after, digest) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        self.db.prepare_cached(sql)?.execute(rusqlite::params![
            self.op, row.seq, row.record, row.key, row.upto, row.before, row.after, row.digest
        ])?;
        Ok(())
    }

    /// Runs `steps`; when they fail nothing of them stays, neither in the tables nor in the journal.
    pub fn attempt<T>(&mut self, steps: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let kept = (self.seq, self.fed.clone(), self.changes, self.first.clone());
        self.db.execute_batch("SAVEPOINT attempt")?;
        let done = steps(self);
        if done.is_err() {
            self.db.execute_batch("ROLLBACK TO attempt")?;
            (self.seq, self.fed, self.changes, self.first) = kept;
        }
        self.db.execute_batch("RELEASE attempt")?;
        done
    }

    /// How many changes were written so far.
    pub fn count(&self) -> i64 {
        self.seq
    }

    pub fn changed(&self) -> bool {
        self.seq > 0
    }

    pub fn changes(&self) -> Changes {
        self.changes
    }

    /// Writes the operation's row and commits. An error here does not say that nothing was saved: look the `op_id` up.
    pub fn commit(mut self, s: Signature) -> Result<OpNo> {
        let mut row = OperationRow {
            id: self.op,
            op_id: s.op_id,
            kind: s.kind.to_owned(),
            site: s.site,
            station: s.station,
            actor: s.actor,
            actor_name: s.actor_name,
            actor_roles: s.actor_roles,
            face: s.face.to_owned(),
            at: s.at,
            batch: s.batch,
            params: s.params,
            reason: s.reason,
            policy: s.policy,
            undoes: self.undoes,
            changes: self.changes.names(),
            prev: std::mem::take(&mut self.prev),
            digest: String::new(),
            salt: Some(self.salt.clone()),
            content: None,
        };
        row.digest = row.compute(self.fed.clone());
        let first = self.first.take();
        let first = first.as_ref();
        let places: Vec<_> = (1..=journal::OPERATION_WIDTH + 6).map(|n| format!("?{n}")).collect();
        let sql = format!(
            "INSERT INTO operation ({}, first_record, first_key, first_upto, first_before, first_after, first_digest) \
             VALUES ({})",
            journal::OPERATION_COLUMNS,
            places.join(", ")
        );
        #[rustfmt::skip]
        self.db.prepare_cached(&sql)?.execute(rusqlite::params![
            row.id, row.op_id, row.kind, row.site, row.station, row.actor, row.actor_name, row.actor_roles, row.face,
            row.at, row.batch, row.params, row.reason, row.policy, row.undoes, row.changes, row.prev, row.digest,
            row.salt, row.content,
            first.map(|c| &c.record), first.map(|c| &c.key), first.and_then(|c| c.upto),
            first.and_then(|c| c.before.as_ref()), first.and_then(|c| c.after.as_ref()), first.and_then(|c| c.digest.as_ref())
        ])?;
        self.db.execute_batch("COMMIT")?;
        self.open = false;
        Ok(row.id)
    }
}

/// A bulk insert: the journal gets a digest for each run of rows, not their images.
pub struct Run<'db, R> {
    meta: Meta,
    statement: Statement<'db>,
    first: i64,
    /// First row that has no line in the journal yet.
    from: i64,
    next: i64,
    salt: String,
    hash: Sha256,
    /// The row at hand, as the digest sees it.
    bytes: Vec<u8>,
    row: PhantomData<R>,
}

impl<R: Record> Run<'_, R> {
    /// The id that the next row must have.
    pub fn next_id(&self) -> i64 {
        self.next
    }

    pub fn push(&mut self, tx: &mut Tx<'_>, row: &R) -> Result<()> {
        self.bytes.clear();
        row.bind(&mut self.statement, &mut self.bytes)?;
        self.statement.raw_execute()?;
        self.hash.update(&self.bytes);
        self.next += 1;
        if self.next - self.from == RUN {
            self.note(tx)?;
        }
        Ok(())
    }

    /// Ends the run; gives the id after the last row.
    pub fn finish(mut self, tx: &mut Tx<'_>) -> Result<i64> {
        if self.next > self.from {
            self.note(tx)?;
        }
        search_text::follow(tx.db, R::TABLE, self.first, self.next - 1)?;
        Ok(self.next)
    }

    fn note(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let hash = std::mem::replace(&mut self.hash, salted(&self.salt));
        tx.note_run(self.meta, self.from, self.next - 1, hash)?;
        self.from = self.next;
        Ok(())
    }
}

impl Drop for Tx<'_> {
    fn drop(&mut self) {
        if self.open && !self.db.is_autocommit() {
            let _ = self.db.execute_batch("ROLLBACK");
        }
    }
}

/// The digest of a run begins with the operation's salt: it stays when the operation is erased.
pub(super) fn salted(salt: &str) -> Sha256 {
    let mut hash = Sha256::new();
    hash.update(salt.as_bytes());
    hash
}

pub(super) fn meta(table: &str) -> Result<Meta> {
    RECORDS
        .iter()
        .copied()
        .find(|m| m.table == table)
        .ok_or_else(|| StoreFault::Other(format!("{table} is not journaled")))
}

pub(super) fn insert_sql(table: &str, columns: &[&str]) -> String {
    let names: Vec<_> = columns.iter().map(|c| format!("\"{}\"", bare(c))).collect();
    let places: Vec<_> = (1..=columns.len()).map(|n| format!("?{n}")).collect();
    format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), places.join(", "))
}

/// A field that is a Rust keyword is written `r#name`; its column is `name`.
pub(super) fn bare(column: &str) -> &str {
    column.strip_prefix("r#").unwrap_or(column)
}

fn all_equal(columns: &[&str], first: usize) -> String {
    let parts: Vec<_> = columns.iter().enumerate().map(|(i, c)| format!("\"{}\" IS ?{}", bare(c), first + i)).collect();
    parts.join(" AND ")
}

/// The readable image of a row: column to value.
pub(super) fn image(columns: &[&str], values: &[Value]) -> Json {
    let cell = |v: &Value| match v {
        Value::Null | Value::Blob(_) => Json::Null,
        Value::Integer(n) => Json::from(*n),
        Value::Real(x) => Json::from(*x),
        Value::Text(t) => Json::from(t.as_str()),
    };
    Json::Object(columns.iter().zip(values).map(|(c, v)| (bare(c).to_owned(), cell(v))).collect::<Map<_, _>>())
}

pub(super) fn cells(columns: &[&str], image: &Json) -> Vec<Value> {
    let value = |j: &Json| match j {
        Json::String(s) => Value::Text(s.clone()),
        Json::Number(n) => n.as_i64().map_or_else(|| Value::Real(n.as_f64().unwrap_or_default()), Value::Integer),
        Json::Bool(b) => Value::Integer(i64::from(*b)),
        _ => Value::Null,
    };
    columns.iter().map(|c| image.get(bare(c)).map_or(Value::Null, value)).collect()
}

pub(super) fn key_of(meta: Meta, image: Option<&Json>) -> String {
    let part = |c: &&str| match image.and_then(|i| i.get(bare(c))) {
        Some(Json::String(s)) => s.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    meta.key.iter().map(part).collect::<Vec<_>>().join("/")
}

pub(super) fn all_columns(columns: &[&str]) -> String {
    columns.iter().map(|c| format!("\"{}\"", bare(c))).collect::<Vec<_>>().join(", ")
}
