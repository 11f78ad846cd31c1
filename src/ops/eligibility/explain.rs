//! One application explained, and all of them counted.
use super::bench::{Bench, Set, reference};
use super::pieces::{Piece, pieces};
use crate::bundle::codes::Codes;
use crate::config::Assets;
use crate::model::{ApplicationId, Day, Evidence, Level, Route};
use crate::ops::applications::by_id;
use crate::ops::{ApplicationRow, Result, Site};
use crate::policy::Policy;
use crate::policy::eligibility::{Assessment, Condition, Facts, Finding, Short, Span, Standing, Words};
use crate::store::views::earned;
use crate::store::{EvidenceRow, rows};
use serde::Serialize;
use std::collections::HashMap;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    pub application: ApplicationId,
    pub name: String,
    pub occupation: String,
    pub occupation_name: String,
    pub level: Level,
    pub route: Route,
    pub rules: RulesUsed,
    /// The day for which it is judged; it counts whole.
    pub reference: Day,
    pub standing: Standing,
    /// Why no branch can help at all.
    pub refused: Option<Short>,
    /// Place in `branches` of the first that is met, else of the nearest.
    pub chosen: Option<usize>,
    /// Paragraph of the notice that opens this kind of application.
    pub notice_clause: Option<String>,
    pub branches: Vec<BranchShown>,
    pub evidence: Vec<Piece>,
    pub years: Years,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RulesUsed {
    pub code: String,
    pub title: Words,
    pub basis: String,
    pub digest: String,
    /// Where the notice says that the standards can be read.
    pub standards_url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BranchShown {
    pub id: String,
    pub clause: String,
    pub words: Words,
    pub standing: Standing,
    /// What a person has to decide although the conditions are met.
    pub judgement: Option<Words>,
    /// The occupation begins at this level, above the certificate asked for.
    pub begins_above: Option<Level>,
    pub conditions: Vec<ConditionShown>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConditionShown {
    pub condition: Condition,
    #[serde(flatten)]
    pub finding: Finding,
}

/// Years in the occupation. Only `counted` judges; the claimed number stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Years {
    pub claimed: Option<i64>,
    pub counted: Span,
    /// If everything counted whose relation nobody has judged.
    pub possible: Span,
    /// Claimed less counted, in whole years.
    pub difference: Option<i64>,
}

pub fn explain(site: &Site, application: ApplicationId) -> Result<Explanation> {
    let (row, policy) = (by_id(site, application)?, site.policy()?);
    let bench = Bench::of(site.assets(), &policy)?;
    let recorded = super::recorded(site, application)?;
    let earned = earned::of(site.store().db(), application)?;
    let pieces = pieces(&row, &recorded, &earned, &bench.schools);
    let case = Case::of(&*site.codes()?, reference(&policy, site.now().day()), &row);
    let set = bench.set(&policy, &row.occupation)?;
    let evidence: Vec<Evidence> = pieces.iter().map(|p| p.evidence.clone()).collect();
    let facts = case.facts(&row, &evidence, set);
    let found = set.judge.assess(&facts);
    let years = years(&row, set, &facts);
    Ok(Explanation {
        application: row.id,
        name: row.name,
        occupation: row.occupation,
        occupation_name: row.occupation_name,
        level: row.level,
        route: row.route,
        rules: RulesUsed {
            code: set.rules.code.clone(),
            title: set.rules.title.clone(),
            basis: set.rules.basis.clone(),
            digest: set.digest.clone(),
            standards_url: policy.occupations.standards_url.clone(),
        },
        reference: case.reference,
        standing: found.standing,
        refused: found.refused,
        chosen: found.chosen,
        notice_clause: set.judge.route(row.route).and_then(|r| r.clause.clone()),
        branches: shown(&found),
        evidence: pieces,
        years,
    })
}

/// What an application is judged against inside an operation, where there is no site to ask.
pub(in crate::ops) struct Judging<'a> {
    bench: Bench,
    policy: &'a Policy,
    codes: &'a Codes,
    reference: Day,
}

impl<'a> Judging<'a> {
    pub fn of(assets: &Assets, policy: &'a Policy, codes: &'a Codes, today: Day) -> Result<Judging<'a>> {
        Ok(Judging { bench: Bench::of(assets, policy)?, policy, codes, reference: reference(policy, today) })
    }

    /// The same as [`explain`] says.
    pub fn standing(
        &self,
        row: &ApplicationRow,
        recorded: &[EvidenceRow],
        earned: &[earned::Earned],
    ) -> Result<Standing> {
        let found = pieces(row, recorded, earned, &self.bench.schools);
        let evidence: Vec<Evidence> = found.into_iter().map(|p| p.evidence).collect();
        let (case, set) = (Case::of(self.codes, self.reference, row), self.bench.set(self.policy, &row.occupation)?);
        Ok(set.judge.assess(&case.facts(row, &evidence, set)).standing)
    }
}

fn shown(found: &Assessment<'_>) -> Vec<BranchShown> {
    let condition = |(condition, finding): &(&Condition, Finding)| ConditionShown {
        condition: (*condition).clone(),
        finding: finding.clone(),
    };
    let branch = |b: &crate::policy::eligibility::BranchResult<'_>| BranchShown {
        id: b.id.to_owned(),
        clause: b.branch.clause.clone(),
        words: b.branch.words.clone(),
        standing: b.standing,
        judgement: b.branch.judgement.clone(),
        begins_above: b.begins_above,
        conditions: b.conditions.iter().map(condition).collect(),
    };
    found.branches.iter().map(branch).collect()
}

fn years(row: &ApplicationRow, set: &Set, facts: &Facts<'_>) -> Years {
    let counted = set.judge.years(facts).counted.unwrap_or_default();
    let hoped: Vec<Evidence> = facts
        .evidence
        .iter()
        .map(|e| Evidence { relation: e.relation.or(Some(crate::model::Relation::Same)), ..e.clone() })
        .collect();
    let possible = set.judge.years(&Facts { evidence: &hoped, ..*facts }).counted.unwrap_or_default();
    let difference = row.years.map(|claimed| claimed - i64::from(counted.years));
    Years { claimed: row.years, counted, possible, difference }
}

/// What is the same for every piece of evidence of an application.
struct Case {
    levels: Vec<Level>,
    reference: Day,
}

impl Case {
    fn of(codes: &Codes, reference: Day, row: &ApplicationRow) -> Case {
        let levels = codes.occupation(&row.occupation).map(|o| o.levels().collect()).unwrap_or_default();
        Case { levels, reference }
    }

    fn facts<'f>(&'f self, row: &ApplicationRow, evidence: &'f [Evidence], set: &Set) -> Facts<'f> {
        Facts {
            birth: row.birth,
            level: row.level,
            route: row.route,
            evidence,
            reference: self.reference,
            levels: &self.levels,
            wording: set.judge.wording(&row.occupation),
            no_certificate: row.has_certificate == Some(false),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    pub reference: Day,
    pub met: usize,
    /// Of those met, how many stand on a branch that leaves something to a person.
    pub judgement: usize,
    pub not_met: usize,
    pub undecidable: usize,
    pub lines: Vec<SummaryLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SummaryLine {
    pub application: ApplicationId,
    pub name: String,
    pub occupation_name: String,
    pub level: Level,
    pub route: Route,
    pub standing: Standing,
    /// The first branch met, else the nearest.
    pub branch: Option<String>,
    pub judgement: bool,
    pub claimed_years: Option<i64>,
    pub counted_years: u16,
}

/// Every live application of the batch at hand.
pub fn check_all(site: &Site) -> Result<Summary> {
    let (batch, policy, db, codes) = (site.batch()?.id, site.policy()?, site.store().db(), site.codes()?);
    let bench = Bench::of(site.assets(), &policy)?;
    let mut evidence: HashMap<ApplicationId, Vec<EvidenceRow>> = HashMap::new();
    let of_batch = "WHERE application IN (SELECT id FROM application WHERE batch = ?1) ORDER BY id";
    for row in rows::select::<EvidenceRow>(db, of_batch, [batch])? {
        evidence.entry(row.application).or_default().push(row);
    }
    let mut own: HashMap<ApplicationId, Vec<earned::Earned>> = HashMap::new();
    for one in earned::in_batch(db, batch)? {
        own.entry(one.application).or_default().push(one);
    }
    let reference = reference(&policy, site.now().day());
    let mut summary = Summary { reference, met: 0, judgement: 0, not_met: 0, undecidable: 0, lines: Vec::new() };
    let live = "WHERE batch = ?1 AND state IN ('submitted', 'returned', 'approved') ORDER BY id";
    for row in rows::select::<ApplicationRow>(db, live, [batch])? {
        let of = |id| (evidence.get(&id).map_or(&[][..], |v| v), own.get(&id).map_or(&[][..], |v| v));
        let (recorded, earned) = of(row.id);
        let found: Vec<Evidence> =
            pieces(&row, recorded, earned, &bench.schools).into_iter().map(|p| p.evidence).collect();
        let (case, set) = (Case::of(&codes, reference, &row), bench.set(&policy, &row.occupation)?);
        let facts = case.facts(&row, &found, set);
        summary.add(line(row, set, &facts));
    }
    Ok(summary)
}

fn line(row: ApplicationRow, set: &Set, facts: &Facts<'_>) -> SummaryLine {
    let found = set.judge.assess(facts);
    let chosen = found.chosen.and_then(|at| found.branches.get(at));
    SummaryLine {
        application: row.id,
        name: row.name,
        occupation_name: row.occupation_name,
        level: row.level,
        route: row.route,
        standing: found.standing,
        branch: chosen.map(|b| b.id.to_owned()),
        judgement: found.standing == Standing::Met && chosen.is_some_and(|b| b.branch.judgement.is_some()),
        claimed_years: row.years,
        counted_years: set.judge.years(facts).counted.unwrap_or_default().years,
    }
}

impl Summary {
    fn add(&mut self, line: SummaryLine) {
        match line.standing {
            Standing::Met => self.met += 1,
            Standing::NotMet => self.not_met += 1,
            Standing::Undecidable => self.undecidable += 1,
        }
        self.judgement += usize::from(line.judgement);
        self.lines.push(line);
    }
}
