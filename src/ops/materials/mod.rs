//! Materials (申报材料): a folder or an archive looked through, its files judged by the policy and by people.
mod check;
mod checklist;
mod finding;
mod group;
mod judge;
mod read;
mod receive_paper;
mod survey;

pub use check::{Check, Checked, FROZEN, HandedIn, NOT_LIVE};
pub use checklist::{Checklist, Item, Piece, Standing, checklist};
pub use finding::{Finding, masked, size};
pub use group::group;
pub use judge::{Judge, Verdict, settled_by_count};
pub use read::FileRead;
pub use receive_paper::ReceivePaper;
pub(in crate::ops) use survey::faulty as unopened;
pub use survey::{Survey, one, whose};

// What the words of an item need.
pub use crate::policy::materials::{Background, Material, Photo};
