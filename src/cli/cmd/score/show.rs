//! `kaowu score show`, `progress` and `differences`: reading only, and only what the signed-on operator may see.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::Mark;
use crate::ops::Result;
use crate::ops::entry::{self, Standing};
use crate::text::mark_words;
use serde::Serialize;

#[derive(Serialize)]
struct Parts<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    script: Option<&'a str>,
    subjects: &'a [Standing],
}

pub fn person(context: &Context, ticket: &str) -> Result<Exit> {
    let site = context.look()?;
    let all = entry::standing(&site, entry::by_ticket(&site, ticket)?)?;
    let parts = Parts { ticket: Some(ticket), script: None, subjects: &all };
    table(context, &parts);
    Ok(Exit::Done)
}

/// What stands under a script number, as the reader may see it.
pub fn script(context: &Context, number: &str) -> Result<Exit> {
    let site = context.look()?;
    let one = [entry::script_standing(&site, number)?];
    table(context, &Parts { ticket: None, script: Some(number), subjects: &one });
    Ok(Exit::Done)
}

fn table(context: &Context, parts: &Parts<'_>) {
    let words = |mark: Option<Mark>| mark.map(|m| mark_words(&context.out.locale, m));
    let rows: Vec<_> = parts
        .subjects
        .iter()
        .map(|s| {
            let state = context.out.locale.word(&s.key()).to_owned();
            let entries = s.entries.iter().filter_map(|e| Some(format!("{}: {}", e.slot, words(e.mark)?)));
            let entries = entries.collect::<Vec<_>>().join("  ");
            vec![
                context.out.locale.word(&s.subject.key()).to_owned(),
                words(s.mark).unwrap_or_default(),
                words(s.counts).unwrap_or_default(),
                state,
                entries,
            ]
        })
        .collect();
    let columns = [
        Col::Left("column.subject"),
        Col::Right("column.mark"),
        Col::Right("column.counts"),
        Col::Left("column.stage"),
        Col::Left("column.entries"),
    ];
    context.out.table(parts, &columns, &rows);
}

pub fn differences(context: &Context) -> Result<Exit> {
    let all = entry::differences(&context.site()?)?;
    let locale = &context.out.locale;
    let rows: Vec<_> = all
        .iter()
        .map(|d| {
            vec![
                d.ticket.clone().or_else(|| d.script.clone()).unwrap_or_default(),
                d.label().to_owned(),
                locale.word(&d.subject.key()).to_owned(),
                mark_words(locale, d.first.mark),
                d.first.operator.clone(),
                mark_words(locale, d.second.mark),
                d.second.operator.clone(),
            ]
        })
        .collect();
    // Papers are named by their tickets, or under script numbers by those.
    let paper = if all.iter().any(|d| d.script.is_some()) { "column.ticket_or_script" } else { "column.ticket" };
    #[rustfmt::skip]
    let columns = [
        Col::Left(paper), Col::Left("entry.name"), Col::Left("column.subject"),
        Col::Right("column.first_mark"), Col::Left("column.first_typist"), Col::Right("column.second_mark"),
        Col::Left("column.second_typist"),
    ];
    context.out.table(&all, &columns, &rows);
    Ok(Exit::Done)
}
