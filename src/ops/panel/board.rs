//! A panel with everything that its closing rests on, past what anybody may see of it.
use super::Seats;
use super::plan::rule_of;
use crate::model::{ApplicationId, MemberId, PanelId, Points, Refusal};
use crate::ops::{
    PanelCandidateRow, PanelMemberRow, PanelRecusalRow, PanelRow, PanelSheetRow, PanelSignatureRow, Result,
};
use crate::policy::Policy;
use crate::policy::criteria::fails_disagree;
use crate::policy::panel::{self, Ask, PanelRule, Ruling};
use crate::store::rows::{self, Connection};
use crate::store::views::panels::{self, Candidate};
use sha2::{Digest, Sha256};

pub(super) struct Board {
    pub panel: PanelRow,
    pub rule: PanelRule,
    /// The mark that passes.
    pub pass: Points,
    /// In the order of their naming, with those who left.
    pub members: Vec<PanelMemberRow>,
    pub recusals: Vec<PanelRecusalRow>,
    seats: Seats,
    pub sheets: Vec<PanelSheetRow>,
    pub signatures: Vec<PanelSignatureRow>,
    pub judged: Vec<Judged>,
}

/// A candidate and how far their judging is.
pub(super) struct Judged {
    pub person: Candidate,
    pub row: PanelCandidateRow,
}

impl Board {
    pub fn load(db: &Connection, policy: &Policy, panel: PanelRow) -> Result<Board> {
        let of_members = "WHERE member IN (SELECT id FROM panel_member WHERE panel = ?1) ORDER BY member";
        let mut rows_of = rows::select::<PanelCandidateRow>(db, "WHERE panel = ?1", [panel.id])?;
        let judged = |person: Candidate| {
            let place = rows_of.iter().position(|row| row.application == person.application)?;
            Some(Judged { person, row: rows_of.swap_remove(place) })
        };
        let judged = panels::everybody(db, panel.id)?.into_iter().filter_map(judged).collect();
        Ok(Board {
            rule: rule_of(policy, panel.subject).clone(),
            pass: policy.passing.of(panel.subject),
            members: rows::select(db, "WHERE panel = ?1 ORDER BY id", [panel.id])?,
            recusals: rows::select(db, of_members, [panel.id])?,
            seats: Seats::load(db, panel.id)?,
            sheets: panels::sheets(db, panel.id)?,
            signatures: rows::select(db, of_members, [panel.id])?,
            judged,
            panel,
        })
    }

    /// The members who sit now.
    pub fn sitting(&self) -> impl Iterator<Item = &PanelMemberRow> {
        self.members.iter().filter(|m| m.left_at.is_none())
    }

    pub fn chair(&self) -> Option<&PanelMemberRow> {
        self.sitting().find(|m| m.chair)
    }

    /// Whether a member's sheet for a candidate counts.
    pub fn is_recused(&self, member: &PanelMemberRow, application: ApplicationId) -> bool {
        self.seats.is_recused(member.id, application)
    }

    pub fn counts(&self, member: &PanelMemberRow, application: ApplicationId) -> bool {
        self.seats.judges(member.id, application)
    }

    /// The members whose sheets for a candidate count.
    pub fn counting(&self, application: ApplicationId) -> impl Iterator<Item = &PanelMemberRow> {
        self.members.iter().filter(move |m| self.counts(m, application))
    }

    /// Members of whom the grid has a column: those who sit, and those who left sheets that count.
    pub fn shown(&self) -> impl Iterator<Item = &PanelMemberRow> {
        let left_sheets = |m: &PanelMemberRow| self.open().any(|j| self.counts(m, j.row.application));
        self.members.iter().filter(move |m| m.left_at.is_none() || left_sheets(m))
    }

    pub fn sheet(&self, member: MemberId, application: ApplicationId) -> Option<&PanelSheetRow> {
        self.sheets.iter().find(|s| s.member == member && s.application == application)
    }

    /// The sheets that count, one place for each.
    pub fn points(&self, judged: &Judged) -> Vec<Option<Points>> {
        let application = judged.row.application;
        self.counting(application).map(|m| self.sheet(m.id, application).map(|s| s.points)).collect()
    }

    pub fn all_in(&self, judged: &Judged) -> bool {
        self.points(judged).iter().all(Option::is_some)
    }

    /// By the rule, whatever the chair decided.
    pub fn ruling(&self, judged: &Judged) -> Result<Ruling, Refusal> {
        panel::ruling(&self.rule, self.pass, &self.points(judged))
    }

    /// Why the chair is asked.
    pub fn asks(&self, judged: &Judged) -> Option<Ask> {
        let ruling = self.ruling(judged).ok()?;
        let application = judged.row.application;
        let fails = self.counting(application).filter_map(|m| self.sheet(m.id, application)).map(|s| s.fails.as_str());
        panel::asks(&self.rule, &ruling, fails_disagree(fails))
    }

    /// What counts in the end: the chair's decision where it was asked for, or the rule's; `None` while it is open.
    pub fn settled(&self, judged: &Judged) -> Option<Points> {
        let ruling = self.ruling(judged).ok()?;
        match self.asks(judged) {
            Some(_) => judged.row.ruling.filter(|points| panel::may_rule(&self.rule, &ruling, *points).is_ok()),
            None => Some(ruling.points),
        }
    }

    /// Whether the candidate's judging is waited for: whoever stepped back, is void, was absent, is judged anew elsewhere,
    /// or holds a certificate that rests on this mark, is not.
    pub fn waited(&self, judged: &Judged) -> bool {
        let person = &judged.person;
        let kept = person.certified && person.ruled.is_some();
        person.state.is_live() && !person.void && !person.absent && !kept && judged.row.replaced.is_none()
    }

    /// Those whose judging is waited for.
    pub fn open(&self) -> impl Iterator<Item = &Judged> {
        self.judged.iter().filter(|j| self.waited(j))
    }

    /// How long it took, in minutes, once it is over.
    pub fn minutes(judged: &Judged) -> Option<i64> {
        Some(judged.row.ended_at?.minutes_since(judged.row.began_at?))
    }

    /// Whether it lasted as long as the rule asks, or somebody said why not.
    pub fn lasted(&self, judged: &Judged) -> bool {
        let least = i64::from(self.rule.min_minutes);
        least == 0 || Board::minutes(judged).is_some_and(|m| m >= least || judged.row.short_reason.is_some())
    }

    /// Sheets, mandatory items and decisions as they are, for signatures. Names instead of ids, so that it is the same
    /// wherever the panel is read.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        let mut line = |parts: &[&str]| {
            hash.update(parts.join("\u{1f}").as_bytes());
            hash.update([b'\n']);
        };
        line(&[&self.panel.name, self.panel.subject.code()]);
        for judged in self.open() {
            let who = judged.person.ticket.as_deref().unwrap_or(&judged.person.name);
            for member in self.counting(judged.row.application) {
                let Some(sheet) = self.sheet(member.id, judged.row.application) else { continue };
                let items = sheet.items.as_deref().unwrap_or_default();
                line(&[who, &member.name, &sheet.points.to_string(), items, &sheet.fails]);
            }
            if let (Some(points), Some(reason)) = (judged.row.ruling, &judged.row.ruling_reason) {
                line(&[who, &points.to_string(), reason]);
            }
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// A member's signature, if it is under the sheets as they are now.
    pub fn signature(&self, member: MemberId, digest: &str) -> Option<&PanelSignatureRow> {
        self.signatures.iter().find(|s| s.member == member && s.digest == digest)
    }
}

/// The panel with its board.
pub(super) fn of_panel(db: &Connection, policy: &Policy, panel: PanelId) -> Result<Board> {
    let row = rows::first::<PanelRow>(db, "WHERE id = ?1", [panel])?
        .ok_or_else(|| Refusal::new(super::UNKNOWN).with("panel", panel.to_string()))?;
    Board::load(db, policy, row)
}
