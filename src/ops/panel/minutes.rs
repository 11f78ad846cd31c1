//! `panel.minutes`: what was said, for the record; and the facts that the record of a panel is printed from.
use super::board::{Board, Judged};
use super::show::{board, revealed};
use super::{find, right};
use crate::model::{ApplicationId, Level, MemberId, OpNo, PanelId, Points, Role, Stamp, Subject, TieKind, fold};
use crate::ops::{ApplicationState, Operation, PanelMemberRow, PanelRow, PanelState, Result, Site, Work};
use crate::policy::panel::{Aggregate, Ask};
use crate::store::journal;
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Minutes {
    pub panel: PanelId,
    /// Empty: none.
    pub text: String,
}

impl Operation for Minutes {
    const KIND: &'static str = "panel.minutes";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Reviewer];
    type Out = ();

    /// Also after sealing: the minutes are often written last.
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let board = Board::load(work.tx.db(), work.policy()?, find(work, self.panel)?)?;
        right::keeps(work, &board)?;
        let text = fold::text(&self.text).trim().to_owned();
        let after = PanelRow { minutes: Some(text).filter(|t| !t.is_empty()), ..board.panel.clone() };
        if after != board.panel {
            work.tx.update(&board.panel, &after)?;
        }
        Ok(())
    }
}

/// Everything that the record of a panel says. Values of sheets are there only where they are revealed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MinutesFacts {
    pub panel: String,
    pub subject: Subject,
    /// Code of the policy's unit that owns it; `None`: the site.
    pub unit: Option<String>,
    pub state: PanelState,
    pub sealed_at: Option<Stamp>,
    pub rule: Aggregate,
    pub quorum: u8,
    pub min_minutes: u16,
    pub seed: Option<String>,
    /// The free text.
    pub text: Option<String>,
    pub members: Vec<MemberFact>,
    pub recusals: Vec<RecusalFact>,
    pub candidates: Vec<CandidateFact>,
    /// Of the sheets and decisions that were signed.
    pub digest: String,
    /// The last operation in the journal, and its digest.
    pub head: (OpNo, String),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemberFact {
    pub name: String,
    pub unit: String,
    pub chair: bool,
    /// Whom they stand in for.
    pub instead_of: Option<String>,
    pub left_at: Option<Stamp>,
    pub left_reason: Option<String>,
    /// Under the sheets as they are.
    pub signed_at: Option<Stamp>,
    /// By PIN; else on paper.
    pub with_pin: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecusalFact {
    pub member: String,
    pub candidate: String,
    pub kind: TieKind,
    pub note: Option<String>,
    /// By the member; else found by rule.
    pub declared: bool,
    pub at: Stamp,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CandidateFact {
    pub application: ApplicationId,
    pub name: String,
    pub ticket: Option<String>,
    pub level: Level,
    pub occupation_name: String,
    pub employer: Option<String>,
    pub withdrawn: bool,
    pub void: bool,
    pub absent: bool,
    /// Why another panel judges anew.
    pub replaced: Option<String>,
    pub began_at: Option<Stamp>,
    pub ended_at: Option<Stamp>,
    /// How long it took.
    pub minutes: Option<i64>,
    pub short_reason: Option<String>,
    /// In the order of `members`; `None`: no sheet that counts, or not revealed.
    pub sheets: Vec<Option<Points>>,
    pub spread: Option<Points>,
    pub wide: bool,
    pub asks: Option<Ask>,
    /// The chair's decision.
    pub decided: Option<Points>,
    pub decided_reason: Option<String>,
    pub decided_by: Option<String>,
    /// What counts; `None` until it is revealed.
    pub points: Option<Points>,
}

pub fn minutes(site: &Site, panel: PanelId) -> Result<MinutesFacts> {
    let board = board(site, panel)?;
    let digest = board.digest();
    let row = board.panel.clone();
    Ok(MinutesFacts {
        members: board.members.iter().map(|m| member(&board, m, &digest)).collect(),
        recusals: recusals(&board),
        candidates: board.judged.iter().map(|j| candidate(&board, j)).collect(),
        digest,
        head: journal::head(site.store().db()).map(|(op, digest)| (OpNo(op), digest))?,
        panel: row.name,
        subject: row.subject,
        unit: row.unit,
        state: row.state,
        sealed_at: row.sealed_at,
        rule: board.rule.rule,
        quorum: board.rule.quorum,
        min_minutes: board.rule.min_minutes,
        seed: row.seed,
        text: row.minutes,
    })
}

fn name_of(board: &Board, member: Option<MemberId>) -> Option<String> {
    board.members.iter().find(|m| Some(m.id) == member).map(|m| m.name.clone())
}

fn member(board: &Board, member: &PanelMemberRow, digest: &str) -> MemberFact {
    let signature = board.signature(member.id, digest);
    MemberFact {
        name: member.name.clone(),
        unit: member.unit.clone(),
        chair: member.chair,
        instead_of: name_of(board, member.instead_of),
        left_at: member.left_at,
        left_reason: member.left_reason.clone(),
        signed_at: signature.map(|s| s.at),
        with_pin: signature.is_some_and(|s| s.with_pin),
    }
}

fn recusals(board: &Board) -> Vec<RecusalFact> {
    let fact = |r: &crate::ops::PanelRecusalRow| {
        let candidate = board.judged.iter().find(|j| j.row.application == r.application)?;
        Some(RecusalFact {
            member: name_of(board, Some(r.member))?,
            candidate: candidate.person.name.clone(),
            kind: r.kind,
            note: r.note.clone(),
            declared: r.declared,
            at: r.at,
        })
    };
    board.recusals.iter().filter_map(fact).collect()
}

fn candidate(board: &Board, judged: &Judged) -> CandidateFact {
    let (person, row, shown) = (&judged.person, &judged.row, revealed(board, judged));
    let ruling = board.ruling(judged).ok();
    let points = |member: &PanelMemberRow| {
        let counts = shown && board.counts(member, row.application);
        board.sheet(member.id, row.application).filter(|_| counts).map(|s| s.points)
    };
    CandidateFact {
        application: row.application,
        name: person.name.clone(),
        ticket: person.ticket.clone(),
        level: person.level,
        occupation_name: person.occupation_name.clone(),
        employer: person.employer.clone(),
        withdrawn: person.state == ApplicationState::Withdrawn,
        void: person.void,
        absent: person.absent,
        replaced: row.replaced.clone(),
        began_at: row.began_at,
        ended_at: row.ended_at,
        minutes: Board::minutes(judged),
        short_reason: row.short_reason.clone(),
        sheets: board.members.iter().map(points).collect(),
        spread: ruling.filter(|_| shown).map(|r| r.spread),
        wide: ruling.is_some_and(|r| r.wide),
        asks: board.asks(judged),
        decided: row.ruling.filter(|_| shown),
        decided_reason: row.ruling_reason.clone(),
        decided_by: name_of(board, row.ruled_by),
        points: board.settled(judged).filter(|_| shown),
    }
}
