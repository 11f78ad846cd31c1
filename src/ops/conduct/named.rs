//! What people write of a place, a person and a time.
use super::report::{NOT_HERE, SEAT_EMPTY};
use crate::model::{ApplicationId, Code, Day, Refusal, RoomId, Stamp, fold};
use crate::ops::checkin::{self, Seated};
use crate::ops::seating::NO_ROOM;
use crate::ops::{Result, Site, applications};
use crate::store::{RoomRow, SessionRow, rows};

pub const BAD_WHERE: Code = Code("conduct.bad_where");
pub const BAD_TIME: Code = Code("conduct.bad_time");

/// Longest number of a room; a ticket number is longer.
const ROOM_DIGITS: usize = 4;

/// Where it was, or who it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    pub room: Option<RoomId>,
    pub seat: Option<i64>,
    pub application: Option<ApplicationId>,
}

/// `3-12` is a seat, `3` a room, a longer number a ticket.
pub fn read_place(site: &Site, text: &str) -> Result<Place> {
    let folded = fold::number_like(text);
    let bad = || Refusal::new(BAD_WHERE).with("value", text);
    let number = |part: &str| part.trim().parse::<i64>().ok().filter(|n| *n > 0);
    if let Some((room, seat)) = folded.split_once('-') {
        let (room, seat) = number(room).zip(number(seat)).ok_or_else(bad)?;
        return Ok(Place { room: Some(room_id(site, room)?), seat: Some(seat), application: None });
    }
    if folded.is_empty() {
        return Err(bad().into());
    }
    if folded.len() <= ROOM_DIGITS {
        let room = room_id(site, number(&folded).ok_or_else(bad)?)?;
        return Ok(Place { room: Some(room), ..Place::default() });
    }
    let application = applications::named(site, &folded)?.id;
    Ok(Place { application: Some(application), ..Place::default() })
}

/// Whom a place means in a session; `None` for a room alone.
pub fn found(site: &Site, session: &SessionRow, place: Place) -> Result<Option<Seated>> {
    let code = session.code.as_str();
    match place {
        Place { application: Some(who), .. } => {
            let missing = || Refusal::new(NOT_HERE).with("name", who).with("session", code);
            Ok(Some(checkin::seated(site, session.id, who)?.ok_or_else(missing)?))
        }
        Place { room: Some(room), seat: Some(seat), .. } => {
            let all = checkin::register(site, session.id, Some(room))?;
            let number = rows::first::<RoomRow>(site.store().db(), "WHERE id = ?1", [room])?.map_or(0, |r| r.number);
            let empty = || Refusal::new(SEAT_EMPTY).with("room", number).with("seat", seat);
            Ok(Some(all.into_iter().find(|s| s.seat == seat).ok_or_else(empty)?))
        }
        Place { .. } => Ok(None),
    }
}

fn room_id(site: &Site, number: i64) -> Result<RoomId> {
    let key = (site.batch()?.id, number);
    let found = rows::first::<RoomRow>(site.store().db(), "WHERE batch = ?1 AND number = ?2", key)?;
    Ok(found.ok_or_else(|| Refusal::new(NO_ROOM).with("room", number))?.id)
}

/// `09:12` on the session's day, or a whole time.
pub fn read_time(text: &str, day: Day) -> Result<Stamp> {
    let clock: String = text.trim().chars().map(fold::half_width).collect();
    let whole = if clock.contains(['-', '/', '年', 'T']) { clock } else { format!("{day} {clock}") };
    Ok(Stamp::read(&whole).ok_or_else(|| Refusal::new(BAD_TIME).with("value", text))?)
}
