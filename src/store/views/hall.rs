//! The rooms of a session as the chief sees them.
use crate::model::{RoomId, SessionId, Stamp};
use crate::store::fault::Result;
use rusqlite::{Connection, Row};
use serde::Serialize;

/// One room of a session: people, papers, incidents, proctors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HallRoom {
    #[serde(skip)]
    pub room: RoomId,
    #[serde(rename = "room")]
    pub number: i64,
    pub name: Option<String>,
    /// Why nobody may be seated here any more.
    pub closed: Option<String>,
    pub seated: i64,
    /// Came in, also those who are out again.
    pub here: i64,
    pub absent: i64,
    pub refused: i64,
    pub out: i64,
    /// Reported and not decided yet.
    pub incidents: i64,
    pub proctors: i64,
    pub proctors_here: i64,
    pub bags: i64,
    /// Collected or given back.
    pub bags_back: i64,
    /// The room record is written.
    pub recorded: bool,
    /// When those who were still expected were marked absent.
    pub signed_at: Option<Stamp>,
}

impl HallRoom {
    pub fn expected(&self) -> i64 {
        self.seated - self.here - self.absent - self.refused
    }
}

/// Every room in which somebody is seated, by number. One pass over rooms: the people are counted already.
pub fn rooms(db: &Connection, session: SessionId) -> Result<Vec<HallRoom>> {
    let sql = "SELECT p.room, r.number, r.name, r.closed, p.seated, p.here, p.absent, p.refused, p.out, \
           (SELECT count(*) FROM incident i WHERE i.session = p.session AND i.room = p.room AND i.state = 'reported'), \
           coalesce(a.proctors, 0), coalesce(a.here, 0), coalesce(b.bags, 0), coalesce(b.back, 0), \
           EXISTS (SELECT 1 FROM room_record x WHERE x.session = p.session AND x.room = p.room), c.at \
         FROM room_progress p JOIN room r ON r.id = p.room \
         LEFT JOIN (SELECT room, count(*) AS proctors, count(came_at) AS here FROM assignment \
                    WHERE session = ?1 AND duty = 'proctor' GROUP BY room) a ON a.room = p.room \
         LEFT JOIN (SELECT room, count(*) AS bags, sum(state IN ('collected', 'returned')) AS back FROM paper_bag \
                    WHERE session = ?1 GROUP BY room) b ON b.room = p.room \
         LEFT JOIN (SELECT s.room, max(h.at) AS at FROM attendance h \
                    JOIN placement s ON s.session = h.session AND s.application = h.application \
                    WHERE h.session = ?1 AND h.source = 'closing' GROUP BY s.room) c ON c.room = p.room \
         WHERE p.session = ?1 ORDER BY r.number";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([session], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn read(r: &Row<'_>) -> rusqlite::Result<HallRoom> {
    Ok(HallRoom {
        room: r.get(0)?,
        number: r.get(1)?,
        name: r.get(2)?,
        closed: r.get(3)?,
        seated: r.get(4)?,
        here: r.get(5)?,
        absent: r.get(6)?,
        refused: r.get(7)?,
        out: r.get(8)?,
        incidents: r.get(9)?,
        proctors: r.get(10)?,
        proctors_here: r.get(11)?,
        bags: r.get(12)?,
        bags_back: r.get(13)?,
        recorded: r.get(14)?,
        signed_at: r.get(15)?,
    })
}

/// Somebody who is inside in two places at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Twice {
    pub name: String,
    pub room: i64,
    pub seat: i64,
    pub other_session: String,
    pub other_room: i64,
    pub other_seat: i64,
}

/// People inside in this session who are inside in one of `others` too, or by another application here.
pub fn twice(db: &Connection, session: SessionId, others: &[SessionId], limit: i64) -> Result<Vec<Twice>> {
    let sql = "SELECT a.name, r.number, p.seat, s.code, r2.number, p2.seat FROM attendance h \
         JOIN application a ON a.id = h.application \
         JOIN application b ON b.batch = a.batch AND b.id_number = a.id_number AND b.document = a.document \
         JOIN attendance h2 ON h2.session = ?2 AND h2.application = b.id AND h2.state IN ('present', 'late') \
         JOIN session s ON s.id = h2.session \
         JOIN placement p ON p.session = h.session AND p.application = h.application JOIN room r ON r.id = p.room \
         JOIN placement p2 ON p2.session = h2.session AND p2.application = b.id JOIN room r2 ON r2.id = p2.room \
         WHERE h.session = ?1 AND h.state IN ('present', 'late') AND (?1 <> ?2 OR a.id < b.id) \
         ORDER BY r.number, p.seat LIMIT ?3";
    let read = |r: &Row<'_>| {
        Ok(Twice {
            name: r.get(0)?,
            room: r.get(1)?,
            seat: r.get(2)?,
            other_session: r.get(3)?,
            other_room: r.get(4)?,
            other_seat: r.get(5)?,
        })
    };
    let mut statement = db.prepare_cached(sql)?;
    let mut found = Vec::new();
    for other in others.iter().chain([&session]) {
        let rows = statement.query_map((session, other, limit), read)?;
        found.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    Ok(found)
}
