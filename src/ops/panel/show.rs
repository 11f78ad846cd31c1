//! Reading panels, as far as the signed-on operator may see them. A sheet is seen by whoever wrote it; by others, and
//! what the sheets come to by anybody, only once the rule reveals it.
use super::UNKNOWN;
use super::board::{self, Board, Judged};
use super::missing::{Missing, Next};
use super::pool::Ground;
use super::recuse;
use super::right::member_of;
use crate::model::{ApplicationId, Level, MemberId, OperatorId, PanelId, Points, Refusal, Stamp, Subject};
use crate::ops::{ApplicationState, PanelMemberRow, PanelRow, PanelState, Result, Site, unit};
use crate::policy::panel::{Ask, Reveal, Ruling, Signing};
use crate::store::rows;
use crate::store::views::panels;
use serde::{Serialize, Serializer};

/// One box of the grid, as the signed-on operator may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    Out,
    /// In, but not for these eyes yet.
    In,
    Shown(Points),
    /// The member does not judge this candidate.
    Recused,
    /// Stands in for others only.
    NotAsked,
}

impl Sheet {
    pub fn is_in(self) -> bool {
        matches!(self, Sheet::In | Sheet::Shown(_))
    }
}

impl Serialize for Sheet {
    /// `"out"`, `"in"`, `"recused"` or the points.
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Sheet::Out => s.serialize_str("out"),
            Sheet::In => s.serialize_str("in"),
            Sheet::Recused => s.serialize_str("recused"),
            Sheet::NotAsked => s.serialize_str("not_asked"),
            Sheet::Shown(points) => s.collect_str(points),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    pub application: ApplicationId,
    pub name: String,
    pub ticket: Option<String>,
    pub level: Level,
    pub occupation_name: String,
    pub employer: Option<String>,
    /// Has stepped back since the panel was formed: no sheet is waited for.
    pub withdrawn: bool,
    /// The part is void after an incident: no sheet is waited for either.
    pub void: bool,
    /// Was not there.
    pub absent: bool,
    /// Judged anew by another panel.
    pub replaced: bool,
    pub began_at: Option<Stamp>,
    pub ended_at: Option<Stamp>,
    /// It took less time than the rule asks, and somebody said why.
    pub short: bool,
    /// In the order of the members.
    pub sheets: Vec<Sheet>,
    /// Every sheet that counts is in.
    pub all_in: bool,
    /// The sheets lie further apart than the warning: a fact without values.
    pub wide: bool,
    /// Why the chair is asked to decide; stays once they have.
    pub asks: Option<Ask>,
    /// The chair has decided.
    pub decided: bool,
    /// What the sheets come to by the policy's rule; `None` until it is revealed.
    pub ruling: Option<Ruling>,
    /// The settled mark, once the panel is sealed.
    pub mark: Option<Points>,
}

/// How a member has signed the sheets as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Signed {
    No,
    /// Sheets were changed since.
    Void,
    Pin,
    Paper,
    /// Gone before the signing.
    Left,
}

impl Signed {
    pub fn code(self) -> &'static str {
        match self {
            Signed::No => "no",
            Signed::Void => "void",
            Signed::Pin => "pin",
            Signed::Paper => "paper",
            Signed::Left => "left",
        }
    }
}

/// A panel with everything that a screen shows of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    pub panel: PanelRow,
    /// Those who sit, and those who have left sheets that count.
    pub members: Vec<PanelMemberRow>,
    /// In the order of the members; empty where the hands stand on paper alone.
    pub signed: Vec<Signed>,
    pub candidates: Vec<Candidate>,
    pub sheets: usize,
    pub expected: usize,
    pub missing: Missing,
    pub next: Next,
    /// Minutes that each candidate takes at least; 0: not said.
    pub min_minutes: u16,
    /// The member whom the signed-on operator is.
    pub own: Option<MemberId>,
}

impl View {
    pub fn chair(&self) -> Option<&PanelMemberRow> {
        self.members.iter().find(|m| m.chair)
    }
}

/// How many people need a review and have no panel yet.
pub fn waiting(site: &Site) -> Result<usize> {
    let (policy, own) = (site.policy()?, unit::own(site)?);
    let all = panels::waiting(site.store().db(), site.batch()?.id)?;
    let needs = |p: &&panels::Reviewable| policy.subjects.required(p.level).contains(Subject::Review);
    Ok(all.iter().filter(needs).filter(|p| unit::sees(own.as_ref(), p.unit.as_ref())).count())
}

/// The panel with this name.
pub fn named(site: &Site, name: &str) -> Result<PanelId> {
    let found = rows::first::<PanelRow>(
        site.store().db(),
        "WHERE batch = ?1 AND name = ?2",
        (site.batch()?.id, crate::model::fold::name(name)),
    )?;
    Ok(found.map(|p| p.id).ok_or_else(|| Refusal::new(UNKNOWN).with("panel", name))?)
}

pub fn show(site: &Site, panel: PanelId) -> Result<View> {
    let (db, viewer, own) = (site.store().db(), site.actor().id, unit::own(site)?);
    let row = rows::first::<PanelRow>(db, "WHERE id = ?1 AND batch = ?2", (panel, site.batch()?.id))?
        .filter(|row| unit::sees(own.as_ref(), row.unit.as_ref()))
        .ok_or_else(|| Refusal::new(UNKNOWN).with("panel", panel.to_string()))?;
    let policy = site.policy()?;
    let board = Board::load(db, &policy, row)?;
    let missing = Missing::of(&board);
    let missing = match board.panel.state {
        PanelState::Open => missing.with(recuse::named(db, &Ground::of_site(site, &policy)?, &board.panel)?),
        PanelState::Sealed => missing,
    };
    let (sheets, expected) = counts(&board);
    Ok(View {
        next: next(&board, &missing),
        own: member_of(db, &board, viewer)?,
        members: board.shown().cloned().collect(),
        signed: signed(&board),
        candidates: board.judged.iter().map(|j| candidate(&board, j, viewer)).collect(),
        sheets,
        expected,
        missing,
        min_minutes: board.rule.min_minutes,
        panel: board.panel,
    })
}

/// Sheets that are in, and sheets when all are in.
pub(super) fn counts(board: &Board) -> (usize, usize) {
    let marks = || board.open().flat_map(|j| board.points(j));
    (marks().filter(Option::is_some).count(), marks().count())
}

pub(super) fn next(board: &Board, missing: &Missing) -> Next {
    if board.panel.state == PanelState::Sealed { Next::Done } else { missing.next() }
}

/// Whether everybody may see the sheets of a candidate and what they come to.
pub(super) fn revealed(board: &Board, judged: &Judged) -> bool {
    let sealed = board.panel.state == PanelState::Sealed;
    sealed || board.rule.reveal == Reveal::AllIn && board.ruling(judged).is_ok()
}

fn candidate(board: &Board, judged: &Judged, viewer: Option<OperatorId>) -> Candidate {
    let (person, row) = (&judged.person, &judged.row);
    let shown = revealed(board, judged);
    let seen = |member: &PanelMemberRow| match board.sheet(member.id, row.application) {
        _ if board.is_recused(member, row.application) => Sheet::Recused,
        _ if !board.counts(member, row.application) => Sheet::NotAsked,
        None => Sheet::Out,
        Some(sheet) if shown || Some(sheet.operator) == viewer => Sheet::Shown(sheet.points),
        Some(_) => Sheet::In,
    };
    let ruling = board.ruling(judged).ok();
    Candidate {
        application: row.application,
        name: person.name.clone(),
        ticket: person.ticket.clone(),
        level: person.level,
        occupation_name: person.occupation_name.clone(),
        employer: person.employer.clone(),
        withdrawn: person.state == ApplicationState::Withdrawn,
        void: person.void,
        absent: person.absent,
        replaced: row.replaced.is_some(),
        began_at: row.began_at,
        ended_at: row.ended_at,
        short: row.short_reason.is_some(),
        sheets: board.shown().map(seen).collect(),
        all_in: board.all_in(judged),
        wide: ruling.is_some_and(|r| r.wide),
        asks: board.asks(judged),
        decided: row.ruling.is_some() && board.settled(judged).is_some(),
        ruling: ruling.filter(|_| shown),
        mark: person.ruled.filter(|_| board.panel.state == PanelState::Sealed || person.certified),
    }
}

fn signed(board: &Board) -> Vec<Signed> {
    if board.rule.signing == Signing::Paper {
        return Vec::new();
    }
    let digest = board.digest();
    let of = |member: &PanelMemberRow| match board.signature(member.id, &digest) {
        Some(signature) if signature.with_pin => Signed::Pin,
        Some(_) => Signed::Paper,
        None if member.left_at.is_some() => Signed::Left,
        None if board.signatures.iter().any(|s| s.member == member.id) => Signed::Void,
        None => Signed::No,
    };
    board.shown().map(of).collect()
}

/// The whole board of a panel of the batch at hand.
pub(super) fn board(site: &Site, panel: PanelId) -> Result<Board> {
    board::of_panel(site.store().db(), &*site.policy()?, panel)
}
