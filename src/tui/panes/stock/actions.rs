//! What can be done with the stock.
use super::{Stock, forms};
use crate::model::{Code, Refusal, StockItem};
use crate::ops::Result;
use crate::ops::certificates::by_number;
use crate::ops::stock::{Recover, Reverse};
use crate::text::register as words;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::export_list;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::{Action, Flow, Show, always};

const NONE_TO_DESTROY: Code = crate::ops::stock::NONE_TO_DESTROY;

#[rustfmt::skip]
pub const ACTIONS: &[Action<Stock>] = &[
    Action { id: "stock.receive", show: Show::Hint, ready: always, run: forms::receive },
    Action { id: "stock.spoil", show: Show::Hint, ready: always, run: forms::spoil },
    Action { id: "stock.destroy", show: Show::Hint, ready: can_destroy, run: forms::destroy },
    Action { id: "stock.count", show: Show::Hint, ready: always, run: forms::count },
    Action { id: "stock.use", show: Show::Hint, ready: always, run: forms::use_up },
    Action { id: "stock.recover", show: Show::Hint, ready: always, run: recover },
    Action { id: "stock.reverse", show: Show::Hint, ready: |p, _| p.selected().map(drop), run: reverse },
    Action { id: "stock.item", show: Show::Hint, ready: always, run: item },
    Action { id: "stock.register", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Page("register")) },
    Action { id: "stock.export", show: Show::Help, ready: always, run: |_, cx| export_list::masked(cx, "stock", "stock.exported") },
    Action { id: "stock.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
];

fn can_destroy(pane: &Stock, _: &Cx<'_>) -> Result<(), Refusal> {
    match pane.now().spoilt {
        0 => Err(Refusal::new(NONE_TO_DESTROY).with("have", 0i64).with("need", 1i64)),
        _ => Ok(()),
    }
}

fn item(pane: &mut Stock, cx: &mut Cx<'_>) -> Result<Flow> {
    use crate::tui::pane::Pane;
    pane.item = match pane.item {
        StockItem::Certificate => StockItem::Cover,
        StockItem::Cover => StockItem::Certificate,
    };
    pane.reload(cx)?;
    pane.table.select(0);
    Ok(Flow::Stay)
}

fn recover(_: &mut Stock, cx: &mut Cx<'_>) -> Result<Flow> {
    let then = |cx: &mut Cx<'_>, number: String| {
        let certificate = by_number(cx.site, &number)?.id;
        let done = cx.perform(&Recover { certificate, responsible: None, reason: None })?;
        let text = words::moved(cx.locale, &done.out, done.op.map_or(0, |n| n.0));
        cx.toast(Tone::Good, text);
        Ok(Flow::Close)
    };
    let (title, body) = (cx.locale.word("stock.recover_title"), cx.locale.word("stock.recover_body"));
    Ok(Flow::Open(Reason::edit(title.to_owned(), body.to_owned(), "", Box::new(then))))
}

fn reverse(pane: &mut Stock, cx: &mut Cx<'_>) -> Result<Flow> {
    let line = pane.selected()?;
    let (item, seq) = (line.row.item, line.row.seq);
    let (kind, number) = (words::movement(cx.locale, line.row.kind), seq.to_string());
    let change = words::signed(if line.row.usable == 0 { line.row.spoilt } else { line.row.usable });
    let body = cx.locale.say("stock.reverse_body", &[("kind", &kind), ("change", &change)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Reverse { item, seq, reason })?;
        let text = words::moved(cx.locale, &done.out, done.op.map_or(0, |n| n.0));
        cx.toast(Tone::Good, text);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(cx.locale.say("stock.reverse_title", &[("number", &number)]), body, Box::new(then))))
}
