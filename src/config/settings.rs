//! `config.toml` in the site's folder: what somebody likes to have every time. Options on the command line come first.
use serde::Deserialize;
use std::path::PathBuf;

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// `zh-CN` or `en`
    pub lang: Option<String>,
    pub theme: Option<String>,
    /// Borders and bars in plain ASCII.
    pub ascii: bool,
    /// The pane that the program opens on, such as `checkin`.
    pub pane: Option<String>,
    /// Folder of the mark and the signed heads, best on another device; default: `anchor` in the home.
    pub anchor: Option<PathBuf>,
    /// Minutes without a key after which the screen hides what it shows: 1 to 30.
    pub idle_minutes: Idle,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u64")]
pub struct Idle(u64);

impl Idle {
    pub fn minutes(self) -> u64 {
        self.0
    }
}

impl Default for Idle {
    fn default() -> Idle {
        Idle(10)
    }
}

impl TryFrom<u64> for Idle {
    type Error = &'static str;

    fn try_from(minutes: u64) -> Result<Idle, &'static str> {
        if (1..=30).contains(&minutes) { Ok(Idle(minutes)) } else { Err("idle_minutes = 1..30") }
    }
}

/// Where a settings file is wrong: its line, and what the parser says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsFault {
    pub line: usize,
    pub message: String,
}

impl Settings {
    pub fn parse(text: &str) -> Result<Settings, SettingsFault> {
        toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            SettingsFault { line: before.matches('\n').count() + 1, message: error.message().to_owned() }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_line_is_named() {
        assert_eq!(Settings::parse("lang = \"en\"\n").unwrap().lang.as_deref(), Some("en"));
        assert_eq!(Settings::parse("lang = \"en\"\ncolour = 1\n").unwrap_err().line, 2);
    }

    #[test]
    fn nobody_sets_the_screen_to_stay_open() {
        assert_eq!(Settings::default().idle_minutes.minutes(), 10);
        assert_eq!(Settings::parse("idle_minutes = 30").unwrap().idle_minutes.minutes(), 30);
        for wrong in ["0", "31", "-1", "\"10\""] {
            assert_eq!(Settings::parse(&format!("ascii = true\nidle_minutes = {wrong}")).unwrap_err().line, 2);
        }
    }
}
