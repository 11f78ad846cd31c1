//! The forms of the page: made, told of, collected, posted, made again, revoked.
use super::Register;
use crate::model::{CertificateId, DeliveryWay, NoticeWay};
use crate::ops::certificates::{Reissue, Revoke};
use crate::ops::register::{
    self, Collect, Filter, Issue, Line, Made, Notify, Post, Step, ready_for, reissue_keeps_number, usually_made,
};
use crate::ops::stock::balances;
use crate::ops::{Done, Result};
use crate::text::register as words;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::short_form::{Meaning, ShortForm, choice, day, number, said, text, value, with};
use crate::tui::pane::Flow;
use crate::tui::theme::Role;
use crate::tui::widgets::form::{Entry, Form};

fn field(cx: &Cx<'_>, code: &str) -> Entry {
    text(cx, code, (&format!("register_field.{code}"), &format!("register_field_hint.{code}")))
}

fn today(cx: &Cx<'_>) -> Entry {
    with(field(cx, "on"), &cx.site.now().day().to_string())
}

fn word(cx: &Cx<'_>, key: &str) -> String {
    cx.locale.word(key).to_owned()
}

fn good<T>(cx: &mut Cx<'_>, key: &str, (what, done): (&str, &Done<T>)) -> Flow {
    let op = done.op.map_or(0, |n| n.0).to_string();
    cx.say(Tone::Good, key, &[("what", what), ("op", &op)]);
    Flow::Close
}

/// Whose certificates a form is about: the selected one, those of its unit, or all that can take the step.
struct Scope {
    one: Option<CertificateId>,
    unit: Vec<CertificateId>,
    all: Vec<CertificateId>,
}

impl Scope {
    fn of(cx: &Cx<'_>, line: &Line, step: Step) -> Result<Scope> {
        let ready = |filter: &Filter| ready_for(cx.site, step, filter).unwrap_or_default();
        let unit = match &line.employer {
            Some(unit) => ready(&register::by_unit(cx.site, unit)?),
            None => Vec::new(),
        };
        let one = register::may(step, line.stage).is_ok().then_some(line.id);
        Ok(Scope { one, unit, all: ready(&Filter::default()) })
    }

    /// The entry that asks; only what there is.
    fn entry(&self, cx: &Cx<'_>, line: &Line) -> Entry {
        let mut choices = Vec::new();
        if self.one.is_some() {
            choices.push(("one", cx.locale.say("register.scope_one", &[("name", &line.name)])));
        }
        if let Some(unit) = line.employer.as_ref().filter(|_| !self.unit.is_empty()) {
            let count = self.unit.len().to_string();
            choices.push(("unit", cx.locale.say("register.scope_unit", &[("unit", unit), ("count", &count)])));
        }
        if !self.all.is_empty() {
            choices.push(("all", cx.locale.say("register.scope_all", &[("count", &self.all.len().to_string())])));
        }
        choice(field(cx, "scope"), choices)
    }

    fn ids(&self, form: &Form) -> Vec<CertificateId> {
        match value(form, "scope").as_str() {
            "one" => self.one.into_iter().collect(),
            "unit" => self.unit.clone(),
            "all" => self.all.clone(),
            // Nothing of the list: nobody.
            _ => Vec::new(),
        }
    }
}

/// Where certificates are made, the usual place first.
fn made_entry(cx: &Cx<'_>) -> Result<Entry> {
    let mut choices =
        vec![("stock", word(cx, "register.made_stock")), ("elsewhere", word(cx, "register.made_elsewhere"))];
    if usually_made(cx.site)? == Made::Elsewhere {
        choices.reverse();
    }
    Ok(choice(field(cx, "made"), choices))
}

fn made(form: &Form) -> Made {
    if value(form, "made") == "elsewhere" { Made::Elsewhere } else { Made::Stock }
}

/// What so many certificates leave of the stock.
fn stock_line(cx: &Cx<'_>, form: &Form, count: usize) -> Result<(Role, String)> {
    let usable = balances(cx.site)?.first().map_or(0, |(_, now)| now.usable);
    let left = usable - i64::try_from(count).unwrap_or(i64::MAX);
    let args = [("count", count.to_string()), ("usable", usable.to_string()), ("left", left.to_string())];
    let [count, usable, left] = args.each_ref().map(|(n, v)| (*n, v.as_str()));
    Ok(match made(form) {
        Made::Elsewhere => (Role::Info, cx.locale.say("register.would", &[count])),
        Made::Stock if left.1.starts_with('-') => (Role::Warn, cx.locale.say("register.would_lack", &[count, usable])),
        Made::Stock => (Role::Info, cx.locale.say("register.would_use", &[count, usable, left])),
    })
}

struct Make(Scope);

impl Meaning for Make {
    fn judge(&self, cx: &Cx<'_>, form: &Form) -> Result<Vec<(Role, String)>> {
        Ok(vec![stock_line(cx, form, self.0.ids(form).len())?])
    }

    fn save(&self, cx: &mut Cx<'_>, form: &Form) -> Result<Flow> {
        let made_on = day(form, "on")?.unwrap_or_else(|| cx.site.now().day());
        let (certificates, first_blank) = (self.0.ids(form), said(form, "blank"));
        let done = cx.perform_bulk(&Issue { certificates, made: Some(made(form)), first_blank, made_on })?;
        let (copies, op) = (done.out.copies.to_string(), done.op.map_or(0, |n| n.0).to_string());
        match done.out.left {
            Some(left) => {
                let args = [("copies", copies.as_str()), ("left", &left.to_string()), ("op", &op)];
                cx.say(Tone::Good, "register.issued", &args);
            }
            None => cx.say(Tone::Good, "register.issued_elsewhere", &[("copies", &copies), ("op", &op)]),
        }
        Ok(Flow::Close)
    }
}

/// Everybody who waits, first; the selected one alone where only that is meant.
pub fn make(pane: &mut Register, cx: &mut Cx<'_>) -> Result<Flow> {
    let line = pane.selected()?;
    let scope = Scope::of(cx, line, Step::Make)?;
    if scope.all.is_empty() {
        ready_for(cx.site, Step::Make, &Filter { number: Some(line.number.clone()), ..Filter::default() })?;
    }
    let whose = with(scope.entry(cx, line), "all");
    let entries = vec![whose, made_entry(cx)?, field(cx, "blank"), today(cx)];
    ShortForm::ask(cx, word(cx, "register.title_make"), entries, Box::new(Make(scope)))
}

struct Tell(Scope);

impl Meaning for Tell {
    fn judge(&self, cx: &Cx<'_>, form: &Form) -> Result<Vec<(Role, String)>> {
        let count = self.0.ids(form).len().to_string();
        Ok(vec![(Role::Info, cx.locale.say("register.would", &[("count", &count)]))])
    }

    fn save(&self, cx: &mut Cx<'_>, form: &Form) -> Result<Flow> {
        let way = NoticeWay::parse(&value(form, "way")).unwrap_or(NoticeWay::Phone);
        let (told, contact, on) = (said(form, "told"), said(form, "contact"), day(form, "on")?);
        let done = cx.perform_bulk(&Notify { certificates: self.0.ids(form), way, told, contact, on })?;
        Ok(good(cx, "register.notified", (&done.out.to_string(), &done)))
    }
}

pub fn notify(pane: &mut Register, cx: &mut Cx<'_>) -> Result<Flow> {
    let line = pane.selected()?;
    let scope = Scope::of(cx, line, Step::Notify)?;
    if scope.all.is_empty() {
        ready_for(cx.site, Step::Notify, &Filter { number: Some(line.number.clone()), ..Filter::default() })?;
    }
    let ways = NoticeWay::ALL.iter().map(|w| (w.code(), word(cx, &format!("notice_way.{}", w.code())))).collect();
    let way = choice(field(cx, "way"), ways);
    let entries = vec![scope.entry(cx, line), way, field(cx, "told"), field(cx, "contact"), today(cx)];
    ShortForm::ask(cx, word(cx, "register.title_notify"), entries, Box::new(Tell(scope)))
}

struct HandOver(Scope);

impl Meaning for HandOver {
    fn judge(&self, cx: &Cx<'_>, form: &Form) -> Result<Vec<(Role, String)>> {
        let count = self.0.ids(form).len().to_string();
        Ok(vec![(Role::Info, cx.locale.say("register.would", &[("count", &count)]))])
    }

    fn save(&self, cx: &mut Cx<'_>, form: &Form) -> Result<Flow> {
        let way = DeliveryWay::parse(&value(form, "way")).unwrap_or(DeliveryWay::Own);
        let done = cx.perform_bulk(&Collect {
            certificates: self.0.ids(form),
            way,
            taker: said(form, "taker"),
            document: said(form, "document"),
            unit: said(form, "unit").filter(|_| way == DeliveryWay::Unit),
            authority: said(form, "authority"),
            phone: None,
            signed: value(form, "signed") == "yes",
            on: day(form, "on")?,
            note: None,
        })?;
        Ok(good(cx, "register.collected", (&done.out.to_string(), &done)))
    }
}

pub fn collect(pane: &mut Register, cx: &mut Cx<'_>) -> Result<Flow> {
    let line = pane.selected()?;
    let scope = Scope::of(cx, line, Step::Deliver)?;
    let ways = [DeliveryWay::Own, DeliveryWay::Unit, DeliveryWay::Proxy];
    let way = choice(field(cx, "way"), ways.iter().map(|w| (w.code(), words::way(cx.locale, *w))).collect());
    let signed = vec![("no", word(cx, "register.signed_no")), ("yes", word(cx, "register.signed_yes"))];
    let entries = vec![
        scope.entry(cx, line),
        way,
        field(cx, "taker"),
        field(cx, "document").needed(true),
        with(field(cx, "unit"), line.employer.as_deref().unwrap_or_default()),
        field(cx, "authority"),
        choice(field(cx, "signed"), signed),
        today(cx),
    ];
    ShortForm::ask(cx, word(cx, "register.title_collect"), entries, Box::new(HandOver(scope)))
}

struct Letter(CertificateId);

impl Meaning for Letter {
    fn save(&self, cx: &mut Cx<'_>, form: &Form) -> Result<Flow> {
        let done = cx.perform(&Post {
            certificate: self.0,
            to: said(form, "to"),
            address: said(form, "address"),
            phone: said(form, "phone"),
            tracking: value(form, "tracking"),
            on: day(form, "on")?,
            note: None,
        })?;
        let to = done.out.clone();
        Ok(good(cx, "register.posted", (&to, &done)))
    }
}

pub fn post(pane: &mut Register, cx: &mut Cx<'_>) -> Result<Flow> {
    let line = pane.selected()?;
    let entries = vec![
        with(field(cx, "to"), &line.name),
        with(field(cx, "address"), line.address.as_deref().unwrap_or_default()),
        with(field(cx, "phone"), line.phone.as_deref().unwrap_or_default()),
        field(cx, "tracking").needed(true),
        today(cx),
    ];
    let title = cx.locale.say("register.title_post", &[("name", &line.name)]);
    ShortForm::ask(cx, title, entries, Box::new(Letter(line.id)))
}

struct Again(CertificateId);

impl Meaning for Again {
    fn judge(&self, cx: &Cx<'_>, form: &Form) -> Result<Vec<(Role, String)>> {
        let key = if reissue_keeps_number(cx.site)? { "register.number_stays" } else { "register.number_new" };
        Ok(vec![stock_line(cx, form, 1)?, (Role::Info, word(cx, key))])
    }

    fn save(&self, cx: &mut Cx<'_>, form: &Form) -> Result<Flow> {
        let made_on = cx.site.now().day();
        let (blank, reason) = (said(form, "one_blank"), value(form, "reason"));
        let done = cx.perform(&Reissue { certificate: self.0, made_on, made: Some(made(form)), blank, reason })?;
        let (copy, op) = (done.out.copy.to_string(), done.op.map_or(0, |n| n.0).to_string());
        let args = [("number", done.out.number.as_str()), ("copy", &copy), ("op", &op)];
        cx.say(Tone::Good, "certificates.reissued", &args);
        Ok(Flow::Close)
    }
}

pub fn reissue(pane: &mut Register, cx: &mut Cx<'_>) -> Result<Flow> {
    let line = pane.selected()?;
    let entries = vec![field(cx, "reason").needed(true), made_entry(cx)?, field(cx, "one_blank")];
    let title = cx.locale.say("register.title_reissue", &[("number", &line.number), ("name", &line.name)]);
    ShortForm::ask(cx, title, entries, Box::new(Again(line.id)))
}

struct Takes(CertificateId);

impl Meaning for Takes {
    fn judge(&self, cx: &Cx<'_>, _: &Form) -> Result<Vec<(Role, String)>> {
        Ok(vec![(Role::Dim, word(cx, "register.sanction_hint"))])
    }

    fn save(&self, cx: &mut Cx<'_>, form: &Form) -> Result<Flow> {
        let (reason, sanction) = (value(form, "reason"), number(form, "sanction"));
        let done = cx.perform(&Revoke { certificate: self.0, reason, sanction })?;
        let op = done.op.map_or(0, |n| n.0).to_string();
        cx.say(Tone::Good, "certificates.revoked", &[("number", &done.out), ("op", &op)]);
        Ok(Flow::Close)
    }
}

pub fn revoke(pane: &mut Register, cx: &mut Cx<'_>) -> Result<Flow> {
    let line = pane.selected()?;
    let entries = vec![field(cx, "reason").needed(true), field(cx, "sanction")];
    let title = cx.locale.say("register.title_revoke", &[("number", &line.number), ("name", &line.name)]);
    ShortForm::ask(cx, title, entries, Box::new(Takes(line.id)))
}
