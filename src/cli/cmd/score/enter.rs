//! `kaowu score enter`: one mark, or many from lines `ticket,mark`.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, Refusal, Subject};
use crate::ops::entry::{self, Outcome, Save, Turn};
use crate::ops::{Error, Result, Site};
use crate::text::{Message, explain, mark_words};
use serde::Serialize;
use std::io::BufRead;

pub const NO_MARK: Code = Code("entry.no_mark");

/// Type marks: one, or lines "ticket,mark" from standard input
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Ticket number, or - for standard input
    ticket: String,
    /// theory or practical
    #[arg(long, value_parser = super::subject)]
    subject: Subject,
    /// 86.5, absent or void
    mark: Option<String>,
    /// The warnings are known and the mark is meant
    #[arg(long)]
    accept: bool,
}

/// What became of one line.
#[derive(Serialize)]
struct Answer {
    ticket: String,
    mark: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<Turn>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<Outcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Message>,
    #[serde(skip)]
    words: String,
}

pub fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let mut site = context.site()?;
    if args.ticket != "-" {
        let text = args.mark.as_deref().ok_or_else(|| Refusal::new(NO_MARK))?;
        let answer = one(context, &mut site, args, (&args.ticket, text))?;
        if context.out.is_json() {
            context.out.json(&answer);
        }
        context.out.note(&answer.words);
        context.out.say("cli.operation", &[("op", &answer.operation.unwrap_or(0).to_string())]);
        return Ok(Exit::Done);
    }
    let mut answers = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(Error::file("-"))?;
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() {
            continue;
        }
        let (ticket, mark) = line.split_once([',', '\t', '，']).unwrap_or((line, ""));
        let (ticket, mark) = (ticket.trim(), mark.trim());
        answers.push(
            one(context, &mut site, args, (ticket, mark)).or_else(|error| refused(context, error, (ticket, mark)))?,
        );
    }
    let rows: Vec<_> = answers.iter().map(|a| vec![a.ticket.clone(), a.mark.clone(), a.words.clone()]).collect();
    let columns = [Col::Left("column.ticket"), Col::Right("column.my_mark"), Col::Left("column.became")];
    context.out.table(&answers, &columns, &rows);
    let failed = answers.iter().any(|a| a.error.is_some());
    Ok(if failed { Exit::Rejected } else { Exit::Done })
}

fn one(context: &Context, site: &mut Site, args: &Args, (ticket, text): (&str, &str)) -> Result<Answer> {
    let application = entry::by_ticket(site, ticket)?;
    let mark = entry::read_mark(site, text)?.0;
    let warnings = entry::warnings(site, application, args.subject, mark)?;
    if !args.accept {
        for warning in &warnings {
            context.out.note(&context.out.locale.say_data(&format!("refusal.{}", warning.code.0), &warning.data));
        }
    }
    let accepted = if args.accept { warnings.iter().map(|w| w.code).collect() } else { Vec::new() };
    let done = site.perform(&Save { application, subject: args.subject, mark, accepted })?;
    let key = match done.out.outcome {
        Outcome::Settled => "cli.score.settled",
        Outcome::Differs => "cli.score.differs",
        Outcome::Waits => "cli.score.waits",
    };
    let words = mark_words(&context.out.locale, mark);
    Ok(Answer {
        ticket: ticket.to_owned(),
        mark: mark.to_string(),
        entry: Some(done.out.turn),
        outcome: Some(done.out.outcome),
        operation: done.op.map(|n| n.0),
        error: None,
        words: context.out.locale.say(key, &[("name", &done.out.name), ("mark", &words)]),
    })
}

/// A refused line is told and the next one is read; any other fault ends the run.
fn refused(context: &Context, error: Error, (ticket, mark): (&str, &str)) -> Result<Answer> {
    if error.refusal().is_none() {
        return Err(error);
    }
    let message = explain(&context.out.locale, &error);
    Ok(Answer {
        ticket: ticket.to_owned(),
        mark: mark.to_owned(),
        entry: None,
        outcome: None,
        operation: None,
        words: message.message.clone(),
        error: Some(message),
    })
}
