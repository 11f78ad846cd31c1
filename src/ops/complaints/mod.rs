//! Complaints (投诉): taken in, looked at within a few working days, decided, never by whom they are about.
mod add;
mod decide;
mod look;

pub use add::Add;
pub use decide::{Decide, may_decide};
pub use look::{Refuse, TakeUp, may_look};

use crate::model::{Code, Day, Refusal};
use crate::ops::{Result, Site, Work, calendar};
use crate::policy::milestones::left;
use crate::store::{ComplaintRow, ComplaintState, rows};
use serde::Serialize;

pub const UNKNOWN: Code = Code("complaint.unknown");
pub const NO_DAY: Code = Code("complaint.no_day");

fn complaint(work: &Work<'_, '_>, number: i64) -> Result<ComplaintRow> {
    let find = "WHERE id = ?1 AND batch = ?2";
    let found = rows::first::<ComplaintRow>(work.tx.db(), find, (number, work.batch()?.id))?;
    found.ok_or_else(|| Refusal::new(UNKNOWN).with("number", number).into())
}

/// A complaint and how it stands today.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    #[serde(flatten)]
    pub complaint: ComplaintRow,
    /// The day that counts now; `None` once it is over.
    pub due: Option<Day>,
    /// Working days; negative once it is late.
    pub working_days_left: Option<i64>,
    /// Still open after its day, or looked at or decided after it.
    pub late: bool,
}

/// The complaints of the batch at hand, in the order in which they came in.
pub fn list(site: &Site) -> Result<Vec<Line>> {
    let (calendar, today) = (calendar::calendar(site)?, site.now().day());
    let all = rows::select::<ComplaintRow>(site.store().db(), "WHERE batch = ?1 ORDER BY id", [site.batch()?.id])?;
    let line = |complaint: ComplaintRow| {
        let due = match complaint.state {
            ComplaintState::Received => Some(complaint.look_by),
            ComplaintState::Accepted => complaint.decide_by,
            ComplaintState::Refused | ComplaintState::Decided => None,
        };
        let looked = complaint.looked_on.unwrap_or(today) > complaint.look_by;
        let decided = complaint.decide_by.is_some_and(|by| complaint.decided_on.unwrap_or(today) > by);
        let working_days_left = due.map(|due| left(today, due, &calendar));
        Line { due, working_days_left, late: looked || decided, complaint }
    };
    Ok(all.into_iter().map(line).collect())
}
