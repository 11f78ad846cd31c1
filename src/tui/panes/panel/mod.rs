//! Review panels: the list, and one panel's grid of candidates and members with the sheet being entered.
mod actions;
mod closing;
mod draw;
mod form;
mod group;
mod lots;
mod seats;
mod sheet;
mod sheet_materials;
mod sitting;

use crate::model::{PanelId, Role};
use crate::ops::panel::{self, Summary};
use crate::ops::{Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::widgets::{Field, Table};
use ratatui::layout::Rect;
use sitting::Sitting;
use std::cell::Cell;
use std::rc::Rc;

/// What an overlay chose; taken when it closes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Choice {
    Formed(PanelId),
    /// Place in the grid.
    Candidate(usize),
    /// The minutes of a panel as they were edited.
    Minutes(PanelId, String),
}

pub struct Panel {
    panels: Vec<Summary>,
    /// People who need a review and have no panel.
    waiting: usize,
    list: Table,
    sitting: Option<Sitting>,
    /// Whether the operator may enter sheets.
    scores: bool,
    chosen: Rc<Cell<Option<Choice>>>,
}

impl Panel {
    fn read(&mut self, cx: &Cx<'_>) -> Result<()> {
        self.panels = panel::panels(cx.site)?;
        self.waiting = panel::waiting(cx.site)?;
        self.list.set_rows(self.panels.len());
        if let Some(sitting) = &mut self.sitting {
            // Gone when its forming was undone.
            if self.panels.iter().any(|p| p.id == sitting.view.panel.id) {
                let view = panel::show(cx.site, sitting.view.panel.id)?;
                sitting.show(view, cx.locale);
            } else {
                self.sitting = None;
            }
        }
        Ok(())
    }

    fn sit(&mut self, id: PanelId, cx: &Cx<'_>) -> Result<()> {
        self.sitting = Some(Sitting::new(panel::show(cx.site, id)?, cx.locale));
        Ok(())
    }
}

impl Pane for Panel {
    type About = ();
    const ID: &'static str = "panel";
    const WATCHES: Changes = Changes::any(&[
        "application",
        "ticket",
        "mark",
        "panel",
        "panel_member",
        "panel_candidate",
        "panel_recusal",
        "panel_sheet",
        "panel_signature",
        "certificate",
    ]);
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let actor = cx.site.actor();
        let scores = actor.has(Role::Reviewer) || actor.has(Role::Typist);
        let list = Table::new(draw::list_columns(cx.locale));
        let mut pane = Panel { panels: Vec::new(), waiting: 0, list, sitting: None, scores, chosen: Rc::default() };
        pane.read(cx)?;
        // A member finds their own panel at hand.
        if let Some(own) = pane.panels.iter().position(|p| p.mine) {
            pane.list.select(own);
        }
        Ok(pane)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.read(cx)
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        draw::draw(self, canvas, area, cx);
    }

    fn field(&mut self) -> Option<&mut Field> {
        let scores = self.scores;
        self.sitting.as_mut().filter(|s| scores && s.is_open()).map(|s| &mut s.field)
    }

    /// Points belong to one candidate and one member of one panel.
    fn draft(&mut self) -> Option<serde_json::Value> {
        let sitting = self.sitting.as_ref().filter(|s| s.field.is_typed() && !s.field.is_empty())?;
        Some(serde_json::json!({ "whose": whose(sitting), "points": sitting.field.text() }))
    }

    fn restore(&mut self, value: &serde_json::Value, _cx: &mut Cx<'_>) -> Result<bool> {
        let Some(sitting) = self.sitting.as_mut().filter(|s| s.is_open() && s.field.is_empty()) else {
            return Ok(false);
        };
        let fits = value.get("whose") == Some(&whose(sitting));
        if fits {
            sitting.field.put_back(value.get("points").and_then(|p| p.as_str()).unwrap_or_default());
        }
        Ok(fits)
    }

    fn list(&mut self) -> Option<&mut Table> {
        match &mut self.sitting {
            Some(sitting) => Some(&mut sitting.grid),
            None => Some(&mut self.list),
        }
    }

    fn moved(&mut self, _cx: &mut Cx<'_>) -> Result<()> {
        // Points typed for one candidate never reach another.
        if let Some(sitting) = &mut self.sitting {
            sitting.field.clear();
        }
        Ok(())
    }

    fn resumed(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        match self.chosen.take() {
            Some(Choice::Formed(id)) => self.sit(id, cx),
            Some(Choice::Candidate(row)) => {
                if let Some(sitting) = &mut self.sitting {
                    sitting.grid.select(row);
                    sitting.field.clear();
                }
                Ok(())
            }
            Some(Choice::Minutes(id, text)) => closing::keep_minutes(id, text, cx),
            None => Ok(()),
        }
    }

    fn crumb(&self, cx: &Seen<'_>) -> String {
        let name = self.sitting.as_ref().map(|s| s.view.panel.name.clone());
        name.unwrap_or_else(|| cx.word("pane.panel"))
    }
}

/// The sheet that is typed at, as a value to compare.
fn whose(sitting: &Sitting) -> serde_json::Value {
    let member = sitting.view.members.get(sitting.member).map(|m| m.id.0);
    serde_json::json!([sitting.view.panel.id.0, member, sitting.candidate().map(|c| c.application.0)])
}
