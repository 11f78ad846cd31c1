//! Looks by role, read from TOML. Colour is never the only sign: panes add a word or a mark.
mod file;
mod role;

pub use file::WARNINGS;
pub use role::Role;

use super::warning::Warning;
use ratatui::style::{Modifier, Style};

/// One look per role, fallbacks already followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// In the order of [`Role::ALL`].
    styles: Vec<Style>,
}

impl Theme {
    /// Reads a theme by name and everything that it inherits. `source` gives the text of a theme file by name.
    /// What cannot be understood is left out and told; with no file at all the result is [`Theme::plain`].
    pub fn load(name: &str, source: &dyn Fn(&str) -> Option<String>) -> (Theme, Vec<Warning>) {
        file::load(name, source)
    }

    /// Without any colour, for a terminal or a user that wants none: the terminal's own, bold and reverse.
    pub fn plain() -> Theme {
        let bold = [Role::Title, Role::Header, Role::Key, Role::Warn, Role::Refused];
        let reversed = [Role::Selected, Role::Banner, Role::TabActive];
        let look = |role: &Role| match role {
            role if bold.contains(role) => Style::new().add_modifier(Modifier::BOLD),
            role if reversed.contains(role) => Style::new().add_modifier(Modifier::REVERSED),
            _ => Style::new(),
        };
        Theme { styles: Role::ALL.iter().map(look).collect() }
    }

    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }
}
