//! Where the clock stands against the window for printing tickets.
use super::print::in_window;
use crate::model::{Day, Refusal};
use crate::ops::{Result, Site};
use crate::policy::windows::WindowKind;
use serde::Serialize;

/// Days are calendar days from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Window {
    /// The notice sets none.
    Free,
    Before {
        opens: Day,
        days: i64,
    },
    /// Open up to and with this day; 0 days left is today.
    Open {
        closes: Day,
        days: i64,
    },
    After {
        closed: Day,
    },
}

pub fn window(site: &Site) -> Result<Window> {
    let (policy, now) = (site.policy()?, site.now());
    let periods = policy.windows.of(WindowKind::TicketPrinting);
    let days = |day: Day| (day - now.day()).num_days();
    if let Some(open) = periods.iter().find(|w| w.contains(now)) {
        return Ok(Window::Open { closes: open.end.day, days: days(open.end.day) });
    }
    if let Some(next) = periods.iter().filter(|w| w.start.begins() > now).min_by_key(|w| w.start.begins()) {
        return Ok(Window::Before { opens: next.start.day, days: days(next.start.day) });
    }
    let last = periods.iter().map(|w| w.end.day).max();
    Ok(last.map_or(Window::Free, |closed| Window::After { closed }))
}

/// Why no sheet may be made now without a reason.
pub fn check(site: &Site) -> Result<(), Refusal> {
    site.policy().map_or(Ok(()), |policy| in_window(&policy.windows, site.now()))
}
