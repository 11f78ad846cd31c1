//! 持证上岗率: holders of a certificate among those on duty, what is wanting, and what may still come (S4-10, S4-29, S4-32).
use serde::Serialize;
use std::cmp::Ordering;

/// Where somebody on duty stands. In the order of merit: of several, the first counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Holding {
    /// A certificate of this site.
    Here,
    Elsewhere,
    /// Every part, and no certificate yet.
    Passed,
    /// The exam is not over for them.
    Sitting,
    Failed,
    /// Never applied.
    None,
}

impl Holding {
    pub const ALL: [Holding; 6] =
        [Holding::Here, Holding::Elsewhere, Holding::Passed, Holding::Sitting, Holding::Failed, Holding::None];

    pub fn code(self) -> &'static str {
        match self {
            Holding::Here => "here",
            Holding::Elsewhere => "elsewhere",
            Holding::Passed => "passed",
            Holding::Sitting => "sitting",
            Holding::Failed => "failed",
            Holding::None => "none",
        }
    }

    pub fn holds(self) -> bool {
        matches!(self, Holding::Here | Holding::Elsewhere)
    }

    /// Whether they took part in the exam or need not (S4-04).
    pub fn is_covered(self) -> bool {
        self != Holding::None
    }
}

/// Counts of people on duty; everybody stands in one of `holders`, `passed`, `sitting` or in none of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    pub on_duty: u64,
    pub holders: u64,
    pub passed: u64,
    pub sitting: u64,
    /// On duty without ever having applied, and without a certificate.
    pub uncovered: u64,
}

/// What becomes of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outlook {
    Reached,
    /// Once those who passed have their certificates.
    WithPassed,
    /// If enough of those who still sit the exam pass.
    WithSitting,
    /// Not even if all of them pass.
    OutOfReach,
}

impl Outlook {
    pub fn code(self) -> &'static str {
        match self {
            Outlook::Reached => "reached",
            Outlook::WithPassed => "with_passed",
            Outlook::WithSitting => "with_sitting",
            Outlook::OutOfReach => "out_of_reach",
        }
    }
}

impl Figures {
    pub fn of(people: impl IntoIterator<Item = Holding>) -> Figures {
        let mut all = Figures::default();
        people.into_iter().for_each(|one| all.count(one));
        all
    }

    fn count(&mut self, one: Holding) {
        self.on_duty += 1;
        match one {
            Holding::Here | Holding::Elsewhere => self.holders += 1,
            Holding::Passed => self.passed += 1,
            Holding::Sitting => self.sitting += 1,
            Holding::Failed => {}
            Holding::None => self.uncovered += 1,
        }
    }

    pub fn and(self, other: Figures) -> Figures {
        Figures {
            on_duty: self.on_duty + other.on_duty,
            holders: self.holders + other.holders,
            passed: self.passed + other.passed,
            sitting: self.sitting + other.sitting,
            uncovered: self.uncovered + other.uncovered,
        }
    }

    /// Of so many on duty, in hundredths of a percent, cut off: 79.999 % is not 80 %. `None`: nobody is on duty.
    pub fn share(self, of: u64) -> Option<u64> {
        (of.min(self.on_duty) * 10_000).checked_div(self.on_duty)
    }

    pub fn rate(self) -> Option<u64> {
        self.share(self.holders)
    }

    /// The least number of holders that reaches the target.
    pub fn needed(self, percent: u8) -> u64 {
        (self.on_duty * u64::from(percent)).div_ceil(100)
    }

    /// Holders that are wanting.
    pub fn gap(self, percent: u8) -> u64 {
        self.needed(percent).saturating_sub(self.holders)
    }

    /// If everybody who passed gets a certificate.
    pub fn soon(self) -> u64 {
        self.holders + self.passed
    }

    /// If everybody who still sits the exam passes too.
    pub fn at_most(self) -> u64 {
        self.soon() + self.sitting
    }

    pub fn outlook(self, percent: u8) -> Outlook {
        let needed = self.needed(percent);
        match needed {
            _ if self.holders >= needed => Outlook::Reached,
            _ if self.soon() >= needed => Outlook::WithPassed,
            _ if self.at_most() >= needed => Outlook::WithSitting,
            _ => Outlook::OutOfReach,
        }
    }

    /// How many more must apply and pass, beside all who sit the exam now.
    pub fn to_find(self, percent: u8) -> u64 {
        self.needed(percent).saturating_sub(self.at_most())
    }

    /// The higher rate first; nobody on duty comes last.
    fn before(self, other: Figures) -> Ordering {
        match (self.on_duty, other.on_duty) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Greater,
            (_, 0) => Ordering::Less,
            _ => (other.holders * self.on_duty).cmp(&(self.holders * other.on_duty)),
        }
    }
}

/// Sorts by rate, the best first, and gives each its place; equal rates share one (1, 2, 2, 4).
pub fn ranked(mut all: Vec<(String, Figures)>) -> Vec<(usize, String, Figures)> {
    all.sort_by(|a, b| a.1.before(b.1).then_with(|| a.0.cmp(&b.0)));
    let mut out: Vec<(usize, String, Figures)> = Vec::new();
    for (at, (name, figures)) in all.into_iter().enumerate() {
        let place = match out.last() {
            Some((place, _, last)) if last.before(figures) == Ordering::Equal => *place,
            _ => at + 1,
        };
        out.push((place, name, figures));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(on_duty: u64, holders: u64, passed: u64, sitting: u64) -> Figures {
        Figures { on_duty, holders, passed, sitting, uncovered: 0 }
    }

    /// S4-29: 80 percent of 7 are 6 people, not 5.6; the rate never rounds up to its target.
    #[test]
    fn the_target_counts_whole_people() {
        assert_eq!((figures(7, 5, 0, 0).needed(80), figures(7, 5, 0, 0).gap(80)), (6, 1));
        assert_eq!((figures(5, 4, 0, 0).gap(80), figures(5, 4, 0, 0).rate()), (0, Some(8000)));
        assert_eq!(figures(30_001, 24_000, 0, 0).rate(), Some(7999));
        assert_eq!(figures(0, 0, 0, 0).rate(), None);
    }

    /// S4-29: the forecast.
    #[test]
    fn the_outlook_says_what_must_still_happen() {
        assert_eq!(figures(10, 8, 0, 0).outlook(80), Outlook::Reached);
        assert_eq!(figures(10, 7, 1, 0).outlook(80), Outlook::WithPassed);
        assert_eq!(figures(10, 5, 1, 2).outlook(80), Outlook::WithSitting);
        let out = figures(10, 5, 1, 1);
        assert_eq!((out.outlook(80), out.to_find(80)), (Outlook::OutOfReach, 1));
    }

    /// S4-32: equal rates share a place, however many people stand behind them.
    #[test]
    fn equal_rates_share_a_place() {
        let all = [
            ("乙", figures(10, 8, 0, 0)),
            ("丙", figures(4, 1, 0, 0)),
            ("甲", figures(5, 4, 0, 0)),
            ("丁", figures(2, 2, 0, 0)),
        ];
        let all = ranked(all.map(|(name, f)| (name.to_owned(), f)).into());
        let places: Vec<_> = all.iter().map(|(place, name, _)| (*place, name.as_str())).collect();
        assert_eq!(places, [(1, "丁"), (2, "乙"), (2, "甲"), (4, "丙")]);
    }
}
