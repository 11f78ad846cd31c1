//! Certificates: numbers, the register, the face's data, the sheet for the national register.
mod correct;
mod face;
mod number;
mod one;
mod parts;
mod passed;
mod register;
mod reissue;
mod revoke;
mod upload;
mod void;

pub use crate::store::views::certificates::{Certified, Filter};
pub use correct::{Correct, Corrected, last_of};
pub use face::{Face, Line, face};
pub use number::{LevelRun, NOBODY, Number, Numbered};
pub use parts::{Explained, Part, explain_number};
pub use register::{Counts, Found, PAGE, by_number, counts, filter_for, find, page, register};
pub use reissue::{MadeAgain, NEVER, Reissue};
pub use revoke::{ALREADY, Revoke, SANCTION, UNKNOWN};
pub use upload::{LAYOUT, Upload, upload, upload_headings, upload_path, upload_style};

pub(in crate::ops) use revoke::of_batch;
pub(in crate::ops) use void::{Why, void};
