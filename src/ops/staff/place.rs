//! Naming a post from outside: code of a session, number of a room or code of a venue.
use super::assign::NO_VENUE;
use crate::model::{Code, Refusal, RoomId, SessionId, VenueId};
use crate::ops::checkin::UNKNOWN_SESSION;
use crate::ops::{Result, RoomRow, SessionRow, Site, VenueRow};
use crate::store::rows;

pub const NO_SUCH_ROOM: Code = Code("staff.no_such_room");
pub const NO_VENUES: Code = Code("staff.no_venues");
pub const WHICH_VENUE: Code = Code("staff.which_venue");

pub fn session(site: &Site, code: &str) -> Result<SessionRow> {
    let batch = site.batch()?.id;
    let found = rows::first::<SessionRow>(site.store().db(), "WHERE batch = ?1 AND code = ?2", (batch, code))?;
    found.ok_or_else(|| Refusal::new(UNKNOWN_SESSION).with("session", code).into())
}

/// The room and its venue, or the venue named, or the only one.
pub fn place(
    site: &Site,
    code: &str,
    room: Option<i64>,
    venue: Option<i64>,
) -> Result<(SessionId, VenueId, Option<RoomId>)> {
    let (db, batch, session) = (site.store().db(), site.batch()?.id, session(site, code)?.id);
    if let Some(number) = room {
        let found = rows::first::<RoomRow>(db, "WHERE batch = ?1 AND number = ?2", (batch, number))?;
        let room = found.ok_or_else(|| Refusal::new(NO_SUCH_ROOM).with("room", number))?;
        return Ok((session, room.venue, Some(room.id)));
    }
    let all = rows::select::<VenueRow>(db, "WHERE batch = ?1 ORDER BY code", [batch])?;
    let found = match (venue, all.as_slice()) {
        (Some(code), _) => match all.iter().find(|v| v.code == code) {
            Some(venue) => venue.id,
            None => return Err(Refusal::new(NO_VENUE).with("venue", code).into()),
        },
        (None, [only]) => only.id,
        (None, _) => {
            let known: Vec<_> = all.iter().map(|v| format!("{} {}", v.code, v.name)).collect();
            return Err(Refusal::new(WHICH_VENUE).with("known", known.join(" ")).into());
        }
    };
    Ok((session, found, None))
}

/// The venue with the lowest code.
pub fn first_venue(site: &Site) -> Result<VenueId> {
    let batch = site.batch()?.id;
    let found = rows::first::<VenueRow>(site.store().db(), "WHERE batch = ?1 ORDER BY code", [batch])?;
    found.map(|v| v.id).ok_or_else(|| Refusal::new(NO_VENUES).into())
}
