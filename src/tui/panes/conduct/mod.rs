//! Incidents: those without a decision on top; the chosen one in full below the list.
mod actions;
mod decide;
mod report;

use crate::ops::conduct::{self, Acts, Listed, Outcome};
use crate::ops::{Changes, IncidentState, Result};
use crate::text::conduct as words;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Table, Width};
use ratatui::layout::Rect;

pub struct Conduct {
    all: Vec<Listed>,
    /// The tables of acts that the incidents name.
    tables: Vec<Acts>,
    table: Table,
}

impl Conduct {
    fn selected(&self) -> Option<&Listed> {
        self.all.get(self.table.selected()?)
    }

    fn acts(&self, one: &Listed) -> Option<&Acts> {
        self.tables.iter().find(|t| t.code == one.table)
    }

    fn cell(&self, one: &Listed, column: usize, cx: &Seen<'_>) -> (String, Role) {
        let text = match column {
            0 => one.number.to_string(),
            1 => return (cx.word(&format!("conduct_state.{}", one.state.code())), role(one.state)),
            2 => words::place(cx.locale, one.room_number, one.seat),
            3 => words::who(cx.locale, one.name.as_deref()),
            4 => format!("{} {}", one.act, words::act(cx.locale, self.acts(one), &one.act)),
            _ => one
                .outcome
                .as_deref()
                .and_then(Outcome::parse)
                .map(|o| words::outcome(cx.locale, o))
                .unwrap_or_else(|| one.at.clock()),
        };
        (text, Role::Text)
    }

    /// The facts and what was decided, under the list.
    fn about(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        let Some(one) = self.selected() else { return };
        canvas.rule(Rect { height: 1, ..area }, Role::Border);
        let evidence = one.evidence.clone().unwrap_or_default().replace('\n', &cx.word("conduct.semicolon"));
        let decision = one.decision.clone().unwrap_or_default();
        let signed = cx.word(&format!("conduct_signature.{}", one.signature.code()));
        let [a, b] = &one.invigilators;
        let act = format!("{} {}", one.act, words::act(cx.locale, self.acts(one), &one.act));
        let outcome = one.outcome.as_deref().and_then(Outcome::parse).map(|o| words::outcome(cx.locale, o));
        let decision = [outcome.unwrap_or_default(), decision].join("  ");
        let lines = [
            ("conduct_form.act", act),
            ("conduct_form.facts", format!("{}  {}", one.at.clock(), one.facts)),
            ("conduct_form.evidence", evidence),
            ("conduct_form.signature", format!("{signed}  {a}{}{b}", cx.word("conduct.comma"))),
            ("record_field.decision", decision.trim().to_owned()),
        ];
        let rows = lines.iter().filter(|(_, text)| !text.is_empty());
        for (y, (key, text)) in (area.y + 1..area.bottom()).zip(rows) {
            let line = Rect { x: area.x + 1, y, width: area.width.saturating_sub(2), height: 1 };
            let x = canvas.text_in(line, &format!("{}  ", cx.word(key)), Role::Dim);
            canvas.text_in(Rect { x, width: line.right().saturating_sub(x), ..line }, text, Role::Text);
        }
    }
}

fn role(state: IncidentState) -> Role {
    match state {
        IncidentState::Reported => Role::Warn,
        IncidentState::Confirmed => Role::Text,
        IncidentState::Dismissed => Role::Dim,
    }
}

/// Lines of what is known of the chosen incident.
const ABOUT: u16 = 6;

impl Pane for Conduct {
    type About = ();
    const ID: &'static str = "conduct";
    const WATCHES: Changes = Changes::any(&["incident", "mark_effect", "application", "ticket", "sanction"]);
    const IS_PAGE: bool = true;
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let word = |key: &str| cx.locale.word(key).to_owned();
        let table = Table::new(vec![
            Column::new(word("column.incident"), Width::Fixed(4)).right(),
            Column::new(word("column.conduct_state"), Width::Fixed(9)),
            Column::new(word("column.where"), Width::Fixed(7)),
            Column::new(word("column.person"), Width::Fixed(10)),
            Column::new(word("column.act"), Width::Fill(16)),
            Column::new(word("column.conduct_outcome"), Width::Fixed(16)),
        ]);
        let mut page = Conduct { all: Vec::new(), tables: Vec::new(), table };
        page.reload(cx)?;
        Ok(page)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.all = conduct::incidents(cx.site)?;
        let mut names: Vec<_> = self.all.iter().map(|one| one.table.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        // A table that is gone or broken is no reason to hide the incidents.
        self.tables = names.into_iter().filter_map(|name| conduct::acts(cx.site, Some(name)).ok()).collect();
        self.table.set_rows(self.all.len());
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        canvas.fill(area, Role::Text);
        let open = self.all.iter().filter(|one| one.state == IncidentState::Reported).count().to_string();
        let args = [("open", open.as_str()), ("count", &self.all.len().to_string())];
        let top = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
        canvas.text_in(top, &cx.say("conduct.title", &args), Role::Title);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        if self.all.is_empty() {
            let inner = Rect { x: area.x + 1, y: area.y + 2, width: area.width.saturating_sub(2), ..body };
            let key = cx.key(Self::ID, "conduct.report");
            canvas.paragraph(inner, &cx.say("conduct.empty", &[("key", &key)]), Role::Text);
            return;
        }
        let list = Rect { height: body.height.saturating_sub(ABOUT), ..body };
        self.table.draw(canvas, list, &|row, column| match self.all.get(row) {
            Some(one) => self.cell(one, column, cx),
            None => (String::new(), Role::Text),
        });
        self.about(canvas, Rect { y: list.bottom(), height: body.height - list.height, ..body }, cx);
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }
}
