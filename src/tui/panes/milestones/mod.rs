//! The board of dates: a page over any pane.
mod actions;
mod draw;

use crate::ops::milestones::{Board, Item, board};
use crate::ops::{Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Flow, Pane, Seen, Show, always};
use crate::tui::widgets::table::Table;
use ratatui::layout::Rect;

pub struct Milestones {
    board: Board,
    table: Table,
}

impl Milestones {
    fn selected(&self) -> Option<&Item> {
        self.board.items.get(self.table.selected()?)
    }
}

impl Pane for Milestones {
    type About = ();
    const ID: &'static str = "milestones";
    const WATCHES: Changes = Changes::any(&[
        "batch",
        "session",
        "application",
        "placement",
        "attendance",
        "mark",
        "milestone",
        "complaint",
        "inspection",
    ]);
    const IS_PAGE: bool = true;
    #[rustfmt::skip]
    const ACTIONS: &'static [Action<Self>] = &[
        Action { id: "milestones.done", show: Show::Hint, ready: actions::can_mark, run: actions::done },
        Action { id: "milestones.take_back", show: Show::Hint, ready: actions::can_take_back, run: actions::take_back },
        Action { id: "milestones.add", show: Show::Hint, ready: always, run: actions::add },
        Action { id: "milestones.remove", show: Show::Help, ready: actions::something, run: actions::remove },
        Action { id: "milestones.progress", show: Show::Hint, ready: always, run: actions::show_progress },
        Action { id: "milestones.show", show: Show::Hint, ready: actions::something, run: actions::show },
        Action { id: "milestones.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
    ];

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let board = board(cx.site, None)?;
        let mut table = Table::new(draw::columns(cx.locale));
        table.set_rows(board.items.len());
        // On what is late or next.
        let first = board.items.iter().position(|i| i.standing.is_open());
        table.select(first.unwrap_or(0));
        Ok(Milestones { board, table })
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        let code = self.selected().map(|i| i.code.clone());
        self.board = board(cx.site, None)?;
        self.table.set_rows(self.board.items.len());
        if let Some(at) = self.board.items.iter().position(|i| Some(&i.code) == code.as_ref()) {
            self.table.select(at);
        }
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }
}
