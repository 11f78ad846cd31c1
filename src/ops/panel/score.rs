//! `panel.score`: one member's sheet for one candidate.
use super::find_open;
use super::form::VOID_REVIEW;
use crate::model::{ApplicationId, Code, Mark, MemberId, Points, Refusal, Role, fold};
use crate::ops::{Operation, OperatorRow, PanelMemberRow, PanelSheetRow, Result, Work};
use crate::policy::marking::{self, MarkFacts};
use crate::store::rows;
use crate::store::views::panels;
use serde::Serialize;

pub const UNKNOWN_MEMBER: Code = Code("panel.unknown_member");
pub const NOT_A_CANDIDATE: Code = Code("panel.not_a_candidate");
pub const WITHDRAWN: Code = Code("panel.withdrawn");
pub const CERTIFIED: Code = Code("panel.certified");
pub const OTHERS_SHEET: Code = Code("panel.others_sheet");

pub const BAD_POINTS: Code = Code("panel.bad_points");

/// Points as typed; full-width digits and stray blanks are folded.
pub fn read_points(text: &str) -> Result<Points, Refusal> {
    Points::parse(&fold::number_like(text)).ok_or_else(|| Refusal::new(BAD_POINTS).with("value", text))
}

/// Enters a sheet, or corrects one that the same operator entered.
#[derive(Debug, Clone, Serialize)]
pub struct Score {
    pub member: MemberId,
    pub application: ApplicationId,
    pub points: Points,
}

impl Operation for Score {
    const KIND: &'static str = "panel.score";
    const ROLES: &'static [Role] = &[Role::Reviewer, Role::Typist];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let operator = work.actor.operator()?;
        let unknown = || Refusal::new(UNKNOWN_MEMBER).with("member", self.member.to_string());
        let db = work.tx.db();
        let member = rows::first::<PanelMemberRow>(db, "WHERE id = ?1", [self.member])?.ok_or_else(unknown)?;
        let panel = find_open(work, member.panel)?;
        allowed(work, &panel.name, member.panel, self.application)?;
        let verdict = marking::check(&work.policy()?.marking, Mark::Points(self.points), MarkFacts::default());
        if let Some(error) = verdict.errors.into_iter().next() {
            return Err(error.into());
        }
        let (member, application, points) = (self.member, self.application, self.points);
        let (items, fails, remark) = (None, String::new(), None);
        let sheet = PanelSheetRow { member, application, points, items, fails, remark, operator, at: work.now };
        let key = (member, application);
        match rows::first::<PanelSheetRow>(db, "WHERE member = ?1 AND application = ?2", key)? {
            None => work.tx.insert(&sheet)?,
            Some(before) if before.operator != operator => {
                let owner = rows::first::<OperatorRow>(db, "WHERE id = ?1", [before.operator])?;
                let name = owner.map(|o| o.name).unwrap_or_default();
                return Err(Refusal::new(OTHERS_SHEET).with("operator", name).into());
            }
            Some(before) if before.points == points => {}
            Some(before) => work.tx.update(&before, &sheet)?,
        }
        Ok(())
    }
}

fn allowed(work: &Work<'_, '_>, name: &str, panel: crate::model::PanelId, who: ApplicationId) -> Result<()> {
    let all = panels::candidates(work.tx.db(), panel)?;
    let candidate = all
        .into_iter()
        .find(|c| c.application == who)
        .ok_or_else(|| Refusal::new(NOT_A_CANDIDATE).with("id", who).with("panel", name))?;
    if candidate.state == crate::ops::ApplicationState::Withdrawn {
        return Err(Refusal::new(WITHDRAWN).with("name", candidate.name).into());
    }
    if candidate.void {
        return Err(Refusal::new(VOID_REVIEW).with("name", candidate.name).into());
    }
    if candidate.certified {
        return Err(Refusal::new(CERTIFIED).with("name", candidate.name).into());
    }
    Ok(())
}
