//! Applications: payment, withdrawal, reading.
mod card;
mod list;
mod named;
mod record_fee;
mod withdraw;

pub use card::{Card, Shown, card};
pub use list::{Line, Page, Place, Sieve, Standing, Tally, find, found_count, lines, owing, page, tally};
pub use named::{by_id, named};
pub use record_fee::{RecordFee, UNKNOWN};
pub use withdraw::Withdraw;
