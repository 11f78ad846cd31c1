//! `panel.draw`: one or more panels by lot over those who wait. The seed stands with each panel; the same seed over the same
//! pool and candidates always draws the same.
use super::form::{Seating, free_name, owner, wanted};
use super::pool::{Ground, Listed, Person};
use crate::model::{ApplicationId, AssessorGrade, Code, Level, PanelId, Refusal, Role, StaffId};
use crate::ops::{Operation, Result, Site, Work, unit};
use crate::policy::experts::{self, Drawing, Lots};
use crate::store::views::panels;
use serde::Serialize;

pub const NOBODY_WAITS: Code = Code("panel.nobody_waits");
pub const EMPTY_POOL: Code = Code("panel.empty_pool");
pub const NAME_TWICE: Code = Code("panel.name_twice");

#[derive(Debug, Clone, Serialize)]
pub struct Draw {
    /// One for each panel.
    pub names: Vec<String>,
    /// Members of each.
    pub size: usize,
    pub seed: u64,
    /// `None`: everybody of the operator's unit who needs a review and has no panel.
    pub candidates: Option<Vec<ApplicationId>>,
}

/// What the lots say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DrawPlan {
    pub panels: Vec<Planned>,
    /// Whom no panel judges, and why.
    pub unseated: Vec<Unseated>,
    /// Experts who may not judge everybody, and why.
    pub excluded: Vec<Excluded>,
    /// Experts in the pool.
    pub pool: usize,
    /// Why nothing of it can be stored.
    pub refusal: Option<Refusal>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Planned {
    pub name: String,
    /// The chair first.
    pub members: Vec<PlannedMember>,
    pub candidates: Vec<PlannedCandidate>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlannedMember {
    pub staff: StaffId,
    pub name: String,
    pub unit: String,
    pub grade: AssessorGrade,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlannedCandidate {
    pub application: ApplicationId,
    pub name: String,
    pub level: Level,
    pub occupation_name: String,
    pub employer: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unseated {
    pub application: ApplicationId,
    pub name: String,
    /// Experts who may judge them.
    pub able: usize,
    pub why: Vec<Refusal>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Excluded {
    pub staff: StaffId,
    pub name: String,
    pub unit: String,
    pub why: Vec<Refusal>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DrawnPanels {
    pub panels: Vec<PanelId>,
    #[serde(flatten)]
    pub plan: DrawPlan,
}

/// What [`Draw`] would form, also where it cannot.
pub fn draw_plan(site: &Site, draw: &Draw) -> Result<DrawPlan> {
    let policy = site.policy()?;
    let ground = Ground::of_site(site, &policy)?;
    let waiting: Vec<_> =
        panels::waiting(site.store().db(), site.batch()?.id)?.into_iter().map(|p| p.application).collect();
    let asked = |p: &&Person| match &draw.candidates {
        Some(ids) => ids.contains(&p.row.application),
        None => waiting.contains(&p.row.application) && unit::sees(ground.unit.as_ref(), p.row.unit.as_ref()),
    };
    let people: Vec<_> = ground.people.iter().filter(asked).collect();
    Ok(Lot::of(&ground, draw, people)?.plan(draw))
}

impl Operation for Draw {
    const KIND: &'static str = "panel.draw";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = DrawnPanels;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<DrawnPanels> {
        let mut names: Vec<String> = Vec::new();
        for name in &self.names {
            let name = free_name(work, name)?;
            if names.contains(&name) {
                return Err(Refusal::new(NAME_TWICE).with("panel", name).into());
            }
            names.push(name);
        }
        let ground = Ground::of_work(work)?;
        let people = wanted(work, &ground, self.candidates.as_deref())?;
        let lot = Lot::of(&ground, self, people)?;
        let plan = lot.plan(self);
        if let Some(refusal) = plan.refusal {
            return Err(refusal.into());
        }
        let seats = lot.seats(&ground, names, self.seed);
        let panels = seats.into_iter().map(|s| s.write(work)).collect::<Result<_>>()?;
        Ok(DrawnPanels { panels, plan })
    }
}

/// A draw with those it was about.
struct Lot<'g> {
    pool: Vec<&'g Listed>,
    people: Vec<&'g Person>,
    drawing: Drawing,
    refusal: Option<Refusal>,
}

impl<'g> Lot<'g> {
    fn of(ground: &'g Ground<'_>, draw: &Draw, people: Vec<&'g Person>) -> Result<Lot<'g>> {
        if people.is_empty() {
            return Err(Refusal::new(NOBODY_WAITS).into());
        }
        let pool = ground.pool(owner(ground, &people).as_ref());
        if pool.is_empty() {
            return Err(Refusal::new(EMPTY_POOL).into());
        }
        let experts: Vec<_> = pool.iter().map(|l| l.is.clone()).collect();
        let candidates: Vec<_> = people.iter().map(|p| p.is.clone()).collect();
        let lots = Lots { seed: draw.seed, panels: draw.names.len(), size: draw.size };
        let drawing = experts::draw(&ground.rules(), lots, &experts, &candidates)?;
        let refusal = drawing.whole(lots, pool.len()).err();
        Ok(Lot { pool, people, drawing, refusal })
    }

    fn plan(&self, draw: &Draw) -> DrawPlan {
        let candidate = |place: &usize| {
            let row = &self.people.get(*place)?.row;
            Some(PlannedCandidate {
                application: row.application,
                name: row.name.clone(),
                level: row.level,
                occupation_name: row.occupation_name.clone(),
                employer: row.employer.clone(),
            })
        };
        let member = |place: &usize| {
            let row = &self.pool.get(*place)?.row;
            Some(PlannedMember { staff: row.id, name: row.name.clone(), unit: row.unit.clone(), grade: row.grade })
        };
        let panel = |(name, drawn): (&String, &experts::Drawn)| Planned {
            name: name.clone(),
            members: drawn.members.iter().filter_map(member).collect(),
            candidates: drawn.candidates.iter().filter_map(candidate).collect(),
        };
        let refusals = |blocks: &[experts::Block]| blocks.iter().map(|b| b.refusal.clone()).collect();
        let left = |u: &experts::Unseated| {
            let row = &self.people.get(u.candidate)?.row;
            let (application, name) = (row.application, row.name.clone());
            Some(Unseated { application, name, able: u.able, why: refusals(&u.blocks) })
        };
        let out = |e: &experts::Excluded| {
            let row = &self.pool.get(e.expert)?.row;
            Some(Excluded { staff: row.id, name: row.name.clone(), unit: row.unit.clone(), why: refusals(&e.blocks) })
        };
        DrawPlan {
            panels: draw.names.iter().zip(&self.drawing.panels).map(panel).collect(),
            unseated: self.drawing.unseated.iter().filter_map(left).collect(),
            excluded: self.drawing.excluded.iter().filter_map(out).collect(),
            pool: self.pool.len(),
            refusal: self.refusal.clone(),
        }
    }

    fn seats(&self, ground: &Ground<'_>, names: Vec<String>, seed: u64) -> Vec<Seating> {
        let seat = |(name, drawn): (String, &experts::Drawn)| {
            let people: Vec<&Person> = drawn.candidates.iter().filter_map(|c| self.people.get(*c).copied()).collect();
            let members = drawn.members.iter().filter_map(|m| self.pool.get(*m)).enumerate();
            Seating {
                name,
                unit: owner(ground, &people),
                seed: Some(seed.to_string()),
                members: members.map(|(place, listed)| (listed.is.clone(), place == 0)).collect(),
                candidates: people.iter().map(|p| p.row.application).collect(),
            }
        };
        names.into_iter().zip(&self.drawing.panels).map(seat).collect()
    }
}
