//! Closing and archiving (归档): what stands in the way, the register of sealed archives, who read them, and erasure.
mod actions;
mod draw;

use crate::ops::archive::{Lack, Line, Register, lacking, register};
use crate::ops::batch::{Stop, batches, stops};
use crate::ops::{BatchState, Changes, ErasureState, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::widgets::table::{Column, Table, Width};
use ratatui::layout::Rect;

pub struct Archive {
    register: Register,
    /// Of the batch at hand; `None` without one.
    batch: Option<Standing>,
    table: Table,
}

/// How far the batch at hand is.
struct Standing {
    code: String,
    step: Step,
    stops: Vec<Stop>,
    lacks: Vec<Lack>,
    /// Who asked for the erasure.
    asked_by: String,
}

/// What comes next. Words: `archive.next_<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    InTheWay,
    Close,
    Lacks,
    Seal,
    Keep,
    Over,
    Asked,
    Erased,
}

impl Archive {
    fn selected(&self) -> Option<&Line> {
        self.register.archives.get(self.table.selected()?)
    }

    fn standing(cx: &Cx<'_>, register: &Register) -> Result<Option<Standing>> {
        let Ok(batch) = cx.site.batch() else { return Ok(None) };
        let stops = stops(cx.site)?;
        let closed = batch.state == BatchState::Closed;
        let last = register.archives.iter().find(|line| line.archive.batch == batch.id);
        let lacks = if closed && last.is_none() { lacking(cx.site)? } else { Vec::new() };
        let erasure =
            register.erasures.iter().find(|e| e.row.batch == batch.id && e.row.state != ErasureState::Withdrawn);
        let step = match (closed, last, erasure.map(|e| e.row.state)) {
            (false, _, _) if stops.is_empty() => Step::Close,
            (false, _, _) => Step::InTheWay,
            (true, None, _) if lacks.is_empty() => Step::Seal,
            (true, None, _) => Step::Lacks,
            (true, Some(_), Some(ErasureState::Asked)) => Step::Asked,
            (true, Some(_), Some(ErasureState::Done)) => Step::Erased,
            (true, Some(line), _) if line.over => Step::Over,
            (true, Some(_), _) => Step::Keep,
        };
        let asked_by = erasure.map(|e| e.asked_by.clone()).unwrap_or_default();
        Ok(Some(Standing { code: batch.code, step, stops, lacks, asked_by }))
    }
}

/// Where no batch is open, the one that was closed last is at hand: it waits to be sealed.
fn last_closed(cx: &mut Cx<'_>) -> Result<()> {
    if cx.site.batch().is_err()
        && let Some(last) = batches(cx.site)?.pop()
    {
        cx.site.choose_batch(Some(&last.code))?;
    }
    Ok(())
}

impl Pane for Archive {
    type About = ();
    const ID: &'static str = "archive";
    const WATCHES: Changes = Changes::any(&[
        "archive",
        "archive_reading",
        "erasure",
        "batch",
        "mark",
        "mark_change",
        "mark_lock",
        "incident",
        "complaint",
        "panel",
        "script_bag",
        "archive_box",
        "certificate",
    ]);
    const IS_PAGE: bool = true;
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let word = |key: &str| cx.locale.word(key).to_owned();
        let table = Table::new(vec![
            Column::new(word("column.archive_batch"), Width::Fill(10)),
            Column::new(word("column.archive_number"), Width::Fixed(6)).right(),
            Column::new(word("column.sealed_on"), Width::Fixed(12)),
            Column::new(word("column.archive_keeper"), Width::Fixed(10)),
            Column::new(word("column.electronic_until"), Width::Fixed(14)),
            Column::new(word("column.archive_readings"), Width::Fixed(8)).right(),
        ]);
        last_closed(cx)?;
        let mut page = Archive { register: Register::default(), batch: None, table };
        page.reload(cx)?;
        Ok(page)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.register = register(cx.site)?;
        self.batch = Archive::standing(cx, &self.register)?;
        self.table.set_rows(self.register.archives.len());
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        self.page(canvas, area, cx);
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }
}
