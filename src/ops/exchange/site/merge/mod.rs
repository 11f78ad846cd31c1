//! `exchange.merge`: what another site, or the region, has done with the same batch comes in. Nothing is overwritten that
//! differs without one side being the later; such differences are listed with both sides.
mod dossier;
mod people;
mod side;
mod state;

use super::compare::{NOT_HERE, Side as Only, shown, whole};
use super::load::name_only;
use super::plan::{Nobody, Plan};
use super::{Account, Conflict, Folder};
use crate::bundle::site::Table;
use crate::model::{BatchId, Cell, Code, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::StoreFault;
use crate::store::load::Load;
use serde::Serialize;
use side::{Row, Side, table};
use state::{Known, Position};
use std::collections::{HashMap, HashSet};

pub const POLICY: Code = Code("merge.another_policy");

#[derive(Serialize)]
pub struct Merge<'a> {
    #[serde(serialize_with = "name_only")]
    pub folder: &'a Folder,
}

/// What became of the rows.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Merged {
    /// Rows of the bundle, rows added, rows that are the same, conflicts.
    #[serde(flatten)]
    pub account: Account,
    /// Rows here that the other side's later state replaced.
    pub taken: u64,
    /// Rows of the bundle that are older than what is here.
    pub older: u64,
}

/// Tables of the exam itself: they belong to the site that holds it, and are compared only.
const COMPARED: &[&str] = &[
    "sessions",
    "venues",
    "rooms",
    "broken-seats",
    "special-needs",
    "placements",
    "tickets",
    "void-tickets",
    "attendance",
    "staff",
    "staff-ties",
    "assignments",
    "paper-bags",
    "paper-events",
    "room-records",
    "archive-boxes",
    "script-bags",
    "scripts",
    "entries",
    "entry-claims",
    "control-totals",
    "mark-changes",
    "marks",
    "mark-locks",
    "panels",
    "panel-members",
    "panel-recusals",
    "panel-candidates",
    "panel-sheets",
    "panel-signatures",
    "certificates",
    "number-segments",
    "incidents",
    "mark-effects",
    "draws",
    "draw-entries",
    "inspections",
    "complaints",
    "milestones",
];

impl Operation for Merge<'_> {
    const KIND: &'static str = "exchange.merge";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Merged;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Merged> {
        let (batch, there) = (work.batch()?.clone(), &self.folder.manifest);
        if batch.code != there.batch.code {
            let refusal = Refusal::new(NOT_HERE).with("batch", there.batch.code.as_str());
            return Err(refusal.with("site", work.site.code.as_str()).into());
        }
        if batch.policy != there.policy.sha256 {
            return Err(Refusal::new(POLICY).with("batch", batch.code.as_str()).into());
        }
        let steps = work.policy()?.reviews.steps.iter().map(|by| by.step.code()).collect();
        let (here, there) = (Side::here(work.tx.db(), batch.id)?, Side::there(self.folder)?);
        let (known_here, known_there) = (state::known(&here)?, state::known(&there)?);
        let account = Account { read: there.count(), ..Account::default() };
        let out = Merged { account, ..Merged::default() };
        let mut positions = Positions::of(&here, &there, (&known_here, &known_there))?;
        let disputed = disputed(&here, &there)?;
        for key in &disputed {
            positions.0.remove(key);
        }
        positions.0.retain(|key, _| !disputed.contains(key));
        let mut merge = Run { disputed, here, there, known_here, known_there, positions, steps, batch: batch.id, out };
        merge.operators(work)?;
        merge.applications(work)?;
        merge.dossiers(work)?;
        COMPARED.iter().try_for_each(|name| merge.compare(name))?;
        merge.out.account.keep_blind(work.tx.db())?;
        Ok(merge.out)
    }
}

/// Which side is further with an application.
#[derive(Debug, Default)]
struct Positions(HashMap<String, (Option<Position>, Option<Position>)>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Later {
    Here,
    There,
    Neither,
}

impl Positions {
    fn of(here: &Side, there: &Side, known: (&HashMap<String, Known>, &HashMap<String, Known>)) -> Result<Positions> {
        let (table, none) = (table("applications")?, Known::default());
        let mut all: HashMap<String, (Option<Position>, Option<Position>)> = HashMap::new();
        let position = |row: &Row, known: &HashMap<String, Known>| {
            let key = row.application(table);
            let at = known.get(&key).unwrap_or(&none).position(row.get(table, "state"));
            (key, at)
        };
        for row in here.rows("applications") {
            let (key, at) = position(row, known.0);
            all.entry(key).or_default().0 = Some(at);
        }
        for row in there.rows("applications") {
            let (key, at) = position(row, known.1);
            all.entry(key).or_default().1 = Some(at);
        }
        Ok(Positions(all))
    }

    fn later(&self, application: &str) -> Later {
        match self.0.get(application) {
            Some((Some(here), Some(there))) if there > here => Later::There,
            Some((Some(here), Some(there))) if there < here => Later::Here,
            Some((None, Some(_))) => Later::There,
            _ => Later::Neither,
        }
    }
}

/// Applications of which both sides decided the same step of the same round differently: neither side is the later.
fn disputed(here: &Side, there: &Side) -> Result<HashSet<String>> {
    let table = table("reviews")?;
    let (Some(ours), Some(theirs)) = (here.table("reviews"), there.table("reviews")) else {
        return Ok(HashSet::new());
    };
    let differing = theirs.keyed().into_iter().filter_map(|(place, key)| {
        let (ours, theirs) = (ours.find(key)?, theirs.all.get(place)?);
        (ours.written != theirs.written).then(|| theirs.application(table))
    });
    Ok(differing.collect())
}

struct Run<'p> {
    /// Their state and particulars stay as they are here.
    disputed: HashSet<String>,
    here: Side,
    there: Side,
    known_here: HashMap<String, Known>,
    known_there: HashMap<String, Known>,
    positions: Positions,
    /// Codes of the notice's steps.
    steps: Vec<&'p str>,
    batch: BatchId,
    out: Merged,
}

impl Run<'_> {
    /// Adds rows of the bundle that are not here.
    fn add(&mut self, work: &mut Work<'_, '_>, table: &'static Table, rows: &[Row]) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let plan = Plan::of(table).ok_or_else(|| StoreFault::Other(table.name.to_owned()))?;
        let mut load = Load::after_last(work.tx, table.record)?;
        for row in rows {
            match plan.row(work.tx.db(), (self.batch, load.next_id()), &row.cells, table)? {
                Ok(values) => load.push(work.tx, &values)?,
                // Names somebody who is in conflict, and so not here.
                Err(Nobody(_)) => {
                    self.out.account.conflict(whole(table, &row.written, Only::There));
                    continue;
                }
            }
            self.out.account.added += 1;
        }
        load.finish(work.tx)?;
        Ok(())
    }

    /// Writes a row of the bundle's columns over the row with this id.
    fn put(&mut self, work: &mut Work<'_, '_>, table: &'static Table, row: &Row, id: i64) -> Result<()> {
        let plan = Plan::of(table).ok_or_else(|| StoreFault::Other(table.name.to_owned()))?;
        match plan.row(work.tx.db(), (self.batch, id), &row.cells, table)? {
            Ok(values) => {
                if crate::store::load::rewrite(work.tx, table.record, id, &values)? {
                    self.out.taken += 1;
                }
            }
            Err(Nobody(_)) => self.out.account.conflict(whole(table, &row.written, Only::There)),
        }
        Ok(())
    }

    fn fields(&mut self, table: &'static Table, here: &Row, there: &Row) {
        let cells = table.headings().zip(&here.written).zip(&there.written);
        for ((field, a), b) in cells.filter(|((_, a), b)| a != b) {
            let (here, there, key) = (a.clone(), b.clone(), shown(table, &here.written));
            self.out.account.conflict(Conflict { table: table.name, key, field, here, there });
        }
    }

    /// What both sides have must be the same; what only the bundle has is a conflict.
    fn compare(&mut self, name: &str) -> Result<()> {
        let table = table(name)?;
        let mut found = Vec::new();
        if let (Some(here), Some(there)) = (self.here.table(name), self.there.table(name)) {
            for (place, key) in there.keyed() {
                let Some(row) = there.all.get(place) else { continue };
                found.push((here.find(key).cloned(), row.clone()));
            }
        }
        for (ours, theirs) in found {
            match ours {
                Some(ours) if ours.written == theirs.written => self.out.account.unchanged += 1,
                Some(ours) => self.fields(table, &ours, &theirs),
                None => self.out.account.conflict(whole(table, &theirs.written, Only::There)),
            }
        }
        Ok(())
    }
}

/// The id of the application that a row belongs to.
fn application_id(work: &Work<'_, '_>, batch: BatchId, table: &Table, row: &Row) -> Result<Option<i64>> {
    let under = |part: &str| match table.record {
        "application" => part.to_owned(),
        _ => format!("application.{part}"),
    };
    let cell = |part: &str| {
        let heading = under(part);
        let place = table.headings().position(|h| h == heading);
        place.and_then(|n| row.cells.get(n)).cloned().unwrap_or(Cell::None)
    };
    let key = ["document", "id_number", "occupation", "level"].map(|part| (part, cell(part)));
    Ok(crate::store::exchange::find(work.tx.db(), "application", batch, &key)?)
}
