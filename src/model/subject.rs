//! The parts of an assessment: theory (理论知识), practical (技能考核), comprehensive review (综合评审).
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Theory,
    Practical,
    Review,
}

impl Subject {
    pub const ALL: [Subject; 3] = [Subject::Theory, Subject::Practical, Subject::Review];

    pub fn code(self) -> &'static str {
        match self {
            Subject::Theory => "theory",
            Subject::Practical => "practical",
            Subject::Review => "review",
        }
    }

    pub fn parse(code: &str) -> Option<Subject> {
        Subject::ALL.into_iter().find(|s| s.code() == code)
    }

    pub fn key(self) -> String {
        format!("subject.{}", self.code())
    }
}
