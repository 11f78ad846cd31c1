//! `kaowu milestones`: every date of the batch, and how long it is until then (S4-28).
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::Day;
use crate::ops::{Result, policies};
use crate::text::policy_note;
use serde::Serialize;
use serde_json::json;

/// Dates of the batch: windows, publicity, deadlines, with the days left
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The day to count from; default: today
    #[arg(long)]
    today: Option<Day>,
}

#[derive(Serialize)]
struct Milestone<'a> {
    #[serde(flatten)]
    dated: &'a policies::Dated,
    /// Calendar days; negative once it is over.
    days_left: Option<i64>,
}

pub fn run(context: &Context, args: &Args) -> Result<Exit> {
    let site = context.look()?;
    let today = args.today.unwrap_or_else(|| site.now().day());
    let dates = policies::of_batch(&site)?;
    let milestone = |dated| Milestone { dated, days_left: None };
    let listed: Vec<_> = dates
        .dates
        .iter()
        .map(|d| Milestone { days_left: d.due.map(|due| (due - today).num_days()), ..milestone(d) })
        .collect();
    let words: Vec<_> = dates.notes.iter().map(|note| policy_note(&context.out.locale, note)).collect();
    if context.out.is_json() {
        context.out.json(&json!({ "today": today.to_string(), "milestones": listed, "notes": words }));
        return Ok(Exit::Done);
    }
    let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let rows: Vec<_> = listed
        .iter()
        .map(|m| {
            let due = m.dated.due.map(|d| d.to_string()).unwrap_or_default();
            let working = m.dated.working_days.map(|n| n.to_string()).unwrap_or_default();
            vec![due, number(m.days_left), working, context.out.locale.word(&m.dated.what).to_owned()]
        })
        .collect();
    let columns = [
        Col::Left("column.due"),
        Col::Right("column.days_left"),
        Col::Right("column.working_days"),
        Col::Left("column.what"),
    ];
    context.out.table(&listed, &columns, &rows);
    words.iter().for_each(|note| context.out.note(note));
    Ok(Exit::Done)
}
