//! Settled marks beside the applications they belong to: one pass each, no grouping, because who passed is a rule.
use crate::model::{ApplicationId, BatchId, Level, Mark, PanelId, Subject};
use crate::store::MarkKind;
use crate::store::fault::Result;
use rusqlite::{Connection, OptionalExtension, Row};

/// In the order of [`Subject::ALL`]; `None` is not settled yet.
pub type Boxes = [Option<Mark>; 3];

// `NOT INDEXED`: an index on the batch would fetch a million rows in the order of names instead of one after another.
// A row id is still looked up directly.

/// What a count needs of one application.
#[derive(Debug, Clone, Copy)]
pub struct Tally<'row> {
    pub application: ApplicationId,
    pub occupation: &'row str,
    pub occupation_name: &'row str,
    pub level: Level,
    pub boxes: Boxes,
}

/// One application with its ticket and marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    pub application: ApplicationId,
    pub name: String,
    pub ticket: Option<String>,
    pub occupation: String,
    pub occupation_name: String,
    pub level: Level,
    pub employer: Option<String>,
    /// In full; mask it before it is shown.
    pub id_number: String,
    pub boxes: Boxes,
    /// Parts whose mark may not be told yet; their boxes are empty.
    pub sealed: [bool; 3],
}

const MARKS: &str = "LEFT JOIN mark t ON t.application = a.id AND t.subject = 'theory' \
     LEFT JOIN mark p ON p.application = a.id AND p.subject = 'practical' \
     LEFT JOIN mark v ON v.application = a.id AND v.subject = 'review'";
const BOXES: &str = "t.mark, t.points, p.mark, p.points, v.mark, v.points";
const PERSON: &str = "a.id, a.name, n.number, a.occupation, a.occupation_name, a.level, a.employer, a.id_number";

/// Everybody who has not withdrawn.
pub fn tally(db: &Connection, batch: BatchId, mut visit: impl FnMut(Tally<'_>)) -> Result<()> {
    let sql = format!(
        "SELECT a.occupation, a.occupation_name, a.level, {BOXES}, a.id FROM application a NOT INDEXED {MARKS} \
         WHERE a.batch = ?1 AND a.state IN ('submitted', 'returned', 'approved')"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([batch])?;
    while let Some(row) = rows.next()? {
        let text = |column| -> rusqlite::Result<&str> { Ok(row.get_ref(column)?.as_str()?) };
        let (occupation, occupation_name) = (text(0)?, text(1)?);
        visit(Tally {
            application: row.get(9)?,
            occupation,
            occupation_name,
            level: row.get(2)?,
            boxes: boxes(row, 3)?,
        });
    }
    Ok(())
}

/// Everybody who has not withdrawn, in the order of filing.
pub fn people(db: &Connection, batch: BatchId, mut visit: impl FnMut(Person)) -> Result<()> {
    let sql = person_sql("a.batch = ?1 ORDER BY a.id");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([batch])?;
    while let Some(row) = rows.next()? {
        visit(person_of(row)?);
    }
    Ok(())
}

/// `None` for an application that is not in the batch or has been withdrawn.
pub fn person(db: &Connection, batch: BatchId, application: ApplicationId) -> Result<Option<Person>> {
    let sql = person_sql("a.batch = ?1 AND a.id = ?2");
    Ok(db.prepare_cached(&sql)?.query_row((batch, application), person_of).optional()?)
}

fn person_sql(filter: &str) -> String {
    format!(
        "SELECT {PERSON}, {BOXES} FROM application a NOT INDEXED LEFT JOIN ticket n ON n.application = a.id {MARKS} \
         WHERE a.state IN ('submitted', 'returned', 'approved') AND {filter}"
    )
}

fn person_of(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        application: row.get(0)?,
        name: row.get(1)?,
        ticket: row.get(2)?,
        occupation: row.get(3)?,
        occupation_name: row.get(4)?,
        level: row.get(5)?,
        employer: row.get(6)?,
        boxes: boxes(row, 8)?,
        sealed: [false; 3],
        id_number: row.get(7)?,
    })
}

fn boxes(row: &Row<'_>, from: usize) -> rusqlite::Result<Boxes> {
    let one = |place: usize| -> rusqlite::Result<Option<Mark>> {
        let kind: Option<MarkKind> = row.get(from + place * 2)?;
        Ok(match kind {
            Some(kind) => kind.with(row.get(from + place * 2 + 1)?),
            None => None,
        })
    };
    Ok([one(0)?, one(1)?, one(2)?])
}

/// How far a mark is that is not settled yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsettled {
    /// Live entries, and whether two of them differ or one was sent back.
    pub entries: i64,
    pub differs: bool,
    pub returned: bool,
    /// The panel whose ruling counts, not one that another replaces.
    pub panel: Option<(PanelId, String)>,
}

pub fn unsettled(db: &Connection, application: ApplicationId, subject: Subject) -> Result<Unsettled> {
    let entries = "SELECT count(*), coalesce(max(state = 'differs'), 0), coalesce(max(state = 'returned'), 0) FROM entry \
         WHERE application = ?1 AND subject = ?2 AND state <> 'discarded'";
    let (entries, differs, returned) =
        db.prepare_cached(entries)?.query_row((application, subject), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    let panel = "SELECT p.id, p.name FROM panel_candidate c JOIN panel p ON p.id = c.panel \
         WHERE c.application = ?1 AND c.subject = ?2 AND c.replaced IS NULL";
    let panel =
        db.prepare_cached(panel)?.query_row((application, subject), |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
    Ok(Unsettled { entries, differs, returned, panel })
}

/// Who an application is, in the batch or not.
pub struct Named {
    pub name: String,
    pub ticket: Option<String>,
    pub occupation_name: String,
    pub level: Level,
}

pub fn named(db: &Connection, application: ApplicationId) -> Result<Option<Named>> {
    let sql = "SELECT a.name, n.number, a.occupation_name, a.level FROM application a \
         LEFT JOIN ticket n ON n.application = a.id WHERE a.id = ?1";
    let named =
        |r: &Row<'_>| Ok(Named { name: r.get(0)?, ticket: r.get(1)?, occupation_name: r.get(2)?, level: r.get(3)? });
    Ok(db.prepare_cached(sql)?.query_row([application], named).optional()?)
}
