//! The directory of enterprises and what came of it: by round, by unit, against the number that the notice wants (S3-15,
//! S3-28, S3-29, S3-36).
use crate::model::filing::FilingState;
use crate::model::{Day, Level};
use crate::ops::{Result, Site};
use crate::policy::Policy;
use crate::policy::filing::Medium;
use crate::policy::targets::TargetKind;
use crate::store::views::enterprise::{Entry as Stored, directory};
use serde::Serialize;
use std::collections::BTreeMap;

/// A filing as the directory has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    pub round: i64,
    pub name: String,
    pub credit_code: String,
    pub unit: Option<String>,
    pub state: FilingState,
    /// Name, lowest and highest level of each occupation.
    pub scope: Vec<(String, Level, Level)>,
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub paper_on: Option<Day>,
    pub electronic_on: Option<Day>,
    /// What was not handed in by the day of the notice, on paper or as files.
    pub late: Vec<Medium>,
}

impl Entry {
    pub fn is_listed(&self) -> bool {
        self.state == FilingState::Listed
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Round {
    pub round: i64,
    pub filed: usize,
    pub listed: usize,
    /// First day of the first one in the directory.
    pub published_on: Option<Day>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct UnitCount {
    pub unit: String,
    pub filed: usize,
    pub listed: usize,
    pub occupations: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Enterprises {
    /// How many the first round is to have, roughly.
    pub target: Option<u32>,
    pub return_by: Option<Day>,
    pub filed: usize,
    pub listed: usize,
    pub late: usize,
    /// People with a valid certificate, and those of them whose certificate can be looked up nationally (S3-27, S3-36).
    pub certified: i64,
    pub uploaded: i64,
    pub rounds: Vec<Round>,
    pub units: Vec<UnitCount>,
    pub entries: Vec<Entry>,
}

pub fn enterprises(site: &Site) -> Result<Enterprises> {
    let policy = site.policy()?;
    let return_by = policy.deadlines.iter().find(|d| d.code == "summary_return").and_then(|d| d.due).map(|d| d.day);
    let stored = directory(site.store().db())?;
    let entries: Vec<_> = stored.into_iter().map(|one| entry(&policy, one, return_by)).collect();
    let talents = crate::ops::enterprise::talents(site)?;
    Ok(Enterprises {
        target: policy.targets.iter().find(|t| t.kind == TargetKind::FirstEnterprises).and_then(|t| t.about),
        return_by,
        filed: entries.len(),
        listed: entries.iter().filter(|e| e.is_listed()).count(),
        late: entries.iter().filter(|e| !e.late.is_empty()).count(),
        certified: talents.iter().map(|t| t.certified).sum(),
        uploaded: talents.iter().map(|t| t.uploaded).sum(),
        rounds: rounds(&entries),
        units: units(&entries),
        entries,
    })
}

fn entry(policy: &Policy, (organisation, filing, occupations): Stored, return_by: Option<Day>) -> Entry {
    let wanted = policy.filing.as_ref().map(|f| f.media.as_slice()).unwrap_or_default();
    let came = |medium: &Medium| match medium {
        Medium::Paper => filing.paper_on,
        Medium::Electronic => filing.electronic_on,
    };
    let late = |medium: &&Medium| return_by.is_some_and(|by| came(medium).is_none_or(|day| day > by));
    Entry {
        round: filing.round,
        name: organisation.name,
        credit_code: organisation.credit_code,
        unit: filing.unit.clone(),
        state: filing.state,
        scope: occupations.into_iter().map(|o| (o.name, o.lowest, o.highest)).collect(),
        from: filing.valid_from,
        to: filing.valid_to,
        paper_on: filing.paper_on,
        electronic_on: filing.electronic_on,
        late: wanted.iter().filter(late).copied().collect(),
    }
}

fn rounds(entries: &[Entry]) -> Vec<Round> {
    let mut all: BTreeMap<i64, Round> = BTreeMap::new();
    for one in entries {
        let round = all.entry(one.round).or_insert_with(|| Round { round: one.round, ..Round::default() });
        round.filed += 1;
        round.listed += usize::from(one.is_listed());
        round.published_on = [round.published_on, one.from].into_iter().flatten().min();
    }
    all.into_values().collect()
}

fn units(entries: &[Entry]) -> Vec<UnitCount> {
    let mut all: BTreeMap<String, UnitCount> = BTreeMap::new();
    for one in entries {
        let unit = one.unit.clone().unwrap_or_default();
        let count = all.entry(unit.clone()).or_insert_with(|| UnitCount { unit, ..UnitCount::default() });
        count.filed += 1;
        count.listed += usize::from(one.is_listed());
        count.occupations += one.scope.len();
    }
    all.into_values().collect()
}
