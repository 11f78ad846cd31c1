//! Whether an expert may judge a candidate, and every reason why not, with whom.
use super::{Examinee, Expert, Rules};
use crate::model::{AssessorGrade, Code, Refusal, TieKind, fold};
use serde::Serialize;

pub const RETIRED: Code = Code("expert.retired");
pub const NOT_REVIEWER: Code = Code("expert.not_reviewer");
pub const SITS_EXAM: Code = Code("expert.sits_exam");
pub const CARD_EXPIRED: Code = Code("expert.card_expired");
pub const BUSY: Code = Code("expert.busy");
pub const SELF: Code = Code("expert.self");
pub const KIN: Code = Code("expert.kin");
pub const MASTER: Code = Code("expert.master");
pub const TEACHER: Code = Code("expert.teacher");
pub const COLLEAGUE: Code = Code("expert.colleague");
pub const OTHER: Code = Code("expert.other_tie");
pub const DECLARED: Code = Code("expert.declared");
pub const SAME_UNIT: Code = Code("expert.same_unit");
pub const FORMER: Code = Code("expert.former");
pub const OCCUPATION: Code = Code("expert.occupation");
pub const GRADE: Code = Code("expert.grade");

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    Retired,
    NotReviewer,
    SitsExam,
    CardExpired,
    Busy,
    Oneself,
    Kin,
    Master,
    Teacher,
    Colleague,
    Other,
    Declared,
    SameUnit,
    Former,
    Occupation,
    Grade,
}

impl Why {
    fn code(self) -> Code {
        match self {
            Why::Retired => RETIRED,
            Why::NotReviewer => NOT_REVIEWER,
            Why::SitsExam => SITS_EXAM,
            Why::CardExpired => CARD_EXPIRED,
            Why::Busy => BUSY,
            Why::Oneself => SELF,
            Why::Kin => KIN,
            Why::Master => MASTER,
            Why::Teacher => TEACHER,
            Why::Colleague => COLLEAGUE,
            Why::Other => OTHER,
            Why::Declared => DECLARED,
            Why::SameUnit => SAME_UNIT,
            Why::Former => FORMER,
            Why::Occupation => OCCUPATION,
            Why::Grade => GRADE,
        }
    }

    /// What a recorded recusal for this reason is called; `None`: no matter of recusal.
    pub fn tie(self) -> Option<TieKind> {
        match self {
            Why::Oneself | Why::SitsExam => Some(TieKind::Oneself),
            Why::Kin => Some(TieKind::Kin),
            Why::Master => Some(TieKind::Master),
            Why::Teacher => Some(TieKind::Teacher),
            Why::Colleague | Why::SameUnit => Some(TieKind::Colleague),
            Why::Other | Why::Declared | Why::Former => Some(TieKind::Other),
            Why::Retired | Why::NotReviewer | Why::CardExpired | Why::Busy | Why::Occupation | Why::Grade => None,
        }
    }
}

/// One reason why somebody may not judge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Block {
    pub why: Why,
    /// Names the expert, and the candidate where it is about one.
    pub refusal: Refusal,
}

impl Block {
    fn of(why: Why, expert: &Expert) -> Block {
        Block { why, refusal: Refusal::new(why.code()).with("name", expert.who.name.as_str()) }
    }

    fn between(why: Why, expert: &Expert, candidate: &Examinee) -> Block {
        let Block { refusal, .. } = Block::of(why, expert);
        Block { why, refusal: refusal.with("candidate", candidate.name.as_str()) }
    }
}

/// Why somebody judges nobody of the batch.
pub fn general(rules: &Rules<'_>, expert: &Expert) -> Vec<Block> {
    let mut found = Vec::new();
    let mut add = |why: Why| found.push(Block::of(why, expert));
    if expert.id_number.as_ref().is_some_and(|own| rules.candidates.contains(own)) {
        add(Why::SitsExam);
    }
    let Some(card) = &expert.card else { return found };
    if card.retired {
        add(Why::Retired);
    }
    if !card.reviews {
        add(Why::NotReviewer);
    }
    if let Some(until) = card.until.filter(|until| *until < rules.today) {
        let Block { why, refusal } = Block::of(Why::CardExpired, expert);
        found.push(Block { why, refusal: refusal.with("until", until.to_string()) });
    }
    found
}

/// Recusal: what stands between two people. Each reason once.
pub fn recusals(expert: &Expert, candidate: &Examinee) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut add = |block: Block| {
        if !found.iter().any(|f| f.why == block.why) {
            found.push(block);
        }
    };
    if expert.id_number.as_ref() == Some(&candidate.id_number) {
        add(Block::between(Why::Oneself, expert, candidate));
    }
    for tie in expert.ties.iter().filter(|tie| tie.id_number == candidate.id_number) {
        let why = match tie.kind {
            TieKind::Oneself => Why::Oneself,
            TieKind::Kin => Why::Kin,
            TieKind::Master => Why::Master,
            TieKind::Teacher => Why::Teacher,
            TieKind::Colleague => Why::Colleague,
            TieKind::Other => Why::Other,
        };
        add(Block::between(why, expert, candidate));
    }
    if let Some((_, kind)) = candidate.declared.iter().find(|(who, _)| who.is(&expert.who)) {
        let Block { why, refusal } = Block::between(Why::Declared, expert, candidate);
        add(Block { why, refusal: refusal.word("kind", format!("tie_kind.{}", kind.code())) });
    }
    let employer = candidate.employer.as_deref().map(fold::name).filter(|unit| !unit.is_empty());
    if employer.is_some_and(|employer| employer == fold::name(&expert.who.unit)) {
        let Block { why, refusal } = Block::between(Why::SameUnit, expert, candidate);
        add(Block { why, refusal: refusal.with("unit", expert.who.unit.as_str()) });
    }
    if candidate.former.iter().any(|who| who.is(&expert.who)) {
        add(Block::between(Why::Former, expert, candidate));
    }
    found
}

/// Whether the card is one for this candidate; nothing is known of whoever is not on the list of people.
pub fn card(rules: &Rules<'_>, expert: &Expert, candidate: &Examinee) -> Vec<Block> {
    let Some(card) = &expert.card else { return Vec::new() };
    let mut found = Vec::new();
    if !card.occupations.is_empty() && !card.occupations.contains(&candidate.occupation) {
        let Block { why, refusal } = Block::between(Why::Occupation, expert, candidate);
        found.push(Block { why, refusal: refusal.with("occupation", candidate.occupation.as_str()) });
    }
    if rules.wants_senior(candidate.level) && card.grade != AssessorGrade::Senior {
        let Block { why, refusal } = Block::between(Why::Grade, expert, candidate);
        found.push(Block { why, refusal: refusal.word("level", candidate.level.key()) });
    }
    found
}

/// Every reason why this expert may not judge this candidate.
pub fn all(rules: &Rules<'_>, expert: &Expert, candidate: &Examinee) -> Vec<Block> {
    let mut found = general(rules, expert);
    found.extend(recusals(expert, candidate));
    found.extend(card(rules, expert, candidate));
    found
}
