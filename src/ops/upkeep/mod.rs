//! Setting a site up and keeping it: the site's own row, operators, signing on.
mod init;
mod operators;
mod sign_on;

pub use init::Init;
pub use operators::{AddOperator, DisableOperator, operators};
pub use sign_on::{Credential, NOT_SIGNED_ON, sign_on};
