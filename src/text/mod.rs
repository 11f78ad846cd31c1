//! Codes to words, for both faces. The only place where a code and a sentence meet.
pub mod catalog;
pub mod door;
pub mod explain;
pub mod marks;

pub use catalog::{Lang, Locale};
pub use explain::{Message, explain, fault_words};
pub use marks::mark_words;
mod missing;

pub use catalog::{Lang, Locale};
pub use explain::{Message, explain, fault_words, policy_fault};
pub use missing::why_words;
pub mod sanitize;
pub mod width;
