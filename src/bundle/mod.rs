pub mod codes;
pub mod decode;
pub mod row_fault;
