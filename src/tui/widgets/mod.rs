//! Parts of screens that know nothing of the site. Drawing takes `&self`.
pub mod bars;
pub mod field;
pub mod scroll;
pub mod table;

pub use field::{Accept, Field};
pub use table::{Align, Column, Table, Width};
