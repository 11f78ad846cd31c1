//! Questions to a database about its own state. Answers are figures; what they mean is said elsewhere.
use super::fault::Result;
use rusqlite::Connection;

/// How the connection and the file are set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub sqlite: String,
    pub sqlite_is_safe: bool,
    /// 2 is FULL.
    pub synchronous: i64,
    pub foreign_keys: bool,
    /// `wal` for a file, `memory` for none.
    pub journal_mode: String,
    pub schema: i64,
}

pub fn settings(db: &Connection) -> Result<Settings> {
    Ok(Settings {
        sqlite: rusqlite::version().to_owned(),
        sqlite_is_safe: rusqlite::version_number() >= super::OLDEST_SQLITE,
        synchronous: db.pragma_query_value(None, "synchronous", |r| r.get(0))?,
        foreign_keys: db.pragma_query_value(None, "foreign_keys", |r| r.get(0))?,
        journal_mode: db.pragma_query_value(None, "journal_mode", |r| r.get(0))?,
        schema: db.pragma_query_value(None, "user_version", |r| r.get(0))?,
    })
}

/// Rows of every table together.
pub fn rows(db: &Connection) -> Result<i64> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'name_search%'";
    let names: Vec<String> = db.prepare(sql)?.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    names.iter().try_fold(0, |sum, name| {
        let count: i64 = db.query_row(&format!("SELECT count(*) FROM \"{name}\""), [], |r| r.get(0))?;
        Ok(sum + count)
    })
}

/// `ok`, or the first fault in the file's structure.
pub fn structure(db: &Connection) -> Result<String> {
    said(db, "PRAGMA quick_check(1)")
}

/// The same with every index held against its table: slower.
pub fn whole_structure(db: &Connection) -> Result<String> {
    said(db, "PRAGMA integrity_check(1)")
}

/// SQLite's words in one line, without the name that it gives the file.
fn said(db: &Connection, sql: &str) -> Result<String> {
    let said: String = db.query_row(sql, [], |r| r.get(0))?;
    let lines: Vec<_> = said.lines().filter(|line| !line.starts_with("***")).collect();
    Ok(lines.join("; "))
}

/// Whether tables, indexes and triggers are those that this program makes.
pub fn own_schema(db: &Connection) -> Result<bool> {
    let fresh = super::Store::in_memory()?;
    Ok(entries(db)? == entries(fresh.db())?)
}

/// Every entry of the schema but for what SQLite keeps to plan queries: kind, name, whose it is, text.
fn entries(db: &Connection) -> Result<Vec<[Option<String>; 4]>> {
    let sql = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE substr(name, 1, 11) <> 'sqlite_stat' ORDER BY 1, 2, 3";
    let mut statement = db.prepare(sql)?;
    let rows = statement.query_map([], |r| Ok([r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?]))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Rows that point at nothing.
pub fn dangling(db: &Connection) -> Result<i64> {
    Ok(db.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |r| r.get(0))?)
}

/// Rooms whose kept counts differ from a recount.
pub fn wrong_progress(db: &Connection) -> Result<i64> {
    let recount = "SELECT p.session, p.room, count(*) AS seated, \
           coalesce(sum(h.state NOT IN ('absent', 'refused')), 0) AS here, coalesce(sum(h.state = 'absent'), 0) AS absent, \
           coalesce(sum(h.state = 'refused'), 0) AS refused, coalesce(sum(h.out_at IS NOT NULL), 0) AS out \
         FROM placement p LEFT JOIN attendance h ON h.session = p.session AND h.application = p.application \
         GROUP BY p.session, p.room";
    let kept = "SELECT session, room, seated, here, absent, refused, out FROM room_progress";
    let sql = format!(
        "SELECT count(*) FROM (SELECT session, room FROM (SELECT * FROM ({recount}) EXCEPT {kept}) \
         UNION SELECT session, room FROM ({kept} EXCEPT SELECT * FROM ({recount})))"
    );
    Ok(db.query_row(&sql, [], |r| r.get(0))?)
}

/// Settled marks without two matched entries that say the same, or without a sealed panel whose ruling counts. A review mark that a
/// certificate rests on stays when its panel is opened again.
pub fn unfounded_marks(db: &Connection) -> Result<i64> {
    let sql = "SELECT count(*) FROM mark m WHERE CASE WHEN m.subject = 'review' OR EXISTS ( \
           SELECT 1 FROM panel_candidate c WHERE c.application = m.application AND c.subject = m.subject AND c.replaced IS NULL) THEN NOT EXISTS ( \
           SELECT 1 FROM panel_candidate c JOIN panel p ON p.id = c.panel \
           WHERE c.application = m.application AND c.subject = m.subject AND c.replaced IS NULL AND p.state = 'sealed') \
           AND NOT EXISTS (SELECT 1 FROM certificate k WHERE k.application = m.application) \
         ELSE (SELECT count(*) FROM entry e WHERE e.application = m.application AND e.subject = m.subject \
           AND e.state = 'matched' AND e.mark = m.mark AND e.points IS m.points) <> 2 END";
    Ok(db.query_row(sql, [], |r| r.get(0))?)
}

/// Lines of the stock that do not follow from the lines before them.
pub fn wrong_stock(db: &Connection) -> Result<i64> {
    let sql = "SELECT count(*) FROM (SELECT seq, balance, to_destroy, row_number() OVER before AS place, \
           sum(usable) OVER before AS usable, sum(spoilt) OVER before AS spoilt FROM stock_movement \
           WINDOW before AS (PARTITION BY holder, item ORDER BY seq ROWS UNBOUNDED PRECEDING)) \
         WHERE seq <> place OR balance <> usable OR to_destroy <> spoilt";
    Ok(db.query_row(sql, [], |r| r.get(0))?)
}
