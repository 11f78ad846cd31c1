//! Certificates on their way to their holders (S0-40, S1-39): made, told of, collected or posted, taken back.
mod collect;
mod copies;
mod issue;
mod look;
mod notify;
mod post;
mod standing;
mod take_back;

pub use crate::policy::register::{
    DELIVERED, DOCUMENT_DIFFERS, MADE_ALREADY, Made, NOT_DELIVERED, NOT_MADE, Step, VOID, WAY, may,
};
pub use crate::store::views::register::{Filter, Line};
pub use collect::{Collect, NO_AUTHORITY, NO_SIGNATURE, NO_TAKER, NO_UNIT, NOT_HOLDER, OTHER_UNIT, SEVERAL_PEOPLE};
pub use copies::{BLANK_USED, reissued_on};
pub use issue::Issue;
pub use look::{
    Counts, Event, PAGE, Story, What, by_unit, counts, filter_for, list, page, ready_for, reissue_keeps_number, story,
    units, usually_made,
};
pub use notify::Notify;
pub use post::{NO_ADDRESS, NO_TRACKING, Post};
pub use standing::{IN_FUTURE, NOBODY};
pub use take_back::TakeBack;

pub(in crate::ops) use copies::{Copies, make};
pub(in crate::ops) use standing::standing;
