//! Cell parsers: one cell of text into one value. Cells that are empty never come here.
use super::codes::{Codes, Occupation};
use super::layout::{Column, Kind};
use super::row_fault::{Bad, code};
use crate::model::{Code, Day, DocumentKind, Level, Route, Sex, certificate_no, fold, phone};
use std::borrow::Cow;

/// A parsed cell; borrowed from the cell, the code lists or the layout wherever that is possible.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    Text(Cow<'a, str>),
    Occupation(&'a Occupation),
    Level(Level),
    Document(DocumentKind),
    Sex(Sex),
    Day(Day),
    Answer(Answer),
    Integer(u32),
    Route(Route),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Yes,
    No,
}

impl Value<'_> {
    /// The official form that a condition of a layout names.
    pub fn is(&self, official: &str) -> bool {
        match self {
            Value::Text(text) => text == official,
            Value::Occupation(occupation) => occupation.name == official,
            Value::Level(level) => level.official() == official,
            Value::Document(kind) => kind.official() == official,
            Value::Sex(sex) => sex.official() == official,
            Value::Answer(Answer::Yes) => official == "是",
            Value::Answer(Answer::No) => official == "否",
            Value::Day(_) | Value::Integer(_) | Value::Route(_) => false,
        }
    }
}

/// Reads one cell. An identity number is read as it stands: its check needs the kind of document.
pub fn parse<'a>(column: &'a Column, cell: &'a str, codes: &'a Codes) -> Result<Value<'a>, Bad> {
    match column.cell {
        Kind::Text | Kind::Region => guarded(cell, fold::text(cell)),
        Kind::Name => named(guarded(cell, fold::name(cell))?),
        Kind::Number | Kind::Certificate | Kind::Identity => Ok(Value::Text(fold::number_like(cell))),
        Kind::Document => listed(
            DocumentKind::parse(cell).map(Value::Document),
            DocumentKind::ALL.map(DocumentKind::official).into_iter(),
        ),
        Kind::Sex => listed(Sex::parse(&fold::word(cell)).map(Value::Sex), ["男", "女"].into_iter()),
        Kind::Birth => day(cell).map(Value::Day).ok_or_else(|| Bad::new(code::DATE_OR_DIFFERS_FROM_ID)),
        Kind::Date => day(cell).map(Value::Day).ok_or_else(|| Bad::new(code::DATE)),
        Kind::YearMonth => month_or_day(cell).map(Value::Day).ok_or_else(|| Bad::new(code::DATE)),
        Kind::Phone => phone::parse(cell).map(Value::Text).ok_or_else(|| Bad::new(code::PHONE)),
        Kind::Email => email(cell),
        Kind::Postcode => postcode(cell),
        Kind::Occupation => {
            let found = codes.occupation(cell.trim()).or_else(|| codes.occupation(&fold::word(cell)));
            found.map(Value::Occupation).ok_or_else(|| Bad::new(code::OCCUPATION_NOT_IN_CATALOGUE))
        }
        Kind::Level => level(cell).map(Value::Level).ok_or_else(|| Bad::new(code::UNKNOWN_LEVEL)),
        Kind::Education => in_words(&codes.education, cell),
        Kind::Source => in_words(&codes.sources, cell),
        Kind::EthnicGroup => in_words(&codes.ethnic_groups, cell),
        Kind::OneOf => {
            let word = fold::word(cell);
            let found = column.one_of.iter().find(|one| **one == word);
            listed(found.map(|one| Value::Text(Cow::Borrowed(one))), column.one_of.iter().map(String::as_str))
        }
        Kind::YesNo => listed(answer(&fold::word(cell)).map(Value::Answer), ["是", "否"].into_iter()),
        Kind::Route => {
            let found = Route::named(&fold::word(cell)).map(Value::Route);
            listed(found, Route::ALL.map(Route::official).into_iter())
        }
        Kind::Integer => integer(cell).map(Value::Integer).ok_or_else(|| Bad::new(code::INTEGER)),
    }
}

/// What is odd about a cell that is taken all the same.
pub fn doubt(column: &Column, value: &Value<'_>, codes: &Codes) -> Option<Code> {
    let Value::Text(text) = value else { return None };
    match column.cell {
        Kind::Region if !codes.begins_with_region(text) => Some(code::REGION_UNKNOWN),
        Kind::Certificate if certificate_no::recognise(text) == certificate_no::Form::Unknown => {
            Some(code::CERTIFICATE_UNRECOGNISED)
        }
        _ => None,
    }
}

/// Text that a spreadsheet would run as a formula is refused; dashes alone mean "none" and are no formula.
pub fn guarded<'a>(cell: &str, text: Cow<'a, str>) -> Result<Value<'a>, Bad> {
    let start = text.chars().next().map(fold::half_width);
    if matches!(start, Some('=' | '+' | '-' | '@')) && !text.chars().all(|c| matches!(fold::half_width(c), '-' | '—'))
    {
        return Err(Bad::new(code::FORMULA_TEXT));
    }
    if cell.contains('\u{FFFD}') {
        return Err(Bad::new(code::DAMAGED_TEXT));
    }
    Ok(Value::Text(text))
}

/// A name has a letter or a Chinese character.
fn named(value: Value<'_>) -> Result<Value<'_>, Bad> {
    match &value {
        Value::Text(text) if !text.chars().any(char::is_alphabetic) => Err(Bad::new(code::NAME_LETTERS)),
        _ => Ok(value),
    }
}

fn listed<'a, 'w>(found: Option<Value<'a>>, words: impl Iterator<Item = &'w str>) -> Result<Value<'a>, Bad> {
    found.ok_or_else(|| not_in_list(words))
}

fn in_words<'a>(words: &'a super::codes::Words, cell: &str) -> Result<Value<'a>, Bad> {
    let found = words.official(cell).or_else(|| words.official(&fold::word(cell)));
    listed(found.map(|official| Value::Text(Cow::Borrowed(official))), words.names())
}

fn not_in_list<'w>(words: impl Iterator<Item = &'w str>) -> Bad {
    const SHOWN: usize = 12;
    let all: Vec<&str> = words.collect();
    let more = if all.len() > SHOWN { " …" } else { "" };
    let shown = all.iter().take(SHOWN).copied().collect::<Vec<_>>().join(" ");
    Bad::new(code::NOT_IN_LIST).with("expected", format!("{shown}{more}"))
}

fn level(cell: &str) -> Option<Level> {
    let official = Level::ALL.into_iter().find(|level| level.official() == cell);
    official.or_else(|| Level::parse(&fold::word(cell)))
}

fn answer(word: &str) -> Option<Answer> {
    match word {
        "是" | "有" | "Y" | "y" | "1" => Some(Answer::Yes),
        "否" | "无" | "N" | "n" | "0" => Some(Answer::No),
        _ => None,
    }
}

fn email(cell: &str) -> Result<Value<'_>, Bad> {
    let text = fold::word(cell);
    let good = text.split_once('@').is_some_and(|(who, host)| {
        let starts = who.chars().next().is_some_and(|c| !"=+-".contains(c));
        starts && host.contains('.') && !host.contains('@') && !host.starts_with('.') && !host.ends_with('.')
    });
    if good { Ok(Value::Text(text)) } else { Err(Bad::new(code::EMAIL)) }
}

/// An address as it is stored, if it can be one.
pub fn email_address(text: &str) -> Option<String> {
    email(text).ok()?;
    Some(fold::word(text).into_owned())
}

fn postcode(cell: &str) -> Result<Value<'_>, Bad> {
    let text = fold::number_like(cell);
    let good = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
    if good { Ok(Value::Text(text)) } else { Err(Bad::new(code::POSTCODE)) }
}

/// Up to 9999; `12年` and `12.0` are 12.
fn integer(cell: &str) -> Option<u32> {
    let text = fold::number_like(cell);
    let text = text.trim_end_matches('年').trim_end_matches(".0");
    if text.len() > 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// `1990-01-02`, also with `/`, `.`, 年月日, without zeros, as eight digits, or followed by midnight.
pub fn day(cell: &str) -> Option<Day> {
    if let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = cell.as_bytes()
        && [y1, y2, y3, y4, m1, m2, d1, d2].into_iter().all(u8::is_ascii_digit)
    {
        let number = |digits: &[&u8]| digits.iter().fold(0, |n, b| n * 10 + u32::from(**b & 15));
        let year = i32::try_from(number(&[y1, y2, y3, y4])).ok().filter(|year| *year >= 1000)?;
        return Day::from_ymd_opt(year, number(&[m1, m2]), number(&[d1, d2]));
    }
    match groups(cell)? {
        (year, Some(month), Some(day)) => Day::from_ymd_opt(year, month, day),
        _ => None,
    }
}

/// As [`day`]; a month alone stands for its first day.
pub fn month_or_day(cell: &str) -> Option<Day> {
    let (year, month, day) = groups(cell)?;
    Day::from_ymd_opt(year, month?, day.unwrap_or(1))
}

fn groups(cell: &str) -> Option<(i32, Option<u32>, Option<u32>)> {
    let cell = cell.trim();
    let date = cell
        .split_once([' ', 'T'])
        .filter(|(_, time)| time.trim().starts_with("00:00") || time.trim().starts_with("0:00"));
    let text = fold::number_like(date.map_or(cell, |(date, _)| date));
    let part = |range| text.get(range).and_then(|s: &str| s.parse::<u32>().ok());
    if text.bytes().all(|b| b.is_ascii_digit()) {
        let year = i32::try_from(part(0..4)?).ok()?;
        return match text.len() {
            8 => Some((year, part(4..6), part(6..8))),
            6 => Some((year, part(4..6), None)),
            _ => None,
        };
    }
    let text = text.strip_suffix(['日', '月', '号']).unwrap_or(&text);
    let mut parts = text.split(['-', '/', '.', '年', '月']);
    let mut next = |most: usize| match parts.next() {
        None => Some(None),
        Some(digits) if !digits.is_empty() && digits.len() <= most && digits.bytes().all(|b| b.is_ascii_digit()) => {
            Some(digits.parse::<u32>().ok())
        }
        Some(_) => None,
    };
    let (year, month, day) = (next(4)??, next(2)?, next(2)?);
    let whole = parts.next().is_none() && (1000..=9999).contains(&year);
    whole.then_some((i32::try_from(year).ok()?, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_are_read_in_the_forms_people_write() {
        let expected = Day::from_ymd_opt(1990, 1, 2);
        for text in [
            "1990-01-02",
            "1990/1/2",
            "1990.01.02",
            "1990年1月2日",
            "19900102",
            "１９９０－０１－０２",
            "1990-01-02 00:00:00",
        ] {
            assert_eq!(day(text), expected, "{text}");
        }
        for text in ["1990-02-30", "1990-01", "90-01-02", "1990-01-02-03", "1990--02", "x", "1990-13-01", "199001"] {
            assert_eq!(day(text), None, "{text}");
        }
        for text in ["1993-07", "1993.7", "1993年7月", "199307", "1993-07-01"] {
            assert_eq!(month_or_day(text), Day::from_ymd_opt(1993, 7, 1), "{text}");
        }
    }

    #[test]
    fn formulas_are_refused_in_either_width() {
        for text in ["=1+1", "+a", "-a", "@a", "＝A1", "  =A1", "－cmd"] {
            let bad = guarded(text, fold::text(text)).unwrap_err();
            assert_eq!(bad.code, code::FORMULA_TEXT, "{text}");
        }
        for text in ["-", "--", "——", "张三", "a=b"] {
            assert!(guarded(text, fold::text(text)).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_name_has_a_letter() {
        let name = |text: &str| named(guarded(text, fold::name(text))?).map(|_| ());
        for text in ["张三", "阿依古丽·买买提", "𠮷田", "Anna"] {
            assert!(name(text).is_ok(), "{text}");
        }
        for text in ["150699199001010017", "12", "·", "１２"] {
            assert_eq!(name(text).unwrap_err().code, code::NAME_LETTERS, "{text}");
        }
    }

    #[test]
    fn small_values_are_read() {
        assert_eq!(integer("１２年"), Some(12));
        assert_eq!(integer("-1"), None);
        assert_eq!(level("３"), Some(Level::Three));
        assert!(email("a@b.cn").is_ok() && email("a@b").is_err() && email("=a@b.cn").is_err());
        assert!(postcode("０１７０００").is_ok() && postcode("17000").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(s in "\\PC{0,16}") {
            let _ = (day(&s), month_or_day(&s), integer(&s), level(&s), guarded(&s, fold::text(&s)), postcode(&s));
            let _ = email(&s);
        }
    }
}
