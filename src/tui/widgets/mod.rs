//! Parts of screens that know nothing of the site. Drawing takes `&self`.
pub mod bars;
pub mod big;
pub mod field;
pub mod form;
pub mod scroll;
pub mod table;
pub mod text_area;

pub use field::{Accept, Field};
pub use table::{Align, Column, Table, Width};
