//! `kaowu ticket find`.
use super::application::list;
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::applications::find;

/// Admission tickets (准考证)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Whose ticket: by name, pinyin, the end of an ID number, a ticket number or a seat such as 3-12
    Find {
        /// What to look for
        text: String,
    },
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Find { text } => {
            let mut found = find(&context.look()?, &text)?;
            found.retain(|line| line.ticket.is_some());
            list(context, &found);
            Ok(Exit::Done)
        }
    }
}
