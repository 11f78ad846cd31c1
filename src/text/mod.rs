//! Codes to words, for both faces. The only place where a code and a sentence meet.
pub mod catalog;
pub mod certificate;
pub mod door;
pub mod eligibility;
pub mod explain;
pub mod filing;
pub mod history;
pub mod marks;
pub mod materials;
mod missing;
pub mod payment;
pub mod sanction;
pub mod sanitize;
pub mod seat_check;
pub mod seating;
pub mod width;

pub use catalog::{Lang, Locale};
pub use explain::{Message, explain, fault_words, policy_fault, policy_note};
pub use marks::mark_words;
pub use missing::why_words;
