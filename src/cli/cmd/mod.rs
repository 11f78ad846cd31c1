//! The commands; one file each, and two lines here.
mod batch;
mod export;
mod import;
mod import_bundle;
mod init;
mod log;
mod operator;
pub mod screen;
mod undo;

use super::{Context, Exit};
use crate::ops::Result;
use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum Command {
    Batch(batch::Args),
    Export(export::Args),
    Import(import::Args),
    Init(init::Args),
    Log(log::Args),
    Operator(operator::Args),
    Undo(undo::Args),
}

impl Command {
    pub fn run(self, context: &mut Context) -> Result<Exit> {
        match self {
            Command::Batch(args) => batch::run(context, args),
            Command::Export(args) => export::run(context, args),
            Command::Import(args) => import::run(context, args),
            Command::Init(args) => init::run(context, args),
            Command::Log(args) => log::run(context, args),
            Command::Operator(args) => operator::run(context, args),
            Command::Undo(args) => undo::run(context, args),
        }
    }
}
