//! Who judges whom: the one place that says whose sheets count for a candidate, for a review panel and for a group of
//! assessors alike.
//!
//! A member judges a candidate unless a recusal of theirs is recorded. A substitute judges those candidates, and only
//! those, whom the member they stand in for does not judge. Whoever has left keeps the sheets of candidates that were fully
//! judged when they left: for every other candidate a recusal is recorded at leaving (`other`, not declared).
use crate::model::{ApplicationId, MemberId, PanelId, Refusal};
use crate::ops::{PanelMemberRow, PanelRecusalRow, Result};
use crate::policy::panel::{PanelRule, enough};
use crate::store::rows::{self, Connection};
use std::collections::HashSet;

pub struct Seats {
    members: Vec<PanelMemberRow>,
    recused: HashSet<(MemberId, ApplicationId)>,
    sheets: HashSet<(MemberId, ApplicationId)>,
}

impl Seats {
    pub fn load(db: &Connection, panel: PanelId) -> Result<Seats> {
        let members = rows::select::<PanelMemberRow>(db, "WHERE panel = ?1 ORDER BY id", [panel])?;
        let own = "WHERE member IN (SELECT id FROM panel_member WHERE panel = ?1)";
        let recused = rows::select::<PanelRecusalRow>(db, own, [panel])?;
        let sheets = crate::store::views::panels::sheets(db, panel)?;
        Ok(Seats {
            members,
            recused: recused.into_iter().map(|r| (r.member, r.application)).collect(),
            sheets: sheets.into_iter().map(|s| (s.member, s.application)).collect(),
        })
    }

    /// Everybody who ever sat on the panel, in the order in which they came.
    pub fn members(&self) -> &[PanelMemberRow] {
        &self.members
    }

    /// Those who have not left.
    pub fn sitting(&self) -> impl Iterator<Item = &PanelMemberRow> {
        self.members.iter().filter(|m| m.left_at.is_none())
    }

    /// Whoever has the chair, or leads the assessors, now.
    pub fn chair(&self) -> Option<&PanelMemberRow> {
        self.sitting().find(|m| m.chair)
    }

    pub fn has_sheet(&self, member: MemberId, application: ApplicationId) -> bool {
        self.sheets.contains(&(member, application))
    }

    pub fn is_recused(&self, member: MemberId, application: ApplicationId) -> bool {
        self.recused.contains(&(member, application))
    }

    /// Whether the sheet of this member counts for this candidate, and is waited for until it is in.
    pub fn judges(&self, member: MemberId, application: ApplicationId) -> bool {
        let Some(row) = self.member(member) else { return false };
        let here = row.left_at.is_none() || self.has_sheet(member, application);
        here && !self.is_recused(member, application) && self.is_asked(row, application)
    }

    /// The members whose sheets count for a candidate, in the order in which they came.
    pub fn of(&self, application: ApplicationId) -> Vec<&PanelMemberRow> {
        self.members.iter().filter(|m| self.judges(m.id, application)).collect()
    }

    /// Whether every sheet that counts is in, and there are as many as the policy asks for.
    pub fn is_complete(&self, rule: &PanelRule, application: ApplicationId) -> bool {
        let judges = self.of(application);
        enough(rule, judges.len()).is_ok() && judges.iter().all(|m| self.has_sheet(m.id, application))
    }

    /// Refused when too few, or an even number, judge this candidate: a substitute is wanted, or another panel.
    pub fn enough(&self, rule: &PanelRule, application: ApplicationId) -> Result<(), Refusal> {
        enough(rule, self.of(application).len())
    }

    /// Members who do not judge this candidate and for whom nobody stands in yet.
    pub fn open_seats(&self, application: ApplicationId) -> Vec<&PanelMemberRow> {
        let open = |m: &&PanelMemberRow| {
            self.is_asked(m, application)
                && !self.judges(m.id, application)
                && !self.members.iter().any(|s| s.instead_of == Some(m.id))
        };
        self.members.iter().filter(open).collect()
    }

    fn member(&self, id: MemberId) -> Option<&PanelMemberRow> {
        self.members.iter().find(|m| m.id == id)
    }

    /// A substitute came after the member they stand in for, so this ends.
    fn is_asked(&self, row: &PanelMemberRow, application: ApplicationId) -> bool {
        match row.instead_of.filter(|before| *before < row.id).and_then(|before| self.member(before)) {
            Some(before) => self.is_asked(before, application) && !self.judges(before.id, application),
            None => true,
        }
    }
}
