//! `kaowu anchor`: what holds the journal from outside, and going on after a loss.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::anchor::{self, Seen};
use crate::ops::{LineageRow, Result};
use crate::text::{explain, history::in_fours};
use serde_json::json;

/// Mark outside the database, signed heads, lineages (高水位标记)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// The mark, the head to compare by eye, lineages
    Show,
    /// Go on after a restore or a loss: a new lineage begins (--reason)
    Continue,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Show => show(context),
        What::Continue => go_on(context),
    }
}

fn go_on(context: &mut Context) -> Result<Exit> {
    let mut site = context.site_in_doubt()?;
    let done = anchor::go_on(&mut site, &context.reason())?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "lineage": done.out, "operation": op }));
    }
    let args = [("op", op.to_string()), ("number", done.out.id.to_string()), ("kept", done.out.parent_no.to_string())];
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    context.out.say("anchor.continued", &args);
    Ok(Exit::Done)
}

fn show(context: &Context) -> Result<Exit> {
    let site = context.look()?;
    let Seen { number, head, found, doubt, folder, public_key } = anchor::seen(&site)?;
    let lineages = anchor::lineages(&site)?;
    let code = doubt.as_ref().map(|refusal| refusal.code.0);
    let value = json!({ "operations": number, "head": head, "mark": found, "doubt": code, "folder": folder,
        "public_key": public_key, "lineages": lineages });
    let locale = &context.out.locale;
    let fits = doubt.map_or_else(|| locale.word("anchor.fits").to_owned(), |r| explain(locale, &r.into()).message);
    let mut rows = vec![
        ("operations", number.to_string()),
        ("head", in_fours(&head)),
        ("mark", found.unwrap_or_default()),
        ("state", fits),
        ("folder", folder.map(|f| f.display().to_string()).unwrap_or_default()),
        ("public_key", public_key.unwrap_or_default()),
    ];
    rows.extend(lineages.iter().map(|l| ("lineage", lineage(l))));
    let word = |code: &str| locale.word(&format!("anchor.fact.{code}")).to_owned();
    let rows: Vec<_> = rows.into_iter().map(|(code, value)| vec![word(code), value]).collect();
    context.out.table(&value, &[Col::Left("column.what"), Col::Left("column.value")], &rows);
    Ok(if code.is_none() { Exit::Done } else { Exit::Store })
}

fn lineage(row: &LineageRow) -> String {
    let short = row.code.get(..8).unwrap_or(&row.code);
    let parent = if row.parent_no > 0 { format!(" <- {}", row.parent_no) } else { String::new() };
    let reason = row.reason.as_deref().unwrap_or_default();
    format!("{} {short} {}{parent} {reason}", row.id, row.begun_at.minute()).trim_end().to_owned()
}
