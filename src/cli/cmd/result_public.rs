//! `kaowu result`: publish, finalise, withdraw; the public list; self-query; objections and re-checks.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, Day, RecheckScope, Refusal, Subject};
use crate::ops::Result;
use crate::ops::applications::named;
use crate::ops::entry::{self, CheckedMark};
use crate::ops::publicity::{
    self, Decide, Finalise, Finding, Hindrances, Object, Publish, Query, Recheck, Said, TakeBack, Withdraw,
};
use crate::text::publicity as words;
use serde_json::json;

pub const ONE_FINDING: Code = Code("objection.one_finding");
pub const SUBJECT_OR_SCOPE: Code = Code("objection.unknown_word");

#[derive(Debug, clap::Args)]
pub struct Publishing {
    /// Where it is shown: a web address, a board
    #[arg(long, default_value = "")]
    place: String,
    /// Last day on which objections are taken; default: as the notice counts
    #[arg(long, value_name = "DAY")]
    until: Option<Day>,
    /// Accept the warnings
    #[arg(long)]
    accept: bool,
    /// Only show what stands in the way
    #[arg(long)]
    check: bool,
}

#[derive(Debug, clap::Args)]
pub struct Finalising {
    /// Only show what stands in the way
    #[arg(long)]
    check: bool,
}

#[derive(Debug, clap::Args)]
pub struct Saying {
    /// Number of the application, or ticket number
    #[arg(value_name = "ID|TICKET")]
    who: String,
    /// Who says it; of a re-check the person themself by default
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Where they can be reached; default: the telephone of the application
    #[arg(long)]
    contact: Option<String>,
    /// What they say
    #[arg(long)]
    matter: String,
    /// Why it is taken after the last day
    #[arg(long, value_name = "REASON")]
    late: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct Rechecking {
    #[command(flatten)]
    saying: Saying,
    /// theory or practical
    #[arg(long)]
    subject: String,
    /// omission, addition or transfer
    #[arg(long)]
    scope: String,
}

#[derive(Debug, clap::Args)]
pub struct Deciding {
    /// Number of the objection or request
    number: i64,
    /// It is right; of a re-check with --mark
    #[arg(long)]
    founded: bool,
    /// It is not right: the mark stays as it was
    #[arg(long)]
    unfounded: bool,
    /// What was found
    #[arg(long, default_value = "")]
    finding: String,
    /// What the script comes to: 86.5, absent or void
    #[arg(long, value_name = "MARK")]
    mark: Option<String>,
}

#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// Publish the computed results (公示), or correct what is published
    Publish(Publishing),
    /// Make them final once the publication has run (定稿)
    Finalise(Finalising),
    /// Take a publication back, with --reason; once it is final two people do that
    Withdraw,
    /// Every publication of the batch
    Releases,
    /// What the public sees; with a text only the lines that show it
    Public {
        /// Part of a line
        text: Option<String>,
        /// Counts by occupation and level
        #[arg(long)]
        counts: bool,
        /// What the newest correction changed
        #[arg(long)]
        corrections: bool,
    },
    /// One person's own results, for the counter; written down
    Query {
        /// Name as filed
        name: String,
        /// Whole number of the document
        id_number: String,
    },
    /// Take an objection (异议) down
    Object(Saying),
    /// Take a request for a re-check (复核) down
    Recheck(Rechecking),
    /// Decide one that somebody else took down
    Decide(Deciding),
    /// Whoever raised it withdraws it, with --reason
    TakeBack {
        /// Number of the objection or request
        number: i64,
    },
    /// Objections and re-checks with their days; with a number, all of one
    Objections {
        /// Number of the objection
        number: Option<i64>,
    },
}

pub fn run(context: &mut Context, what: What) -> Result<Exit> {
    match what {
        What::Publish(args) => publish(context, args),
        What::Finalise(args) => finalise(context, &args),
        What::Withdraw => withdraw(context),
        What::Releases => releases(context),
        What::Public { text, counts, corrections } => public(context, text.as_deref(), counts, corrections),
        What::Query { name, id_number } => query(context, name, id_number),
        What::Object(args) => object(context, args),
        What::Recheck(args) => recheck(context, args),
        What::Decide(args) => decide(context, args),
        What::TakeBack { number } => take_back(context, number),
        What::Objections { number } => objections(context, number),
    }
}

/// The list before the act; `Done` where nothing has to be put right or accepted.
fn told(context: &Context, found: &Hindrances) -> Exit {
    if context.out.is_json() {
        context.out.json(found);
    } else if found.is_clear() {
        context.out.say("publicity.clear", &[]);
    } else {
        words::hindrance_lines(&context.out.locale, found).iter().for_each(|line| context.out.line(line));
    }
    if found.stops.is_empty() { Exit::Done } else { Exit::Refused }
}

/// What stands in the way, before the refusal that counts it.
fn before(context: &Context, found: &Hindrances) {
    if !context.out.is_json() && !found.is_clear() {
        context.out.note(&words::hindrance_lines(&context.out.locale, found).join("\n"));
    }
}

fn publish(context: &Context, args: Publishing) -> Result<Exit> {
    if args.check {
        let (_, found) = publicity::publish_check(&context.look()?, args.until)?;
        return Ok(told(context, &found));
    }
    let mut site = context.site()?;
    let (_, found) = publicity::publish_check(&site, args.until)?;
    before(context, &found);
    let accepted = if args.accept { found.codes() } else { Vec::new() };
    let done = site.perform(&Publish { place: args.place, until: args.until, accepted })?;
    let out = &done.out;
    if context.out.is_json() {
        context.out.json(&json!({ "published": out, "operation": done.op }));
    }
    let (number, people, until) = (out.number.to_string(), out.people.to_string(), out.until.to_string());
    match out.corrects {
        Some(old) => {
            let old = old.to_string();
            let args = [("number", number.as_str()), ("people", &people), ("until", &until), ("old", &old)];
            context.out.say("publicity.published_correction", &args);
            let newest = publicity::release(&site, out.number)?.row;
            let lines = words::corrected_lines(&context.out.locale, &publicity::corrected(&site, &newest)?);
            context.out.note(&lines.join("\n"));
        }
        None => {
            context.out.say("publicity.published", &[("number", &number), ("people", &people), ("until", &until)]);
        }
    }
    Ok(Exit::Done)
}

fn finalise(context: &Context, args: &Finalising) -> Result<Exit> {
    if args.check {
        return Ok(told(context, &publicity::finalise_check(&context.look()?)?));
    }
    let mut site = context.site()?;
    before(context, &publicity::finalise_check(&site)?);
    let done = site.perform(&Finalise::default())?;
    if context.out.is_json() {
        context.out.json(&json!({ "final": done.out, "operation": done.op }));
    }
    let (number, people) = (done.out.number.to_string(), done.out.people.to_string());
    let held = done.out.held.to_string();
    let key = if done.out.held > 0 { "publicity.finalised_held" } else { "publicity.finalised" };
    context.out.say(key, &[("number", &number), ("people", &people), ("held", &held)]);
    Ok(Exit::Done)
}

fn withdraw(context: &Context) -> Result<Exit> {
    let mut site = context.site()?;
    let done = site.perform(&Withdraw { reason: context.reason() })?;
    if context.out.is_json() {
        context.out.json(&json!({ "withdrawn": done.out, "operation": done.op }));
    }
    context.out.say("publicity.withdrawn", &[("number", &done.out.number.to_string())]);
    Ok(Exit::Done)
}

fn releases(context: &Context) -> Result<Exit> {
    let all = publicity::releases(&context.look()?)?;
    let rows: Vec<_> = all.iter().map(|r| words::release_cells(&context.out.locale, r).to_vec()).collect();
    let columns = [
        Col::Right("publicity.column.number"),
        Col::Left("column.state"),
        Col::Right("publicity.column.people"),
        Col::Left("publicity.column.from"),
        Col::Left("publicity.column.until"),
        Col::Left("publicity.column.place"),
        Col::Left("publicity.column.by"),
        Col::Left("publicity.column.note"),
    ];
    context.out.table(&all, &columns, &rows);
    Ok(Exit::Done)
}

fn public(context: &Context, text: Option<&str>, counts: bool, corrections: bool) -> Result<Exit> {
    let site = context.look()?;
    let locale = &context.out.locale;
    let list = publicity::public(&site, text.unwrap_or_default())?;
    if corrections {
        let all = publicity::corrected(&site, &list.release)?;
        let rows: Vec<_> = words::corrected_lines(locale, &all).into_iter().map(|line| vec![line]).collect();
        context.out.table(&rows, &[Col::Left("publicity.column.correction")], &rows);
        return Ok(Exit::Done);
    }
    if counts {
        counted(context, &publicity::public_counts(&list));
        return Ok(Exit::Done);
    }
    let cells = |row| list.columns.iter().map(|c| words::cell_words(locale, c.cell(row))).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = list.rows.iter().map(cells).collect();
    let columns: Vec<_> = list.columns.iter().map(|c| Col::Left(c.key())).collect();
    // Only what the public sees, also for machines.
    let named: Vec<serde_json::Value> = rows
        .iter()
        .map(|row| {
            let name = |key: &str| key.rsplit('.').next().unwrap_or(key).to_owned();
            let fields = list.columns.iter().zip(row).map(|(c, text)| (name(c.key()), json!(text)));
            serde_json::Value::Object(fields.collect())
        })
        .collect();
    context.out.table(&named, &columns, &rows);
    Ok(Exit::Done)
}

fn counted(context: &Context, all: &[publicity::PublicCount]) {
    let locale = &context.out.locale;
    let row = |c: &publicity::PublicCount| {
        let level = c.level.map(|l| locale.word(&l.key()).to_owned()).unwrap_or_default();
        let counts = [c.people, c.passed, c.failed, c.incomplete].map(|n| n.to_string());
        [vec![c.occupation_name.clone(), level], counts.to_vec()].concat()
    };
    let rows: Vec<_> = all.iter().map(row).collect();
    let columns = [
        Col::Left("results.column.occupation"),
        Col::Left("results.column.level"),
        Col::Right("publicity.column.people"),
        Col::Right("results.column.passed"),
        Col::Right("results.column.failed"),
        Col::Right("results.column.incomplete"),
    ];
    context.out.table(&all, &columns, &rows);
}

/// The same answer whoever is not there: a wrong name, an unknown number, nothing published.
fn query(context: &Context, name: String, id_number: String) -> Result<Exit> {
    let done = context.site()?.perform(&Query { name, id_number })?;
    if context.out.is_json() {
        context.out.json(&json!({ "found": done.out.is_some(), "answer": done.out, "operation": done.op }));
    }
    match &done.out {
        Some(answer) => {
            if !context.out.is_json() {
                words::answer_lines(&context.out.locale, answer).iter().for_each(|line| context.out.line(line));
            }
            Ok(Exit::Done)
        }
        None => {
            context.out.say("publicity.no_answer", &[]);
            Ok(Exit::Refused)
        }
    }
}

fn said(args: &Saying) -> Said {
    Said {
        raised_by: args.by.clone(),
        contact: args.contact.clone(),
        matter: args.matter.clone(),
        late: args.late.clone(),
    }
}

fn taken(context: &Context, key: &str, done: &crate::ops::Done<publicity::Taken>) -> Exit {
    if context.out.is_json() {
        context.out.json(&json!({ "objection": done.out, "operation": done.op }));
    }
    let (number, day) = (done.out.number.to_string(), done.out.decide_by.to_string());
    context.out.say(key, &[("number", &number), ("name", &done.out.name), ("day", &day)]);
    Exit::Done
}

fn object(context: &Context, args: Saying) -> Result<Exit> {
    let mut site = context.site()?;
    let application = named(&site, &args.who)?.id;
    let done = site.perform(&Object { application, said: said(&args) })?;
    Ok(taken(context, "objection.taken", &done))
}

fn recheck(context: &Context, args: Rechecking) -> Result<Exit> {
    let unknown = |value: &str| Refusal::new(SUBJECT_OR_SCOPE).with("value", value);
    let subject = Subject::parse(&args.subject).ok_or_else(|| unknown(&args.subject))?;
    let scope = RecheckScope::parse(&args.scope).ok_or_else(|| unknown(&args.scope))?;
    let mut site = context.site()?;
    let application = named(&site, &args.saying.who)?.id;
    let done = site.perform(&Recheck { application, subject, scope, said: said(&args.saying) })?;
    Ok(taken(context, "objection.recheck_taken", &done))
}

fn decide(context: &Context, args: Deciding) -> Result<Exit> {
    let finding = match (args.founded, args.unfounded) {
        (true, false) => Finding::Founded,
        (false, true) => Finding::Unfounded,
        _ => return Err(Refusal::new(ONE_FINDING).into()),
    };
    let mut site = context.site()?;
    let mark = match args.mark.as_deref() {
        Some(text) => {
            let CheckedMark(mark): CheckedMark = entry::read_mark(&site, text)?;
            Some(mark)
        }
        None => None,
    };
    let done = site.perform(&Decide { number: args.number, finding, words: args.finding, mark })?;
    if context.out.is_json() {
        context.out.json(&json!({ "decided": done.out, "operation": done.op }));
    }
    let number = done.out.number.to_string();
    let change = done.out.change.map(|c| c.to_string()).unwrap_or_default();
    let key = match (done.out.founded, done.out.change) {
        (true, Some(_)) => "objection.founded_change",
        (true, None) => "objection.founded",
        (false, _) => "objection.unfounded",
    };
    context.out.say(key, &[("number", &number), ("name", &done.out.name), ("change", &change)]);
    Ok(Exit::Done)
}

fn take_back(context: &Context, number: i64) -> Result<Exit> {
    let done = context.site()?.perform(&TakeBack { number, reason: context.reason() })?;
    if context.out.is_json() {
        context.out.json(&json!({ "withdrawn": number, "operation": done.op }));
    }
    context.out.say("objection.taken_back", &[("number", &number.to_string()), ("name", &done.out)]);
    Ok(Exit::Done)
}

fn objections(context: &Context, number: Option<i64>) -> Result<Exit> {
    let site = context.look()?;
    let locale = &context.out.locale;
    if let Some(number) = number {
        let one = publicity::objection(&site, number)?;
        let rows: Vec<_> = words::objection_lines(locale, &one).into_iter().map(|line| vec![line]).collect();
        context.out.table(&one, &[Col::Left("objection.column.one")], &rows);
        return Ok(Exit::Done);
    }
    let all = publicity::objections(&site)?;
    let rows: Vec<_> = all.iter().map(|case| words::objection_cells(locale, case).to_vec()).collect();
    let columns = [
        Col::Right("column.case_number"),
        Col::Left("objection.column.kind"),
        Col::Left("objection.column.person"),
        Col::Left("column.matter"),
        Col::Left("column.state"),
        Col::Left("column.countdown"),
        Col::Left("column.handler"),
    ];
    context.out.table(&all, &columns, &rows);
    Ok(Exit::Done)
}
