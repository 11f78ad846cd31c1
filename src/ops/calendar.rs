//! The working-day calendar of the site, from `data/codes/workdays.csv`.
use super::{Result, Site};
use crate::bundle::codes::{Certainty, Codes, Works};
use crate::model::Calendar;
use chrono::Datelike;

/// A year counts as known once a published day of it is in the list; expected days are used, but the year stays in doubt.
pub fn of(codes: &Codes) -> Calendar {
    let mut calendar = Calendar::default();
    for rule in &codes.days {
        let days = rule.from.iter_days().take_while(|day| *day <= rule.to);
        match rule.works {
            Works::Off => calendar.off.extend(days),
            Works::Work => calendar.work.extend(days),
        }
        if rule.certainty == Certainty::Published {
            calendar.years.extend(rule.from.year()..=rule.to.year());
        }
    }
    calendar
}

pub fn calendar(site: &Site) -> Result<Calendar> {
    Ok(of(&*site.codes()?))
}
