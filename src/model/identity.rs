//! Identity documents: the kinds an application may carry, and the 18-digit number of GB 11643.
//!
//! The region in the first six digits is not judged: numbers keep codes of regions that no longer exist.
use super::{Code, Day, Refusal, Sex, fold};
use chrono::Datelike;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

pub const LENGTH: Code = Code("identity.length");
pub const CHARACTERS: Code = Code("identity.characters");
pub const CHECK_DIGIT: Code = Code("identity.check_digit");
pub const BIRTH_DATE: Code = Code("identity.birth_date");
/// A spreadsheet took the number for a quantity and lost its last digits.
pub const SCIENTIFIC: Code = Code("identity.scientific");

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [u8; 11] = *b"10X98765432";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    ResidentId,
    Officer,
    HongKong,
    Macao,
    TaiwanPass,
    ForeignResidence,
    Passport,
    /// 港澳台居民居住证: an 18-digit number whose region is 810000, 820000 or 830000.
    HmtResidence,
    /// 外国人永久居留身份证: 18 digits from 9, or the older 3 letters and 12 digits.
    ForeignId,
}

impl DocumentKind {
    pub const ALL: [DocumentKind; 9] = [
        DocumentKind::ResidentId,
        DocumentKind::Officer,
        DocumentKind::HongKong,
        DocumentKind::Macao,
        DocumentKind::TaiwanPass,
        DocumentKind::ForeignResidence,
        DocumentKind::Passport,
        DocumentKind::HmtResidence,
        DocumentKind::ForeignId,
    ];

    pub fn code(self) -> &'static str {
        match self {
            DocumentKind::ResidentId => "resident_id",
            DocumentKind::Officer => "officer",
            DocumentKind::HongKong => "hong_kong",
            DocumentKind::Macao => "macao",
            DocumentKind::TaiwanPass => "taiwan_pass",
            DocumentKind::ForeignResidence => "foreign_residence",
            DocumentKind::Passport => "passport",
            DocumentKind::HmtResidence => "hmt_residence",
            DocumentKind::ForeignId => "foreign_id",
        }
    }

    /// The name on office sheets.
    pub fn official(self) -> &'static str {
        match self {
            DocumentKind::ResidentId => "居民身份证",
            DocumentKind::Officer => "军官证",
            DocumentKind::HongKong => "香港特区护照/身份证明",
            DocumentKind::Macao => "澳门特区护照/身份证明",
            DocumentKind::TaiwanPass => "台湾居民来往大陆通行证",
            DocumentKind::ForeignResidence => "境外永久居住证(外国国籍)",
            DocumentKind::Passport => "护照(外国国籍)",
            DocumentKind::HmtResidence => "港澳台居民居住证",
            DocumentKind::ForeignId => "外国人永久居留身份证",
        }
    }

    /// Reads the sheet name (brackets of either width), its common short form, or our own code.
    pub fn parse(text: &str) -> Option<DocumentKind> {
        if text == DocumentKind::ResidentId.official() {
            return Some(DocumentKind::ResidentId);
        }
        let text = fold::word(text);
        match text.as_ref() {
            "身份证" | "二代身份证" | "201" => return Some(DocumentKind::ResidentId),
            "护照" => return Some(DocumentKind::Passport),
            _ => {}
        }
        DocumentKind::ALL.into_iter().find(|kind| text == kind.official() || text == kind.code())
    }

    pub fn key(self) -> String {
        format!("document.{}", self.code())
    }

    /// Whether the number says the holder's birth date and sex for certain.
    pub fn tells_birth_and_sex(self) -> bool {
        matches!(self, DocumentKind::ResidentId | DocumentKind::HmtResidence)
    }

    /// The number in its stored form. Kinds without a check character take any letters and digits, 5 to 18 of them.
    pub fn number<'a>(self, text: &'a str) -> Result<Cow<'a, str>, Refusal> {
        let number = fold::number_like(text);
        let checked = match self {
            DocumentKind::ResidentId | DocumentKind::HmtResidence => true,
            DocumentKind::ForeignId => number.len() != 15,
            _ => false,
        };
        if checked {
            let valid = IdentityNo::parse(&number)?;
            return Ok(if valid.as_str() == number { number } else { Cow::Owned(valid.as_str().to_owned()) });
        }
        refuse_scientific(&number)?;
        if !(5..=18).contains(&number.chars().count()) {
            return Err(Refusal::new(LENGTH).with("length", number.chars().count()));
        }
        if !number.bytes().all(|b| b.is_ascii_alphanumeric() || b"()-/".contains(&b)) && !number.contains('字') {
            return Err(Refusal::new(CHARACTERS));
        }
        Ok(number)
    }
}

/// A checked 18-character number: 17 digits and a digit or `X`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdentityNo([u8; 18]);

impl IdentityNo {
    /// Folds and checks. A 15-digit number of the first generation is converted to its 18-digit form.
    pub fn parse(text: &str) -> Result<IdentityNo, Refusal> {
        let text = fold::number_like(text);
        refuse_scientific(&text)?;
        let bytes = text.as_bytes();
        if bytes.len() == 15 && bytes.iter().all(u8::is_ascii_digit) {
            return Self::from_first_generation(bytes);
        }
        let length = text.chars().count();
        let number: [u8; 18] = match bytes.try_into() {
            Ok(number) => number,
            Err(_) if length == 18 => return Err(Refusal::new(CHARACTERS)),
            Err(_) => return Err(Refusal::new(LENGTH).with("length", length)),
        };
        let [digits @ .., last] = &number;
        if !digits.iter().all(u8::is_ascii_digit) || !(last.is_ascii_digit() || *last == b'X') {
            return Err(Refusal::new(CHARACTERS));
        }
        let expected = check_character(digits);
        if *last != expected {
            let rounded = text.ends_with("000");
            let code = if rounded { SCIENTIFIC } else { CHECK_DIGIT };
            return Err(Refusal::new(code).with("expected", char::from(expected).to_string()));
        }
        Self::dated(number)
    }

    fn from_first_generation(old: &[u8]) -> Result<IdentityNo, Refusal> {
        let mut number = [0; 18];
        let (region, rest) = old.split_at_checked(6).unwrap_or_default();
        let mut source = region.iter().chain(b"19").chain(rest);
        let [digits @ .., last] = &mut number;
        digits.iter_mut().for_each(|slot| *slot = source.next().copied().unwrap_or(b'0'));
        *last = check_character(digits);
        Self::dated(number)
    }

    fn dated(number: [u8; 18]) -> Result<IdentityNo, Refusal> {
        let number = IdentityNo(number);
        match number.date() {
            Some(day) if (1900..2100).contains(&day.year()) => Ok(number),
            _ => Err(Refusal::new(BIRTH_DATE).with("expected", number.part(6..14))),
        }
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    pub fn birth(&self) -> Day {
        self.date().unwrap_or_default()
    }

    pub fn sex(&self) -> Sex {
        let [.., sequence, _] = self.0;
        if sequence % 2 == 1 { Sex::Male } else { Sex::Female }
    }

    /// The six-digit region code of GB/T 2260, current or not.
    pub fn region(&self) -> &str {
        self.part(0..6)
    }

    pub fn tail4(&self) -> &str {
        self.part(14..18)
    }

    /// `150699********0015`
    pub fn masked(&self) -> String {
        format!("{}********{}", self.region(), self.tail4())
    }

    fn part(&self, range: std::ops::Range<usize>) -> &str {
        self.as_str().get(range).unwrap_or_default()
    }

    fn date(&self) -> Option<Day> {
        let number = |range| self.0.get(range).map(|d: &[u8]| d.iter().fold(0u32, |n, b| n * 10 + u32::from(b & 15)));
        Day::from_ymd_opt(i32::try_from(number(6..10)?).ok()?, number(10..12)?, number(12..14)?)
    }
}

impl fmt::Display for IdentityNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for IdentityNo {
    /// Masked, so that no log carries the whole number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// Any document's number as screens and lists show it: region and last four of an 18-character number, otherwise the first
/// and the last two characters.
pub fn mask(number: &str) -> String {
    let all: Vec<char> = number.chars().collect();
    let (head, tail) = if all.len() == 18 { (6, 4) } else { (2.min(all.len() / 3), 2.min(all.len() / 3)) };
    let hidden = all.len() - head - tail;
    let shown = |part: &[char]| part.iter().collect::<String>();
    let (start, rest) = all.split_at(head);
    let (_, end) = rest.split_at(hidden);
    format!("{}{}{}", shown(start), "*".repeat(hidden), shown(end))
}

/// A birth date beside a masked number: the year. The whole date stands in the middle of the number.
pub fn mask_birth(date: &str) -> String {
    date.chars().take(4).chain("-**-**".chars()).collect()
}

/// ISO 7064 MOD 11-2 over the first 17 digits, as ASCII.
pub fn check_character(digits: &[u8]) -> u8 {
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(d, w)| u32::from(d & 15) * w).sum();
    CHECKS.get((sum % 11) as usize).copied().unwrap_or(b'?')
}

/// `1.50699E+17`: digits, a point or none, and an exponent.
pub fn refuse_scientific(text: &str) -> Result<(), Refusal> {
    if !text.bytes().any(|b| matches!(b, b'E' | b'e')) {
        return Ok(());
    }
    let Some((front, exponent)) = text.split_once(['E', 'e']) else { return Ok(()) };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let (whole, part) = front.split_once('.').unwrap_or((front, "0"));
    let number = digits(whole) && digits(part) && digits(exponent) && exponent.len() <= 3;
    // `1E123456` has the shape of a passport number too: an exponent has a sign, or a point stands before it.
    if number && (front.contains('.') || text.contains(['+', '-'])) {
        return Err(Refusal::new(SCIENTIFIC));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
