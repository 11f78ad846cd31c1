//! `panel.score`: one member's sheet for one candidate.
use super::find_open;
use super::form::VOID_REVIEW;
use super::plan::of_candidate;
use crate::model::{ApplicationId, Code, Mark, MemberId, OperatorId, Points, Refusal, Role, Stamp, fold};
use crate::ops::{
    ApplicationState, AttendanceRow, Operation, OperatorRow, PanelMemberRow, PanelRow, PanelSheetRow, Result, Site,
    StaffRow, Work,
};
use crate::policy::criteria::{Items, Plan, write, write_fails};
use crate::policy::marking::{self, MarkFacts, Marking};
use crate::store::rows;
use crate::store::views::panels;
use serde::Serialize;

pub const UNKNOWN_MEMBER: Code = Code("panel.unknown_member");
pub const NOT_A_CANDIDATE: Code = Code("panel.not_a_candidate");
pub const WITHDRAWN: Code = Code("panel.withdrawn");
pub const CERTIFIED: Code = Code("panel.certified");
pub const ABSENT: Code = Code("panel.absent");
/// The member has an account: nobody writes their sheets for them.
pub const OWN_SHEET: Code = Code("panel.own_sheet");
/// Whoever judges here types nobody else's sheet.
pub const JUDGES_TOO: Code = Code("panel.judges_too");
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
    /// The total that stands on the sheet; beside items, their sum, or what failed items leave of it.
    pub points: Points,
    /// Points of every criterion; `None`: the sheet has a total only.
    pub items: Option<Items>,
    /// Codes of mandatory items that failed.
    pub fails: Vec<String>,
    pub remark: Option<String>,
}

impl Score {
    /// A sheet that has only a total.
    pub fn total(member: MemberId, application: ApplicationId, points: Points) -> Score {
        Score { member, application, points, items: None, fails: Vec::new(), remark: None }
    }
}

impl Operation for Score {
    const KIND: &'static str = "panel.score";
    const ROLES: &'static [Role] = &[Role::Reviewer, Role::Typist];
    /// What the sheet comes to.
    type Out = Points;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Points> {
        let operator = work.actor.operator()?;
        let unknown = || Refusal::new(UNKNOWN_MEMBER).with("member", self.member.to_string());
        let db = work.tx.db();
        let member = rows::first::<PanelMemberRow>(db, "WHERE id = ?1", [self.member])?.ok_or_else(unknown)?;
        let panel = find_open(work, member.panel)?;
        allowed(work, &panel, self.application)?;
        super::right::may_write(work, &member, self.application)?;
        own(work, &member, operator)?;
        let points = self.points(&work.policy()?.marking, &of_candidate(work, &panel, self.application)?)?;
        let remark =
            self.remark.as_deref().map(|text| fold::text(text).trim().to_owned()).filter(|text| !text.is_empty());
        let sheet = PanelSheetRow {
            member: self.member,
            application: self.application,
            points,
            items: self.items.as_deref().map(write),
            fails: write_fails(&self.fails),
            remark,
            operator,
            at: work.now,
        };
        let key = (self.member, self.application);
        match rows::first::<PanelSheetRow>(db, "WHERE member = ?1 AND application = ?2", key)? {
            None => work.tx.insert(&sheet)?,
            Some(before) if before.operator != operator => {
                let owner = rows::first::<OperatorRow>(db, "WHERE id = ?1", [before.operator])?;
                let name = owner.map(|o| o.name).unwrap_or_default();
                return Err(Refusal::new(OTHERS_SHEET).with("operator", name).into());
            }
            Some(before) if same(&before, &sheet, before.at) => {}
            Some(before) => work.tx.update(&before, &sheet)?,
        }
        Ok(points)
    }
}

/// Whether it says what it said before.
fn same(before: &PanelSheetRow, after: &PanelSheetRow, at: Stamp) -> bool {
    *before == PanelSheetRow { at, ..after.clone() }
}

impl Score {
    /// What the sheet comes to.
    fn points(&self, marking: &Marking, plan: &Plan) -> Result<Points, Refusal> {
        let parts = self.items.iter().flatten().map(|(_, points)| *points);
        for points in parts.chain([self.points]) {
            let verdict = marking::check(marking, Mark::Points(points), MarkFacts::default());
            if let Some(error) = verdict.errors.into_iter().next() {
                return Err(error);
            }
        }
        plan.agreed(self.points, self.items.as_deref(), &self.fails)
    }
}

/// A member who signs on writes their own sheets, and only those. Sheets of the others come from paper, typed by somebody
/// who does not judge in this panel; an expert types nobody else's at all, unless typing is their duty.
fn own(work: &Work<'_, '_>, member: &PanelMemberRow, operator: OperatorId) -> Result<()> {
    let db = work.tx.db();
    let account =
        |id| rows::first::<StaffRow>(db, "WHERE id = ?1", [id]).map(|row| row.and_then(|staff| staff.operator));
    let owner = member.staff.map(account).transpose()?.flatten();
    match owner {
        Some(owner) if owner == operator => return Ok(()),
        Some(_) => return Err(Refusal::new(OWN_SHEET).with("member", member.name.as_str()).into()),
        None => {}
    }
    let is_expert = rows::first::<StaffRow>(db, "WHERE operator = ?1", [operator])?.is_some();
    if is_expert && !work.actor.has(Role::Typist) {
        return Err(Refusal::new(JUDGES_TOO).with("member", member.name.as_str()).into());
    }
    for other in rows::select::<PanelMemberRow>(db, "WHERE panel = ?1 AND staff IS NOT NULL", [member.panel])? {
        if other.staff.map(account).transpose()?.flatten() == Some(operator) {
            return Err(Refusal::new(JUDGES_TOO).with("member", member.name.as_str()).into());
        }
    }
    Ok(())
}

fn allowed(work: &Work<'_, '_>, panel: &PanelRow, who: ApplicationId) -> Result<()> {
    let all = panels::candidates(work.tx.db(), panel.id)?;
    let candidate = all
        .into_iter()
        .find(|c| c.application == who)
        .ok_or_else(|| Refusal::new(NOT_A_CANDIDATE).with("id", who).with("panel", panel.name.as_str()))?;
    if candidate.state == ApplicationState::Withdrawn {
        return Err(Refusal::new(WITHDRAWN).with("name", candidate.name).into());
    }
    if candidate.void {
        return Err(Refusal::new(VOID_REVIEW).with("name", candidate.name).into());
    }
    if candidate.certified {
        return Err(Refusal::new(CERTIFIED).with("name", candidate.name).into());
    }
    if let Some(session) = panel.session {
        let own = "WHERE session = ?1 AND application = ?2";
        let there = rows::first::<AttendanceRow>(work.tx.db(), own, (session, who))?;
        if there.is_some_and(|row| !row.state.was_here()) {
            return Err(Refusal::new(ABSENT).with("name", candidate.name).into());
        }
    }
    Ok(())
}

/// The sheet of a member for a candidate as the signed-on operator wrote it; of others nothing is told here.
pub fn own_sheet(site: &Site, member: MemberId, application: ApplicationId) -> Result<Option<PanelSheetRow>> {
    let Some(operator) = site.actor().id else { return Ok(None) };
    let key = (member, application, operator);
    let own = "WHERE member = ?1 AND application = ?2 AND operator = ?3";
    Ok(rows::first::<PanelSheetRow>(site.store().db(), own, key)?)
}
