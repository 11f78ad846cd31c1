//! What a door shows: rooms filling up, who came last, who is still missing.
use crate::model::AttendanceState;
use crate::model::{ApplicationId, BatchId, RoomId, SessionId, Stamp};
use crate::store::fault::Result;
use crate::store::{AttendanceSource, SessionRow, journal};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;
use serde_json::Value as Json;

/// People with exactly this ticket or identity number.
pub fn by_code(db: &Connection, batch: BatchId, code: &str) -> Result<Vec<ApplicationId>> {
    let sql = "SELECT application FROM ticket WHERE batch = ?1 AND number = ?2 \
               UNION SELECT id FROM application WHERE batch = ?1 AND id_number = ?2 ORDER BY 1";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map((batch, code), |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One room of a session in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RoomCount {
    pub room: RoomId,
    pub number: i64,
    pub seated: i64,
    /// Came in, also those who are out again.
    pub here: i64,
    pub absent: i64,
    /// Sent away at the door.
    pub refused: i64,
    /// Handed in, left or were removed.
    pub out: i64,
}

/// A whole session in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Totals {
    pub rooms: i64,
    pub seated: i64,
    /// Came in, also those who are out again.
    pub here: i64,
    pub absent: i64,
    /// Sent away at the door.
    pub refused: i64,
    /// Handed in, left or were removed.
    pub out: i64,
}

impl Totals {
    /// Neither here nor marked absent.
    pub fn expected(&self) -> i64 {
        self.seated - self.here - self.absent - self.refused
    }
}

impl RoomCount {
    pub fn expected(&self) -> i64 {
        self.seated - self.here - self.absent - self.refused
    }
}

pub fn totals(db: &Connection, session: SessionId) -> Result<Totals> {
    let sql = "SELECT count(*), coalesce(sum(seated), 0), coalesce(sum(here), 0), coalesce(sum(absent), 0), \
               coalesce(sum(refused), 0), coalesce(sum(out), 0) FROM room_progress WHERE session = ?1";
    let read = |r: &Row<'_>| {
        Ok(Totals {
            rooms: r.get(0)?,
            seated: r.get(1)?,
            here: r.get(2)?,
            absent: r.get(3)?,
            refused: r.get(4)?,
            out: r.get(5)?,
        })
    };
    Ok(db.prepare_cached(sql)?.query_row([session], read)?)
}

/// At most `limit` rooms: `first` before all, then rooms that still wait for somebody, each kind by number.
pub fn rooms(db: &Connection, session: SessionId, first: Option<RoomId>, limit: i64) -> Result<Vec<RoomCount>> {
    let sql = "SELECT p.room, r.number, p.seated, p.here, p.absent, p.refused, p.out FROM room_progress p \
               JOIN room r ON r.id = p.room \
               WHERE p.session = ?1 ORDER BY p.room IS NOT ?2, p.seated <= p.here + p.absent + p.refused, r.number LIMIT ?3";
    let mut statement = db.prepare_cached(sql)?;
    let read = |r: &Row<'_>| {
        Ok(RoomCount {
            room: r.get(0)?,
            number: r.get(1)?,
            seated: r.get(2)?,
            here: r.get(3)?,
            absent: r.get(4)?,
            refused: r.get(5)?,
            out: r.get(6)?,
        })
    };
    let rows = statement.query_map((session, first, limit), read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Somebody with a seat in a session.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Seated {
    pub application: ApplicationId,
    pub name: String,
    pub ticket: Option<String>,
    #[serde(skip)]
    pub room: RoomId,
    #[serde(rename = "room")]
    pub room_number: i64,
    pub seat: i64,
    /// `None`: expected.
    pub attendance: Option<AttendanceState>,
    pub at: Option<Stamp>,
    pub late_minutes: Option<i64>,
    /// When they left the room for good.
    pub out_at: Option<Stamp>,
    /// Why they were sent away, or left.
    pub reason: Option<String>,
    pub source: Option<AttendanceSource>,
}

const SEATED: &str = "a.id, a.name, t.number, p.room, r.number, p.seat, h.state, h.at, h.late_minutes, h.out_at, \
       h.reason, h.source \
     FROM placement p JOIN room r ON r.id = p.room JOIN application a ON a.id = p.application \
     LEFT JOIN ticket t ON t.application = a.id \
     LEFT JOIN attendance h ON h.session = p.session AND h.application = p.application";

fn seated(row: &Row<'_>) -> rusqlite::Result<Seated> {
    Ok(Seated {
        application: row.get(0)?,
        name: row.get(1)?,
        ticket: row.get(2)?,
        room: row.get(3)?,
        room_number: row.get(4)?,
        seat: row.get(5)?,
        attendance: row.get(6)?,
        at: row.get(7)?,
        late_minutes: row.get(8)?,
        out_at: row.get(9)?,
        reason: row.get(10)?,
        source: row.get(11)?,
    })
}

/// Everybody seated in a session, or in one of its rooms, by room and seat.
pub fn register(db: &Connection, session: SessionId, room: Option<RoomId>) -> Result<Vec<Seated>> {
    let sql = format!("SELECT {SEATED} WHERE p.session = ?1 AND (?2 IS NULL OR p.room = ?2) ORDER BY r.number, p.seat");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((session, room), seated)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Everybody seated in a room who has not left the batch, by seat.
pub fn live(db: &Connection, session: SessionId, room: RoomId) -> Result<Vec<Seated>> {
    let sql = format!(
        "SELECT {SEATED} WHERE p.session = ?1 AND p.room = ?2 AND a.state IN ('submitted', 'returned', 'approved') ORDER BY p.seat"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((session, room), seated)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Those of them who neither came nor were marked absent; people who withdrew are not waited for.
pub fn expected(db: &Connection, session: SessionId, room: Option<RoomId>) -> Result<Vec<Seated>> {
    let sql = format!(
        "SELECT {SEATED} WHERE p.session = ?1 AND (?2 IS NULL OR p.room = ?2) AND h.state IS NULL \
         AND a.state IN ('submitted', 'returned', 'approved') ORDER BY r.number, p.seat"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((session, room), seated)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One person in one session; `None` without a seat there.
pub fn seated_one(db: &Connection, session: SessionId, who: ApplicationId) -> Result<Option<Seated>> {
    let sql = format!("SELECT {SEATED} WHERE p.session = ?1 AND p.application = ?2");
    Ok(db.prepare_cached(&sql)?.query_row((session, who), seated).optional()?)
}

/// How many of the newest operations are looked through for recent arrivals, so that the answer never depends on the
/// size of the site.
const RECENT: i64 = 500;

/// Who came last, newest first, each once and only while still here.
pub fn recent(db: &Connection, session: SessionId, room: Option<RoomId>, limit: usize) -> Result<Vec<Seated>> {
    let sql = "SELECT CAST(json_extract(after, '$.application') AS INTEGER) FROM change \
               WHERE op > (SELECT coalesce(max(id), 0) FROM operation) - ?2 AND record = 'attendance' AND after IS NOT NULL \
               AND json_extract(after, '$.session') = ?1 AND json_extract(after, '$.state') NOT IN ('absent', 'refused') \
               ORDER BY op DESC, seq DESC";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query((session, RECENT))?;
    let mut found: Vec<Seated> = Vec::new();
    while let Some(row) = rows.next()? {
        let who: ApplicationId = row.get(0)?;
        if found.iter().any(|s| s.application == who) {
            continue;
        }
        let one = seated_one(db, session, who)?;
        let is_here = |s: &Seated| s.attendance.is_some_and(AttendanceState::was_here);
        found.extend(one.filter(|s| is_here(s) && room.is_none_or(|room| s.room == room)));
        if found.len() >= limit {
            break;
        }
    }
    Ok(found)
}

/// Who wrote somebody's attendance in a session last.
#[derive(Debug, Clone)]
pub struct Written {
    pub actor: Option<i64>,
    pub actor_name: String,
}

/// `None` for a row that came with many others in one run.
pub fn written_by(db: &Connection, session: SessionId, who: ApplicationId) -> Result<Option<Written>> {
    let key = format!("{session}/{who}");
    let Some((op, _)) = journal::newest_change(db, (RECORD, &key), &|_| true)? else { return Ok(None) };
    Ok(journal::operation(db, op)?.map(|op| Written { actor: op.actor, actor_name: op.actor_name }))
}

/// What somebody was who then came in: marked absent or sent away.
#[derive(Debug, Clone)]
pub struct Before {
    pub state: AttendanceState,
    pub at: Stamp,
    pub reason: Option<String>,
    pub source: AttendanceSource,
}

/// What an admission ended; `None`: they were only expected. Whether they went out again since plays no part.
pub fn before_arrival(db: &Connection, session: SessionId, who: ApplicationId) -> Result<Option<Before>> {
    let key = format!("{session}/{who}");
    let found = journal::newest_change(db, (RECORD, &key), &|change| {
        let (before, after) = (state(change.before.as_deref()), state(change.after.as_deref()));
        let came = after.is_some_and(|s| matches!(s, AttendanceState::Present | AttendanceState::Late));
        let was = |s| matches!(s, AttendanceState::Absent | AttendanceState::Refused);
        came && (change.before.is_none() || before.is_some_and(was))
    })?;
    let before = |image: Json| {
        Some(Before {
            state: AttendanceState::parse(image.get("state")?.as_str()?)?,
            at: Stamp(image.get("at")?.as_i64()?),
            reason: image.get("reason").and_then(Json::as_str).map(ToOwned::to_owned),
            source: AttendanceSource::parse(image.get("source")?.as_str()?)?,
        })
    };
    Ok(found.and_then(|(_, change)| image(change.before.as_deref())).and_then(before))
}

/// Name of the table in the journal.
const RECORD: &str = "attendance";

fn image(text: Option<&str>) -> Option<Json> {
    serde_json::from_str(text?).ok()
}

fn state(text: Option<&str>) -> Option<AttendanceState> {
    AttendanceState::parse(image(text)?.get("state")?.as_str()?)
}

/// Where the same person is inside now, in a session that goes on at the same time.
#[derive(Debug, Clone)]
pub struct Elsewhere {
    pub room_number: i64,
    pub seat: i64,
    pub session: String,
}

/// Another application of the same person, or the same one in another session, that is inside where the times overlap.
/// Few rows, whatever the size of the site: the person's applications, and the batch's sessions.
pub fn same_person(db: &Connection, session: &SessionRow, who: ApplicationId) -> Result<Option<Elsewhere>> {
    let meanwhile: Vec<SessionRow> = super::super::rows::select(db, "WHERE batch = ?1", [session.batch])?;
    let sql = "SELECT r.number, p.seat, h.state FROM application own \
         JOIN application other ON other.batch = own.batch AND other.id_number = own.id_number AND other.document = own.document \
         JOIN placement p ON p.session = ?1 AND p.application = other.id JOIN room r ON r.id = p.room \
         JOIN attendance h ON h.session = p.session AND h.application = p.application \
         WHERE own.id = ?2 AND (other.id <> own.id OR ?1 <> ?3) AND h.state IN ('present', 'late') LIMIT 1";
    let mut statement = db.prepare_cached(sql)?;
    for other in meanwhile.iter().filter(|other| overlap(session, other)) {
        let read = |r: &Row<'_>| Ok(Elsewhere { room_number: r.get(0)?, seat: r.get(1)?, session: other.code.clone() });
        let found = statement.query_row((other.id, who, session.id), read).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Whether two sessions go on at the same time; one without an end lasts to the end of its day.
fn overlap(a: &SessionRow, b: &SessionRow) -> bool {
    a.starts_at < b.until() && b.starts_at < a.until()
}
