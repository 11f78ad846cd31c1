//! Skill levels 5 (lowest) to 1 (highest), as the national certificate code writes them.
use serde::{Deserialize, Serialize};

/// The official name, a locale key, is `level.<digit>`; the Chinese form `三级/高级工` is [`Level::official`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Level {
    One = 1,
    Two = 2,
    Three = 3,
    Four = 4,
    Five = 5,
}

impl Level {
    pub const ALL: [Level; 5] = [Level::Five, Level::Four, Level::Three, Level::Two, Level::One];

    pub fn digit(self) -> u8 {
        self as u8
    }

    /// The form printed on certificates and office sheets.
    pub fn official(self) -> &'static str {
        match self {
            Level::One => "一级/高级技师",
            Level::Two => "二级/技师",
            Level::Three => "三级/高级工",
            Level::Four => "四级/中级工",
            Level::Five => "五级/初级工",
        }
    }

    /// Reads a digit, `三级`, `高级工`, `三级/高级工` or `国家职业资格三级`; anything else is `None`.
    pub fn parse(text: &str) -> Option<Level> {
        let text = text.strip_prefix("国家职业资格").unwrap_or(text);
        Level::ALL.into_iter().find(|level| {
            let (number, name) = level.official().split_once('/').unwrap_or_default();
            text == number || text == name || text == level.official() || text == level.digit().to_string()
        })
    }

    /// Whether a comprehensive review (综合评审) belongs to this level: technicians only (S0-26, S1-23).
    pub fn is_technician(self) -> bool {
        matches!(self, Level::One | Level::Two)
    }

    pub fn key(self) -> String {
        format!("level.{}", self.digit())
    }
}

impl TryFrom<u8> for Level {
    type Error = String;
    fn try_from(digit: u8) -> Result<Self, String> {
        Level::ALL.into_iter().find(|l| l.digit() == digit).ok_or_else(|| format!("no level {digit}"))
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> u8 {
        level.digit()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_written_form_is_read() {
        for text in ["3", "三级", "高级工", "三级/高级工", "国家职业资格三级"] {
            assert_eq!(Level::parse(text), Some(Level::Three), "{text}");
        }
        assert_eq!(Level::parse("技师"), Some(Level::Two));
        assert_eq!(Level::parse("高级技师"), Some(Level::One));
        assert_eq!(Level::parse("八级/大师"), None);
        assert_eq!(Level::parse(""), None);
    }
}
