//! `kaowu result compute`, `changes`, `standing`, `audit`, `sent`, `compare`: results that are settled and go out.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::Day;
use crate::ops::results::{
    self, Answer, AnswerAudit, AskAudit, Changed, ComputationStanding, Compute, Counts, SendSummary, Stamped,
};
use crate::ops::{Result, SentManner};
use crate::text::results as words;
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// Compute everybody's outcome and store it; each computation stays
    Compute,
    /// Who came to something else in the newest computation, or would in a new one with --next
    Changes {
        /// Against the marks as they are now, without computing
        #[arg(long)]
        next: bool,
    },
    /// Where results stand: computed, audited, summary sent
    Standing,
    /// Audit of results by the office, where the notice asks for it (结果审核)
    #[command(subcommand)]
    Audit(AuditWhat),
    /// The summary table that was signed, stamped and sent (汇总表)
    Sent(SentArgs),
    /// Beside an earlier batch of the site, or one in a bundle
    Compare {
        /// Code of the other batch; default: the one before
        batch: Option<String>,
        /// Folder of a bundle that is only read
        #[arg(long, value_name = "FOLDER", conflicts_with = "batch")]
        bundle: Option<PathBuf>,
    },
}

#[derive(Debug, clap::Subcommand)]
pub enum AuditWhat {
    /// Send the newest computation
    Ask {
        /// To whom it went, and how
        #[arg(long)]
        note: Option<String>,
    },
    /// The office approved; recorded by somebody else than who sent it
    Approve(Reply),
    /// The office sent it back; say with --note what is to be mended
    Return(Reply),
    /// How it stands, and every asking
    List,
}

#[derive(Debug, clap::Args)]
pub struct Reply {
    /// Who answered, at the office
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Day of the answer; default: today
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
    /// Number of the document (文号)
    #[arg(long, value_name = "NUMBER")]
    document: Option<String>,
    /// What was said
    #[arg(long)]
    note: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct SentArgs {
    /// To whom; without it, what was sent is listed
    #[arg(long, value_name = "OFFICE", requires = "signed_by")]
    to: Option<String>,
    /// Who put their name under it
    #[arg(long, value_name = "NAME")]
    signed_by: Option<String>,
    /// It carries the stamp
    #[arg(long)]
    stamped: bool,
    /// Who sent it; default: whoever is signed on
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Day; default: today
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
    /// By hand, by post, on the platform or as a file
    #[arg(long, value_enum, default_value = "paper")]
    manner: Manner,
    /// Whatever else
    #[arg(long)]
    note: Option<String>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Manner {
    Paper,
    Post,
    Platform,
    File,
}

pub fn run(context: &mut Context, what: What) -> Result<Exit> {
    match what {
        What::Compute => compute(context),
        What::Changes { next } => changes(context, next),
        What::Standing => standing(context),
        What::Audit(what) => audit(context, what),
        What::Sent(args) => sent(context, args),
        What::Compare { batch, bundle } => compare(context, batch.as_deref(), bundle.as_deref()),
    }
}

fn compute(context: &Context) -> Result<Exit> {
    let mut site = context.site()?;
    let reason = Some(context.reason()).filter(|reason| !reason.trim().is_empty());
    let done = site.perform(&Compute { reason })?;
    let changed = match done.out.before {
        Some(before) => results::between(&site, before, done.out.computation.id)?,
        None => Vec::new(),
    };
    if context.out.is_json() {
        context.out.json(&json!({ "computed": done.out, "changed": changed, "operation": done.op }));
        return Ok(Exit::Done);
    }
    if !changed.is_empty() {
        table(context, &changed);
    }
    context.out.note(&words::computed(&context.out.locale, &done.out, changed.len()));
    Ok(Exit::Done)
}

fn changes(context: &Context, next: bool) -> Result<Exit> {
    let site = context.look()?;
    let all = results::computations(&site)?;
    let changed = match (next, all.as_slice()) {
        (true, _) => match results::standing(&site)? {
            ComputationStanding::Changed { people } => people,
            ComputationStanding::None | ComputationStanding::Holds => Vec::new(),
        },
        (false, [after, before, ..]) => results::between(&site, before.id, after.id)?,
        (false, _) => Vec::new(),
    };
    table(context, &changed);
    context.out.say("results.changed_count", &[("count", &changed.len().to_string())]);
    Ok(Exit::Done)
}

fn table(context: &Context, changed: &[Changed]) {
    let locale = &context.out.locale;
    let line = |c: &Changed| {
        let level = locale.word(&c.level.key()).to_owned();
        let who = vec![c.ticket.clone().unwrap_or_default(), c.name.clone(), c.occupation_name.clone(), level];
        [who, vec![words::came(locale, c.before.as_ref()), words::came(locale, c.after.as_ref())]].concat()
    };
    let columns = [
        Col::Left("results.column.ticket"),
        Col::Left("results.column.candidate"),
        Col::Left("results.column.occupation"),
        Col::Left("results.column.level"),
        Col::Left("results.was.outcome"),
        Col::Left("results.is.outcome"),
    ];
    context.out.table(&changed, &columns, &changed.iter().map(line).collect::<Vec<_>>());
}

fn standing(context: &Context) -> Result<Exit> {
    let site = context.look()?;
    let (all, now) = (results::computations(&site)?, results::standing(&site)?);
    let (audit, summary) = (results::audit(&site)?, results::summary(&site)?);
    if context.out.is_json() {
        context.out.json(&json!({ "standing": now, "computations": all, "audit": audit, "summary": summary }));
        return Ok(Exit::Done);
    }
    for line in words::standing(&context.out.locale, (&all, &now), &audit, &summary) {
        context.out.line(&line);
    }
    Ok(Exit::Done)
}

fn audit(context: &Context, what: AuditWhat) -> Result<Exit> {
    let answer = |answer, reply: Reply| AnswerAudit {
        answer,
        auditor: reply.by,
        on: reply.on,
        document_no: reply.document,
        note: reply.note,
    };
    let (row, op) = match what {
        AuditWhat::List => return audits(context),
        AuditWhat::Ask { note } => {
            let done = context.site()?.perform(&AskAudit { note })?;
            (done.out, done.op)
        }
        AuditWhat::Approve(reply) => {
            let done = context.site()?.perform(&answer(Answer::Approve, reply))?;
            (done.out, done.op)
        }
        AuditWhat::Return(reply) => {
            let done = context.site()?.perform(&answer(Answer::Return, reply))?;
            (done.out, done.op)
        }
    };
    if context.out.is_json() {
        context.out.json(&json!({ "audit": row, "operation": op }));
    }
    context.out.say(&format!("results.audit_done.{}", row.state.code()), &[]);
    Ok(Exit::Done)
}

fn audits(context: &Context) -> Result<Exit> {
    let audit = results::audit(&context.look()?)?;
    let locale = &context.out.locale;
    let rows: Vec<_> = audit.rows.iter().map(|row| words::audit_cells(locale, row)).collect();
    let columns = [
        Col::Left("results.audit_column.asked"),
        Col::Left("results.audit_column.state"),
        Col::Left("results.audit_column.on"),
        Col::Left("results.audit_column.auditor"),
        Col::Left("results.audit_column.document"),
        Col::Left("results.audit_column.note"),
    ];
    context.out.table(&audit, &columns, &rows);
    context.out.note(&words::audit(locale, &audit));
    Ok(Exit::Done)
}

fn sent(context: &Context, args: SentArgs) -> Result<Exit> {
    let SentArgs { to, signed_by, stamped, by, on, manner, note } = args;
    let Some(recipient) = to else { return sent_list(context) };
    let manner = match manner {
        Manner::Paper => SentManner::Paper,
        Manner::Post => SentManner::Post,
        Manner::Platform => SentManner::Platform,
        Manner::File => SentManner::File,
    };
    let stamped = if stamped { Stamped::Yes } else { Stamped::No };
    let signed_by = signed_by.unwrap_or_default();
    let mut site = context.site()?;
    let done = site.perform(&SendSummary { recipient, on, sent_by: by, signed_by, stamped, manner, note })?;
    if context.out.is_json() {
        context.out.json(&json!({ "sent": done.out, "operation": done.op }));
    }
    context.out.note(&words::summary(&context.out.locale, &results::summary(&site)?));
    Ok(Exit::Done)
}

fn sent_list(context: &Context) -> Result<Exit> {
    let summary = results::summary(&context.look()?)?;
    let locale = &context.out.locale;
    let rows: Vec<_> = summary.rows.iter().map(|row| words::sent_cells(locale, row)).collect();
    let columns = [
        Col::Left("results.sent.on"),
        Col::Left("results.sent.recipient"),
        Col::Left("results.sent.sent_by"),
        Col::Left("results.sent.signed_by"),
        Col::Left("results.sent.manner"),
        Col::Left("results.sent.note"),
    ];
    context.out.table(&summary, &columns, &rows);
    context.out.note(&words::summary(locale, &summary));
    Ok(Exit::Done)
}

fn compare(context: &Context, batch: Option<&str>, bundle: Option<&Path>) -> Result<Exit> {
    let site = context.look()?;
    let both = match bundle {
        Some(folder) => results::compare_with(&site, &results::from_bundle(&site, folder)?)?,
        None => results::compare(&site, batch)?,
    };
    let locale = &context.out.locale;
    let side = |c: Option<&Counts>| match c {
        Some(c) => words::rate(c),
        None => "-".to_owned(),
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for r in &both.rows {
        let rise = r.rise().map(results::points_of).unwrap_or_default();
        let level = locale.word(&r.level.key()).to_owned();
        rows.push(vec![r.occupation_name.clone(), level, side(r.now.as_ref()), side(r.then.as_ref()), rise]);
    }
    let rise = results::rise(&both.now.totals, &both.then.totals).map(results::points_of).unwrap_or_default();
    let total = locale.word("results.total").to_owned();
    rows.push(vec![total, String::new(), side(Some(&both.now.totals)), side(Some(&both.then.totals)), rise]);
    let columns = [
        Col::Left("results.column.occupation"),
        Col::Left("results.column.level"),
        Col::Right("results.is.rate"),
        Col::Right("results.was.rate"),
        Col::Right("results.column.rise"),
    ];
    context.out.table(&both, &columns, &rows);
    context.out.say("results.compared", &[("now", &both.now.name), ("then", &both.then.name)]);
    Ok(Exit::Done)
}
