//! Operators and applications of a merge.
use super::side::{Row, table};
use super::state::{Known, after, earlier};
use super::{Later, Run, application_id, shown};
use crate::bundle::site::Table;
use crate::model::{Cell, OperatorId};
use crate::ops::exchange::site::Conflict;
use crate::ops::{Result, Work};
use crate::store::OperatorRow;

/// Columns that follow from the decisions and payments of both sides, not from who is later.
const FOLLOWS: [&str; 3] = ["state", "original_at", "paid_at"];

impl Run<'_> {
    /// Whoever decided there stands in the rows that come in, but cannot sign on here.
    pub(super) fn operators(&mut self, work: &mut Work<'_, '_>) -> Result<()> {
        let table = table("operators")?;
        for row in self.there.rows("operators").to_vec() {
            let name = row.get(table, "name").to_owned();
            let ours = self.here.rows("operators").iter().find(|r| r.get(table, "name") == name).cloned();
            let unit = Some(row.get(table, "unit").to_owned()).filter(|u| !u.is_empty());
            match ours {
                None => {
                    let id = OperatorId(work.tx.next_id::<OperatorRow>()?);
                    let roles = row.get(table, "roles").to_owned();
                    let (os_user, pin, disabled) = (None, None, true);
                    work.tx.insert(&OperatorRow { id, name, roles, os_user, pin, unit, disabled })?;
                    self.out.account.added += 1;
                }
                // Whether somebody may sign on is each side's own affair.
                Some(ours) if ours.get(table, "unit") == row.get(table, "unit") => self.out.account.unchanged += 1,
                Some(ours) => {
                    let mut theirs = row.clone();
                    for own in ["roles", "disabled"] {
                        let cell = Cell::own(ours.get(table, own).to_owned());
                        theirs.set(table, own, cell);
                    }
                    self.fields(table, &ours, &theirs);
                }
            }
        }
        Ok(())
    }

    pub(super) fn applications(&mut self, work: &mut Work<'_, '_>) -> Result<()> {
        let table = table("applications")?;
        let (mut fresh, mut both) = (Vec::new(), Vec::new());
        for row in self.there.rows("applications") {
            let key = row.application(table);
            match self.ours(&key) {
                Some(ours) => both.push((key, ours, row.clone())),
                None => fresh.push(row.clone()),
            }
        }
        self.add(work, table, &fresh)?;
        for (key, ours, theirs) in both {
            self.application(work, table, (&key, &ours, &theirs))?;
        }
        Ok(())
    }

    fn ours(&self, key: &str) -> Option<Row> {
        self.here.table("applications")?.find(key).cloned()
    }

    fn application(
        &mut self,
        work: &mut Work<'_, '_>,
        table: &'static Table,
        (key, ours, theirs): (&str, &Row, &Row),
    ) -> Result<()> {
        let later = self.positions.later(key);
        let mut merged = if later == Later::There { theirs.clone() } else { ours.clone() };
        let none = Known::default();
        let (here, there) = (self.known_here.get(key).unwrap_or(&none), self.known_there.get(key).unwrap_or(&none));
        let refunded = here.with(there).refunded();
        let (state_here, state_there) = (ours.get(table, "state").to_owned(), theirs.get(table, "state").to_owned());
        let state = match self.disputed.contains(key) {
            true => None,
            false => after((here, &state_here), (there, &state_there), &self.steps),
        };
        for heading in FOLLOWS {
            let Some(place) = table.headings().position(|h| h == heading) else { continue };
            let from = if earlier(ours, theirs, place).is_some() { theirs } else { ours };
            merged.set(table, heading, from.cells.get(place).cloned().unwrap_or(Cell::None));
        }
        match state {
            Some(state) => merged.set(table, "state", Cell::text(state)),
            None => merged.set(table, "state", Cell::own(state_here.clone())),
        }
        let unpaid = ours.get(table, "paid_at").is_empty() || theirs.get(table, "paid_at").is_empty();
        if refunded && unpaid {
            merged.set(table, "paid_at", Cell::None);
        }
        if state.is_none() && state_here != state_there {
            let key = shown(table, &ours.written);
            let (here, there) = (state_here, state_there);
            self.out.account.conflict(Conflict { table: table.name, key, field: "state", here, there });
        }
        let same = |a: &Row, b: &Row| {
            let cells = table.headings().zip(a.written.iter().zip(&b.written));
            cells.filter(|(h, _)| !FOLLOWS.contains(h)).all(|(_, (a, b))| a == b)
        };
        match (same(ours, theirs), later) {
            (true, _) if merged.written == ours.written => self.out.account.unchanged += 1,
            (true, _) | (false, Later::There) => {}
            (false, Later::Here) => self.out.older += 1,
            (false, Later::Neither) => {
                let mut rest = theirs.clone();
                for heading in FOLLOWS {
                    let place = table.headings().position(|h| h == heading).unwrap_or(usize::MAX);
                    rest.set(table, heading, ours.cells.get(place).cloned().unwrap_or(Cell::None));
                }
                self.fields(table, ours, &rest);
            }
        }
        if merged.written != ours.written
            && let Some(id) = application_id(work, self.batch, table, ours)?
        {
            self.put(work, table, &merged, id)?;
        }
        Ok(())
    }
}
