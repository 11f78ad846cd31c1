//! The paper in front of a typist: whose it is, what stands already, what the rules say of a mark on it.
use super::digits::Digits;
use super::save::TYPISTS;
use crate::model::entry::{Entries, Slot, Turn, Typed};
use crate::model::{ApplicationId, BatchId, Code, Mark, OpNo, OperatorId, Points, Refusal, Subject, fold};
use crate::ops::{Actor, Result, Site, marks, scripts};
use crate::policy::Policy;
use crate::policy::criteria::{self, Criterion, Items};
use crate::policy::duties;
use crate::policy::marking::{self, Attended, ControlTotals, FULL_MARK, MarkFacts, Typing, Verdict};
use crate::store::journal::{self, ChangeRow};
use crate::store::rows::Connection;
use crate::store::views::{conduct, entry_bag, entry_queue, panels};
use crate::store::{ApplicationRow, ApplicationState, EntryRow, EntryState, MarkRow, StoreFault, TicketRow, Tx, rows};
use serde::Serialize;

pub const UNKNOWN: Code = Code("entry.unknown");
pub const UNKNOWN_TICKET: Code = Code("entry.unknown_ticket");
pub const NOT_REQUIRED: Code = Code("entry.not_required");
pub const BY_PANEL: Code = Code("entry.by_panel");
/// Judged at the station, each assessor by themself.
pub const BY_ASSESSORS: Code = Code("entry.by_assessors");
pub const WITHDRAWN: Code = Code("entry.withdrawn");
/// Nothing is typed for it any more; why is not the typist's affair.
pub const VOID: Code = Code("entry.void_paper");
pub const NOT_ITEMS: Code = Code("entry.not_items");
pub const NOT_A_MARK: Code = Code("entry.not_a_mark");

/// The live entries of one mark, as rows and as the state they stand for.
pub(in crate::ops) struct Live {
    pub rows: Vec<EntryRow>,
    pub state: Entries,
}

impl Live {
    pub fn row(&self, slot: Slot) -> Result<&EntryRow> {
        let found = self.rows.iter().find(|r| r.slot == slot.number());
        Ok(found.ok_or_else(|| StoreFault::Corrupt(format!("entry slot {}", slot.number())))?)
    }
}

/// Reads either inside a transaction or outside of it.
pub(in crate::ops) enum Reader<'a, 'db> {
    Tx(&'a Tx<'db>),
    Site(&'a Site),
}

macro_rules! db {
    ($reader:expr) => {
        match $reader {
            Reader::Tx(tx) => tx.db(),
            Reader::Site(site) => site.store().db(),
        }
    };
}

impl Reader<'_, '_> {
    pub fn db(&self) -> &Connection {
        db!(self)
    }

    pub fn changes(&self, op: OpNo) -> Result<Vec<ChangeRow>> {
        Ok(journal::changes(db!(self), op)?)
    }

    pub fn live(&self, application: ApplicationId, subject: Subject) -> Result<Live> {
        let tail = "WHERE application = ?1 AND subject = ?2 AND state <> 'discarded' ORDER BY slot";
        let rows = rows::select::<EntryRow>(db!(self), tail, (application, subject))?;
        let mark = match rows.first() {
            Some(first) if first.state == EntryState::Matched => {
                let tail = "WHERE application = ?1 AND subject = ?2";
                rows::first::<MarkRow>(db!(self), tail, (application, subject))?.and_then(|m| m.mark.with(m.points))
            }
            _ => None,
        };
        let state = state(&rows, mark)
            .ok_or_else(|| StoreFault::Corrupt(format!("entries of {application} {}", subject.code())))?;
        Ok(Live { rows, state })
    }

    /// The person, when a mark of this subject is typed for them at all;
    pub fn person(
        &self,
        policy: &Policy,
        batch: BatchId,
        (application, subject): (ApplicationId, Subject),
    ) -> Result<ApplicationRow> {
        let tail = "WHERE id = ?1 AND batch = ?2";
        let person = rows::first::<ApplicationRow>(db!(self), tail, (application, batch))?
            .ok_or_else(|| Refusal::new(UNKNOWN).with("id", application))?;
        let name = self.label(&person, subject)?;
        if person.state == ApplicationState::Withdrawn {
            return Err(Refusal::new(WITHDRAWN).with("name", name).into());
        }
        if !policy.subjects.required(person.level).contains(subject) {
            return Err(Refusal::new(NOT_REQUIRED)
                .word("subject", subject.key())
                .word("level", person.level.key())
                .with("name", name)
                .into());
        }
        if subject == Subject::Review {
            return Err(Refusal::new(BY_PANEL).into());
        }
        if let Some(group) = panels::group_of(db!(self), application, subject)? {
            return Err(Refusal::new(BY_ASSESSORS).with("panel", group).into());
        }
        if conduct::is_void(db!(self), application, subject)? {
            return Err(Refusal::new(VOID).with("name", name).into());
        }
        marks::refuse_locked(db!(self), application, subject)?;
        scripts::needs_number(db!(self), policy, (application, subject))?;
        Ok(person)
    }

    /// Whether somebody else has begun with the second entries of the bag in which this paper lies.
    pub fn second_began(&self, (application, subject): (ApplicationId, Subject), actor: &Actor) -> Result<bool> {
        match entry_bag::bag_of(db!(self), application, subject)? {
            Some(bag) => Ok(entry_bag::second_began(db!(self), bag, actor.id)?),
            None => Ok(false),
        }
    }

    /// What a paper is called: the script number while its bag is sealed, else the name.
    pub fn label(&self, person: &ApplicationRow, subject: Subject) -> Result<String> {
        Ok(entry_bag::label_of(db!(self), person.id, subject)?.unwrap_or_else(|| person.name.clone()))
    }

    /// The policy's verdict over a mark. What stands in the other entry has no part in it.
    pub fn verdict(&self, policy: &Policy, of: (ApplicationId, Subject), mark: Mark) -> Result<Verdict> {
        let attendance = entry_queue::attendance(db!(self), of.0, of.1)?.map(|state| match state {
            Some(state) if state.was_here() => Attended::Present,
            Some(_) => Attended::Absent,
            None => Attended::Expected,
        });
        Ok(marking::check(&policy.marking, mark, MarkFacts { attendance }))
    }
}

fn state(rows: &[EntryRow], mark: Option<Mark>) -> Option<Entries> {
    let typed = rows.iter().map(typed).collect::<Option<Vec<_>>>()?;
    let states: Vec<_> = rows.iter().map(|row| row.state).collect();
    Some(match (states.as_slice(), typed.as_slice()) {
        ([], []) => Entries::None,
        ([EntryState::Open], [one]) => Entries::One(one.clone()),
        ([EntryState::Matched, EntryState::Matched, ..], _) => Entries::Settled { made_of: typed, mark: mark? },
        ([EntryState::Differs, EntryState::Differs], [a, b]) => Entries::Differs(a.clone(), b.clone()),
        ([EntryState::Differs, EntryState::Differs, EntryState::Differs], [a, b, c]) => {
            Entries::Apart(a.clone(), b.clone(), c.clone())
        }
        ([EntryState::Returned, EntryState::Open], [a, b]) => {
            Entries::Returned { first: a.clone(), second: b.clone(), slot: Slot::First }
        }
        ([EntryState::Open, EntryState::Returned], [a, b]) => {
            Entries::Returned { first: a.clone(), second: b.clone(), slot: Slot::Second }
        }
        _ => return None,
    })
}

fn typed(row: &EntryRow) -> Option<Typed> {
    let items = row.items.as_deref().map(|text| criteria::read(text).ok_or(()));
    Some(Typed { operator: row.operator, mark: row.value()?, items: items.transpose().ok()? })
}

/// Whoever has this ticket number.
pub fn by_ticket(site: &Site, text: &str) -> Result<ApplicationId> {
    let number = fold::number_like(text);
    let tail = "WHERE batch = ?1 AND number = ?2";
    let found = rows::first::<TicketRow>(site.store().db(), tail, (site.batch()?.id, number.as_ref()))?;
    Ok(found.ok_or_else(|| Refusal::new(UNKNOWN_TICKET).with("ticket", number.as_ref()))?.application)
}

/// What the policy allows, for the line beside the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rule {
    pub highest: Points,
    pub step: Points,
    /// How digits without a point are read.
    pub digits: Digits,
    pub typing: Typing,
    /// The cover of a bag is written down before its marks are locked.
    pub asks_cover: bool,
    /// Two markers mark each script, and a third where they lie too far apart.
    pub has_markers: bool,
}

pub fn rule(site: &Site) -> Result<Rule> {
    let policy = site.policy()?;
    let marking = &policy.marking;
    let step = Points::new(marking.step);
    let asks_cover = marking.control_totals == ControlTotals::Required;
    Ok(Rule {
        highest: FULL_MARK,
        step,
        digits: Digits::of(FULL_MARK, step),
        typing: marking.typing,
        asks_cover,
        has_markers: marking.markers.is_some(),
    })
}

/// A mark in range and on the policy's step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckedMark(pub Mark);

/// What was typed, folded and checked; nothing is compared with anybody's entry.
pub fn read_mark(site: &Site, text: &str) -> Result<CheckedMark> {
    let folded = fold::number_like(text);
    let mark = Mark::parse(&folded).ok_or_else(|| Refusal::new(NOT_A_MARK).with("value", text))?;
    let verdict = marking::check(&site.policy()?.marking, mark, MarkFacts::default());
    match verdict.errors.into_iter().next() {
        Some(error) => Err(error.into()),
        None => Ok(CheckedMark(mark)),
    }
}

/// Items as typed, `a=40,b=46.5`, folded.
pub fn read_items(text: &str) -> Result<Items> {
    let folded = fold::number_like(text);
    Ok(criteria::read(&folded).ok_or_else(|| Refusal::new(NOT_ITEMS).with("value", text))?)
}

/// What the typist would have to accept before this mark is saved, for whoever may type now. Nothing of it depends on
/// the other entry: whether the two agree is told once both are in.
pub fn warnings(site: &Site, application: ApplicationId, subject: Subject, mark: Mark) -> Result<Vec<Refusal>> {
    turn(site, application, subject)?;
    let policy = site.policy()?;
    Ok(Reader::Site(site).verdict(&policy, (application, subject), mark)?.warnings)
}

/// Whether the signed-on operator types marks at all.
pub fn may_type(site: &Site) -> Result<(), Refusal> {
    duties::allowed(&site.actor().roles, TYPISTS)
}

/// Which entry of this mark the signed-on operator would make now, or why none.
pub fn turn(site: &Site, application: ApplicationId, subject: Subject) -> Result<Turn> {
    let operator: OperatorId = site.actor().operator()?;
    may_type(site)?;
    let (policy, reader) = (site.policy()?, Reader::Site(site));
    reader.person(&policy, site.batch()?.id, (application, subject))?;
    Ok(reader.live(application, subject)?.state.turn(operator, &policy.marking)?)
}

/// Groups of questions whose points are typed with a mark; none: the total only.
pub fn groups(site: &Site, application: ApplicationId, subject: Subject) -> Result<Vec<Criterion>> {
    let person = person_of(site, application)?;
    Ok(site.policy()?.marking.groups(subject, &person.occupation, person.level).to_vec())
}

/// Items as typed, checked against the groups of a paper and its total: what saving would say of them.
pub fn check_items(
    site: &Site,
    (application, subject): (ApplicationId, Subject),
    mark: Mark,
    items: Option<&Items>,
) -> Result<()> {
    let person = person_of(site, application)?;
    let policy = site.policy()?;
    let groups = policy.marking.groups(subject, &person.occupation, person.level);
    Ok(marking::checked_items(groups, mark, items).map(drop)?)
}

fn person_of(site: &Site, application: ApplicationId) -> Result<ApplicationRow> {
    let tail = "WHERE id = ?1 AND batch = ?2";
    let found = rows::first::<ApplicationRow>(site.store().db(), tail, (application, site.batch()?.id))?;
    Ok(found.ok_or_else(|| Refusal::new(UNKNOWN).with("id", application))?)
}
