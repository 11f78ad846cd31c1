//! Locked marks: a page with two parts, sessions with their locks and changes of locked marks.
mod actions;
mod ask;
mod draw;

use crate::model::{Code, Refusal};
use crate::ops::marks::{self, Listed, SessionStatus};
use crate::ops::{Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Flow, Pane, Seen, Show, always};
use crate::tui::widgets::table::Table;
use ratatui::layout::Rect;

pub const NONE_SELECTED: Code = Code("marks.none_selected");
pub const OTHER_PART: Code = Code("marks.other_part");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Sessions,
    Changes,
}

impl Part {
    const ALL: [Part; 2] = [Part::Sessions, Part::Changes];

    fn code(self) -> &'static str {
        match self {
            Part::Sessions => "sessions",
            Part::Changes => "changes",
        }
    }

    fn next(self) -> Part {
        match self {
            Part::Sessions => Part::Changes,
            Part::Changes => Part::Sessions,
        }
    }
}

pub struct Marks {
    part: Part,
    sessions: Vec<SessionStatus>,
    changes: Vec<Listed>,
    /// A table for each part, in order.
    tables: [Table; 2],
}

/// The line that the keys act on.
enum Chosen<'a> {
    Session(&'a SessionStatus),
    Change(&'a Listed),
}

impl Marks {
    fn table(&self) -> &Table {
        let [sessions, changes] = &self.tables;
        match self.part {
            Part::Sessions => sessions,
            Part::Changes => changes,
        }
    }

    fn chosen(&self) -> Result<Chosen<'_>, Refusal> {
        let none = || Refusal::new(NONE_SELECTED);
        let at = self.table().selected().ok_or_else(none)?;
        match self.part {
            Part::Sessions => self.sessions.get(at).map(Chosen::Session).ok_or_else(none),
            Part::Changes => self.changes.get(at).map(Chosen::Change).ok_or_else(none),
        }
    }

    fn session(&self) -> Result<&SessionStatus, Refusal> {
        match self.chosen()? {
            Chosen::Session(session) => Ok(session),
            Chosen::Change(_) => {
                Err(Refusal::new(OTHER_PART).word("part", format!("marks_part.{}", Part::Sessions.code())))
            }
        }
    }
}

impl Pane for Marks {
    type About = ();
    const ID: &'static str = "marks";
    const WATCHES: Changes = Changes::any(&[
        "batch",
        "session",
        "entry",
        "mark",
        "mark_lock",
        "mark_change",
        "control_total",
        "script_bag",
        "incident",
        "certificate",
    ]);
    const IS_PAGE: bool = true;
    #[rustfmt::skip]
    const ACTIONS: &'static [Action<Self>] = &[
        Action { id: "marks.next_part", show: Show::Hint, ready: always, run: actions::next_part },
        Action { id: "marks.show", show: Show::Hint, ready: |p, _| p.chosen().map(|_| ()), run: actions::show },
        Action { id: "marks.lock", show: Show::Hint, ready: actions::can_lock, run: actions::lock },
        Action { id: "marks.unlock", show: Show::Hint, ready: actions::can_unlock, run: actions::unlock },
        Action { id: "marks.ask", show: Show::Hint, ready: actions::may_act, run: ask::who },
        Action { id: "marks.approve", show: Show::Hint, ready: actions::can_decide, run: actions::approve },
        Action { id: "marks.refuse", show: Show::Hint, ready: actions::can_decide, run: actions::refuse },
        Action { id: "marks.withdraw", show: Show::Hint, ready: actions::can_withdraw, run: actions::withdraw },
        Action { id: "marks.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
    ];

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let tables = Part::ALL.map(|part| Table::new(draw::columns(part, cx.locale)));
        let mut page = Marks { part: Part::Sessions, sessions: Vec::new(), changes: Vec::new(), tables };
        page.reload(cx)?;
        Ok(page)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.sessions = marks::sessions(cx.site)?;
        self.changes = marks::changes(cx.site)?;
        let [sessions, changes] = &mut self.tables;
        sessions.set_rows(self.sessions.len());
        changes.set_rows(self.changes.len());
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn list(&mut self) -> Option<&mut Table> {
        let [sessions, changes] = &mut self.tables;
        Some(match self.part {
            Part::Sessions => sessions,
            Part::Changes => changes,
        })
    }
}
