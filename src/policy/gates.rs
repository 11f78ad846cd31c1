//! The door: from when to when a candidate may enter, and when one may leave.
use crate::model::{Code, Refusal, Stamp};
use serde::{Deserialize, Serialize};

pub const TOO_EARLY: Code = Code("checkin.too_early");
pub const TOO_LATE: Code = Code("checkin.too_late");
pub const LEAVES_TOO_EARLY: Code = Code("checkin.leaves_too_early");

/// All in minutes from the start of the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gates {
    pub opens_before_min: u16,
    /// The last minute itself still admits.
    pub late_limit_min: u16,
    pub earliest_leave_min: u16,
    /// Whether the coordinator may admit after the limit, with a reason.
    pub override_by_coordinator: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrival {
    OnTime,
    /// At least 1: a begun minute counts.
    Late {
        minutes: i64,
    },
}

/// Minutes from `earlier` to `later`, a begun minute counted as one.
fn begun_minutes(earlier: Stamp, later: Stamp) -> i64 {
    earlier.minutes_since(later).saturating_neg()
}

pub fn admit(gates: &Gates, starts: Stamp, now: Stamp) -> Result<Arrival, Refusal> {
    let opens = starts.plus_minutes(-i64::from(gates.opens_before_min));
    let limit = starts.plus_minutes(i64::from(gates.late_limit_min));
    if now < opens {
        return Err(Refusal::new(TOO_EARLY).with("opens", opens).with("minutes", begun_minutes(now, opens)));
    }
    if now > limit {
        let fix = if gates.override_by_coordinator { "gate_fix.coordinator" } else { "gate_fix.none" };
        let refusal = Refusal::new(TOO_LATE).with("limit", limit).with("minutes", begun_minutes(limit, now));
        return Err(refusal.word("fix", fix));
    }
    Ok(arrival(starts, now))
}

/// How somebody arrives who is let in at `now`, whatever the gates say.
pub fn arrival(starts: Stamp, now: Stamp) -> Arrival {
    if now <= starts { Arrival::OnTime } else { Arrival::Late { minutes: begun_minutes(starts, now) } }
}

/// Whether a script may be handed in already.
pub fn may_leave(gates: &Gates, starts: Stamp, now: Stamp) -> Result<(), Refusal> {
    let from = starts.plus_minutes(i64::from(gates.earliest_leave_min));
    if now < from {
        return Err(Refusal::new(LEAVES_TOO_EARLY).with("from", from).with("minutes", begun_minutes(now, from)));
    }
    Ok(())
}

/// Moments of a session that everybody waits for, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// The door opens.
    Opens,
    Starts,
    /// The door closes.
    Limit,
    /// From now on a script may be handed in.
    HandIn,
    Ends,
}

impl Gate {
    pub fn code(self) -> &'static str {
        match self {
            Gate::Opens => "opens",
            Gate::Starts => "starts",
            Gate::Limit => "limit",
            Gate::HandIn => "hand_in",
            Gate::Ends => "ends",
        }
    }
}

/// The gates of a session with their times; no end where the notice leaves it open (S0-36).
pub fn times(gates: &Gates, starts: Stamp, ends: Option<Stamp>) -> Vec<(Gate, Stamp)> {
    let minutes = |n: u16| starts.plus_minutes(i64::from(n));
    let mut all = vec![
        (Gate::Opens, starts.plus_minutes(-i64::from(gates.opens_before_min))),
        (Gate::Starts, starts),
        (Gate::Limit, minutes(gates.late_limit_min)),
        (Gate::HandIn, minutes(gates.earliest_leave_min)),
    ];
    all.extend(ends.map(|ends| (Gate::Ends, ends)));
    all
}

/// The next gate after `now`, on the same day only.
pub fn next(gates: &Gates, (starts, ends): (Stamp, Option<Stamp>), now: Stamp) -> Option<(Gate, Stamp)> {
    let later = times(gates, starts, ends).into_iter().filter(|(_, at)| *at > now && at.day() == now.day());
    later.min_by_key(|(gate, at)| (*at, *gate))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Datum;
    use proptest::prelude::*;

    const GATES: Gates =
        Gates { opens_before_min: 30, late_limit_min: 15, earliest_leave_min: 30, override_by_coordinator: true };

    fn at(clock: &str) -> Stamp {
        Stamp::parse(&format!("2023-10-15T{clock}+08:00")).unwrap()
    }

    /// The theory session of S1-31 starts at 08:30.
    fn arrive(clock: &str) -> Result<Arrival, Refusal> {
        admit(&GATES, at("08:30:00"), at(clock))
    }

    #[test]
    fn the_door_opens_and_closes_to_the_second_s1_31() {
        assert_eq!(arrive("08:00:00"), Ok(Arrival::OnTime));
        assert_eq!(arrive("08:30:00"), Ok(Arrival::OnTime));
        assert_eq!(arrive("08:30:01"), Ok(Arrival::Late { minutes: 1 }));
        assert_eq!(arrive("08:37:00"), Ok(Arrival::Late { minutes: 7 }));
        assert_eq!(arrive("08:45:00"), Ok(Arrival::Late { minutes: 15 }));
        assert!(arrive("08:45:01").unwrap_err().is(TOO_LATE));
        assert!(arrive("07:59:59").unwrap_err().is(TOO_EARLY));
    }

    #[test]
    fn a_refusal_names_the_nearest_time() {
        let early = arrive("07:48:00").unwrap_err();
        assert_eq!(early.get("opens"), Some(&Datum::Time(at("08:00:00"))));
        assert_eq!(early.get("minutes"), Some(&Datum::Int(12)));
        let late = arrive("08:52:10").unwrap_err();
        assert_eq!(late.get("limit"), Some(&Datum::Time(at("08:45:00"))));
        assert_eq!(late.get("minutes"), Some(&Datum::Int(8)));
    }

    #[test]
    fn nobody_leaves_in_the_first_half_hour() {
        assert!(may_leave(&GATES, at("08:30:00"), at("08:59:59")).unwrap_err().is(LEAVES_TOO_EARLY));
        assert_eq!(may_leave(&GATES, at("08:30:00"), at("09:00:00")), Ok(()));
    }

    #[test]
    fn the_next_gate_is_named_until_the_last_s1_31() {
        let next = |clock, ends| next(&GATES, (at("08:30:00"), ends), at(clock)).map(|(gate, at)| (gate, at.clock()));
        let ends = Some(at("10:00:00"));
        let found = |gate, clock: &str| Some((gate, clock.to_owned()));
        assert_eq!(next("06:00:00", ends), found(Gate::Opens, "08:00"));
        assert_eq!(next("08:00:00", ends), found(Gate::Starts, "08:30"));
        assert_eq!(next("08:30:00", ends), found(Gate::Limit, "08:45"));
        assert_eq!(next("08:44:59", ends), found(Gate::Limit, "08:45"));
        assert_eq!(next("08:45:00", ends), found(Gate::HandIn, "09:00"));
        assert_eq!(next("09:00:00", ends), found(Gate::Ends, "10:00"));
        assert_eq!(next("10:00:00", ends), None);
        assert_eq!(next("09:00:00", None), None);
        let eve = Stamp::parse("2023-10-14T20:00:00+08:00").unwrap();
        assert_eq!(super::next(&GATES, (at("08:30:00"), ends), eve), None, "not the day before");
    }

    proptest! {
        #[test]
        fn a_later_arrival_is_never_less_late(a in -3_000_000i64..3_000_000, b in -3_000_000i64..3_000_000) {
            let starts = at("08:30:00");
            let late = |ms: i64| match admit(&GATES, starts, Stamp(starts.0 + ms)) {
                Err(r) if r.is(TOO_EARLY) => -1,
                Ok(Arrival::OnTime) => 0,
                Ok(Arrival::Late { minutes }) => minutes,
                Err(_) => i64::MAX,
            };
            prop_assert!(late(a.min(b)) <= late(a.max(b)));
        }
    }
}
