//! Whom and what leave is for, where the values of an operation name it by a number only.
use crate::model::{BatchId, OpNo};
use crate::ops::exchange::site::AcceptFork;
use crate::ops::history::Undo;
use crate::ops::publicity::{Finalise, Publish};
use crate::ops::{Operation, Result, publicity, results};
use crate::store::rows::{self, Connection};
use crate::store::views::history as view;
use crate::store::{ApplicationRow, BundleForkRow, CertificateRow, KnownSiteRow, PublishedRow, journal};
use serde::Serialize;
use serde_json::Value;

/// Names that a list has at most; [`Fact::count`] says how many there are.
pub const NAMED: usize = 5;

/// What stands for a value of the same name, or beside the values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    pub name: &'static str,
    pub values: Vec<String>,
    pub count: usize,
}

impl Fact {
    fn one(name: &'static str, value: impl ToString) -> Fact {
        Fact { name, values: vec![value.to_string()], count: 1 }
    }
}

/// What is signed, asked for or not yet.
pub(super) struct About<'a> {
    pub kind: &'a str,
    pub batch: Option<BatchId>,
    /// Values of the operation, JSON.
    pub said: &'a str,
}

pub(super) fn facts(db: &Connection, about: &About<'_>) -> Result<Vec<Fact>> {
    let said: Value = serde_json::from_str(about.said).unwrap_or_default();
    let number = |name: &str| said.get(name).and_then(Value::as_i64);
    let mut found = Vec::new();
    if let Some(certificate) = number("certificate") {
        let held = rows::first::<CertificateRow>(db, "WHERE id = ?1", [certificate])?;
        let holder = held.as_ref().map(|c| person(db, c.application.0)).transpose()?.flatten();
        let told = held.map(|c| format!("{} {}", c.number, holder.unwrap_or_default()));
        found.extend(told.map(|told| Fact::one("certificate", told.trim_end())));
    }
    if let Some(application) = number("application") {
        found.extend(person(db, application)?.map(|name| Fact::one("application", name)));
    }
    found.extend(people(db, &said)?);
    if let Some(recipient) = said.get("recipient").and_then(Value::as_str) {
        let known = rows::first::<KnownSiteRow>(db, "WHERE lock_key = ?1 ORDER BY id DESC", [recipient])?;
        found.extend(known.map(|site| Fact::one("recipient", format!("{} {}", site.site, site.name).trim_end())));
    }
    match about.kind {
        Undo::KIND => found.extend(undone(db, number("op"))?),
        AcceptFork::KIND => {
            let fork = rows::first::<BundleForkRow>(db, "WHERE id = ?1", [number("fork")])?;
            found.extend(fork.map(|fork| Fact::one("fork", fork.site)));
        }
        Publish::KIND | Finalise::KIND => found.extend(shown(db, about)?),
        _ => {}
    }
    Ok(found)
}

fn person(db: &Connection, id: i64) -> Result<Option<String>> {
    Ok(rows::first::<ApplicationRow>(db, "WHERE id = ?1", [id])?.map(|person| person.name))
}

/// The first names of a list of people.
fn people(db: &Connection, said: &Value) -> Result<Option<Fact>> {
    let Some(all) = said.get("applications").and_then(Value::as_array) else { return Ok(None) };
    let mut values = Vec::new();
    for id in all.iter().filter_map(Value::as_i64).take(NAMED) {
        values.extend(person(db, id)?);
    }
    Ok(Some(Fact { name: "applications", values, count: all.len() }))
}

/// What is taken back: its kind and whom it was about.
fn undone(db: &Connection, op: Option<i64>) -> Result<Vec<Fact>> {
    let Some(op) = op.map(OpNo) else { return Ok(Vec::new()) };
    let kind = journal::operation(db, op)?.map(|op| Fact::one("kind", op.kind));
    let whom = view::subject(db, op)?.map(|whom| Fact::one("whom", whom));
    Ok(kind.into_iter().chain(whom).collect())
}

/// How many are on the list that is shown or made final.
fn shown(db: &Connection, about: &About<'_>) -> Result<Vec<Fact>> {
    let Some(batch) = about.batch else { return Ok(Vec::new()) };
    if about.kind == Finalise::KIND
        && let Some(standing) = publicity::standing(db, batch)?
    {
        let people = rows::count::<PublishedRow>(db, "WHERE publication = ?1", [standing.id])?;
        return Ok(vec![Fact::one("publication", standing.number), Fact::one("people", people)]);
    }
    let latest = results::latest(db, batch)?;
    Ok(latest.map_or_else(Vec::new, |l| vec![Fact::one("applied", l.applied), Fact::one("passed", l.passed)]))
}
