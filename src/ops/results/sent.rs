//! The summary table (汇总表), signed and stamped, on its way to the office: who sent it, when, to whom, by which day
//! (S1-36, S1-37).
use super::audit::filled;
use super::computed::latest;
use super::difference::standing_one;
use crate::model::{Code, Day, Refusal, Role};
use crate::ops::{Operation, Result, Site, Work, calendar};
use crate::policy::dates::{ExamDays, dated};
use crate::store::{SentManner, SessionRow, SummarySentRow, rows};
use serde::Serialize;

pub const SENT_WORDS: Code = Code("results.sent_words");
pub const SENT_UNSTAMPED: Code = Code("results.sent_unstamped");
pub const SENT_DATE: Code = Code("results.sent_date");
pub const SENT_INCOMPLETE: Code = Code("results.sent_incomplete");

/// Paper that is not stamped does not go out as a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stamped {
    Yes,
    No,
}

#[derive(Debug, Clone, Serialize)]
pub struct SendSummary {
    pub recipient: String,
    /// `None`: today.
    pub on: Option<Day>,
    /// `None`: whoever is signed on.
    pub sent_by: Option<String>,
    pub signed_by: String,
    pub stamped: Stamped,
    pub manner: SentManner,
    pub note: Option<String>,
}

impl Operation for SendSummary {
    const KIND: &'static str = "results.send_summary";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = SummarySentRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<SummarySentRow> {
        let computation = standing_one(work)?;
        if computation.incomplete > 0 {
            return Err(Refusal::new(SENT_INCOMPLETE).with("count", computation.incomplete).into());
        }
        let said = |what: &str, text: &str| {
            filled(Some(text)).ok_or_else(|| Refusal::new(SENT_WORDS).word("field", format!("results.sent.{what}")))
        };
        let (recipient, signed_by) = (said("recipient", &self.recipient)?, said("signed_by", &self.signed_by)?);
        if self.stamped == Stamped::No {
            return Err(Refusal::new(SENT_UNSTAMPED).into());
        }
        let (on, today) = (self.on.unwrap_or(work.now.day()), work.now.day());
        let sessions = rows::select::<SessionRow>(work.tx.db(), "WHERE batch = ?1", [work.batch()?.id])?;
        let exam = sessions.iter().map(|s| s.starts_at.day()).max();
        if on > today || exam.is_some_and(|exam| on < exam) {
            let exam = exam.map(|day| day.to_string()).unwrap_or_default();
            let refusal = Refusal::new(SENT_DATE).with("date", on.to_string()).with("exam", exam);
            return Err(refusal.with("today", today.to_string()).into());
        }
        let row = SummarySentRow {
            id: work.tx.next_id::<SummarySentRow>()?,
            computation: computation.id,
            recipient,
            sent_on: on,
            sent_by: filled(self.sent_by.as_deref()).unwrap_or_else(|| work.actor.name.clone()),
            signed_by,
            stamped: true,
            manner: self.manner,
            note: filled(self.note.as_deref()),
            operator: work.actor.operator()?,
            at: work.now,
        };
        work.tx.insert(&row)?;
        Ok(row)
    }
}

/// Whether the summary of the batch went out, and by when it has to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    pub state: SummaryState,
    /// The last day, in working days after the last exam day (S1-36).
    pub due: Option<Day>,
    /// Working days left, today not counted; negative: late by so many days.
    pub left: Option<i64>,
    /// The newest first.
    pub rows: Vec<SummarySentRow>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SummaryState {
    NotSent,
    Sent,
    /// What was sent is not what results are now.
    Outdated,
}

impl SummaryState {
    pub fn code(self) -> &'static str {
        match self {
            SummaryState::NotSent => "not_sent",
            SummaryState::Sent => "sent",
            SummaryState::Outdated => "outdated",
        }
    }

    pub fn key(self) -> String {
        format!("results.summary.{}", self.code())
    }
}

pub fn summary(site: &Site) -> Result<Summary> {
    let (db, batch, policy) = (site.store().db(), site.batch()?.id, site.policy()?);
    let tail = "WHERE computation IN (SELECT id FROM computation WHERE batch = ?1) ORDER BY at DESC, id DESC";
    let rows = rows::select::<SummarySentRow>(db, tail, [batch])?;
    let newest = latest(db, batch)?;
    let state = match (rows.first(), &newest) {
        (None, _) => SummaryState::NotSent,
        (Some(sent), Some(newest)) if sent.computation == newest.id => {
            let holds = super::inputs(db, &policy, batch)? == newest.inputs;
            if holds { SummaryState::Sent } else { SummaryState::Outdated }
        }
        (Some(_), _) => SummaryState::Outdated,
    };
    let (due, left) = due(site)?;
    Ok(Summary { state, due, left, rows })
}

fn due(site: &Site) -> Result<(Option<Day>, Option<i64>)> {
    let sessions = rows::select::<SessionRow>(site.store().db(), "WHERE batch = ?1", [site.batch()?.id])?;
    let exam = ExamDays::of(sessions.iter().map(|s| s.starts_at.day()));
    let (calendar, today) = (calendar::calendar(site)?, site.now().day());
    let dates = dated(&*site.policy()?, exam, &calendar);
    let due = dates.iter().find(|d| d.what == "deadline.results").and_then(|d| d.due);
    let inside = |from: Day, to: Day| from.succ_opt().map_or(0, |from| calendar.inside(from, to));
    let left = due.map(|due| {
        let days = if today <= due { inside(today, due) } else { inside(due, today) };
        let days = i64::try_from(days).unwrap_or(i64::MAX);
        if today <= due { days } else { -days.max(1) }
    });
    Ok((due, left))
}
