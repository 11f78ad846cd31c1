//! Bags from hand to hand.
use super::Which;
use crate::cli::{Context, Exit};
use crate::model::{Code, PaperMove, Refusal, fold};
use crate::ops::papers::{Collect, Correct, HandOver, Moved, Plan, Return, Unseal, bag_numbered, to_move};
use crate::ops::{Done, PaperBagRow, Result, SessionRow, Site, checkin};
use serde_json::json;

/// `--count` without a bag or a number.
pub const BAD_COUNT: Code = Code("papers.bad_count");
pub const COUNT_MISSING: Code = Code("papers.count_missing");

pub struct Hands {
    pub proctors: Vec<String>,
    pub candidates: Vec<String>,
    pub intact: bool,
}

pub fn plan(context: &Context, session: Option<&str>) -> Result<Exit> {
    let mut site = context.site()?;
    let session = checkin::by_code(&site, session)?;
    let done = site.perform(&Plan { session: session.id })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "session": session.code, "planned": done.out, "operation": op }));
    }
    context.out.note(&crate::text::papers::planned(&context.out.locale, &done.out, op));
    Ok(Exit::Done)
}

fn bags(site: &Site, which: &Which, kind: PaperMove) -> Result<(SessionRow, Vec<PaperBagRow>)> {
    let session = checkin::by_code(site, which.session.as_deref())?;
    let bags = to_move(site, session.id, (which.room, &which.bag), kind)?;
    Ok((session, bags))
}

fn two(names: Vec<String>) -> [String; 2] {
    let mut names = names.into_iter();
    [(); 2].map(|()| names.next().unwrap_or_default())
}

fn moved(context: &Context, kind: PaperMove, done: &Done<Moved>) -> Exit {
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "bags": done.out.bags, "sheets": done.out.sheets, "operation": op }));
    }
    context.out.note(&crate::text::papers::moved(&context.out.locale, kind, &done.out, op));
    Exit::Done
}

pub fn hand_over(
    context: &Context,
    which: &Which,
    (giver, takers, note): (String, Vec<String>, Option<String>),
) -> Result<Exit> {
    let mut site = context.site()?;
    let (_, bags) = bags(&site, which, PaperMove::HandedOver)?;
    let done = site.perform(&HandOver { bags: bags.iter().map(|b| b.id).collect(), giver, takers, note })?;
    Ok(moved(context, PaperMove::HandedOver, &done))
}

pub fn unseal(context: &Context, which: &Which, hands: Hands) -> Result<Exit> {
    let mut site = context.site()?;
    let (session, bags) = bags(&site, which, PaperMove::Unsealed)?;
    let [a, b] = two(hands.candidates);
    let candidates = [checkin::exactly(&site, session.id, &a)?, checkin::exactly(&site, session.id, &b)?];
    let done = site.perform(&Unseal {
        bags: bags.iter().map(|b| b.id).collect(),
        proctors: two(hands.proctors),
        intact: hands.intact,
        candidates,
        reason: context.options.reason.clone(),
    })?;
    Ok(moved(context, PaperMove::Unsealed, &done))
}

/// `01-1=32`, or a number alone for the only bag.
fn counted(bags: &[PaperBagRow], count: &[String]) -> Result<Vec<(crate::model::BagId, i64)>> {
    let read = |text: &String| {
        let folded = fold::number_like(text).into_owned();
        let (bag, sheets) = match folded.split_once('=') {
            Some((bag, sheets)) => (Some(bag.to_owned()), sheets.to_owned()),
            None => (None, folded),
        };
        let sheets: i64 = sheets.parse().map_err(|_| Refusal::new(BAD_COUNT).with("value", text.as_str()))?;
        let found = match (bag, bags) {
            (Some(number), _) => bags.iter().find(|b| b.number == number),
            (None, [only]) => Some(only),
            (None, _) => None,
        };
        let bag = found.ok_or_else(|| Refusal::new(BAD_COUNT).with("value", text.as_str()))?;
        Ok((bag.id, sheets))
    };
    let counts = count.iter().map(read).collect::<Result<Vec<_>>>()?;
    match bags.iter().find(|b| !counts.iter().any(|(id, _)| *id == b.id)) {
        Some(bag) => Err(Refusal::new(COUNT_MISSING).with("bag", bag.number.as_str()).into()),
        None => Ok(counts),
    }
}

pub fn collect(context: &Context, which: &Which, proctors: Vec<String>, count: &[String]) -> Result<Exit> {
    let mut site = context.site()?;
    let (_, bags) = bags(&site, which, PaperMove::Collected)?;
    let bags = counted(&bags, count)?;
    let done = site.perform(&Collect { bags, proctors: two(proctors), reason: context.options.reason.clone() })?;
    let (out, op) = (done.out, done.op);
    let moved_too = Moved { bags: out.bags, sheets: out.sheets };
    Ok(moved(context, PaperMove::Collected, &Done { out: moved_too, op, changes: done.changes }))
}

pub fn give_back(context: &Context, which: &Which, giver: String, taker: String) -> Result<Exit> {
    let mut site = context.site()?;
    let (_, bags) = bags(&site, which, PaperMove::Returned)?;
    let ids = bags.iter().map(|b| b.id).collect();
    let done = site.perform(&Return { bags: ids, giver, taker, reason: context.options.reason.clone() })?;
    Ok(moved(context, PaperMove::Returned, &done))
}

pub fn correct(
    context: &Context,
    (session, number): (Option<String>, String),
    (sheets, spare, seal): (Option<i64>, Option<i64>, Option<String>),
) -> Result<Exit> {
    let mut site = context.site()?;
    let session = checkin::by_code(&site, session.as_deref())?;
    let bag = bag_numbered(&site, session.id, &number)?;
    let done = site.perform(&Correct {
        bag: bag.id,
        sheets: sheets.unwrap_or(bag.sheets),
        spare: spare.unwrap_or(bag.spare),
        seal: seal.or(bag.seal),
        reason: context.options.reason.clone(),
    })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "bag": done.out, "operation": op }));
    }
    context.out.note(&crate::text::papers::corrected(&context.out.locale, &done.out, op));
    Ok(Exit::Done)
}
