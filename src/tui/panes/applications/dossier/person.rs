//! What was filed: every field that is filled, and the ways to change it.
use super::person_actions;
use crate::model::ApplicationId;
use crate::ops::applications::{Shown, by_id, card};
use crate::ops::{ApplicationRow, Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Table, Width};
use ratatui::layout::Rect;

pub struct Person {
    pub(super) row: ApplicationRow,
    fields: Vec<(&'static str, Shown)>,
    table: Table,
}

impl Pane for Person {
    type About = ApplicationId;
    const ID: &'static str = "dossier.person";
    const WATCHES: Changes = Changes::any(&["application", "ticket"]);
    const ACTIONS: &'static [Action<Self>] = person_actions::ACTIONS;

    fn open(cx: &mut Cx<'_>, application: ApplicationId) -> Result<Self> {
        let columns = vec![
            Column::new(cx.locale.word("column.field"), Width::Fixed(20)),
            Column::new(cx.locale.word("column.content"), Width::Fill(30)),
        ];
        let row = by_id(cx.site, application)?;
        let mut person = Person { row, fields: Vec::new(), table: Table::new(columns) };
        person.reload(cx)?;
        Ok(person)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.row = by_id(cx.site, self.row.id)?;
        self.fields = card(cx.site, self.row.clone())?.fields;
        self.table.set_rows(self.fields.len());
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        self.table.draw(canvas, area, &|row, column| {
            let Some((name, value)) = self.fields.get(row) else { return (String::new(), Role::Text) };
            if column == 0 {
                return (cx.word(&format!("field.{name}")), Role::Dim);
            }
            let text = match value {
                Shown::Text(text) => text.clone(),
                Shown::Word(key) => cx.word(key),
            };
            (text, Role::Text)
        });
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }
}
