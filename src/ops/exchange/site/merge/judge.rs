//! What becomes of rows that go together and are not the same on both sides. The same answer from either side.
use super::super::version;
use super::side::Row;
use crate::bundle::site::{Later, Rule, Table};
use crate::model::Cell;
use std::cmp::Ordering;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Same,
    /// This side is the later, or the only one that knows the row.
    Here,
    There,
    /// Neither: a person decides.
    Open,
}

/// One side's rows, and what it knows to be replaced.
pub struct Hand<'r> {
    pub rows: &'r [Row],
    /// Whether it replaced or removed something there before.
    pub knows: bool,
    pub gone: &'r dyn Fn(&Row) -> bool,
}

/// `further`: which side has come further with the application, where the rows are all of one.
pub fn judge(table: &Table, here: &Hand<'_>, there: &Hand<'_>, further: Verdict) -> Verdict {
    let (ours, theirs) = (only(here.rows, there.rows), only(there.rows, here.rows));
    if ours.is_empty() && theirs.is_empty() {
        return Verdict::Same;
    }
    let we_are_old = !ours.is_empty() && ours.iter().all(|row| (there.gone)(row));
    let they_are_old = !theirs.is_empty() && theirs.iter().all(|row| (here.gone)(row));
    match (we_are_old, they_are_old) {
        (true, false) => return Verdict::There,
        (false, true) => return Verdict::Here,
        _ => {}
    }
    if !here.rows.is_empty() && !there.rows.is_empty() && matches!(further, Verdict::Here | Verdict::There) {
        return further;
    }
    match (ours.is_empty(), theirs.is_empty(), here.rows.is_empty(), there.rows.is_empty()) {
        // What they have is more than what is here, or all there is.
        (true, _, false, _) => Verdict::There,
        (true, _, true, _) if !here.knows => Verdict::There,
        (_, true, _, false) => Verdict::Here,
        (_, true, _, true) if !there.knows => Verdict::Here,
        _ => match (here.rows, there.rows) {
            ([a], [b]) => ranked(table, &table.merge, a, b),
            _ => Verdict::Open,
        },
    }
}

/// Rows of `all` that `others` lacks.
fn only<'r>(all: &'r [Row], others: &[Row]) -> Vec<&'r Row> {
    let mut left: Vec<&Row> = others.iter().collect();
    let lacks = |row: &&Row| match left.iter().position(|other| other.written == row.written) {
        Some(n) => {
            left.swap_remove(n);
            false
        }
        None => true,
    };
    all.iter().filter(lacks).collect()
}

fn ranked(table: &Table, rule: &Rule, a: &Row, b: &Row) -> Verdict {
    if rule.firm.iter().any(|heading| a.get(table, heading) != b.get(table, heading)) {
        return Verdict::Open;
    }
    let order = rule.later.iter().map(|later| compare(table, later, a, b)).find(|order| order.is_ne());
    match order {
        Some(Ordering::Greater) => Verdict::Here,
        Some(Ordering::Less) => Verdict::There,
        _ => Verdict::Open,
    }
}

fn compare(table: &Table, later: &Later, a: &Row, b: &Row) -> Ordering {
    match later {
        Later::Word(heading, words) => {
            let rank = |row: &Row| words.iter().position(|word| *word == row.get(table, heading));
            match (rank(a), rank(b)) {
                (Some(a), Some(b)) => a.cmp(&b),
                _ => Ordering::Equal,
            }
        }
        Later::Filled(heading) => {
            let filled = |row: &Row| !row.get(table, heading).is_empty();
            filled(a).cmp(&filled(b))
        }
        Later::Greatest(heading) => match (a.cell(table, heading), b.cell(table, heading)) {
            (Cell::Int(a), Cell::Int(b)) => a.cmp(&b),
            (Cell::None, Cell::None) => Ordering::Equal,
            (Cell::None, _) => Ordering::Less,
            (_, Cell::None) => Ordering::Greater,
            _ => a.get(table, heading).cmp(b.get(table, heading)),
        },
    }
}

/// Several rows that share what names them: what either side made stays, what either removed goes.
pub fn united(here: &Hand<'_>, there: &Hand<'_>) -> (Vec<Row>, Vec<Row>) {
    let owned = |rows: Vec<&Row>| rows.into_iter().cloned().collect::<Vec<_>>();
    let out = only(here.rows, there.rows).into_iter().filter(|row| (there.gone)(row) && !(here.gone)(row)).collect();
    let come = only(there.rows, here.rows).into_iter().filter(|row| !(here.gone)(row)).collect();
    (owned(out), owned(come))
}

/// The digest of all rows of a side.
pub fn digest(table: &Table, rows: &[Row]) -> String {
    version::together(table, rows.iter().map(|row| row.written.as_slice()))
}

#[cfg(test)]
mod tests {
    use super::super::side::{table, written};
    use super::*;
    use proptest::prelude::*;

    /// A row of the table of milestones or certificates: a key, and a few values.
    fn row(of: &Table, dice: u8) -> Row {
        let cell = |n: usize, c: &crate::bundle::site::Column| match (c.form, n % 3) {
            (crate::bundle::site::Form::Word(words), _) => Cell::text(words[usize::from(dice) % words.len()]),
            (crate::bundle::site::Form::Text | crate::bundle::site::Form::Day, 0) => Cell::text("x"),
            (crate::bundle::site::Form::Text, _) => Cell::own((dice % 3).to_string()),
            (_, _) if dice.is_multiple_of(2) => Cell::Int(i64::from(dice % 5)),
            _ => Cell::None,
        };
        written(of, of.columns.iter().enumerate().map(|(n, c)| cell(n, c)).collect())
    }

    fn turned(verdict: Verdict) -> Verdict {
        match verdict {
            Verdict::Here => Verdict::There,
            Verdict::There => Verdict::Here,
            other => other,
        }
    }

    proptest! {
        /// Both sides come to the same, whatever they know of each other; and whoever took the later row has no more to take.
        #[test]
        fn either_side_judges_the_same(
            (a, b) in (prop::option::of(any::<u8>()), prop::option::of(any::<u8>())),
            (gone_a, gone_b) in (prop::collection::vec(any::<u8>(), 0..3), prop::collection::vec(any::<u8>(), 0..3)),
            n in 0usize..6,
        ) {
            let names = ["milestones", "tickets", "entries", "panels", "certificates", "complaints"];
            let of = table(names[n]).unwrap();
            let rows = |dice: Option<u8>| dice.map(|d| row(of, d)).into_iter().collect::<Vec<_>>();
            let (ours, theirs) = (rows(a), rows(b));
            let olds = |dice: &[u8]| dice.iter().map(|d| row(of, *d).version(of)).collect::<Vec<_>>();
            let (old_here, old_there) = (olds(&gone_a), olds(&gone_b));
            let (here_gone, there_gone) = (|r: &Row| old_here.contains(&r.version(of)), |r: &Row| old_there.contains(&r.version(of)));
            let here = Hand { rows: &ours, knows: !gone_a.is_empty(), gone: &here_gone };
            let there = Hand { rows: &theirs, knows: !gone_b.is_empty(), gone: &there_gone };
            let verdict = judge(of, &here, &there, Verdict::Open);
            prop_assert_eq!(turned(verdict), judge(of, &there, &here, Verdict::Open));
            if verdict == Verdict::There {
                let both = |r: &Row| here_gone(r) || there_gone(r) || ours.iter().any(|o| o.written == r.written);
                let after = Hand { rows: &theirs, knows: true, gone: &both };
                prop_assert_eq!(judge(of, &after, &there, Verdict::Open), Verdict::Same);
                let old = Hand { rows: &ours, knows: here.knows, gone: &here_gone };
                if !ours.is_empty() {
                    prop_assert_ne!(judge(of, &after, &old, Verdict::Open), Verdict::There);
                }
            }
        }
    }

    #[test]
    fn a_number_of_two_people_is_never_decided_by_its_state() {
        let of = table("certificates").unwrap();
        let mut one = row(of, 0);
        let mut other = one.clone();
        for (row, person, state) in [(&mut one, "1", "revoked"), (&mut other, "2", "valid")] {
            row.set(of, "application.id_number", Cell::text(person));
            row.set(of, "state", Cell::text(state));
        }
        let none = |_: &Row| false;
        fn hand<'r>(rows: &'r [Row], gone: &'r dyn Fn(&Row) -> bool) -> Hand<'r> {
            Hand { rows, knows: false, gone }
        }
        let (a, b) = ([one.clone()], [other]);
        assert_eq!(judge(of, &hand(&a, &none), &hand(&b, &none), Verdict::Open), Verdict::Open);
        one.set(of, "state", Cell::text("valid"));
        let valid = [one];
        assert_eq!(
            judge(of, &hand(&valid, &none), &hand(&a, &none), Verdict::Open),
            Verdict::There,
            "revoked is the later"
        );
    }
}
