//! Applications with everything a review asks of them, gathered one by one or for a whole batch at once.
use super::{Whom, eligibility};
use crate::bundle::codes::Codes;
use crate::config::Assets;
use crate::model::{ApplicationId, BatchId, Day, OperatorId, Refusal};
use crate::ops::applications::UNKNOWN;
use crate::ops::{Result, Site, Work};
use crate::policy::Policy;
use crate::policy::reviews::{Facts, Papers, Past, Reviewer};
use crate::policy::stamps::{Placed, StampBy};
use crate::store::record::Record;
use crate::store::rows::{self, Connection};
use crate::store::views::reviews::typed_in;
use crate::store::{
    ApplicationRow, ListObjectionRow, MaterialRow, MaterialState, ObjectionState, OperatorRow, ReviewRow, StampRow,
};
use std::collections::{HashMap, HashSet};

/// Up to so many are read one by one; beyond it the whole batch is read once.
const FEW: usize = 40;
/// The material that shows what the query of the earlier certificate gave.
const QUERY: &str = "query_screenshot";

pub(super) struct Case {
    pub row: ApplicationRow,
    pub stamps: Vec<StampRow>,
    pub facts: Facts,
}

/// What a decision stands on.
pub(super) struct Ground<'a> {
    pub db: &'a Connection,
    pub policy: &'a Policy,
    pub batch: BatchId,
    pub reviewer: Reviewer,
    pub assets: &'a Assets,
    pub codes: &'a Codes,
    pub today: Day,
}

impl<'a> Ground<'a> {
    pub fn of_work(work: &'a Work<'_, '_>) -> Result<Ground<'a>> {
        let (db, policy, batch) = (work.tx.db(), work.policy()?, work.batch()?.id);
        let reviewer = reviewer(db, policy, &work.site.name, work.actor.operator()?)?;
        let (assets, codes, today) = (work.assets, work.codes, work.now.day());
        Ok(Ground { db, policy, batch, reviewer, assets, codes, today })
    }

    pub fn of_site(site: &'a Site, policy: &'a Policy, codes: &'a Codes) -> Result<Ground<'a>> {
        let (db, batch) = (site.store().db(), site.batch()?.id);
        let reviewer = reviewer(db, policy, &site.row()?.name, site.actor().operator()?)?;
        let (assets, today) = (site.assets(), site.now().day());
        Ok(Ground { db, policy, batch, reviewer, assets, codes, today })
    }

    pub fn cases(&self, whom: &Whom) -> Result<Vec<Case>> {
        let typed = typed_in(self.db, OperatorId(self.reviewer.operator))?;
        let papers_kept = self.keeps_papers()?;
        let mut shelf = Shelf::default();
        let all = match whom {
            Whom::These(ids) => {
                let found = ids.iter().map(|id| application(self.db, self.batch, *id)).collect::<Result<Vec<_>>>()?;
                if found.len() <= FEW {
                    found.iter().try_for_each(|row| shelf.take(self.db, Some(row.id), self.batch))?;
                } else {
                    shelf.take(self.db, None, self.batch)?;
                }
                found
            }
            Whom::Waiting => {
                shelf.take(self.db, None, self.batch)?;
                let tail = "WHERE batch = ?1 AND state = 'submitted' ORDER BY id";
                rows::select::<ApplicationRow>(self.db, tail, [self.batch])?
            }
        };
        shelf.eligibility = eligibility::of(self, whom, &all)?;
        all.into_iter().map(|row| self.case(row, &mut shelf, &typed, papers_kept)).collect()
    }

    fn case(&self, row: ApplicationRow, shelf: &mut Shelf, typed: &HashSet<i64>, papers_kept: bool) -> Result<Case> {
        let id = row.id;
        let stamps = shelf.stamps.remove(&id).unwrap_or_default();
        let materials = shelf.materials.remove(&id).unwrap_or_default();
        let past = shelf.reviews.remove(&id).unwrap_or_default().iter().map(past).collect();
        let facts = Facts {
            past,
            stamps: stamps.iter().filter_map(placed).collect(),
            state: row.state.code(),
            unit: row.unit.clone(),
            filed_by_unit: row.employer.is_some() || row.registered_by.is_some() || row.unit.is_some(),
            objection: shelf.objected.contains(&id),
            query_missing: query_missing(self.policy, &row, &materials),
            eligibility: shelf.eligibility.get(&id).copied(),
            papers: if papers_kept { papers(self.policy, &row, &materials) } else { Papers::default() },
            own_entry: typed.contains(&id.0),
        };
        Ok(Case { row, stamps, facts })
    }

    /// Whether materials are checked with this program at all in this batch.
    fn keeps_papers(&self) -> Result<bool> {
        let tail = "WHERE application IN (SELECT id FROM application WHERE batch = ?1)";
        Ok(rows::first::<MaterialRow>(self.db, tail, [self.batch])?.is_some())
    }
}

pub(super) fn application(db: &Connection, batch: BatchId, id: ApplicationId) -> Result<ApplicationRow> {
    let found = rows::first::<ApplicationRow>(db, "WHERE id = ?1 AND batch = ?2", (id, batch))?;
    found.ok_or_else(|| Refusal::new(UNKNOWN).with("id", id).into())
}

/// Rows by application.
#[derive(Default)]
struct Shelf {
    reviews: HashMap<ApplicationId, Vec<ReviewRow>>,
    stamps: HashMap<ApplicationId, Vec<StampRow>>,
    materials: HashMap<ApplicationId, Vec<MaterialRow>>,
    objected: HashSet<ApplicationId>,
    eligibility: eligibility::Found,
}

impl Shelf {
    /// Of one application, or of the whole batch.
    fn take(&mut self, db: &Connection, only: Option<ApplicationId>, batch: BatchId) -> Result<()> {
        for row in select::<ReviewRow>(db, only, batch, "ORDER BY id")? {
            self.reviews.entry(row.application).or_default().push(row);
        }
        for row in select::<StampRow>(db, only, batch, "ORDER BY id")? {
            self.stamps.entry(row.application).or_default().push(row);
        }
        for row in select::<MaterialRow>(db, only, batch, "ORDER BY id")? {
            self.materials.entry(row.application).or_default().push(row);
        }
        let open = select::<ListObjectionRow>(db, only, batch, "ORDER BY id")?;
        let open = open.into_iter().filter(|o| o.state == ObjectionState::Open);
        self.objected.extend(open.map(|o| o.application));
        Ok(())
    }
}

pub(super) fn select<R: Record>(
    db: &Connection,
    only: Option<ApplicationId>,
    batch: BatchId,
    order: &str,
) -> Result<Vec<R>> {
    Ok(match only {
        Some(id) => rows::select::<R>(db, &format!("WHERE application = ?1 {order}"), [id])?,
        None => {
            let tail = format!("WHERE application IN (SELECT id FROM application WHERE batch = ?1) {order}");
            rows::select::<R>(db, &tail, [batch])?
        }
    })
}

pub(super) fn past(row: &ReviewRow) -> Past {
    let organisation = row.organisation.clone();
    Past { round: row.round, step: row.step, decision: row.decision, operator: row.operator.0, organisation }
}

/// `None`: a node that the program does not know, from another policy.
pub(super) fn placed(row: &StampRow) -> Option<Placed> {
    let signed = |name: &Option<String>| u8::from(name.as_ref().is_some_and(|n| !n.trim().is_empty()));
    Some(Placed {
        by: StampBy::parse(&row.node)?,
        agrees: row.agrees,
        stamped: row.stamped,
        signers: signed(&row.handled_by) + signed(&row.responsible),
        dated: row.dated,
        has_document_no: row.document_no.is_some(),
    })
}

fn reviewer(db: &Connection, policy: &Policy, site: &str, operator: OperatorId) -> Result<Reviewer> {
    let row = rows::first::<OperatorRow>(db, "WHERE id = ?1", [operator])?;
    let named = row.and_then(|row| row.unit);
    let unit = named.as_ref().and_then(|n| policy.units.list.iter().find(|u| u.code == *n || u.name == *n));
    let organisation = match (unit, &named) {
        (Some(unit), _) => unit.name.clone(),
        (None, Some(name)) => name.clone(),
        (None, None) => site.to_owned(),
    };
    Ok(Reviewer { operator: operator.0, organisation, unit: unit.map(|u| u.code.clone()) })
}

fn has(materials: &[MaterialRow], code: &str) -> bool {
    let good = |m: &&MaterialRow| matches!(m.state, MaterialState::Found | MaterialState::Accepted);
    materials.iter().filter(good).any(|m| m.code == code)
}

/// S1-27: an earlier certificate is judged by what the query gave, where the policy asks for the query at all.
fn query_missing(policy: &Policy, row: &ApplicationRow, materials: &[MaterialRow]) -> bool {
    let asked = policy.materials.iter().any(|m| m.code == QUERY && m.is_required(row.route, row.level));
    asked && !has(materials, QUERY)
}

fn papers(policy: &Policy, row: &ApplicationRow, materials: &[MaterialRow]) -> Papers {
    let bad = |m: &&MaterialRow| matches!(m.state, MaterialState::Faulty | MaterialState::Refused);
    let asked: Vec<_> =
        policy.materials.iter().filter(|m| !m.on_exam_day && m.is_required(row.route, row.level)).collect();
    let there = |code: &str| materials.iter().any(|m| m.code == code);
    let lacks = |m: &&&crate::policy::materials::Material| match &m.one_of {
        None => !there(&m.code),
        // Counted once, at the first of those that replace one another.
        Some(group) => {
            let mut same = asked.iter().filter(|o| o.one_of.as_ref() == Some(group));
            same.clone().next().is_some_and(|first| first.code == m.code) && !same.any(|o| there(&o.code))
        }
    };
    Papers { missing: asked.iter().filter(lacks).count(), faulty: materials.iter().filter(bad).count() }
}
