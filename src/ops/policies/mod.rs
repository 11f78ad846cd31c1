//! Policies as files and as adopted by the site; the faces know them through here.
mod adopt;
mod dates;
mod find;

pub use crate::policy::Adopted;
pub use crate::policy::dates::{Dated, DatedKind};
pub use crate::policy::fault::Problem;
pub(in crate::ops) use adopt::pin;
pub use adopt::{ALREADY_ADOPTED, Adopt};
pub use dates::{Dates, of_batch, of_policy};
pub use find::{Available, Origin, available, check_file, find, read_file};
