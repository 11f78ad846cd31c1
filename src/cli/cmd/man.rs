//! `kaowu man`: the manual in the form that `man` reads.
use crate::cli::{Cli, Context, Exit};
use crate::ops::{Error, Result};
use crate::text::Locale;
use clap::CommandFactory;
use std::io::Write;
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
                .and_then(|()| std::fs::OpenOptions::new().append(true).open(folder.join("kaowu.1")))
                .and_then(|mut page| page.write_all(statuses(&context.out.locale).as_bytes()))
                .map_err(Error::file(folder))?;
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page).map_err(Error::file("-"))?;
            page.extend(statuses(&context.out.locale).into_bytes());
            context.out.raw(&page);
        }
    }
    Ok(Exit::Done)
}

/// What each exit status says, as the manual's last section.
fn statuses(locale: &Locale) -> String {
    let one = |exit: Exit| format!(".TP\n{}\n{}\n", exit as u8, locale.word(&exit.key()));
    format!(".SH {}\n{}", locale.word("exit_status.title"), Exit::ALL.map(one).concat())
}
