//! A day of a notice, with or without a time of day. In TOML a plain date: `2023-10-15` or `2023-10-15T08:30`.
use crate::model::{Day, Stamp};
use chrono::{Days, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::fmt;

/// Times are those of China; a zone in the file is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    pub day: Day,
    /// To the minute; `None` when the notice names only the day.
    pub time: Option<NaiveTime>,
}

impl Moment {
    pub fn new(day: Day, time: Option<NaiveTime>) -> Moment {
        Moment { day, time }
    }

    /// The first instant it covers: its time, or midnight at the start of the day.
    pub fn begins(self) -> Stamp {
        Stamp::at(NaiveDateTime::new(self.day, self.time.unwrap_or(NaiveTime::MIN)))
    }

    /// The first instant after it: its time, or midnight at the end of the day (S1-25).
    pub fn ends(self) -> Stamp {
        match self.time {
            Some(time) => Stamp::at(NaiveDateTime::new(self.day, time)),
            None => {
                let next = self.day.checked_add_days(Days::new(1)).unwrap_or(self.day);
                Stamp::at(NaiveDateTime::new(next, NaiveTime::MIN))
            }
        }
    }
}

impl fmt::Display for Moment {
    /// `YYYY-MM-DD` or `YYYY-MM-DD HH:MM`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.time {
            Some(time) => write!(f, "{} {}", self.day, time.format("%H:%M")),
            None => write!(f, "{}", self.day),
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let raw = toml::value::Datetime::deserialize(d)?;
        let date = raw.date.filter(|_| raw.offset.is_none()).ok_or_else(|| D::Error::custom("expected a date"))?;
        let day = Day::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
            .ok_or_else(|| D::Error::custom("expected a date"))?;
        let time = raw
            .time
            .map(|t| {
                NaiveTime::from_hms_opt(u32::from(t.hour), u32::from(t.minute), 0)
                    .ok_or_else(|| D::Error::custom("expected a time"))
            })
            .transpose()?;
        Ok(Moment { day, time })
    }
}
