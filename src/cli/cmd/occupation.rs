//! `kaowu occupation list`: the catalogue and the levels of each occupation.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::Result;
use serde::Serialize;

/// Occupations (认定职业)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// The catalogue (S1-46) with the levels that each occupation is assessed at (S1-47)
    List,
}

#[derive(Serialize)]
struct Listed {
    code: String,
    name: String,
    /// 5 is the lowest level.
    levels: Vec<u8>,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::List => {
            let codes = context.look()?.codes()?;
            let listed: Vec<_> = codes
                .occupations()
                .iter()
                .map(|o| Listed {
                    code: o.code.clone(),
                    name: o.name.clone(),
                    levels: o.levels().map(crate::model::Level::digit).collect(),
                })
                .collect();
            let digits = |l: &Listed| l.levels.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            let rows: Vec<_> = listed.iter().map(|l| vec![l.code.clone(), l.name.clone(), digits(l)]).collect();
            let columns = [Col::Left("column.code"), Col::Left("column.name"), Col::Left("column.levels")];
            context.out.table(&listed, &columns, &rows);
            Ok(Exit::Done)
        }
    }
}
