//! How a stored value is written in a cell of a bundle, and read back. One value has one written form only.
use super::fault;
use crate::bundle::read::MOST_IN_CELL;
use crate::bundle::row_fault::{Bad, code};
use crate::model::{Cell, Day, Points, Role, Stamp, clean};
use std::borrow::Cow;
use std::fmt::Write;

/// One column. `path` is its heading and says where the value lives: `state` in the table itself,
/// `session.code` in the row that the field `session` points at.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub path: &'static str,
    pub form: Form,
    pub need: Need,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Always,
    /// An empty cell says that there is no value.
    Maybe,
}

#[derive(Debug, Clone, Copy)]
pub enum Form {
    Text,
    Integer,
    /// 0 or 1.
    Flag,
    /// Points with their decimals, stored as hundredths.
    Points,
    /// `1990-01-02`
    Day,
    /// RFC 3339 with milliseconds and the zone of China.
    Time,
    /// One of these codes.
    Word(&'static [&'static str]),
    /// Role codes, comma separated.
    Roles,
}

impl Column {
    pub const fn must(path: &'static str, form: Form) -> Column {
        Column { path, form, need: Need::Always }
    }

    pub const fn may(path: &'static str, form: Form) -> Column {
        Column { path, form, need: Need::Maybe }
    }

    /// Reads a cell. What is not exactly as [`write`] would write it is refused.
    pub fn read<'a>(&self, text: &'a str) -> Result<Cell<'a>, Bad> {
        if text.len() > MOST_IN_CELL {
            return Err(Bad::new(code::TOO_LONG).with("expected", MOST_IN_CELL));
        }
        match (self.need, self.form) {
            (Need::Maybe, _) if text.is_empty() => return Ok(Cell::None),
            (Need::Always, Form::Text) => return plain(text),
            (Need::Always, _) if text.is_empty() => return Err(Bad::new(code::REQUIRED_MISSING)),
            _ => {}
        }
        let cell = self.form.read(text)?;
        let mut again = String::new();
        if write(&cell, self.form, &mut again) != text {
            return Err(Bad::new(fault::NOT_AS_WRITTEN).with("expected", again));
        }
        Ok(cell)
    }
}

impl Form {
    fn read(self, text: &str) -> Result<Cell<'_>, Bad> {
        match self {
            Form::Text => plain(text),
            Form::Integer => text.parse().map(Cell::Int).map_err(|_| Bad::new(code::INTEGER)),
            Form::Flag => one_of(text, &["0", "1"]).map(|_| Cell::Int(i64::from(text == "1"))),
            Form::Points => {
                let points = Points::parse(text).ok_or_else(|| Bad::new(fault::POINTS))?;
                Ok(Cell::Int(points.hundredths().into()))
            }
            Form::Day => {
                let day: Day = text.parse().map_err(|_| Bad::new(code::DATE))?;
                Ok(Cell::own(day.to_string()))
            }
            Form::Time => Stamp::parse(text).map(|t| Cell::Int(t.0)).ok_or_else(|| Bad::new(fault::TIME)),
            Form::Word(words) => one_of(text, words),
            Form::Roles => {
                let all = Role::ALL.map(Role::code);
                text.split(',').try_for_each(|role| one_of(role, &all).map(drop))?;
                Ok(Cell::text(text))
            }
        }
    }

    /// What stands for this form in the page about bundles.
    pub fn name(self) -> Cow<'static, str> {
        match self {
            Form::Text => "text".into(),
            Form::Integer => "integer".into(),
            Form::Flag => "0 or 1".into(),
            Form::Points => "points".into(),
            Form::Day => "date".into(),
            Form::Time => "time".into(),
            Form::Word(words) => words.join(" · ").into(),
            Form::Roles => "roles".into(),
        }
    }
}

/// Text that hides nothing: no site stores any other.
fn plain(text: &str) -> Result<Cell<'_>, Bad> {
    if clean::is_hiding(text) {
        let shown = clean::visible(text).chars().take(MOST_SHOWN).collect::<String>();
        return Err(Bad::new(fault::HIDDEN).with("value", shown));
    }
    Ok(Cell::text(text))
}

/// Characters of a cell that a fault repeats.
const MOST_SHOWN: usize = 80;

fn one_of<'a>(text: &'a str, words: &[&str]) -> Result<Cell<'a>, Bad> {
    if words.contains(&text) {
        return Ok(Cell::text(text));
    }
    Err(Bad::new(code::NOT_IN_LIST).with("expected", words.join(" ")))
}

/// The written form of a value; `buffer` holds it where the value is no text.
pub fn write<'b>(cell: &'b Cell<'_>, form: Form, buffer: &'b mut String) -> &'b str {
    buffer.clear();
    let number = match cell {
        Cell::None => return "",
        Cell::Text(text) => return text,
        Cell::Int(n) => *n,
    };
    // Writing into a String cannot fail.
    let _ = match (form, i32::try_from(number)) {
        (Form::Time, _) => write_time(number, buffer),
        (Form::Points, Ok(hundredths)) => write!(buffer, "{}", Points::new(hundredths)),
        _ => write!(buffer, "{number}"),
    };
    buffer
}

fn write_time(millis: i64, buffer: &mut String) -> std::fmt::Result {
    use chrono::{Datelike, Timelike};
    let at = Stamp(millis).local();
    let (ms, year) = (millis.rem_euclid(1000), at.year());
    write!(buffer, "{year:04}-{:02}-{:02}T", at.month(), at.day())?;
    write!(buffer, "{:02}:{:02}:{:02}.{ms:03}+08:00", at.hour(), at.minute(), at.second())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn again(form: Form, cell: &Cell<'_>) -> String {
        let mut buffer = String::new();
        write(cell, form, &mut buffer).to_owned()
    }

    #[test]
    fn a_value_has_one_written_form() {
        let refused = [
            (Form::Integer, "007"),
            (Form::Integer, "+7"),
            (Form::Integer, "７"),
            (Form::Flag, "yes"),
            (Form::Points, "86.50"),
            (Form::Points, "9O"),
            (Form::Day, "2023-1-2"),
            (Form::Day, "2023-02-30"),
            (Form::Time, "2023-10-15T08:10:00+08:00"),
            (Form::Time, "2023-10-15T00:10:00.000Z"),
            (Form::Word(&["open"]), "Open"),
            (Form::Roles, "admin,king"),
            (Form::Text, "a\0b"),
            (Form::Text, "张\u{202e}三"),
            (Form::Text, "a\u{1b}[2J"),
        ];
        for (form, text) in refused {
            assert!(Column::must("x", form).read(text).is_err(), "{form:?} {text}");
        }
        let time = "2023-10-15T08:10:00.007+08:00";
        assert_eq!(again(Form::Time, &Column::must("x", Form::Time).read(time).unwrap()), time);
    }

    #[test]
    fn an_empty_cell_is_no_value_or_empty_text() {
        assert_eq!(Column::may("x", Form::Text).read("").unwrap(), Cell::None);
        assert_eq!(Column::must("x", Form::Text).read("").unwrap(), Cell::text(""));
        assert_eq!(Column::must("x", Form::Integer).read("").unwrap_err().code, code::REQUIRED_MISSING);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(n in 0i64..4_000_000_000_000, points in 0i32..=10_000) {
            for (form, cell) in [(Form::Integer, Cell::Int(n)), (Form::Time, Cell::Int(n)), (Form::Points, Cell::Int(points.into()))] {
                let text = again(form, &cell);
                prop_assert_eq!(Column::must("x", form).read(&text).unwrap(), cell);
            }
        }

        #[test]
        fn any_cell_is_read_without_panic(text in any::<String>()) {
            for form in [Form::Text, Form::Integer, Form::Points, Form::Day, Form::Time, Form::Roles] {
                let _ = Column::may("x", form).read(&text);
            }
        }
    }
}
