//! Whether one piece of evidence makes sense by itself.
use crate::model::{CertificateClass, Code, Day, EducationClass, Evidence, EvidenceKind, Grade, Refusal};

pub const ENDS_EARLY: Code = Code("evidence.ends_early");
pub const IN_FUTURE: Code = Code("evidence.in_future");
pub const NOT_OF_KIND: Code = Code("evidence.not_of_kind");
pub const UNKNOWN_CLASS: Code = Code("evidence.unknown_class");
pub const NOTHING_SAID: Code = Code("evidence.nothing_said");

/// Fields of [`Evidence`] beside its kind, by the names of the stored row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    From,
    To,
    Relation,
    Level,
    Rank,
    Class,
    Subject,
    Unit,
    Number,
    Months,
}

impl Part {
    pub const ALL: [Part; 10] = [
        Part::From,
        Part::To,
        Part::Relation,
        Part::Level,
        Part::Rank,
        Part::Class,
        Part::Subject,
        Part::Unit,
        Part::Number,
        Part::Months,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Part::From => "from",
            Part::To => "to",
            Part::Relation => "relation",
            Part::Level => "level",
            Part::Rank => "rank",
            Part::Class => "class",
            Part::Subject => "subject",
            Part::Unit => "unit",
            Part::Number => "number",
            Part::Months => "months",
        }
    }

    pub fn key(self) -> String {
        format!("evidence_part.{}", self.code())
    }

    fn is_given(self, e: &Evidence) -> bool {
        match self {
            Part::From => e.from.is_some(),
            Part::To => e.to.is_some(),
            Part::Relation => e.relation.is_some(),
            Part::Level => e.level.is_some(),
            Part::Rank => e.rank.is_some(),
            Part::Class => e.class.is_some(),
            Part::Subject => e.subject.is_some(),
            Part::Unit => e.unit.is_some(),
            Part::Number => e.number.is_some(),
            Part::Months => e.months.is_some(),
        }
    }
}

/// What may be said of a kind, in the order in which it is asked for.
pub fn parts(kind: EvidenceKind) -> &'static [Part] {
    use Part::{Class, From, Level, Months, Number, Rank, Relation, Subject, To, Unit};
    match kind {
        EvidenceKind::Employment => &[From, To, Relation, Subject, Unit],
        EvidenceKind::Certificate => &[Level, From, Relation, Class, Number, Subject, Unit],
        EvidenceKind::Education => &[Class, From, To, Relation, Subject, Unit, Number],
        EvidenceKind::Title => &[Rank, From, Relation, Subject, Unit, Number],
        EvidenceKind::Appraisal => &[From, Class, Unit],
        EvidenceKind::Engagement => &[Level, From, To, Unit, Number],
        EvidenceKind::Treatment => &[Level, From, Unit, Number],
        EvidenceKind::Placement => &[Months, From, Unit, Number],
        EvidenceKind::Apprenticeship => &[To, From, Relation, Unit],
    }
}

/// Refuses a piece that contradicts itself or speaks of days after `today`; only the end of studies lies ahead.
pub fn sensible(e: &Evidence, today: Day) -> Result<(), Refusal> {
    let own = parts(e.kind);
    if let Some(part) = Part::ALL.into_iter().find(|part| part.is_given(e) && !own.contains(part)) {
        return Err(Refusal::new(NOT_OF_KIND).word("part", part.key()).word("kind", e.kind.key()));
    }
    if !Part::ALL.into_iter().any(|part| part.is_given(e)) {
        return Err(Refusal::new(NOTHING_SAID).word("kind", e.kind.key()));
    }
    if let (Some(from), Some(to)) = (e.from, e.to)
        && to < from
    {
        return Err(Refusal::new(ENDS_EARLY).with("from", from.to_string()).with("to", to.to_string()));
    }
    let to = e.to.filter(|_| e.kind != EvidenceKind::Education);
    if let Some(day) = [e.from, to].into_iter().flatten().find(|day| *day > today) {
        return Err(Refusal::new(IN_FUTURE).with("day", day.to_string()));
    }
    class(e)
}

fn class(e: &Evidence) -> Result<(), Refusal> {
    let Some(class) = e.class.as_deref() else { return Ok(()) };
    let known: Vec<&str> = classes(e.kind);
    if known.contains(&class) {
        return Ok(());
    }
    let refusal = Refusal::new(UNKNOWN_CLASS).with("class", class).word("kind", e.kind.key());
    Err(refusal.with("known", known.join(" ")))
}

/// The classes that a kind knows; most know none.
pub fn classes(kind: EvidenceKind) -> Vec<&'static str> {
    match kind {
        EvidenceKind::Certificate => CertificateClass::ALL.iter().map(|c| c.code()).collect(),
        EvidenceKind::Education => EducationClass::ALL.iter().map(|c| c.code()).collect(),
        EvidenceKind::Appraisal => Grade::ALL.iter().map(|c| c.code()).collect(),
        _ => Vec::new(),
    }
}
