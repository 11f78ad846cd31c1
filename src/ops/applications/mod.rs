//! Applications: payment, withdrawal, reading.
mod named;
mod record_fee;
mod withdraw;

pub use named::named;
pub use record_fee::RecordFee;
pub use record_fee::{RecordFee, UNKNOWN};
pub use withdraw::Withdraw;
