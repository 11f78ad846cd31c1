//! A certificate number's parts as lines to read, for both faces.
use super::Locale;
use super::width::pad_right;
use crate::model::Refusal;
use crate::ops::certificates::{Held, Imported, IssuedList, IssuedRow, IssuedVerdict, Part, Segment};

/// Places, digits, what the part is, what it says, and whether it fits what the site knows.
pub fn part_lines(locale: &Locale, parts: &[Part]) -> Vec<String> {
    let line = |part: &Part| {
        let places = match part.places {
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first}-{last}"),
        };
        let fits = match part.fits {
            Some(true) => "certificates.fits",
            Some(false) => "certificates.fits_not",
            None => "certificates.not_checked",
        };
        let name = locale.word(&format!("certificate_part.{}", part.code)).to_owned();
        format!(
            "{} {} {} {} [{}]",
            pad_right(&places, 5),
            pad_right(&part.value, 6),
            pad_right(&name, 16),
            locale.datum(&part.meaning),
            locale.word(fits)
        )
    };
    parts.iter().map(line).collect()
}

/// Line, verdict, name, document number, certificate number, why.
pub fn issued(locale: &Locale, row: &IssuedRow) -> Vec<String> {
    let because = row.because.as_ref().map(|r| locale.say_data(&format!("refusal.{}", r.code.0), &r.data));
    vec![
        row.line.to_string(),
        locale.word(&row.verdict.key()).to_owned(),
        row.name.clone(),
        row.id_number.clone(),
        row.number.clone(),
        because.unwrap_or_else(|| locale.word(&format!("number_verdict_why.{}", row.verdict.code())).to_owned()),
    ]
}

/// How many rows got which verdict, in one line.
pub fn issued_counts(locale: &Locale, list: &IssuedList, found: &Imported) -> String {
    let part = |(word, count): (String, usize)| (count > 0).then(|| format!("{} {count}", locale.word(&word)));
    let verdicts = IssuedVerdict::ALL.into_iter().map(|v| (v.key(), found.count(v)));
    let unread = [("number_verdict.unreadable".to_owned(), list.faults.len())];
    let parts: Vec<_> = verdicts.chain(unread).filter_map(part).collect();
    let all = (found.rows.len() + list.faults.len()).to_string();
    let head = locale.say("numbers.list_rows", &[("file", &list.name), ("rows", &all)]);
    format!("{head}{}", parts.join(locale.word("numbers.comma")))
}

/// Whose a segment is, its serials and how far it is used.
pub fn segment(locale: &Locale, segment: &Segment) -> Vec<String> {
    let row = &segment.row;
    let year = row.year.map_or_else(|| locale.word("numbers.every_year").to_owned(), |y| format!("20{y:02}"));
    let used = match segment.highest {
        0 => locale.word("numbers.unused").to_owned(),
        highest => format!("{highest:06}"),
    };
    let site = if segment.own { format!("{} *", row.site) } else { row.site.clone() };
    let (first, last) = (format!("{:06}", row.first), format!("{:06}", row.last));
    vec![row.id.to_string(), site, row.prefix.clone(), year, first, last, used, row.document.clone()]
}

/// What is in the way, with the way out.
pub fn refusal_line(locale: &Locale, refusal: &Refusal) -> String {
    format!("• {}", locale.say_data(&format!("refusal.{}", refusal.code.0), &refusal.data))
}

/// Who has to wait for a number, and for what.
pub fn held_lines(locale: &Locale, held: &[Held]) -> Vec<String> {
    let line = |one: &Held| {
        let why = locale.say_data(&format!("refusal.{}", one.because.code.0), &one.because.data);
        format!("{}  {why}", one.name)
    };
    held.iter().map(line).collect()
}
