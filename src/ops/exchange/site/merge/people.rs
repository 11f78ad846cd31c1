//! Operators and applications of a merge.
use super::super::version::{FOLLOWS, particulars, place, version};
use super::Run;
use super::change::Change;
use super::clash::Clash;
use super::judge::Verdict;
use super::side::{Row, table};
use super::state::{Known, after, earlier};
use crate::bundle::site::Table;
use crate::model::{Cell, OperatorId};
use crate::ops::{Result, Work};
use crate::store::OperatorRow;

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
                    let (here, there, fields, why) = (vec![ours], vec![theirs], None, None);
                    self.clash(
                        work,
                        Clash { table, place: place(table, row.written.as_slice()), here, there, fields, why },
                    )?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn applications(&mut self, work: &mut Work<'_, '_>) -> Result<()> {
        let table = table("applications")?;
        let mut changes = Vec::new();
        for theirs in self.there.rows("applications").to_vec() {
            let key = theirs.application(table);
            match self.here.table("applications").and_then(|rows| rows.find(&key)).cloned() {
                Some(ours) => self.application(work, (&key, &ours, &theirs), &mut changes)?,
                None => {
                    let place = place(table, &theirs.written);
                    changes.push(Change { table, place, out: Vec::new(), come: vec![theirs] });
                }
            }
        }
        self.carry_out(work, changes)
    }

    fn application(
        &mut self,
        work: &mut Work<'_, '_>,
        (key, ours, theirs): (&str, &Row, &Row),
        changes: &mut Vec<Change>,
    ) -> Result<()> {
        let (table, none) = (table("applications")?, Known::default());
        let (here, there) = (self.known_here.get(key).unwrap_or(&none), self.known_there.get(key).unwrap_or(&none));
        if ours.written == theirs.written && here == there {
            self.out.account.unchanged += 1;
            return Ok(());
        }
        let refunded = here.with(there).refunded();
        let (state_here, state_there) = (ours.get(table, "state").to_owned(), theirs.get(table, "state").to_owned());
        let place = place(table, &ours.written);
        let (whole, own) = self.later(table, key, (&place, ours, theirs));
        let mut merged = if own == Verdict::There { theirs.clone() } else { ours.clone() };
        if whole == Verdict::Open {
            follow(table, &mut merged, (ours, theirs), refunded);
        }
        let state = match (self.disputed.contains(key), whole) {
            (true, _) => None,
            // Nothing was decided on one side that the other does not know.
            (false, Verdict::Here) if here == there => Some(state_here.as_str()),
            (false, Verdict::There) if here == there => Some(state_there.as_str()),
            (false, Verdict::Open) if here == there && state_here == state_there => Some(state_here.as_str()),
            (false, _) => after((here, &state_here), (there, &state_there), &self.steps).or(match whole {
                Verdict::Here => Some(state_here.as_str()),
                Verdict::There => Some(state_there.as_str()),
                _ => None,
            }),
        };
        merged.set(table, "state", Cell::own(state.unwrap_or(&state_here).to_owned()));
        let mut fields = Vec::new();
        if own == Verdict::Open {
            let cells = table.headings().zip(ours.written.iter().zip(&theirs.written));
            fields.extend(cells.filter(|(h, (a, b))| !FOLLOWS.contains(h) && a != b).map(|(h, _)| h));
        }
        if state.is_none() && state_here != state_there {
            fields.push("state");
        }
        let clash = !fields.is_empty();
        if merged.written != ours.written {
            let come = vec![merged];
            changes.push(Change { table, place: place.clone(), out: vec![ours.clone()], come });
        } else if !clash {
            match ours.written == theirs.written {
                true => self.out.account.unchanged += 1,
                false => self.out.older += 1,
            }
        }
        if clash {
            let (here, there, fields, why) = (vec![ours.clone()], vec![theirs.clone()], Some(fields), None);
            self.clash(work, Clash { table, place, here, there, fields, why })?;
        }
        Ok(())
    }

    /// Which side's row is the later, and which side's particulars are.
    fn later(&self, table: &Table, key: &str, (place, ours, theirs): (&str, &Row, &Row)) -> (Verdict, Verdict) {
        let by = |digest: fn(&Table, &[String]) -> String| {
            let (a, b) = (digest(table, &ours.written), digest(table, &theirs.written));
            match (a == b, self.there.gone(table.name, place, &a), self.here.gone(table.name, place, &b)) {
                (true, ..) => Verdict::Same,
                (false, true, false) => Verdict::There,
                (false, false, true) => Verdict::Here,
                _ => Verdict::Open,
            }
        };
        let whole = match by(version) {
            Verdict::Same => Verdict::Open,
            other => other,
        };
        let own = match (whole, by(particulars)) {
            (_, Verdict::Same) => Verdict::Same,
            (Verdict::Open, found) => {
                match (self.positions.later(key), ours.get(table, "state") == theirs.get(table, "state")) {
                    // One side has decided about what the other changed.
                    (Verdict::Open, false) => Verdict::Open,
                    (Verdict::Open, true) => found,
                    (further, _) => further,
                }
            }
            (whole, _) => whole,
        };
        (whole, own)
    }
}

/// What only ever comes to be stands as soon as one side has it; a refund takes a payment out.
fn follow(table: &Table, merged: &mut Row, (ours, theirs): (&Row, &Row), refunded: bool) {
    for heading in FOLLOWS {
        let Some(place) = table.headings().position(|h| h == heading) else { continue };
        let from = if earlier(ours, theirs, place).is_some() { theirs } else { ours };
        merged.set(table, heading, from.cells.get(place).cloned().unwrap_or(Cell::None));
    }
    let unpaid = ours.get(table, "paid_at").is_empty() || theirs.get(table, "paid_at").is_empty();
    if refunded && unpaid {
        merged.set(table, "paid_at", Cell::None);
    }
}
