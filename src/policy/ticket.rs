//! Admission ticket numbers (准考证号) from a template such as `{yy}{region:4}{site:2}{room:2}{seat:2}`.
//!
//! Whether a number is unique in its batch is not decided here. Where the number of a seat was given before, to somebody
//! else or to one whose ticket is void, the seat part counts down from 99 to a number that nobody has had.
use crate::model::{Code, Day, Refusal};
use serde::{Deserialize, Serialize};

pub const TOO_WIDE: Code = Code("ticket.too_wide");
pub const REGION: Code = Code("ticket.region");

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ticket {
    pub template: String,
    /// How the identity number stands on the sheet.
    pub id_number: IdNumber,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdNumber {
    Whole,
    Masked,
}

/// One piece of a template. Numbers are padded with zeros to their width.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal(String),
    /// `{yyyy}` `{yy}` `{mm}` `{dd}` of the exam day.
    Year(usize),
    Month,
    Day,
    /// The first digits of the region code.
    Region(usize),
    Number(Part, usize),
    /// One digit over all digits before it (Luhn).
    Check,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Site,
    Session,
    Room,
    Seat,
    Serial,
    Level,
}

const PARTS: [(&str, Part); 6] = [
    ("site", Part::Site),
    ("session", Part::Session),
    ("room", Part::Room),
    ("seat", Part::Seat),
    ("serial", Part::Serial),
    ("level", Part::Level),
];

/// Widest number piece; more digits than that are no number for people.
const WIDEST: usize = 9;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

/// What is wrong with a template; the text is the piece as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateFault {
    UnknownPlaceholder(String),
    BadWidth(String),
    Unclosed,
    Empty,
}

/// Everything a ticket number may be made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TicketFacts<'a> {
    pub day: Day,
    /// Region code of the site, six digits (GB/T 2260).
    pub region: &'a str,
    pub site: u32,
    pub session: u32,
    pub room: u32,
    pub seat: u32,
    /// Running number in the batch.
    pub serial: u32,
    pub level: u32,
}

impl TicketFacts<'_> {
    fn number(&self, part: Part) -> u32 {
        match part {
            Part::Site => self.site,
            Part::Session => self.session,
            Part::Room => self.room,
            Part::Seat => self.seat,
            Part::Serial => self.serial,
            Part::Level => self.level,
        }
    }
}

impl Template {
    pub fn parse(text: &str) -> Result<Template, TemplateFault> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (literal, open) = rest.split_once('{').map_or((rest, None), |(l, r)| (l, Some(r)));
            if !literal.is_empty() {
                pieces.push(Piece::Literal(literal.to_owned()));
            }
            let Some(open) = open else { break };
            let (name, after) = open.split_once('}').ok_or(TemplateFault::Unclosed)?;
            pieces.push(piece(name)?);
            rest = after;
        }
        if pieces.is_empty() { Err(TemplateFault::Empty) } else { Ok(Template(pieces)) }
    }

    pub fn render(&self, facts: &TicketFacts<'_>) -> Result<String, Refusal> {
        use chrono::Datelike;
        let mut out = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Literal(text) => out.push_str(text),
                Piece::Year(4) => out.push_str(&format!("{:04}", facts.day.year())),
                Piece::Year(_) => out.push_str(&format!("{:02}", facts.day.year().rem_euclid(100))),
                Piece::Month => out.push_str(&format!("{:02}", facts.day.month())),
                Piece::Day => out.push_str(&format!("{:02}", facts.day.day())),
                Piece::Region(width) => out.push_str(region(facts.region, *width)?),
                Piece::Number(part, width) => out.push_str(&number(*part, facts.number(*part), *width)?),
                Piece::Check => out.push(check_digit(&out)),
            }
        }
        Ok(out)
    }

    /// Whether somebody who goes to another room gets another number.
    pub fn names_place(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Number(Part::Room | Part::Seat, _)))
    }

    /// Characters of a complete number.
    pub fn width(&self) -> usize {
        self.0.iter().map(Piece::width).sum()
    }

    /// Whether `text` looks like a complete number of this template: length, digits, fixed text and check digit.
    pub fn matches(&self, text: &str) -> bool {
        let (mut seen, mut rest) = (String::new(), text);
        for piece in &self.0 {
            let Some((here, after)) = rest.split_at_checked(piece.bytes()) else { return false };
            let fits = match piece {
                Piece::Literal(fixed) => here == fixed,
                Piece::Check => here.starts_with(check_digit(&seen)),
                _ => here.bytes().all(|b| b.is_ascii_digit()),
            };
            if !fits {
                return false;
            }
            seen.push_str(here);
            rest = after;
        }
        rest.is_empty()
    }
}

impl Piece {
    fn bytes(&self) -> usize {
        match self {
            Piece::Literal(text) => text.len(),
            Piece::Year(width) | Piece::Region(width) | Piece::Number(_, width) => *width,
            Piece::Month | Piece::Day => 2,
            Piece::Check => 1,
        }
    }

    fn width(&self) -> usize {
        match self {
            Piece::Literal(text) => text.chars().count(),
            _ => self.bytes(),
        }
    }
}

fn piece(name: &str) -> Result<Piece, TemplateFault> {
    match name {
        "yyyy" => return Ok(Piece::Year(4)),
        "yy" => return Ok(Piece::Year(2)),
        "mm" => return Ok(Piece::Month),
        "dd" => return Ok(Piece::Day),
        "check" => return Ok(Piece::Check),
        _ => {}
    }
    let (word, width) = name.split_once(':').unwrap_or((name, ""));
    let part = PARTS.iter().find(|(known, _)| *known == word).map(|(_, part)| *part);
    if part.is_none() && word != "region" {
        return Err(TemplateFault::UnknownPlaceholder(name.to_owned()));
    }
    let width: usize = width
        .parse()
        .ok()
        .filter(|w| (1..=WIDEST).contains(w))
        .ok_or_else(|| TemplateFault::BadWidth(name.to_owned()))?;
    match part {
        Some(part) => Ok(Piece::Number(part, width)),
        None if width <= 6 => Ok(Piece::Region(width)),
        None => Err(TemplateFault::BadWidth(name.to_owned())),
    }
}

fn region(code: &str, width: usize) -> Result<&str, Refusal> {
    let digits = code.get(..width).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
    digits.ok_or_else(|| Refusal::new(REGION).with("region", code).with("digits", width))
}

fn number(part: Part, value: u32, width: usize) -> Result<String, Refusal> {
    let text = format!("{value:0width$}");
    if text.len() <= width {
        return Ok(text);
    }
    let name = PARTS.iter().find(|(_, p)| *p == part).map_or("", |(name, _)| *name);
    let refusal = Refusal::new(TOO_WIDE).word("part", format!("ticket_part.{name}"));
    Err(refusal.with("value", i64::from(value)).with("digits", width))
}

/// Luhn digit over the digits of `text`; other characters are passed over.
fn check_digit(text: &str) -> char {
    let doubled = |d: u32| if d > 4 { d * 2 - 9 } else { d * 2 };
    let digits = text.chars().rev().filter_map(|c| c.to_digit(10));
    let sum: u32 = digits.enumerate().map(|(i, d)| if i % 2 == 0 { doubled(d) } else { d }).sum();
    char::from_digit((10 - sum % 10) % 10, 10).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLAIN: &str = "{yy}{region:4}{site:2}{session:2}{room:2}{seat:2}";

    fn facts() -> TicketFacts<'static> {
        TicketFacts {
            day: Day::from_ymd_opt(2023, 10, 15).unwrap(),
            region: "150626",
            site: 1,
            session: 2,
            room: 3,
            seat: 30,
            serial: 17,
            level: 3,
        }
    }

    #[test]
    fn fourteen_digits_by_default() {
        let template = Template::parse(PLAIN).unwrap();
        let number = template.render(&facts()).unwrap();
        assert_eq!(number, "23150601020330");
        assert_eq!(template.width(), 14);
        assert!(template.matches(&number));
    }

    #[test]
    fn a_value_too_wide_is_refused() {
        let template = Template::parse(PLAIN).unwrap();
        let refusal = template.render(&TicketFacts { room: 100, ..facts() }).unwrap_err();
        assert!(refusal.is(TOO_WIDE));
        assert_eq!(refusal.to_string(), "ticket.too_wide part=ticket_part.room value=100 digits=2");
        assert!(template.render(&TicketFacts { region: "15", ..facts() }).unwrap_err().is(REGION));
        assert!(template.render(&TicketFacts { region: "鄂尔多斯", ..facts() }).unwrap_err().is(REGION));
    }

    #[test]
    fn other_templates_are_only_data() {
        let render = |text: &str| Template::parse(text).unwrap().render(&facts()).unwrap();
        assert_eq!(render("{yyyy}{mm}{dd}-{serial:4}"), "20231015-0017");
        assert_eq!(render("K{level:1}{serial:5}"), "K300017");
        assert_eq!(render("7992739871{check}"), "79927398713");
    }

    #[test]
    fn a_wrong_template_is_named() {
        let fault = |text: &str| Template::parse(text).unwrap_err();
        assert_eq!(fault("{yy}{hall:2}"), TemplateFault::UnknownPlaceholder("hall:2".into()));
        assert_eq!(fault("{room}"), TemplateFault::BadWidth("room".into()));
        assert_eq!(fault("{room:0}"), TemplateFault::BadWidth("room:0".into()));
        assert_eq!(fault("{region:7}"), TemplateFault::BadWidth("region:7".into()));
        assert_eq!(fault("{room:2"), TemplateFault::Unclosed);
        assert_eq!(fault(""), TemplateFault::Empty);
    }

    #[test]
    fn only_complete_numbers_match() {
        let template = Template::parse("准{serial:4}{check}").unwrap();
        let number = template.render(&facts()).unwrap();
        assert!(template.matches(&number));
        let mut wrong = number.clone();
        let last = wrong.pop().unwrap().to_digit(10).unwrap();
        wrong.push_str(&((last + 1) % 10).to_string());
        for text in ["", "准", "0017", &number[..number.len() - 1], &format!("{number}0"), wrong.as_str(), "准准准"]
        {
            assert!(!template.matches(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_rendered_matches(site in 0u32..100, room in 0u32..100, seat in 0u32..100, serial in 0u32..10_000) {
            for text in [PLAIN, "{yyyy}{mm}{dd}{site:2}{room:2}{seat:2}{serial:4}{check}"] {
                let template = Template::parse(text).unwrap();
                let number = template.render(&TicketFacts { site, room, seat, serial, ..facts() }).unwrap();
                prop_assert!(template.matches(&number));
                prop_assert_eq!(number.len(), template.width());
            }
        }

        #[test]
        fn no_text_panics(text in ".{0,20}", template in "[{}a-z:0-9准]{0,20}") {
            if let Ok(template) = Template::parse(&template) {
                template.matches(&text);
            }
        }
    }
}
