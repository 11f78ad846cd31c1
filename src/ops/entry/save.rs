//! `entry.save`: types one mark; whether it is the first entry, the second, the third or a correction follows from what
//! stands.
use super::claim::not_against_a_claim;
use super::paper::{Live, Reader};
use crate::model::entry::{Entries, Pair, Rule, Slot, Turn, Typed};
use crate::model::{ApplicationId, Code, EntryId, Mark, Refusal, Role, Subject};
use crate::ops::{Operation, Result, Work};
use crate::policy::criteria::{self, Items};
use crate::policy::markers::{Part, differing};
use crate::policy::marking;
use crate::store::{EntryRow, EntrySource, EntryState, MarkKind, MarkRow};
use serde::Serialize;

pub const WARNINGS: Code = Code("entry.warnings");

/// Whoever settles never types.
pub(super) const TYPISTS: &[Role] = &[Role::Typist];

#[derive(Debug, Clone, Serialize)]
pub struct Save {
    pub application: ApplicationId,
    pub subject: Subject,
    pub mark: Mark,
    /// Points of the groups of questions, where the policy names some for this paper.
    pub items: Option<Items>,
    /// What is odd on the paper (涂改、缺签名), for the coordinator.
    pub remark: Option<String>,
    /// Warnings that the typist has seen and means.
    pub accepted: Vec<Code>,
}

impl Save {
    /// The total only, nothing odd, no warning accepted.
    pub fn new(application: ApplicationId, subject: Subject, mark: Mark) -> Save {
        Save { application, subject, mark, items: None, remark: None, accepted: Vec::new() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Waits for somebody else's entry.
    Waits,
    Settled,
    Differs,
    /// Two markers lie too far apart: a third one marks.
    NeedsThird,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Saved {
    /// Or the script number, while the bag is sealed.
    pub name: String,
    pub turn: Turn,
    pub outcome: Outcome,
    /// What differs, by name; never a value.
    pub differs: Vec<Part>,
}

impl Operation for Save {
    const KIND: &'static str = "entry.save";
    const ROLES: &'static [Role] = TYPISTS;
    type Out = Saved;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Saved> {
        enter(work, self, EntrySource::Typed)
    }
}

/// One entry of the operator, by hand or from a sheet.
pub(super) fn enter(work: &mut Work<'_, '_>, save: &Save, source: EntrySource) -> Result<Saved> {
    let (batch, of) = (work.batch()?.id, (save.application, save.subject));
    let (reader, marking) = (Reader::Tx(work.tx), &work.policy()?.marking);
    let person = reader.person(work.policy()?, batch, of)?;
    let name = reader.label(&person, save.subject)?;
    let groups = marking.groups(save.subject, &person.occupation, person.level).to_vec();
    let live = reader.live(save.application, save.subject)?;
    let operator = work.actor.operator()?;
    let turn = live.state.turn(operator, marking)?;
    if let Some(slot) = turn.slot() {
        not_against_a_claim(work, of, slot)?;
    }
    let verdict = reader.verdict(work.policy()?, of, save.mark)?;
    if let Some(error) = verdict.errors.into_iter().next() {
        return Err(error.into());
    }
    let items = marking::checked_items(&groups, save.mark, save.items.as_ref())?;
    let codes: Vec<_> = verdict.warnings.iter().map(|w| w.code).collect();
    if codes.iter().any(|code| !save.accepted.contains(code)) {
        return Err(Refusal::new(WARNINGS).with("codes", words(&codes)).into());
    }
    let next = live.state.clone().enter(Typed { operator, mark: save.mark, items: items.clone() }, marking)?;
    let outcome = outcome(&next, marking);
    let names: Vec<_> = groups.into_iter().map(|g| (g.code, g.name)).collect();
    let differs = match &next {
        Entries::Differs(first, second) => differing(first, second, &names),
        _ => Vec::new(),
    };
    write(work, (&live, turn, &next), &row(work, save, (turn, source), (items, words(&codes)))?)?;
    Ok(Saved { name, turn, outcome, differs })
}

fn outcome(next: &Entries, rule: &dyn Rule) -> Outcome {
    match next {
        Entries::Settled { .. } => Outcome::Settled,
        Entries::Differs(a, b) if rule.two(a, b) == Pair::Third => Outcome::NeedsThird,
        Entries::Differs(..) | Entries::Apart(..) => Outcome::Differs,
        Entries::None | Entries::One(_) | Entries::Returned { .. } => Outcome::Waits,
    }
}

fn words(codes: &[Code]) -> String {
    codes.iter().map(|c| c.0).collect::<Vec<_>>().join(",")
}

/// The entry as it would stand alone; a correction takes the place of what was sent back.
fn row(
    work: &Work<'_, '_>,
    save: &Save,
    (turn, source): (Turn, EntrySource),
    (items, accepted): (Option<Items>, String),
) -> Result<EntryRow> {
    let remark = save.remark.as_deref().map(str::trim).filter(|text| !text.is_empty());
    Ok(EntryRow {
        id: EntryId(work.tx.next_id::<EntryRow>()?),
        application: save.application,
        subject: save.subject,
        slot: turn.slot().unwrap_or(Slot::First).number(),
        state: EntryState::Open,
        mark: MarkKind::of(save.mark),
        points: save.mark.points(),
        items: items.map(|items| criteria::write(&items)),
        remark: remark.map(ToOwned::to_owned),
        source,
        operator: work.actor.operator()?,
        at: work.now,
        accepted,
    })
}

fn write(work: &mut Work<'_, '_>, (live, turn, next): (&Live, Turn, &Entries), new: &EntryRow) -> Result<()> {
    let state = match next {
        Entries::Settled { .. } => EntryState::Matched,
        Entries::Differs(..) | Entries::Apart(..) => EntryState::Differs,
        Entries::None | Entries::One(_) | Entries::Returned { .. } => EntryState::Open,
    };
    for row in &live.rows {
        let after = match row.state {
            EntryState::Returned => EntryRow { id: row.id, slot: row.slot, state, ..new.clone() },
            _ => EntryRow { state, ..row.clone() },
        };
        if after != *row {
            work.tx.update(row, &after)?;
        }
    }
    if turn != Turn::Correction {
        work.tx.insert(&EntryRow { state, ..new.clone() })?;
    }
    let Some(mark) = next.settled() else { return Ok(()) };
    settle_mark(work, (new.application, new.subject), mark)
}

pub(super) fn settle_mark(work: &mut Work<'_, '_>, of: (ApplicationId, Subject), mark: Mark) -> Result<()> {
    let (kind, points) = (MarkKind::of(mark), mark.points());
    Ok(work.tx.insert(&MarkRow { application: of.0, subject: of.1, mark: kind, points })?)
}
