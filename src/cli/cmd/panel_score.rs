//! `kaowu panel score`: one member's sheet for one candidate.
use super::panel::who;
use crate::cli::Context;
use crate::model::{Code, Points, Refusal};
use crate::ops::Result;
use crate::ops::panel::{self, Score, UNKNOWN_MEMBER, read_points};
use serde_json::json;

pub const BAD_ITEM: Code = Code("panel.bad_item");
pub const NO_SUM: Code = Code("panel.no_sum");

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name of the panel or group
    #[arg(long)]
    panel: String,
    /// Name of the member
    #[arg(long)]
    member: String,
    /// Ticket or ID number
    ticket: String,
    /// The total, such as 86.5; with --items it may be left out
    points: Option<String>,
    /// Points of every criterion: materials=30,defence=32,achievements=15
    #[arg(long, value_delimiter = ',', value_name = "CODE=POINTS")]
    items: Vec<String>,
    /// Code of a mandatory item that failed; once for each
    #[arg(long = "fail", value_name = "CODE")]
    fails: Vec<String>,
    /// What the member wrote beside the points
    #[arg(long)]
    remark: Option<String>,
}

pub fn run(context: &mut Context, args: Args) -> Result<()> {
    let items = args.items.iter().map(|text| item(text)).collect::<Result<Vec<_>, Refusal>>()?;
    let items = (!items.is_empty()).then_some(items);
    let points = match (&args.points, &items) {
        (Some(text), _) => read_points(text)?,
        (None, Some(items)) => {
            Points::new(items.iter().fold(0, |sum: i32, (_, points)| sum.saturating_add(points.hundredths())))
        }
        (None, None) => return Err(Refusal::new(NO_SUM).into()),
    };
    let mut site = context.site()?;
    let view = panel::show(&site, panel::named(&site, &args.panel)?)?;
    let unknown = || Refusal::new(UNKNOWN_MEMBER).with("member", args.member.as_str());
    let member = view.members.iter().find(|m| m.name == args.member).ok_or_else(unknown)?.id;
    let application = who(&site, &args.ticket)?;
    let done = site.perform(&Score { member, application, points, items, fails: args.fails, remark: args.remark })?;
    let after = panel::show(&site, view.panel.id)?;
    let (sheets, expected) = (after.sheets.to_string(), after.expected.to_string());
    if context.out.is_json() {
        let answer = json!({
            "points": done.out, "sheets": after.sheets, "expected": after.expected, "operation": done.op,
        });
        context.out.json(&answer);
    }
    context.out.say("panel.sheet_points", &[("points", &done.out.to_string())]);
    context.out.say("panel.scored_count", &[("sheets", &sheets), ("expected", &expected)]);
    Ok(())
}

/// `code=points`; a full-width sign of equality counts too.
fn item(text: &str) -> Result<(String, Points), Refusal> {
    let bad = || Refusal::new(BAD_ITEM).with("value", text);
    let folded = text.replace('＝', "=");
    let (code, points) = folded.split_once('=').ok_or_else(bad)?;
    Ok((code.trim().to_owned(), read_points(points)?))
}
