//! Adding an operator, and giving somebody a PIN: typed twice by whoever will use it.
use super::Operators;
use crate::model::{Refusal, Role};
use crate::ops::Result;
use crate::ops::upkeep::{AddOperator, ResetPin, hash_pin, strong_pin};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::own_pin::DIFFERS;
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::short_form::{Meaning, ShortForm, choice, said, text, value};
use crate::tui::pane::{Flow, Layer};
use crate::tui::theme::Role as Look;
use crate::tui::widgets::form::{Entry, Form};
use std::rc::Rc;

fn field(cx: &Cx<'_>, code: &str) -> Entry {
    text(cx, code, (&format!("operators_field.{code}"), &format!("operators_field_hint.{code}")))
}

/// Every role, the commonest first.
fn roles(cx: &Cx<'_>) -> Vec<(&'static str, String)> {
    let order = [
        Role::Proctor,
        Role::Typist,
        Role::Reviewer,
        Role::Auditor,
        Role::ScoreManager,
        Role::Coordinator,
        Role::Admin,
    ];
    order.map(|role| (role.code(), cx.locale.word(&role.key()).to_owned())).into()
}

/// What is typed takes the place of the role that stands there.
fn role(entry: Entry, choices: Vec<(&'static str, String)>) -> Entry {
    let mut entry = choice(entry, choices);
    entry.mark();
    entry
}

pub fn add(_: &mut Operators, cx: &mut Cx<'_>) -> Result<Flow> {
    let mut second = vec![("", cx.locale.word("operators.no_second").to_owned())];
    second.extend(roles(cx));
    let entries = vec![
        field(cx, "name").needed(true),
        role(field(cx, "role").needed(true), roles(cx)),
        role(field(cx, "second"), second),
        field(cx, "os_user"),
        field(cx, "unit"),
    ];
    ShortForm::ask(cx, cx.locale.word("operators.add_title").to_owned(), entries, Box::new(Adding))
}

struct Adding;

impl Meaning for Adding {
    fn judge(&self, cx: &Cx<'_>, _: &Form) -> Result<Vec<(Look, String)>> {
        let known: Vec<_> = roles(cx).into_iter().map(|(_, word)| word).collect();
        Ok(vec![(Look::Dim, cx.locale.say("operators.roles", &[("roles", &known.join("  "))]))])
    }

    fn save(&self, cx: &mut Cx<'_>, form: &Form) -> Result<Flow> {
        let roles = [value(form, "role"), value(form, "second")];
        let op = AddOperator {
            name: value(form, "name"),
            roles: roles.iter().filter_map(|code| Role::parse(code)).collect(),
            os_user: said(form, "os_user"),
            unit: said(form, "unit"),
            pin_hash: None,
        };
        // What is wrong with it is told before anybody types a PIN.
        cx.site.preview(&op)?;
        let (name, body) = (op.name.clone(), cx.locale.say("operators.first_pin", &[("name", &op.name)]));
        let then = move |cx: &mut Cx<'_>, pin: Option<&str>| {
            let pin_hash = pin.map(|pin| hash_pin(pin, &op.name)).transpose()?;
            let done = cx.perform(&AddOperator { pin_hash, ..op.clone() })?;
            let number = done.op.map_or(0, |n| n.0).to_string();
            cx.say(Tone::Good, "cli.operator.added", &[("name", &op.name), ("op", &number)]);
            Ok(Flow::Close)
        };
        Ok(Flow::Replace(first(cx, Asking { body, name, empty: Empty::Nothing, then: Rc::new(then) })))
    }
}

/// Another PIN for somebody who forgot theirs, or the first one.
pub fn new_pin(pane: &mut Operators, cx: &mut Cx<'_>) -> Result<Flow> {
    let name = pane.selected()?.row.name.clone();
    let body = cx.locale.say("operators.new_pin", &[("name", &name)]);
    let whose = name.clone();
    let then = move |cx: &mut Cx<'_>, pin: Option<&str>| {
        let pin_hash = pin.map(|pin| hash_pin(pin, &whose)).transpose()?;
        cx.perform(&ResetPin::of(&whose, pin_hash))?;
        cx.say(Tone::Good, "operators.pin_given", &[("name", &whose)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(first(cx, Asking { body, name, empty: Empty::Refused, then: Rc::new(then) })))
}

/// What is done with the PIN; `None`: without one.
type Then = Rc<dyn Fn(&mut Cx<'_>, Option<&str>) -> Result<Flow>>;

/// What it means to type nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Empty {
    Refused,
    /// They set it themselves, or come by an account or a key.
    Nothing,
}

/// Whose PIN, and what comes of it.
#[derive(Clone)]
struct Asking {
    body: String,
    name: String,
    empty: Empty,
    then: Then,
}

fn first(cx: &Cx<'_>, asking: Asking) -> Box<dyn Layer> {
    let title = cx.locale.word("operators.pin_title").to_owned();
    let (body, empty) = (asking.body.clone(), asking.empty);
    let ask = move |cx: &mut Cx<'_>, pin: String| {
        if pin.is_empty() {
            return (asking.then)(cx, None);
        }
        // Too weak is told before it is typed again.
        strong_pin(&pin, &asking.name)?;
        Ok(Flow::Open(again(cx, pin, asking.clone())))
    };
    match empty {
        Empty::Refused => Reason::ask_secret(title, body, Box::new(ask)),
        Empty::Nothing => Reason::ask_secret_or_nothing(title, body, Box::new(ask)),
    }
}

fn again(cx: &Cx<'_>, pin: String, asking: Asking) -> Box<dyn Layer> {
    let (title, body) = (cx.locale.word("operators.pin_title").to_owned(), cx.locale.word("own_pin.again").to_owned());
    let ask = move |cx: &mut Cx<'_>, typed: String| {
        if typed != pin {
            // Either may have been the slip.
            cx.complain(&Refusal::new(DIFFERS).into());
            return Ok(Flow::Open(first(cx, asking.clone())));
        }
        (asking.then)(cx, Some(&pin))
    };
    Reason::ask_secret(title, body, Box::new(ask))
}
