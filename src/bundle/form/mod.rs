//! Printed forms: HTML templates filled from data, and the same pages as a workbook.
//!
//! A template is well-formed HTML, so that one text gives both: a browser prints it, and its tables become sheets.
mod fill;
mod pages;
mod qr;
mod workbook;

pub use fill::fill;
pub use workbook::workbook;

/// What is wrong with a template or with what it gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFault {
    /// Name of the template.
    pub template: String,
    /// 0 where it is not known.
    pub line: usize,
    pub detail: String,
}
