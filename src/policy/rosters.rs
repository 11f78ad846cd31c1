//! Rosters that are drawn up, stamped box by box and handed on: which, for whom, and what makes one void.
use super::reviews::Body;
use super::signatures::{Signed, Void};
use super::stamps::StampBy;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RosterRule {
    pub kind: Kind,
    /// One for each unit of the notice (S1-44), or one for the whole batch.
    #[serde(default)]
    pub by_unit: bool,
    /// In the order in which they are filled; one of them blank or void makes the whole roster void (S2-27).
    pub boxes: Vec<BoxRule>,
    /// Whether an index of everybody's materials belongs to it (S1-44).
    #[serde(default)]
    pub materials: bool,
    /// Who gets it.
    #[serde(default)]
    pub to: Option<Body>,
    /// Whether nobody gets a result document who is on no such roster (S2-27).
    #[serde(default)]
    pub before_document: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Everybody whose application was approved.
    Applicants,
    /// Everybody who passed.
    Passed,
}

impl Kind {
    pub fn code(self) -> &'static str {
        match self {
            Kind::Applicants => "applicants",
            Kind::Passed => "passed",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoxRule {
    pub by: StampBy,
    /// How many sign beside the stamp.
    #[serde(default)]
    pub signers: u8,
    /// The box says how many people are on the roster (S2-45).
    #[serde(default)]
    pub head_count: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BoxState {
    Blank,
    Unsigned,
    Illegible,
    Unstamped,
    /// Says another number than the roster has people.
    WrongCount,
    Good,
}

impl BoxState {
    pub fn key(self) -> &'static str {
        match self {
            BoxState::Blank => "box_state.blank",
            BoxState::Unsigned => Void::Unsigned.key(),
            BoxState::Illegible => Void::Illegible.key(),
            BoxState::Unstamped => Void::Unstamped.key(),
            BoxState::WrongCount => "box_state.wrong_count",
            BoxState::Good => "box_state.good",
        }
    }
}

impl BoxRule {
    /// `filled` is what stands in the box, with the number that is written there.
    pub fn state(&self, filled: Option<(&Signed, Option<i64>)>, people: i64) -> BoxState {
        let Some((signed, head_count)) = filled else { return BoxState::Blank };
        match signed.void(self.signers) {
            Some(Void::Unsigned) => BoxState::Unsigned,
            Some(Void::Illegible) => BoxState::Illegible,
            Some(Void::Unstamped) => BoxState::Unstamped,
            None if self.head_count && head_count != Some(people) => BoxState::WrongCount,
            None => BoxState::Good,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_blank_void_miscounted_or_good_s2_27_s2_45() {
        let rule = BoxRule { by: StampBy::Region, signers: 2, head_count: true };
        let name = |text: &str| Some(text.to_owned());
        let (handled_by, responsible) = (name("甲"), name("乙"));
        let good = Signed { handled_by, responsible, legible: true, stamped: true, dated: None };
        assert_eq!(rule.state(None, 3), BoxState::Blank);
        assert_eq!(rule.state(Some((&good, Some(3))), 3), BoxState::Good);
        assert_eq!(rule.state(Some((&good, Some(4))), 3), BoxState::WrongCount);
        assert_eq!(rule.state(Some((&good, None)), 3), BoxState::WrongCount);
        let bare = Signed { stamped: false, ..good };
        assert_eq!(rule.state(Some((&bare, Some(3))), 3), BoxState::Unstamped);
        let head = BoxRule { by: StampBy::Department, signers: 0, head_count: false };
        assert_eq!(head.state(Some((&Signed { stamped: true, ..Signed::default() }, None)), 3), BoxState::Good);
    }
}
