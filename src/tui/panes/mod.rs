//! The panes, in the order of their tabs. This list is the only place that names them.
pub mod applications;
pub mod archive;
pub mod certificates;
pub mod checkin;
pub mod conduct;
pub mod documents;
pub mod entry;
pub mod experts;
pub mod hall;
pub mod history;
pub mod marks;
pub mod merge;
pub mod milestones;
pub mod operators;
pub mod panel;
pub mod papers;
pub mod progress;
pub mod publicity;
pub mod register;
pub mod reports;
pub mod results;
pub mod rooms;
pub mod scripts;
pub mod seating;
pub mod sheet;
pub mod staff;
pub mod stock;
pub mod supervision;
pub mod tickets;

use super::canvas::Canvas;
use super::cx::Cx;
use super::pane::{Flow, Layer, Listed, Mounted, Pane, Seen};
use super::theme::Role;
use crate::model::Role as Duty;
use crate::ops::Result;
use ratatui::layout::Rect;

pub struct Tab {
    pub id: &'static str,
    pub open: fn(&mut Cx<'_>) -> Result<Box<dyn Layer>>,
    pub actions: fn() -> Vec<Listed>,
}

const fn tab<P: Pane<About = ()>>() -> Tab {
    Tab {
        id: P::ID,
        open: |cx| Ok(Box::new(Mounted(P::open(cx, ())?))),
        actions: || P::ACTIONS.iter().map(|a| Listed { id: a.id, show: a.show }).collect(),
    }
}

pub const PANES: &[Tab] = &[
    tab::<applications::Applications>(),
    tab::<seating::Seating>(),
    tab::<checkin::Checkin>(),
    tab::<entry::Entry>(),
    tab::<panel::Panel>(),
    tab::<results::Results>(),
    tab::<certificates::Certificates>(),
    tab::<history::History>(),
];

/// Pages over a tab that every pane can open, in the order in which the list of pages shows them.
pub const PAGES: &[Tab] = &[
    tab::<rooms::Rooms>(),
    tab::<staff::Staff>(),
    tab::<tickets::Tickets>(),
    tab::<papers::Papers>(),
    tab::<hall::Hall>(),
    tab::<sheet::Sheet>(),
    tab::<conduct::Conduct>(),
    tab::<scripts::Scripts>(),
    tab::<progress::Progress>(),
    tab::<marks::Marks>(),
    tab::<experts::Experts>(),
    tab::<publicity::Publicity>(),
    tab::<register::Register>(),
    tab::<stock::Stock>(),
    tab::<documents::Documents>(),
    tab::<reports::Reports>(),
    tab::<archive::Archive>(),
    tab::<merge::Merge>(),
    tab::<supervision::Supervision>(),
    tab::<milestones::Milestones>(),
    tab::<operators::Operators>(),
];

/// The pane that somebody starts on, by their first duty.
pub fn home(roles: &[Duty]) -> &'static str {
    match roles.first() {
        Some(Duty::Typist) => entry::Entry::ID,
        Some(Duty::Reviewer) => panel::Panel::ID,
        Some(Duty::ScoreManager | Duty::Auditor) => results::Results::ID,
        Some(Duty::Admin) => history::History::ID,
        Some(Duty::Coordinator | Duty::Proctor) | None => checkin::Checkin::ID,
    }
}

/// The page that comes at once over that pane, for whom all other panes are closed: an administrator sees nothing of a batch.
pub fn first_page(roles: &[Duty]) -> Option<&'static str> {
    roles.contains(&Duty::Admin).then_some(operators::Operators::ID)
}

/// Opens the page with this id; the words of its name are `pane.<id>`.
pub fn page(cx: &mut Cx<'_>, id: &str) -> Result<Flow> {
    match PAGES.iter().find(|page| page.id == id) {
        Some(page) => Ok(Flow::Open((page.open)(cx)?)),
        None => Ok(Flow::Stay),
    }
}

/// Stands in for a pane that could not be opened: the reason is in the message line.
pub struct Closed;

impl Layer for Closed {
    fn id(&self) -> &'static str {
        "closed"
    }
    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        canvas.paragraph(area, &cx.word("closed.body"), Role::Text);
    }
    fn act(&mut self, _id: &str, _cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        None
    }
}
