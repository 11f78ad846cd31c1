//! Periods in which something may be done: registration, review, payment, ticket printing.
use super::Moment;
use crate::model::{Code, Refusal, Stamp};
use serde::{Deserialize, Serialize};

pub const NOT_OPEN: Code = Code("window.not_open");
pub const CLOSED: Code = Code("window.closed");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    pub start: Moment,
    /// Included as a whole when only the day is given, excluded when a time is.
    pub end: Moment,
}

impl Window {
    pub fn contains(&self, now: Stamp) -> bool {
        self.start.begins() <= now && now < self.end.ends()
    }
}

/// Lists, because some notices open half-yearly; an empty list means that the notice sets no period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Windows {
    pub registration: Vec<Window>,
    pub review: Vec<Window>,
    pub payment: Vec<Window>,
    pub ticket_printing: Vec<Window>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowKind {
    Registration,
    Review,
    Payment,
    TicketPrinting,
}

impl WindowKind {
    pub const ALL: [WindowKind; 4] =
        [WindowKind::Registration, WindowKind::Review, WindowKind::Payment, WindowKind::TicketPrinting];

    /// Also the name of the field in the policy file.
    pub fn code(self) -> &'static str {
        match self {
            WindowKind::Registration => "registration",
            WindowKind::Review => "review",
            WindowKind::Payment => "payment",
            WindowKind::TicketPrinting => "ticket_printing",
        }
    }

    pub fn key(self) -> String {
        format!("window.{}", self.code())
    }
}

impl Windows {
    pub fn of(&self, kind: WindowKind) -> &[Window] {
        match kind {
            WindowKind::Registration => &self.registration,
            WindowKind::Review => &self.review,
            WindowKind::Payment => &self.payment,
            WindowKind::TicketPrinting => &self.ticket_printing,
        }
    }

    /// Whether `kind` is open at `now`; a kind without periods always is.
    pub fn check(&self, kind: WindowKind, now: Stamp) -> Result<(), Refusal> {
        let periods = self.of(kind);
        if periods.is_empty() || periods.iter().any(|w| w.contains(now)) {
            return Ok(());
        }
        match periods.iter().map(|w| w.start).filter(|s| s.begins() > now).min_by_key(|s| s.begins()) {
            Some(opens) => Err(Refusal::new(NOT_OPEN).word("what", kind.key()).with("opens", opens.to_string())),
            None => {
                let closed = periods.iter().map(|w| w.end).max_by_key(|e| e.ends());
                let closed = closed.map(|e| e.to_string()).unwrap_or_default();
                Err(Refusal::new(CLOSED).word("what", kind.key()).with("closed", closed))
            }
        }
    }
}
