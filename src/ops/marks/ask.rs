//! `marks.ask_change`: a locked mark is wrong, says one person. Nothing changes before another agrees.
use super::picture::{Ground, Preview};
use super::unlock::REASON;
use crate::model::{ApplicationId, Code, Mark, MarkChangeId, Refusal, Role, Subject, fold};
use crate::ops::scripts::Veil;
use crate::ops::{Operation, People, Result, Undo, Work, entry, results, together};
use crate::policy::marking::{self, MarkFacts};
use crate::store::views::locks::{self, Sitting};
use crate::store::{
    ApplicationRow, ApplicationState, CertificateState, ChangeState, MarkChangeRow, MarkKind, MarkRow, rows,
};
use serde::Serialize;

/// Typing and settling are the way while a session is open.
pub const NOT_LOCKED: Code = Code("marks.not_locked");
/// A review mark is its panel's.
pub const BY_PANEL: Code = Code("marks.by_panel");
/// A certificate rests on it.
pub const CERTIFIED: Code = Code("marks.certified");
/// Whose script it is stays unknown until the bag is unsealed.
pub const SEALED: Code = Code("marks.sealed");
pub const NO_CHANGE: Code = Code("marks.no_change");
pub const WAITS: Code = Code("marks.change_waits");

#[derive(Debug, Clone, Serialize)]
pub struct AskChange {
    pub application: ApplicationId,
    pub subject: Subject,
    pub mark: Mark,
    pub reason: String,
}

impl Operation for AskChange {
    const KIND: &'static str = "marks.ask_change";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::ScoreManager];
    const UNDO: Undo = Undo::Instead("marks.withdraw_change");
    const PEOPLE: People = People::Proven;
    type Out = (MarkChangeId, Preview);

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<(MarkChangeId, Preview)> {
        let reason = fold::text(&self.reason).trim().to_owned();
        if reason.is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let ground = Ground { db: work.tx.db(), policy: work.policy()?, batch: work.batch()?.id };
        let preview = asked(&ground, (self.application, self.subject), self.mark)?;
        let tail = "WHERE application = ?1 AND subject = ?2 AND state = 'asked'";
        let key = (self.application, self.subject);
        if let Some(open) = rows::first::<MarkChangeRow>(work.tx.db(), tail, key)? {
            if together::lasts(open.asked_at, work.now) {
                return Err(Refusal::new(WAITS).with("number", open.id).with("name", preview.name).into());
            }
            // Nobody can agree to it any more: this one takes its place.
            let (state, decided_by, decided_at) = (ChangeState::Withdrawn, work.actor.id, Some(work.now));
            work.tx.update(&open, &MarkChangeRow { state, decided_by, decided_at, ..open.clone() })?;
        }
        let old = rows::first::<MarkRow>(work.tx.db(), "WHERE application = ?1 AND subject = ?2", key)?;
        let id = MarkChangeId(work.tx.next_id::<MarkChangeRow>()?);
        work.tx.insert(&MarkChangeRow {
            id,
            application: self.application,
            subject: self.subject,
            old_mark: old.as_ref().map(|m| m.mark),
            old_points: old.and_then(|m| m.points),
            new_mark: MarkKind::of(self.mark),
            new_points: self.mark.points(),
            reason,
            asked_by: work.actor.operator()?,
            asked_at: work.now,
            state: ChangeState::Asked,
            decided_by: None,
            decided_at: None,
            note: None,
        })?;
        Ok((id, preview))
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }

    fn again(&self) -> Option<together::Again> {
        together::again(self)
    }
}

/// What the change would do, where it may be asked for at all.
pub(super) fn asked(ground: &Ground<'_>, of: (ApplicationId, Subject), mark: Mark) -> Result<Preview> {
    let sitting = may_change(ground, of)?;
    let verdict = marking::check(&ground.policy.marking, mark, MarkFacts::default());
    if let Some(error) = verdict.errors.into_iter().next() {
        return Err(error.into());
    }
    let preview = ground.preview(&sitting, of, mark)?;
    if preview.difference.given.is_none() {
        return Err(Refusal::new(NO_CHANGE).with("name", preview.name).with("mark", mark.to_string()).into());
    }
    Ok(preview)
}

/// Where a locked mark stands that may be changed by two persons.
pub(super) fn may_change(ground: &Ground<'_>, (application, subject): (ApplicationId, Subject)) -> Result<Sitting> {
    let key = (application, ground.batch);
    let person = rows::first::<ApplicationRow>(ground.db, "WHERE id = ?1 AND batch = ?2", key)?
        .filter(|a| a.state != ApplicationState::Withdrawn)
        .ok_or_else(|| Refusal::new(results::UNKNOWN).with("id", application))?;
    if !ground.policy.subjects.required(person.level).contains(subject) {
        let refusal =
            Refusal::new(entry::NOT_REQUIRED).word("subject", subject.key()).word("level", person.level.key());
        return Err(refusal.with("name", person.name).into());
    }
    if subject == Subject::Review {
        return Err(Refusal::new(BY_PANEL).with("name", person.name).into());
    }
    let sitting = locks::sitting(ground.db, application, subject)?.filter(|s| s.locked);
    let Some(sitting) = sitting else {
        return Err(Refusal::new(NOT_LOCKED).with("name", person.name).word("subject", subject.key()).into());
    };
    if Veil::of_person(ground.db, application)?.covers(application, subject) {
        return Err(Refusal::new(SEALED).with("session", sitting.session_code).into());
    }
    if let Some(number) = ground.certificate(application, CertificateState::Valid)? {
        return Err(Refusal::new(CERTIFIED).with("name", person.name).with("number", number).into());
    }
    Ok(sitting)
}
