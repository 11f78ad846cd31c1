//! How many people work in a session, with which card, and who may not meet whom.
mod fitness;
mod need;
mod propose;
mod rotation;
mod shortfall;
mod world;

pub use fitness::{Objection, Rule, objections};
pub use need::{Sat, occupation_need};
pub use propose::{Given, propose};
pub use rotation::Past;
pub use shortfall::{Group, Shortfall, of_room, of_venue};
pub use world::{Facts, Person, Post, Seat, Task, Tie, When};

use crate::model::{Duty, Level, TieKind};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staffing {
    /// One proctor for at most so many candidates of a room.
    pub candidates_per_proctor: u16,
    /// In every room, however few sit there.
    pub min_proctors: u16,
    /// One assessor for at most so many candidates of a room, unless [`Staffing::assessors_of`] knows better.
    pub candidates_per_assessor: u16,
    pub min_assessors: u16,
    pub odd_assessors: bool,
    #[serde(default)]
    pub assessors_of: Vec<AssessorsOf>,
    /// Levels that only senior assessors judge.
    pub senior_levels: Vec<Level>,
    /// One of so many assessors of a group is new to the venue each time; 0 asks for none.
    pub renew_one_in: u16,
    /// Sessions that an assessor may work in a row at one venue; 0 sets no limit.
    pub max_in_row: u16,
    /// Ties that keep somebody away from a candidate's room.
    pub recuse: Vec<TieKind>,
    /// Whether somebody stays away from candidates of their own employer.
    pub recuse_same_unit: bool,
    /// Rules that a coordinator may set aside with a reason. Never one's own exam and kin: they are not in the list of
    /// what may stand here.
    pub may_override: Vec<Waivable>,
    /// Duties with a fixed number of people in every venue.
    pub needed: Vec<Needed>,
}

/// A rule that a policy may let a coordinator set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waivable {
    Master,
    Teacher,
    Colleague,
    Other,
    SameUnit,
    InRow,
}

/// The ratio of one occupation (its national standard).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssessorsOf {
    /// Code of the catalogue.
    pub occupation: String,
    pub candidates_per_assessor: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Needed {
    pub duty: Duty,
    pub per_venue: u16,
}

#[cfg(test)]
mod tests;
