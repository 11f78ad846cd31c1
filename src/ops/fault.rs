//! What an operation or a read answers when it does not succeed. A closed set: exit codes and tones depend on it.
use crate::bundle::place;
use crate::bundle::row_fault::Report;
use crate::model::{Code, Refusal};
use crate::policy::file::PolicyFault;
use crate::store::StoreFault;
use std::path::PathBuf;
use thiserror::Error;

/// A file would be put over one of the site's own.
pub const OURS: Code = Code("file.of_the_site");

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, Error)]
pub enum Error {
    /// A rule says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Rows of a file are wrong; nothing of it was stored.
    #[error("rows were refused")]
    Rejected(Box<Report>),
    #[error("policy")]
    Policy(Vec<PolicyFault>),
    #[error("{path}: {source}")]
    File { path: PathBuf, source: std::io::Error },
    /// A file's content is not what it should be: a code of `file_fault.` and the path.
    #[error("{path}: {code:?}")]
    Content { path: PathBuf, code: Code },
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The disk answered with an error and it could not be found out whether the operation was saved.
    #[error("unknown whether {op_id} was saved: {fault}")]
    Unknown { op_id: String, fault: StoreFault },
    #[error("cancelled")]
    Cancelled,
}

impl Error {
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.into();
        move |source| match place::is_ours(&source) {
            true => Error::Refused(Refusal::new(OURS).with("path", path.display().to_string())),
            false => Error::File { path, source },
        }
    }

    /// The refusal inside, if it is one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Error::Refused(r) => Some(r),
            _ => None,
        }
    }
}
