//! Papers (试卷): which bags a room needs, the order in which they move, and the counts that close a room.
mod counts;
mod moves;
mod need;
#[cfg(test)]
mod tests;

pub use counts::{Counts, Differing, Figure, Known};
pub use moves::{
    Opening, SAME_PERSON, TOO_FEW_FETCH, UNSEAL_TOO_EARLY, WRONG_ORDER, after, apart, fetched_by, may_unseal,
};
pub use need::{Change, Existing, Paper, Sitter, needed, replan};

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Papers {
    /// Papers in each bag besides one for every seat.
    pub spare_per_bag: u16,
    /// How many people at least fetch papers together.
    pub fetchers: u8,
    /// Bags are opened at most so many minutes before the start.
    pub unseal_before_min: u16,
}
