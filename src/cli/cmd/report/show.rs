//! What the reports say.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::Day;
use crate::ops::Result;
use crate::ops::reports;
use crate::text::Locale;
use crate::text::reports::{self as words, Part};
use serde::Serialize;

fn columns(part: Part) -> Vec<Col> {
    let side = |key: &&'static str| match key.strip_prefix('>') {
        Some(key) => Col::Right(key),
        None => Col::Left(key),
    };
    part.columns().iter().map(side).collect()
}

/// `value` as JSON, or the rows of the part.
fn table<T: Serialize, R>(
    context: &Context,
    (part, value): (Part, &T),
    rows: &[R],
    cells: fn(&Locale, &R) -> Vec<String>,
) {
    let rows: Vec<_> = rows.iter().map(|row| cells(&context.out.locale, row)).collect();
    context.out.table(value, &columns(part), &rows);
}

pub fn rate(context: &Context, on: Option<Day>) -> Result<Exit> {
    let board = reports::board(&context.look()?, on)?;
    table(context, (Part::Departments, &board), &board.departments, words::department);
    words::duty_words(&context.out.locale, &board).iter().for_each(|line| context.out.note(line));
    Ok(Exit::Done)
}

pub fn people(context: &Context) -> Result<Exit> {
    let board = reports::board(&context.look()?, None)?;
    table(context, (Part::People, &board.people), &board.people, words::person);
    Ok(Exit::Done)
}

pub fn ledger(context: &Context) -> Result<Exit> {
    let all = reports::activities(&context.look()?)?;
    table(context, (Part::Ledger, &all), &all, words::activity);
    Ok(Exit::Done)
}

pub fn snapshots(context: &Context) -> Result<Exit> {
    let all = reports::snapshots(&context.look()?)?;
    table(context, (Part::Snapshots, &all), &all, words::snapshot);
    Ok(Exit::Done)
}

pub fn subsidies(context: &Context) -> Result<Exit> {
    let list = reports::subsidies(&context.look()?)?;
    table(context, (Part::Subsidy, &list), &list.lines, words::subsidy);
    context.out.note(&words::subsidy_words(&context.out.locale, &list));
    for line in list.lines.iter().filter(|line| !line.against.is_empty()) {
        let reasons = words::against(&context.out.locale, line).join(" ");
        context
            .out
            .say("reports.against", &[("name", &line.name), ("number", &line.certificate), ("reasons", &reasons)]);
    }
    Ok(Exit::Done)
}

pub fn enterprises(context: &Context) -> Result<Exit> {
    let all = reports::enterprises(&context.look()?)?;
    table(context, (Part::Enterprises, &all), &all.entries, words::enterprise);
    words::enterprise_words(&context.out.locale, &all).iter().for_each(|line| context.out.note(line));
    Ok(Exit::Done)
}

pub fn plan(context: &Context) -> Result<Exit> {
    let plan = reports::plan(&context.look()?)?;
    table(context, (Part::Plan, &plan), &plan.lines, words::planned);
    context.out.note(&words::plan_words(&context.out.locale, &plan));
    Ok(Exit::Done)
}
