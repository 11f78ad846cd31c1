//! Sessions (场次) that the site sets where the notice leaves the timetable open.
mod add;
mod change;
mod close;
mod remove;

pub use add::{Add, Added};
pub use change::{Change, End};
pub(in crate::ops) use close::said;
pub use close::{CLOSED, Close, Reopen, closed};
pub use remove::Remove;

use crate::model::{Code, Level, Refusal, Stamp, Subject};
use crate::ops::{Result, Work};
use crate::policy::sessions::{Held, Sitting};
use crate::store::views::policy_change::seats;
use crate::store::{SessionRow, rows};

pub const UNKNOWN: Code = Code("sessions.unknown");
pub const TAKEN: Code = Code("sessions.taken");
pub const NO_CODE: Code = Code("sessions.no_code");
pub const NOT_SAT: Code = Code("sessions.not_sat");
pub const ENDS_BEFORE: Code = Code("sessions.ends_before");
pub const OVERLAPS: Code = Code("sessions.overlaps");
pub const SEATED: Code = Code("sessions.seated");
pub const OF_THE_NOTICE: Code = Code("sessions.of_the_notice");
pub const BAD_TIME: Code = Code("sessions.bad_time");
pub const BAD_LEVEL: Code = Code("sessions.bad_level");
pub const IN_USE: Code = Code("sessions.in_use");

/// A time as people write it, `2026-05-10 09:00`.
pub fn read_time(text: &str) -> Result<Stamp> {
    Stamp::read(text).ok_or_else(|| Refusal::new(BAD_TIME).with("value", text).into())
}

/// Levels by digits or names, comma separated; none is all.
pub fn read_levels(text: &str) -> Result<Vec<Level>> {
    let parts = text.split([',', '，', '、']).map(str::trim).filter(|part| !part.is_empty());
    let level = |part: &str| {
        let folded = crate::model::fold::number_like(part);
        Level::parse(&folded)
            .or_else(|| Level::parse(part))
            .ok_or_else(|| Refusal::new(BAD_LEVEL).with("value", part).into())
    };
    parts.map(level).collect()
}

/// As the table keeps them: each once, from the lowest level.
fn levels_column(levels: &[Level]) -> Option<String> {
    let digits: Vec<_> = Level::ALL.iter().filter(|l| levels.contains(l)).map(|l| l.digit().to_string()).collect();
    (!digits.is_empty() && digits.len() < Level::ALL.len()).then(|| digits.join(","))
}

pub(in crate::ops) fn sitting(row: &SessionRow) -> Sitting<'_> {
    Sitting { subject: row.subject, mode: row.mode, levels: row.levels.as_deref() }
}

fn held(row: &SessionRow) -> Held<'_> {
    Held { sitting: sitting(row), starts: row.starts_at, ends: row.ends_at }
}

fn find(work: &Work<'_, '_>, code: &str) -> Result<SessionRow> {
    let batch = work.batch()?.id;
    let found = rows::first::<SessionRow>(work.tx.db(), "WHERE batch = ?1 AND code = ?2", (batch, code))?;
    found.ok_or_else(|| Refusal::new(UNKNOWN).with("session", code).into())
}

/// Whether nobody has a seat in it: tickets are out for it otherwise.
fn free(work: &Work<'_, '_>, row: &SessionRow) -> Result<()> {
    match seats(work.tx.db(), row.id)? {
        0 => Ok(()),
        seats => Err(Refusal::new(SEATED).with("session", row.code.as_str()).with("seats", seats).into()),
    }
}

/// Holds a session against all others of the batch; gives the code of one that the same people sit for the same part.
fn fits(work: &Work<'_, '_>, row: &SessionRow) -> Result<Option<String>> {
    if row.subject == Subject::Review {
        return Err(Refusal::new(NOT_SAT).into());
    }
    if row.ends_at.is_some_and(|end| end <= row.starts_at) {
        return Err(Refusal::new(ENDS_BEFORE).with("session", row.code.as_str()).into());
    }
    let others = "WHERE batch = ?1 AND id <> ?2 ORDER BY starts_at, id";
    let others = rows::select::<SessionRow>(work.tx.db(), others, (row.batch, row.id))?;
    if let Some(other) = others.iter().find(|other| held(row).overlaps(&held(other))) {
        let refusal = Refusal::new(OVERLAPS).with("session", row.code.as_str()).with("other", other.code.as_str());
        return Err(refusal.with("starts", other.starts_at.minute()).into());
    }
    let twice = |other: &&SessionRow| other.subject == row.subject && held(row).shares_people(&held(other));
    Ok(others.iter().find(twice).map(|other| other.code.clone()))
}
