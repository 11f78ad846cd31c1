//! What the forms of one person are filled with: the application, its evidence and the chain of opinions.
use super::{Asked, Filled, Ids, Notice};
use crate::model::{Day, EvidenceKind, Level};
use crate::ops::documents;
use crate::ops::{ApplicationRow, EvidenceRow, QualificationRow, Result, ScoreBlock, ScoreBlockRow, Site, StampRow};
use crate::policy::Policy;
use crate::policy::materials::KeptBy;
use crate::store::rows;
use serde::Serialize;

#[derive(Serialize)]
struct Forms<'a> {
    notice: Notice<'a>,
    copies: Vec<Copy>,
    /// The sentences of the notice's own pledge.
    pledge: Vec<String>,
    people: Vec<Person>,
}

#[derive(Serialize)]
struct Copy {
    number: usize,
    /// Who keeps it; the template has the words.
    kept_by: Option<KeptBy>,
}

/// Everything a template may ask for. Days are `2023年10月15日`, levels both ways.
#[derive(Debug, Serialize)]
pub struct Person {
    pub application: i64,
    pub registration_no: Option<String>,
    pub name: String,
    pub sex: Option<&'static str>,
    pub ethnic_group: Option<String>,
    pub document: &'static str,
    pub id_number: String,
    pub education: Option<String>,
    pub phone: Option<String>,
    pub work_began: Option<String>,
    pub years: Option<i64>,
    pub employer: Option<String>,
    pub occupation: String,
    pub direction: Option<String>,
    /// `三级/高级工`
    pub level: &'static str,
    /// `高级工`
    pub grade: &'static str,
    /// Code of the route; the template has the words.
    pub route: &'static str,
    pub earlier: Earlier,
    pub engaged: Engaged,
    pub experience: Option<String>,
    pub periods: Vec<Period>,
    pub achievements: Option<String>,
    pub strengths: Option<String>,
    pub pledged_on: Option<String>,
    pub stamps: Vec<Node>,
    /// The blocks of marks; empty until they are signed.
    pub theory: Marks,
    pub practical: Marks,
    /// The result document, once there is one.
    pub result: Option<Issued>,
}

/// A block of marks on the form (S2-38, S2-39).
#[derive(Debug, Default, Serialize)]
pub struct Marks {
    pub points: Option<String>,
    pub review: Option<String>,
    pub organisation: Option<String>,
    pub filing_no: Option<String>,
    pub handled_by: Option<String>,
    pub responsible: Option<String>,
    pub dated: Option<String>,
}

/// What the last node of the form says of the document (S2-40).
#[derive(Debug, Serialize)]
pub struct Issued {
    pub document_no: Option<String>,
    pub handled_by: Option<String>,
    pub responsible: Option<String>,
    pub dated: Option<String>,
}

/// The certificate held before (上一级证书).
#[derive(Debug, Default, Serialize)]
pub struct Earlier {
    pub occupation: Option<String>,
    pub number: Option<String>,
}

/// 现聘任等级, 聘任时间, 资格文件（文号）
#[derive(Debug, Default, Serialize)]
pub struct Engaged {
    pub grade: Option<&'static str>,
    pub since: Option<String>,
    pub number: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct Period {
    pub from: Option<String>,
    pub to: Option<String>,
    pub unit: Option<String>,
    pub subject: Option<String>,
}

/// One opinion of the chain; empty until it is given.
#[derive(Debug, Serialize)]
pub struct Node {
    pub node: &'static str,
    pub opinion: Option<String>,
    pub handled_by: Option<String>,
    pub responsible: Option<String>,
    pub dated: Option<String>,
    pub document_no: Option<String>,
}

pub fn forms(asked: &Asked<'_>) -> Result<Filled> {
    let (site, policy, people) = (asked.site, asked.policy, asked.people()?);
    let form = policy.materials.iter().find(|m| m.code == "form");
    let copies = form.and_then(|m| m.copies).unwrap_or(1).max(1);
    let copy = |n: usize| Copy { number: n + 1, kept_by: form.and_then(|m| m.kept_by.get(n)).copied() };
    let data = Forms {
        notice: Notice::of(policy),
        copies: (0..usize::from(copies)).map(copy).collect(),
        pledge: policy.pledge.printed(policy.notice.year),
        people: people.iter().map(|row| person(site, policy, row)).collect::<Result<_>>()?,
    };
    Filled::of(&data, people.len(), Ids::Whole)
}

pub fn person(site: &Site, policy: &Policy, a: &ApplicationRow) -> Result<Person> {
    let db = site.store().db();
    let evidence = rows::select::<EvidenceRow>(db, "WHERE application = ?1 ORDER BY from_day, id", [a.id])?;
    let stamps = rows::select::<StampRow>(db, "WHERE application = ?1", [a.id])?;
    let blocks = rows::select::<ScoreBlockRow>(db, "WHERE application = ?1", [a.id])?;
    let (full, grade) = names(a.level);
    let crate::model::ApplicationId(application) = a.id;
    Ok(Person {
        application,
        registration_no: a.registration_no.clone(),
        name: a.name.clone(),
        sex: a.sex.map(|s| s.official()),
        ethnic_group: a.ethnic_group.clone(),
        document: a.document.official(),
        id_number: a.id_number.clone(),
        education: a.education.clone(),
        phone: a.phone.clone(),
        work_began: a.work_began.map(month),
        years: a.years,
        employer: a.employer.clone(),
        occupation: a.occupation_name.clone(),
        direction: a.direction.clone(),
        level: full,
        grade,
        route: a.route.code(),
        earlier: earlier(a, &evidence),
        engaged: engaged(&evidence),
        experience: a.experience.clone(),
        periods: evidence.iter().filter(|e| e.kind == EvidenceKind::Employment).map(period).collect(),
        achievements: a.achievements.clone(),
        strengths: a.strengths.clone(),
        pledged_on: a.pledged_on.map(day),
        stamps: policy.stamps.chain.iter().map(|node| opinion(node.code(), &stamps)).collect(),
        theory: marks(&blocks, ScoreBlock::Theory),
        practical: marks(&blocks, ScoreBlock::Practical),
        result: documents::of_person(site, a.id)?.map(issued),
    })
}

fn marks(blocks: &[ScoreBlockRow], of: ScoreBlock) -> Marks {
    let found = blocks.iter().find(|row| row.block == of);
    found.map_or_else(Marks::default, |row| Marks {
        points: Some(row.points.to_string()),
        review: row.review.map(|points| points.to_string()),
        organisation: row.organisation.clone(),
        filing_no: row.filing_no.clone(),
        handled_by: row.handled_by.clone(),
        responsible: row.responsible.clone(),
        dated: Some(day(row.dated)),
    })
}

fn issued(row: QualificationRow) -> Issued {
    let QualificationRow { document_no, handled_by, responsible, dated, .. } = row;
    Issued { document_no, handled_by, responsible, dated: dated.map(day) }
}

pub fn names(level: Level) -> (&'static str, &'static str) {
    let full = level.official();
    (full, full.split_once('/').map_or(full, |(_, grade)| grade))
}

/// The highest certificate among the evidence; what the sheet said where there is none.
fn earlier(a: &ApplicationRow, evidence: &[EvidenceRow]) -> Earlier {
    let held = evidence.iter().filter(|e| e.kind == EvidenceKind::Certificate);
    match held.min_by_key(|e| e.level.map_or(u8::MAX, Level::digit)) {
        Some(e) => Earlier { occupation: e.subject.clone(), number: e.number.clone() },
        None => Earlier { occupation: None, number: a.certificate_no.clone() },
    }
}

fn engaged(evidence: &[EvidenceRow]) -> Engaged {
    let last = evidence.iter().rfind(|e| e.kind == EvidenceKind::Engagement);
    last.map_or_else(Engaged::default, |e| Engaged {
        grade: e.level.map(|level| names(level).1),
        since: e.from_day.map(month),
        number: e.number.clone(),
    })
}

fn period(e: &EvidenceRow) -> Period {
    Period { from: e.from_day.map(month), to: e.to_day.map(month), unit: e.unit.clone(), subject: e.subject.clone() }
}

fn opinion(node: &'static str, stamps: &[StampRow]) -> Node {
    let given = stamps.iter().find(|s| s.node == node);
    Node {
        node,
        opinion: given.map(|s| s.opinion.clone()),
        handled_by: given.and_then(|s| s.handled_by.clone()),
        responsible: given.and_then(|s| s.responsible.clone()),
        dated: given.map(|s| day(s.dated)),
        document_no: given.and_then(|s| s.document_no.clone()),
    }
}

pub fn day(day: Day) -> String {
    use chrono::Datelike;
    format!("{}\u{5e74}{}\u{6708}{}\u{65e5}", day.year(), day.month(), day.day())
}

fn month(day: Day) -> String {
    day.format("%Y.%m").to_string()
}
