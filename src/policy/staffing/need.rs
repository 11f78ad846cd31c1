//! How many work in a room.
use super::Staffing;
use crate::model::{Level, RoomKind};

/// How many of one occupation and level sit in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sat<'a> {
    pub occupation: &'a str,
    pub level: Level,
    pub people: usize,
}

impl Staffing {
    /// Proctors for so many candidates at desks; nobody for an empty room, nor for stations, where assessors watch.
    pub fn proctors(&self, candidates: usize, kind: RoomKind) -> usize {
        if candidates == 0 || kind == RoomKind::Stations {
            return 0;
        }
        let per = usize::from(self.candidates_per_proctor.max(1));
        candidates.div_ceil(per).max(usize::from(self.min_proctors))
    }

    /// The size of the group of assessors at stations: the ratios of the occupations added up, at least the smallest
    /// group, and odd where the policy says so. Nobody for desks: written papers are marked, not assessed.
    pub fn assessors(&self, sat: &[Sat<'_>], kind: RoomKind) -> usize {
        if kind == RoomKind::Desks || sat.iter().all(|s| s.people == 0) {
            return 0;
        }
        // A sum of fractions, rounded up once: occupations share a group.
        let ratios: Vec<u128> = sat.iter().map(|s| u128::from(self.ratio(s.occupation))).collect();
        let denominator = ratios.iter().fold(1, |all, ratio| all / gcd(all, *ratio) * ratio);
        let numerator: u128 =
            sat.iter().zip(&ratios).map(|(s, ratio)| (s.people as u128) * (denominator / ratio)).sum();
        let sum = usize::try_from(numerator.div_ceil(denominator)).unwrap_or(usize::MAX);
        self.odd(sum.max(usize::from(self.min_assessors)))
    }

    /// Up to the next odd number where the policy wants one.
    pub fn odd(&self, count: usize) -> usize {
        if self.odd_assessors && count.is_multiple_of(2) { count.saturating_add(1) } else { count }
    }

    /// Whether only senior assessors may judge these.
    pub fn wants_senior(&self, sat: &[Sat<'_>]) -> bool {
        sat.iter().any(|s| s.people > 0 && self.senior_levels.contains(&s.level))
    }

    /// How many of a group of assessors are new to the venue at least.
    pub fn renewed(&self, group: usize) -> usize {
        match self.renew_one_in {
            0 => 0,
            one_in => group.div_ceil(usize::from(one_in)),
        }
    }

    /// Candidates for each assessor of an occupation, never 0.
    fn ratio(&self, occupation: &str) -> u16 {
        let own = self.assessors_of.iter().find(|a| a.occupation == occupation);
        own.map_or(self.candidates_per_assessor, |a| a.candidates_per_assessor).max(1)
    }
}

/// Assessors of a room whose card covers one of its occupations: as many as its own people ask for.
pub fn occupation_need(staffing: &Staffing, people: usize, occupation: &str) -> usize {
    let ratio = usize::from(staffing.ratio(occupation));
    if people == 0 { 0 } else { people.div_ceil(ratio).max(usize::from(staffing.min_assessors)) }
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}
