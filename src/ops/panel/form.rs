//! `panel.form`: who sits on a review panel and whose papers it reads.
use crate::model::{ApplicationId, Code, MemberId, PanelId, Refusal, Role, Subject, fold};
use crate::ops::{Operation, PanelCandidateRow, PanelMemberRow, PanelRow, Result, Work};
use crate::policy;
use crate::store::rows;
use crate::store::views::conduct;
use crate::store::views::panels::{self, Reviewable};
use serde::Serialize;
use std::collections::BTreeSet;

pub const NAME_EMPTY: Code = Code("panel.name_empty");
pub const NAME_TAKEN: Code = Code("panel.name_taken");
pub const MEMBER_EMPTY: Code = Code("panel.member_empty");
pub const MEMBER_TWICE: Code = Code("panel.member_twice");
pub const ONE_CHAIR: Code = Code("panel.one_chair");
pub const NO_CANDIDATE: Code = Code("panel.no_candidate");
pub const NO_REVIEW: Code = Code("panel.no_review");
pub const VOID_REVIEW: Code = Code("panel.void_review");
pub const HAS_PANEL: Code = Code("panel.has_panel");
pub const NOT_IN_BATCH: Code = Code("panel.not_in_batch");

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewMember {
    pub name: String,
    /// Where the member works; empty where it is not known.
    pub unit: String,
    pub chair: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Form {
    pub name: String,
    pub members: Vec<NewMember>,
    /// `None`: everybody of the batch who needs a review and has no panel.
    pub candidates: Option<Vec<ApplicationId>>,
}

/// A candidate left out, because a member works where the candidate works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recused {
    pub application: ApplicationId,
    pub candidate: String,
    pub member: String,
    pub unit: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Formed {
    pub panel: PanelId,
    pub name: String,
    pub members: usize,
    pub candidates: usize,
    pub recused: Vec<Recused>,
}

impl Operation for Form {
    const KIND: &'static str = "panel.form";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Formed;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Formed> {
        let batch = work.batch()?.id;
        let name = fold::name(&self.name).into_owned();
        if name.is_empty() {
            return Err(Refusal::new(NAME_EMPTY).into());
        }
        if rows::first::<PanelRow>(work.tx.db(), "WHERE batch = ?1 AND name = ?2", (batch, &name))?.is_some() {
            return Err(Refusal::new(NAME_TAKEN).with("panel", name).into());
        }
        let members = members(&self.members)?;
        policy::panel::size(&work.policy()?.panel, members.len())?;
        let (candidates, recused) = recuse(people(work, self.candidates.as_deref())?, &members);
        if candidates.is_empty() {
            return Err(Refusal::new(NO_CANDIDATE).with("recused", recused.len()).into());
        }
        let panel = PanelId(work.tx.next_id::<PanelRow>()?);
        work.tx.insert(&PanelRow::new(panel, batch, Subject::Review, name.clone()))?;
        for member in &members {
            let id = MemberId(work.tx.next_id::<PanelMemberRow>()?);
            let NewMember { name, unit, chair } = member.clone();
            work.tx.insert(&PanelMemberRow { chair, ..PanelMemberRow::new(id, panel, name, unit) })?;
        }
        for candidate in &candidates {
            work.tx.insert(&PanelCandidateRow::new(panel, candidate.application, Subject::Review))?;
        }
        Ok(Formed { panel, name, members: members.len(), candidates: candidates.len(), recused })
    }
}

/// The members with blanks folded; each named once, one in the chair.
fn members(given: &[NewMember]) -> Result<Vec<NewMember>, Refusal> {
    let mut seen = BTreeSet::new();
    let mut members = Vec::with_capacity(given.len());
    for member in given {
        let name = fold::name(&member.name).into_owned();
        if name.is_empty() {
            return Err(Refusal::new(MEMBER_EMPTY));
        }
        if !seen.insert(name.clone()) {
            return Err(Refusal::new(MEMBER_TWICE).with("member", name));
        }
        members.push(NewMember { name, unit: fold::name(&member.unit).into_owned(), chair: member.chair });
    }
    match members.iter().filter(|m| m.chair).count() {
        1 => Ok(members),
        chairs => Err(Refusal::new(ONE_CHAIR).with("chairs", chairs)),
    }
}

fn people(work: &Work<'_, '_>, wanted: Option<&[ApplicationId]>) -> Result<Vec<Reviewable>> {
    let (db, batch, subjects) = (work.tx.db(), work.batch()?.id, &work.policy()?.subjects);
    let needs = |person: &Reviewable| subjects.required(person.level).contains(Subject::Review);
    let Some(ids) = wanted else {
        return Ok(panels::waiting(db, batch)?.into_iter().filter(needs).collect());
    };
    let find = |id: &ApplicationId| {
        let person = panels::one(db, batch, *id)?.ok_or_else(|| Refusal::new(NOT_IN_BATCH).with("id", *id))?;
        if !needs(&person) {
            return Err(Refusal::new(NO_REVIEW).with("name", person.name).word("level", person.level.key()).into());
        }
        if conduct::is_void(db, *id, Subject::Review)? {
            return Err(Refusal::new(VOID_REVIEW).with("name", person.name).into());
        }
        match person.panel {
            Some(panel) => Err(Refusal::new(HAS_PANEL).with("name", person.name).with("panel", panel).into()),
            None => Ok(person),
        }
    };
    ids.iter().collect::<BTreeSet<_>>().into_iter().map(find).collect()
}

/// Nobody is judged by somebody of the same unit.
fn recuse(people: Vec<Reviewable>, members: &[NewMember]) -> (Vec<Reviewable>, Vec<Recused>) {
    let (mut kept, mut recused) = (Vec::new(), Vec::new());
    for person in people {
        let employer = fold::name(person.employer.as_deref().unwrap_or_default()).into_owned();
        match members.iter().find(|m| !employer.is_empty() && m.unit == employer) {
            Some(member) => recused.push(Recused {
                application: person.application,
                candidate: person.name,
                member: member.name.clone(),
                unit: employer,
            }),
            None => kept.push(person),
        }
    }
    (kept, recused)
}
