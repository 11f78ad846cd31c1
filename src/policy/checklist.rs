//! What is looked at when somebody comes to the door.
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    pub items: Vec<CheckItem>,
    /// Codes of materials that everybody brings on paper (S4-26); empty: none.
    #[serde(default)]
    pub paper_materials: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckItem {
    /// 人: the face is the one on the document.
    Person,
    /// 证件: the identity document is there and valid.
    Document,
    /// 准考证
    Ticket,
    /// The papers of [`Checklist::paper_materials`].
    Materials,
}

impl CheckItem {
    pub fn code(self) -> &'static str {
        match self {
            CheckItem::Person => "person",
            CheckItem::Document => "document",
            CheckItem::Ticket => "ticket",
            CheckItem::Materials => "materials",
        }
    }
}
