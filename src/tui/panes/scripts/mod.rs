//! Script numbers (密号): the rooms and their bags, how far each is, and what comes next.
mod actions;

use crate::ops::scripts::{self, Line, Stage};
use crate::ops::{Changes, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Column, Table, Width};
use ratatui::layout::Rect;

pub struct Scripts {
    all: Vec<Line>,
    table: Table,
}

impl Scripts {
    fn selected(&self) -> Option<&Line> {
        self.all.get(self.table.selected()?)
    }

    fn cell(line: &Line, column: usize, cx: &Seen<'_>) -> (String, Role) {
        let text = match column {
            0 => line.session_code.clone(),
            1 => line.room.map_or_else(|| cx.word("scripts.hidden_room"), |n| n.to_string()),
            2 => line.bag.clone().unwrap_or_default(),
            3 => return (cx.word(&line.stage.key()), role(line.stage)),
            4 => line.people.to_string(),
            5 => line.numbered.to_string(),
            _ => line.entered.to_string(),
        };
        (text, Role::Text)
    }

    /// Who sealed, asked and opened, and what to press now.
    fn about(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        let Some(line) = self.selected() else { return };
        canvas.rule(Rect { height: 1, ..area }, Role::Border);
        let who = |name: &Option<String>| name.clone().unwrap_or_default();
        let at = |at: Option<crate::model::Stamp>| at.map(|at| at.minute()).unwrap_or_default();
        let key = |action: &str| cx.key("scripts", &format!("scripts.{action}"));
        let next = match line.stage {
            Stage::Plain if line.entered > 0 => cx.word("scripts.next_typed"),
            Stage::Plain => cx.say("scripts.next_plain", &[("key", &key("draw"))]),
            Stage::Sealed => cx.word("scripts.next_sealed"),
            Stage::Lacking => cx.say("scripts.next_lacking", &[("key", &key("draw"))]),
            Stage::Locked => cx.say("scripts.next_locked", &[("key", &key("ask"))]),
            Stage::Asked if !line.asked_by_me && line.room.is_some() => {
                let name = who(&line.asked_by);
                cx.say("scripts.next_yours", &[("name", &name), ("key", &key("open"))])
            }
            Stage::Asked => cx.say("scripts.next_asked", &[("key", &key("open"))]),
            Stage::Open => cx.say("scripts.next_open", &[("key", &key("map"))]),
        };
        let lines = [
            ("scripts.sealed_by", format!("{} {}", at(line.sealed_at), who(&line.sealed_by))),
            ("scripts.asked_at", who(&line.asked_by)),
            ("scripts.opened_at", format!("{} {}", at(line.opened_at), who(&line.opened_by))),
            ("scripts.next", next),
        ];
        let rows = lines.iter().filter(|(_, text)| !text.trim().is_empty());
        for (y, (key, text)) in (area.y + 1..area.bottom()).zip(rows) {
            let line = Rect { x: area.x + 1, y, width: area.width.saturating_sub(2), height: 1 };
            let x = canvas.text_in(line, &format!("{}  ", cx.word(key)), Role::Dim);
            canvas.text_in(Rect { x, width: line.right().saturating_sub(x), ..line }, text.trim(), Role::Text);
        }
    }
}

fn role(stage: Stage) -> Role {
    match stage {
        Stage::Plain => Role::Dim,
        Stage::Sealed => Role::Text,
        Stage::Lacking | Stage::Asked => Role::Warn,
        Stage::Locked => Role::Title,
        Stage::Open => Role::Good,
    }
}

/// Lines of what is known of the chosen room.
const ABOUT: u16 = 5;

impl Pane for Scripts {
    type About = ();
    const ID: &'static str = "scripts";
    const WATCHES: Changes =
        Changes::any(&["script_bag", "script", "mark_lock", "placement", "entry", "application", "session", "room"]);
    const IS_PAGE: bool = true;
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;

    fn open(cx: &mut Cx<'_>, (): ()) -> Result<Self> {
        let word = |key: &str| cx.locale.word(key).to_owned();
        let number = |key: &str| Column::new(word(key), Width::Fixed(7)).right();
        let table = Table::new(vec![
            Column::new(word("column.session"), Width::Fill(12)),
            number("column.room"),
            Column::new(word("column.script_bag"), Width::Fixed(7)),
            Column::new(word("column.stage"), Width::Fixed(14)),
            number("column.people"),
            number("column.numbered"),
            number("column.entered"),
        ]);
        let mut page = Scripts { all: Vec::new(), table };
        page.reload(cx)?;
        Ok(page)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.all = scripts::bags(cx.site)?;
        self.table.set_rows(self.all.len());
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        canvas.fill(area, Role::Text);
        let count = |fits: fn(&Stage) -> bool| self.all.iter().filter(|l| fits(&l.stage)).count().to_string();
        let (open, plain) = (count(|s| *s == Stage::Open), count(|s| *s == Stage::Plain));
        let bags = count(|s| !matches!(s, Stage::Open | Stage::Plain));
        let top = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
        canvas.text_in(
            top,
            &cx.say("scripts.title", &[("bags", &bags), ("open", &open), ("plain", &plain)]),
            Role::Title,
        );
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        if self.all.is_empty() {
            canvas.paragraph(Rect { x: area.x + 1, ..body }, &cx.word("scripts.empty"), Role::Text);
            return;
        }
        let list = Rect { height: body.height.saturating_sub(ABOUT), ..body };
        self.table.draw(canvas, list, &|row, column| match self.all.get(row) {
            Some(line) => Scripts::cell(line, column, cx),
            None => (String::new(), Role::Text),
        });
        self.about(canvas, Rect { y: list.bottom(), height: body.height - list.height, ..body }, cx);
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }
}
