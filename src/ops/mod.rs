//! What the program can do. Every change goes through [`Site::perform`]; reads are plain methods and functions here.
pub mod applications;
pub mod batch;
pub mod calendar;
pub mod certificates;
pub mod checkin;
pub mod demo;
pub mod entry;
pub mod exchange;
pub mod fault;
pub mod history;
mod operation;
pub mod panel;
pub mod policies;
pub mod results;
pub mod reviews;
pub mod search;
pub mod seating;
mod site;
pub mod upkeep;

pub use fault::{Error, Result};
pub use operation::{Done, Journal, Kind, Operation, Undo, Work, kind};
pub use site::{Actor, Face, Site};

// What goes wrong below, for the words of it.
pub use crate::policy::file::PolicyFault;
// What reads give back; the faces know the rows through here, never the store itself.
pub use crate::store::records::*;
pub use crate::store::views::candidates::Candidate;
pub use crate::store::{Access, Changes, StoreFault};

/// Every operation, by kind. A new one is a new file and one line here.
pub const KINDS: &[Kind] = &[
    kind::<applications::RecordFee>(),
    kind::<applications::Withdraw>(),
    kind::<batch::Close>(),
    kind::<batch::Open>(),
    kind::<entry::Save>(),
    kind::<entry::Settle>(),
    kind::<certificates::Number>(),
    kind::<certificates::Reissue>(),
    kind::<certificates::Revoke>(),
    kind::<checkin::Admit>(),
    kind::<checkin::Cancel>(),
    kind::<checkin::CloseAbsent>(),
    kind::<exchange::Export>(),
    kind::<exchange::Import<'static>>(),
    kind::<exchange::site::ImportBundle<'static>>(),
    kind::<exchange::site::Merge<'static>>(),
    kind::<history::Undo>(),
    kind::<panel::Form>(),
    kind::<panel::Reopen>(),
    kind::<panel::Score>(),
    kind::<panel::Seal>(),
    kind::<reviews::AnswerObjection>(),
    kind::<reviews::Decide>(),
    kind::<reviews::Object>(),
    kind::<reviews::OriginalReceived>(),
    kind::<reviews::PublishList>(),
    kind::<reviews::PutStamp>(),
    kind::<reviews::TakeStampOff>(),
    kind::<seating::Arrange>(),
    kind::<upkeep::AddOperator>(),
    kind::<upkeep::DisableOperator>(),
    kind::<upkeep::Init>(),
];
