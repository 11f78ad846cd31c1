//! `kaowu occupation`: the catalogue of the batch, and occupations closed and opened again.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Level, fold};
use crate::ops::occupations::{self, Adjusted};
use crate::ops::{Done, Result};
use serde_json::json;

/// Occupations (认定职业)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// The catalogue (S1-46) with the levels that each occupation is assessed at (S1-47), and what is closed
    List,
    /// Take no more applications for an occupation at a level, with --reason; those affected are listed
    Close {
        /// Name or code of the occupation
        occupation: String,
        /// 5, 三级, 高级工 or 三级/高级工
        #[arg(value_parser = level)]
        level: Level,
    },
    /// Take a closed occupation and level again, with --reason
    Open {
        /// Name or code of the occupation
        occupation: String,
        /// 5, 三级, 高级工 or 三级/高级工
        #[arg(value_parser = level)]
        level: Level,
    },
}

fn level(text: &str) -> Result<Level, String> {
    Level::parse(&fold::word(text)).ok_or_else(|| Level::ALL.map(|l| l.digit().to_string()).join(" "))
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::List => list(context),
        What::Close { occupation, level } => {
            let op = occupations::Close { occupation, level, reason: context.reason() };
            let done = context.site()?.perform(&op)?;
            say(context, &done, "cli.occupation.closed");
            Ok(Exit::Done)
        }
        What::Open { occupation, level } => {
            let op = occupations::Open { occupation, level, reason: context.reason() };
            let done = context.site()?.perform(&op)?;
            say(context, &done, "cli.occupation.opened");
            Ok(Exit::Done)
        }
    }
}

fn list(context: &Context) -> Result<Exit> {
    let listed = occupations::list(&context.look()?)?;
    let digits = |levels: &[Level]| levels.iter().map(|l| l.digit().to_string()).collect::<Vec<_>>().join(" ");
    let rows: Vec<_> = listed
        .iter()
        .map(|l| {
            let closed: Vec<_> = l.closed.iter().map(|c| format!("{} {}", c.level.digit(), c.reason)).collect();
            vec![l.code.clone(), l.name.clone(), digits(&l.levels), digits(&l.not_taken), closed.join("; ")]
        })
        .collect();
    let columns = [
        Col::Left("column.code"),
        Col::Left("column.name"),
        Col::Left("column.levels"),
        Col::Left("column.not_taken"),
        Col::Left("column.closed"),
    ];
    context.out.table(&listed, &columns, &rows);
    Ok(Exit::Done)
}

fn say(context: &Context, done: &Done<Adjusted>, key: &str) {
    let adjusted = &done.out;
    let rows: Vec<_> = adjusted.concerned.iter().map(|c| vec![c.application.to_string(), c.name.clone()]).collect();
    let answer = json!({ "operation": done.op, "adjusted": adjusted });
    context.out.table(&answer, &[Col::Right("column.application"), Col::Left("column.name")], &rows);
    let op = done.op.map_or(0, |n| n.0).to_string();
    let (level, count) = (adjusted.level.digit().to_string(), adjusted.concerned.len().to_string());
    context.out.say(key, &[("occupation", &adjusted.name), ("level", &level), ("count", &count), ("op", &op)]);
}
