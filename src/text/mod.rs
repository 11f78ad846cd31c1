pub mod sanitize;
pub mod width;
