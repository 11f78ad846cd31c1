//! The unified social credit code of an organisation (统一社会信用代码, GB 32100): 18 characters, the last a check.
use super::{Code, Refusal, fold};
use serde::{Serialize, Serializer};
use std::fmt;

pub const LENGTH: Code = Code("credit_code.length");
pub const CHARACTERS: Code = Code("credit_code.characters");
pub const CHECK: Code = Code("credit_code.check");

/// Digits and letters without I, O, S, V and Z; a character's place is its value.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Powers of 3, modulo 31.
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode(String);

impl CreditCode {
    /// Folds, then checks length, characters, the six digits of the region (places 3 to 8) and the check character.
    pub fn parse(text: &str) -> Result<CreditCode, Refusal> {
        let text = fold::number_like(text).to_ascii_uppercase();
        let length = text.chars().count();
        if length != 18 {
            return Err(Refusal::new(LENGTH).with("length", length));
        }
        let region = text.get(2..8).is_some_and(|r| r.bytes().all(|b| b.is_ascii_digit()));
        let Some(values) = values(&text).filter(|_| region) else { return Err(Refusal::new(CHARACTERS)) };
        let sum: usize = values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
        let expected = ALPHABET.get((31 - sum % 31) % 31).copied().map(char::from).unwrap_or_default();
        if text.ends_with(expected) { Ok(CreditCode(text)) } else { Err(Refusal::new(CHECK)) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn values(text: &str) -> Option<Vec<usize>> {
    text.bytes().map(|b| ALPHABET.iter().position(|a| *a == b)).collect()
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for CreditCode {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// S3-39: made-up organisations of the county 150699, which does not exist.
    #[test]
    fn the_check_character_is_that_of_the_standard_s3_39() {
        for code in ["91150699MA0KW0001B", "91150699MA0KW0002E", "12150699700000017N", "51150699MJYGH00046"] {
            assert_eq!(CreditCode::parse(code).unwrap().as_str(), code);
        }
        assert_eq!(CreditCode::parse(" ９１150699ma0kw0001b ").unwrap().as_str(), "91150699MA0KW0001B");
    }

    #[test]
    fn wrong_codes_say_what_is_wrong_s3_39() {
        for (text, code) in [
            ("", LENGTH),
            ("91150699MA0KW0001", LENGTH),
            ("91150699MA0KW0001BB", LENGTH),
            ("91150699MA0KW000IB", CHARACTERS),
            ("9115O699MA0KW0001B", CHARACTERS),
            ("91ABCDEFMA0KW0001B", CHARACTERS),
            ("统一社会信用代码统一社会信用代码统一", CHARACTERS),
            ("91150699MA0KW0001C", CHECK),
            ("91150699MA0KW0010B", CHECK),
        ] {
            assert_eq!(CreditCode::parse(text).unwrap_err().code, code, "{text}");
        }
    }

    proptest! {
        /// Any single wrong character and any two neighbours changed over show.
        #[test]
        fn one_slip_is_seen(at in 0usize..18, other in 0usize..31) {
            let right = "91150699MA0KW0001B";
            let mut wrong: Vec<u8> = right.bytes().collect();
            wrong[at] = ALPHABET[other];
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert_eq!(CreditCode::parse(&wrong).is_ok(), wrong == right);
        }

        #[test]
        fn any_text_is_read_without_panic(text in any::<String>()) {
            let _ = CreditCode::parse(&text);
        }
    }
}
