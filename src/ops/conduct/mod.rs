//! Incidents (违纪登记): reported in the room, decided by a coordinator, their outcome on marks, seat and person.
mod decide;
mod lift;
mod list;
mod named;
mod report;
mod table;

pub use crate::policy::conduct::{Act, Acts, Bar, NEEDS_WARNING, Outcome, UNKNOWN_ACT};
pub use crate::store::views::conduct::Listed;
pub use decide::{ALREADY_DECIDED, Decide, Decided, OWN_REPORT, OnPart, UNKNOWN, Verdict};
pub use lift::{Lift, Lifted, NOT_DECIDED};
pub use list::{incidents, one};
pub use named::{BAD_TIME, BAD_WHERE, Place, found, read_place, read_time};
pub use report::{FACTS, INVIGILATORS, LATER, OTHER_DAY, Report, Reported};
pub use table::{acts, due, names, table_faults};
