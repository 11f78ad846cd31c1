//! The result document with its list, the roster of the passed with the index of their materials, and the form that goes
//! with an upload.
use super::person::{day, names};
use super::{Asked, Filled, Ids, NOTHING, NUMBER_NEEDED, Notice};
use crate::model::{Points, Refusal};
use crate::ops::documents;
use crate::ops::rosters::{self, Kind, MaterialLine};
use crate::ops::uploads::{self, AuditLine};
use crate::ops::{QualifiedRow, QualifiedState, Result, RosterKind};
use serde::Serialize;

/// The one asked for, or the only one that there is.
fn chosen(asked: &Asked<'_>, all: &[i64]) -> Result<i64, Refusal> {
    match (asked.number, all) {
        (Some(number), _) => Ok(number),
        (None, [one]) => Ok(*one),
        (None, []) => Err(Refusal::new(NOTHING)),
        (None, _) => Err(Refusal::new(NUMBER_NEEDED).with("count", all.len())),
    }
}

#[derive(Serialize)]
struct Qualification<'a> {
    notice: Notice<'a>,
    document: Head,
    people: Vec<Person>,
    /// Where each copy of the form goes; the form words it.
    copies: Vec<&'static str>,
}

#[derive(Serialize)]
struct Head {
    title: String,
    document_no: Option<String>,
    issuer: Option<String>,
    handled_by: Option<String>,
    responsible: Option<String>,
    dated: Option<String>,
}

#[derive(Serialize)]
struct Person {
    name: String,
    sex: Option<&'static str>,
    ethnic_group: Option<String>,
    id_number: String,
    employer: Option<String>,
    occupation: String,
    grade: &'static str,
    theory: Option<String>,
    practical: Option<String>,
}

pub fn qualification(asked: &Asked<'_>) -> Result<Filled> {
    let all: Vec<i64> = documents::documents(asked.site)?.iter().map(|d| d.row.id).collect();
    let document = documents::document(asked.site, chosen(asked, &all)?)?;
    let points = |points: Option<Points>| points.map(|p| p.to_string());
    let person = |row: QualifiedRow| Person {
        name: row.name,
        sex: row.sex.map(|sex| sex.official()),
        ethnic_group: row.ethnic_group,
        id_number: row.id_number,
        employer: row.employer,
        occupation: row.occupation_name,
        grade: names(row.level).1,
        theory: points(row.theory),
        practical: points(row.practical),
    };
    let lines = documents::people(asked.site, document.row.id)?.into_iter();
    let people: Vec<_> = lines.filter(|row| row.state == QualifiedState::Listed).map(person).collect();
    let row = document.row;
    let data = Qualification {
        notice: Notice::of(asked.policy),
        copies: document.copies.into_iter().map(|copy| copy.keeper).collect(),
        document: Head {
            title: row.title,
            document_no: row.document_no,
            issuer: row.issuer,
            handled_by: row.handled_by,
            responsible: row.responsible,
            dated: row.dated.map(day),
        },
        people,
    };
    Filled::of(&data, data.people.len(), Ids::Whole)
}

#[derive(Serialize)]
struct Roster<'a> {
    notice: Notice<'a>,
    passed: bool,
    unit: Option<String>,
    filled_by: String,
    phone: Option<String>,
    made_on: String,
    people: Vec<OnRoster>,
    boxes: Vec<RosterBox>,
    /// Whether an index of materials belongs to it.
    materials: bool,
}

#[derive(Serialize)]
struct OnRoster {
    number: usize,
    name: String,
    sex: Option<&'static str>,
    id_number: String,
    employer: Option<String>,
    occupation: String,
    grade: &'static str,
    /// What is there.
    materials: Vec<MaterialLine>,
}

#[derive(Serialize)]
struct RosterBox {
    /// Code; the form words it, whatever the screen's language.
    office: &'static str,
    signers: u8,
    handled_by: Option<String>,
    responsible: Option<String>,
    dated: Option<String>,
    head_count: Option<i64>,
}

pub fn passed_roster(asked: &Asked<'_>) -> Result<Filled> {
    let all: Vec<i64> = rosters::rosters(asked.site)?.iter().map(|r| r.row.id).collect();
    let roster = rosters::roster(asked.site, chosen(asked, &all)?)?;
    let mut people = Vec::new();
    for (at, (a, _)) in rosters::people(asked.site, roster.row.id)?.into_iter().enumerate() {
        let materials = rosters::materials(asked.site, a.id)?.into_iter().filter(|one| one.there).collect();
        people.push(OnRoster {
            number: at + 1,
            name: a.name,
            sex: a.sex.map(|sex| sex.official()),
            id_number: a.id_number,
            employer: a.employer,
            occupation: a.occupation_name,
            grade: names(a.level).1,
            materials,
        });
    }
    let kind = if roster.row.kind == RosterKind::Passed { Kind::Passed } else { Kind::Applicants };
    let rule = asked.policy.rosters.iter().find(|rule| rule.kind == kind);
    let signers = |at: usize| rule.and_then(|rule| rule.boxes.get(at)).map_or(0, |one| one.signers);
    let boxes = roster.boxes.iter().enumerate().map(|(at, one)| RosterBox {
        office: one.node.code(),
        signers: signers(at),
        handled_by: one.handled_by.clone(),
        responsible: one.responsible.clone(),
        dated: one.dated.map(day),
        head_count: one.head_count,
    });
    let unit = roster.row.unit.as_ref();
    let unit = unit.and_then(|code| asked.policy.units.list.iter().find(|u| u.code == *code));
    let data = Roster {
        notice: Notice::of(asked.policy),
        passed: kind == Kind::Passed,
        unit: unit.map(|u| u.name.clone()),
        filled_by: roster.row.filled_by.clone(),
        phone: roster.row.phone.clone(),
        made_on: day(roster.row.made_at.day()),
        boxes: boxes.collect(),
        materials: rule.is_some_and(|rule| rule.materials),
        people,
    };
    Filled::of(&data, data.people.len(), Ids::Whole)
}

#[derive(Serialize)]
struct Audit {
    organisation: String,
    head: Option<String>,
    manager: Option<String>,
    title: String,
    uploaded_on: Option<String>,
    kind: &'static str,
    lines: Vec<AuditLine>,
    total: usize,
    number: i64,
    digest: String,
}

pub fn audit(asked: &Asked<'_>) -> Result<Filled> {
    let all: Vec<i64> = uploads::uploads(asked.site)?.iter().map(|u| u.row.id).collect();
    let upload = uploads::upload(asked.site, chosen(asked, &all)?)?;
    let data = Audit {
        organisation: asked.site.row()?.name,
        head: upload.row.head,
        manager: upload.row.manager,
        title: asked.site.batch()?.name,
        uploaded_on: upload.row.submitted_on.map(day),
        kind: upload.row.kind.code(),
        lines: uploads::audit_lines(asked.site, upload.row.id)?,
        total: upload.people,
        number: upload.row.id,
        digest: upload.row.digest,
    };
    Filled::of(&data, data.total, Ids::Masked)
}
