//! Groups of assessors (考评组) for hands-on work: panels of the practical part, one for each room of stations (S0-24, S0-36).
mod form;
mod groups;

pub use form::{BUSY_ENTRIES, Form, Formed, HAS_GROUP, NO_LEAD, NOBODY, NOBODY_ASSIGNED, NOT_HANDS_ON};
pub use groups::{Place, place, places};
