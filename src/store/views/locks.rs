//! The marks of one session before they are locked, and what is known of locks and changes for people.
use crate::model::{
    ApplicationId, BatchId, Level, Mark, MarkChangeId, OpNo, OperatorId, Points, RoomId, SessionId, Stamp, Subject,
};
use crate::store::fault::Result;
use crate::store::views::entry_queue::JUDGED;
use crate::store::{ChangeState, MarkKind};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;

/// What the tables say of a mark that is locked, and of what a locked session holds.
pub const MARK_LOCKED: &str = "mark is locked";
pub const SESSION_LOCKED: &str = "marks of the session are locked";

/// How a paper is named: by its script number alone while its bag is sealed, else by its seat and person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperName {
    Script { bag: String, number: String },
    Seat { room: i64, seat: i64, name: String, ticket: Option<String> },
}

/// Somebody who sits a session.
#[derive(Debug, Clone, PartialEq)]
pub struct Seated {
    pub application: ApplicationId,
    pub level: Level,
    pub paper: PaperName,
    pub mark: Option<Mark>,
    /// Counts for nothing after an incident, so that nobody waits for its mark.
    pub void: bool,
}

/// Whose scripts are sealed, as `k.number` within bag `b.code`.
const SCRIPT: &str = "LEFT JOIN script_bag b ON b.session = p.session AND b.room = p.room AND b.unsealed_at IS NULL \
     LEFT JOIN script k ON k.script_bag = b.id AND k.application = a.id";

fn paper(row: &Row<'_>, from: usize) -> rusqlite::Result<PaperName> {
    let script: Option<(String, String)> = match row.get::<_, Option<String>>(from + 1)? {
        Some(number) => Some((row.get(from)?, number)),
        None => None,
    };
    Ok(match script {
        Some((bag, number)) => PaperName::Script { bag, number },
        None => PaperName::Seat {
            room: row.get(from + 2)?,
            seat: row.get(from + 3)?,
            name: row.get(from + 4)?,
            ticket: row.get(from + 5)?,
        },
    })
}

fn mark(row: &Row<'_>, from: usize) -> rusqlite::Result<Option<Mark>> {
    let kind: Option<MarkKind> = row.get(from)?;
    let points: Option<Points> = row.get(from + 1)?;
    Ok(kind.and_then(|kind| kind.with(points)))
}

/// Everybody of the session who has not withdrawn: sealed scripts by their number, the others by room and seat.
pub fn seated(db: &Connection, session: SessionId) -> Result<Vec<Seated>> {
    let sql = format!(
        "SELECT b.code, k.number, r.number, p.seat, a.name, t.number, a.id, a.level, m.mark, m.points, \
           EXISTS (SELECT 1 FROM mark_effect v WHERE v.application = a.id AND v.subject = s.subject AND v.effect = 'void') \
         FROM placement p JOIN session s ON s.id = p.session JOIN room r ON r.id = p.room \
         JOIN application a ON a.id = p.application LEFT JOIN ticket t ON t.application = a.id \
         LEFT JOIN mark m ON m.application = a.id AND m.subject = s.subject {SCRIPT} \
         WHERE p.session = ?1 AND a.state IN ('submitted', 'returned', 'approved') \
         ORDER BY k.number IS NULL, b.code, k.number, r.number, p.seat"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([session], |row| {
        Ok(Seated {
            paper: paper(row, 0)?,
            application: row.get(6)?,
            level: row.get(7)?,
            mark: mark(row, 8)?,
            void: row.get(10)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What the cover of a bag says and what the settled marks of the room come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// With a mark in points.
    pub papers: i64,
    /// Hundredths of a point.
    pub total: i64,
}

/// The papers of one room in one session.
#[derive(Debug, Clone, PartialEq)]
pub struct RoomSum {
    pub room: RoomId,
    pub room_number: i64,
    /// The bag's code while it is sealed.
    pub bag: Option<String>,
    pub marks: Sum,
    pub cover: Option<Sum>,
    /// What the marks came to when somebody said why they differ from the cover.
    pub accepted: Option<Sum>,
}

fn sum_at(row: &Row<'_>, from: usize) -> rusqlite::Result<Option<Sum>> {
    let (papers, total): (Option<i64>, Option<i64>) = (row.get(from)?, row.get(from + 1)?);
    Ok(papers.zip(total).map(|(papers, total)| Sum { papers, total }))
}

/// Every room of a session whose papers are typed, by its number. What a group of assessors judges has no cover.
pub fn sums(db: &Connection, session: SessionId) -> Result<Vec<RoomSum>> {
    let sql = format!(
        "SELECT r.id, r.number, b.code, count(m.points), coalesce(sum(m.points), 0), c.papers, c.total, \
           c.accepted_papers, c.accepted_total \
         FROM placement p JOIN session s ON s.id = p.session JOIN room r ON r.id = p.room \
         JOIN application a ON a.id = p.application AND a.state IN ('submitted', 'returned', 'approved') \
         LEFT JOIN mark m ON m.application = p.application AND m.subject = s.subject \
         LEFT JOIN control_total c ON c.session = p.session AND c.room = p.room \
         LEFT JOIN script_bag b ON b.session = p.session AND b.room = p.room AND b.unsealed_at IS NULL \
         WHERE p.session = ?1 AND NOT {JUDGED} GROUP BY r.id ORDER BY r.number"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([session], |row| {
        Ok(RoomSum {
            room: row.get(0)?,
            room_number: row.get(1)?,
            bag: row.get(2)?,
            marks: Sum { papers: row.get(3)?, total: row.get(4)? },
            cover: sum_at(row, 5)?,
            accepted: sum_at(row, 7)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Where somebody sits a part: the session, whether its marks are locked, and the paper's name.
#[derive(Debug, Clone, PartialEq)]
pub struct Sitting {
    pub session: SessionId,
    pub session_code: String,
    pub room: RoomId,
    pub locked: bool,
    pub paper: PaperName,
}

/// The locked session first, where somebody was placed more than once.
pub fn sitting(db: &Connection, application: ApplicationId, subject: Subject) -> Result<Option<Sitting>> {
    let sql = format!(
        "SELECT b.code, k.number, r.number, p.seat, a.name, t.number, s.id, s.code, r.id, l.session IS NOT NULL \
         FROM placement p JOIN session s ON s.id = p.session JOIN room r ON r.id = p.room \
         JOIN application a ON a.id = p.application LEFT JOIN ticket t ON t.application = a.id \
         LEFT JOIN mark_lock l ON l.session = s.id {SCRIPT} \
         WHERE p.application = ?1 AND s.subject = ?2 ORDER BY l.session IS NULL, s.starts_at DESC LIMIT 1"
    );
    let found = db.prepare_cached(&sql)?.query_row((application, subject), |row| {
        Ok(Sitting {
            paper: paper(row, 0)?,
            session: row.get(6)?,
            session_code: row.get(7)?,
            room: row.get(8)?,
            locked: row.get(9)?,
        })
    });
    Ok(found.optional()?)
}

/// A locked session: who locked it, and who wants it open again.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Locked {
    pub at: Stamp,
    pub by: String,
    pub asked: Option<Asked>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Asked {
    #[serde(skip)]
    pub operator: OperatorId,
    pub by: String,
    pub at: Stamp,
    pub reason: String,
}

pub fn locked(db: &Connection, session: SessionId) -> Result<Option<Locked>> {
    let sql = "SELECT l.at, o.name, l.asked_by, a.name, l.asked_at, l.asked_reason FROM mark_lock l \
         JOIN operator o ON o.id = l.operator LEFT JOIN operator a ON a.id = l.asked_by WHERE l.session = ?1";
    let found = db.prepare_cached(sql)?.query_row([session], |row| {
        let operator: Option<OperatorId> = row.get(2)?;
        let asked = match operator {
            Some(operator) => Some(Asked { operator, by: row.get(3)?, at: row.get(4)?, reason: row.get(5)? }),
            None => None,
        };
        Ok(Locked { at: row.get(0)?, by: row.get(1)?, asked })
    });
    Ok(found.optional()?)
}

/// What already rests on the locked marks of a session.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Resting {
    /// Valid certificates of people who sat it.
    pub certificates: i64,
    /// Bags whose numbers were unsealed.
    pub unsealed: i64,
    /// Changes that were approved since the lock, and such as wait.
    pub approved: i64,
    pub waiting: i64,
}

pub fn resting(db: &Connection, session: SessionId) -> Result<Resting> {
    let changes = |state: &str| {
        format!(
            "(SELECT count(*) FROM mark_change c JOIN session s ON s.id = ?1 AND s.subject = c.subject \
             JOIN placement p ON p.session = s.id AND p.application = c.application JOIN mark_lock l ON l.session = s.id \
             WHERE c.state = '{state}' AND (c.state = 'asked' OR c.decided_at >= l.at))"
        )
    };
    let sql = format!(
        "SELECT (SELECT count(*) FROM certificate c JOIN placement p ON p.application = c.application \
           WHERE p.session = ?1 AND c.state = 'valid'), \
         (SELECT count(*) FROM script_bag WHERE session = ?1 AND unsealed_at IS NOT NULL), {}, {}",
        changes("approved"),
        changes("asked")
    );
    Ok(db.prepare_cached(&sql)?.query_row([session], |row| {
        Ok(Resting { certificates: row.get(0)?, unsealed: row.get(1)?, approved: row.get(2)?, waiting: row.get(3)? })
    })?)
}

/// Incidents of a session without a decision.
pub fn open_incidents(db: &Connection, session: SessionId) -> Result<i64> {
    let sql = "SELECT count(*) FROM incident WHERE session = ?1 AND state = 'reported'";
    Ok(db.prepare_cached(sql)?.query_row([session], |row| row.get(0))?)
}

/// A change of a mark for people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listed {
    pub number: MarkChangeId,
    pub application: ApplicationId,
    pub name: String,
    pub ticket: Option<String>,
    pub subject: Subject,
    /// `None`: there was none.
    #[serde(serialize_with = "as_text")]
    pub old: Option<Mark>,
    #[serde(serialize_with = "as_text")]
    pub new: Option<Mark>,
    pub reason: String,
    #[serde(skip)]
    pub asker: OperatorId,
    pub asked_by: String,
    pub asked_at: Stamp,
    #[serde(serialize_with = "as_code")]
    pub state: ChangeState,
    pub decided_by: Option<String>,
    pub decided_at: Option<Stamp>,
    pub note: Option<String>,
}

fn as_text<S: serde::Serializer>(mark: &Option<Mark>, s: S) -> std::result::Result<S::Ok, S::Error> {
    match mark {
        Some(mark) => s.collect_str(mark),
        None => s.serialize_none(),
    }
}

fn as_code<S: serde::Serializer>(state: &ChangeState, s: S) -> std::result::Result<S::Ok, S::Error> {
    s.serialize_str(state.code())
}

/// Every change of the batch: those that wait first, then the newest.
pub fn changes(db: &Connection, batch: BatchId) -> Result<Vec<Listed>> {
    let sql = "SELECT c.id, c.application, a.name, t.number, c.subject, c.old_mark, c.old_points, c.new_mark, c.new_points, \
           c.reason, c.asked_by, o.name, c.asked_at, c.state, d.name, c.decided_at, c.note \
         FROM mark_change c JOIN application a ON a.id = c.application LEFT JOIN ticket t ON t.application = a.id \
         JOIN operator o ON o.id = c.asked_by LEFT JOIN operator d ON d.id = c.decided_by \
         WHERE a.batch = ?1 ORDER BY c.state <> 'asked', c.id DESC";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([batch], |row| {
        Ok(Listed {
            number: row.get(0)?,
            application: row.get(1)?,
            name: row.get(2)?,
            ticket: row.get(3)?,
            subject: row.get(4)?,
            old: mark(row, 5)?,
            new: mark(row, 7)?,
            reason: row.get(9)?,
            asker: row.get(10)?,
            asked_by: row.get(11)?,
            asked_at: row.get(12)?,
            state: row.get(13)?,
            decided_by: row.get(14)?,
            decided_at: row.get(15)?,
            note: row.get(16)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A list with marks that has left the house.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sent {
    pub what: String,
    pub at: Stamp,
    pub operation: OpNo,
}

/// The newest of each kind of list, by kind.
pub fn sent(db: &Connection, batch: BatchId, kinds: &[&str]) -> Result<Vec<Sent>> {
    let sql = "SELECT json_extract(params, '$.what') AS what, max(at), max(id) FROM operation \
         WHERE kind = 'exchange.export' AND batch = ?1 AND json_extract(params, '$.what') IN (SELECT value FROM json_each(?2)) \
         GROUP BY what ORDER BY what";
    let kinds = format!("[{}]", kinds.iter().map(|k| format!("\"{k}\"")).collect::<Vec<_>>().join(","));
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement
        .query_map((batch, kinds), |row| Ok(Sent { what: row.get(0)?, at: row.get(1)?, operation: row.get(2)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
