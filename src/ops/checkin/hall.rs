//! The whole hall for the chief: every room of a session, and what needs somebody at once.
use super::door::Door;
use crate::model::{RoomId, Stamp};
use crate::ops::{Result, Site, batch};
use crate::store::SessionRow;
use crate::store::views::hall::{self, HallRoom, Twice};
use serde::Serialize;

/// A room in which nobody is so many minutes after the start.
const EMPTY_AFTER: i64 = 5;
/// People in two places that are named.
const NAMED: i64 = 5;

#[derive(Debug, Clone, Serialize)]
pub struct Hall {
    pub door: Door,
    /// Rooms with an alarm first, then by number.
    pub rooms: Vec<HallRoom>,
    pub alarms: Vec<Alarm>,
}

/// Something that needs somebody, the worst first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alarm {
    /// `None`: of no one room.
    #[serde(skip)]
    pub room: Option<RoomId>,
    #[serde(rename = "room")]
    pub number: Option<i64>,
    pub what: What,
    /// People, or incidents.
    pub count: i64,
    pub twice: Option<Twice>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The same person is inside in two places.
    Twice,
    /// People are seated in a room that is closed.
    ClosedRoom,
    /// Nobody is in the room though the exam runs.
    NobodyIn,
    /// Still expected after the gate.
    StillExpected,
    /// An incident waits for its decision.
    Incident,
}

impl What {
    pub fn code(self) -> &'static str {
        match self {
            What::Twice => "twice",
            What::ClosedRoom => "closed_room",
            What::NobodyIn => "nobody_in",
            What::StillExpected => "still_expected",
            What::Incident => "incident",
        }
    }
}

/// The hall as it is now.
pub fn hall(site: &Site, session: &SessionRow) -> Result<Hall> {
    let (db, now) = (site.store().db(), site.now());
    let door = Door::at(site, session)?;
    let mut rooms = hall::rooms(db, session.id)?;
    let others: Vec<_> = batch::sessions(site)?
        .into_iter()
        .filter(|s| s.id != session.id && s.starts_at < session.until() && session.starts_at < s.until())
        .map(|s| s.id)
        .collect();
    let mut alarms: Vec<Alarm> = hall::twice(db, session.id, &others, NAMED)?.into_iter().map(Alarm::twice).collect();
    alarms.extend(rooms.iter().flat_map(|room| of_room(room, &door, now)));
    alarms.sort_by_key(|alarm| (alarm.what, alarm.number));
    rooms.sort_by_key(|room| (!alarms.iter().any(|alarm| alarm.room == Some(room.room)), room.number));
    Ok(Hall { door, rooms, alarms })
}

impl Alarm {
    fn twice(twice: Twice) -> Alarm {
        Alarm { room: None, number: Some(twice.room), what: What::Twice, count: 1, twice: Some(twice) }
    }
}

fn of_room(room: &HallRoom, door: &Door, now: Stamp) -> Vec<Alarm> {
    let alarm = |what, count| Alarm { room: Some(room.room), number: Some(room.number), what, count, twice: None };
    let runs = now >= door.starts.plus_minutes(EMPTY_AFTER) && !door.is_over(now);
    let mut all = Vec::new();
    if room.closed.is_some() && room.seated > room.absent + room.refused + room.out {
        all.push(alarm(What::ClosedRoom, room.seated));
    }
    if runs && room.here == 0 && room.expected() > 0 {
        all.push(alarm(What::NobodyIn, room.expected()));
    } else if now > door.limit && room.expected() > 0 {
        all.push(alarm(What::StillExpected, room.expected()));
    }
    if room.incidents > 0 {
        all.push(alarm(What::Incident, room.incidents));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(clock: &str) -> Stamp {
        Stamp::parse(&format!("2023-10-15T{clock}:00+08:00")).unwrap()
    }

    fn room(here: i64, absent: i64) -> HallRoom {
        HallRoom {
            room: RoomId(1),
            number: 1,
            name: None,
            closed: None,
            seated: 30,
            here,
            absent,
            refused: 0,
            out: 0,
            incidents: 0,
            proctors: 2,
            proctors_here: 2,
            bags: 0,
            bags_back: 0,
            recorded: false,
            signed_at: None,
        }
    }

    fn alarms(room: &HallRoom, clock: &str) -> Vec<What> {
        let door = Door { opens: at("08:00"), starts: at("08:30"), limit: at("08:45"), ends: Some(at("10:00")) };
        of_room(room, &door, at(clock)).into_iter().map(|a| a.what).collect()
    }

    #[test]
    fn each_alarm_has_its_time() {
        assert_eq!(alarms(&room(0, 0), "08:34"), []);
        assert_eq!(alarms(&room(0, 0), "08:35"), [What::NobodyIn]);
        assert_eq!(alarms(&room(1, 0), "08:45"), []);
        assert_eq!(alarms(&room(1, 0), "08:46"), [What::StillExpected]);
        assert_eq!(alarms(&room(1, 29), "08:46"), []);
        assert_eq!(alarms(&HallRoom { incidents: 2, ..room(30, 0) }, "08:20"), [What::Incident]);
        let closed = HallRoom { closed: Some("漏水".into()), ..room(30, 0) };
        assert_eq!(alarms(&closed, "08:20"), [What::ClosedRoom]);
        assert_eq!(alarms(&HallRoom { out: 30, ..closed }, "08:50"), []);
    }
}
