//! How somebody types: how fast while they type, how often a pair was decided against them, and whether the last hour
//! is worse than what went before (a tired typist).
use crate::model::Stamp;
use serde::Serialize;

/// A longer pause is no typing.
pub const PAUSE_MIN: i64 = 10;
/// What is compared with everything before it.
pub const RECENT_MIN: i64 = 60;
/// Fewer entries or pairs than that say nothing.
const ENOUGH: i64 = 10;
/// Of the earlier rate; below it the last hour is slow.
const SLOW_PERCENT: i64 = 75;
/// Of the earlier share; above it, and with at least `SLIPS` more than none, the last hour is careless.
const CARELESS_PERCENT: i64 = 150;
const SLIPS: i64 = 2;

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Nobody else's entry is there yet, or nobody decided between the two.
    Open,
    /// Counts, as it is.
    Stood,
    /// Was discarded, or changed when it came back.
    Against,
}

/// One entry by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stroke {
    pub at: Stamp,
    pub fate: Fate,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Pace {
    pub entries: i64,
    /// Minutes of typing, pauses left out.
    pub active_min: i64,
    /// Entries in an hour of typing; `None`: too little to tell.
    pub per_hour: Option<i64>,
    /// Decided either way.
    pub pairs: i64,
    pub against: i64,
    /// Of a thousand pairs so many were decided against the typist; `None`: no pair was decided.
    pub against_permille: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    Slower,
    MoreSlips,
}

impl Sign {
    pub fn key(self) -> &'static str {
        match self {
            Sign::Slower => "pace_sign.slower",
            Sign::MoreSlips => "pace_sign.more_slips",
        }
    }
}

/// All of it, the last hour, and what of the last hour is worse than before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub all: Pace,
    pub recent: Pace,
    pub signs: Vec<Sign>,
}

pub fn pace(strokes: &[Stroke]) -> Pace {
    let mut times: Vec<_> = strokes.iter().map(|s| s.at.0).collect();
    times.sort_unstable();
    let gaps = times.iter().zip(times.iter().skip(1)).map(|(a, b)| b - a).filter(|gap| *gap <= PAUSE_MIN * 60_000);
    let (mut typed, mut active) = (0i64, 0i64);
    for gap in gaps {
        typed += 1;
        active = active.saturating_add(gap);
    }
    let count = |fate: Fate| i64::try_from(strokes.iter().filter(|s| s.fate == fate).count()).unwrap_or(i64::MAX);
    let against = count(Fate::Against);
    let pairs = count(Fate::Stood) + against;
    Pace {
        entries: i64::try_from(times.len()).unwrap_or(i64::MAX),
        active_min: active / 60_000,
        // The first entry after a pause took a time that nobody knows: it is no part of the rate.
        per_hour: typed.saturating_mul(3_600_000).checked_div(active),
        pairs,
        against,
        against_permille: against.saturating_mul(1000).checked_div(pairs),
    }
}

pub fn report(strokes: &[Stroke], now: Stamp) -> Report {
    let since = now.plus_minutes(-RECENT_MIN);
    let (recent, before): (Vec<_>, Vec<_>) = strokes.iter().copied().partition(|s| s.at > since);
    let (recent, before) = (pace(&recent), pace(&before));
    let mut signs = Vec::new();
    if let (Some(now), Some(then)) = (recent.per_hour, before.per_hour) {
        let enough = recent.entries >= ENOUGH && before.entries >= ENOUGH;
        if enough && now.saturating_mul(100) < then.saturating_mul(SLOW_PERCENT) {
            signs.push(Sign::Slower);
        }
    }
    if let (Some(now), Some(then)) = (recent.against_permille, before.against_permille) {
        let enough = recent.pairs >= ENOUGH && before.pairs >= ENOUGH && recent.against >= SLIPS;
        if enough && now.saturating_mul(100) > then.saturating_mul(CARELESS_PERCENT) {
            signs.push(Sign::MoreSlips);
        }
    }
    Report { all: pace(strokes), recent, signs }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Entries `every` seconds apart from minute `from` on.
    fn run(from: i64, every: i64, count: i64, fate: Fate) -> Vec<Stroke> {
        (0..count).map(|n| Stroke { at: Stamp(from * 60_000 + n * every * 1000), fate }).collect()
    }

    #[test]
    fn pauses_are_no_typing() {
        let mut all = run(0, 30, 11, Fate::Open);
        assert_eq!((pace(&all).per_hour, pace(&all).active_min), (Some(120), 5));
        all.extend(run(60, 30, 11, Fate::Open));
        assert_eq!((pace(&all).per_hour, pace(&all).active_min, pace(&all).entries), (Some(120), 10, 22));
        assert_eq!(pace(&all[..1]).per_hour, None);
        assert_eq!(pace(&[]).against_permille, None);
    }

    #[test]
    fn a_slower_and_more_careless_last_hour_is_flagged() {
        let mut all = run(0, 20, 60, Fate::Stood);
        all.extend(run(125, 20, 60, Fate::Stood));
        assert_eq!(report(&all, Stamp(180 * 60_000)).signs, []);
        let mut tired = run(0, 20, 60, Fate::Stood);
        tired.extend(run(125, 40, 20, Fate::Stood));
        assert_eq!(report(&tired, Stamp(180 * 60_000)).signs, [Sign::Slower]);
        tired.extend(run(140, 40, 3, Fate::Against));
        assert_eq!(report(&tired, Stamp(180 * 60_000)).signs, [Sign::Slower, Sign::MoreSlips]);
        // An hour later nobody types: there is nothing to compare.
        assert_eq!(report(&tired, Stamp(300 * 60_000)).signs, []);
    }

    proptest! {
        #[test]
        fn shares_are_shares(fates in prop::collection::vec(0u8..3, 0..60), step in 0i64..900) {
            let of = |n: u8| [Fate::Open, Fate::Stood, Fate::Against][usize::from(n)];
            let strokes: Vec<_> = fates.iter().enumerate()
                .map(|(i, f)| Stroke { at: Stamp(i as i64 * step * 1000), fate: of(*f) }).collect();
            let pace = pace(&strokes);
            prop_assert!(pace.against <= pace.pairs && pace.pairs <= pace.entries);
            prop_assert!(pace.against_permille.is_none_or(|share| (0..=1000).contains(&share)));
        }
    }
}
