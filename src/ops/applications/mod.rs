//! Applications: payment, withdrawal, reading.
mod amend;
mod card;
mod correct;
mod file;
pub mod form;
mod list;
mod named;
mod record_fee;
mod resubmit;
mod withdraw;

pub use crate::ops::payments::owing;
pub use amend::{Amend, Amended, may_change};
pub use card::{Card, Shown, card};
pub use correct::Correct;
pub use file::{File, Filed, LATE_REASON};
pub use list::{Line, Page, Place, Sieve, Standing, Tally, find, found_count, lines, page, tally};
pub use named::{by_id, named};
pub use record_fee::{RecordFee, UNKNOWN};
pub use resubmit::{NOT_RETURNED, Resubmit, Resubmitted};
pub use withdraw::{WITHDRAWN, Withdraw};
