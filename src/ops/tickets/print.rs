//! `tickets.print`: ticket sheets were made. Inside the window of the notice, or by a coordinator with a reason (S0-37).
use super::issue::person;
use super::void::NO_TICKET;
use crate::model::{ApplicationId, BatchId, Code, Refusal, Role, Stamp};
use crate::ops::{Journal, Operation, People, Result, Work, together};
use crate::policy::duties;
use crate::policy::windows::{self, WindowKind, Windows};
use crate::store::rows::Connection;
use crate::store::{TicketRow, rows};
use serde::Serialize;

pub const NOT_OPEN: Code = Code("tickets.window_not_open");
pub const CLOSED: Code = Code("tickets.window_closed");

#[derive(Debug, Clone, Serialize)]
pub struct Print {
    pub applications: Vec<ApplicationId>,
    /// How many identity numbers stand on them whole.
    pub whole: u64,
    /// Name of the file.
    pub file: String,
    /// Why outside the window.
    pub over: Option<String>,
}

impl Operation for Print {
    const KIND: &'static str = "tickets.print";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Reviewer];
    /// A sheet made twice went out twice.
    const JOURNAL: Journal = Journal::Always;
    const PEOPLE: People = People::Two(together::COSIGN);
    const UNSIGNED: &'static [&'static str] = &["file"];
    type Out = usize;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<usize> {
        work.batch()?;
        if let Err(refusal) = in_window(&work.policy()?.windows, work.now) {
            if self.over.as_deref().is_none_or(|why| why.trim().is_empty()) {
                return Err(refusal.into());
            }
            duties::allowed(&work.actor.roles, &[Role::Coordinator])?;
        }
        for id in &self.applications {
            let Some(before) = rows::first::<TicketRow>(work.tx.db(), "WHERE application = ?1", [*id])? else {
                return Err(Refusal::new(NO_TICKET).with("name", person(work, *id)?.name).into());
            };
            work.tx.update(&before, &TicketRow { printed_at: Some(work.now), ..before.clone() })?;
        }
        Ok(self.applications.len())
    }

    fn reason(&self) -> Option<&str> {
        self.over.as_deref()
    }

    fn people(&self, _db: &Connection, _batch: Option<BatchId>) -> Result<People> {
        Ok(if self.whole > 1 { Self::PEOPLE } else { People::One })
    }
}

/// The rule, for faces that ask before.
pub fn in_window(windows: &Windows, now: Stamp) -> Result<(), Refusal> {
    windows.check(WindowKind::TicketPrinting, now).map_err(|refusal| {
        let (code, name) = if refusal.is(windows::NOT_OPEN) { (NOT_OPEN, "opens") } else { (CLOSED, "closed") };
        let day = refusal.get(name).map(ToString::to_string).unwrap_or_default();
        Refusal::new(code).with(name, day)
    })
}
