//! Numbered schema files, applied in order, each in its own transaction, with a backup before an existing file is changed.
use super::fault::{Result, StoreFault};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// Never edited once released; a new step is a new file and one line here.
const STEPS: &[&str] = &[
    include_str!("migrations/0001_journal.sql"),
    include_str!("migrations/0002_intake.sql"),
    include_str!("migrations/0003_exam_day.sql"),
    include_str!("migrations/0004_scores.sql"),
    include_str!("migrations/0005_certificates.sql"),
    include_str!("migrations/0006_dossier.sql"),
    include_str!("migrations/0007_enterprise.sql"),
    include_str!("migrations/0008_policies.sql"),
    include_str!("migrations/0009_staff.sql"),
    include_str!("migrations/0010_papers.sql"),
    include_str!("migrations/0011_conduct.sql"),
    include_str!("migrations/0012_supervision.sql"),
    include_str!("migrations/0013_results.sql"),
    include_str!("migrations/0014_publicity.sql"),
    include_str!("migrations/0015_register.sql"),
    include_str!("migrations/0016_documents.sql"),
    include_str!("migrations/0017_duty.sql"),
    include_str!("migrations/0018_archive.sql"),
    include_str!("migrations/0019_merging.sql"),
    include_str!("migrations/0020_together.sql"),
    include_str!("migrations/0021_sign_on.sql"),
    include_str!("migrations/0022_anchor.sql"),
    include_str!("migrations/0023_bundles.sql"),
    include_str!("migrations/0024_hands.sql"),
];

/// "kaow", so that a file of another program is not taken for ours.
const APPLICATION_ID: i64 = 0x6b61_6f77;

pub fn latest() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

/// Brings the schema to the latest step. `backups` is where a copy goes before an existing database is changed.
pub fn migrate(db: &Connection, backups: Option<&Path>) -> Result<()> {
    let at = checked_version(db)?;
    if at == latest() {
        return Ok(());
    }
    if let (Some(folder), true) = (backups, at > 0) {
        std::fs::create_dir_all(folder)?;
        super::backup::copy(db, &free_name(folder))?;
    }
    for (step, sql) in (1..).zip(STEPS) {
        apply(db, step, sql).inspect_err(|_| drop(db.execute_batch("ROLLBACK")))?;
    }
    Ok(())
}

/// One step in its own transaction. Another process may have done it since the version was read, so it is read again.
fn apply(db: &Connection, step: i64, sql: &str) -> Result<()> {
    db.execute_batch("BEGIN IMMEDIATE")?;
    if checked_version(db)? < step {
        db.execute_batch(sql)?;
        db.pragma_update(None, "application_id", APPLICATION_ID)?;
        db.pragma_update(None, "user_version", step)?;
    }
    Ok(db.execute_batch("COMMIT")?)
}

/// A name that no earlier attempt has left behind: `before-schema-5.db`, `before-schema-5-2.db`.
fn free_name(folder: &Path) -> PathBuf {
    let first = folder.join(format!("before-schema-{}.db", latest()));
    let more = (2..u32::MAX).map(|n| folder.join(format!("before-schema-{}-{n}.db", latest())));
    std::iter::once(first.clone()).chain(more).find(|path| !path.exists()).unwrap_or(first)
}

/// The schema's number; refuses a newer file and one that is not ours.
pub fn checked_version(db: &Connection) -> Result<i64> {
    let at: i64 = db.pragma_query_value(None, "user_version", |r| r.get(0))?;
    let application: i64 = db.pragma_query_value(None, "application_id", |r| r.get(0))?;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
    let fresh = tables == 0 && at == 0 && application == 0;
    if !fresh && application != APPLICATION_ID {
        return Err(StoreFault::Corrupt("another program's file".to_owned()));
    }
    if at > latest() {
        return Err(StoreFault::TooNew { found: at, known: latest() });
    }
    Ok(at)
}

/// The schema of a fresh database as SQL text, sorted by kind and name, for the committed reference.
pub fn dump(db: &Connection) -> Result<String> {
    let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'name_search_%' OR type = 'trigger' \
               ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name";
    let mut statement = db.prepare(sql)?;
    let rows = statement.query_map([], |r| r.get::<_, String>(0))?;
    let parts: Vec<String> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(parts.join(";\n\n") + ";\n")
}
