//! What is to be typed: piles of papers by session and room, one pile in seat order, and what differs.
//!
//! A pile's rows carry the reader's own mark only; nobody else's value leaves the database here.
use crate::model::AttendanceState;
use crate::model::{ApplicationId, BatchId, Level, Mark, OpNo, OperatorId, RoomId, SessionId, Stamp, Subject};
use crate::store::fault::Result;
use crate::store::{ApplicationState, EntryState, MarkKind};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;

/// Counts of one pile for one level: which levels sit the subject is the policy's affair.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    pub session: SessionId,
    pub session_code: String,
    pub subject: Subject,
    pub room: RoomId,
    /// `None` while its bag is sealed.
    pub room_number: Option<i64>,
    /// Code of its bag, where script numbers were drawn.
    pub bag: Option<String>,
    pub level: Level,
    pub counts: Counts,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub expected: i64,
    pub first_in: i64,
    pub second_in: i64,
    pub settled: i64,
    pub differing: i64,
    pub returned: i64,
    /// First entries of the reader that wait for somebody else.
    pub mine_waiting: i64,
    /// First entries of others: the reader may type the second.
    pub may_second: i64,
    /// Entries that came back to the reader.
    pub to_correct: i64,
    /// Of which an entry was discarded by a settlement and is to be typed again.
    pub again: i64,
    /// Of two markers too far apart: waits for a third one, as long as the policy has markers.
    pub needs_third: i64,
    /// Of which the reader typed neither.
    pub may_third: i64,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, more: Counts) {
        self.expected += more.expected;
        self.first_in += more.first_in;
        self.second_in += more.second_in;
        self.settled += more.settled;
        self.differing += more.differing;
        self.returned += more.returned;
        self.mine_waiting += more.mine_waiting;
        self.may_second += more.may_second;
        self.to_correct += more.to_correct;
        self.again += more.again;
        self.needs_third += more.needs_third;
        self.may_third += more.may_third;
    }
}

/// The live entries of a paper: `e1`, `e2` and, with a third marker, `e3`.
const ENTRIES: &str = "LEFT JOIN entry e1 ON e1.application = a.id AND e1.subject = s.subject AND e1.slot = 1 \
       AND e1.state <> 'discarded' \
     LEFT JOIN entry e2 ON e2.application = a.id AND e2.subject = s.subject AND e2.slot = 2 AND e2.state <> 'discarded' \
     LEFT JOIN entry e3 ON e3.application = a.id AND e3.subject = s.subject AND e3.slot = 3 AND e3.state <> 'discarded'";

/// Whether a third marker's entry is missing: both marks are points. Used where the policy has markers.
const THIRD: &str = "(e3.id IS NULL AND e1.state IS 'differs' AND e1.mark = 'points' AND e2.mark = 'points')";

/// Whether an entry was discarded and its place is empty since.
const AGAIN: &str = "(e2.id IS NULL AND EXISTS (SELECT 1 FROM entry d WHERE d.application = a.id \
       AND d.subject = s.subject AND d.state = 'discarded'))";

/// Whether the paper counts for nothing, so that nobody types its mark.
const VOID: &str = "EXISTS (SELECT 1 FROM mark_effect v WHERE v.application = a.id AND v.subject = s.subject \
       AND v.effect = 'void')";

/// Whether the mark comes from a group of assessors, so that nobody types it; `p` is the placement, `s` its session.
pub(super) const JUDGED: &str = "EXISTS (SELECT 1 FROM panel_candidate j WHERE j.application = p.application \
       AND j.subject = s.subject AND j.replaced IS NULL)";

/// The bag of a room in a session, and the script of somebody in it: `b` and `n`.
const SCRIPTS: &str = "LEFT JOIN script_bag b ON b.session = p.session AND b.room = p.room \
     LEFT JOIN script n ON n.script_bag = b.id AND n.application = a.id";

/// Whether nobody may know whose the scripts of the room are.
const SEALED: &str = "(b.id IS NOT NULL AND b.unsealed_at IS NULL)";

/// Every pile of the batch by session and room number; withdrawn people and such as a group judges are left out. Sealed ones come by the code of their
/// bag, so that their place tells nothing; who has no number in them yet is not of the pile.
pub fn shares(db: &Connection, batch: BatchId, reader: Option<OperatorId>) -> Result<Vec<Share>> {
    let sql = format!(
        "SELECT s.id, s.code, s.subject, r.id, CASE WHEN NOT {SEALED} THEN r.number END AS open_room, a.level, count(*), total(e1.id IS NOT NULL OR {VOID}), \
           total(e2.id IS NOT NULL OR {VOID}), total(e1.state IS 'matched' OR {VOID}), \
           total(e1.state = 'differs' AND NOT {VOID}), total('returned' IN (e1.state, e2.state) AND NOT {VOID}), \
           total(e1.operator IS ?2 AND e1.state = 'open' AND e2.id IS NULL AND NOT {VOID}), \
           total(e1.operator IS NOT ?2 AND e1.state = 'open' AND e2.id IS NULL AND NOT {VOID}), \
           total(((e1.state = 'returned' AND e1.operator IS ?2) OR (e2.state = 'returned' AND e2.operator IS ?2)) \
             AND NOT {VOID}), \
           total({AGAIN} AND NOT {VOID}), b.code, total({THIRD} AND NOT {VOID}), \
           total({THIRD} AND ?2 NOT IN (e1.operator, e2.operator) AND NOT {VOID}) \
         FROM session s JOIN placement p ON p.session = s.id JOIN room r ON r.id = p.room \
         JOIN application a ON a.id = p.application {ENTRIES} {SCRIPTS} \
         WHERE s.batch = ?1 AND a.state IN ('submitted', 'returned', 'approved') AND (n.number IS NOT NULL OR NOT {SEALED}) \
           AND NOT {JUDGED} \
         GROUP BY s.id, r.id, a.level ORDER BY s.starts_at, s.id, open_room IS NULL, open_room, b.code, a.level"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((batch, reader), |row| {
        #[allow(clippy::cast_possible_truncation)] // total() answers a whole number as REAL
        let whole = |i: usize| row.get::<_, f64>(i).map(|n| n as i64);
        Ok(Share {
            session: row.get(0)?,
            session_code: row.get(1)?,
            subject: row.get(2)?,
            room: row.get(3)?,
            room_number: row.get(4)?,
            level: row.get(5)?,
            counts: Counts {
                expected: row.get(6)?,
                first_in: whole(7)?,
                second_in: whole(8)?,
                settled: whole(9)?,
                differing: whole(10)?,
                returned: whole(11)?,
                mine_waiting: whole(12)?,
                may_second: whole(13)?,
                to_correct: whole(14)?,
                again: whole(15)?,
                needs_third: whole(17)?,
                may_third: whole(18)?,
            },
            bag: row.get(16)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One paper of a pile as the reader may see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paper {
    /// For operations only: never shown, because it says whose a sealed script is.
    #[serde(skip)]
    pub application: ApplicationId,
    /// Script number (密号), where numbers were drawn for the room.
    pub script: Option<String>,
    /// `None` while the bag is sealed.
    #[serde(flatten)]
    pub whose: Option<Whose>,
    pub occupation_name: String,
    pub level: Level,
    #[serde(skip)]
    pub state: ApplicationState,
    /// Of a sealed script only absent or present: whether it is the blank one of somebody who was not here.
    pub attendance: Option<AttendanceState>,
    /// State of the first and the second entry, and whether it is the reader's.
    #[serde(skip)]
    pub entries: [Option<(EntryState, bool)>; 2],
    /// The third marker's is missing: two marks in points differ.
    #[serde(skip)]
    pub lacks_third: bool,
    /// The reader's own mark.
    pub mine: Option<Mark>,
    /// An entry was discarded by a settlement and is to be typed again.
    pub again: bool,
    /// Counts for nothing after an incident: there is nothing to type.
    pub void: bool,
}

/// Whose a paper is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Whose {
    pub name: String,
    pub ticket: Option<String>,
    pub room_number: i64,
    pub seat: i64,
}

impl Paper {
    /// What it is found by in its pile: the script number while sealed, else the seat in two digits.
    pub fn place(&self) -> String {
        match (&self.whose, &self.script) {
            (Some(whose), _) => format!("{:02}", whose.seat),
            (None, script) => script.clone().unwrap_or_default(),
        }
    }

    /// Empty while sealed.
    pub fn name(&self) -> &str {
        self.whose.as_ref().map_or("", |whose| whose.name.as_str())
    }

    /// While sealed and without a ticket `None`.
    pub fn ticket(&self) -> Option<&str> {
        self.whose.as_ref().and_then(|whose| whose.ticket.as_deref())
    }
}

/// Why a paper is void is not the typist's affair: whoever was sent out was here. Under a script number it is not their
/// affair either who came late or left early.
fn attended(state: AttendanceState, sealed: bool) -> AttendanceState {
    match state {
        AttendanceState::Misconduct => AttendanceState::Present,
        other if !sealed => other,
        other if other.was_here() => AttendanceState::Present,
        _ => AttendanceState::Absent,
    }
}

fn paper(row: &Row<'_>) -> rusqlite::Result<Paper> {
    let entry = |i: usize| -> rusqlite::Result<Option<(EntryState, bool)>> {
        let state: Option<EntryState> = row.get(i)?;
        state.map(|s| row.get(i + 1).map(|own| (s, own))).transpose()
    };
    let kind: Option<MarkKind> = row.get(13)?;
    let sealed: bool = row.get(18)?;
    let whose = match sealed {
        true => None,
        false => {
            let (name, ticket) = (row.get(1)?, row.get(2)?);
            Some(Whose { name, ticket, room_number: row.get(3)?, seat: row.get(4)? })
        }
    };
    Ok(Paper {
        application: row.get(0)?,
        script: row.get(17)?,
        whose,
        occupation_name: row.get(5)?,
        level: row.get(6)?,
        state: row.get(7)?,
        attendance: row.get::<_, Option<AttendanceState>>(8)?.map(|state| attended(state, sealed)),
        entries: [entry(9)?, entry(11)?],
        lacks_third: row.get(19)?,
        mine: kind.map(|k| row.get(14).map(|points| k.with(points))).transpose()?.flatten(),
        again: row.get(15)?,
        void: row.get(16)?,
    })
}

/// A pile in the order of its seats, which is the order of the paper; a sealed one in the order of its script numbers,
/// without whoever has none yet; whom a group of assessors judges has no paper in it.
pub fn pile(db: &Connection, session: SessionId, room: RoomId, reader: Option<OperatorId>) -> Result<Vec<Paper>> {
    let sql = format!(
        "SELECT a.id, a.name, t.number, r.number, p.seat, a.occupation_name, a.level, a.state, h.state, \
           e1.state, e1.operator IS ?3, e2.state, e2.operator IS ?3, \
           CASE ?3 WHEN e1.operator THEN e1.mark WHEN e2.operator THEN e2.mark WHEN e3.operator THEN e3.mark END, \
           CASE ?3 WHEN e1.operator THEN e1.points WHEN e2.operator THEN e2.points WHEN e3.operator THEN e3.points END, \
           {AGAIN}, {VOID}, n.number, {SEALED}, {THIRD} \
         FROM placement p JOIN session s ON s.id = p.session JOIN room r ON r.id = p.room \
         JOIN application a ON a.id = p.application \
         LEFT JOIN ticket t ON t.application = a.id \
         LEFT JOIN attendance h ON h.session = p.session AND h.application = a.id {ENTRIES} {SCRIPTS} \
         WHERE p.session = ?1 AND p.room = ?2 AND (n.number IS NOT NULL OR NOT {SEALED}) AND NOT {JUDGED} \
         ORDER BY CASE WHEN {SEALED} THEN n.number END, p.seat"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((session, room, reader), paper)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One entry as a coordinator sees it once both are in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entered {
    pub state: EntryState,
    #[serde(serialize_with = "as_text")]
    pub mark: Mark,
    pub operator: String,
    pub at: Stamp,
    /// Codes of the warnings that the typist accepted.
    pub accepted: String,
    /// `code=points`, comma separated; `None`: the total only.
    pub items: Option<String>,
    /// What is odd on the paper.
    pub remark: Option<String>,
}

/// A mark whose two entries disagree, or of which one was sent back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// For operations only: never shown.
    #[serde(skip)]
    pub application: ApplicationId,
    pub subject: Subject,
    /// Script number, where numbers were drawn for the room.
    pub script: Option<String>,
    /// These four are `None` while the bag is sealed; room and seat also without a place.
    pub name: Option<String>,
    pub ticket: Option<String>,
    pub room_number: Option<i64>,
    pub seat: Option<i64>,
    pub occupation_name: String,
    pub level: Level,
    pub first: Entered,
    pub second: Entered,
    /// Of a third marker.
    pub third: Option<Entered>,
    /// Two marks in points differ and no third stands: with markers a third one marks before anybody settles.
    pub lacks_third: bool,
}

fn as_text<S: serde::Serializer>(mark: &Mark, s: S) -> std::result::Result<S::Ok, S::Error> {
    s.collect_str(mark)
}

fn entered(row: &Row<'_>, from: usize) -> rusqlite::Result<Entered> {
    let kind: MarkKind = row.get(from + 1)?;
    let mark = kind.with(row.get(from + 2)?).ok_or(rusqlite::Error::InvalidQuery)?;
    Ok(Entered {
        state: row.get(from)?,
        mark,
        operator: row.get(from + 3)?,
        at: row.get(from + 4)?,
        accepted: row.get(from + 5)?,
        items: row.get(from + 6)?,
        remark: row.get(from + 7)?,
    })
}

/// A column that is NULL while the bag is sealed.
fn unless_sealed(column: &str) -> String {
    let (value, name) = column.split_once(" AS ").unwrap_or((column, "open"));
    format!("CASE WHEN NOT {SEALED} THEN {value} END AS {name}")
}

impl Difference {
    /// What the paper is called: its script number while sealed, else the name.
    pub fn label(&self) -> &str {
        self.name.as_deref().or(self.script.as_deref()).unwrap_or_default()
    }
}

/// Every unsettled pair of the batch, by subject, room and seat; sealed ones by script number.
pub fn differences(db: &Connection, batch: BatchId) -> Result<Vec<Difference>> {
    let one = |e: &str| {
        format!(
            "{e}.state, {e}.mark, {e}.points, (SELECT name FROM operator WHERE id = {e}.operator), {e}.at, {e}.accepted, {e}.items, {e}.remark"
        )
    };
    let open = ["a.name", "t.number", "r.number AS open_room", "p.seat AS open_seat"].map(unless_sealed);
    let sql = format!(
        "SELECT a.id, e1.subject, {}, a.occupation_name, a.level, {}, {}, {}, n.number, {THIRD} \
         FROM (SELECT DISTINCT application, subject FROM entry WHERE state IN ('differs', 'returned')) d \
         JOIN application a ON a.id = d.application \
         JOIN entry e1 ON e1.application = d.application AND e1.subject = d.subject AND e1.slot = 1 \
           AND e1.state <> 'discarded' \
         JOIN entry e2 ON e2.application = d.application AND e2.subject = d.subject AND e2.slot = 2 \
           AND e2.state <> 'discarded' \
         LEFT JOIN entry e3 ON e3.application = d.application AND e3.subject = d.subject AND e3.slot = 3 \
           AND e3.state <> 'discarded' \
         LEFT JOIN ticket t ON t.application = a.id \
         LEFT JOIN placement p ON p.application = a.id \
           AND p.session IN (SELECT id FROM session WHERE batch = a.batch AND subject = d.subject) \
         LEFT JOIN room r ON r.id = p.room {SCRIPTS} \
         WHERE a.batch = ?1 AND NOT EXISTS (SELECT 1 FROM mark_effect v WHERE v.application = a.id \
           AND v.subject = d.subject AND v.effect = 'void') \
         ORDER BY e1.subject DESC, open_room IS NULL, open_room, open_seat, n.number, a.id",
        open.join(", "),
        one("e1"),
        one("e2"),
        one("e3")
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([batch], |row| {
        Ok(Difference {
            application: row.get(0)?,
            subject: row.get(1)?,
            script: row.get(32)?,
            name: row.get(2)?,
            ticket: row.get(3)?,
            room_number: row.get(4)?,
            seat: row.get(5)?,
            occupation_name: row.get(6)?,
            level: row.get(7)?,
            first: entered(row, 8)?,
            second: entered(row, 16)?,
            third: row.get::<_, Option<EntryState>>(24)?.map(|_| entered(row, 24)).transpose()?,
            lacks_third: row.get(33)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The newest operation by which an operator typed this mark, taken back or not.
pub fn newest_save(
    db: &Connection,
    operator: OperatorId,
    application: ApplicationId,
    subject: Subject,
) -> Result<Option<OpNo>> {
    // From the end: what somebody takes back is mostly recent.
    let sql = "SELECT id FROM operation WHERE actor = ?1 AND kind = 'entry.save' \
         AND json_extract(params, '$.application') = ?2 AND json_extract(params, '$.subject') = ?3 ORDER BY id DESC LIMIT 1";
    Ok(db.prepare_cached(sql)?.query_row((operator, application, subject), |row| row.get(0)).optional()?)
}

/// What check-in knows of somebody in the session of a subject: `None` where it was not kept for that session at all.
pub fn attendance(
    db: &Connection,
    application: ApplicationId,
    subject: Subject,
) -> Result<Option<Option<AttendanceState>>> {
    let sql = "SELECT h.state FROM placement p JOIN session s ON s.id = p.session AND s.subject = ?2 \
         LEFT JOIN attendance h ON h.session = p.session AND h.application = p.application \
         WHERE p.application = ?1 AND EXISTS (SELECT 1 FROM attendance WHERE session = p.session) \
         ORDER BY h.state IS NULL LIMIT 1";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query_map((application, subject), |r| r.get(0))?;
    Ok(rows.next().transpose()?)
}

/// Whether any part of any batch has an entry and no mark yet, or lies under a script number.
pub fn unsettled(db: &Connection) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM script_bag WHERE unsealed_at IS NULL) \
         OR EXISTS (SELECT 1 FROM entry e WHERE e.state <> 'discarded' AND NOT EXISTS \
           (SELECT 1 FROM mark m WHERE m.application = e.application AND m.subject = e.subject))";
    Ok(db.prepare_cached(sql)?.query_row([], |r| r.get(0))?)
}
