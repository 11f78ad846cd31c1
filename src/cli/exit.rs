//! Exit statuses, in one place.
use super::context::ASKED;
use crate::ops::Error;
use crate::ops::StoreFault;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Done = 0,
    /// Refused by a rule.
    Refused = 1,
    Usage = 2,
    /// Rows of a file rejected.
    Rejected = 3,
    /// Policy or configuration file.
    Policy = 4,
    File = 5,
    Busy = 6,
    /// Asked for; another person has to agree before it is done.
    Asked = 7,
    /// Database newer, damaged or full.
    Store = 70,
}

impl Exit {
    /// In order.
    pub const ALL: [Exit; 9] = [
        Exit::Done,
        Exit::Refused,
        Exit::Usage,
        Exit::Rejected,
        Exit::Policy,
        Exit::File,
        Exit::Busy,
        Exit::Asked,
        Exit::Store,
    ];

    /// Of the words that say what it tells a script.
    pub fn key(self) -> String {
        format!("exit_status.{}", self as u8)
    }

    pub fn of(error: &Error) -> Exit {
        match error {
            Error::Refused(refusal) if refusal.is(ASKED) => Exit::Asked,
            Error::Refused(_) | Error::Cancelled => Exit::Refused,
            Error::Rejected(_) => Exit::Rejected,
            Error::Policy(_) => Exit::Policy,
            Error::File { .. } | Error::Content { .. } | Error::Store(StoreFault::Missing(_)) => Exit::File,
            Error::Store(StoreFault::Busy) => Exit::Busy,
            Error::Store(StoreFault::Constraint(_)) => Exit::Refused,
            Error::Store(_) | Error::Unknown { .. } => Exit::Store,
        }
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        std::process::ExitCode::from(exit as u8)
    }
}
