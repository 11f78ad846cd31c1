//! The dossiers of a merge: what only ever grows is united, what describes the applicant goes with the later side.
use super::side::{Row, table};
use super::{Later, Only, Run, application_id, whole};
use crate::bundle::site::Table;
use crate::model::{ApplicationId, Cell};
use crate::ops::{Result, Work};
use crate::store::record::Record;
use crate::store::{EvidenceRow, InvoiceRow, MaterialRow, exchange, rows};
use std::collections::{BTreeMap, BTreeSet};

/// Tables whose rows are acts; a row stands once it is made.
const ACTS: [&str; 7] = ["stamps", "reviews", "fees", "sanctions", "listings", "listed", "list-objections"];
/// Tables that describe the applicant; all rows of an application belong together.
const DESCRIBES: [&str; 3] = ["evidence", "materials", "invoices"];

impl Run<'_> {
    pub(super) fn dossiers(&mut self, work: &mut Work<'_, '_>) -> Result<()> {
        DESCRIBES.iter().try_for_each(|name| self.described(work, table(name)?))?;
        ACTS.iter().try_for_each(|name| self.acts(work, table(name)?))
    }

    fn acts(&mut self, work: &mut Work<'_, '_>, table: &'static Table) -> Result<()> {
        let (mut fresh, mut differing) = (Vec::new(), Vec::new());
        if let (Some(here), Some(there)) = (self.here.table(table.name), self.there.table(table.name)) {
            for (place, key) in there.keyed() {
                let Some(theirs) = there.all.get(place) else { continue };
                match here.find(key) {
                    None => fresh.push(theirs.clone()),
                    Some(ours) if ours.written == theirs.written => self.out.account.unchanged += 1,
                    Some(ours) => differing.push((ours.clone(), theirs.clone())),
                }
            }
        }
        self.add(work, table, &fresh)?;
        for (ours, theirs) in differing {
            match advanced(table, &ours, &theirs) {
                Later::Here => self.out.older += 1,
                Later::Neither => self.fields(table, &ours, &theirs),
                Later::There => match self.row_id(work, table, &ours)? {
                    Some(id) => self.put(work, table, &theirs, id)?,
                    None => self.fields(table, &ours, &theirs),
                },
            }
        }
        Ok(())
    }

    fn row_id(&self, work: &Work<'_, '_>, table: &'static Table, row: &Row) -> Result<Option<i64>> {
        let own = |heading: &&str| !heading.starts_with("application.");
        let mut key: Vec<(&str, Cell<'_>)> = Vec::new();
        for heading in table.key.iter().filter(|h| own(h)) {
            let place = table.headings().position(|h| h == *heading).unwrap_or(usize::MAX);
            key.push((heading, row.cells.get(place).cloned().unwrap_or(Cell::None)));
        }
        if table.key.contains(&"application.id_number") {
            let Some(id) = application_id(work, self.batch, table, row)? else { return Ok(None) };
            key.push(("application", Cell::Int(id)));
        }
        Ok(exchange::find(work.tx.db(), table.record, self.batch, &key)?)
    }

    fn described(&mut self, work: &mut Work<'_, '_>, table: &'static Table) -> Result<()> {
        let group = |rows: &[Row]| {
            let mut all: BTreeMap<String, Vec<Row>> = BTreeMap::new();
            rows.iter().for_each(|row| all.entry(row.application(table)).or_default().push(row.clone()));
            all
        };
        let (here, there) = (group(self.here.rows(table.name)), group(self.there.rows(table.name)));
        let all: BTreeSet<&String> = here.keys().chain(there.keys()).collect();
        let mut fresh = Vec::new();
        for key in all {
            let ours = here.get(key).map(Vec::as_slice).unwrap_or_default();
            let theirs = there.get(key).map(Vec::as_slice).unwrap_or_default();
            let knows = self.there.table("applications").is_some_and(|rows| rows.find(key).is_some());
            match (same(ours, theirs), self.positions.later(key)) {
                (true, _) => self.out.account.unchanged += theirs.len() as u64,
                (false, _) if !knows => {}
                (false, Later::Here) => self.out.older += theirs.len() as u64,
                (false, Later::There) => {
                    if let Some(row) = ours.first().or(theirs.first())
                        && let Some(id) = application_id(work, self.batch, table, row)?
                    {
                        clear(work, table, ApplicationId(id))?;
                        self.out.taken += ours.len() as u64;
                    }
                    fresh.extend_from_slice(theirs);
                }
                (false, Later::Neither) if ours.is_empty() => fresh.extend_from_slice(theirs),
                (false, Later::Neither) if theirs.is_empty() => {}
                (false, Later::Neither) => self.differ(table, ours, theirs),
            }
        }
        self.add(work, table, &fresh)
    }

    fn differ(&mut self, table: &'static Table, ours: &[Row], theirs: &[Row]) {
        let lacks = |all: &[Row], row: &Row| !all.iter().any(|r| r.written == row.written);
        for row in ours.iter().filter(|row| lacks(theirs, row)) {
            self.out.account.conflict(whole(table, &row.written, Only::Here));
        }
        for row in theirs.iter().filter(|row| lacks(ours, row)) {
            self.out.account.conflict(whole(table, &row.written, Only::There));
        }
    }
}

/// Whether one of two rows of the same act is the later of the two: an answered objection, a lifted sanction, a box that
/// was void and is filled properly.
fn advanced(table: &Table, ours: &Row, theirs: &Row) -> Later {
    let by = |heading: &str, done: &dyn Fn(&str) -> bool| match (
        done(ours.get(table, heading)),
        done(theirs.get(table, heading)),
    ) {
        (true, false) => Later::Here,
        (false, true) => Later::There,
        _ => Later::Neither,
    };
    match table.name {
        "list-objections" => by("state", &|s| s != "open"),
        "sanctions" => by("lifted", &|s| s == "1"),
        "stamps" => by("stamped", &|s| s == "1"),
        _ => Later::Neither,
    }
}

fn same(ours: &[Row], theirs: &[Row]) -> bool {
    let sorted = |rows: &[Row]| {
        let mut all: Vec<_> = rows.iter().map(|r| r.written.clone()).collect();
        all.sort();
        all
    };
    sorted(ours) == sorted(theirs)
}

fn clear(work: &mut Work<'_, '_>, table: &Table, id: ApplicationId) -> Result<()> {
    match table.record {
        "evidence" => delete::<EvidenceRow>(work, id),
        "material" => delete::<MaterialRow>(work, id),
        _ => delete::<InvoiceRow>(work, id),
    }
}

fn delete<R: Record>(work: &mut Work<'_, '_>, id: ApplicationId) -> Result<()> {
    let all = rows::select::<R>(work.tx.db(), "WHERE application = ?1", [id])?;
    Ok(all.iter().try_for_each(|row| work.tx.delete(row))?)
}
