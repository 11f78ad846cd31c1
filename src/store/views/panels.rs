//! Review panels with their people.
use crate::model::{ApplicationId, BatchId, Level, PanelId, Points, RoomId, SessionId, Subject};
use crate::store::fault::Result;
use crate::store::{ApplicationState, PanelSheetRow, rows};
use rusqlite::Connection;

/// Whether the review of an application `a` counts for nothing after an incident: nobody judges it.
const VOID_REVIEW: &str = "EXISTS (SELECT 1 FROM mark_effect v WHERE v.application = a.id AND v.subject = 'review' \
     AND v.effect = 'void')";

/// An application as a panel's forming looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewable {
    pub application: ApplicationId,
    pub name: String,
    pub level: Level,
    pub employer: Option<String>,
    /// The panel that has it already.
    pub panel: Option<String>,
}

const REVIEWABLE: &str = "SELECT a.id, a.name, a.level, a.employer, p.name FROM application a NOT INDEXED \
     LEFT JOIN panel_candidate c ON c.application = a.id AND c.subject = 'review' AND c.replaced IS NULL LEFT JOIN panel p ON p.id = c.panel \
     WHERE a.batch = ?1 AND a.state IN ('submitted', 'returned', 'approved')";

/// Everybody without a panel and without a review mark, of every level; a void review is not waited for.
pub fn waiting(db: &Connection, batch: BatchId) -> Result<Vec<Reviewable>> {
    let open = format!(
        "c.panel IS NULL AND NOT {VOID_REVIEW} \
         AND NOT EXISTS (SELECT 1 FROM mark WHERE application = a.id AND subject = 'review')"
    );
    let mut statement = db.prepare_cached(&format!("{REVIEWABLE} AND {open} ORDER BY a.id"))?;
    let rows = statement.query_map([batch], reviewable)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub fn one(db: &Connection, batch: BatchId, application: ApplicationId) -> Result<Option<Reviewable>> {
    let mut statement = db.prepare_cached(&format!("{REVIEWABLE} AND a.id = ?2"))?;
    let row = statement.query_map((batch, application), reviewable)?.next().transpose()?;
    Ok(row)
}

fn reviewable(row: &rusqlite::Row<'_>) -> rusqlite::Result<Reviewable> {
    Ok(Reviewable {
        application: row.get(0)?,
        name: row.get(1)?,
        level: row.get(2)?,
        employer: row.get(3)?,
        panel: row.get(4)?,
    })
}

/// A candidate of one panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub application: ApplicationId,
    pub name: String,
    pub ticket: Option<String>,
    pub level: Level,
    pub occupation_name: String,
    pub employer: Option<String>,
    pub state: ApplicationState,
    /// The settled mark, once the panel is sealed.
    pub ruled: Option<Points>,
    /// Holds a valid certificate.
    pub certified: bool,
    /// The part counts for nothing after an incident.
    pub void: bool,
    /// Was not there when the group's session was held.
    pub absent: bool,
}

/// Whom the panel judges, without those whose ruling another panel replaces: by station and round, else in the order of
/// filing.
pub fn candidates(db: &Connection, panel: PanelId) -> Result<Vec<Candidate>> {
    let replaced = "SELECT application FROM panel_candidate WHERE panel = ?1 AND replaced IS NOT NULL";
    let mut statement = db.prepare_cached(replaced)?;
    let gone: Vec<ApplicationId> = statement.query_map([panel], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(everybody(db, panel)?.into_iter().filter(|c| !gone.contains(&c.application)).collect())
}

/// The same with those whom another panel judges anew.
pub fn everybody(db: &Connection, panel: PanelId) -> Result<Vec<Candidate>> {
    let sql = "SELECT a.id, a.name, t.number, a.level, a.occupation_name, a.employer, a.state, m.points, \
           EXISTS (SELECT 1 FROM certificate x WHERE x.application = a.id AND x.state = 'valid'), \
           EXISTS (SELECT 1 FROM mark_effect v WHERE v.application = a.id AND v.subject = c.subject AND v.effect = 'void'), \
           coalesce(h.state IN ('absent', 'refused'), 0) \
         FROM panel_candidate c JOIN application a ON a.id = c.application \
         LEFT JOIN ticket t ON t.application = a.id \
         JOIN panel p ON p.id = c.panel \
         LEFT JOIN mark m ON m.application = a.id AND m.subject = c.subject \
         LEFT JOIN placement l ON l.application = a.id AND l.session = p.session \
         LEFT JOIN attendance h ON h.application = a.id AND h.session = p.session \
         WHERE c.panel = ?1 ORDER BY l.seat, a.id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([panel], |r| {
        Ok(Candidate {
            application: r.get(0)?,
            name: r.get(1)?,
            ticket: r.get(2)?,
            level: r.get(3)?,
            occupation_name: r.get(4)?,
            employer: r.get(5)?,
            state: r.get(6)?,
            ruled: r.get(7)?,
            certified: r.get(8)?,
            void: r.get(9)?,
            absent: r.get(10)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Every sheet of a panel.
pub fn sheets(db: &Connection, panel: PanelId) -> Result<Vec<PanelSheetRow>> {
    rows::select(db, "WHERE member IN (SELECT id FROM panel_member WHERE panel = ?1)", [panel])
}

/// Whether a mark of this part is locked, so that no panel changes it.
pub fn is_locked(db: &Connection, application: ApplicationId, subject: Subject) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM locked_mark WHERE application = ?1 AND subject = ?2)";
    Ok(db.prepare_cached(sql)?.query_row((application, subject), |r| r.get(0))?)
}

/// Somebody placed in a room, as a group of assessors looks at them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InRoom {
    pub application: ApplicationId,
    pub name: String,
    pub level: Level,
    /// The group that judges their hands-on work.
    pub group: Option<String>,
    /// Their mark is typed, or being typed.
    pub entered: bool,
}

/// Everybody placed in a room in a session, by station and round.
pub fn in_room(db: &Connection, session: SessionId, room: RoomId) -> Result<Vec<InRoom>> {
    let sql = "SELECT a.id, a.name, a.level, g.name, \
           EXISTS (SELECT 1 FROM entry e WHERE e.application = a.id AND e.subject = 'practical' \
             AND e.state <> 'discarded') \
           OR EXISTS (SELECT 1 FROM mark m WHERE m.application = a.id AND m.subject = 'practical') \
         FROM placement l JOIN application a ON a.id = l.application \
         LEFT JOIN panel_candidate c ON c.application = a.id AND c.subject = 'practical' AND c.replaced IS NULL \
         LEFT JOIN panel g ON g.id = c.panel \
         WHERE l.session = ?1 AND l.room = ?2 AND a.state IN ('submitted', 'returned', 'approved') ORDER BY l.seat";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map((session, room), |r| {
        Ok(InRoom { application: r.get(0)?, name: r.get(1)?, level: r.get(2)?, group: r.get(3)?, entered: r.get(4)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The panel that judges this part of an application now.
pub fn group_of(db: &Connection, application: ApplicationId, subject: Subject) -> Result<Option<String>> {
    let sql = "SELECT p.name FROM panel_candidate c JOIN panel p ON p.id = c.panel \
         WHERE c.application = ?1 AND c.subject = ?2 AND c.replaced IS NULL";
    let mut statement = db.prepare_cached(sql)?;
    let name = statement.query_map((application, subject), |r| r.get(0))?.next().transpose()?;
    Ok(name)
}
