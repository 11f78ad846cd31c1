//! Who assessed where before: a group is renewed by a part each time, and nobody stays for long.
use crate::model::{SessionId, StaffId, Stamp};
use std::collections::{BTreeMap, BTreeSet};

type When = (Stamp, SessionId);

/// Assessors of each venue, session by session, over all batches. Venues go by name: each batch has its own rows.
#[derive(Debug, Clone, Default)]
pub struct Past(BTreeMap<String, BTreeMap<When, BTreeSet<StaffId>>>);

impl Past {
    pub fn add(&mut self, venue: &str, when: When, staff: StaffId) {
        self.0.entry(venue.to_owned()).or_default().entry(when).or_default().insert(staff);
    }

    /// Whether somebody was not in the last group at the venue before then; `None` when there was none.
    pub fn is_new(&self, venue: &str, when: When, staff: StaffId) -> Option<bool> {
        let (_, last) = self.0.get(venue)?.range(..when).next_back()?;
        Some(!last.contains(&staff))
    }

    /// Whether any group worked at the venue before then.
    pub fn has_group(&self, venue: &str, when: When) -> bool {
        self.0.get(venue).is_some_and(|all| all.range(..when).next_back().is_some())
    }

    /// Sessions in a row at the venue just before then in which somebody assessed.
    pub fn in_row(&self, venue: &str, when: When, staff: StaffId) -> usize {
        let Some(all) = self.0.get(venue) else { return 0 };
        all.range(..when).rev().take_while(|(_, group)| group.contains(&staff)).count()
    }

    /// The same with the sessions just after: what a row would come to with this one.
    pub fn row_with(&self, venue: &str, when: When, staff: StaffId) -> usize {
        let after = self.0.get(venue).map_or(0, |all| {
            let later = all.range(when..).filter(|(w, _)| **w != when);
            later.take_while(|(_, group)| group.contains(&staff)).count()
        });
        self.in_row(venue, when, staff) + 1 + after
    }
}
