//! Codes to words, for both faces. The only place where a code and a sentence meet.
pub mod catalog;
pub mod certificate;
pub mod conduct;
pub mod door;
pub mod eligibility;
pub mod explain;
pub mod filing;
mod handbook;
pub mod history;
pub mod marks;
pub mod materials;
pub mod milestones;
mod missing;
pub mod papers;
pub mod payment;
pub mod sanction;
pub mod sanitize;
pub mod seating;
mod ticket;
pub mod supervision;
pub mod width;

pub use catalog::{Lang, Locale};
pub use explain::{Message, explain, fault_words, policy_fault, policy_note};
pub use handbook::handbook;
pub use marks::mark_words;
pub use missing::why_words;
pub use ticket::ticket_window;
