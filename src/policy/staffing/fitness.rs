//! Whether one person may take one post, and every reason why not.
use super::{Facts, Person, Post, Staffing, Tie, Waivable};
use crate::model::{AssessorGrade, Code, Duty, Refusal, TieKind};
use serde::Serialize;

pub const RETIRED: Code = Code("staff.retired");
pub const DUTY: Code = Code("staff.not_for_duty");
pub const BUSY: Code = Code("staff.busy");
pub const ONESELF: Code = Code("staff.sits_exam");
pub const KIN: Code = Code("staff.kin");
pub const GRADE: Code = Code("staff.grade");
pub const NO_CARD: Code = Code("staff.no_card");
pub const CARD_EXPIRED: Code = Code("staff.card_expired");
pub const OCCUPATION: Code = Code("staff.card_occupation");
pub const MASTER: Code = Code("staff.master");
pub const TEACHER: Code = Code("staff.teacher");
pub const IN_ROW: Code = Code("staff.in_row");
pub const COLLEAGUE: Code = Code("staff.colleague");
pub const OTHER: Code = Code("staff.other_tie");
pub const SAME_UNIT: Code = Code("staff.same_unit");

/// A rule that somebody may offend against. One's own exam and kin are never set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    Retired,
    Duty,
    Busy,
    Oneself,
    Kin,
    Grade,
    NoCard,
    CardExpired,
    Occupation,
    Master,
    Teacher,
    InRow,
    Colleague,
    Other,
    SameUnit,
}

impl Rule {
    fn code(self) -> Code {
        match self {
            Rule::Retired => RETIRED,
            Rule::Duty => DUTY,
            Rule::Busy => BUSY,
            Rule::Oneself => ONESELF,
            Rule::Kin => KIN,
            Rule::Grade => GRADE,
            Rule::NoCard => NO_CARD,
            Rule::CardExpired => CARD_EXPIRED,
            Rule::Occupation => OCCUPATION,
            Rule::Master => MASTER,
            Rule::Teacher => TEACHER,
            Rule::InRow => IN_ROW,
            Rule::Colleague => COLLEAGUE,
            Rule::Other => OTHER,
            Rule::SameUnit => SAME_UNIT,
        }
    }

    fn waivable(self) -> Option<Waivable> {
        match self {
            Rule::Master => Some(Waivable::Master),
            Rule::Teacher => Some(Waivable::Teacher),
            Rule::InRow => Some(Waivable::InRow),
            Rule::Colleague => Some(Waivable::Colleague),
            Rule::Other => Some(Waivable::Other),
            Rule::SameUnit => Some(Waivable::SameUnit),
            Rule::Retired
            | Rule::Duty
            | Rule::Busy
            | Rule::Oneself
            | Rule::Kin
            | Rule::Grade
            | Rule::NoCard
            | Rule::CardExpired
            | Rule::Occupation => None,
        }
    }
}

/// One reason why somebody may not take a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Objection {
    pub rule: Rule,
    /// Whether a coordinator's reason may set it aside.
    pub waivable: bool,
    pub refusal: Refusal,
}

/// Every reason, those first that nothing sets aside.
pub fn objections(staffing: &Staffing, facts: &Facts, person: &Person, post: &Post) -> Vec<Objection> {
    let mut found = Found { staffing, person, all: Vec::new() };
    if person.retired {
        found.add(Rule::Retired, |r| r);
    }
    if !person.duties.contains(&post.duty) {
        found.add(Rule::Duty, |r| r.word("duty", format!("duty.{}", post.duty.code())));
    }
    if let Some(other) = facts.clash(person.id, post.session) {
        found.add(Rule::Busy, |r| r.with("session", other.code.as_str()));
    }
    if !post.duty.is_service() {
        ties(facts, post, &mut found);
    }
    card(facts, post, &mut found);
    in_row(facts, post, &mut found);
    found.all.sort_by_key(|o| (o.waivable, o.rule));
    found.all
}

struct Found<'a> {
    staffing: &'a Staffing,
    person: &'a Person,
    all: Vec<Objection>,
}

impl Found<'_> {
    fn add(&mut self, rule: Rule, more: impl FnOnce(Refusal) -> Refusal) {
        let waivable = rule.waivable().is_some_and(|w| self.staffing.may_override.contains(&w));
        let refusal = more(Refusal::new(rule.code()).with("name", self.person.name.as_str()));
        self.all.push(Objection { rule, waivable, refusal });
    }
}

/// Recusal (回避). One's own exam keeps one from every post of the batch. Kin keep one from those whom the post deals
/// with, and from all papers.
fn ties(facts: &Facts, post: &Post, found: &mut Found<'_>) {
    let (staffing, person) = (found.staffing, found.person);
    let oneself = staffing.recuse.contains(&TieKind::Oneself);
    if oneself && person.id_number.as_ref().is_some_and(|own| facts.candidates.contains(own)) {
        found.add(Rule::Oneself, |r| r);
    }
    let papers = |kind| post.duty.handles_papers() && matches!(kind, TieKind::Oneself | TieKind::Kin);
    let applies = |tie: &&Tie| {
        let everywhere = tie.kind == TieKind::Oneself || papers(tie.kind);
        let recused = staffing.recuse.contains(&tie.kind) || tie.kind == TieKind::Other;
        recused
            && if everywhere { facts.candidates.contains(&tie.id_number) } else { facts.meets(post, &tie.id_number) }
    };
    for tie in person.ties.iter().filter(applies) {
        let rule = match tie.kind {
            TieKind::Oneself => Rule::Oneself,
            TieKind::Kin => Rule::Kin,
            TieKind::Master => Rule::Master,
            TieKind::Teacher => Rule::Teacher,
            TieKind::Colleague => Rule::Colleague,
            TieKind::Other => Rule::Other,
        };
        if rule != Rule::Oneself || !found.all.iter().any(|o| o.rule == Rule::Oneself) {
            found.add(rule, |r| r.with("candidate", tie.name.as_str()));
        }
    }
    // Colleagues matter to those who judge or watch them; who keeps the keys of a venue has colleagues everywhere.
    let watches = matches!(post.duty, Duty::Proctor | Duty::Assessor | Duty::Supervisor);
    if watches && staffing.recuse_same_unit && facts.meets_unit(post, &person.unit) {
        found.add(Rule::SameUnit, |r| r.with("unit", person.unit.as_str()));
    }
}

/// The card is valid on the day; an assessor's is of the grade that the levels want and covers one of the occupations.
fn card(facts: &Facts, post: &Post, found: &mut Found<'_>) {
    let person = found.person;
    let day = facts.when(post.session).map(|w| w.starts.day());
    let expired = person.card_until.zip(day).filter(|(until, day)| until < day);
    if let Some((until, _)) = expired.filter(|_| matches!(post.duty, Duty::Assessor | Duty::Supervisor)) {
        found.add(Rule::CardExpired, |r| r.with("until", until.to_string()));
    }
    if post.duty != Duty::Assessor {
        return;
    }
    if person.card_no.is_none() {
        found.add(Rule::NoCard, |r| r);
    }
    let Some(sitters) = facts.sitters(post) else { return };
    let senior = sitters.wants_senior(found.staffing);
    let grade = match person.grade {
        AssessorGrade::None => false,
        AssessorGrade::Assessor => !senior,
        AssessorGrade::Senior => true,
    };
    if !grade {
        let wanted = if senior { AssessorGrade::Senior } else { AssessorGrade::Assessor };
        found.add(Rule::Grade, |r| r.word("wanted", format!("assessor_grade.{}", wanted.code())));
    }
    if !sitters.occupations().any(|occupation| person.covers(occupation)) {
        let wanted: Vec<_> = sitters.occupations().collect();
        found.add(Rule::Occupation, |r| r.with("wanted", wanted.join(" ")));
    }
}

fn in_row(facts: &Facts, post: &Post, found: &mut Found<'_>) {
    let most = usize::from(found.staffing.max_in_row);
    if post.duty != Duty::Assessor || most == 0 {
        return;
    }
    let (Some(when), Some(venue)) = (facts.when(post.session), facts.venues.get(&post.venue)) else { return };
    let count = facts.past.row_with(venue, (when.starts, post.session), found.person.id);
    if count > most {
        found.add(Rule::InRow, |r| r.with("venue", venue.as_str()).with("count", count).with("most", most));
    }
}
