//! `publicity.publish`: results go up for the public. A release that stands is corrected by the new one.
use super::gate::computation;
use super::hindrance::Hindrances;
use super::{snapshot, standing};
use crate::model::{BatchId, Calendar, Code, Day, PublicationId, Refusal, Role, fold};
use crate::ops::{Operation, People, Result, Site, Undo, Work, calendar, results, together};
use crate::policy::Policy;
use crate::policy::dates::{self, ExamDays};
use crate::policy::publicity::PublicityOf;
use crate::store::rows::{self, Connection};
use crate::store::views::publicity as view;
use crate::store::{PublicationRow, PublicationState, PublishedRow, SessionRow};
use serde::Serialize;

/// The notice shows no results.
pub const NOT_ASKED: Code = Code("publicity.not_asked");
pub const PLACE: Code = Code("publicity.place_needed");
pub const NOBODY: Code = Code("publicity.nobody");
/// What is shown is what was computed.
pub const ALREADY: Code = Code("publicity.already");
pub const NOT_LOCKED: Code = Code("publicity.not_locked");
pub const SEALED: Code = Code("publicity.sealed");
/// The period of the notice is over: the last day has to be said.
pub const UNTIL: Code = Code("publicity.until_needed");
pub const TOO_SHORT: Code = Code("publicity.too_short");
pub const NO_WORKING_DAY: Code = Code("publicity.no_working_day");
pub const CALENDAR_DOUBT: Code = Code("publicity.calendar_doubt");
pub const TOO_EARLY: Code = Code("publicity.too_early");
pub const PAST_DEADLINE: Code = Code("publicity.past_deadline");
pub const MISSING: Code = Code("publicity.missing_marks");
pub const INCIDENTS: Code = Code("publicity.open_incidents");

#[derive(Debug, Clone, Serialize)]
pub struct Publish {
    /// Where it is shown: a web address, a board.
    pub place: String,
    /// Last day on which objections are taken; `None`: as the notice counts from today.
    pub until: Option<Day>,
    /// Codes of warnings that are accepted.
    pub accepted: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Published {
    pub number: i64,
    pub people: usize,
    pub until: Day,
    /// The release that this one corrects.
    pub corrects: Option<i64>,
}

impl Operation for Publish {
    const KIND: &'static str = "publicity.publish";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// The public has read it.
    const UNDO: Undo = Undo::Instead("publicity.withdraw");
    const PEOPLE: People = People::Two(together::COSIGN);
    const BEFORE: crate::ops::Before = crate::ops::Before::Copy;
    type Out = Published;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Published> {
        let batch = work.batch()?.id;
        let place = fold::text(&self.place).trim().to_owned();
        if place.is_empty() {
            return Err(Refusal::new(PLACE).into());
        }
        let calendar = calendar::of(work.codes);
        let ground =
            Ground { db: work.tx.db(), policy: work.policy()?, batch, calendar: &calendar, today: work.now.day() };
        let (until, found) = ground.look(self.until)?;
        let accepted = found.settle(&self.accepted)?;
        let until = until.ok_or_else(|| Refusal::new(UNTIL))?;
        let release = Release { shown: Some((work.now.day(), until, place)), accepted };
        let (row, people) = release.put(work)?;
        let corrects = match row.corrects {
            Some(id) => rows::first::<PublicationRow>(work.tx.db(), "WHERE id = ?1", [id])?.map(|r| r.number),
            None => None,
        };
        Ok(Published { number: row.number, people, until, corrects })
    }

    /// The newest computation.
    fn seen(&self, db: &Connection, batch: Option<BatchId>) -> Result<String> {
        let latest = batch.map(|batch| results::latest(db, batch)).transpose()?.flatten();
        Ok(latest.map(|latest| latest.inputs).unwrap_or_default())
    }

    fn again(&self) -> Option<together::Again> {
        together::again(self)
    }
}

/// What stands in the way of publishing now, and the last day that it would have.
pub fn publish_check(site: &Site, until: Option<Day>) -> Result<(Option<Day>, Hindrances)> {
    let (policy, calendar) = (site.policy()?, calendar::calendar(site)?);
    let (db, batch, today) = (site.store().db(), site.batch()?.id, site.now().day());
    Ground { db, policy: &policy, batch, calendar: &calendar, today }.look(until)
}

/// A release about to be written.
pub(super) struct Release {
    /// First and last day and place; `None`: final without having been shown.
    pub shown: Option<(Day, Day, String)>,
    pub accepted: String,
}

impl Release {
    /// Writes it with its frozen list, in the place of the one that stood; gives it and the number of people.
    pub fn put(self, work: &mut Work<'_, '_>) -> Result<(PublicationRow, usize)> {
        let batch = work.batch()?.id;
        let latest = results::latest(work.tx.db(), batch)?.ok_or_else(|| Refusal::new(super::stop::NOT_COMPUTED))?;
        let people = results::everybody(work)?;
        if people.is_empty() {
            return Err(Refusal::new(NOBODY).into());
        }
        let before = standing(work.tx.db(), batch)?;
        if let Some(before) = &before {
            let (finalised_at, finalised_by) = (before.finalised_at, before.finalised_by);
            let state = PublicationState::Replaced;
            work.tx.update(before, &PublicationRow { state, finalised_at, finalised_by, ..before.clone() })?;
        }
        let rule = work.policy()?.publicity.clone();
        let id = PublicationId(work.tx.next_id::<PublicationRow>()?);
        let first = work.tx.next_id::<PublishedRow>()?;
        let lines = snapshot::rows(id, first, &people, rule.identity);
        let (shown, me) = (self.shown, work.actor.operator()?);
        let done = shown.is_none().then_some(work.now);
        let row = PublicationRow {
            id,
            batch,
            number: rows::count::<PublicationRow>(work.tx.db(), "WHERE batch = ?1", [batch])? + 1,
            corrects: before.map(|b| b.id),
            inputs: latest.inputs,
            digest: snapshot::digest(&lines),
            columns: rule.columns.iter().map(|c| c.code()).collect::<Vec<_>>().join(","),
            identity: rule.identity,
            published_on: shown.as_ref().map(|s| s.0),
            until_day: shown.as_ref().map(|s| s.1),
            place: shown.map(|s| s.2),
            accepted: self.accepted,
            operator: me,
            at: work.now,
            state: if done.is_some() { PublicationState::Final } else { PublicationState::Open },
            finalised_at: done,
            finalised_by: done.map(|_| me),
            withdrawn_at: None,
            withdrawn_by: None,
            withdrawn_reason: None,
        };
        work.tx.insert(&row)?;
        let count = lines.len();
        work.tx.insert_run(first, lines.into_iter())?;
        Ok((row, count))
    }
}

/// Where is looked before something goes up.
struct Ground<'a> {
    db: &'a Connection,
    policy: &'a Policy,
    batch: BatchId,
    calendar: &'a Calendar,
    today: Day,
}

impl Ground<'_> {
    /// The last day, where it is known, and all that stands in the way.
    fn look(&self, wanted: Option<Day>) -> Result<(Option<Day>, Hindrances)> {
        let mut found = Hindrances::default();
        if self.policy.publicity.of != PublicityOf::Results {
            found.stops.push(Refusal::new(NOT_ASKED));
            return Ok((None, found));
        }
        self.state(&mut found)?;
        let corrected = standing(self.db, self.batch)?;
        let until = self.until(wanted, corrected.as_ref(), &mut found);
        if let Some(until) = until {
            self.dates(until, corrected.is_some(), &mut found)?;
        }
        Ok((until, found))
    }

    /// How far the marks are.
    fn state(&self, found: &mut Hindrances) -> Result<()> {
        found.stops.extend(computation(self.db, self.policy, self.batch)?.iter().map(super::Stop::refusal));
        let latest = results::latest(self.db, self.batch)?;
        if let (Some(shown), Some(latest)) = (standing(self.db, self.batch)?, &latest)
            && shown.inputs == latest.inputs
            && shown.is_public()
            && self.would_show()? == shown.digest
        {
            found.stops.push(Refusal::new(ALREADY).with("number", shown.number));
        }
        for session in view::unlocked_sessions(self.db, self.batch)? {
            found.stops.push(Refusal::new(NOT_LOCKED).with("session", session));
        }
        let sealed = view::sealed_bags(self.db, self.batch)?;
        if sealed > 0 {
            found.stops.push(Refusal::new(SEALED).with("count", sealed));
        }
        let missing = latest.map_or(0, |latest| latest.incomplete);
        if missing > 0 {
            found.warnings.push(Refusal::new(MISSING).with("count", missing));
        }
        let incidents = view::open_incidents(self.db, self.batch)?.len();
        if incidents > 0 {
            found.warnings.push(Refusal::new(INCIDENTS).with("count", incidents));
        }
        Ok(())
    }

    /// Digest of the list as it would go up now: a name may have been corrected where no mark was.
    fn would_show(&self) -> Result<String> {
        let people = results::everyone(self.db, self.policy, self.batch)?;
        Ok(snapshot::digest(&snapshot::rows(PublicationId(0), 0, &people, self.policy.publicity.identity)))
    }

    /// The last day: as the notice has it, later if somebody says so, never sooner.
    fn until(&self, wanted: Option<Day>, corrected: Option<&PublicationRow>, found: &mut Hindrances) -> Option<Day> {
        let rule = &self.policy.publicity;
        let least = match corrected.and_then(|row| row.until_day) {
            Some(until) => rule.correction_ends(self.today, until, self.calendar),
            None => rule.last_day(self.today, self.calendar),
        };
        let over = corrected.is_none() && least.is_some_and(|day| day < self.today);
        if over && wanted.is_none() {
            let end = least.map(|d| d.to_string()).unwrap_or_default();
            found.stops.push(Refusal::new(UNTIL).with("end", end));
            return None;
        }
        let until = wanted.or(least)?;
        let least = if over { self.today } else { least.unwrap_or(self.today) };
        if until < least {
            let refusal = Refusal::new(TOO_SHORT).with("until", until.to_string());
            found.stops.push(refusal.with("least", least.to_string()));
        }
        Some(until)
    }

    /// What is odd about the period (S0-38, S1-36).
    fn dates(&self, until: Day, correction: bool, found: &mut Hindrances) -> Result<()> {
        let window = self.policy.publicity.window;
        if let Some(window) = window.filter(|w| self.today < w.start.day) {
            found.warnings.push(Refusal::new(TOO_EARLY).with("start", window.start.day.to_string()));
        }
        if correction {
            return Ok(());
        }
        let from = window.map_or(self.today, |w| w.start.day.max(self.today));
        // The day on which it goes up is not counted, unless the notice itself names the first day.
        let first = if window.is_some() { from } else { from.succ_opt().unwrap_or(from) };
        if self.calendar.inside(first, until) == 0 {
            let refusal = Refusal::new(NO_WORKING_DAY).with("from", from.to_string());
            found.warnings.push(refusal.with("until", until.to_string()));
        }
        if let Some(year) = self.calendar.doubt(from, until) {
            found.warnings.push(Refusal::new(CALENDAR_DOUBT).with("year", i64::from(year)));
        }
        let days = rows::select::<SessionRow>(self.db, "WHERE batch = ?1 ORDER BY id", [self.batch])?;
        let exam = ExamDays::of(days.iter().map(|s| s.starts_at.day()));
        let due = dates::dated(self.policy, exam, self.calendar).into_iter().find(|d| d.what == RESULTS_DUE);
        if let Some(due) = due.and_then(|d| d.due).filter(|due| until > *due) {
            let refusal = Refusal::new(PAST_DEADLINE).with("due", due.to_string());
            found.warnings.push(refusal.with("until", until.to_string()));
        }
        Ok(())
    }
}

/// The notice's day by which publicity has ended (S1-36).
const RESULTS_DUE: &str = "deadline.results";
