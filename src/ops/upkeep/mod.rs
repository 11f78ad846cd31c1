//! Setting a site up and keeping it: the site's own row, operators, signing on, copies, checks.
mod about;
mod backup;
mod check;
mod copies;
mod drill;
mod init;
mod keeping;
mod operators;
mod sign_on;

pub use about::{About, AboutSite, about, about_site};
pub use backup::{Copied, Present, Restored, back_up, backup_name, restore};
pub use check::{Check, Depth, Verdict, check};
pub use copies::{Copy, Why, copies};
pub use drill::{Drill, NO_BACKUP, drill};
pub use init::{ALREADY, Init, ONE_PERSON, ORGANISATION};
pub(in crate::ops) use keeping::keep_before;
pub use keeping::{NO_COPY, folder_of, keep};
pub(in crate::ops) use operators::may_manage;
pub use operators::{AddOperator, DisableOperator, UNKNOWN as UNKNOWN_OPERATOR, operators};
pub(in crate::ops) use sign_on::vouch;
pub use sign_on::{Credential, NOT_SIGNED_ON, has_pin, prove, sign_on};
