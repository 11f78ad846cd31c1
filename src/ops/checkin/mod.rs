//! The door: who is let in or sent away, who goes, who is still expected, who is marked absent.
mod admit;
mod cancel;
mod close_absent;
mod door;
mod facts;
mod hall;
mod leave;
mod refuse;
mod resolve;
mod sheet;
mod sheet_text;
mod sign;
mod timetable;

pub use crate::policy::attendance::{
    ALREADY_ABSENT, ALREADY_PRESENT, ALREADY_REFUSED, BY_INCIDENT, CLOSED_ABSENT, NOT_INSIDE, NOT_PRESENT, OUT_ALREADY,
};
pub use crate::policy::checklist::{CheckItem, Checklist, Ground};
pub use crate::policy::gates::{LEAVES_TOO_EARLY, TOO_EARLY, TOO_LATE};
pub use crate::policy::payment::UNPAID;
pub use crate::store::AttendanceSource;
pub use crate::store::views::checkin::{RoomCount, Seated, Totals};
pub use crate::store::views::hall::{HallRoom, Twice};
pub use admit::{
    Admit, Admitted, BARRED, EXCLUDED, HERE_TWICE, NEVER_LIFTED, NOT_CHECKED, NOT_SEATED, REJECTED, SESSION_OVER,
    UNKNOWN_SESSION, WITHDRAWN, WRONG_ROOM, WRONG_SESSION,
};
pub use cancel::{Cancel, may_cancel};
pub use close_absent::{CloseAbsent, Closed, NOBODY_EXPECTED, STILL_OPEN, absentees};
pub use door::{Door, NO_SESSION, Phase, by_code, current};
pub use hall::{Alarm, Hall, What, hall};
pub use leave::{Exit, LEAVE_REASON, Leave, Left};
pub use refuse::{Refuse, Refused, WORDS_NEEDED};
pub use resolve::{Found, INCOMPLETE, SEVERAL, UNKNOWN_CODE, complete, exactly, looks_misread, misread, resolve};
pub use sheet::{
    Entered, Known, Line, SHEET_DIFFERS, SHEET_NO_SEAT, SHEET_NOTHING, SHEET_TOO_LATE, SHEET_TWICE, Sheet,
};
pub use sheet_text::{Marks, SHEET_UNREADABLE};
pub use sign::{LIST_CHANGED, Proof, Signed, WRONG_COUNT, needs_pin, sign};
pub use timetable::{Gate, Left as TimeLeft, Next, Timetable};

use crate::model::{ApplicationId, Code, Refusal, Role, RoomId, SessionId};
use crate::ops::{Result, Site};
use crate::store::views::candidates::{self, Candidate};
use crate::store::views::checkin;
use serde::Serialize;

pub const NO_OVERRIDE: Code = Code("checkin.no_override");

/// A session in numbers, with as many of its rooms as were asked for.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Progress {
    pub totals: Totals,
    /// The room asked for, then rooms that still wait for somebody, then full ones.
    pub rooms: Vec<RoomCount>,
}

/// Nothing here is counted: the numbers stand ready.
pub fn progress(site: &Site, session: SessionId, first: Option<RoomId>, rooms: usize) -> Result<Progress> {
    let (db, limit) = (site.store().db(), i64::try_from(rooms).unwrap_or(i64::MAX));
    Ok(Progress { totals: checkin::totals(db, session)?, rooms: checkin::rooms(db, session, first, limit)? })
}

/// Who came last, newest first.
pub fn recent(site: &Site, session: SessionId, room: Option<RoomId>, limit: usize) -> Result<Vec<Seated>> {
    Ok(checkin::recent(site.store().db(), session, room, limit)?)
}

/// Everybody seated in a session or one of its rooms, by room and seat.
pub fn register(site: &Site, session: SessionId, room: Option<RoomId>) -> Result<Vec<Seated>> {
    Ok(checkin::register(site.store().db(), session, room)?)
}

/// Those of them who are still expected.
pub fn expected(site: &Site, session: SessionId, room: Option<RoomId>) -> Result<Vec<Seated>> {
    Ok(checkin::expected(site.store().db(), session, room)?)
}

/// One person as the database has them now; `None` without a seat in the session.
pub fn seated(site: &Site, session: SessionId, who: ApplicationId) -> Result<Option<Seated>> {
    Ok(checkin::seated_one(site.store().db(), session, who)?)
}

/// One person with seat and attendance in a session, seated there or not.
pub fn candidate(site: &Site, session: SessionId, who: ApplicationId) -> Result<Option<Candidate>> {
    Ok(candidates::candidate(site.store().db(), Some(session), who)?)
}

/// Whether an unpaid fee keeps somebody out.
pub fn fee_is_needed(site: &Site) -> Result<bool> {
    Ok(site.policy()?.payment.required_at_checkin)
}

/// What the policy lets the door look at.
pub fn checklist(site: &Site) -> Result<Checklist> {
    Ok(site.policy()?.checklist.clone())
}

/// Whether the signed-on operator may lift the late limit and the fee with a reason.
pub fn may_override(site: &Site) -> Result<(), Refusal> {
    crate::policy::duties::allowed(&site.actor().roles, &[Role::Coordinator])?;
    let allowed = site.policy().is_ok_and(|p| p.gates.override_by_coordinator);
    if allowed { Ok(()) } else { Err(Refusal::new(NO_OVERRIDE)) }
}
