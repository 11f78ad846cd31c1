//! Tickets with whose they are: those still to be given first, then by number.
use crate::model::{ApplicationId, BatchId, DocumentKind, Level, Stamp, identity};
use crate::store::fault::Result;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Serialize, Serializer};

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TicketLine {
    pub application: ApplicationId,
    pub name: String,
    pub document: DocumentKind,
    /// In full here; masked wherever it is written.
    #[serde(serialize_with = "masked")]
    pub id_number: String,
    pub occupation_name: String,
    pub level: Level,
    pub employer: Option<String>,
    pub number: Option<String>,
    pub printed_at: Option<Stamp>,
    /// The number that was void last.
    pub void: Option<String>,
    /// Where they sit in their first session.
    pub room: Option<i64>,
    pub seat: Option<i64>,
}

/// What has become of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    /// Seated, and no number yet.
    Waiting,
    /// The number is void and no other was given.
    Void,
    Issued,
    /// The sheet was made.
    Printed,
}

impl TicketState {
    pub const ALL: [TicketState; 4] =
        [TicketState::Waiting, TicketState::Void, TicketState::Issued, TicketState::Printed];

    pub fn code(self) -> &'static str {
        match self {
            TicketState::Waiting => "waiting",
            TicketState::Void => "void",
            TicketState::Issued => "issued",
            TicketState::Printed => "printed",
        }
    }

    pub fn parse(code: &str) -> Option<TicketState> {
        TicketState::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl TicketLine {
    pub fn state(&self) -> TicketState {
        match (&self.number, self.printed_at, &self.void) {
            (Some(_), Some(_), _) => TicketState::Printed,
            (Some(_), None, _) => TicketState::Issued,
            (None, _, Some(_)) => TicketState::Void,
            (None, _, None) => TicketState::Waiting,
        }
    }
}

fn masked<S: Serializer>(number: &str, s: S) -> std::result::Result<S::Ok, S::Error> {
    s.serialize_str(&identity::mask(number))
}

/// How many there are of each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct TicketCounts {
    pub waiting: i64,
    pub void: i64,
    /// Valid numbers, printed or not.
    pub issued: i64,
    pub printed: i64,
}

const LINE: &str = "SELECT a.id, a.name, a.document, a.id_number, a.occupation_name, a.level, a.employer, t.number, t.printed_at, \
     (SELECT v.number FROM void_ticket v WHERE v.application = a.id ORDER BY v.id DESC LIMIT 1), r.number, p.seat \
     FROM application a LEFT JOIN ticket t ON t.application = a.id \
     LEFT JOIN placement p ON p.id = (SELECT q.id FROM session s JOIN placement q ON q.session = s.id AND q.application = a.id \
       WHERE s.batch = a.batch ORDER BY s.starts_at, s.id LIMIT 1) \
     LEFT JOIN room r ON r.id = p.room";

/// Applications without a valid number: seated ones, and those whose number is void.
const OPEN: &str = "SELECT DISTINCT application FROM (SELECT p.application FROM session s JOIN placement p ON p.session = s.id \
     WHERE s.batch = ?1 UNION SELECT application FROM void_ticket WHERE batch = ?1) o \
     WHERE NOT EXISTS (SELECT 1 FROM ticket t WHERE t.application = o.application)";

fn read(row: &Row<'_>) -> rusqlite::Result<TicketLine> {
    Ok(TicketLine {
        application: row.get(0)?,
        name: row.get(1)?,
        document: row.get(2)?,
        id_number: row.get(3)?,
        occupation_name: row.get(4)?,
        level: row.get(5)?,
        employer: row.get(6)?,
        number: row.get(7)?,
        printed_at: row.get(8)?,
        void: row.get(9)?,
        room: row.get(10)?,
        seat: row.get(11)?,
    })
}

/// Seated people who never had a number.
pub fn waiting(db: &Connection, batch: BatchId) -> Result<Vec<ApplicationId>> {
    let sql = format!(
        "{OPEN} AND NOT EXISTS (SELECT 1 FROM void_ticket v WHERE v.application = o.application) ORDER BY application"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_map([batch], |r| r.get(0))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

pub fn counts(db: &Connection, batch: BatchId) -> Result<TicketCounts> {
    let open = format!(
        "SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM void_ticket v WHERE v.application = w.application)), 0) FROM ({OPEN}) w"
    );
    let (open, void) =
        db.prepare_cached(&open)?.query_row([batch], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?)))?;
    let given = "SELECT count(*), count(printed_at) FROM ticket WHERE batch = ?1";
    let (issued, printed) = db.prepare_cached(given)?.query_row([batch], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(TicketCounts { waiting: open - void, void, issued, printed })
}

/// At most `limit` lines: first those without a valid number, then by number.
pub fn page(db: &Connection, batch: BatchId, state: Option<TicketState>, limit: usize) -> Result<Vec<TicketLine>> {
    let cap = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut lines = Vec::new();
    if state.is_none_or(|s| matches!(s, TicketState::Waiting | TicketState::Void)) {
        let sql = format!("{LINE} WHERE a.id IN ({OPEN}) ORDER BY a.id LIMIT ?2");
        let mut statement = db.prepare_cached(&sql)?;
        for line in statement.query_map((batch, cap), read)? {
            let line = line?;
            lines.extend(Some(line).filter(|l| state.is_none_or(|s| s == l.state())));
        }
    }
    let printed = match state {
        None => "",
        Some(TicketState::Issued) => "AND t.printed_at IS NULL",
        Some(TicketState::Printed) => "AND t.printed_at IS NOT NULL",
        Some(TicketState::Waiting | TicketState::Void) => return Ok(lines),
    };
    let left = cap.saturating_sub(i64::try_from(lines.len()).unwrap_or(0));
    let sql = format!("{LINE} WHERE t.batch = ?1 {printed} ORDER BY t.number LIMIT ?2").replace(
        "FROM application a LEFT JOIN ticket t ON t.application = a.id",
        "FROM ticket t CROSS JOIN application a ON a.id = t.application",
    );
    let mut statement = db.prepare_cached(&sql)?;
    for line in statement.query_map((batch, left), read)? {
        lines.push(line?);
    }
    Ok(lines)
}

pub fn line(db: &Connection, application: ApplicationId) -> Result<Option<TicketLine>> {
    let sql = format!("{LINE} WHERE a.id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([application], read).optional()?)
}

/// Whose name and whole identity number are these; several where somebody applied twice.
pub fn of_person(db: &Connection, batch: BatchId, name: &str, id_number: &str) -> Result<Vec<TicketLine>> {
    let sql = format!("{LINE} WHERE a.batch = ?1 AND a.id_number = ?3 AND a.name = ?2 ORDER BY a.id");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((batch, name, id_number), read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
