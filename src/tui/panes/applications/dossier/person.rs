//! What was filed: every field that is filled.
use crate::model::{ApplicationId, Code, Refusal};
use crate::ops::applications::{Shown, by_id, card};
use crate::ops::prints::{Form, Format};
use crate::ops::{Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::{Cx, Tone};
use crate::tui::pane::{Action, Flow, Pane, Seen, Show, always};
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Table, Width};
use ratatui::layout::Rect;

pub const NO_FOLDER: Code = Code("prints.no_folder");

pub struct Person {
    application: ApplicationId,
    fields: Vec<(&'static str, Shown)>,
    table: Table,
}

impl Pane for Person {
    type About = ApplicationId;
    const ID: &'static str = "dossier.person";
    const WATCHES: Changes = Changes::any(&["application", "ticket"]);
    const ACTIONS: &'static [Action<Self>] =
        &[Action { id: "dossier.person.print", show: Show::Hint, ready: always, run: print }];

    fn open(cx: &mut Cx<'_>, application: ApplicationId) -> Result<Self> {
        let columns = vec![
            Column::new(cx.locale.word("column.field"), Width::Fixed(20)),
            Column::new(cx.locale.word("column.content"), Width::Fill(30)),
        ];
        let mut person = Person { application, fields: Vec::new(), table: Table::new(columns) };
        person.reload(cx)?;
        Ok(person)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.fields = card(cx.site, by_id(cx.site, self.application)?)?.fields;
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

/// The application form of this person, into the site's folder `exports`.
fn print(part: &mut Person, cx: &mut Cx<'_>) -> Result<Flow> {
    let folder = cx.site.file().and_then(|f| f.parent()).map(|f| f.join("exports"));
    let folder = folder.ok_or_else(|| Refusal::new(NO_FOLDER))?;
    let Some(form) = Form::find("application-form") else { return Ok(Flow::Stay) };
    let (path, _) = form.print(cx.site, &[part.application], Format::Html)?.put(cx.site, &folder)?;
    // The line is short: the folder that everybody knows is left out.
    let shown = folder.parent().and_then(|home| path.strip_prefix(home).ok()).unwrap_or(&path);
    cx.say(Tone::Good, "prints.one_written", &[("path", &shown.display().to_string())]);
    Ok(Flow::Stay)
}
