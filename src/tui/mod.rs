//! The full-screen face. Nothing below `panes` and `app` knows what a site is.
pub mod backend;
pub mod canvas;
pub mod chord;
pub mod events;
pub mod gate;
pub mod glyphs;
pub mod input;
pub mod keymap;
pub mod pen;
pub mod probe;
pub mod screen;
mod shadow;
pub mod signals;
pub mod terminal;
pub mod theme;
pub mod wait;
pub mod warning;
pub mod widgets;
