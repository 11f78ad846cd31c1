//! How far each side has come with an application, and the state that follows from the decisions of both.
use super::super::version::place;
use super::side::{Row, Side, table};
use crate::bundle::site::Table;
use crate::ops::Result;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Later is greater: returns heard of, then whether it came in again since.
pub type Position = (usize, bool);

/// What one side knows of the decisions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    returns: HashSet<String>,
    passes: HashSet<(String, String)>,
    rejected: bool,
    upheld: bool,
    refunded: bool,
    stamps: usize,
}

/// By application. What the other side knows to be taken back does not count.
pub fn known(side: &Side, other: &Side) -> Result<HashMap<String, Known>> {
    let mut all: HashMap<String, Known> = HashMap::new();
    let stands = |table: &Table, row: &Row| !other.gone(table.name, &place(table, &row.written), &row.version(table));
    let rows = |table: &'static Table| side.rows(table.name).iter().filter(move |row| stands(table, row));
    let reviews = table("reviews")?;
    for row in rows(reviews) {
        let known = all.entry(row.application(reviews)).or_default();
        let round = row.get(reviews, "round").to_owned();
        match row.get(reviews, "decision") {
            "return" => drop(known.returns.insert(round)),
            "reject" => known.rejected = true,
            _ => drop(known.passes.insert((round, row.get(reviews, "step").to_owned()))),
        }
    }
    let (objections, fees, stamps) = (table("list-objections")?, table("fees")?, table("stamps")?);
    for row in rows(objections).filter(|r| r.get(objections, "state") == "upheld") {
        all.entry(row.application(objections)).or_default().upheld = true;
    }
    for row in rows(fees).filter(|r| r.get(fees, "state") == "refunded") {
        all.entry(row.application(fees)).or_default().refunded = true;
    }
    for row in rows(stamps) {
        all.entry(row.application(stamps)).or_default().stamps += 1;
    }
    Ok(all)
}

impl Known {
    pub fn position(&self, state: &str) -> Position {
        (self.returns.len(), state != "returned")
    }

    pub fn with(&self, other: &Known) -> Known {
        Known {
            returns: self.returns.union(&other.returns).cloned().collect(),
            passes: self.passes.union(&other.passes).cloned().collect(),
            rejected: self.rejected || other.rejected,
            upheld: self.upheld || other.upheld,
            refunded: self.refunded || other.refunded,
            stamps: self.stamps.max(other.stamps),
        }
    }

    pub fn refunded(&self) -> bool {
        self.refunded
    }
}

/// The state after both sides' decisions; `None`: one side took it out of the batch and the other does not know.
/// `steps` are those of the notice; without steps an approval by stamps on either side stands.
pub fn after(here: (&Known, &str), there: (&Known, &str), steps: &[&str]) -> Option<&'static str> {
    let both = here.0.with(there.0);
    let gone = |state: &str| match state {
        "rejected" => !both.rejected && !both.upheld,
        other => matches!(other, "withdrawn" | "excluded"),
    };
    if gone(here.1) || gone(there.1) {
        return None;
    }
    if both.rejected || both.upheld {
        return Some("rejected");
    }
    if steps.is_empty() {
        let approved = here.1 == "approved" || there.1 == "approved";
        return Some(if approved { "approved" } else { "submitted" });
    }
    let round = both.returns.len() + 1;
    let passed: BTreeSet<&str> =
        both.passes.iter().filter(|(r, _)| *r == round.to_string()).map(|(_, step)| step.as_str()).collect();
    if steps.iter().all(|step| passed.contains(step)) {
        return Some("approved");
    }
    let again = |(known, state): (&Known, &str)| known.returns.len() == both.returns.len() && state != "returned";
    let came_again = both.returns.is_empty() || !passed.is_empty() || again(here) || again(there);
    Some(if came_again { "submitted" } else { "returned" })
}

/// Two sides of one value that only ever comes to be: whichever has it, the earlier where both do.
pub fn earlier(here: &Row, there: &Row, place: usize) -> Option<usize> {
    let at = |row: &Row| row.written.get(place).cloned().unwrap_or_default();
    match (at(here), at(there)) {
        (a, b) if a == b || b.is_empty() => None,
        (a, b) if a.is_empty() || b < a => Some(place),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [&str; 2] = ["first", "second"];

    fn known(passes: &[(&str, &str)], returns: &[&str]) -> Known {
        Known {
            returns: returns.iter().map(|r| (*r).to_owned()).collect(),
            passes: passes.iter().map(|(r, s)| ((*r).to_owned(), (*s).to_owned())).collect(),
            ..Known::default()
        }
    }

    fn both(a: (&Known, &str), b: (&Known, &str)) -> Option<&'static str> {
        let state = after(a, b, &STEPS);
        assert_eq!(state, after(b, a, &STEPS), "either order");
        state
    }

    #[test]
    fn the_state_follows_the_decisions_of_both_sides() {
        let (none, first) = (known(&[], &[]), known(&[("1", "first")], &[]));
        let whole = known(&[("1", "first"), ("1", "second")], &[]);
        assert_eq!(both((&none, "submitted"), (&first, "submitted")), Some("submitted"));
        assert_eq!(both((&first, "submitted"), (&whole, "approved")), Some("approved"));
        let rejected = Known { rejected: true, ..known(&[], &[]) };
        assert_eq!(both((&first, "submitted"), (&rejected, "rejected")), Some("rejected"));
        assert_eq!(both((&none, "withdrawn"), (&whole, "approved")), None);
    }

    #[test]
    fn an_older_side_never_undoes_a_return_or_a_resubmission() {
        let (old, back) = (known(&[("1", "first")], &[]), known(&[("1", "first")], &["1"]));
        assert_eq!(both((&old, "submitted"), (&back, "returned")), Some("returned"));
        assert_eq!(both((&back, "returned"), (&back, "submitted")), Some("submitted"));
        let again = known(&[("1", "first"), ("2", "first")], &["1"]);
        assert_eq!(both((&back, "returned"), (&again, "submitted")), Some("submitted"));
        assert!(again.position("submitted") > back.position("returned"));
        assert!(back.position("returned") > old.position("submitted"));
    }
}
