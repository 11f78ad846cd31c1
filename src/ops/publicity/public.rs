//! What the public sees: the frozen list of the release that is shown, never the marks.
use super::standing;
use crate::model::{Code, IdShown, Level, Points, PublicColumn, PublicationId, Refusal, Subject, fold};
use crate::ops::results::OutcomeKind;
use crate::ops::{Result, Site};
use crate::store::rows::{self, Connection};
use crate::store::{PublicationRow, PublishedRow};
use serde::Serialize;
use std::collections::BTreeMap;

/// Nothing is public.
pub const NOTHING_PUBLIC: Code = Code("publicity.nothing_public");

/// A heading of the public list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    Column(PublicColumn),
    /// Last four places of the document.
    Tail,
}

impl Shown {
    /// Locale key of its heading.
    pub fn key(self) -> &'static str {
        match self {
            Shown::Tail => "heading.id_tail",
            Shown::Column(PublicColumn::Name) => "heading.name",
            Shown::Column(PublicColumn::Ticket) => "heading.ticket",
            Shown::Column(PublicColumn::Employer) => "heading.employer",
            Shown::Column(PublicColumn::Occupation) => "heading.occupation",
            Shown::Column(PublicColumn::Level) => "heading.level",
            Shown::Column(PublicColumn::Theory) => "subject.theory",
            Shown::Column(PublicColumn::Practical) => "subject.practical",
            Shown::Column(PublicColumn::Review) => "subject.review",
            Shown::Column(PublicColumn::Outcome) => "heading.outcome",
        }
    }

    /// The text of a cell, or the key of its word.
    pub fn cell(self, row: &PublishedRow) -> Said {
        let text = |text: &Option<String>| Said::Text(text.clone().unwrap_or_default());
        match self {
            Shown::Tail => text(&row.id_tail),
            Shown::Column(column) => match column {
                PublicColumn::Name => Said::Text(row.name.clone()),
                PublicColumn::Ticket => text(&row.ticket),
                PublicColumn::Employer => text(&row.employer),
                PublicColumn::Occupation => Said::Text(row.occupation_name.clone()),
                PublicColumn::Level => Said::Text(row.level.official().to_owned()),
                PublicColumn::Theory => said_mark(&row.theory),
                PublicColumn::Practical => said_mark(&row.practical),
                PublicColumn::Review => said_mark(&row.review),
                PublicColumn::Outcome => Said::Word(format!("outcome.{}", row.outcome)),
            },
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Text(String),
    /// A locale key.
    Word(String),
}

/// Points as they are, everything else by its word.
pub fn said_mark(text: &str) -> Said {
    match Points::parse(text) {
        Some(_) => Said::Text(text.to_owned()),
        None => Said::Word(format!("mark.{text}")),
    }
}

/// The columns of a release, as it was made.
pub fn columns(release: &PublicationRow) -> Vec<Shown> {
    let named = release.columns.split(',').filter_map(PublicColumn::parse).map(Shown::Column);
    let mut all: Vec<Shown> = named.collect();
    if release.identity != IdShown::None {
        let after = all.iter().position(|c| *c == Shown::Column(PublicColumn::Name)).map_or(0, |at| at + 1);
        all.insert(after, Shown::Tail);
    }
    all
}

#[derive(Debug, Clone, PartialEq)]
pub struct PublicList {
    pub release: PublicationRow,
    pub columns: Vec<Shown>,
    pub rows: Vec<PublishedRow>,
}

/// The public list, narrowed to what somebody looks for in what it shows. Refused while nothing is public.
pub fn public(site: &Site, text: &str) -> Result<PublicList> {
    let (db, batch) = (site.store().db(), site.batch()?.id);
    let release = standing(db, batch)?.filter(PublicationRow::is_public);
    let release = release.ok_or_else(|| Refusal::new(NOTHING_PUBLIC))?;
    let columns = columns(&release);
    let mut rows = lines(site, &release)?;
    let wanted = fold::text(text).trim().to_lowercase();
    if !wanted.is_empty() {
        let found = |cell: Said| matches!(cell, Said::Text(text) if text.to_lowercase().contains(&wanted));
        rows.retain(|row| columns.iter().any(|column| found(column.cell(row))));
    }
    Ok(PublicList { release, columns, rows })
}

/// All lines of a release, in its order.
pub(super) fn lines(site: &Site, release: &PublicationRow) -> Result<Vec<PublishedRow>> {
    Ok(rows::select(site.store().db(), "WHERE publication = ?1 ORDER BY id", [release.id])?)
}

/// One occupation at one level as the public sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PublicCount {
    pub occupation: String,
    pub occupation_name: String,
    pub level: Option<Level>,
    pub people: usize,
    pub passed: usize,
    pub failed: usize,
    pub incomplete: usize,
}

/// Counts of the public list by occupation, level from 5 down.
pub fn public_counts(list: &PublicList) -> Vec<PublicCount> {
    let mut groups: BTreeMap<(&str, std::cmp::Reverse<Level>), PublicCount> = BTreeMap::new();
    for row in &list.rows {
        let one = groups.entry((&row.occupation, std::cmp::Reverse(row.level))).or_insert_with(|| PublicCount {
            occupation: row.occupation.clone(),
            occupation_name: row.occupation_name.clone(),
            level: Some(row.level),
            ..PublicCount::default()
        });
        one.people += 1;
        match OutcomeKind::parse(&row.outcome) {
            Some(OutcomeKind::Passed) => one.passed += 1,
            Some(OutcomeKind::Failed) => one.failed += 1,
            _ => one.incomplete += 1,
        }
    }
    groups.into_values().collect()
}

/// A line that a correction changed; `before` is `None` for somebody who was not on the list, `after` for somebody who left it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Corrected {
    pub before: Option<PublishedRow>,
    pub after: Option<PublishedRow>,
}

impl Corrected {
    /// Whichever side there is.
    pub fn row(&self) -> Option<&PublishedRow> {
        self.after.as_ref().or(self.before.as_ref())
    }

    /// The mark of a part before and after, where it changed.
    pub fn part(&self, part: Subject) -> Option<(&str, &str)> {
        let (before, after) = (self.before.as_ref()?.of(part), self.after.as_ref()?.of(part));
        (before != after).then_some((before, after))
    }
}

/// What a release changed of the one that it corrects; empty for a first one.
pub fn corrected(site: &Site, release: &PublicationRow) -> Result<Vec<Corrected>> {
    let Some(id) = release.corrects else { return Ok(Vec::new()) };
    let db = site.store().db();
    let of = |id| -> Result<BTreeMap<_, PublishedRow>> {
        let all = rows::select::<PublishedRow>(db, "WHERE publication = ?1 ORDER BY id", [id])?;
        Ok(all.into_iter().map(|row| (row.application, row)).collect())
    };
    let (mut old, new) = (of(id)?, of(release.id)?);
    let mut found: Vec<Corrected> = Vec::new();
    for (application, after) in new {
        match old.remove(&application) {
            Some(before) if same(&before, &after) => {}
            before => found.push(Corrected { before, after: Some(after) }),
        }
    }
    found.extend(old.into_values().map(|before| Corrected { before: Some(before), after: None }));
    Ok(found)
}

fn same(one: &PublishedRow, other: &PublishedRow) -> bool {
    PublishedRow { id: other.id, publication: other.publication, ..one.clone() } == *other
}

/// The lines of whoever has this whole number.
pub(super) fn of_person(db: &Connection, release: PublicationId, id_number: &str) -> Result<Vec<PublishedRow>> {
    let tail =
        "WHERE publication = ?1 AND application IN (SELECT id FROM application WHERE id_number = ?2) ORDER BY id";
    Ok(rows::select(db, tail, (release, id_number))?)
}
