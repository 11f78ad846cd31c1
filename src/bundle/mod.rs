//! Files from and to offices: encodings, layouts, typed rows. Knows files, not the database.
pub mod application;
pub mod codes;
pub mod column;
pub mod decode;
pub mod enterprise;
pub mod field;
pub mod form;
pub mod layout;
pub mod materials;
pub mod payment_sheet;
pub mod read;
pub mod row_fault;
pub mod seen;
pub mod sheet;
pub mod site;
pub mod upload;
pub mod write;
