//! One piece of evidence as typed, and what each kind asks for.
use super::typed::plain;
use super::{ENDS_BEFORE, FUTURE, MISSING};
use crate::bundle::column::{day, guarded, month_or_day};
use crate::bundle::row_fault::{Bad, Severity, code};
use crate::model::{Day, Evidence, EvidenceKind, Level, Relation, TitleRank, fold};
use chrono::Months;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// `kind` and the parts of [`PARTS`], as text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Piece(pub BTreeMap<String, String>);

/// Names of the parts, in the order in which they are asked for; the words are `form_part.<name>`.
pub const PARTS: [&str; 10] =
    ["from", "to", "level", "rank", "class", "unit", "subject", "number", "months", "relation"];

/// The parts that a kind has; those marked with `*` must be filled in.
pub fn parts(kind: EvidenceKind) -> &'static [&'static str] {
    match kind {
        EvidenceKind::Employment => &["from*", "to", "unit*", "subject", "relation"],
        EvidenceKind::Certificate => &["level*", "from*", "class", "subject", "number", "unit", "relation"],
        EvidenceKind::Education => &["class*", "from", "unit", "subject", "number", "relation"],
        EvidenceKind::Title => &["rank*", "from*", "subject", "number", "unit", "relation"],
        EvidenceKind::Appraisal => &["from*", "class*", "unit"],
        EvidenceKind::Engagement => &["level*", "from*", "subject", "number", "unit"],
        EvidenceKind::Treatment => &["level*", "from*", "unit", "number"],
        EvidenceKind::Placement => &["from*", "months", "unit", "number", "relation"],
        EvidenceKind::Apprenticeship => &["from", "to*", "unit", "subject", "relation"],
    }
}

/// The words that `class` may have; the words for people are `form_class.<word>`. Empty: free text.
pub fn classes(kind: EvidenceKind) -> &'static [&'static str] {
    match kind {
        EvidenceKind::Certificate => &["qualification", "skill_level", "transfer", "veteran", "pre_technician"],
        EvidenceKind::Education => &[
            "technical_school",
            "senior_technical",
            "technician_college",
            "secondary",
            "secondary_assessed",
            "higher_vocational",
            "higher_assessed",
            "college",
            "bachelor",
            "postgraduate",
            "general",
        ],
        EvidenceKind::Appraisal => &["excellent", "qualified", "basic", "failed"],
        _ => &[],
    }
}

impl Piece {
    pub fn new(kind: EvidenceKind) -> Piece {
        Piece([("kind".to_owned(), kind.code().to_owned())].into())
    }

    pub fn get(&self, part: &str) -> &str {
        self.0.get(part).map(|text| text.trim()).unwrap_or_default()
    }

    pub fn set(&mut self, part: &str, text: &str) {
        if text.trim().is_empty() {
            self.0.remove(part);
        } else {
            self.0.insert(part.to_owned(), text.to_owned());
        }
    }

    pub fn kind(&self) -> Option<EvidenceKind> {
        EvidenceKind::parse(self.get("kind"))
    }
}

pub(super) fn from_json(object: BTreeMap<String, serde_json::Value>) -> Option<Piece> {
    let mut piece = Piece::default();
    for (part, value) in object {
        let known = part == "kind" || PARTS.contains(&part.as_str());
        piece.set(&part, &plain(&value).filter(|_| known)?);
    }
    Some(piece)
}

pub(super) fn of(e: &Evidence) -> Piece {
    let mut piece = Piece::new(e.kind);
    let day = |d: Option<Day>| d.map(|d| d.to_string());
    let parts = [
        ("from", day(e.from)),
        ("to", day(e.to)),
        ("relation", e.relation.map(|r| r.code().to_owned())),
        ("level", e.level.map(|l| l.official().to_owned())),
        ("rank", e.rank.map(|r| r.code().to_owned())),
        ("class", e.class.clone()),
        ("subject", e.subject.clone()),
        ("unit", e.unit.clone()),
        ("number", e.number.clone()),
        ("months", e.months.map(|n| n.to_string())),
    ];
    parts.iter().for_each(|(part, text)| piece.set(part, text.as_deref().unwrap_or_default()));
    piece
}

/// A fault of one part.
pub struct PieceFault {
    pub part: &'static str,
    pub bad: Bad,
    pub severity: Severity,
}

/// Reads a piece; every fault goes to `found`, and the evidence counts only when none is an error.
pub fn read(piece: &Piece, today: Day, found: &mut Vec<PieceFault>) -> Option<Evidence> {
    let Some(kind) = piece.kind() else {
        found.push(PieceFault {
            part: "kind",
            bad: listed(EvidenceKind::ALL, EvidenceKind::code),
            severity: Severity::Error,
        });
        return None;
    };
    let mut reading = Reading { piece, kind, found };
    let evidence = Evidence {
        kind,
        from: reading.day("from", Bound::First),
        to: reading.day("to", Bound::Last),
        relation: reading.word("relation", Relation::parse, || listed(Relation::ALL, Relation::code)),
        level: reading.word("level", |t| Level::parse(&fold::word(t)), || Bad::new(code::UNKNOWN_LEVEL)),
        rank: reading.word("rank", TitleRank::parse, || listed(TitleRank::ALL, TitleRank::code)),
        class: reading.class(),
        subject: reading.text("subject"),
        unit: reading.text("unit"),
        number: reading.number("number"),
        months: reading.word("months", whole, || Bad::new(code::INTEGER)),
    };
    reading.order(&evidence, today);
    let bad = found.iter().any(|f| f.severity == Severity::Error);
    (!bad).then_some(evidence)
}

fn listed<T: Copy>(all: &[T], code_of: fn(T) -> &'static str) -> Bad {
    let words: Vec<_> = all.iter().map(|one| code_of(*one)).collect();
    Bad::new(code::NOT_IN_LIST).with("expected", words.join(" "))
}

fn whole(text: &str) -> Option<i64> {
    fold::number_like(text).parse().ok().filter(|n| (0..=1200).contains(n))
}

/// Which day a month or a year alone stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    First,
    Last,
}

/// A day; a month alone, and a year alone, stand for their first or their last day.
pub(super) fn bound(text: &str, which: Bound) -> Option<Day> {
    let folded = fold::number_like(text);
    if let Some(day) = day(&folded) {
        return Some(day);
    }
    let year = folded.trim_end_matches('年');
    let (first, months) = match month_or_day(&folded) {
        Some(first) => (first, 1),
        None if year.len() == 4 => (day(&format!("{year}-01-01"))?, 12),
        None => return None,
    };
    match which {
        Bound::First => Some(first),
        Bound::Last => first.checked_add_months(Months::new(months))?.pred_opt(),
    }
}

struct Reading<'a> {
    piece: &'a Piece,
    kind: EvidenceKind,
    found: &'a mut Vec<PieceFault>,
}

impl<'a> Reading<'a> {
    fn error(&mut self, part: &'static str, bad: Bad) {
        self.found.push(PieceFault { part, bad, severity: Severity::Error });
    }

    /// The text of a part that the kind has; empty ones that it needs are told.
    fn given(&mut self, part: &'static str) -> Option<&'a str> {
        let own = parts(self.kind).iter().find(|p| p.trim_end_matches('*') == part)?;
        let text = self.piece.get(part);
        if text.is_empty() {
            if own.ends_with('*') {
                self.error(part, Bad::new(MISSING));
            }
            return None;
        }
        Some(text)
    }

    fn day(&mut self, part: &'static str, which: Bound) -> Option<Day> {
        let text = self.given(part)?;
        let day = bound(text, which);
        if day.is_none() {
            self.error(part, Bad::new(code::DATE));
        }
        day
    }

    fn word<T>(&mut self, part: &'static str, read: impl Fn(&str) -> Option<T>, bad: impl Fn() -> Bad) -> Option<T> {
        let value = read(self.given(part)?);
        if value.is_none() {
            self.error(part, bad());
        }
        value
    }

    fn text(&mut self, part: &'static str) -> Option<String> {
        let text = self.given(part)?;
        match guarded(text, fold::text(text)) {
            Ok(_) => Some(fold::text(text).into_owned()),
            Err(bad) => {
                self.error(part, bad);
                None
            }
        }
    }

    fn class(&mut self) -> Option<String> {
        let class = self.given("class")?;
        let known = classes(self.kind);
        if !known.is_empty() && !known.contains(&class) {
            self.error("class", Bad::new(code::NOT_IN_LIST).with("expected", known.join(" ")));
        }
        Some(class.to_owned())
    }

    fn number(&mut self, part: &'static str) -> Option<String> {
        self.given(part).map(fold::number_like).map(Cow::into_owned)
    }

    fn order(&mut self, evidence: &Evidence, today: Day) {
        if let (Some(from), Some(to)) = (evidence.from, evidence.to)
            && to < from
        {
            self.error("to", Bad::new(ENDS_BEFORE).with("expected", from.to_string()));
        }
        if evidence.from.is_some_and(|from| from > today) {
            self.error("from", Bad::new(FUTURE).with("expected", today.to_string()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_years_stand_for_their_first_and_last_days() {
        assert_eq!(bound("2010-07", Bound::First).unwrap().to_string(), "2010-07-01");
        assert_eq!(bound("2012年2月", Bound::Last).unwrap().to_string(), "2012-02-29");
        assert_eq!(bound("2012", Bound::Last).unwrap().to_string(), "2012-12-31");
        assert_eq!(bound("２０１２．２．３", Bound::Last).unwrap().to_string(), "2012-02-03");
        assert_eq!(bound("12", Bound::First), None);
    }

    #[test]
    fn what_is_read_is_typed_the_same_again() {
        let mut piece = Piece::new(EvidenceKind::Employment);
        piece.set("from", "2010-07-01");
        piece.set("unit", "乌审旗园林局");
        piece.set("relation", "same");
        let mut found = Vec::new();
        let evidence = read(&piece, Day::from_ymd_opt(2023, 9, 1).unwrap(), &mut found).unwrap();
        assert_eq!(of(&evidence), piece);
    }
}
