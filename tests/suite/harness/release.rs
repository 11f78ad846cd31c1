//! From settled marks to final results, past windows and locks: for tests of what comes after them.
use super::Desk;
use kaowu::model::{PublicationId, Role};
use kaowu::ops::results::{self, Compute, OutcomeKind, Standing, everybody};
use kaowu::ops::{AuditState, OperatorRow, ResultAuditRow};
use kaowu::ops::{Operation, PublicationRow, PublicationState, PublishedRow, Result, Site, Work, publicity};
use kaowu::store::rows;
use serde::Serialize;

/// A release of the newest computation, final; it takes the place of the one that stood.
#[derive(Serialize)]
pub struct PlantRelease;

impl Operation for PlantRelease {
    const KIND: &'static str = "test.plant";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        approve(work)?;
        let batch = work.batch()?.id;
        let tail = "WHERE batch = ?1 AND state IN ('open', 'final')";
        let before = rows::first::<PublicationRow>(work.tx.db(), tail, [batch])?;
        if let Some(before) = &before {
            let state = PublicationState::Replaced;
            work.tx.update(before, &PublicationRow { state, ..before.clone() })?;
        }
        let (id, first) = (PublicationId(work.tx.next_id::<PublicationRow>()?), work.tx.next_id::<PublishedRow>()?);
        let word = |standing: Standing| match standing {
            Standing::Points(points) => points.to_string(),
            other => other.key().unwrap().trim_start_matches("mark.").to_owned(),
        };
        let line = |(id_of, r): (i64, kaowu::ops::results::ResultRow)| PublishedRow {
            id: id_of,
            publication: id,
            application: r.application,
            name: r.name.clone(),
            ticket: r.ticket.clone(),
            id_tail: None,
            employer: r.employer.clone(),
            occupation: r.occupation.clone(),
            occupation_name: r.occupation_name.clone(),
            level: r.level,
            theory: word(r.theory),
            practical: word(r.practical),
            review: word(r.review),
            outcome: OutcomeKind::of(r.outcome).code().to_owned(),
        };
        let lines: Vec<_> = (first..).zip(everybody(work)?).map(line).collect();
        let (today, me) = (work.now.day(), work.actor.operator()?);
        work.tx.insert(&PublicationRow {
            id,
            batch,
            number: rows::count::<PublicationRow>(work.tx.db(), "WHERE batch = ?1", [batch])? + 1,
            corrects: before.map(|b| b.id),
            inputs: results::latest(work.tx.db(), batch)?.unwrap().inputs,
            digest: publicity::digest(&lines),
            columns: "name,outcome".into(),
            identity: kaowu::model::IdShown::None,
            published_on: Some(today),
            until_day: Some(today),
            place: Some("公告栏".into()),
            accepted: String::new(),
            operator: me,
            at: work.now,
            state: PublicationState::Final,
            finalised_at: Some(work.now),
            finalised_by: Some(me),
            withdrawn_at: None,
            withdrawn_by: None,
            withdrawn_reason: None,
        })?;
        lines.iter().try_for_each(|line| Ok(work.tx.insert(line)?))
    }
}

/// The office's approval, where the policy asks for it and nobody gave it.
fn approve(work: &mut Work<'_, '_>) -> Result<()> {
    let computation = results::latest(work.tx.db(), work.batch()?.id)?.unwrap().id;
    if results::audited(work.tx.db(), work.policy()?, computation)? {
        return Ok(());
    }
    let me = work.actor.operator()?;
    let other = rows::first::<OperatorRow>(work.tx.db(), "WHERE id <> ?1 ORDER BY id", [me])?.unwrap().id;
    let id = work.tx.next_id::<ResultAuditRow>()?;
    Ok(work.tx.insert(&ResultAuditRow {
        id,
        computation,
        state: AuditState::Approved,
        asked_by: other,
        asked_at: work.now,
        asked_note: None,
        auditor: Some("自治区中心".into()),
        audited_on: Some(work.now.day()),
        document_no: None,
        note: None,
        decided_by: Some(me),
        decided_at: Some(work.now),
    })?)
}

/// Computes, approves where the policy asks for an audit, and makes the result final; signed on as before.
pub fn release(site: &mut Site) {
    let me = site.actor().clone();
    if me.id.is_none() || !me.roles.contains(&Role::Coordinator) {
        let all = kaowu::ops::upkeep::operators(site).unwrap();
        let one = all.iter().find(|o| o.role_list().contains(&Role::Coordinator)).unwrap();
        site.set_actor(kaowu::ops::Actor { id: Some(one.id), name: one.name.clone(), roles: one.role_list() });
    }
    site.perform(&Compute::default()).unwrap();
    site.perform(&PlantRelease).unwrap();
    site.set_actor(me);
}

impl Desk {
    /// Settled marks become final results. Again after marks have changed. The clock stays.
    pub fn release(&mut self) -> &mut Desk {
        release(&mut self.site);
        self
    }
}
