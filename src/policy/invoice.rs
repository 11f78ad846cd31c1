//! Invoice particulars (发票): to the employer or to the person (S1-85).
use crate::model::{Code, Refusal, fold};

pub const TITLE: Code = Code("invoice.title_needed");
pub const EMAIL: Code = Code("invoice.email");
pub const TAX_NO_NEEDED: Code = Code("invoice.tax_no_needed");
pub const TAX_NO: Code = Code("invoice.tax_no");
pub const TAX_NO_CHECK: Code = Code("invoice.tax_no_check");
/// A warning: the number has the form in use before 2015.
pub const TAX_NO_OLD: Code = Code("invoice.tax_no_old");

/// GB 32100: the letters and digits of a unified credit code in the order of their values.
const SIGNS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaxNo {
    /// 18 characters with a valid check character.
    Unified,
    /// 15 or 20 characters: may still be in use, cannot be checked.
    Old,
}

/// The number of a unit, folded.
pub fn tax_no(text: &str) -> Result<(String, TaxNo), Refusal> {
    let folded = fold::number_like(text).to_uppercase();
    let plain = folded.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    match folded.len() {
        0 => Err(Refusal::new(TAX_NO_NEEDED)),
        18 if plain && is_unified(&folded) => Ok((folded, TaxNo::Unified)),
        18 if plain => Err(Refusal::new(TAX_NO_CHECK).with("value", folded)),
        15 | 20 if plain => Ok((folded, TaxNo::Old)),
        length => Err(Refusal::new(TAX_NO).with("value", folded).with("length", length)),
    }
}

/// GB 32100-2015: weights are powers of 3 modulo 31.
fn is_unified(code: &str) -> bool {
    let values: Option<Vec<usize>> = code.chars().map(|c| SIGNS.find(c)).collect();
    let Some((check, body)) = values.as_deref().and_then(|v| v.split_last()) else { return false };
    let sum: usize = body.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    (31 - sum % 31) % 31 == *check
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn with_check(body: &str) -> String {
        let good = SIGNS.chars().map(|c| format!("{body}{c}")).find(|code| is_unified(code));
        good.unwrap()
    }

    /// S1-85: a unit's invoice carries its tax number, which is checked.
    #[test]
    fn unified_codes_are_checked_s1_85() {
        // A made-up unit of an unused region.
        let code = with_check("91159900MA0ABCDE1");
        assert_eq!(tax_no(&code.to_lowercase()), Ok((code.clone(), TaxNo::Unified)));
        let mut wrong: Vec<char> = code.chars().collect();
        wrong[9] = if wrong[9] == 'A' { 'B' } else { 'A' };
        let wrong: String = wrong.into_iter().collect();
        assert!(tax_no(&wrong).unwrap_err().is(TAX_NO_CHECK));
        assert!(tax_no("91159900MA0ABCDEI1").unwrap_err().is(TAX_NO_CHECK));
    }

    #[test]
    fn old_numbers_are_taken_with_a_warning_and_others_refused() {
        assert_eq!(tax_no("１５９９００００００００００１").map(|t| t.1), Ok(TaxNo::Old));
        assert_eq!(tax_no("15990000000000000001").map(|t| t.1), Ok(TaxNo::Old));
        assert!(tax_no("  ").unwrap_err().is(TAX_NO_NEEDED));
        assert!(tax_no("12345").unwrap_err().is(TAX_NO));
        assert!(tax_no("15990000000000=").unwrap_err().is(TAX_NO));
    }

    proptest! {
        #[test]
        fn one_wrong_character_is_always_found(body in "[0-9A-HJ-NP-RTUWXY]{17}", at in 0usize..17, by in 1usize..31) {
            let code = with_check(&body);
            let mut signs: Vec<char> = code.chars().collect();
            let value = SIGNS.find(signs[at]).unwrap();
            signs[at] = SIGNS.chars().nth((value + by) % 31).unwrap();
            prop_assert!(!is_unified(&signs.into_iter().collect::<String>()));
        }

        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,24}") {
            let _ = tax_no(&text);
        }
    }
}
