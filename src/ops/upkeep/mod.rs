//! Setting a site up and keeping it: the site's own row, operators, signing on, copies, checks.
mod about;
mod backup;
mod bind;
mod check;
mod copies;
mod drill;
mod init;
mod keeping;
mod operators;
mod own_pin;
mod pin;
mod pin_rule;
mod reset_pin;
mod restored;
mod sign_on;

pub use crate::policy::pins::{CHARACTERS as PHRASE_CHARACTERS, DIGITS as PIN_DIGITS};
pub use about::{About, AboutSite, about, about_site};
pub(in crate::ops) use backup::common;
pub use backup::{Copied, FILE_EXISTS, Present, Replacer, Restored, back_up, backup_name, restore};
pub use bind::{Bind, Binding, Unbind, keys};
pub use check::{Check, Depth, Verdict, check};
pub use copies::{Copy, Why, listed};
pub use drill::{Drill, NO_BACKUP, drill};
pub use init::{ALREADY, Init, ONE_PERSON, ORGANISATION};
pub(in crate::ops) use keeping::keep_before;
pub use keeping::{NO_COPY, folder_of, keep};
pub(in crate::ops) use operators::may_manage;
pub use operators::{AddOperator, DisableOperator, Known, UNKNOWN as UNKNOWN_OPERATOR, known, operators};
pub(in crate::ops) use own_pin::first_pin;
pub use own_pin::{OwnPin, change_pin, claim_pin};
pub(in crate::ops) use pin::vouch;
pub use pin::{
    LOCKED, PIN_NEEDED, PinFailed, PinProven, WRONG_AND_LOCKED, WRONG_PIN, hash as hash_pin, lock_of,
    strong as strong_pin,
};
pub use pin_rule::{SetPins, pins_of};
pub use reset_pin::ResetPin;
pub use restored::NoteRestore;
pub use sign_on::{
    Credential, KEY_NEEDED, NOT_SIGNED_ON, PIN_MISSING, PIN_UNCLAIMED, Way, has_pin, may_sign_on, prove, sign_on,
    sign_on_by, still_here,
};
