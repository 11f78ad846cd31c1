//! Staff of the exam day (考务人员): who they are, whom they may not meet, who does what where.
mod assign;
mod board;
mod import;
mod particulars;
mod people;
mod place;
mod propose;
mod rate;
mod sign_in;
mod tie;
pub(in crate::ops) mod world;

pub use crate::bundle::staff_sheet::headings as sheet_headings;
pub use crate::model::AssessorGrade;
pub use crate::policy::staffing::{Post, Rule, Shortfall};
pub use assign::{Assign, Assigned, Unassign};
pub use board::{Choice, Duties, Line, PersonLine, TieLine, Worker, board, check, choices, duties, markers, people};
pub use import::{Import, Imported, read_file};
pub use particulars::Particulars;
pub use people::{Add, Change, Retire};
pub use place::{NO_SUCH_ROOM, first_venue, place, session};
pub use propose::{NOBODY, Proposal, Propose, Proposed};
pub use rate::Rate;
pub use sign_in::{Came, SignIn};
pub use tie::{Tie, Untie, candidate};

use crate::model::{Code, Refusal, StaffId, fold};
use crate::ops::{Result, Site};
use crate::store::rows::Connection;
use crate::store::{StaffRow, rows};

pub const UNKNOWN: Code = Code("staff.unknown");
/// Nobody works there yet, so there is nothing to print.
pub const NOBODY_WORKS: Code = Code("staff.nobody_works");
pub const SEVERAL: Code = Code("staff.several");

/// The one whom a text names: a number of the list, or a name.
pub fn named(site: &Site, text: &str) -> Result<StaffRow> {
    let (db, number) = (site.store().db(), fold::number_like(text));
    if let Ok(id) = number.parse::<i64>() {
        return row(db, StaffId(id));
    }
    let name = fold::name(text);
    let found = rows::select::<StaffRow>(db, "WHERE name = ?1 ORDER BY retired, id", [name.as_ref()])?;
    let working: Vec<_> = found.iter().filter(|s| !s.retired).collect();
    match (working.as_slice(), found.as_slice()) {
        ([one], _) => Ok((*one).clone()),
        ([], [one]) => Ok(one.clone()),
        ([], []) => Err(Refusal::new(UNKNOWN).with("who", text).into()),
        _ => {
            let all: Vec<_> = found.iter().map(|s| format!("{} ({})", s.id, s.unit)).collect();
            Err(Refusal::new(SEVERAL).with("name", text).with("all", all.join(" ")).into())
        }
    }
}

fn row(db: &Connection, id: StaffId) -> Result<StaffRow> {
    let found = rows::first::<StaffRow>(db, "WHERE id = ?1", [id])?;
    found.ok_or_else(|| Refusal::new(UNKNOWN).with("who", id).into())
}
