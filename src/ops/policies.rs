//! Policy files, read and checked; the faces know them through here.
pub use crate::policy::{check, load};
