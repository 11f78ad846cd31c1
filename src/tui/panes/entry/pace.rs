//! How fast marks are saved, breaks left out.
use crate::model::Stamp;

/// Longer between two marks is a break: milliseconds.
const BREAK: i64 = 60_000;
/// So many marks before a rate says anything.
const ENOUGH: i64 = 3;

#[derive(Debug, Clone, Copy, Default)]
pub struct Pace {
    last: Option<Stamp>,
    saved: i64,
    /// Milliseconds that those took.
    spent: i64,
}

impl Pace {
    pub fn saved(&mut self, now: Stamp) {
        let took = self.last.map(|last| now.0.saturating_sub(last.0)).filter(|ms| (0..BREAK).contains(ms));
        if let Some(took) = took {
            self.saved += 1;
            self.spent += took;
        }
        self.last = Some(now);
    }

    /// Whole marks a minute; `None` while there are too few to say.
    pub fn rate(&self) -> Option<i64> {
        (self.saved >= ENOUGH && self.spent > 0).then(|| (self.saved * 60_000 + self.spent / 2) / self.spent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_does_not_count() {
        let mut pace = Pace::default();
        [0, 3_000, 6_000].into_iter().for_each(|at| pace.saved(Stamp(at)));
        assert_eq!(pace.rate(), None);
        [900_000, 903_000].into_iter().for_each(|at| pace.saved(Stamp(at)));
        assert_eq!(pace.rate(), Some(20));
        // A clock that stands still, or was set back, makes no rate.
        let mut pace = Pace::default();
        [5, 5, 5, 5, 4].into_iter().for_each(|at| pace.saved(Stamp(at)));
        assert_eq!(pace.rate(), None);
    }
}
