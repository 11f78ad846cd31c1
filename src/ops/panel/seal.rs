//! `panel.seal`: the sheets become review marks.
use super::find_open;
use crate::model::{Code, PanelId, Points, Refusal, Role, Subject};
use crate::ops::{
    MarkKind, MarkRow, Operation, PanelMemberRow, PanelRow, PanelSheetRow, PanelState, Result, Undo, Work,
};
use crate::policy;
use crate::store::rows;
use crate::store::views::panels;
use serde::Serialize;

pub const SHEETS_NOT_IN: Code = Code("panel.sheets_not_in");

/// Members named in a refusal; the rest is a count.
const NAMED: usize = 3;

#[derive(Debug, Clone, Serialize)]
pub struct Seal {
    pub panel: PanelId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sealed {
    pub panel: String,
    pub candidates: usize,
    /// Candidates whose sheets lie further apart than the policy's warning.
    pub wide: Vec<String>,
}

impl Operation for Seal {
    const KIND: &'static str = "panel.seal";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("panel.reopen");
    type Out = Sealed;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Sealed> {
        let panel = find_open(work, self.panel)?;
        let rule = work.policy()?.panel.clone();
        let db = work.tx.db();
        let members = rows::select::<PanelMemberRow>(db, "WHERE panel = ?1 ORDER BY id", [panel.id])?;
        let sheets = panels::sheets(db, panel.id)?;
        let mut candidates = panels::candidates(db, panel.id)?;
        // A mark that a certificate rests on stays as it is.
        candidates.retain(|c| c.state.is_live() && !(c.certified && c.ruled.is_some()));
        // Nobody is asked for the sheets of a void review; a ruling that is whole stands for the day the void is lifted.
        candidates.retain(|c| !c.void || members.iter().all(|m| points(&sheets, m, c).is_some()));
        complete(&members, &candidates, &sheets)?;
        let mut wide = Vec::new();
        for candidate in &candidates {
            let of = |m: &PanelMemberRow| points(&sheets, m, candidate);
            let ruling = policy::panel::ruling(&rule, &members.iter().map(of).collect::<Vec<_>>())?;
            if ruling.wide {
                wide.push(candidate.name.clone());
            }
            let (application, subject, mark) = (candidate.application, Subject::Review, MarkKind::Points);
            work.tx.insert(&MarkRow { application, subject, mark, points: Some(ruling.points) })?;
        }
        work.tx.update(&panel, &PanelRow { state: PanelState::Sealed, sealed_at: Some(work.now), ..panel.clone() })?;
        Ok(Sealed { panel: panel.name, candidates: candidates.len(), wide })
    }
}

fn points(sheets: &[PanelSheetRow], member: &PanelMemberRow, candidate: &panels::Candidate) -> Option<Points> {
    sheets.iter().find(|s| s.member == member.id && s.application == candidate.application).map(|s| s.points)
}

/// Refused with the number of sheets not in, and whose they are.
fn complete(
    members: &[PanelMemberRow],
    candidates: &[panels::Candidate],
    sheets: &[PanelSheetRow],
) -> Result<(), Refusal> {
    let missing = |m: &PanelMemberRow| candidates.iter().filter(|c| points(sheets, m, c).is_none()).count();
    let owing: Vec<(&str, usize)> =
        members.iter().map(|m| (m.name.as_str(), missing(m))).filter(|(_, count)| *count > 0).collect();
    if owing.is_empty() {
        return Ok(());
    }
    let mut whose: Vec<String> = owing.iter().take(NAMED).map(|(name, count)| format!("{name} {count}")).collect();
    if owing.len() > NAMED {
        whose.push(format!("+{}", owing.len() - NAMED));
    }
    let total: usize = owing.iter().map(|(_, count)| count).sum();
    Err(Refusal::new(SHEETS_NOT_IN).with("missing", total).with("whose", whose.join(", ")))
}
