//! Certificate numbers of 22 places, part by part, and the older numbers that applicants bring along.
//!
//! Class letter · organisation (4) · province (2) · site (6) · year (2) · level (1) · serial (6). There is no check
//! character. The level is a digit, or a letter for the levels beside 5 to 1: what a letter means is data.
use super::{Code, Level, Refusal, fold};
use serde::{Serialize, Serializer};
use std::fmt;

pub const LENGTH: Code = Code("certificate_no.length");
pub const CLASS: Code = Code("certificate_no.class");
pub const DIGITS: Code = Code("certificate_no.digits");
pub const LEVEL: Code = Code("certificate_no.level");
pub const PREFIX: Code = Code("certificate_no.prefix");
pub const SERIAL: Code = Code("certificate_no.serial");

/// Where the level stands, from 0.
const SIGN: usize = 15;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationClass {
    /// `Y` 用人单位
    Employer,
    /// `S` 社会培训评价组织
    Social,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CertificateNo([u8; 22]);

/// What a number says, part by part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Parts<'a> {
    pub class: OrganisationClass,
    /// `0000` when the organisation is registered with a province.
    pub organisation: &'a str,
    /// First two digits of GB/T 2260; 66 is the Xinjiang Production and Construction Corps.
    pub province: &'a str,
    pub site: &'a str,
    /// Last two digits of the year of issue.
    pub year: &'a str,
    /// How the level is written.
    pub sign: char,
    /// `None` where the sign is a letter.
    pub level: Option<Level>,
    pub serial: u32,
}

/// How a number that an applicant brings along looks. Nothing is refused for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    Current,
    /// 16 digits of the former 职业资格证书; the eleventh is the level.
    Former,
    Unknown,
}

impl CertificateNo {
    /// Folds and checks all parts.
    pub fn parse(text: &str) -> Result<CertificateNo, Refusal> {
        let text = fold::number_like(text);
        let length = text.chars().count();
        if length != 22 {
            return Err(Refusal::new(LENGTH).with("length", length));
        }
        let number: [u8; 22] = text.as_bytes().try_into().map_err(|_| Refusal::new(DIGITS))?;
        let number = number.map(|place| place.to_ascii_uppercase());
        let class = number.first().copied().unwrap_or_default();
        if !matches!(class, b'Y' | b'S') {
            return Err(Refusal::new(CLASS).with("value", char::from(class).to_string()));
        }
        let sign = number.get(SIGN).copied().unwrap_or_default();
        if !number.iter().enumerate().all(|(at, place)| at == 0 || at == SIGN || place.is_ascii_digit()) {
            return Err(Refusal::new(DIGITS));
        }
        if !matches!(sign, b'1'..=b'5' | b'A'..=b'Z') {
            return Err(Refusal::new(LEVEL).with("value", char::from(sign).to_string()));
        }
        Ok(CertificateNo(number))
    }

    /// Builds a number. `prefix` is the 13 places that the authority assigned to the site; `year` is the last two
    /// digits of the year of issue; `sign` says the level; `serial` runs from 1 to 999999.
    pub fn compose(prefix: &str, year: u8, sign: char, serial: u32) -> Result<CertificateNo, Refusal> {
        if !is_prefix(prefix) || year > 99 {
            return Err(Refusal::new(PREFIX).with("value", prefix));
        }
        if !(1..=999_999).contains(&serial) {
            return Err(Refusal::new(SERIAL).with("value", i64::from(serial)));
        }
        CertificateNo::parse(&format!("{prefix}{year:02}{sign}{serial:06}"))
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The 13 places assigned by the authority.
    pub fn prefix(&self) -> &str {
        self.part(0..13)
    }

    pub fn parts(&self) -> Parts<'_> {
        let class =
            if self.as_str().starts_with('Y') { OrganisationClass::Employer } else { OrganisationClass::Social };
        Parts {
            class,
            organisation: self.part(1..5),
            province: self.part(5..7),
            site: self.part(7..13),
            year: self.part(13..15),
            sign: self.part(SIGN..SIGN + 1).chars().next().unwrap_or_default(),
            level: self.level_digit(),
            serial: self.part(16..22).parse().unwrap_or_default(),
        }
    }

    fn level_digit(&self) -> Option<Level> {
        Level::try_from(self.part(SIGN..SIGN + 1).parse::<u8>().ok()?).ok()
    }

    fn part(&self, range: std::ops::Range<usize>) -> &str {
        self.as_str().get(range).unwrap_or_default()
    }
}

/// Whether this can be the 13 places that the authority assigns: a class letter and 12 digits.
pub fn is_prefix(text: &str) -> bool {
    matches!(text.as_bytes(), [b'Y' | b'S', digits @ ..] if digits.len() == 12 && digits.iter().all(u8::is_ascii_digit))
}

/// Tells which kind of number this is.
pub fn recognise(text: &str) -> Form {
    let text = fold::number_like(text);
    match text.as_bytes() {
        old if old.len() == 16 && old.iter().all(u8::is_ascii_digit) => {
            if matches!(old.get(10), Some(b'1'..=b'5')) {
                Form::Former
            } else {
                Form::Unknown
            }
        }
        new if new.len() == 22 && CertificateNo::parse(&text).is_ok() => Form::Current,
        _ => Form::Unknown,
    }
}

impl fmt::Display for CertificateNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for CertificateNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CertificateNo {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_parts_are_told() {
        let no = CertificateNo::parse("s000015150001243000001").unwrap();
        assert_eq!(no.as_str(), "S000015150001243000001");
        let parts = no.parts();
        assert_eq!((parts.class, parts.organisation, parts.province), (OrganisationClass::Social, "0000", "15"));
        assert_eq!((parts.site, parts.year, parts.level, parts.serial), ("150001", "24", Some(Level::Three), 1));
    }

    #[test]
    fn each_fault_has_its_code() {
        for (text, code) in [
            ("S00001515000124300001", LENGTH),
            ("X000015150001243000001", CLASS),
            ("S00001515000124300000A", DIGITS),
            ("S000015150001246000001", LEVEL),
            ("S000015150001240000001", LEVEL),
            ("S00001515000124三00001", LENGTH),
            ("S00001515000124三000001", DIGITS),
        ] {
            assert!(CertificateNo::parse(text).unwrap_err().is(code), "{text}");
        }
        assert!(CertificateNo::compose("S00001515000", 24, '1', 1).unwrap_err().is(PREFIX));
        assert!(CertificateNo::compose("S000015150001", 24, '1', 0).unwrap_err().is(SERIAL));
    }

    #[test]
    fn a_letter_is_a_sign_without_a_level_of_ours() {
        let parts = CertificateNo::parse("s00001515000124t000001").unwrap();
        assert_eq!((parts.parts().sign, parts.parts().level), ('T', None));
    }

    #[test]
    fn older_numbers_are_recognised() {
        assert_eq!(recognise("S000015150001243000001"), Form::Current);
        assert_eq!(recognise("1205000000300123"), Form::Former);
        assert_eq!(recognise("1205000000900123"), Form::Unknown);
        assert_eq!(recognise("新人社函〔2009〕1号"), Form::Unknown);
    }

    proptest! {
        #[test]
        fn what_is_composed_is_read(site in 0u32..1_000_000, year in 0u8..100, level in 1u8..=5, serial in 1u32..1_000_000) {
            let level = Level::try_from(level).unwrap();
            let sign = char::from(b'0' + level.digit());
            let no = CertificateNo::compose(&format!("S000015{site:06}"), year, sign, serial).unwrap();
            prop_assert_eq!(CertificateNo::parse(no.as_str()), Ok(no));
            prop_assert_eq!((no.parts().level, no.parts().serial), (Some(level), serial));
            prop_assert_eq!(recognise(no.as_str()), Form::Current);
        }

        #[test]
        fn any_text_is_read_without_panic(s in "\\PC{0,24}") {
            let _ = CertificateNo::parse(&s);
            recognise(&s);
        }
    }
}
