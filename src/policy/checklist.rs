//! What is looked at when somebody comes to the door, and why they may be sent away.
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

impl Checklist {
    pub fn asks(&self, item: CheckItem) -> bool {
        self.items.contains(&item)
    }

    /// Codes of the items that were looked at and in order, comma separated.
    pub fn looked_at(&self, without: &[CheckItem]) -> String {
        let good = self.items.iter().filter(|item| !without.contains(item)).map(|item| item.code());
        good.collect::<Vec<_>>().join(",")
    }

    /// Why somebody may be sent away here, the reasons of the list first, in its order.
    pub fn grounds(&self) -> Vec<Ground> {
        let of_items = self.items.iter().map(|item| item.ground());
        of_items.chain([Ground::Pledge, Ground::Other]).collect()
    }

    /// The first item that is missing and that nobody's reason makes up for.
    pub fn beyond_lifting(&self, without: &[CheckItem]) -> Option<CheckItem> {
        self.items.iter().copied().find(|item| without.contains(item) && !item.may_be_lifted())
    }
}

impl CheckItem {
    pub const ALL: [CheckItem; 4] = [CheckItem::Person, CheckItem::Document, CheckItem::Ticket, CheckItem::Materials];

    pub fn parse(code: &str) -> Option<CheckItem> {
        CheckItem::ALL.into_iter().find(|item| item.code() == code)
    }

    pub fn ground(self) -> Ground {
        match self {
            CheckItem::Person => Ground::Swapped,
            CheckItem::Document => Ground::NoDocument,
            CheckItem::Ticket => Ground::NoTicket,
            CheckItem::Materials => Ground::NoMaterials,
        }
    }

    /// Somebody else's face is never let in; a paper left at home may be seen to later.
    pub fn may_be_lifted(self) -> bool {
        self != CheckItem::Person
    }
}

/// Why somebody is sent away at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// 人证不符: the person is not the one of the document.
    Swapped,
    NoDocument,
    NoTicket,
    NoMaterials,
    /// 拒签诚信承诺书: counts as giving up.
    Pledge,
    /// In words.
    Other,
}

impl Ground {
    pub const ALL: [Ground; 6] =
        [Ground::Swapped, Ground::NoDocument, Ground::NoTicket, Ground::NoMaterials, Ground::Pledge, Ground::Other];

    pub fn code(self) -> &'static str {
        match self {
            Ground::Swapped => "swapped",
            Ground::NoDocument => "no_document",
            Ground::NoTicket => "no_ticket",
            Ground::NoMaterials => "no_materials",
            Ground::Pledge => "pledge",
            Ground::Other => "other",
        }
    }

    pub fn parse(code: &str) -> Option<Ground> {
        Ground::ALL.into_iter().find(|ground| ground.code() == code)
    }

    /// As it is stored: the code, and the words after a colon.
    pub fn with_words(self, words: &str) -> String {
        match words.trim() {
            "" => self.code().to_owned(),
            words => format!("{}:{words}", self.code()),
        }
    }

    /// The inverse of [`Ground::with_words`]; what was written otherwise is `Other`.
    pub fn read(stored: &str) -> (Ground, &str) {
        let (code, words) = stored.split_once(':').unwrap_or((stored, ""));
        Ground::parse(code).map_or((Ground::Other, stored), |ground| (ground, words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_has_its_ground_and_materials_only_where_asked() {
        let base = Checklist {
            items: vec![CheckItem::Person, CheckItem::Document, CheckItem::Ticket],
            paper_materials: Vec::new(),
        };
        let grounds = base.grounds();
        assert_eq!(grounds.len(), 5);
        assert!(!grounds.contains(&Ground::NoMaterials) && grounds.first() == Some(&Ground::Swapped));
        assert_eq!(base.looked_at(&[]), "person,document,ticket");
        assert_eq!(base.looked_at(&[CheckItem::Document]), "person,ticket");
        assert_eq!(base.beyond_lifting(&[CheckItem::Document, CheckItem::Ticket]), None);
        assert_eq!(base.beyond_lifting(&[CheckItem::Ticket, CheckItem::Person]), Some(CheckItem::Person));
        let all = Checklist { items: CheckItem::ALL.to_vec(), ..base };
        assert!(all.grounds().contains(&Ground::NoMaterials) && all.asks(CheckItem::Materials));
    }

    #[test]
    fn a_stored_reason_is_read_back() {
        for ground in Ground::ALL {
            assert_eq!(Ground::read(&ground.with_words(" 照片: 不像 ")), (ground, "照片: 不像"));
            assert_eq!(Ground::read(&ground.with_words("")), (ground, ""));
        }
        assert_eq!(Ground::read("喝醉: 两次"), (Ground::Other, "喝醉: 两次"));
    }
}
