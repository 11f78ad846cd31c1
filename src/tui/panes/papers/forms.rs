//! The forms of the page: hand-over, unsealing, collection, return, correction, the counts of a room, a box.
mod carry;
mod counts;

pub use carry::{collect, correct, give_back, hand_over, unseal};
pub use counts::{archive, close};

use crate::model::{PaperMove, fold};
use crate::ops::papers::Moved;
use crate::ops::{Done, Result};
use crate::tui::cx::{Cx, Tone};
use crate::tui::pane::Flow;
use crate::tui::widgets::form::Form;

fn value(form: &Form, code: &str) -> String {
    form.entry(code).map(|e| e.value().to_owned()).unwrap_or_default()
}

/// `None` for an empty entry.
fn said(form: &Form, code: &str) -> Option<String> {
    Some(value(form, code)).filter(|text| !text.is_empty())
}

/// A number as typed; `None` where it is empty or none.
fn number(form: &Form, code: &str) -> Option<i64> {
    fold::number_like(&value(form, code)).parse().ok()
}

/// Names one after another, as people separate them.
fn names(text: &str) -> Vec<String> {
    text.split(['、', ',', '，', ';', '；', ' ', '　']).filter(|n| !n.is_empty()).map(str::to_owned).collect()
}

fn moved(cx: &mut Cx<'_>, kind: PaperMove, done: &Done<Moved>) -> Result<Flow> {
    let text = crate::text::papers::moved(cx.locale, kind, &done.out, done.op.map_or(0, |n| n.0));
    cx.toast(Tone::Good, text);
    Ok(Flow::Close)
}
