//! Sealed archives (归档): a closed batch in one folder that can be read and checked without the program; the register of
//! archives and of who read them; and the erasure of people once their time is over.
pub(in crate::ops) mod chain;
mod check;
mod erase;
mod lacking;
mod read;
mod register;
mod seal;
mod volumes;
mod write;

pub use crate::bundle::sealed::{CONTENTS, Contents, Finding, Looked, Part, Touched, at};
pub use crate::store::erase::Erased;
pub use check::{Answer, compare, look};
pub use erase::{AskErasure, Erase, WithdrawErasure, remains, scrub};
pub use lacking::{Lack, lacking};
pub use read::Read;
pub use register::{Line, Reading, Register, register};
pub use seal::Seal;
pub use volumes::{VOLUMES, Volume};
pub use write::{Prepared, Wishes, prepare};

use crate::model::Code;

pub const NAME_MISSING: Code = Code("archive.name_missing");
pub const LACKING: Code = Code("archive.something_missing");
pub const NO_ARCHIVE: Code = Code("archive.unknown");
pub const SAME_PERSON: Code = Code("archive.same_person");
pub const NOT_YET: Code = Code("archive.not_yet");
pub const NO_TERM: Code = Code("archive.no_term");
pub const NOT_SEALED: Code = Code("archive.not_sealed");
pub const NOT_ASKED: Code = Code("archive.erasure_not_asked");
pub const ALREADY_ASKED: Code = Code("archive.erasure_asked");
pub const ALREADY_ERASED: Code = Code("archive.erased");
pub const OWN_ERASURE: Code = Code("archive.own_erasure");
pub const REASON: Code = Code("archive.reason_needed");
