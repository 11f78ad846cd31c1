//! Applications: payment, withdrawal, reading.
mod card;
mod list;
mod named;
mod record_fee;
mod withdraw;

pub use crate::ops::payments::owing;
pub use card::{Card, Shown, card};
pub use list::{Line, Page, Place, Standing, Tally, find, found_count, lines, page, tally};
pub use named::{by_id, named};
pub use record_fee::{RecordFee, UNKNOWN};
pub use withdraw::{WITHDRAWN, Withdraw};
