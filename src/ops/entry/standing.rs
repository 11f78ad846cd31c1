//! One person's marks, part by part, as the reader may see them.
use super::blind::may_compare;
use super::paper::Reader;
use crate::model::entry::Entries;
use crate::model::{ApplicationId, Mark, Refusal, Subject};
use crate::ops::results::step;
use crate::ops::{Result, Site, marks};
use crate::policy::conduct::{OnMark, after_effects};
use crate::store::views::conduct;
use crate::store::{ApplicationRow, MarkRow, rows};
use serde::{Serialize, Serializer};

/// Not required, missing, absent, void and 0 are five different answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    pub subject: Subject,
    /// `not_required`, `missing`, `first_in`, `differs`, `sent_back`, `settled`, `locked`: settled and final, or `void`:
    /// nobody waits for it.
    pub state: &'static str,
    /// As given, once settled.
    #[serde(serialize_with = "as_text")]
    pub mark: Option<Mark>,
    /// What counts, after what confirmed incidents do to it.
    #[serde(serialize_with = "as_text")]
    pub counts: Option<Mark>,
    /// The reader's own entry; for a coordinator both, once both are in.
    pub entries: Vec<EntrySeen>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntrySeen {
    pub slot: i64,
    #[serde(serialize_with = "as_text")]
    pub mark: Option<Mark>,
}

fn as_text<S: Serializer>(mark: &Option<Mark>, s: S) -> std::result::Result<S::Ok, S::Error> {
    match mark {
        Some(mark) => s.collect_str(mark),
        None => s.serialize_none(),
    }
}

impl Standing {
    pub fn key(&self) -> String {
        format!("standing.{}", self.state)
    }
}

/// All three parts, the ones that are not required too.
pub fn standing(site: &Site, application: ApplicationId) -> Result<Vec<Standing>> {
    let tail = "WHERE id = ?1 AND batch = ?2";
    let person = rows::first::<ApplicationRow>(site.store().db(), tail, (application, site.batch()?.id))?
        .ok_or_else(|| Refusal::new(super::paper::UNKNOWN).with("id", application))?;
    let required = site.policy()?.subjects.required(person.level);
    Subject::ALL.into_iter().map(|subject| part(site, application, subject, required.contains(subject))).collect()
}

fn part(site: &Site, application: ApplicationId, subject: Subject, required: bool) -> Result<Standing> {
    let tail = "WHERE application = ?1 AND subject = ?2";
    let settled = rows::first::<MarkRow>(site.store().db(), tail, (application, subject))?;
    let live = Reader::Site(site).live(application, subject)?;
    let seen = live.rows.iter().filter(|row| may_compare(site, &live.state) || Some(row.operator) == site.actor().id);
    let entries = seen.map(|row| EntrySeen { slot: row.slot, mark: row.value() }).collect();
    let mark = settled.as_ref().and_then(|row| row.mark.with(row.points));
    let counts = if required { counting(site, application, subject, mark)? } else { mark };
    let state = match (&settled, required, live.state) {
        (Some(_), _, _) if marks::is_locked(site, application, subject)? => "locked",
        (Some(_), _, _) => "settled",
        (None, true, _) if counts == Some(Mark::Void) => "void",
        (None, false, _) => "not_required",
        (None, true, Entries::None) => "missing",
        (None, true, Entries::One(_)) => "first_in",
        (None, true, Entries::Returned { .. }) => "sent_back",
        (None, true, Entries::Differs(..) | Entries::Matched(..)) => "differs",
    };
    Ok(Standing { subject, state, mark, counts, entries })
}

fn counting(site: &Site, application: ApplicationId, subject: Subject, given: Option<Mark>) -> Result<Option<Mark>> {
    let all = conduct::effects_of(site.store().db(), application)?;
    let own = all.iter().filter(|e| e.subject == subject);
    let own: Vec<_> = own.map(|e| OnMark { effect: e.effect, amount: e.points.unwrap_or(0) }).collect();
    let policy = site.policy()?;
    Ok(after_effects(given, &own, step(&policy, subject)))
}
