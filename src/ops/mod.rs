//! What the program can do. Every change goes through [`Site::perform`]; reads are plain methods and functions here.
pub mod anchor;
pub mod applications;
pub mod archive;
pub mod assess;
pub mod batch;
pub mod calendar;
pub mod certificates;
pub mod checkin;
pub mod complaints;
pub mod conduct;
pub mod demo;
pub mod documents;
pub mod drafts;
pub mod eligibility;
pub mod enterprise;
pub mod entry;
pub mod exchange;
pub mod fault;
pub mod history;
pub mod marks;
pub mod materials;
pub mod milestones;
pub mod occupations;
mod operation;
pub mod panel;
pub mod papers;
pub mod payments;
pub mod policies;
pub mod prints;
pub mod privacy;
pub mod publicity;
pub mod register;
pub mod reports;
pub mod results;
pub mod reviews;
pub mod rooms;
pub mod rosters;
pub mod sanctions;
mod saved;
pub mod scripts;
pub mod search;
pub mod seating;
pub mod sessions;
mod settle;
pub mod shown;
mod site;
pub mod site_key;
pub mod staff;
pub mod stock;
pub mod supervision;
pub mod tickets;
pub mod together;
pub mod unit;
pub mod upkeep;
pub mod uploads;

pub use fault::{Error, Result};
pub use operation::{BATCH_OPEN, Before, Done, InDoubt, Journal, Kind, Operation, Part, People, Undo, Work, kind};
pub use saved::Saved;
pub use site::{Actor, Face, Obstacle, Site, Trouble};

// What goes wrong below, for the words of it.
pub use crate::policy::file::PolicyFault;
// What reads give back; the faces know the rows through here, never the store itself.
pub use crate::store::doubt::Doubt;
pub use crate::store::records::*;
pub use crate::store::views::candidates::Candidate;
pub use crate::store::{Access, Changes, StoreFault};

/// Every operation, by kind. A new one is a new file and one line here.
pub const KINDS: &[Kind] = &[
    kind::<anchor::Continue>(),
    kind::<applications::Amend<'static>>(),
    kind::<applications::Correct>(),
    kind::<applications::File<'static>>(),
    kind::<applications::RecordFee>(),
    kind::<applications::Resubmit>(),
    kind::<applications::Withdraw>(),
    kind::<archive::AskErasure>(),
    kind::<archive::Erase>(),
    kind::<archive::Read>(),
    kind::<archive::Seal>(),
    kind::<archive::WithdrawErasure>(),
    kind::<assess::Form>(),
    kind::<batch::ChangePolicy>(),
    kind::<batch::Close>(),
    kind::<batch::CloseAnyway>(),
    kind::<batch::Open>(),
    kind::<reports::Add>(),
    kind::<reports::Change>(),
    kind::<reports::Claim>(),
    kind::<reports::Earlier>(),
    kind::<reports::Import>(),
    kind::<reports::Insure>(),
    kind::<reports::Leave>(),
    kind::<reports::Record>(),
    kind::<reports::Remove>(),
    kind::<reports::TakeSnapshot>(),
    kind::<reports::Withdraw>(),
    kind::<eligibility::AddEvidence>(),
    kind::<eligibility::AmendEvidence>(),
    kind::<eligibility::JudgeEvidence>(),
    kind::<eligibility::RemoveEvidence>(),
    kind::<entry::AcceptControl>(),
    kind::<entry::Claim>(),
    kind::<entry::Control>(),
    kind::<entry::ImportScores>(),
    kind::<entry::Release>(),
    kind::<entry::Save>(),
    kind::<entry::Settle>(),
    kind::<certificates::DropSegment>(),
    kind::<certificates::GrantSegment>(),
    kind::<certificates::ImportNumbers<'static>>(),
    kind::<certificates::Correct>(),
    kind::<certificates::Number>(),
    kind::<certificates::Reissue>(),
    kind::<certificates::Revoke>(),
    kind::<checkin::Admit>(),
    kind::<checkin::Cancel>(),
    kind::<checkin::CloseAbsent>(),
    kind::<documents::CertifyMarks>(),
    kind::<documents::End>(),
    kind::<documents::HandOn>(),
    kind::<documents::Issue>(),
    kind::<documents::Prepare>(),
    kind::<documents::Strike>(),
    kind::<documents::UncertifyMarks>(),
    kind::<complaints::Add>(),
    kind::<complaints::Decide>(),
    kind::<complaints::Refuse>(),
    kind::<complaints::TakeUp>(),
    kind::<conduct::Decide>(),
    kind::<conduct::Lift>(),
    kind::<conduct::Report>(),
    kind::<checkin::Leave>(),
    kind::<checkin::Refuse>(),
    kind::<checkin::Sheet>(),
    kind::<enterprise::Attach>(),
    kind::<enterprise::Case>(),
    kind::<enterprise::Change>(),
    kind::<enterprise::Evaluate>(),
    kind::<enterprise::File>(),
    kind::<enterprise::Judge>(),
    kind::<enterprise::Publish>(),
    kind::<enterprise::Submit>(),
    kind::<exchange::Export>(),
    kind::<exchange::Import<'static>>(),
    kind::<exchange::region_key::Give>(),
    kind::<exchange::region_key::Make>(),
    kind::<exchange::region_key::Take>(),
    kind::<exchange::site::AcceptFork>(),
    kind::<exchange::site::Distrust>(),
    kind::<exchange::site::Give>(),
    kind::<exchange::site::ImportBundle<'static>>(),
    kind::<exchange::site::Merge<'static>>(),
    kind::<exchange::site::NoteFork<'static>>(),
    kind::<exchange::site::Resolve>(),
    kind::<exchange::site::Trust>(),
    kind::<history::Undo>(),
    kind::<milestones::AddTask>(),
    kind::<milestones::MarkDone>(),
    kind::<milestones::RemoveTask>(),
    kind::<milestones::TakeBack>(),
    kind::<occupations::Close>(),
    kind::<occupations::Open>(),
    kind::<policies::Adopt>(),
    kind::<marks::AskChange>(),
    kind::<marks::AskUnlock>(),
    kind::<marks::DecideChange>(),
    kind::<marks::DecideUnlock>(),
    kind::<marks::Lock>(),
    kind::<marks::WithdrawChange>(),
    kind::<marks::WithdrawUnlock>(),
    kind::<materials::Check>(),
    kind::<materials::Judge>(),
    kind::<materials::ReceivePaper>(),
    kind::<panel::Begin>(),
    kind::<panel::Draw>(),
    kind::<panel::End>(),
    kind::<panel::Form>(),
    kind::<panel::Leave>(),
    kind::<panel::Minutes>(),
    kind::<panel::Move>(),
    kind::<panel::Recuse>(),
    kind::<panel::Reopen>(),
    kind::<panel::Replace>(),
    kind::<panel::Rereview>(),
    kind::<panel::Rule>(),
    kind::<panel::TakeChair>(),
    kind::<panel::Score>(),
    kind::<panel::Seal>(),
    kind::<panel::Sign>(),
    kind::<papers::CloseRoom>(),
    kind::<papers::Collect>(),
    kind::<papers::Correct>(),
    kind::<papers::HandOver>(),
    kind::<papers::Plan>(),
    kind::<papers::ReopenRoom>(),
    kind::<papers::Return>(),
    kind::<papers::Store>(),
    kind::<papers::Unseal>(),
    kind::<payments::Close>(),
    kind::<payments::Invoice>(),
    kind::<payments::Readmit>(),
    kind::<payments::ReceiveOriginal>(),
    kind::<payments::Reconcile<'static>>(),
    kind::<payments::Record>(),
    kind::<payments::Refund>(),
    kind::<payments::Waive>(),
    kind::<privacy::Reveal>(),
    kind::<publicity::Decide>(),
    kind::<publicity::Finalise>(),
    kind::<publicity::Object>(),
    kind::<publicity::Publish>(),
    kind::<publicity::Query>(),
    kind::<publicity::Recheck>(),
    kind::<publicity::TakeBack>(),
    kind::<publicity::Withdraw>(),
    kind::<sanctions::Impose>(),
    kind::<sanctions::Lift>(),
    kind::<register::Collect>(),
    kind::<register::Issue>(),
    kind::<register::Notify>(),
    kind::<register::Post>(),
    kind::<register::TakeBack>(),
    kind::<reviews::AnswerObjection>(),
    kind::<reviews::Decide>(),
    kind::<reviews::Object>(),
    kind::<reviews::PublishList>(),
    kind::<reviews::PutStamp>(),
    kind::<reviews::TakeStampOff>(),
    kind::<rosters::Drop>(),
    kind::<rosters::FillBox>(),
    kind::<rosters::Make>(),
    kind::<rosters::Send>(),
    kind::<results::AnswerAudit>(),
    kind::<results::AskAudit>(),
    kind::<results::Compute>(),
    kind::<results::SendSummary>(),
    kind::<rooms::Add>(),
    kind::<rooms::AddVenue>(),
    kind::<rooms::BreakSeat>(),
    kind::<rooms::Change>(),
    kind::<rooms::ChangeVenue>(),
    kind::<rooms::Close>(),
    kind::<rooms::MendSeat>(),
    kind::<rooms::Reopen>(),
    kind::<scripts::Ask>(),
    kind::<scripts::Draw>(),
    kind::<scripts::Label>(),
    kind::<scripts::Open>(),
    kind::<seating::Arrange>(),
    kind::<seating::edit::ClearNeed>(),
    kind::<seating::edit::Move>(),
    kind::<seating::edit::Place>(),
    kind::<seating::edit::SetNeed>(),
    kind::<seating::edit::Swap>(),
    kind::<seating::edit::Unseat>(),
    kind::<sessions::Add>(),
    kind::<sessions::Change>(),
    kind::<sessions::Close>(),
    kind::<sessions::Remove>(),
    kind::<sessions::Reopen>(),
    kind::<tickets::Issue>(),
    kind::<tickets::Print>(),
    kind::<tickets::Reissue>(),
    kind::<tickets::Void>(),
    kind::<together::Ask>(),
    kind::<together::Give>(),
    kind::<stock::Count>(),
    kind::<stock::Destroy>(),
    kind::<stock::Receive>(),
    kind::<stock::Recover>(),
    kind::<stock::Reverse>(),
    kind::<stock::Spoil>(),
    kind::<stock::Use>(),
    kind::<supervision::Draw>(),
    kind::<supervision::Mend>(),
    kind::<supervision::Publish>(),
    kind::<supervision::Report>(),
    kind::<staff::Add>(),
    kind::<staff::Assign>(),
    kind::<staff::Change>(),
    kind::<staff::Import>(),
    kind::<staff::Propose>(),
    kind::<staff::Rate>(),
    kind::<staff::Retire>(),
    kind::<staff::SignIn>(),
    kind::<staff::Tie>(),
    kind::<staff::Unassign>(),
    kind::<staff::Untie>(),
    kind::<uploads::Drop>(),
    kind::<uploads::Prepare>(),
    kind::<uploads::Receipt>(),
    kind::<uploads::Submit>(),
    kind::<upkeep::AddOperator>(),
    kind::<upkeep::Bind>(),
    kind::<upkeep::DisableOperator>(),
    kind::<upkeep::Init>(),
    kind::<upkeep::OwnPin>(),
    kind::<upkeep::PinFailed>(),
    kind::<upkeep::PinProven>(),
    kind::<upkeep::NoteRestore>(),
    kind::<upkeep::ResetPin>(),
    kind::<upkeep::SetPins>(),
    kind::<upkeep::Unbind>(),
];
