//! `panel.form`: who sits on a review panel and whose papers it reads.
use super::pool::{Ground, Person};
use crate::model::{ApplicationId, Code, MemberId, PanelId, Refusal, Role, Subject, fold};
use crate::ops::{Operation, PanelCandidateRow, PanelMemberRow, PanelRow, Result, Work, unit};
use crate::policy::experts::{self, Expert};
use crate::policy::panel::PanelOwner;
use crate::policy::{self, Policy};
use crate::store::rows;
use crate::store::views::conduct;
use crate::store::views::panels;
use serde::Serialize;
use std::collections::BTreeSet;

pub const NAME_EMPTY: Code = Code("panel.name_empty");
pub const NAME_TAKEN: Code = Code("panel.name_taken");
pub const MEMBER_EMPTY: Code = Code("panel.member_empty");
pub const MEMBER_TWICE: Code = Code("panel.member_twice");
pub const ONE_CHAIR: Code = Code("panel.one_chair");
pub const CHAIR_GRADE: Code = Code("panel.chair_grade");
pub const NO_CANDIDATE: Code = Code("panel.no_candidate");
pub const NO_REVIEW: Code = Code("panel.no_review");
pub const VOID_REVIEW: Code = Code("panel.void_review");
pub const HAS_PANEL: Code = Code("panel.has_panel");
pub const NOT_IN_BATCH: Code = Code("panel.not_in_batch");

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewMember {
    pub name: String,
    /// Where the member works; empty where it is not known, or the list of people says it.
    pub unit: String,
    pub chair: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Form {
    pub name: String,
    pub members: Vec<NewMember>,
    /// `None`: everybody of the operator's unit who needs a review and has no panel.
    pub candidates: Option<Vec<ApplicationId>>,
}

/// A candidate left out, because a member may not judge them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recused {
    pub application: ApplicationId,
    pub candidate: String,
    pub member: String,
    pub unit: String,
    pub why: Refusal,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Formed {
    pub panel: PanelId,
    pub name: String,
    pub members: usize,
    pub candidates: usize,
    pub recused: Vec<Recused>,
    /// Members who are not on the list of people: nothing is known of their card, occupations and ties.
    pub unlisted: Vec<String>,
}

impl Operation for Form {
    const KIND: &'static str = "panel.form";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Formed;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Formed> {
        let name = free_name(work, &self.name)?;
        let ground = Ground::of_work(work)?;
        let members = members(&ground, &self.members)?;
        policy::panel::size(&ground.policy.panel, members.len())?;
        let wanted = wanted(work, &ground, self.candidates.as_deref())?;
        let (candidates, recused) = recuse(&ground, wanted, &members);
        if candidates.is_empty() {
            return Err(Refusal::new(NO_CANDIDATE).with("recused", recused.len()).into());
        }
        let seats = Seating {
            name: name.clone(),
            unit: owner(&ground, &candidates),
            seed: None,
            candidates: candidates.iter().map(|p| p.row.application).collect(),
            members,
        };
        let unlisted =
            seats.members.iter().filter(|(e, _)| e.card.is_none()).map(|(e, _)| e.who.name.clone()).collect();
        let (members, candidates) = (seats.members.len(), candidates.len());
        let panel = seats.write(work)?;
        Ok(Formed { panel, name, members, candidates, recused, unlisted })
    }
}

/// A panel as it is written, the members checked.
pub(super) struct Seating {
    pub name: String,
    pub unit: Option<String>,
    pub seed: Option<String>,
    /// With whether they take the chair.
    pub members: Vec<(Expert, bool)>,
    pub candidates: Vec<ApplicationId>,
}

impl Seating {
    pub fn write(self, work: &mut Work<'_, '_>) -> Result<PanelId> {
        let (panel, batch) = (PanelId(work.tx.next_id::<PanelRow>()?), work.batch()?.id);
        let (unit, seed) = (self.unit, self.seed);
        work.tx.insert(&PanelRow { unit, seed, ..PanelRow::new(panel, batch, Subject::Review, self.name) })?;
        for (expert, chair) in self.members {
            sit(work, panel, PanelMemberRow { chair, ..new_member(expert) })?;
        }
        for application in self.candidates {
            work.tx.insert(&PanelCandidateRow::new(panel, application, Subject::Review))?;
        }
        Ok(panel)
    }
}

/// A plain member, to be given a panel and a number by [`sit`].
pub(super) fn new_member(expert: Expert) -> PanelMemberRow {
    let who = expert.who;
    PanelMemberRow { staff: who.staff, ..PanelMemberRow::new(MemberId(0), PanelId(0), who.name, who.unit) }
}

pub(super) fn sit(work: &mut Work<'_, '_>, panel: PanelId, member: PanelMemberRow) -> Result<MemberId> {
    let id = MemberId(work.tx.next_id::<PanelMemberRow>()?);
    work.tx.insert(&PanelMemberRow { id, panel, ..member })?;
    Ok(id)
}

/// The name with blanks folded, refused when a panel of the batch has it.
pub(super) fn free_name(work: &Work<'_, '_>, name: &str) -> Result<String> {
    let (batch, name) = (work.batch()?.id, fold::name(name).into_owned());
    if name.is_empty() {
        return Err(Refusal::new(NAME_EMPTY).into());
    }
    if rows::first::<PanelRow>(work.tx.db(), "WHERE batch = ?1 AND name = ?2", (batch, &name))?.is_some() {
        return Err(Refusal::new(NAME_TAKEN).with("panel", name).into());
    }
    Ok(name)
}

/// The unit that a panel belongs to: the operator's; formed by the site, that of its candidates where the units organise
/// the review (S1-22, S1-35) and all candidates are of one.
pub(super) fn owner(ground: &Ground<'_>, candidates: &[&Person]) -> Option<String> {
    if ground.unit.is_some() || ground.policy.panel.organised_by != PanelOwner::Supervisor {
        return ground.unit.clone();
    }
    let first = candidates.first()?.row.unit.clone();
    first.filter(|unit| candidates.iter().all(|p| p.row.unit.as_ref() == Some(unit)))
}

/// The members with blanks folded; each named once and fit to judge, one in the chair.
fn members(ground: &Ground<'_>, given: &[NewMember]) -> Result<Vec<(Expert, bool)>, Refusal> {
    let mut members: Vec<(Expert, bool)> = Vec::with_capacity(given.len());
    for member in given {
        if fold::name(&member.name).is_empty() {
            return Err(Refusal::new(MEMBER_EMPTY));
        }
        let expert = ground.named(&member.name, &member.unit)?;
        if members.iter().any(|(other, _)| other.who.name == expert.who.name) {
            return Err(Refusal::new(MEMBER_TWICE).with("member", expert.who.name));
        }
        ground.fit(&expert)?;
        members.push((expert, member.chair));
    }
    let mut chairs = members.iter().filter(|(_, chair)| *chair);
    match (chairs.next(), chairs.count()) {
        (Some((chair, _)), 0) => may_chair(ground.policy, chair)?,
        (first, more) => return Err(Refusal::new(ONE_CHAIR).with("chairs", usize::from(first.is_some()) + more)),
    }
    Ok(members)
}

/// The chair is a senior assessor where members must be; of whoever is not on the list nothing is known.
pub(super) fn may_chair(policy: &Policy, expert: &Expert) -> Result<(), Refusal> {
    let senior = expert.card.as_ref().is_none_or(|card| card.grade == crate::model::AssessorGrade::Senior);
    if policy.panel.senior && !senior {
        return Err(Refusal::new(CHAIR_GRADE).with("name", expert.who.name.as_str()));
    }
    Ok(())
}

/// Those named, each checked, or everybody of the operator's unit who waits.
pub(super) fn wanted<'g>(
    work: &Work<'_, '_>,
    ground: &'g Ground<'_>,
    ids: Option<&[ApplicationId]>,
) -> Result<Vec<&'g Person>> {
    let Some(ids) = ids else {
        let waiting = panels::waiting(work.tx.db(), work.batch()?.id)?;
        let waiting: BTreeSet<_> = waiting.into_iter().map(|p| p.application).collect();
        let own =
            |p: &&Person| waiting.contains(&p.row.application) && unit::sees(ground.unit.as_ref(), p.row.unit.as_ref());
        return Ok(ground.people.iter().filter(own).collect());
    };
    ids.iter().collect::<BTreeSet<_>>().into_iter().map(|id| reviewable(work, ground, *id)).collect()
}

/// Somebody without a panel who may be given one.
pub(super) fn reviewable<'g>(work: &Work<'_, '_>, ground: &'g Ground<'_>, id: ApplicationId) -> Result<&'g Person> {
    let db = work.tx.db();
    let row = panels::one(db, work.batch()?.id, id)?.ok_or_else(|| Refusal::new(NOT_IN_BATCH).with("id", id))?;
    let Some(person) = ground.person(id) else {
        return Err(Refusal::new(NO_REVIEW).with("name", row.name).word("level", row.level.key()).into());
    };
    if !unit::sees(ground.unit.as_ref(), row.unit.as_ref()) {
        return Err(super::other_unit(ground.policy, ground.unit.as_ref(), row.unit.as_ref()).into());
    }
    if conduct::is_void(db, id, Subject::Review)? {
        return Err(Refusal::new(VOID_REVIEW).with("name", row.name).into());
    }
    match row.panel {
        Some(panel) => Err(Refusal::new(HAS_PANEL).with("name", row.name).with("panel", panel).into()),
        None => Ok(person),
    }
}

/// Nobody is judged by somebody who may not judge them: such candidates wait for another panel.
fn recuse<'g>(
    ground: &Ground<'_>,
    people: Vec<&'g Person>,
    members: &[(Expert, bool)],
) -> (Vec<&'g Person>, Vec<Recused>) {
    let (mut kept, mut recused) = (Vec::new(), Vec::new());
    for person in people {
        let block = |(e, _): &(Expert, bool)| {
            Some((e.clone(), experts::all(&ground.rules(), e, &person.is).into_iter().next()?))
        };
        match members.iter().find_map(block) {
            Some((expert, block)) => recused.push(Recused {
                application: person.row.application,
                candidate: person.row.name.clone(),
                member: expert.who.name,
                unit: expert.who.unit,
                why: block.refusal,
            }),
            None => kept.push(person),
        }
    }
    (kept, recused)
}
