//! `kaowu incident`: report, decide, lift, list, show, acts.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, IncidentId, Refusal, Stamp};
use crate::ops::conduct::{self, Decide, Lift, Listed, Outcome, Place, Report, Verdict};
use crate::ops::{CandidateSignature, IncidentState, Result, Site, checkin};
use crate::text::conduct as words;
use crate::text::eligibility::words as in_words;
use serde_json::json;

pub const BAD_CHOICE: Code = Code("conduct.bad_choice");
pub const ONE_OF: Code = Code("conduct.one_of");

/// Incidents: misconduct on the exam day, what is decided, what follows (违纪登记)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Args)]
struct Reporting {
    /// Code of the session; default: the one that is on
    #[arg(long, value_name = "CODE")]
    session: Option<String>,
    /// Room-seat such as 3-12, a ticket number, or a room alone when it was nobody in particular
    #[arg(long, value_name = "SEAT|TICKET|ROOM")]
    who: String,
    /// Code of the act; `incident acts` shows them
    #[arg(long, value_name = "CODE")]
    act: String,
    /// When, as 09:12 or with the day; default: now
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// The candidate was warned and went on
    #[arg(long)]
    warned: bool,
    /// What was seen
    #[arg(long)]
    facts: String,
    /// One piece; may be given several times
    #[arg(long, value_name = "PIECE")]
    evidence: Vec<String>,
    /// Two different names: give it twice
    #[arg(long, value_name = "NAME", required = true)]
    invigilator: Vec<String>,
    /// Of the candidate: signed, refused or gone
    #[arg(long, default_value = "signed")]
    signature: String,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Write down what two invigilators saw
    Report(Reporting),
    /// Decide an incident that somebody else reported; everything that follows is done at once
    Decide {
        /// Number of the incident
        number: i64,
        /// A milder outcome than the table's, with --reason; default: as the table says
        #[arg(long)]
        outcome: Option<String>,
        /// No misconduct; wants --reason
        #[arg(long)]
        dismiss: bool,
        /// Only show what it would do
        #[arg(long)]
        dry_run: bool,
    },
    /// Take a decision back, with --reason: marks, seat and bar as before, another decision is due
    Lift {
        /// Number of the incident
        number: i64,
    },
    /// Every incident of the batch, those without a decision first
    List {
        /// Only those without a decision
        #[arg(long)]
        undecided: bool,
    },
    /// Everything about one
    Show {
        /// Number of the incident
        number: i64,
    },
    /// The acts that can be reported and what follows them
    Acts {
        /// Another table than the policy's
        #[arg(long, value_name = "NAME")]
        table: Option<String>,
    },
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Report(what) => report(context, what),
        What::Decide { number, outcome, dismiss, dry_run } => {
            let verdict = verdict(outcome.as_deref(), dismiss)?;
            let op = Decide { incident: IncidentId(number), verdict, reason: context.reason() };
            let mut site = context.site()?;
            let done = if dry_run { site.preview(&op)? } else { site.perform(&op)? };
            if context.out.is_json() {
                context.out.json(&json!({ "decided": done.out, "operation": done.op }));
            }
            context.out.note(&words::decided(&context.out.locale, &done.out));
            Ok(Exit::Done)
        }
        What::Lift { number } => {
            let mut site = context.site()?;
            let done = site.perform(&Lift { incident: IncidentId(number), reason: context.reason() })?;
            if context.out.is_json() {
                context.out.json(&json!({ "lifted": done.out, "operation": done.op }));
            }
            context.out.note(&words::lifted(&context.out.locale, &done.out));
            Ok(Exit::Done)
        }
        What::List { undecided } => {
            let site = context.look()?;
            let mut all = conduct::incidents(&site)?;
            all.retain(|one| !undecided || one.state == IncidentState::Reported);
            list(context, &site, &all);
            Ok(Exit::Done)
        }
        What::Show { number } => show(context, IncidentId(number)),
        What::Acts { table } => acts(context, table.as_deref()),
    }
}

fn bad(value: &str, known: impl Iterator<Item = &'static str>) -> Refusal {
    Refusal::new(BAD_CHOICE).with("value", value).with("known", known.collect::<Vec<_>>().join(" "))
}

fn verdict(outcome: Option<&str>, dismiss: bool) -> Result<Verdict> {
    let read = |text: &str| Outcome::parse(text).ok_or_else(|| bad(text, Outcome::ALL.iter().map(|o| o.code())));
    match (outcome, dismiss) {
        (Some(_), true) => Err(Refusal::new(ONE_OF).into()),
        (None, true) => Ok(Verdict::Dismiss),
        (outcome, false) => Ok(Verdict::Confirm(outcome.map(read).transpose()?)),
    }
}

fn report(context: &Context, what: Reporting) -> Result<Exit> {
    let signature = CandidateSignature::parse(&what.signature)
        .ok_or_else(|| bad(&what.signature, CandidateSignature::ALL.iter().map(|s| s.code())))?;
    let mut site = context.site()?;
    let session = checkin::by_code(&site, what.session.as_deref())?;
    let at: Stamp = match &what.at {
        Some(text) => conduct::read_time(text, session.starts_at.day())?,
        None => site.now(),
    };
    let Place { room, seat, application } = conduct::read_place(&site, &what.who)?;
    let mut names = what.invigilator.into_iter();
    let invigilators = [names.next().unwrap_or_default(), names.next().unwrap_or_default()];
    let evidence = (!what.evidence.is_empty()).then(|| what.evidence.join("\n"));
    let (act, warned, facts) = (what.act, what.warned, what.facts);
    let session = session.id;
    #[rustfmt::skip]
    let op = Report { session, room, seat, application, act, at, warned, facts, evidence, invigilators, signature };
    let done = site.perform(&op)?;
    if context.out.is_json() {
        context.out.json(&json!({ "reported": done.out, "operation": done.op }));
    }
    context.out.note(&words::reported(&context.out.locale, &done.out));
    Ok(Exit::Done)
}

fn list(context: &Context, site: &Site, all: &[Listed]) {
    let locale = &context.out.locale;
    let row = |one: &Listed| {
        let acts = conduct::acts(site, Some(&one.table)).ok();
        vec![
            one.number.to_string(),
            locale.word(&format!("conduct_state.{}", one.state.code())).to_owned(),
            one.session_code.clone(),
            words::place(locale, one.room_number, one.seat),
            words::who(locale, one.name.as_deref()),
            format!("{} {}", one.act, words::act(locale, acts.as_ref(), &one.act)),
            one.outcome.as_deref().and_then(Outcome::parse).map(|o| words::outcome(locale, o)).unwrap_or_default(),
        ]
    };
    #[rustfmt::skip]
    let columns = [
        Col::Right("column.incident"), Col::Left("column.conduct_state"), Col::Left("column.session"),
        Col::Left("column.where"), Col::Left("column.person"), Col::Left("column.act"),
        Col::Left("column.conduct_outcome"),
    ];
    context.out.table(&all, &columns, &all.iter().map(row).collect::<Vec<_>>());
}

fn show(context: &Context, number: IncidentId) -> Result<Exit> {
    let site = context.look()?;
    let one = conduct::one(&site, number)?;
    if context.out.is_json() {
        context.out.json(&one);
        return Ok(Exit::Done);
    }
    let acts = conduct::acts(&site, Some(&one.table)).ok();
    let lines = words::lines(&context.out.locale, &one, acts.as_ref());
    let rows: Vec<_> = lines.into_iter().map(|(label, content)| vec![label, content]).collect();
    context.out.table(&one, &[Col::Left("column.field"), Col::Left("column.content")], &rows);
    Ok(Exit::Done)
}

fn acts(context: &Context, table: Option<&str>) -> Result<Exit> {
    let table = conduct::acts(&context.look()?, table)?;
    let locale = &context.out.locale;
    let rows: Vec<_> = table
        .acts
        .iter()
        .map(|act| {
            let again = act.again.map(|o| {
                let outcome = words::outcome(locale, o);
                format!("  {}", locale.say("conduct.again", &[("outcome", &outcome)]))
            });
            let first = if act.warn_first { locale.word("conduct.yes") } else { "" };
            let outcome = format!("{}{}", words::outcome(locale, act.outcome), again.unwrap_or_default());
            vec![act.code.clone(), in_words(locale, &act.words).to_owned(), first.to_owned(), outcome]
        })
        .collect();
    #[rustfmt::skip]
    let columns = [
        Col::Left("column.code"), Col::Left("column.act"), Col::Left("column.conduct_first"),
        Col::Left("column.conduct_outcome"),
    ];
    context.out.table(&table, &columns, &rows);
    Ok(Exit::Done)
}
