pub mod codes;
pub mod decode;
