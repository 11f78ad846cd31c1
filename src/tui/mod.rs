//! The full-screen face. Nothing below `panes` and `app` knows what a site is.
pub mod app;
pub mod backend;
pub mod canvas;
pub mod chord;
pub mod cx;
pub mod events;
pub mod gate;
pub mod global;
pub mod glyphs;
pub mod input;
pub mod keymap;
pub mod overlays;
pub mod pane;
pub mod panes;
pub mod pen;
pub mod probe;
pub mod run;
pub mod screen;
mod shadow;
pub mod shell;
pub mod signals;
pub mod terminal;
pub mod theme;
pub mod wait;
pub mod warning;
pub mod widgets;

pub use run::{Settings, run};
