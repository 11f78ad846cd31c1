//! One cell of a workbook as text, and what it was where it was not text.
use calamine::{CellErrorType, DataRef, ExcelDateTime, ExcelDateTimeType};
use std::borrow::Cow;

/// A cell that the spreadsheet does not hold as text. `column` counts from 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Special {
    pub column: usize,
    pub what: What,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum What {
    /// A quantity: 15 digits are all it keeps.
    Number(f64),
    Yes,
    No,
    /// `#N/A` and the like.
    Error,
}

/// From here on a quantity is written as a power, as the spreadsheet itself shows it.
const LONG: f64 = 1e15;

/// `None` for a cell without content.
pub fn text<'c>(cell: &'c DataRef<'_>) -> Option<(Cow<'c, str>, Option<What>)> {
    Some(match cell {
        DataRef::Empty => return None,
        DataRef::String(text) => (Cow::Borrowed(text), None),
        DataRef::SharedString(text) => (Cow::Borrowed(*text), None),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => (Cow::Borrowed(text), None),
        DataRef::Int(n) => (Cow::Owned(n.to_string()), Some(What::Number(*n as f64))),
        DataRef::Float(n) => (Cow::Owned(number(*n)), Some(What::Number(*n))),
        DataRef::Bool(true) => (Cow::Borrowed("TRUE"), Some(What::Yes)),
        DataRef::Bool(false) => (Cow::Borrowed("FALSE"), Some(What::No)),
        DataRef::DateTime(date) => (Cow::Owned(date_text(*date)), None),
        DataRef::Error(error) => (Cow::Borrowed(error_text(error)), Some(What::Error)),
    })
}

fn number(n: f64) -> String {
    if n.abs() >= LONG { format!("{n:.5E}").replace('E', "E+") } else { n.to_string() }
}

fn date_text(date: ExcelDateTime) -> String {
    if date.is_duration() {
        return number(date.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let midnight = (hour, minute, second) == (0, 0, 0);
    let day = format!("{year:04}-{month:02}-{day:02}");
    if midnight { day } else { format!("{day} {hour:02}:{minute:02}:{second:02}") }
}

fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#DATA!",
        #[allow(unreachable_patterns)] // the list may grow
        _ => "#ERROR!",
    }
}

/// A day that stands in a date column as a bare serial number: whole, from 1927 to 2119. Smaller ones are years or months
/// that somebody typed, larger ones digits of a date.
pub fn serial_day(n: f64, epoch: Epoch) -> Option<String> {
    let plausible = n.fract() == 0.0 && (10_000.0..80_000.0).contains(&n);
    let date = ExcelDateTime::new(n, ExcelDateTimeType::DateTime, epoch == Epoch::Mac1904);
    plausible.then(|| date_text(date))
}

/// From when a workbook counts its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Epoch {
    #[default]
    Windows1900,
    Mac1904,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_read_as_the_spreadsheet_shows_them() {
        let shown = |cell: DataRef<'_>| text(&cell).map(|(text, _)| text.into_owned());
        assert_eq!(shown(DataRef::Float(1.0)).unwrap(), "1");
        assert_eq!(shown(DataRef::Float(15_453_782_417.0)).unwrap(), "15453782417");
        assert_eq!(shown(DataRef::Float(150_699_199_001_010_015.0)).unwrap(), "1.50699E+17");
        assert_eq!(shown(DataRef::Error(CellErrorType::NA)).unwrap(), "#N/A");
        assert_eq!(shown(DataRef::Empty), None);
        let date = ExcelDateTime::new(32874.0, ExcelDateTimeType::DateTime, false);
        assert_eq!(shown(DataRef::DateTime(date)).unwrap(), "1990-01-01");
    }

    #[test]
    fn serials_are_days_only_where_they_can_be() {
        assert_eq!(serial_day(32874.0, Epoch::Windows1900).as_deref(), Some("1990-01-01"));
        assert_eq!(serial_day(31412.0, Epoch::Mac1904).as_deref(), Some("1990-01-01"));
        for n in [1993.0, 1993.7, 199307.0, 19900102.0, f64::NAN, f64::INFINITY] {
            assert_eq!(serial_day(n, Epoch::Windows1900), None, "{n}");
        }
    }
}
