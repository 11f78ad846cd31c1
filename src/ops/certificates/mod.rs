//! Certificates: numbers, the register, the face's data, the sheet for the national register.
mod face;
mod number;
mod parts;
mod passed;
mod register;
mod reissue;
mod revoke;
mod upload;

pub use crate::store::views::certificates::{Certified, Filter};
pub use face::{Face, Line, face};
pub use number::{LevelRun, NOBODY, Number, Numbered};
pub use parts::{Explained, Part, explain_number};
pub use register::{Counts, Found, PAGE, by_number, counts, filter_for, find, page, register};
pub use reissue::{NOT_REVOKED, Reissue};
pub use revoke::{ALREADY, Revoke};
pub use upload::{LAYOUT, Upload, upload, upload_headings, upload_path, upload_style};
