//! `kaowu score show`, `progress` and `differences`: reading only, and only what the signed-on operator may see.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::Mark;
use crate::ops::Result;
use crate::ops::entry::{self, Standing};
use crate::text::mark_words;
use serde::Serialize;

#[derive(Serialize)]
struct Person<'a> {
    ticket: &'a str,
    subjects: &'a [Standing],
}

pub fn person(context: &Context, ticket: &str) -> Result<Exit> {
    let site = context.look()?;
    let all = entry::standing(&site, entry::by_ticket(&site, ticket)?)?;
    let words = |mark: Option<Mark>| mark.map(|m| mark_words(&context.out.locale, m));
    let rows: Vec<_> = all
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
    context.out.table(&Person { ticket, subjects: &all }, &columns, &rows);
    Ok(Exit::Done)
}

pub fn differences(context: &Context) -> Result<Exit> {
    let all = entry::differences(&context.site()?)?;
    let locale = &context.out.locale;
    let rows: Vec<_> = all
        .iter()
        .map(|d| {
            vec![
                d.ticket.clone().unwrap_or_default(),
                d.label().to_owned(),
                locale.word(&d.subject.key()).to_owned(),
                mark_words(locale, d.first.mark),
                d.first.operator.clone(),
                mark_words(locale, d.second.mark),
                d.second.operator.clone(),
            ]
        })
        .collect();
    #[rustfmt::skip]
    let columns = [
        Col::Left("column.ticket"), Col::Left("entry.name"), Col::Left("column.subject"),
        Col::Right("column.first_mark"), Col::Left("column.first_typist"), Col::Right("column.second_mark"),
        Col::Left("column.second_typist"),
    ];
    context.out.table(&all, &columns, &rows);
    Ok(Exit::Done)
}
