//! `kaowu completions`: a script that lets a shell complete commands and options.
use crate::cli::{Cli, Context, Exit};
use crate::ops::Result;
use clap::CommandFactory;

/// A completion script for a shell (命令补全), on standard output
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which shell
    shell: clap_complete::Shell,
}

pub fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "kaowu", &mut script);
    context.out.raw(&script);
    Ok(Exit::Done)
}
