//! How levels are written at place 16 of a certificate number: `codes/certificate-levels.csv`.
use crate::model::{Code, Level, Refusal};

pub const NOT_IN_USE: Code = Code("certificate_no.sign_not_in_use");

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelSign {
    pub sign: char,
    /// `None`: a level of the eight that no notice here holds exams for.
    pub level: Option<Level>,
    pub name: String,
    pub in_use: bool,
    /// Whether the sign was seen in a source.
    pub verified: bool,
}

#[derive(Debug, Clone, Default)]
pub struct LevelSigns(Vec<LevelSign>);

impl LevelSigns {
    /// Takes one row of the list; `None` for one that is wrong or there already.
    pub(super) fn add(&mut self, cells: &[&str]) -> Option<()> {
        let [sign, level, name, in_use, verified] = cells else { return None };
        let mut signs = sign.chars();
        let (sign, None) = (signs.next()?, signs.next()) else { return None };
        let level = if level.is_empty() { None } else { Some(Level::parse(level)?) };
        let yes = |cell: &str| match cell {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        let row = LevelSign { sign, level, name: (*name).to_owned(), in_use: yes(in_use)?, verified: yes(verified)? };
        let digit_of_its_level =
            !sign.is_ascii_digit() || level.is_some_and(|l| l.digit().to_string() == sign.to_string());
        let fits = (sign.is_ascii_digit() || sign.is_ascii_uppercase()) && digit_of_its_level && !name.is_empty();
        let fresh = !self.0.iter().any(|one| one.sign == sign || (level.is_some() && one.level == level));
        (fits && fresh).then(|| self.0.push(row))
    }

    pub fn all(&self) -> &[LevelSign] {
        &self.0
    }

    pub fn find(&self, sign: char) -> Option<&LevelSign> {
        self.0.iter().find(|one| one.sign == sign)
    }

    /// How this level is written.
    pub fn of(&self, level: Level) -> Result<char, Refusal> {
        let found = self.0.iter().find(|one| one.level == Some(level) && one.in_use);
        found.map(|one| one.sign).ok_or_else(|| Refusal::new(NOT_IN_USE).with("sign", level.digit().to_string()))
    }

    /// The level that a sign in use means.
    pub fn level(&self, sign: char) -> Result<Level, Refusal> {
        let found = self.find(sign).filter(|one| one.in_use).and_then(|one| one.level);
        found.ok_or_else(|| Refusal::new(NOT_IN_USE).with("sign", sign.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::codes::Codes;
    use crate::bundle::codes::tests::embedded;

    #[test]
    fn five_levels_are_in_use_and_three_letters_are_known_but_not() {
        let signs = Codes::load(&embedded).unwrap().level_signs;
        for level in Level::ALL {
            let sign = signs.of(level).unwrap();
            assert_eq!(signs.level(sign), Ok(level));
            assert_eq!(signs.find(sign).unwrap().name, level.official());
        }
        let letters: Vec<_> = signs.all().iter().filter(|one| one.level.is_none()).collect();
        assert_eq!(letters.iter().map(|one| one.sign).collect::<String>(), "TSX");
        assert!(letters.iter().all(|one| !one.in_use && !one.verified));
        assert!(signs.level('T').unwrap_err().is(NOT_IN_USE));
        assert!(signs.level('Q').unwrap_err().is(NOT_IN_USE));
    }

    #[test]
    fn a_wrong_row_is_no_row() {
        let mut signs = LevelSigns::default();
        assert_eq!(signs.add(&["3", "3", "a", "yes", "yes"]), Some(()));
        for row in [
            ["3", "", "a", "yes", "yes"],
            ["Z", "3", "a", "yes", "yes"],
            ["4", "5", "a", "yes", "yes"],
            ["t", "", "a", "no", "no"],
            ["TT", "", "a", "no", "no"],
            ["T", "9", "a", "no", "no"],
            ["T", "", "a", "maybe", "no"],
        ] {
            assert_eq!(signs.add(&row), None, "{row:?}");
        }
    }
}
