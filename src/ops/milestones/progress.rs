//! How far the batch had come by the end of a day (S4-31), for the regular review.
use crate::model::{Day, Stamp};
use crate::ops::{Result, Site};
use crate::store::views::milestones::{Timed, journaled, timed};
use chrono::NaiveTime;
use serde::Serialize;

/// What a figure is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Rows put in less rows taken out, by the times of the journal: as it stood on that day.
    Journal,
    /// The time in each row that is there now: what was taken back since is not in it.
    Rows,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Locale key `progress_figure.<code>`.
    pub code: &'static str,
    pub count: i64,
    pub basis: Basis,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Progress {
    pub on: Day,
    pub figures: Vec<Figure>,
}

enum From {
    Table(&'static str),
    Time(Timed),
}

const FIGURES: &[(&str, From)] = &[
    ("applied", From::Table("application")),
    ("reviewed", From::Time(Timed::Reviewed)),
    ("paid", From::Time(Timed::Paid)),
    ("listed", From::Time(Timed::Listed)),
    ("ticketed", From::Table("ticket")),
    ("seats", From::Table("placement")),
    ("present", From::Time(Timed::Present)),
    ("marked", From::Table("mark")),
    ("certified", From::Time(Timed::Certified)),
];

/// The figures of the batch at hand as of the end of a day; `None`: today.
pub fn progress(site: &Site, on: Option<Day>) -> Result<Progress> {
    let on = on.unwrap_or_else(|| site.now().day());
    let tomorrow = on.succ_opt().unwrap_or(on);
    let end = Stamp(Stamp::at(tomorrow.and_time(NaiveTime::MIN)).0.saturating_sub(1));
    let (db, batch) = (site.store().db(), site.batch()?.id);
    let mut figures = Vec::new();
    for (code, from) in FIGURES {
        let (count, basis) = match from {
            From::Table(table) => (journaled(db, batch, table, end)?, Basis::Journal),
            From::Time(what) => (timed(db, batch, *what, end)?, Basis::Rows),
        };
        figures.push(Figure { code, count, basis });
    }
    Ok(Progress { on, figures })
}
