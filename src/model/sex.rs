//! Sex as forms write it: 男 or 女 (GB/T 2261.1: 1 and 2).
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    Male,
    Female,
}

impl Sex {
    pub fn code(self) -> &'static str {
        match self {
            Sex::Male => "male",
            Sex::Female => "female",
        }
    }

    /// The form on office sheets.
    pub fn official(self) -> &'static str {
        match self {
            Sex::Male => "男",
            Sex::Female => "女",
        }
    }

    /// Reads the code, 男, 女, 男性, 女性, 1 or 2.
    pub fn parse(text: &str) -> Option<Sex> {
        match text {
            "男" | "男性" | "1" | "male" => Some(Sex::Male),
            "女" | "女性" | "2" | "female" => Some(Sex::Female),
            _ => None,
        }
    }

    pub fn key(self) -> String {
        format!("sex.{}", self.code())
    }
}
