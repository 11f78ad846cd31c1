//! A made-up site, a screen to drive, the real program to run.
#![allow(dead_code)] // a kit for all tests: a piece may wait for its first user
pub mod console;
pub mod desk;
pub mod fit;
pub mod plant;
pub mod release;
pub mod screen;
pub mod second;
pub mod shell;
pub mod stands;
pub mod vouched;

pub use console::Console;
pub use desk::Desk;
pub use fit::fit;
pub use plant::PlantMarks;
pub use release::release;
pub use screen::Screen;
#[allow(unused_imports)] // for the binary beside this one
pub use second::{PIN, PlantPins, SECOND};
pub use shell::Shell;
pub use stands::stands;
pub use vouched::vouched;
