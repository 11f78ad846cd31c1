//! Money and sanctions: what is owed by item, what came in, the invoice, who lost what.
mod actions;
mod decisions;
mod money;

use crate::model::ApplicationId;
use crate::ops::payments::{AccountView, account};
use crate::ops::{Changes, Result};
use crate::text::payment;
use crate::text::width::width;
use crate::tui::canvas::Canvas;
use crate::tui::cx::Cx;
use crate::tui::pane::{Action, Pane, Seen};
use crate::tui::theme::Role;
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::table::{Column, Table, Width};
use ratatui::layout::Rect;

/// Cells of the labels.
const LABEL: u16 = 14;

pub struct Payment {
    application: ApplicationId,
    view: AccountView,
    facts: Vec<(String, String)>,
    table: Table,
}

impl Payment {
    /// What is still to be recorded says by which key.
    fn say_keys(&mut self, cx: &Cx<'_>) {
        let (seen, label) = (cx.seen(), |code: &str| cx.locale.word(&format!("payment.label.{code}")).to_owned());
        let ask = |value: &str, action: &str| {
            let key = seen.key(Self::ID, action);
            cx.locale.say("payment.key_here", &[("value", value), ("key", &key)])
        };
        let original = label("original");
        if self.view.original_at.is_none()
            && let Some((_, value)) = self.facts.iter_mut().find(|(name, _)| *name == original)
        {
            *value = ask(value, "dossier.payment.original");
        }
        if self.view.invoice.is_none() && self.view.invoice_offered {
            let none = cx.locale.word("payment.no_invoice");
            self.facts.push((label("invoice"), ask(none, "dossier.payment.invoice")));
        }
    }

    /// The line at hand in full, where it does not fit its column.
    fn footer(&self, cells: u16) -> Option<&str> {
        let (_, value) = self.facts.get(self.table.selected()?)?;
        (width(value) + usize::from(LABEL) + 4 > usize::from(cells)).then_some(value.as_str())
    }
}

impl Pane for Payment {
    type About = ApplicationId;
    const ID: &'static str = "dossier.payment";
    const WATCHES: Changes = Changes::any(&["application", "fee", "invoice", "sanction", "mark", "certificate"]);
    const ACTIONS: &'static [Action<Self>] = actions::ACTIONS;

    fn open(cx: &mut Cx<'_>, application: ApplicationId) -> Result<Self> {
        let columns = vec![
            Column::new(cx.locale.word("column.field"), Width::Fixed(LABEL)),
            Column::new(cx.locale.word("column.content"), Width::Fill(30)),
        ];
        let view = account(cx.site, application)?;
        let mut pane = Payment { application, view, facts: Vec::new(), table: Table::new(columns) };
        pane.reload(cx)?;
        Ok(pane)
    }

    fn reload(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        self.view = account(cx.site, self.application)?;
        self.facts = payment::facts(cx.locale, &self.view);
        self.say_keys(cx);
        self.table.set_rows(self.facts.len());
        Ok(())
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        let below = 3.min(area.height / 3);
        let list = Rect { height: area.height.saturating_sub(below), ..area };
        let warn = [cx.word("payment.label.obstacle"), cx.word("payment.label.sanction")];
        self.table.draw(canvas, list, &|row, column| {
            let Some((name, value)) = self.facts.get(row) else { return (String::new(), Role::Text) };
            match column {
                0 => (name.clone(), Role::Dim),
                _ if row == 0 => (value.clone(), if self.view.complete { Role::Good } else { Role::Warn }),
                _ if warn.contains(name) => (format!("! {value}"), Role::Warn),
                _ => (value.clone(), Role::Text),
            }
        });
        if let Some(text) = self.footer(area.width) {
            let rows = Rect { x: area.x + 2, y: list.bottom(), width: area.width.saturating_sub(3), height: below };
            Scroll::new(vec![text.to_owned()]).draw(canvas, rows, Role::Dim);
        }
    }

    fn list(&mut self) -> Option<&mut Table> {
        Some(&mut self.table)
    }
}
