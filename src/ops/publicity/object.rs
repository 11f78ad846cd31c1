//! `publicity.object` and `publicity.recheck`: what is said against a published result is taken down, with its last day.
use super::standing;
use crate::model::{ApplicationId, Calendar, Code, Day, RecheckScope, Refusal, Role, Subject, fold};
use crate::ops::{Operation, Result, Undo, Work, calendar, results};
use crate::policy::objections::{in_time, may_recheck};
use crate::store::rows::{self, Connection};
use crate::store::{ApplicationRow, FindingState, ObjectionKind, PublicationRow, PublishedRow, ResultObjectionRow};
use serde::Serialize;

pub const NOT_ON_THE_LIST: Code = Code("objection.not_on_the_list");
pub const NO_DAY: Code = Code("objection.no_day");
pub const WHO: Code = Code("objection.who_needed");
pub const CONTACT: Code = Code("objection.contact_needed");
pub const MATTER: Code = Code("objection.matter_needed");
pub const OPEN: Code = Code("objection.already_open");
pub const NOT_REQUIRED: Code = Code("objection.part_not_required");

/// Who says it, how they can be reached, and what they say.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    /// `None`: the person themself, of a re-check.
    pub raised_by: Option<String>,
    /// `None`: the telephone of the application.
    pub contact: Option<String>,
    pub matter: String,
    /// Why it is taken after the last day.
    pub late: Option<String>,
}

/// Somebody objects to a published result.
#[derive(Debug, Clone, Serialize)]
pub struct Object {
    pub application: ApplicationId,
    pub said: Said,
}

/// Somebody wants a mark looked at again.
#[derive(Debug, Clone, Serialize)]
pub struct Recheck {
    pub application: ApplicationId,
    pub subject: Subject,
    pub scope: RecheckScope,
    pub said: Said,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Taken {
    pub number: i64,
    pub name: String,
    pub decide_by: Day,
}

impl Operation for Object {
    const KIND: &'static str = "publicity.object";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("publicity.take_back");
    type Out = Taken;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Taken> {
        let case = Case::find(work.tx.db(), work, self.application)?;
        if self.said.raised_by.as_deref().unwrap_or_default().trim().is_empty() {
            return Err(Refusal::new(WHO).into());
        }
        let (today, calendar) = (work.now.day(), calendar::of(work.codes));
        if let Some(last) = case.release.until_day {
            in_time(today, last, self.said.late.as_deref())?;
        }
        let decide_by = work.policy()?.publicity.decide_by(today, &calendar);
        case.put(work, &self.said, None, decide_by)
    }
}

impl Operation for Recheck {
    const KIND: &'static str = "publicity.recheck";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("publicity.take_back");
    type Out = Taken;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Taken> {
        let case = Case::find(work.tx.db(), work, self.application)?;
        let policy = work.policy()?;
        let rule = may_recheck(policy.publicity.recheck.as_ref(), self.subject, self.scope)?;
        let shown = case.line.of(self.subject).to_owned();
        if shown == "not_required" {
            let refusal = Refusal::new(NOT_REQUIRED).with("name", case.person.name.as_str());
            return Err(refusal.word("subject", self.subject.key()).into());
        }
        let (today, calendar) = (work.now.day(), calendar::of(work.codes));
        let last = case.ask_by(rule, &calendar).ok_or_else(|| Refusal::new(NO_DAY))?;
        in_time(today, last, self.said.late.as_deref())?;
        let decide_by = rule.decide_by(today, &calendar);
        case.put(work, &self.said, Some((self.subject, self.scope, shown)), decide_by)
    }
}

/// Somebody on the release that stands.
struct Case {
    release: PublicationRow,
    person: ApplicationRow,
    line: PublishedRow,
}

impl Case {
    fn find(db: &Connection, work: &Work<'_, '_>, application: ApplicationId) -> Result<Case> {
        let batch = work.batch()?.id;
        let person = rows::first::<ApplicationRow>(db, "WHERE id = ?1 AND batch = ?2", (application, batch))?
            .ok_or_else(|| Refusal::new(results::UNKNOWN).with("id", application))?;
        let not_on = || Refusal::new(NOT_ON_THE_LIST).with("name", person.name.as_str());
        let release = standing(db, batch)?.ok_or_else(not_on)?;
        let tail = "WHERE publication = ?1 AND application = ?2";
        let line = rows::first::<PublishedRow>(db, tail, (release.id, application))?.ok_or_else(not_on)?;
        Ok(Case { release, person, line })
    }

    /// The last day to ask for a re-check, counted from the first list on which they stood.
    fn ask_by(&self, rule: &crate::policy::publicity::Recheck, calendar: &Calendar) -> Option<Day> {
        let begun = self.release.published_on.or(self.release.finalised_at.map(|at| at.day()))?;
        rule.ask_by(begun, calendar)
    }

    fn put(
        self,
        work: &mut Work<'_, '_>,
        said: &Said,
        recheck: Option<(Subject, RecheckScope, String)>,
        decide_by: Option<Day>,
    ) -> Result<Taken> {
        let given = |text: Option<&str>, code: Code| match text.map(|t| fold::text(t).trim().to_owned()) {
            Some(text) if !text.is_empty() => Ok(text),
            _ => Err(Refusal::new(code)),
        };
        let raised_by = given(said.raised_by.as_deref().or(Some(&self.person.name)), WHO)?;
        let contact = given(said.contact.as_deref().or(self.person.phone.as_deref()), CONTACT)?;
        let matter = given(Some(&said.matter), MATTER)?;
        let decide_by = decide_by.ok_or_else(|| Refusal::new(NO_DAY))?;
        let kind = if recheck.is_some() { ObjectionKind::Recheck } else { ObjectionKind::Objection };
        let subject = recheck.as_ref().map(|(subject, ..)| *subject);
        let tail = "WHERE application = ?1 AND kind = ?2 AND subject IS ?3 AND raised_by = ?4 AND state = 'open'";
        let key = (self.person.id, kind, subject, raised_by.as_str());
        if let Some(open) = rows::first::<ResultObjectionRow>(work.tx.db(), tail, key)? {
            return Err(Refusal::new(OPEN).with("number", open.id).with("name", self.person.name).into());
        }
        let number = work.tx.next_id::<ResultObjectionRow>()?;
        work.tx.insert(&ResultObjectionRow {
            id: number,
            publication: self.release.id,
            application: self.person.id,
            kind,
            subject,
            scope: recheck.as_ref().map(|(_, scope, _)| *scope),
            shown: recheck.map(|(.., shown)| shown),
            raised_by,
            contact,
            matter,
            received_on: work.now.day(),
            late: said.late.as_deref().map(str::trim).filter(|why| !why.is_empty()).map(str::to_owned),
            decide_by,
            operator: work.actor.operator()?,
            at: work.now,
            state: FindingState::Open,
            handler: None,
            decided_at: None,
            finding: None,
            change: None,
        })?;
        Ok(Taken { number, name: self.person.name, decide_by })
    }
}
