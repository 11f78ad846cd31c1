//! `kaowu score enter`: one mark, or many from lines `ticket,mark`.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, Refusal, Subject};
use crate::ops::entry::{self, Outcome, Part, Save, Turn};
use crate::ops::scripts::{self, Address};
use crate::ops::{Error, Result, Site};
use crate::text::{Message, explain, mark_words, parts_words};
use serde::Serialize;
use std::io::BufRead;

pub const NO_MARK: Code = Code("entry.no_mark");

/// Type marks: one, or lines "ticket,mark" from standard input
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Ticket number, or - for standard input
    ticket: String,
    /// The number is a script number (密号), not a ticket
    #[arg(long)]
    script: bool,
    /// theory or practical
    #[arg(long, value_parser = super::subject)]
    subject: Subject,
    /// 86.5, absent or void
    mark: Option<String>,
    /// Points of groups of questions, where the notice has some: a=40,b=46.5
    #[arg(long, value_name = "CODE=POINTS,...")]
    items: Option<String>,
    /// What is odd on the paper (涂改、缺签名), for the coordinator
    #[arg(long)]
    remark: Option<String>,
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
    /// What differs, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differs: Vec<Part>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Message>,
    #[serde(skip)]
    words: String,
}

pub fn address(script: bool) -> Address {
    if script { Address::Script } else { Address::Ticket }
}

pub fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let mut site = context.site()?;
    if args.ticket != "-" {
        let text = args.mark.as_deref().ok_or_else(|| Refusal::new(NO_MARK))?;
        let doubts = doubts(context, &site, args, (&args.ticket, text))?;
        doubts.iter().for_each(|doubt| context.out.note(doubt));
        let answer = one(context, &mut site, args, (&args.ticket, text))?;
        if context.out.is_json() {
            context.out.json(&answer);
        }
        context.out.note(&answer.words);
        context.out.say("cli.operation", &[("op", &answer.operation.unwrap_or(0).to_string())]);
        return Ok(Exit::Done);
    }
    many(context, &mut site, args)
}

/// One mark a line. A fault that ends the run does not hide what was saved before it.
fn many(context: &Context, site: &mut Site, args: &Args) -> Result<Exit> {
    let (mut answers, mut fault) = (Vec::new(), None);
    for line in std::io::stdin().lock().lines() {
        let answer = line.map_err(Error::file("-")).and_then(|line| {
            let line = line.trim_start_matches('\u{feff}').trim();
            let (ticket, mark) = line.split_once([',', '\t', '，']).unwrap_or((line, ""));
            let parts = (ticket.trim(), mark.trim());
            if line.is_empty() {
                return Ok(None);
            }
            line_of_many(context, site, args, parts).or_else(|error| refused(context, error, parts)).map(Some)
        });
        match answer {
            Ok(answer) => answers.extend(answer),
            Err(error) => {
                fault = Some(error);
                break;
            }
        }
    }
    let rows: Vec<_> = answers.iter().map(|a| vec![a.ticket.clone(), a.mark.clone(), a.words.clone()]).collect();
    let columns = [Col::Left("column.ticket"), Col::Right("column.my_mark"), Col::Left("column.became")];
    context.out.table(&answers, &columns, &rows);
    let failed = answers.iter().any(|a| a.error.is_some());
    fault.map_or(Ok(if failed { Exit::Rejected } else { Exit::Done }), Err)
}

/// One line among others: what is told of it names its ticket.
fn line_of_many(context: &Context, site: &mut Site, args: &Args, line: (&str, &str)) -> Result<Answer> {
    let doubts = doubts(context, site, args, line)?;
    if doubts.is_empty() {
        return one(context, site, args, line);
    }
    let args_of = [("ticket", line.0), ("doubts", &doubts.join(" "))];
    let told = context.out.locale.say("cli.score.doubts", &args_of);
    context.out.note(&told);
    let error = Error::Refused(Refusal::new(entry::WARNINGS));
    refused(context, error, line).map(|answer| Answer { words: told, ..answer })
}

/// What wants a yes before this mark is saved, in words; nothing when the yes is given.
fn doubts(context: &Context, site: &Site, args: &Args, (ticket, text): (&str, &str)) -> Result<Vec<String>> {
    if args.accept {
        return Ok(Vec::new());
    }
    let mark = entry::read_mark(site, text)?.0;
    let all =
        entry::warnings(site, scripts::paper(site, ticket, address(args.script), args.subject)?, args.subject, mark)?;
    Ok(all.iter().map(|w| context.out.locale.say_data(&format!("refusal.{}", w.code.0), &w.data)).collect())
}

fn one(context: &Context, site: &mut Site, args: &Args, (ticket, text): (&str, &str)) -> Result<Answer> {
    let application = scripts::paper(site, ticket, address(args.script), args.subject)?;
    let mark = entry::read_mark(site, text)?.0;
    let accepted = match args.accept {
        true => entry::warnings(site, application, args.subject, mark)?.iter().map(|w| w.code).collect(),
        false => Vec::new(),
    };
    let items = args.items.as_deref().map(entry::read_items).transpose()?;
    let remark = args.remark.clone();
    let done = site.perform(&Save { items, remark, accepted, ..Save::new(application, args.subject, mark) })?;
    let key = match done.out.outcome {
        Outcome::Settled => "cli.score.settled",
        Outcome::Differs => "cli.score.differs",
        Outcome::NeedsThird => "cli.score.needs_third",
        Outcome::Waits => "cli.score.waits",
    };
    let words = mark_words(&context.out.locale, mark);
    let differs = parts_words(&context.out.locale, &done.out.differs);
    Ok(Answer {
        ticket: ticket.to_owned(),
        mark: mark.to_string(),
        entry: Some(done.out.turn),
        outcome: Some(done.out.outcome),
        operation: done.op.map(|n| n.0),
        error: None,
        words: context.out.locale.say(key, &[("name", &done.out.name), ("mark", &words), ("parts", &differs)]),
        differs: done.out.differs,
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
        differs: Vec::new(),
        operation: None,
        words: message.message.clone(),
        error: Some(message),
    })
}
