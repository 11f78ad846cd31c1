//! The whole hall for the chief: every room of a session, and what needs somebody at once.
use super::door::Door;
use crate::model::Stamp;
use crate::ops::{Result, Site, batch};
use crate::store::SessionRow;
use crate::store::views::hall::{self, HallRoom, Twice};
use serde::Serialize;

/// A room in which nobody is so many minutes after the start.
const EMPTY_AFTER: i64 = 5;
/// People in two places that are named.
const NAMED: i64 = 5;

/// The hall as it was read; what is an alarm follows from the time.
#[derive(Debug, Clone)]
pub struct Hall {
    pub door: Door,
    /// By number.
    pub rooms: Vec<HallRoom>,
    pub twice: Vec<Twice>,
}

/// Something that needs somebody, the worst first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alarm {
    #[serde(rename = "room")]
    pub number: Option<i64>,
    pub what: What,
    /// People, incidents or bags.
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
    /// The session is over, and bags of papers are not back.
    BagsOut,
}

impl What {
    pub fn code(self) -> &'static str {
        match self {
            What::Twice => "twice",
            What::ClosedRoom => "closed_room",
            What::NobodyIn => "nobody_in",
            What::StillExpected => "still_expected",
            What::Incident => "incident",
            What::BagsOut => "bags_out",
        }
    }
}

/// Every room of a session. One pass over the rooms; only who is inside is compared with other sessions.
pub fn hall(site: &Site, session: &SessionRow) -> Result<Hall> {
    let db = site.store().db();
    let meanwhile = |s: &SessionRow| s.starts_at < session.until() && session.starts_at < s.until();
    let sessions = batch::sessions(site)?.into_iter();
    let others: Vec<_> = sessions.filter(|s| s.id != session.id && meanwhile(s)).map(|s| s.id).collect();
    let twice = hall::twice(db, session.id, &others, NAMED)?;
    Ok(Hall { door: Door::at(site, session)?, rooms: hall::rooms(db, session.id)?, twice })
}

impl Hall {
    /// What needs somebody at this time, the worst first.
    pub fn alarms(&self, now: Stamp) -> Vec<Alarm> {
        let mut alarms: Vec<Alarm> = self.twice.iter().cloned().map(Alarm::twice).collect();
        alarms.extend(self.rooms.iter().flat_map(|room| of_room(room, &self.door, now)));
        alarms.sort_by_key(|alarm| (alarm.what, alarm.number));
        alarms
    }

    /// Rooms with an alarm first, then by number.
    pub fn by_need(&self, now: Stamp) -> Vec<HallRoom> {
        let alarms = self.alarms(now);
        let mut rooms = self.rooms.clone();
        rooms.sort_by_key(|room| (!alarms.iter().any(|alarm| alarm.number == Some(room.number)), room.number));
        rooms
    }
}

impl Alarm {
    fn twice(twice: Twice) -> Alarm {
        Alarm { number: Some(twice.room), what: What::Twice, count: 1, twice: Some(twice) }
    }
}

fn of_room(room: &HallRoom, door: &Door, now: Stamp) -> Vec<Alarm> {
    let alarm = |what, count| Alarm { number: Some(room.number), what, count, twice: None };
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
    if door.is_over(now) && room.bags > room.bags_back {
        all.push(alarm(What::BagsOut, room.bags - room.bags_back));
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
            room: crate::model::RoomId(1),
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
        let bags = |bags_back, clock| alarms(&HallRoom { bags: 2, bags_back, ..room(30, 0) }, clock);
        assert_eq!(bags(1, "09:00"), [], "papers are out while the exam runs");
        assert_eq!(bags(1, "10:30"), [What::BagsOut]);
        assert_eq!(bags(2, "10:30"), []);
        let closed = HallRoom { closed: Some("漏水".into()), ..room(30, 0) };
        assert_eq!(alarms(&closed, "08:20"), [What::ClosedRoom]);
        assert_eq!(alarms(&HallRoom { out: 30, ..closed }, "08:50"), []);
    }
}
