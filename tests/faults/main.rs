//! The fault harness: breaks what is around the program and counts what is lost. Prints figures.
fn main() {}
