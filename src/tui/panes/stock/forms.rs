//! The forms of the stock: what there will be is told while one types.
use super::Stock;
use crate::model::{Code, Refusal, StockItem, StockMove};
use crate::ops::Result;
use crate::ops::certificates::by_number;
use crate::ops::stock::{Balance, Count, Destroy, Line, QUANTITY, Receive, Spoil, Use, effect};
use crate::text::register as words;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::short_form::{Meaning, ShortForm, day, number, said, text, value, with};
use crate::tui::pane::Flow;
use crate::tui::theme::Role;
use crate::tui::widgets::form::{Entry, Form};

const BAD: Code = QUANTITY;

fn field(cx: &Cx<'_>, code: &str) -> Entry {
    text(cx, code, (&format!("stock_field.{code}"), &format!("stock_field_hint.{code}")))
}

fn today(cx: &Cx<'_>) -> Entry {
    with(field(cx, "on"), &cx.site.now().day().to_string())
}

struct Moves {
    item: StockItem,
    kind: StockMove,
    now: Balance,
}

impl Moves {
    fn line(&self, form: &Form) -> Result<Line> {
        Ok(Line {
            item: self.item,
            quantity: quantity(form, "quantity")?,
            serials: said(form, "serials"),
            responsible: said(form, "responsible"),
            counterpart: said(form, "counterpart"),
            reason: said(form, "reason"),
            on: day(form, "on")?,
        })
    }
}

fn quantity(form: &Form, code: &str) -> Result<i64, Refusal> {
    number(form, code).ok_or_else(|| Refusal::new(BAD).with("quantity", value(form, code)))
}

fn there(cx: &Cx<'_>, key: &str, now: Balance) -> String {
    cx.locale.say(key, &[("usable", &now.usable.to_string()), ("spoilt", &now.spoilt.to_string())])
}

impl Meaning for Moves {
    fn judge(&self, cx: &Cx<'_>, form: &Form) -> Result<Vec<(Role, String)>> {
        let mut lines = vec![(Role::Info, there(cx, "stock.now", self.now))];
        if let Some(change) = number(form, "quantity").and_then(|n| effect(self.kind, n).ok()) {
            let usable = self.now.usable.saturating_add(change.usable);
            let spoilt = self.now.spoilt.saturating_add(change.spoilt);
            let role = if usable < 0 || spoilt < 0 { Role::Warn } else { Role::Good };
            lines.push((role, there(cx, "stock.then", Balance { usable, spoilt })));
        }
        Ok(lines)
    }

    fn save(&self, cx: &mut Cx<'_>, form: &Form) -> Result<Flow> {
        let line = self.line(form)?;
        let done = match self.kind {
            StockMove::Received => cx.perform(&Receive { line })?,
            StockMove::Spoilt => {
                let certificate = said(form, "certificate").map(|n| by_number(cx.site, &n)).transpose()?.map(|c| c.id);
                cx.perform(&Spoil { line, certificate, blank: said(form, "blank") })?
            }
            StockMove::Destroyed => cx.perform(&Destroy { line, witness: value(form, "witness") })?,
            _ => cx.perform(&Use { line })?,
        };
        let text = words::moved(cx.locale, &done.out, done.op.map_or(0, |n| n.0));
        cx.toast(Tone::Good, text);
        Ok(Flow::Close)
    }
}

fn ask(pane: &Stock, cx: &Cx<'_>, kind: StockMove, codes: &[&str]) -> Result<Flow> {
    let needed = |code: &str| match code {
        "quantity" | "witness" => true,
        "reason" => kind == StockMove::Spoilt,
        _ => false,
    };
    let mut entries: Vec<_> = codes.iter().map(|code| field(cx, code).needed(needed(code))).collect();
    entries.push(today(cx));
    let (item, kind_words) = (words::item(cx.locale, pane.item), words::movement(cx.locale, kind));
    let title = cx.locale.say("stock.title", &[("kind", &kind_words), ("item", &item)]);
    ShortForm::ask(cx, title, entries, Box::new(Moves { item: pane.item, kind, now: pane.now() }))
}

pub fn receive(pane: &mut Stock, cx: &mut Cx<'_>) -> Result<Flow> {
    ask(pane, cx, StockMove::Received, &["quantity", "serials", "counterpart", "responsible"])
}

pub fn use_up(pane: &mut Stock, cx: &mut Cx<'_>) -> Result<Flow> {
    ask(pane, cx, StockMove::Used, &["quantity", "serials", "counterpart", "responsible", "reason"])
}

pub fn spoil(pane: &mut Stock, cx: &mut Cx<'_>) -> Result<Flow> {
    ask(pane, cx, StockMove::Spoilt, &["quantity", "reason", "serials", "certificate", "blank", "responsible"])
}

pub fn destroy(pane: &mut Stock, cx: &mut Cx<'_>) -> Result<Flow> {
    ask(pane, cx, StockMove::Destroyed, &["quantity", "witness", "responsible", "serials", "counterpart"])
}

struct Counting {
    item: StockItem,
    now: Balance,
}

impl Meaning for Counting {
    fn judge(&self, cx: &Cx<'_>, form: &Form) -> Result<Vec<(Role, String)>> {
        let mut lines = vec![(Role::Info, there(cx, "stock.now", self.now))];
        if let (Some(usable), Some(spoilt)) = (number(form, "usable"), number(form, "spoilt")) {
            let (more, most) = (usable.saturating_sub(self.now.usable), spoilt.saturating_sub(self.now.spoilt));
            let args = [("usable", words::signed(more)), ("spoilt", words::signed(most))];
            let args = args.each_ref().map(|(n, v)| (*n, v.as_str()));
            lines.push(match (more, most) {
                (0, 0) => (Role::Good, cx.locale.say("stock.agrees", &[])),
                _ => (Role::Warn, cx.locale.say("stock.differs", &args)),
            });
        }
        Ok(lines)
    }

    fn save(&self, cx: &mut Cx<'_>, form: &Form) -> Result<Flow> {
        let done = cx.perform(&Count {
            item: self.item,
            usable: quantity(form, "usable")?,
            spoilt: quantity(form, "spoilt")?,
            responsible: said(form, "responsible"),
            witness: value(form, "witness"),
            reason: said(form, "reason"),
            on: day(form, "on")?,
        })?;
        let (usable, spoilt) = (words::signed(done.out.usable), words::signed(done.out.spoilt));
        let op = done.op.map_or(0, |n| n.0).to_string();
        cx.say(Tone::Good, "stock.counted", &[("usable", &usable), ("spoilt", &spoilt), ("op", &op)]);
        Ok(Flow::Close)
    }
}

pub fn count(pane: &mut Stock, cx: &mut Cx<'_>) -> Result<Flow> {
    let entries = vec![
        field(cx, "usable").needed(true),
        with(field(cx, "spoilt"), &pane.now().spoilt.to_string()),
        field(cx, "witness").needed(true),
        field(cx, "responsible"),
        field(cx, "reason"),
        today(cx),
    ];
    let (item, kind) = (words::item(cx.locale, pane.item), words::movement(cx.locale, StockMove::Counted));
    let title = cx.locale.say("stock.title", &[("kind", &kind), ("item", &item)]);
    ShortForm::ask(cx, title, entries, Box::new(Counting { item: pane.item, now: pane.now() }))
}
