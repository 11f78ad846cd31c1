//! Setting a site up and keeping it: the site's own row, operators, signing on, copies, checks.
mod about;
mod backup;
mod check;
mod init;
mod operators;
mod sign_on;

pub use about::{About, AboutSite, about, about_site};
pub use backup::{Copied, FILE_EXISTS, Present, Restored, back_up, backup_name, restore};
pub use check::{Check, Depth, Verdict, check};
pub use init::{ALREADY, Init, ONE_PERSON, ORGANISATION};
pub(in crate::ops) use operators::may_manage;
pub use operators::{AddOperator, DisableOperator, UNKNOWN as UNKNOWN_OPERATOR, operators};
pub(in crate::ops) use sign_on::vouch;
pub use sign_on::{Credential, NOT_SIGNED_ON, has_pin, prove, sign_on};
