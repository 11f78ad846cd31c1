//! Setting a site up and keeping it: the site's own row, operators, signing on.
mod init;
mod operators;
mod sign_on;

pub use init::{ALREADY, Init, ORGANISATION};
pub use operators::{AddOperator, DisableOperator, UNKNOWN as UNKNOWN_OPERATOR, operators};
pub use sign_on::{Credential, NOT_SIGNED_ON, sign_on};
