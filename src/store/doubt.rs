//! Whether a database is the one that was left: held against the mark outside, and the end of its own chain.
use super::anchor::{CONTINUE, NO_LINEAGE, lineage};
use super::fault::Result;
use super::inspect::Flaw;
use super::journal;
use super::mark::{Found, Mark};
use crate::model::OpNo;
use rusqlite::{Connection, OptionalExtension};

/// Why a site may not be written before a person has looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The journal has operations, and there is no mark.
    Missing { operations: i64 },
    /// The mark cannot be read as one.
    Damaged,
    /// The mark could not be opened: the system's words.
    Unreadable(String),
    /// The journal ends before the mark: its tail is lost, or an old copy was put back.
    Cut { mark: i64, head: i64 },
    /// The operation that the mark names is another one here.
    Altered { no: OpNo },
    /// The mark was left by another lineage of the site.
    OtherLineage { mark: i64, head: i64 },
    /// A fresh database, and the mark of one that was here before.
    Foreign { mark: i64 },
    /// The chain does not hold at this operation.
    Chain { no: OpNo },
    /// The file is damaged, or its tables are not those that the program makes.
    Content(Flaw),
    /// The mark fits but could not be moved on: the system's words.
    Unwritable(String),
}

/// The mark that this database leaves; `None` before its first operation.
pub fn mark(db: &Connection) -> Result<Option<Mark>> {
    let (number, digest) = journal::head(db)?;
    let lineage = lineage(db)?.map_or_else(|| NO_LINEAGE.to_owned(), |l| l.code);
    Ok((number > 0).then_some(Mark { number, digest, lineage }))
}

/// Holds the database against what lay outside. The mark must have been read before the database is asked: another
/// process may move both on in between.
pub fn doubt(db: &Connection, found: &Found) -> Result<Option<Doubt>> {
    let Some(own) = mark(db)? else {
        return Ok(match found {
            Found::Nothing => None,
            Found::Damaged => Some(Doubt::Foreign { mark: 0 }),
            Found::Is(mark) => Some(Doubt::Foreign { mark: mark.number }),
        });
    };
    let head = own.number;
    let doubt = match found {
        Found::Nothing => Doubt::Missing { operations: head },
        Found::Damaged => Doubt::Damaged,
        Found::Is(mark) if mark.lineage != own.lineage => Doubt::OtherLineage { mark: mark.number, head },
        Found::Is(mark) if mark.number > head => Doubt::Cut { mark: mark.number, head },
        Found::Is(mark) => match digest(db, mark.number)? {
            Some(digest) if digest == mark.digest => return Ok(None),
            _ => Doubt::Altered { no: OpNo(mark.number) },
        },
    };
    // A lineage was begun, and its mark was not written any more.
    Ok((!begun_over(db, &own, found)?).then_some(doubt))
}

/// Whether the newest operation began a lineage over exactly this mark.
fn begun_over(db: &Connection, own: &Mark, found: &Found) -> Result<bool> {
    let begins = journal::operation(db, OpNo(own.number))?.is_some_and(|op| op.kind == CONTINUE);
    Ok(begins && lineage(db)?.is_some_and(|l| l.found.is_some_and(|f| f == found.words())))
}

fn digest(db: &Connection, number: i64) -> Result<Option<String>> {
    let sql = "SELECT digest FROM operation WHERE id = ?1";
    Ok(db.prepare_cached(sql)?.query_row([number], |r| r.get(0)).optional()?)
}
