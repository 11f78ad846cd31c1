//! Applications: payment, withdrawal, reading.
mod record_fee;
mod withdraw;

pub use record_fee::{RecordFee, UNKNOWN};
pub use withdraw::Withdraw;
