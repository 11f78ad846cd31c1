//! Codes to words, for both faces. The only place where a code and a sentence meet.
pub mod catalog;
pub mod explain;
pub mod marks;

pub use catalog::{Lang, Locale};
pub use explain::{Message, explain, fault_words};
pub use marks::mark_words;
pub mod sanitize;
pub mod width;
