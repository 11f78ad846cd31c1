//! `kaowu milestones`: every date of the batch, how it stands and how long it is until then (S4-28).
mod act;

use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::Day;
use crate::ops::Result;
use crate::ops::milestones::{Basis, Board, board, progress};
use crate::text::milestones::{countdown, evidence, name};
use crate::text::policy_note;
use serde_json::json;

/// Dates of the batch (时间节点): windows, deadlines, own tasks, complaints; done, due, late, not yet
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// The day to count from; default: today
    #[arg(long)]
    today: Option<Day>,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Say that a date was kept
    Done {
        /// As the board names it, such as handbook or task.1
        code: String,
        /// What was done, and how
        #[arg(long)]
        note: Option<String>,
        /// Day on which it was done; default: today
        #[arg(long, value_name = "DAY")]
        on: Option<Day>,
        /// Who did it; default: whoever is signed on
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Take such a mark back, with --reason
    Undo {
        /// As the board names it
        code: String,
    },
    /// Add a task of the site's own
    Add {
        /// What is to be done
        title: String,
        /// The last day for it
        #[arg(long, value_name = "DAY")]
        due: Day,
        /// Who sees to it
        #[arg(long, value_name = "NAME")]
        assignee: Option<String>,
    },
    /// Take an own task off the board, with --reason
    Remove {
        /// As the board names it
        code: String,
    },
    /// How far the batch had come by the end of a day
    Progress {
        /// The day; default: today
        #[arg(long, value_name = "DAY")]
        on: Option<Day>,
    },
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        None => list(context, args.today),
        Some(What::Done { code, note, on, by }) => act::done(context, code, (note, on, by)),
        Some(What::Undo { code }) => act::undo(context, code),
        Some(What::Add { title, due, assignee }) => act::add(context, title, (due, assignee)),
        Some(What::Remove { code }) => act::remove(context, code),
        Some(What::Progress { on }) => show_progress(context, on),
    }
}

fn list(context: &Context, today: Option<Day>) -> Result<Exit> {
    let board = board(&context.look()?, today)?;
    let locale = &context.out.locale;
    let words: Vec<_> = board.notes.iter().map(|note| policy_note(locale, note)).collect();
    if context.out.is_json() {
        let Board { today, late, items, .. } = board;
        let today = today.to_string();
        context.out.json(&json!({ "today": today, "late": late, "milestones": items, "notes": words }));
        return Ok(Exit::Done);
    }
    let rows: Vec<_> = board
        .items
        .iter()
        .map(|item| {
            vec![
                item.due.map(|d| d.to_string()).unwrap_or_default(),
                locale.word(&format!("milestone_standing.{}", item.standing.code())).to_owned(),
                countdown(locale, item),
                item.code.clone(),
                name(locale, item),
                evidence(locale, item),
            ]
        })
        .collect();
    let columns = [
        Col::Left("column.due"),
        Col::Left("column.standing"),
        Col::Left("column.countdown"),
        Col::Left("column.code"),
        Col::Left("column.what"),
        Col::Left("column.shown_by"),
    ];
    context.out.table(&board.items, &columns, &rows);
    words.iter().for_each(|note| context.out.note(note));
    if board.late > 0 {
        context.out.say("milestones.late_count", &[("count", &board.late.to_string())]);
    }
    Ok(Exit::Done)
}

fn show_progress(context: &Context, on: Option<Day>) -> Result<Exit> {
    let progress = progress(&context.look()?, on)?;
    let locale = &context.out.locale;
    let rows: Vec<_> = progress
        .figures
        .iter()
        .map(|f| {
            let basis = match f.basis {
                Basis::Journal => "milestones.basis_journal",
                Basis::Rows => "milestones.basis_rows",
            };
            let what = locale.word(&format!("progress_figure.{}", f.code)).to_owned();
            vec![what, f.count.to_string(), locale.word(basis).to_owned()]
        })
        .collect();
    let columns = [Col::Left("column.figure"), Col::Right("column.figures"), Col::Left("column.counted_from")];
    context.out.table(&progress, &columns, &rows);
    Ok(Exit::Done)
}
