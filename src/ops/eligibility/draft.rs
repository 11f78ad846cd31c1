//! A piece of evidence from what somebody typed, field by field; the same for the screen and the command line.
use crate::bundle::column;
use crate::model::{Code, Day, Evidence, EvidenceKind, Level, Refusal, Relation, TitleRank, fold};
use crate::policy::eligibility::evidence::{Part, classes};

pub const NOT_A_DAY: Code = Code("evidence.not_a_day");
pub const NOT_A_CHOICE: Code = Code("evidence.not_a_choice");
pub const NOT_A_NUMBER: Code = Code("evidence.not_a_number");

/// What may be chosen for a part: the code, and the locale key of its words. Empty where the part is free text.
pub fn choices(kind: EvidenceKind, part: Part) -> Vec<(&'static str, String)> {
    match part {
        Part::Relation => Relation::ALL.iter().map(|r| (r.code(), r.key())).collect(),
        Part::Rank => TitleRank::ALL.iter().map(|r| (r.code(), r.key())).collect(),
        Part::Class => {
            let table = match kind {
                EvidenceKind::Certificate => "certificate_class",
                EvidenceKind::Education => "education_class",
                _ => "grade",
            };
            classes(kind).into_iter().map(|code| (code, format!("{table}.{code}"))).collect()
        }
        _ => Vec::new(),
    }
}

/// Reads the parts that are given; blank text gives nothing. A choice is its code or its number in the list.
pub fn read(kind: EvidenceKind, given: &[(Part, String)]) -> Result<Evidence, Refusal> {
    let mut e = Evidence {
        kind,
        from: None,
        to: None,
        relation: None,
        level: None,
        rank: None,
        class: None,
        subject: None,
        unit: None,
        number: None,
        months: None,
    };
    for (part, text) in given.iter().map(|(part, text)| (*part, text.trim())).filter(|(_, text)| !text.is_empty()) {
        match part {
            Part::From => e.from = Some(day(kind, part, text)?),
            Part::To => e.to = Some(day(kind, part, text)?),
            Part::Relation => e.relation = Relation::parse(choice(kind, part, text)?),
            Part::Rank => e.rank = TitleRank::parse(choice(kind, part, text)?),
            Part::Class => e.class = Some(choice(kind, part, text)?.to_owned()),
            Part::Level => e.level = Some(level(part, text)?),
            Part::Months => e.months = Some(months(part, text)?),
            Part::Subject => e.subject = Some(fold::text(text).into_owned()),
            Part::Unit => e.unit = Some(fold::text(text).into_owned()),
            Part::Number => e.number = Some(fold::number_like(text).into_owned()),
        }
    }
    Ok(e)
}

/// The text that [`read`] takes back for a part.
pub fn written(e: &Evidence, part: Part) -> String {
    let text = match part {
        Part::From => e.from.map(|d| d.to_string()),
        Part::To => e.to.map(|d| d.to_string()),
        Part::Relation => e.relation.map(|r| r.code().to_owned()),
        Part::Rank => e.rank.map(|r| r.code().to_owned()),
        Part::Class => e.class.clone(),
        Part::Level => e.level.map(|l| l.digit().to_string()),
        Part::Months => e.months.map(|n| n.to_string()),
        Part::Subject => e.subject.clone(),
        Part::Unit => e.unit.clone(),
        Part::Number => e.number.clone(),
    };
    text.unwrap_or_default()
}

/// A year alone is enough where the year alone counts.
fn day(kind: EvidenceKind, part: Part, text: &str) -> Result<Day, Refusal> {
    let year = || {
        let text = fold::number_like(text);
        let year = text.parse().ok().filter(|_| text.len() == 4)?;
        match kind {
            EvidenceKind::Appraisal => Day::from_ymd_opt(year, 12, 31),
            EvidenceKind::Treatment => Day::from_ymd_opt(year, 1, 1),
            _ => None,
        }
    };
    let refusal = || Refusal::new(NOT_A_DAY).word("part", part.key()).with("value", text);
    column::day(text).or_else(year).ok_or_else(refusal)
}

fn choice(kind: EvidenceKind, part: Part, text: &str) -> Result<&'static str, Refusal> {
    let all = choices(kind, part);
    let folded = fold::number_like(text);
    let numbered = folded.parse::<usize>().ok().and_then(|n| all.get(n.checked_sub(1)?));
    let named = all.iter().find(|(code, _)| *code == text);
    let known = || all.iter().map(|(code, _)| *code).collect::<Vec<_>>().join(" ");
    let refusal = || Refusal::new(NOT_A_CHOICE).word("part", part.key()).with("value", text).with("known", known());
    named.or(numbered).map(|(code, _)| *code).ok_or_else(refusal)
}

fn level(part: Part, text: &str) -> Result<Level, Refusal> {
    let refusal = || Refusal::new(NOT_A_CHOICE).word("part", part.key()).with("value", text).with("known", "5 4 3 2 1");
    Level::parse(&fold::number_like(text)).or_else(|| Level::parse(text)).ok_or_else(refusal)
}

fn months(part: Part, text: &str) -> Result<i64, Refusal> {
    let number = fold::number_like(text).parse::<i64>().ok().filter(|n| (0..=1200).contains(n));
    number.ok_or_else(|| Refusal::new(NOT_A_NUMBER).word("part", part.key()).with("value", text))
}
