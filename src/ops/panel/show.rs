//! Reading panels. Sheets of a candidate are shown when all are in; before that only to the operator who entered them.
use super::UNKNOWN;
use crate::model::{ApplicationId, Level, PanelId, Points, Refusal, Subject};
use crate::ops::{ApplicationState, PanelMemberRow, PanelRow, PanelSheetRow, Result, Site, unit};
use crate::policy::panel::{Ruling, ruling};
use crate::store::rows;
use crate::store::views::panels::{self, Summary};
use serde::{Serialize, Serializer};

/// One box of the grid, as the signed-on operator may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    Out,
    /// In, but not for these eyes yet.
    In,
    Shown(Points),
}

impl Sheet {
    pub fn is_in(self) -> bool {
        self != Sheet::Out
    }
}

impl Serialize for Sheet {
    /// `"out"`, `"in"` or the points.
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Sheet::Out => s.serialize_str("out"),
            Sheet::In => s.serialize_str("in"),
            Sheet::Shown(points) => s.collect_str(points),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    pub application: ApplicationId,
    pub name: String,
    pub ticket: Option<String>,
    pub level: Level,
    pub occupation_name: String,
    pub employer: Option<String>,
    /// Has stepped back since the panel was formed: no sheet is waited for.
    pub withdrawn: bool,
    /// The review is void after an incident: no sheet is waited for either.
    pub void: bool,
    /// In the order of the members.
    pub sheets: Vec<Sheet>,
    /// What the sheets come to by the policy's rule; `None` until all are in.
    pub ruling: Option<Ruling>,
    /// The settled mark, once the panel is sealed.
    pub mark: Option<Points>,
}

/// A panel with everything that a screen shows of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    pub panel: PanelRow,
    pub members: Vec<PanelMemberRow>,
    pub candidates: Vec<Candidate>,
    pub sheets: usize,
    pub expected: usize,
}

/// The panels of the batch at hand that are the operator's business.
pub fn panels(site: &Site) -> Result<Vec<Summary>> {
    let own = unit::own(site)?;
    let mut all = panels::summaries(site.store().db(), site.batch()?.id)?;
    all.retain(|p| unit::sees(own.as_ref(), p.unit.as_ref()));
    Ok(all)
}

/// How many people need a review and have no panel yet.
pub fn waiting(site: &Site) -> Result<usize> {
    let (policy, own) = (site.policy()?, unit::own(site)?);
    let all = panels::waiting(site.store().db(), site.batch()?.id)?;
    let needs = |p: &&panels::Reviewable| policy.subjects.required(p.level).contains(Subject::Review);
    Ok(all.iter().filter(needs).filter(|p| unit::sees(own.as_ref(), p.unit.as_ref())).count())
}

/// The panel with this name.
pub fn named(site: &Site, name: &str) -> Result<PanelId> {
    let found = panels(site)?.into_iter().find(|p| p.name == name).map(|p| p.id);
    found.ok_or_else(|| Refusal::new(UNKNOWN).with("panel", name).into())
}

pub fn show(site: &Site, panel: PanelId) -> Result<View> {
    let (db, batch, policy, own) = (site.store().db(), site.batch()?.id, site.policy()?, unit::own(site)?);
    let row = rows::first::<PanelRow>(db, "WHERE id = ?1 AND batch = ?2", (panel, batch))?
        .filter(|row| unit::sees(own.as_ref(), row.unit.as_ref()))
        .ok_or_else(|| Refusal::new(UNKNOWN).with("panel", panel.to_string()))?;
    let members = rows::select::<PanelMemberRow>(db, "WHERE panel = ?1 ORDER BY id", [panel])?;
    let sheets = panels::sheets(db, panel)?;
    let viewer = site.actor().id;
    let candidates: Vec<Candidate> = panels::candidates(db, panel)?
        .into_iter()
        .map(|c| {
            let of = |m: &PanelMemberRow| sheets.iter().find(|s| s.member == m.id && s.application == c.application);
            let own: Vec<Option<&PanelSheetRow>> = members.iter().map(of).collect();
            let complete = own.iter().all(Option::is_some);
            let seen = |sheet: &Option<&PanelSheetRow>| match sheet {
                None => Sheet::Out,
                Some(sheet) if complete || Some(sheet.operator) == viewer => Sheet::Shown(sheet.points),
                Some(_) => Sheet::In,
            };
            let points: Vec<_> = own.iter().map(|s| s.map(|s| s.points)).collect();
            Candidate {
                application: c.application,
                name: c.name,
                ticket: c.ticket,
                level: c.level,
                occupation_name: c.occupation_name,
                employer: c.employer,
                withdrawn: c.state == ApplicationState::Withdrawn,
                void: c.void,
                sheets: own.iter().map(seen).collect(),
                ruling: ruling(&policy.panel, &points).ok(),
                mark: c.ruled,
            }
        })
        .collect();
    let live = || candidates.iter().filter(|c| !c.withdrawn && !c.void);
    let count = live().flat_map(|c| &c.sheets).filter(|s| s.is_in()).count();
    let expected = live().count() * members.len();
    Ok(View { panel: row, sheets: count, expected, members, candidates })
}
