//! `kaowu sanction`: impose, lift, list.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, Refusal, Subject, identity};
use crate::ops::Result;
use crate::ops::applications::named;
use crate::ops::sanctions::{self, Act, Impose, Lift, Listed};
use crate::text::sanction;
use serde_json::json;

pub const UNKNOWN_ACT: Code = Code("sanctions.unknown_act");
pub const UNKNOWN_SUBJECT: Code = Code("sanctions.unknown_subject");

/// Sanctions: lost rights, void marks, bars (处罚与限考)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Record a decision and what follows from it by the policy; wants --reason
    Impose {
        /// Number of the application, or ticket number
        #[arg(value_name = "ID|TICKET")]
        who: String,
        /// What was done: false_materials, misconduct, cheating or impersonation
        #[arg(long)]
        act: String,
        /// The notice's clause or the number of the decision
        #[arg(long)]
        basis: String,
        /// What proves it
        #[arg(long)]
        evidence: Option<String>,
        /// theory, practical or review, where only one part is lost
        #[arg(long)]
        subject: Option<String>,
    },
    /// End a sanction; wants --reason. What it took is not given back by itself
    Lift {
        /// Number of the sanction, as the list has it
        number: i64,
    },
    /// All sanctions of this site, of every batch
    List,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Impose { who, act, basis, evidence, subject } => {
            let act = Act::parse(&act).ok_or_else(|| {
                let known: Vec<_> = Act::ALL.iter().map(|a| a.code()).collect();
                Refusal::new(UNKNOWN_ACT).with("value", act.as_str()).with("known", known.join(" "))
            })?;
            let read = |text: String| {
                Subject::ALL
                    .into_iter()
                    .find(|s| s.code() == text)
                    .ok_or_else(|| Refusal::new(UNKNOWN_SUBJECT).with("value", text.as_str()))
            };
            let subject = subject.map(read).transpose()?;
            let mut site = context.site()?;
            let application = named(&site, &who)?.id;
            let reason = context.reason();
            let done = site.perform(&Impose { application, act, subject, reason, basis, evidence })?;
            let op = done.op.map_or(0, |n| n.0);
            if context.out.is_json() {
                context.out.json(&json!({ "sanction": done.out, "operation": op }));
            }
            context.out.note(&sanction::imposed(&context.out.locale, &done.out, op));
            Ok(Exit::Done)
        }
        What::Lift { number } => {
            let mut site = context.site()?;
            let done = site.perform(&Lift { sanction: number, reason: context.reason() })?;
            let op = done.op.map_or(0, |n| n.0);
            if context.out.is_json() {
                context.out.json(&json!({ "lifted": done.out, "operation": op }));
            }
            context.out.note(&sanction::lifted(&context.out.locale, &done.out, op));
            Ok(Exit::Done)
        }
        What::List => {
            let found = sanctions::register(&context.look()?)?;
            list(context, &found);
            Ok(Exit::Done)
        }
    }
}

fn list(context: &Context, found: &[Listed]) {
    let locale = &context.out.locale;
    let row = |s: &Listed| {
        vec![
            s.number.to_string(),
            s.name.clone(),
            identity::mask(&s.id_number),
            locale.word(&format!("act.{}", s.act)).to_owned(),
            sanction::effects(locale, s),
            s.until.map(|d| d.to_string()).unwrap_or_default(),
            s.basis.clone(),
            sanction::state(locale, s),
        ]
    };
    let rows: Vec<_> = found.iter().map(row).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Right("column.id"), Col::Left("column.person"), Col::Left("column.id_number"), Col::Left("column.act"),
        Col::Left("column.effects"), Col::Left("column.until"), Col::Left("column.basis"), Col::Left("column.state"),
    ];
    context.out.table(&found, &columns, &rows);
}
