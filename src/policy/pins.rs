//! What a PIN must be, and how long a wrong one keeps its operator out.
use crate::model::{Code, Refusal, Stamp, fold};

/// A PIN of digits has at least eight; with anything else it is a passphrase of at least ten characters.
pub const DIGITS: usize = 8;
pub const CHARACTERS: usize = 10;
/// Nobody types more, and hashing is paid by length.
const LONGEST: usize = 256;
/// The fifth wrong PIN in a row is the first that locks.
const FREE: i64 = 4;
/// The first lock, in seconds; each further one is twice as long, to two hours.
const FIRST: i64 = 15;
const LONGEST_LOCK: i64 = 2 * 60 * 60;

pub const SHORT_PIN: Code = Code("operator.pin_too_short");
pub const SHORT_PHRASE: Code = Code("operator.phrase_too_short");
pub const LONG_PIN: Code = Code("operator.pin_too_long");
pub const TRIVIAL_PIN: Code = Code("operator.pin_trivial");

/// A PIN as it is hashed: an input method's full-width digits are digits, and blanks around it do not count.
pub fn folded(pin: &str) -> String {
    pin.chars().map(fold::half_width).collect::<String>().trim().to_owned()
}

/// Refuses what is soon guessed. `pin` is [`folded`].
pub fn strong(pin: &str, name: &str) -> Result<(), Refusal> {
    let signs: Vec<char> = pin.chars().collect();
    let digits = signs.iter().all(char::is_ascii_digit);
    if signs.len() > LONGEST {
        return Err(Refusal::new(LONG_PIN).with("most", LONGEST));
    }
    if digits && signs.len() < DIGITS {
        return Err(Refusal::new(SHORT_PIN).with("least", DIGITS));
    }
    if !digits && signs.len() < CHARACTERS {
        return Err(Refusal::new(SHORT_PHRASE).with("digits", DIGITS).with("least", CHARACTERS));
    }
    if runs(&signs) || repeats(&signs) || pin.to_lowercase() == name.to_lowercase() {
        return Err(Refusal::new(TRIVIAL_PIN));
    }
    Ok(())
}

/// `12345678`, `87654321`, `67890123`, `abcdefghij`.
fn runs(signs: &[char]) -> bool {
    let follows = |a: char, b: char| u32::from(b) == u32::from(a) + 1 || (a == '9' && b == '0');
    let pairs = || signs.iter().zip(signs.iter().skip(1));
    pairs().all(|(a, b)| follows(*a, *b)) || pairs().all(|(a, b)| follows(*b, *a))
}

/// One sign or a pair over and over: `11111111`, `12121212`.
fn repeats(signs: &[char]) -> bool {
    signs.iter().zip(signs.iter().skip(2)).all(|(a, b)| a == b)
}

/// Seconds that so many wrong PINs in a row keep somebody out.
pub fn lock_seconds(failures: i64) -> i64 {
    // More doublings than this change nothing.
    let doublings = failures.min(60) - FREE - 1;
    match u32::try_from(doublings) {
        Err(_) => 0,
        Ok(n) => FIRST.checked_shl(n.min(32)).unwrap_or(LONGEST_LOCK).min(LONGEST_LOCK),
    }
}

/// Wrong PINs that are left before the next one locks.
pub fn tries_left(failures: i64) -> i64 {
    (FREE + 1 - failures).max(0)
}

/// Seconds until the next PIN is looked at; `None` when it is now. A clock that was put back ends none early: where the last wrong PIN
/// is dated in the future, the lock stands until that time has come and its own is over, or somebody sets the PIN anew.
pub fn locked_for(failures: i64, last_at: Stamp, now: Stamp) -> Option<i64> {
    let whole = lock_seconds(failures);
    let passed = now.0.saturating_sub(last_at.0).max(0);
    let left = whole.saturating_mul(1000).saturating_sub(passed);
    (left > 0).then(|| (left + 999) / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_digits_or_ten_characters_that_are_no_pattern() {
        for good in ["20231015", "49382716", "correct horse", "盘点考务安全第一要务啊", "11112222"] {
            assert_eq!(strong(good, "Wang"), Ok(()), "{good}");
        }
        for (bad, code) in [
            ("2023101", SHORT_PIN),
            ("", SHORT_PIN),
            ("kaowu2023", SHORT_PHRASE),
            ("12345678", TRIVIAL_PIN),
            ("98765432", TRIVIAL_PIN),
            ("34567890", TRIVIAL_PIN),
            ("00000000", TRIVIAL_PIN),
            ("1212121212", TRIVIAL_PIN),
            ("aaaaaaaaaaaa", TRIVIAL_PIN),
            ("abcdefghij", TRIVIAL_PIN),
            ("wang xiaoming", TRIVIAL_PIN),
        ] {
            assert!(strong(bad, "Wang Xiaoming").unwrap_err().is(code), "{bad}");
        }
        assert!(strong(&"ab1".repeat(100), "x").unwrap_err().is(LONG_PIN));
    }

    #[test]
    fn full_width_digits_are_digits() {
        assert_eq!(folded(" ２０２３１０１５\u{3000}"), "20231015");
    }

    #[test]
    fn locks_double_from_fifteen_seconds_to_two_hours() {
        let seconds: Vec<_> = (0..17).map(lock_seconds).collect();
        assert_eq!(seconds, [0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 960, 1920, 3840, 7200, 7200, 7200]);
        assert_eq!(lock_seconds(i64::MAX), 7200);
        assert_eq!([0, 1, 4, 5, 9].map(tries_left), [5, 4, 1, 0, 0]);
    }

    #[test]
    fn a_lock_ends_when_its_time_is_over_and_no_clock_shortens_or_stretches_it() {
        let at = Stamp(1_000_000);
        assert_eq!(locked_for(4, at, at), None);
        assert_eq!(locked_for(5, at, at), Some(15));
        assert_eq!(locked_for(5, at, Stamp(at.0 + 14_001)), Some(1));
        assert_eq!(locked_for(5, at, Stamp(at.0 + 15_000)), None);
        assert_eq!(locked_for(5, at, Stamp(0)), Some(15));
    }
}
