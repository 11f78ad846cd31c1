//! A made-up site, a screen to drive, the real program to run.
pub mod desk;
pub mod plant;
pub mod screen;
pub mod shell;

pub use desk::Desk;
pub use plant::PlantMarks;
pub use screen::Screen;
pub use shell::Shell;
