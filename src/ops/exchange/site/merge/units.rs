//! The rows of every table but accounts and applications: what is later comes in, what was removed goes.
use super::clash::Clash;
use super::judge::{Hand, Verdict, judge, united};
use super::side::Row;
use super::{Run, change::Change};
use crate::bundle::site::{MARK_LOCKS, TABLES, Table, Unit};
use crate::ops::{Result, Work};
use crate::store::ReplacedRow;
use std::collections::BTreeSet;

impl Run<'_> {
    pub(super) fn tables(&mut self, work: &mut Work<'_, '_>) -> Result<()> {
        let mut changes = Vec::new();
        for table in TABLES.iter().filter(|t| matches!(t.merge.unit, Unit::Row | Unit::Application)) {
            self.table(work, table, &mut changes)?;
        }
        self.carry_out(work, changes)
    }

    fn table(&mut self, work: &mut Work<'_, '_>, table: &'static Table, changes: &mut Vec<Change>) -> Result<()> {
        let group = |side: &super::side::Side| side.table(table.name).map(|r| r.grouped(table)).unwrap_or_default();
        let (mut here, mut there) = (group(&self.here), group(&self.there));
        // In the bundle's order, in which an empty site takes them: a discarded entry before one that lives.
        let in_order = self.there.table(table.name).map(|rows| rows.places(table)).unwrap_or_default();
        let only_here: Vec<String> = here.keys().filter(|place| !there.contains_key(*place)).cloned().collect();
        for place in in_order.into_iter().chain(only_here) {
            let ours = here.remove(&place).unwrap_or_default();
            let theirs = there.remove(&place).unwrap_or_default();
            self.unit(work, (table, &place), (ours, theirs), changes)?;
        }
        Ok(())
    }

    fn unit(
        &mut self,
        work: &mut Work<'_, '_>,
        (table, place): (&'static Table, &str),
        (ours, theirs): (Vec<Row>, Vec<Row>),
        changes: &mut Vec<Change>,
    ) -> Result<()> {
        let gone_here = |row: &Row| self.here.gone(table.name, place, &row.version(table));
        let gone_there = |row: &Row| self.there.gone(table.name, place, &row.version(table));
        let here = Hand { rows: &ours, knows: self.here.knows(table.name, place), gone: &gone_here };
        let there = Hand { rows: &theirs, knows: self.there.knows(table.name, place), gone: &gone_there };
        let several = table.merge.unit == Unit::Row && (ours.len() > 1 || theirs.len() > 1);
        if several {
            let (out, come) = united(&here, &there);
            self.out.account.unchanged += (theirs.len() - come.len()) as u64;
            let one = |out, come| Change { table, place: place.to_owned(), out, come };
            changes.extend(out.into_iter().map(|row| one(vec![row], Vec::new())));
            changes.extend(come.into_iter().map(|row| one(Vec::new(), vec![row])));
            return Ok(());
        }
        let further = match (table.merge.unit, ours.first().or(theirs.first())) {
            (Unit::Application, Some(row)) => self.positions.later(&row.application(table)),
            _ => Verdict::Open,
        };
        let verdict = judge(table, &here, &there, further);
        match if table.name == MARK_LOCKS.name { of_lock(&ours, &theirs, verdict) } else { verdict } {
            Verdict::Same => self.out.account.unchanged += theirs.len() as u64,
            Verdict::Here => self.out.older += theirs.len() as u64,
            Verdict::There => changes.push(Change { table, place: place.to_owned(), out: ours, come: theirs }),
            Verdict::Open => {
                let clash =
                    Clash { table, place: place.to_owned(), here: ours, there: theirs, fields: None, why: None };
                self.clash(work, clash)?;
            }
        }
        Ok(())
    }

    /// What the other side knows to be replaced is known here from now on.
    pub(super) fn remember(&mut self, work: &mut Work<'_, '_>) -> Result<()> {
        let new: BTreeSet<_> =
            self.there.past().filter(|(part, place, version)| !self.here.gone(part, place, version)).collect();
        let (first, batch) = (work.tx.next_id::<ReplacedRow>()?, self.batch);
        let rows = new.into_iter().zip(first..).map(|((part, place, version), id)| {
            let (part, place, version) = (part.to_owned(), place.to_owned(), version.to_owned());
            ReplacedRow { id, batch, part, place, version }
        });
        work.tx.insert_run(first, rows)?;
        Ok(())
    }
}

/// Marks that are locked are opened by two people here, by no bundle, whoever is the later; that somebody elsewhere wants them
/// opened is not decided here.
fn of_lock(ours: &[Row], theirs: &[Row], verdict: Verdict) -> Verdict {
    let same = |heading: &str| match (ours, theirs) {
        ([a], [b]) => a.get(&MARK_LOCKS, heading) == b.get(&MARK_LOCKS, heading),
        _ => false,
    };
    match verdict {
        Verdict::Same => Verdict::Same,
        _ if ["at", "operator.name", "opened_by.name"].into_iter().all(same) => Verdict::Here,
        Verdict::There if !ours.is_empty() => Verdict::Open,
        verdict => verdict,
    }
}
