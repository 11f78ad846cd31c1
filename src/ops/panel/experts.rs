//! The pool of experts with whom each may judge and why not, found by rule whenever it is looked at (S0-25, S1-22).
use super::pool::{Ground, Listed, Person};
use crate::model::{ApplicationId, AssessorGrade, Day, Level, Refusal, StaffId, TieKind};
use crate::ops::{OperatorRow, Result, Site, unit};
use crate::policy::experts::{Block, all, general};
use crate::store::rows;
use serde::Serialize;
use std::collections::HashMap;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExpertLine {
    pub staff: StaffId,
    pub name: String,
    /// Employer.
    pub unit: String,
    /// Name of the unit of the notice whose expert they are.
    pub kept_by: Option<String>,
    pub grade: AssessorGrade,
    pub card_until: Option<Day>,
    /// Codes; empty: every one.
    pub occupations: Vec<String>,
    /// Whom they sign on as.
    pub operator: Option<String>,
    /// The open panel that they sit on.
    pub panel: Option<String>,
    /// Why they judge nobody.
    pub general: Vec<Refusal>,
    /// Candidates whom they may judge.
    pub may: usize,
    pub pairs: Vec<Pair>,
}

/// One expert and one candidate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    pub application: ApplicationId,
    pub candidate: String,
    pub level: Level,
    pub occupation: String,
    /// Beside the expert's unit, so that nobody has to look it up.
    pub employer: Option<String>,
    /// What ties them: teacher, master, kin.
    pub tie: Option<TieKind>,
    /// The panel that has the candidate.
    pub panel: Option<String>,
    pub why: Vec<Refusal>,
}

/// Experts of the operator's unit and candidates of it, in the order of the list and of filing.
pub fn experts(site: &Site) -> Result<Vec<ExpertLine>> {
    let policy = site.policy()?;
    let ground = Ground::of_site(site, &policy)?;
    let operators: HashMap<_, _> =
        rows::select::<OperatorRow>(site.store().db(), "", [])?.into_iter().map(|o| (o.id, o.name)).collect();
    let own = |p: &&Person| unit::sees(ground.unit.as_ref(), p.row.unit.as_ref());
    let people: Vec<_> = ground.people.iter().filter(own).collect();
    let line = |listed: &&Listed| {
        let row = &listed.row;
        let pairs: Vec<_> = people.iter().map(|p| pair(&ground, listed, p)).collect();
        ExpertLine {
            staff: row.id,
            name: row.name.clone(),
            unit: row.unit.clone(),
            kept_by: row.kept_by.as_ref().map(|code| unit::name(&policy, code).to_owned()),
            grade: row.grade,
            card_until: row.card_until,
            occupations: listed.is.card.as_ref().map(|c| c.occupations.clone()).unwrap_or_default(),
            operator: row.operator.and_then(|id| operators.get(&id).cloned()),
            panel: listed.is.busy.clone(),
            general: refusals(general(&ground.rules(), &listed.is)),
            may: pairs.iter().filter(|p| p.why.is_empty()).count(),
            pairs,
        }
    };
    Ok(ground.pool(ground.unit.as_ref()).iter().map(line).collect())
}

fn pair(ground: &Ground<'_>, listed: &Listed, person: &Person) -> Pair {
    let row = &person.row;
    let tie = listed.is.ties.iter().find(|tie| tie.id_number == row.id_number).map(|tie| tie.kind);
    Pair {
        application: row.application,
        candidate: row.name.clone(),
        level: row.level,
        occupation: row.occupation_name.clone(),
        employer: row.employer.clone(),
        tie,
        panel: row.panel.clone(),
        why: refusals(all(&ground.rules(), &listed.is, &person.is)),
    }
}

fn refusals(blocks: Vec<Block>) -> Vec<Refusal> {
    blocks.into_iter().map(|b| b.refusal).collect()
}
