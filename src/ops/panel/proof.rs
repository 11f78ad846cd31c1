//! That a member of a panel is at this terminal: the PIN is checked here and goes no further.
use crate::model::{Code, MemberId, Refusal, Role};
use crate::ops::upkeep::vouch;
use crate::ops::{OperatorRow, PanelMemberRow, Result, Site, StaffRow};
use crate::policy::duties;
use crate::store::rows::{self, Connection};
use serde::Serialize;

pub const NO_ACCOUNT: Code = Code("panel.no_account");
pub const HAS_ACCOUNT: Code = Code("panel.has_account");
pub const NO_PIN: Code = Code("panel.no_pin");

/// Made by [`prove`] or [`on_paper`] only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Proof {
    pub(super) member: MemberId,
    pub(super) how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum How {
    /// They are signed on.
    Own,
    /// Their PIN was typed at somebody else's terminal.
    Pin,
    /// They have no account; their hand stands on paper.
    Paper,
}

impl Proof {
    pub fn member(&self) -> MemberId {
        self.member
    }

    pub fn on_paper(&self) -> bool {
        self.how == How::Paper
    }
}

/// The operator that a member signs on as.
pub(super) fn operator_of(db: &Connection, member: &PanelMemberRow) -> Result<Option<OperatorRow>> {
    let Some(staff) = member.staff else { return Ok(None) };
    let operator = rows::first::<StaffRow>(db, "WHERE id = ?1", [staff])?.and_then(|row| row.operator);
    let Some(operator) = operator else { return Ok(None) };
    Ok(rows::first::<OperatorRow>(db, "WHERE id = ?1 AND disabled = 0", [operator])?)
}

/// What a face asks of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: they are signed on and have no PIN.
    Nothing,
    Pin,
    /// They have no account.
    Paper,
}

/// Refused where nothing that can be typed here would prove it.
pub fn needs(site: &Site, member: MemberId) -> Result<Needs> {
    let row = find(site, member)?;
    Ok(match operator_of(site.store().db(), &row)? {
        None => Needs::Paper,
        Some(operator) if operator.pin.is_some() => Needs::Pin,
        Some(operator) if Some(operator.id) == site.actor().id => Needs::Nothing,
        Some(_) => return Err(Refusal::new(NO_PIN).with("member", row.name).into()),
    })
}

/// By their own PIN, or by being signed on where they have none.
pub fn prove(site: &Site, member: MemberId, pin: Option<&str>) -> Result<Proof> {
    let row = find(site, member)?;
    let name = row.name.as_str();
    let operator =
        operator_of(site.store().db(), &row)?.ok_or_else(|| Refusal::new(NO_ACCOUNT).with("member", name))?;
    let own = Some(operator.id) == site.actor().id;
    if !own && operator.pin.is_none() {
        return Err(Refusal::new(NO_PIN).with("member", name).into());
    }
    vouch(site, &operator, pin)?;
    Ok(Proof { member, how: if own { How::Own } else { How::Pin } })
}

/// For a member without an account; a coordinator has seen the paper.
pub fn on_paper(site: &Site, member: MemberId) -> Result<Proof> {
    duties::allowed(&site.actor().roles, &[Role::Coordinator])?;
    let row = find(site, member)?;
    if operator_of(site.store().db(), &row)?.is_some() {
        return Err(Refusal::new(HAS_ACCOUNT).with("member", row.name).into());
    }
    Ok(Proof { member, how: How::Paper })
}

fn find(site: &Site, member: MemberId) -> Result<PanelMemberRow> {
    let unknown = || Refusal::new(super::score::UNKNOWN_MEMBER).with("member", member.to_string());
    Ok(rows::first::<PanelMemberRow>(site.store().db(), "WHERE id = ?1", [member])?.ok_or_else(unknown)?)
}
