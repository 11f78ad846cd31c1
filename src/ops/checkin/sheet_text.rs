//! Seats of a paper sheet as somebody types them: `3,7`, `12:5`, `8:no_ticket`.
use crate::model::{Code, Refusal, fold};
use crate::policy::checklist::Ground;
use serde::Serialize;

pub const SHEET_UNREADABLE: Code = Code("checkin.sheet_unreadable");

/// What stands on the sheet beside those who were there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Marks {
    pub absent: Vec<i64>,
    /// Seat and minutes.
    pub late: Vec<(i64, i64)>,
    pub refused: Vec<(i64, Ground)>,
}

impl Marks {
    /// From three lines of text; commas, blanks and the ideographic comma separate seats, a colon what belongs to one.
    pub fn read(absent: &str, late: &str, refused: &str) -> Result<Marks, Refusal> {
        let pair = |part: &str| {
            let (seat, minutes) = part.split_once(':').ok_or_else(|| unreadable(part))?;
            Ok::<_, Refusal>((number(seat)?, number(minutes)?))
        };
        let reason = |part: &str| {
            let (seat, ground) = part.split_once(':').unwrap_or((part, Ground::Other.code()));
            let ground = Ground::parse(&ground.to_ascii_lowercase()).ok_or_else(|| unreadable(part))?;
            Ok::<_, Refusal>((number(seat)?, ground))
        };
        Ok(Marks {
            absent: parts(absent).iter().map(|part| number(part)).collect::<Result<_, _>>()?,
            late: parts(late).iter().map(|part| pair(part)).collect::<Result<_, _>>()?,
            refused: parts(refused).iter().map(|part| reason(part)).collect::<Result<_, _>>()?,
        })
    }
}

fn parts(text: &str) -> Vec<String> {
    let plain: String = text.chars().map(fold::half_width).collect();
    let split = plain.split(|c: char| c == ',' || c == '、' || c == ';' || c.is_whitespace());
    split.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn number(text: &str) -> Result<i64, Refusal> {
    let good = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let found = if good { text.parse().ok() } else { None };
    found.filter(|n| *n > 0).ok_or_else(|| unreadable(text))
}

fn unreadable(text: &str) -> Refusal {
    Refusal::new(SHEET_UNREADABLE).with("text", text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn seats_are_read_however_they_are_separated() {
        let marks = Marks::read(" 3，７、11;12 ", "12:5", "8:no_ticket 9").unwrap();
        assert_eq!(marks.absent, [3, 7, 11, 12]);
        assert_eq!(marks.late, [(12, 5)]);
        assert_eq!(marks.refused, [(8, Ground::NoTicket), (9, Ground::Other)]);
        assert_eq!(Marks::read("", " ", "").unwrap(), Marks::default());
        for (absent, late, refused) in [
            ("x", "", ""),
            ("0", "", ""),
            ("-3", "", ""),
            ("", "12", ""),
            ("", "12:", ""),
            ("", "", "3:nothing"),
            ("99999", "", ""),
        ] {
            assert!(Marks::read(absent, late, refused).unwrap_err().is(SHEET_UNREADABLE));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            let _ = Marks::read(&text, &text, &text);
        }
    }
}
