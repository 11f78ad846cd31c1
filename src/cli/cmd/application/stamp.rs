//! `kaowu application stamp` and `unstamp`: what stands in the boxes of the paper form.
use super::review::parsed;
use crate::cli::{Context, Exit};
use crate::model::Day;
use crate::ops::Result;
use crate::ops::applications::named;
use crate::ops::reviews::{PutStamp, StampBy, TakeStampOff, Whom};
use serde_json::json;

const NODES: &str = "employer|department|county|prefecture|region|issuer|experts";

#[derive(Debug, clap::Args)]
pub struct Args {
    /// employer, department, county, prefecture, region, issuer or experts
    node: String,
    /// Numbers of applications, or ticket numbers
    #[arg(required_unless_present = "all", conflicts_with = "all", value_name = "ID|TICKET")]
    who: Vec<String>,
    /// Everybody whose form waits for this stamp
    #[arg(long, requires = "count")]
    all: bool,
    /// How many wait; must be right
    #[arg(long, value_name = "N")]
    count: Option<usize>,
    /// The opinion as written
    #[arg(long, value_name = "TEXT")]
    opinion: String,
    /// The opinion is against the applicant
    #[arg(long)]
    against: bool,
    /// Signed only: the box has no stamp and is void
    #[arg(long)]
    unstamped: bool,
    /// Who handled it (经办人)
    #[arg(long, value_name = "NAME")]
    signed_by: Option<String>,
    /// Who is responsible (负责人)
    #[arg(long, value_name = "NAME")]
    responsible: Option<String>,
    /// Day written on the form; default: today
    #[arg(long, value_name = "DAY")]
    date: Option<Day>,
    /// Number of the document (文号)
    #[arg(long, value_name = "NUMBER")]
    document_no: Option<String>,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    let node = parsed(&args.node, StampBy::parse, NODES)?;
    let mut site = context.site()?;
    let ids = args.who.iter().map(|text| named(&site, text).map(|row| row.id)).collect::<Result<Vec<_>>>()?;
    let done = site.perform_bulk(&PutStamp {
        node,
        whom: if args.all { Whom::Waiting } else { Whom::These(ids) },
        opinion: args.opinion,
        agrees: !args.against,
        stamped: !args.unstamped,
        handled_by: args.signed_by,
        responsible: args.responsible,
        dated: args.date,
        document_no: args.document_no,
        count: args.count,
    })?;
    let (out, op) = (&done.out, done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        context.out.json(&json!({ "node": node, "stamped": out.people, "approved": out.approved, "void": out.void, "operation": op }));
    }
    let (count, approved) = (out.people.to_string(), out.approved.to_string());
    let stamp = context.out.locale.word(&node.key()).to_owned();
    let args = [("stamp", stamp.as_str()), ("count", &count), ("approved", &approved), ("op", &op.to_string())];
    context.out.say("reviews.stamped", &args);
    if let Some(void) = out.void {
        let state = context.out.locale.word(&void.key()).to_owned();
        context.out.say("reviews.stamped_void", &[("stamp", &stamp), ("state", &state)]);
    }
    Ok(Exit::Done)
}

pub fn unstamp(context: &mut Context, node: &str, who: &str) -> Result<Exit> {
    let node = parsed(node, StampBy::parse, NODES)?;
    let mut site = context.site()?;
    let application = named(&site, who)?.id;
    let done = site.perform(&TakeStampOff { application, node, reason: context.reason() })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "application": application, "node": node, "operation": op }));
    }
    let stamp = context.out.locale.word(&node.key()).to_owned();
    context.out.say("reviews.unstamped", &[("name", &done.out), ("stamp", &stamp), ("op", &op.to_string())]);
    Ok(Exit::Done)
}
