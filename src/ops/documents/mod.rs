//! Result documents (资格文件): the marks signed on the forms, the list of people, the number and the signatures, the
//! copies and who got them. Nothing unsigned or unstamped goes out (S2-24 to S2-27, S2-38 to S2-41).
mod blocks;
mod copies;
mod end;
mod issue;
mod prepare;
mod read;
mod stops;

pub use blocks::{BlockLine, BlockState, Certified, CertifyMarks, NOT_CERTIFIED, UncertifyMarks, blocks};
pub use copies::{HandOn, NO_SUCH_COPY};
pub use end::{End, NOT_LISTED, REASON, Strike};
pub use issue::{BEFORE_EXAM, BEFORE_PREPARED, Issue, Issued, NUMBER_USED};
pub use prepare::{LeftOut, NOBODY, NOT_IN_THE_NOTICE, Prepare, Prepared, TITLE};
pub use read::{CopyLine, Document, NOT_FOUND, Overview, document, documents, of_person, overview, people};
pub use stops::stops;

pub use crate::policy::documents::Block;
pub use crate::policy::signatures::Signed;
