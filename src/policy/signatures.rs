//! What makes a box on paper count: signatures that can be read, and a stamp (S2-25, S2-26). One rule for documents,
//! blocks of marks and rosters.
use crate::model::{Code, Day, Refusal};
use serde::Serialize;

pub const UNSIGNED: Code = Code("signature.unsigned");
pub const ILLEGIBLE: Code = Code("signature.illegible");
pub const UNSTAMPED: Code = Code("signature.unstamped");
pub const FUTURE: Code = Code("signature.dated_in_the_future");

/// What stands in a box, as somebody says who has the paper at hand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Signed {
    /// 经办人
    pub handled_by: Option<String>,
    /// 负责人
    pub responsible: Option<String>,
    /// Both names can be read.
    pub legible: bool,
    pub stamped: bool,
    /// `None`: today.
    pub dated: Option<Day>,
}

/// Why a box is void.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Void {
    Unsigned,
    Illegible,
    Unstamped,
}

impl Void {
    pub fn refusal(self) -> Refusal {
        Refusal::new(match self {
            Void::Unsigned => UNSIGNED,
            Void::Illegible => ILLEGIBLE,
            Void::Unstamped => UNSTAMPED,
        })
    }

    pub fn key(self) -> &'static str {
        match self {
            Void::Unsigned => "box_state.unsigned",
            Void::Illegible => "box_state.illegible",
            Void::Unstamped => "box_state.unstamped",
        }
    }
}

impl Signed {
    /// Names without blanks around them; an empty one is none.
    pub fn tidy(&self) -> Signed {
        let own = |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
        Signed { handled_by: own(&self.handled_by), responsible: own(&self.responsible), ..self.clone() }
    }

    /// Why the box does not count where so many have to sign; nothing when it does. One signer may be either of the two.
    pub fn void(&self, signers: u8) -> Option<Void> {
        let tidy = self.tidy();
        let names = [&tidy.handled_by, &tidy.responsible].into_iter().flatten().count();
        if names < usize::from(signers) {
            Some(Void::Unsigned)
        } else if names > 0 && !self.legible {
            Some(Void::Illegible)
        } else if !self.stamped {
            Some(Void::Unstamped)
        } else {
            None
        }
    }

    /// The day of the box; refused when it is yet to come.
    pub fn day(&self, today: Day) -> Result<Day, Refusal> {
        match self.dated.unwrap_or(today) {
            day if day > today => Err(Refusal::new(FUTURE).with("day", day.to_string())),
            day => Ok(day),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed() -> Signed {
        let name = |text: &str| Some(text.to_owned());
        Signed { handled_by: name("甲"), responsible: name("乙"), legible: true, stamped: true, dated: None }
    }

    #[test]
    fn a_box_counts_with_both_names_legible_and_a_stamp_s2_25_s2_26() {
        assert_eq!(signed().void(2), None);
        assert_eq!(Signed { responsible: Some("  ".into()), ..signed() }.void(2), Some(Void::Unsigned));
        assert_eq!(Signed { responsible: None, ..signed() }.void(1), None);
        assert_eq!(Signed { legible: false, ..signed() }.void(2), Some(Void::Illegible));
        assert_eq!(Signed { stamped: false, ..signed() }.void(2), Some(Void::Unstamped));
        // A box that nobody has to sign needs its stamp all the same.
        assert_eq!(Signed::default().void(0), Some(Void::Unstamped));
        assert_eq!(Signed { stamped: true, ..Signed::default() }.void(0), None);
    }

    #[test]
    fn a_box_is_not_dated_ahead() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let on = |text| Signed { dated: Some(day(text)), ..signed() }.day(day("2022-06-01"));
        assert_eq!(on("2022-06-01"), Ok(day("2022-06-01")));
        assert!(on("2022-06-02").unwrap_err().is(FUTURE));
        assert_eq!(signed().day(day("2022-06-01")), Ok(day("2022-06-01")));
    }
}
