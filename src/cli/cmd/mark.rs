//! `kaowu mark`: lock, unlock, status; change, approve, refuse, withdraw, changes, show.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, MarkChangeId, Refusal, Subject};
use crate::ops::Result;
use crate::ops::entry::{self, CheckedMark};
use crate::ops::marks::{
    self, AskChange, AskUnlock, DecideChange, DecideUnlock, Lock, Preview, Verdict, WithdrawChange, WithdrawUnlock,
};
use crate::text::locks as words;
use serde_json::json;

pub const ONE_OF: Code = Code("marks.unlock_one_of");

/// Marks that are final: locks of sessions, and changes by two persons (成绩锁定)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Args)]
struct Unlocking {
    /// Code of the session
    session: String,
    /// Agree with whoever asked
    #[arg(long)]
    approve: bool,
    /// It stays locked; with --reason
    #[arg(long)]
    refuse: bool,
    /// Ask no more
    #[arg(long)]
    withdraw: bool,
}

#[derive(Debug, clap::Args)]
struct Changing {
    /// Ticket number
    ticket: String,
    /// theory or practical
    #[arg(long, value_parser = subject)]
    subject: Subject,
    /// The new mark: 86.5, absent or void
    #[arg(long, value_name = "MARK")]
    to: String,
    /// Only show what it would do
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Lock the marks of a session (score managers)
    Lock {
        /// Code of the session
        session: String,
    },
    /// Ask to unlock a session, with --reason; a score manager agrees with --approve
    Unlock(Unlocking),
    /// How far the marks of each session are; with a code, what stands in the way of its lock
    Status {
        /// Code of the session
        session: Option<String>,
    },
    /// Ask for a change of a locked mark, with --reason; a score manager decides
    Change(Changing),
    /// Approve what somebody else asked for (score managers)
    Approve {
        /// Number of the change
        number: i64,
        /// Only show what it would do
        #[arg(long)]
        dry_run: bool,
    },
    /// Refuse it, with --reason
    Refuse {
        /// Number of the change
        number: i64,
    },
    /// Withdraw what you asked for
    Withdraw {
        /// Number of the change
        number: i64,
    },
    /// Every change, those that wait first
    Changes,
    /// One change, and what it does
    Show {
        /// Number of the change
        number: i64,
    },
}

fn subject(text: &str) -> Result<Subject, String> {
    Subject::parse(text).ok_or_else(|| Subject::ALL.map(Subject::code).join(" "))
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Lock { session } => lock(context, &session),
        What::Unlock(args) => unlock(context, &args),
        What::Status { session } => status(context, session.as_deref()),
        What::Change(args) => change(context, &args),
        What::Approve { number, dry_run: true } => show(context, MarkChangeId(number)),
        What::Approve { number, dry_run: false } => decide(context, MarkChangeId(number), Verdict::Approve),
        What::Refuse { number } => decide(context, MarkChangeId(number), Verdict::Refuse),
        What::Withdraw { number } => {
            let mut site = context.site()?;
            let done = site.perform(&WithdrawChange { change: MarkChangeId(number) })?;
            if context.out.is_json() {
                context.out.json(&json!({ "withdrawn": number, "operation": done.op }));
            }
            context.out.say("marks.withdrawn", &[("number", &number.to_string()), ("name", &done.out)]);
            Ok(Exit::Done)
        }
        What::Changes => changes(context),
        What::Show { number } => show(context, MarkChangeId(number)),
    }
}

fn lock(context: &Context, code: &str) -> Result<Exit> {
    let mut site = context.site()?;
    let session = marks::session(&site, code)?;
    let done = match site.perform(&Lock { session: session.id }) {
        Ok(done) => done,
        Err(error) => {
            // What is in the way, before the refusal that counts it.
            if !context.out.is_json() && error.refusal().is_some_and(|r| r.is(marks::IN_THE_WAY)) {
                context.out.note(&words::session_lines(&context.out.locale, &session).join("\n"));
            }
            return Err(error);
        }
    };
    if context.out.is_json() {
        context.out.json(&json!({ "locked": done.out, "operation": done.op }));
    }
    let (marks, count) = (done.out.marks.to_string(), done.out.open_incidents.to_string());
    let key = if done.out.open_incidents > 0 { "marks.locked_now_incidents" } else { "marks.locked_now" };
    context.out.say(key, &[("session", &done.out.session), ("marks", &marks), ("count", &count)]);
    Ok(Exit::Done)
}

fn unlock(context: &Context, args: &Unlocking) -> Result<Exit> {
    let mut site = context.site()?;
    let session = marks::session(&site, &args.session)?.id;
    let (reason, code) = (context.reason(), args.session.as_str());
    let (key, op) = match (args.approve, args.refuse, args.withdraw) {
        (false, false, false) => ("marks.unlock_asked_done", site.perform(&AskUnlock { session, reason })?.op),
        (true, false, false) | (false, true, false) => {
            let verdict = if args.approve { Verdict::Approve } else { Verdict::Refuse };
            let done = site.perform(&DecideUnlock { session, verdict, note: reason })?;
            (if done.out.open { "marks.opened" } else { "marks.stays_locked" }, done.op)
        }
        (false, false, true) => ("marks.unlock_withdrawn", site.perform(&WithdrawUnlock { session })?.op),
        _ => return Err(Refusal::new(ONE_OF).into()),
    };
    if context.out.is_json() {
        context.out.json(&json!({ "session": code, "locked": key != "marks.opened", "operation": op }));
    }
    context.out.say(key, &[("session", code)]);
    if key == "marks.unlock_asked_done" {
        context.out.say("cli.mark.unlock_ways", &[("session", code)]);
    }
    Ok(Exit::Done)
}

fn status(context: &Context, code: Option<&str>) -> Result<Exit> {
    let site = context.look()?;
    let locale = &context.out.locale;
    if let Some(code) = code {
        let one = marks::session(&site, code)?;
        if context.out.is_json() {
            context.out.json(&one);
        } else {
            let rows: Vec<_> = words::session_lines(locale, &one).into_iter().map(|line| vec![line]).collect();
            context.out.table(&one, &[Col::Left("column.marks_way")], &rows);
        }
        return Ok(Exit::Done);
    }
    let all = marks::sessions(&site)?;
    let rows: Vec<_> = all.iter().map(|one| words::session_cells(locale, one).to_vec()).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Left("column.session"), Col::Left("column.subject"), Col::Left("column.starts"),
        Col::Right("column.marks_expected"), Col::Right("column.marks_settled"), Col::Left("column.marks_state"),
        Col::Left("column.marks_way"),
    ];
    context.out.table(&all, &columns, &rows);
    Ok(Exit::Done)
}

/// What a change does, line by line.
fn told(context: &Context, preview: &Preview) {
    context.out.note(&words::difference_lines(&context.out.locale, preview).join("\n"));
}

fn change(context: &Context, args: &Changing) -> Result<Exit> {
    let mut site = if args.dry_run { context.look()? } else { context.site()? };
    let application = entry::by_ticket(&site, &args.ticket)?;
    let CheckedMark(mark): CheckedMark = entry::read_mark(&site, &args.to)?;
    if args.dry_run {
        return would(context, &marks::preview_ask(&site, application, args.subject, mark)?);
    }
    let op = AskChange { application, subject: args.subject, mark, reason: context.reason() };
    let done = site.perform(&op)?;
    let (number, preview) = done.out;
    if context.out.is_json() {
        context.out.json(&json!({ "number": number, "would": preview, "operation": done.op }));
    }
    told(context, &preview);
    let subject = words::subject(&context.out.locale, args.subject);
    let args = [("number", number.to_string()), ("name", preview.name.clone()), ("subject", subject)];
    let args: Vec<_> = args.iter().map(|(name, text)| (*name, text.as_str())).collect();
    context.out.say("marks.asked", &args);
    Ok(Exit::Done)
}

/// Shows what nobody has saved.
fn would(context: &Context, preview: &Preview) -> Result<Exit> {
    if context.out.is_json() {
        context.out.json(&json!({ "would": preview }));
    } else {
        words::difference_lines(&context.out.locale, preview).iter().for_each(|line| context.out.line(line));
    }
    Ok(Exit::Done)
}

fn decide(context: &Context, change: MarkChangeId, verdict: Verdict) -> Result<Exit> {
    let mut site = context.site()?;
    let done = site.perform(&DecideChange { change, verdict, note: context.reason() })?;
    if context.out.is_json() {
        context.out.json(&json!({ "decided": done.out, "operation": done.op }));
    }
    if let Some(preview) = &done.out.done {
        told(context, preview);
    }
    let key = if done.out.done.is_some() { "marks.approved" } else { "marks.refused" };
    let subject = words::subject(&context.out.locale, done.out.subject);
    let number = change.to_string();
    context.out.say(key, &[("number", &number), ("name", &done.out.name), ("subject", &subject)]);
    Ok(Exit::Done)
}

fn changes(context: &Context) -> Result<Exit> {
    let all = marks::changes(&context.look()?)?;
    let rows: Vec<_> = all.iter().map(|one| words::change_cells(&context.out.locale, one).to_vec()).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Right("column.change_number"), Col::Left("column.change_state"), Col::Left("column.person"),
        Col::Left("column.subject"), Col::Left("column.mark_change"), Col::Left("column.asked_by"),
        Col::Left("column.change_decided_by"),
    ];
    context.out.table(&all, &columns, &rows);
    Ok(Exit::Done)
}

/// A change that waits with what it would do now; a decided one as it was decided.
fn show(context: &Context, number: MarkChangeId) -> Result<Exit> {
    let site = context.look()?;
    let one = marks::change(&site, number)?;
    let would = if one.decided_at.is_none() { Some(marks::preview(&site, number)?) } else { None };
    let locale = &context.out.locale;
    if context.out.is_json() {
        context.out.json(&json!({ "change": one, "would": would }));
        return Ok(Exit::Done);
    }
    let mut lines = match &would {
        Some(preview) => words::difference_lines(locale, preview),
        None => vec![words::change_cells(locale, &one).join("  ")],
    };
    lines.extend(words::request_lines(locale, &one));
    lines.iter().for_each(|line| context.out.line(line));
    Ok(Exit::Done)
}
