//! `conduct.decide`: a coordinator who did not report it says what an incident leads to; all of it is done at once.
use super::table;
use crate::model::{
    AttendanceState, Code, Day, Effect, IncidentId, Mark, Refusal, Role, SessionMode, Stamp, Subject, fold,
};
use crate::ops::payments::ledger;
use crate::ops::sanctions::{Filed, file};
use crate::ops::scripts::Veil;
use crate::ops::{Operation, Result, Undo, Work, results};
use crate::policy::conduct::{self, Act, Acts, DecisionFacts, Manner, OnMark, Outcome, Reach, after_effects};
use crate::store::rows::Connection;
use crate::store::views::conduct::effects_of;
use crate::store::{
    ApplicationRow, AttendanceRow, CertificateRow, IncidentRow, IncidentState, MarkEffectRow, MarkRow, SessionRow, rows,
};
use serde::{Serialize, Serializer};

pub const UNKNOWN: Code = Code("conduct.unknown");
pub const ALREADY_DECIDED: Code = Code("conduct.already_decided");
pub const OWN_REPORT: Code = Code("conduct.own_report");
/// Nobody in particular did it, so that nothing can follow for anybody.
pub const NOBODY: Code = Code("conduct.nobody");
pub const DISMISS_REASON: Code = Code("conduct.dismiss_reason");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// `None`: as the table says.
    Confirm(Option<Outcome>),
    Dismiss,
}

#[derive(Debug, Clone, Serialize)]
pub struct Decide {
    pub incident: IncidentId,
    pub verdict: Verdict,
    /// Needed for what is milder than the table, and for a dismissal.
    pub reason: String,
}

/// What happens to one part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OnPart {
    pub subject: Subject,
    pub effect: Effect,
    /// Hundredths of a point, or of a percent.
    pub amount: i64,
    /// The mark that counted so far, and the one that counts now; `None` while none is settled.
    #[serde(serialize_with = "as_text")]
    pub before: Option<Mark>,
    #[serde(serialize_with = "as_text")]
    pub after: Option<Mark>,
}

fn as_text<S: Serializer>(mark: &Option<Mark>, s: S) -> std::result::Result<S::Ok, S::Error> {
    match mark {
        Some(mark) => s.collect_str(mark),
        None => s.serialize_none(),
    }
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decided {
    pub number: IncidentId,
    pub name: Option<String>,
    /// `None`: dismissed.
    pub outcome: Option<Outcome>,
    pub parts: Vec<OnPart>,
    /// Is out of the room now.
    pub removed: bool,
    /// Last day of the bar, and the number of the sanction.
    pub barred_until: Option<Day>,
    pub sanction: Option<i64>,
    /// A valid certificate that stands on the marks: it has to be revoked by itself.
    pub certificate: Option<String>,
}

impl Operation for Decide {
    const KIND: &'static str = "conduct.decide";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// The decision is told to the person.
    const UNDO: Undo = Undo::Instead("conduct.lift");
    type Out = Decided;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Decided> {
        let before = incident(work.tx.db(), work.batch()?.id, self.incident)?;
        let decider = work.actor.operator()?;
        if before.state != IncidentState::Reported {
            return Err(Refusal::new(ALREADY_DECIDED).with("number", self.incident).into());
        }
        if before.operator == decider {
            return Err(Refusal::new(OWN_REPORT).with("number", self.incident).into());
        }
        let words = fold::text(&self.reason).trim().to_owned();
        let decided = IncidentRow {
            decision: Some(words.clone()).filter(|w| !w.is_empty()),
            decided_by: Some(decider),
            decided_at: Some(work.now),
            ..before.clone()
        };
        let Verdict::Confirm(wanted) = self.verdict else {
            if words.is_empty() {
                return Err(Refusal::new(DISMISS_REASON).into());
            }
            let name = before.application.map(|id| ledger::one(work, id)).transpose()?.map(|p| p.name);
            work.tx.update(&before, &IncidentRow { state: IncidentState::Dismissed, ..decided })?;
            return Ok(Decided { name, ..nothing(self.incident) });
        };
        let who = before.application.ok_or_else(|| Refusal::new(NOBODY).with("number", self.incident))?;
        let person = ledger::one(work, who)?;
        let table = table::read(work.assets, &before.rules)?;
        let act = table.act(&before.act)?;
        let facts = DecisionFacts { repeated: repeated(work.tx.db(), &before)?, words: &words };
        let outcome = conduct::decide(&table, act, wanted, facts)?;
        let case = Case { incident: &before, person: &person, table: &table, act, outcome };
        let parts = case.strike(work)?;
        let removed = outcome.removes() && case.send_out(work)?;
        let (sanction, barred_until) = case.bar(work)?.unzip();
        let state = IncidentState::Confirmed;
        let outcome_code = Some(outcome.code().to_owned());
        work.tx.update(&before, &IncidentRow { state, outcome: outcome_code, sanction, ..decided })?;
        let certificate = if parts.is_empty() { None } else { certificate(work.tx.db(), &person)? };
        let name = Some(person.name);
        let outcome = Some(outcome);
        Ok(Decided { name, outcome, parts, removed, barred_until, sanction, certificate, ..nothing(self.incident) })
    }

    fn reason(&self) -> Option<&str> {
        Some(self.reason.as_str()).filter(|r| !r.trim().is_empty())
    }
}

fn nothing(number: IncidentId) -> Decided {
    Decided {
        number,
        name: None,
        outcome: None,
        parts: Vec::new(),
        removed: false,
        barred_until: None,
        sanction: None,
        certificate: None,
    }
}

/// The incident of the batch at hand.
pub(super) fn incident(db: &Connection, batch: crate::model::BatchId, id: IncidentId) -> Result<IncidentRow> {
    let tail = "WHERE id = ?1 AND session IN (SELECT id FROM session WHERE batch = ?2)";
    let found = rows::first::<IncidentRow>(db, tail, (id, batch))?;
    Ok(found.ok_or_else(|| Refusal::new(UNKNOWN).with("number", id))?)
}

/// Whether the same act of the same person in the same session stands confirmed already.
pub(super) fn repeated(db: &Connection, row: &IncidentRow) -> Result<bool> {
    let tail =
        "WHERE application = ?1 AND session = ?2 AND rules = ?3 AND act = ?4 AND id <> ?5 AND state = 'confirmed'";
    let key = (row.application, row.session, &row.rules, &row.act, row.id);
    Ok(rows::count::<IncidentRow>(db, tail, key)? > 0)
}

fn certificate(db: &Connection, person: &ApplicationRow) -> Result<Option<String>> {
    let valid = rows::first::<CertificateRow>(db, "WHERE application = ?1 AND state = 'valid'", [person.id])?;
    Ok(valid.map(|c| c.number))
}

/// An incident with all that a decision needs.
struct Case<'a> {
    incident: &'a IncidentRow,
    person: &'a ApplicationRow,
    table: &'a Acts,
    act: &'a Act,
    outcome: Outcome,
}

impl Case<'_> {
    /// Writes what stands against marks from now on. The marks themselves stay.
    fn strike(&self, work: &mut Work<'_, '_>) -> Result<Vec<OnPart>> {
        let session = session(work, self.incident)?;
        let hands_on = session.subject == Subject::Practical && session.mode != Some(SessionMode::Paper);
        let manner = if hands_on { Manner::HandsOn } else { Manner::Written };
        let required = work.policy()?.subjects.required(self.person.level);
        let reach = Reach { subject: session.subject, manner, required };
        let mut parts = Vec::new();
        for (subject, on) in conduct::effects(self.outcome, self.table.minus, reach) {
            let before = self.counted(work, subject)?;
            work.tx.insert(&MarkEffectRow {
                id: work.tx.next_id::<MarkEffectRow>()?,
                incident: self.incident.id,
                application: self.person.id,
                subject,
                effect: on.effect,
                points: (on.effect != Effect::Void).then_some(on.amount),
            })?;
            let after = self.counted(work, subject)?;
            parts.push(OnPart { subject, effect: on.effect, amount: on.amount, before, after });
        }
        Ok(parts)
    }

    /// The mark that counts now; none while nobody may know whose it is.
    fn counted(&self, work: &Work<'_, '_>, subject: Subject) -> Result<Option<Mark>> {
        let (db, key) = (work.tx.db(), (self.person.id, subject));
        let given = rows::first::<MarkRow>(db, "WHERE application = ?1 AND subject = ?2", key)?;
        let on = effects_of(db, self.person.id)?.into_iter().filter(|e| e.subject == subject);
        let on: Vec<_> = on.map(|e| OnMark { effect: e.effect, amount: e.points.unwrap_or(0) }).collect();
        let sealed = Veil::of_person(db, self.person.id)?.covers(self.person.id, subject);
        let given = given.filter(|_| !sealed).and_then(|m| m.mark.with(m.points));
        Ok(after_effects(given, &on, results::step(work.policy()?, subject)))
    }

    /// Whoever still sits in the room is out of it from now on; whoever is out already is left as the door wrote it.
    fn send_out(&self, work: &mut Work<'_, '_>) -> Result<bool> {
        let Some(here) = attendance(work, self.incident)?.filter(|a| a.state.is_inside()) else { return Ok(false) };
        let ends = session(work, self.incident)?.ends_at;
        let out: Stamp = ends.map_or(work.now, |end| end.min(work.now)).max(here.at);
        let (state, reason) = (AttendanceState::Misconduct, Some(mark_of(self.incident)));
        work.tx.update(&here, &AttendanceRow { state, out_at: Some(out), reason, ..here.clone() })?;
        Ok(true)
    }

    /// The sanction and its last day, where the outcome bars somebody.
    fn bar(&self, work: &mut Work<'_, '_>) -> Result<Option<(i64, Day)>> {
        let Some(bar) = self.outcome.bar() else { return Ok(None) };
        let held = session(work, self.incident)?.starts_at.day();
        let until = bar.until(held, work.now.day()).ok_or_else(|| Refusal::new(crate::ops::sanctions::YEARS))?;
        let filed = Filed {
            act: self.act.kind,
            effects: &[crate::policy::sanctions::Effect::LoseMarks],
            until: Some(until),
            basis: format!("{} {}", self.table.basis, self.act.code),
            reason: self.incident.facts.clone(),
            evidence: self.incident.evidence.clone(),
        };
        Ok(Some((file(work, self.person, filed)?, until)))
    }
}

pub(super) fn session(work: &Work<'_, '_>, incident: &IncidentRow) -> Result<SessionRow> {
    let found = rows::first::<SessionRow>(work.tx.db(), "WHERE id = ?1", [incident.session])?;
    Ok(found.ok_or_else(|| Refusal::new(crate::ops::checkin::UNKNOWN_SESSION).with("session", incident.session))?)
}

pub(super) fn attendance(work: &Work<'_, '_>, incident: &IncidentRow) -> Result<Option<AttendanceRow>> {
    let tail = "WHERE session = ?1 AND application = ?2";
    Ok(rows::first::<AttendanceRow>(work.tx.db(), tail, (incident.session, incident.application))?)
}

/// What an attendance row says of the incident that ended it, so that lifting finds its own.
pub(super) fn mark_of(incident: &IncidentRow) -> String {
    format!("{} #{}", incident.act, incident.id)
}
