//! Time: stamps in milliseconds, days, and the clock as a value. All times are those of China, UTC+8.
use super::fold;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use serde::{Serialize, Serializer};
use std::fmt;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(pub i64);

pub type Day = NaiveDate;

const CHINA_SECONDS: i32 = 8 * 3600;

fn china() -> FixedOffset {
    FixedOffset::east_opt(CHINA_SECONDS).unwrap_or_else(|| chrono::Offset::fix(&chrono::Utc))
}

impl Stamp {
    pub fn local(self) -> DateTime<FixedOffset> {
        china().timestamp_millis_opt(self.0).single().unwrap_or_else(|| DateTime::UNIX_EPOCH.with_timezone(&china()))
    }

    pub fn day(self) -> Day {
        self.local().date_naive()
    }

    /// `HH:MM`
    pub fn clock(self) -> String {
        self.local().format("%H:%M").to_string()
    }

    /// `YYYY-MM-DD HH:MM`
    pub fn minute(self) -> String {
        self.local().format("%Y-%m-%d %H:%M").to_string()
    }

    /// The stamp of a wall-clock time in China.
    pub fn at(when: NaiveDateTime) -> Stamp {
        Stamp(china().from_local_datetime(&when).single().map_or(0, |t| t.timestamp_millis()))
    }

    /// Reads RFC 3339 with a zone, as in `2023-10-15T08:10:00+08:00`.
    pub fn parse(text: &str) -> Option<Stamp> {
        DateTime::parse_from_rfc3339(text).ok().map(|t| Stamp(t.timestamp_millis()))
    }

    /// What people and platforms write: RFC 3339, `2023-09-25 10:11:12`, `2023/9/25 10:11`, `2023年9月25日`. A day alone
    /// begins at midnight; a time without a zone is that of China.
    pub fn read(text: &str) -> Option<Stamp> {
        let text: String = text.trim().chars().map(fold::half_width).collect();
        if let Some(exact) = Stamp::parse(&text) {
            return Some(exact);
        }
        let text = text.replace(['/', '.', '年', '月'], "-").replace(['日', 'T'], " ");
        let (day, time) = text.trim_end().split_once(' ').unwrap_or((text.trim_end(), ""));
        let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
        let time = match time.trim() {
            "" => NaiveTime::MIN,
            time if time.matches(':').count() == 1 => NaiveTime::parse_from_str(time, "%H:%M").ok()?,
            time => NaiveTime::parse_from_str(time, "%H:%M:%S").ok()?,
        };
        Some(Stamp::at(NaiveDateTime::new(day, time)))
    }

    /// The midnight that ends its day.
    pub fn day_end(self) -> Stamp {
        let next = self.day().succ_opt().unwrap_or_else(|| self.day());
        Stamp::at(next.and_time(NaiveTime::MIN))
    }

    pub fn plus_minutes(self, minutes: i64) -> Stamp {
        Stamp(self.0.saturating_add(minutes.saturating_mul(60_000)))
    }

    /// Whole minutes from `earlier` to `self`, rounded down; negative when `self` is earlier.
    pub fn minutes_since(self, earlier: Stamp) -> i64 {
        self.0.saturating_sub(earlier.0).div_euclid(60_000)
    }
}

impl fmt::Display for Stamp {
    /// RFC 3339 with the zone of China and whole seconds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.local().format("%Y-%m-%dT%H:%M:%S%:z"))
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

/// Where "now" comes from. Rules take a [`Stamp`]; only a site asks the clock.
pub trait Clock {
    fn now(&self) -> Stamp;
    /// Whether every screen must say that this is not the real time.
    fn is_fixed(&self) -> bool {
        false
    }
}

pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Stamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Stamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands still, for demonstrations and tests; `Cell` lets a test move it.
pub struct FixedClock(pub std::rc::Rc<std::cell::Cell<Stamp>>);

impl FixedClock {
    pub fn at(stamp: Stamp) -> FixedClock {
        FixedClock(std::rc::Rc::new(std::cell::Cell::new(stamp)))
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Stamp {
        self.0.get()
    }
    fn is_fixed(&self) -> bool {
        true
    }
}
