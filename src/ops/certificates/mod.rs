//! Certificates: numbers, the register, the face's data, the sheet for the national register.
mod face;
mod giving;
mod issued_list;
mod issued_match;
mod number;
mod parts;
mod passed;
mod register;
mod reissue;
mod revoke;
mod segment;
mod upload;

pub use crate::bundle::level_signs::LevelSign;
pub use crate::store::views::certificates::{Certified, Filter};
pub use face::{Face, Line, Photo, face};
pub(in crate::ops) use face::{Faces, faces};
pub use giving::NO_SEGMENT;
pub use issued_list::{ImportNumbers, Imported, IssuedList, Row as IssuedRow, open_issued};
pub use issued_match::Verdict as IssuedVerdict;
pub use number::{Held, LevelRun, NOBODY, Number, Numbered};
pub use parts::{Explained, Part, explain_number};
pub use register::{Counts, Found, PAGE, by_number, counts, filter_for, find, page, register};
pub use reissue::{NOT_REVOKED, Reissue};
pub use revoke::{ALREADY, Revoke};
pub use segment::{DropSegment, GrantSegment, Segment, segments};
pub use upload::{LAYOUT, Upload, upload, upload_headings, upload_path, upload_style};
