//! `kaowu room list`.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::seating::room_lines;

/// Rooms (考场)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Every room and how many sit there
    List,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::List => {
            let rooms = room_lines(&context.look()?)?;
            let rows: Vec<_> = rooms
                .iter()
                .map(|r| vec![r.number.to_string(), format!("{}x{}", r.rows, r.columns), r.seated.to_string()])
                .collect();
            let columns = [Col::Right("column.room"), Col::Left("column.grid"), Col::Right("column.people")];
            context.out.table(&rooms, &columns, &rows);
            Ok(Exit::Done)
        }
    }
}
