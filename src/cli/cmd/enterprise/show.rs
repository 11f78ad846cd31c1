//! Filings to read.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::enterprise::{lines, whole};
use crate::text::filing::{Entry, entries};

pub fn list(context: &Context) -> Result<Exit> {
    let lines = lines(&context.look()?)?;
    let out = &context.out;
    let row = |l: &crate::ops::enterprise::Line| {
        vec![
            l.credit_code.clone(),
            l.name.clone(),
            l.round.to_string(),
            out.locale.word(&format!("filing_state.{}", l.state.code())).to_owned(),
            l.occupations.to_string(),
            format!("{}/{}", l.conditions_met, crate::ops::enterprise::CONDITIONS),
            l.open_cases.to_string(),
            l.valid_to.map(|d| d.to_string()).unwrap_or_default(),
        ]
    };
    let rows: Vec<_> = lines.iter().map(row).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Left("column.credit_code"), Col::Left("column.enterprise"), Col::Right("column.directory_round"),
        Col::Left("column.state"), Col::Right("column.occupations"), Col::Right("column.basic_conditions"),
        Col::Right("column.open_cases"), Col::Left("column.valid_to"),
    ];
    out.table(&lines, &columns, &rows);
    if lines.is_empty() {
        out.say("enterprise.none", &[]);
    }
    Ok(Exit::Done)
}

pub fn show(context: &Context, organisation: &str, round: Option<i64>) -> Result<Exit> {
    let whole = whole(&context.look()?, organisation, round)?.masked();
    let row = |entry: Entry| match entry {
        Entry::Part(title) => vec![title, String::new()],
        Entry::Line { label, content } => vec![format!("  {label}"), content],
    };
    let rows: Vec<_> = entries(&context.out.locale, &whole).into_iter().map(row).collect();
    context.out.table(&whole, &[Col::Left("column.field"), Col::Left("column.content")], &rows);
    Ok(Exit::Done)
}
