//! `kaowu man`: the manual in the form that `man` reads.
use crate::cli::{Cli, Context, Exit};
use crate::ops::{Error, Result};
use clap::CommandFactory;
use std::path::PathBuf;

/// The manual page (手册页) on standard output, or a page for each command in a folder
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write every page here instead: kaowu.1, kaowu-batch.1 and so on
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    match &args.out {
        Some(folder) => {
            std::fs::create_dir_all(folder)
                .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
                .map_err(Error::file(folder))?;
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page).map_err(Error::file("-"))?;
            context.out.raw(&page);
        }
    }
    Ok(Exit::Done)
}
