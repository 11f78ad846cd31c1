//! Lists of applications in the order of a phone book, a page at a time through an index: a million open as fast as ten.
use super::reviews::PASSED;
use super::seats::{PLACELESS, Part, Seatable};
use crate::model::{ApplicationId, BatchId, DocumentKind, Level, identity};
use crate::store::ApplicationState;
use crate::store::fault::Result;
use rusqlite::{Connection, OptionalExtension, Params, Row};
use serde::{Serialize, Serializer};

/// One application as lists show it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    pub id: ApplicationId,
    pub name: String,
    pub occupation: String,
    pub occupation_name: String,
    pub level: Level,
    pub employer: Option<String>,
    pub document: DocumentKind,
    /// In full here; masked wherever it is written.
    #[serde(serialize_with = "masked")]
    pub id_number: String,
    pub state: ApplicationState,
    pub paid: bool,
    pub ticket: Option<String>,
    /// Steps of the review passed in this round.
    pub passed: i64,
    #[serde(skip)]
    pub place: Place,
}

/// What a list says of an application in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Paid,
    Unpaid,
    Withdrawn,
    /// Unpaid at the close, or by a sanction.
    Excluded,
    Rejected,
}

impl Standing {
    pub const ALL: [Standing; 5] =
        [Standing::Paid, Standing::Unpaid, Standing::Withdrawn, Standing::Excluded, Standing::Rejected];

    pub fn of(state: ApplicationState, paid: bool) -> Standing {
        match (state, paid) {
            (ApplicationState::Withdrawn, _) => Standing::Withdrawn,
            (ApplicationState::Excluded, _) => Standing::Excluded,
            (ApplicationState::Rejected, _) => Standing::Rejected,
            (_, true) => Standing::Paid,
            (_, false) => Standing::Unpaid,
        }
    }

    pub fn key(self) -> &'static str {
        match self {
            Standing::Paid => "standing.paid",
            Standing::Unpaid => "standing.unpaid",
            Standing::Withdrawn => "standing.withdrawn",
            Standing::Excluded => "standing.excluded",
            Standing::Rejected => "standing.rejected",
        }
    }
}

impl Line {
    pub fn standing(&self) -> Standing {
        Standing::of(self.state, self.paid)
    }

    /// Locale key of how far it has come, where the notice has so many reviews.
    pub fn progress_key(&self, steps: usize) -> &'static str {
        match self.state {
            ApplicationState::Submitted if steps == 0 => "progress.submitted",
            ApplicationState::Submitted if self.passed == 0 => "progress.waits_first",
            ApplicationState::Submitted => "progress.waits_second",
            ApplicationState::Returned => "progress.returned",
            ApplicationState::Approved => "progress.approved",
            ApplicationState::Rejected => "progress.rejected",
            ApplicationState::Excluded => "progress.excluded",
            ApplicationState::Withdrawn => "progress.withdrawn",
        }
    }
}

fn masked<S: Serializer>(number: &str, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(&identity::mask(number))
}

/// Where a line stands in the order: initials, pinyin, then the number of the application.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    pub initials: String,
    pub pinyin: String,
    pub id: i64,
}

fn sql() -> String {
    format!(
        "SELECT a.id, a.name, a.occupation, a.occupation_name, a.level, a.employer, a.document, a.id_number, \
         a.state, a.paid_at IS NOT NULL, t.number, a.initials, a.pinyin, {PASSED} \
         FROM application a LEFT JOIN ticket t ON t.application = a.id"
    )
}

/// Which lines of the list by how far they have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sieve {
    #[default]
    All,
    WaitsFirst,
    WaitsSecond,
    Returned,
    Approved,
    Rejected,
}

impl Sieve {
    pub const ALL: [Sieve; 6] =
        [Sieve::All, Sieve::WaitsFirst, Sieve::WaitsSecond, Sieve::Returned, Sieve::Approved, Sieve::Rejected];

    pub fn code(self) -> &'static str {
        match self {
            Sieve::All => "all",
            Sieve::WaitsFirst => "waits_first",
            Sieve::WaitsSecond => "waits_second",
            Sieve::Returned => "returned",
            Sieve::Approved => "approved",
            Sieve::Rejected => "rejected",
        }
    }

    pub fn parse(code: &str) -> Option<Sieve> {
        Sieve::ALL.into_iter().find(|sieve| sieve.code() == code)
    }

    fn sql(self) -> String {
        match self {
            Sieve::All => String::new(),
            Sieve::WaitsFirst => format!("AND a.state = 'submitted' AND {PASSED} = 0"),
            Sieve::WaitsSecond => format!("AND a.state = 'submitted' AND {PASSED} > 0"),
            Sieve::Returned | Sieve::Approved | Sieve::Rejected => format!("AND a.state = '{}'", self.code()),
        }
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Line> {
    let id = row.get(0)?;
    let ApplicationId(number) = id;
    Ok(Line {
        id,
        name: row.get(1)?,
        occupation: row.get(2)?,
        occupation_name: row.get(3)?,
        level: row.get(4)?,
        employer: row.get(5)?,
        document: row.get(6)?,
        id_number: row.get(7)?,
        state: row.get(8)?,
        paid: row.get(9)?,
        ticket: row.get(10)?,
        passed: row.get(13)?,
        place: Place { initials: row.get(11)?, pinyin: row.get(12)?, id: number },
    })
}

/// Which lines of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    First,
    Last,
    After(Place),
    /// From this place on, itself included.
    From(Place),
    /// The lines before it, still in the list's own order.
    Before(Place),
}

/// At most `limit` lines of a batch.
pub fn page(db: &Connection, batch: BatchId, page: &Page, sieve: Sieve, limit: usize) -> Result<Vec<Line>> {
    const UP: &str = "ORDER BY a.initials, a.pinyin, a.id LIMIT ?2";
    const DOWN: &str = "ORDER BY a.initials DESC, a.pinyin DESC, a.id DESC LIMIT ?2";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let at = |sign: &str| format!("AND (a.initials, a.pinyin, a.id) {sign} (?3, ?4, ?5)");
    let only = sieve.sql();
    let keyed =
        |tail: &str, p: &Place| lines(db, &format!("{only} {tail}"), (batch, limit, &p.initials, &p.pinyin, p.id));
    let mut found = match page {
        Page::First => lines(db, &format!("{only} {UP}"), (batch, limit))?,
        Page::Last => lines(db, &format!("{only} {DOWN}"), (batch, limit))?,
        Page::After(place) => keyed(&format!("{} {UP}", at(">")), place)?,
        Page::From(place) => keyed(&format!("{} {UP}", at(">=")), place)?,
        Page::Before(place) => keyed(&format!("{} {DOWN}", at("<")), place)?,
    };
    if matches!(page, Page::Last | Page::Before(_)) {
        found.reverse();
    }
    Ok(found)
}

fn lines(db: &Connection, tail: &str, params: impl Params) -> Result<Vec<Line>> {
    let mut statement = db.prepare_cached(&format!("{} WHERE a.batch = ?1 {tail}", sql()))?;
    let rows = statement.query_map(params, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// In the order of `ids`; ids that are not there are left out.
pub fn of(db: &Connection, ids: &[ApplicationId]) -> Result<Vec<Line>> {
    let mut statement = db.prepare_cached(&format!("{} WHERE a.id = ?1", sql()))?;
    let found = ids.iter().filter_map(|id| statement.query_row([id], read).optional().transpose());
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// How many there are, counted only up to a limit: a heading must not wait for a million rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub all: usize,
    pub unpaid: usize,
    pub withdrawn: usize,
    pub excluded: usize,
    /// There are more than were counted.
    pub more: bool,
}

pub fn tally(db: &Connection, batch: BatchId, limit: usize) -> Result<Tally> {
    // Through an index alone; the rows themselves are only looked at when they are few.
    let many = "SELECT count(*) FROM (SELECT 1 FROM application WHERE batch = ?1 LIMIT ?2)";
    let most = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let all: i64 = db.prepare_cached(many)?.query_row((batch, most), |r| r.get(0))?;
    let number = |n: i64| usize::try_from(n).unwrap_or(0);
    if all == most {
        return Ok(Tally { all: limit, more: true, ..Tally::default() });
    }
    let sql = "SELECT count(*), coalesce(sum(paid_at IS NULL AND state IN ('submitted', 'returned', 'approved')), 0), \
               coalesce(sum(state = 'withdrawn'), 0), coalesce(sum(state = 'excluded'), 0) FROM application WHERE batch = ?1";
    let read = |r: &Row<'_>| -> rusqlite::Result<Tally> {
        Ok(Tally {
            all: number(r.get(0)?),
            unpaid: number(r.get(1)?),
            withdrawn: number(r.get(2)?),
            excluded: number(r.get(3)?),
            more: false,
        })
    };
    Ok(db.prepare_cached(sql)?.query_row([batch], read)?)
}

/// People without a seat who may have one, by name, at most `limit`; those of `except` are due nowhere.
pub fn placeless(
    db: &Connection,
    batch: BatchId,
    (who, except): (Seatable, &[Part]),
    limit: usize,
) -> Result<Vec<Line>> {
    let name = |part: &Part| format!("|{} {}|", part.occupation, part.level.digit());
    let except: String = except.iter().map(name).collect();
    let tail = format!(
        "AND {} AND {PLACELESS} AND instr(?3, '|' || a.occupation || ' ' || a.level || '|') = 0 \
         ORDER BY a.initials, a.pinyin, a.id LIMIT ?2",
        who.sql()
    );
    lines(db, &tail, (batch, i64::try_from(limit).unwrap_or(i64::MAX), except))
}

/// People who stand in the reviews: neither approved nor out of the batch.
pub fn in_review(db: &Connection, batch: BatchId) -> Result<usize> {
    let sql = "SELECT count(*) FROM application WHERE batch = ?1 AND state IN ('submitted', 'returned')";
    let count: i64 = db.prepare_cached(sql)?.query_row([batch], |r| r.get(0))?;
    Ok(usize::try_from(count).unwrap_or(0))
}
