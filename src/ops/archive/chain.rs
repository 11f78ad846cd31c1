//! The journal as the archive has it: a line of JSON for each operation, from the first of the site on, so that the chain can
//! be followed. What other batches did stands there without its words: only their digest.
use crate::model::{OpNo, Stamp};
use crate::ops::Result;
use crate::store::StoreFault;
use crate::store::journal::{self, ChangeRow, Fed, OperationRow, Verification};
use crate::store::rows::Connection;
use serde::{Deserialize, Serialize};

pub const FILE: &str = "6-data/journal.jsonl";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: i64,
    op_id: String,
    kind: String,
    site: String,
    station: String,
    actor: Option<i64>,
    actor_name: String,
    actor_roles: String,
    face: String,
    at: i64,
    batch: Option<i64>,
    params: String,
    reason: Option<String>,
    policy: Option<String>,
    undoes: Option<i64>,
    changes: String,
    prev: String,
    digest: String,
    salt: Option<String>,
    content: Option<String>,
    rows: Vec<Row>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    seq: i64,
    record: String,
    key: String,
    upto: Option<i64>,
    before: Option<String>,
    after: Option<String>,
    digest: Option<String>,
}

/// Which operations keep their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    OfBatch(i64),
    Nobody,
}

/// The lines, the number of operations, and the digest of the last.
pub fn write(db: &Connection, words: Words) -> Result<(Vec<u8>, i64, String)> {
    let mut out = Vec::new();
    let (mut count, mut head) = (0, journal::GENESIS.to_owned());
    journal::walk(db, &mut |op| {
        let changes = journal::changes(db, op.id)?;
        let mut fed = Fed::with(op.salt.as_deref().unwrap_or_default());
        changes.iter().for_each(|change| fed.change(change));
        let whole = op.content.is_none() && words != Words::Nobody && op.batch.map(Words::OfBatch) == Some(words);
        let content = if whole { None } else { Some(op.content(fed)) };
        count = op.id.0;
        head.clone_from(&op.digest);
        let line = line(op, changes, content);
        serde_json::to_writer(&mut out, &line).map_err(|e| StoreFault::Other(e.to_string()))?;
        out.push(b'\n');
        Ok(true)
    })?;
    Ok((out, count, head))
}

/// `content` is set for a line without words.
fn line(op: OperationRow, changes: Vec<ChangeRow>, content: Option<String>) -> Line {
    let whole = content.is_none();
    let row = |c: ChangeRow| Row {
        seq: c.seq,
        record: c.record,
        key: c.key,
        upto: c.upto,
        before: c.before.filter(|_| whole),
        after: c.after.filter(|_| whole),
        digest: c.digest,
    };
    Line {
        id: op.id.0,
        op_id: op.op_id,
        kind: op.kind,
        site: op.site,
        station: op.station,
        actor: op.actor,
        actor_name: op.actor_name,
        actor_roles: op.actor_roles,
        face: op.face,
        at: op.at.0,
        batch: op.batch,
        params: if whole { op.params } else { "{}".to_owned() },
        reason: op.reason.filter(|_| whole),
        policy: op.policy,
        undoes: op.undoes.map(|n| n.0),
        changes: op.changes,
        prev: op.prev,
        digest: op.digest,
        salt: op.salt.filter(|_| whole),
        content,
        rows: changes.into_iter().map(row).collect(),
    }
}

/// Follows the chain; `Err` is the number of the first line that is none.
pub fn follow(text: &str) -> std::result::Result<Verification, i64> {
    let mut found = Verification::begin();
    for (n, line) in (1..).zip(text.lines()) {
        let line: Line = serde_json::from_str(line).map_err(|_| n)?;
        let (op, changes) = operation(line);
        let mut fed = Fed::with(op.salt.as_deref().unwrap_or_default());
        changes.iter().for_each(|change| fed.change(change));
        if !found.next(&op, fed) {
            break;
        }
    }
    Ok(found)
}

fn operation(line: Line) -> (OperationRow, Vec<ChangeRow>) {
    let row = |r: Row| ChangeRow {
        seq: r.seq,
        record: r.record,
        key: r.key,
        upto: r.upto,
        before: r.before,
        after: r.after,
        digest: r.digest,
    };
    let op = OperationRow {
        id: OpNo(line.id),
        op_id: line.op_id,
        kind: line.kind,
        site: line.site,
        station: line.station,
        actor: line.actor,
        actor_name: line.actor_name,
        actor_roles: line.actor_roles,
        face: line.face,
        at: Stamp(line.at),
        batch: line.batch,
        params: line.params,
        reason: line.reason,
        policy: line.policy,
        undoes: line.undoes.map(OpNo),
        changes: line.changes,
        prev: line.prev,
        digest: line.digest,
        salt: line.salt,
        content: line.content,
    };
    (op, line.rows.into_iter().map(row).collect())
}
