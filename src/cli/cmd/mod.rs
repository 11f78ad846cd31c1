//! The commands; one file each, and two lines here.
mod backup;
mod batch;
mod certificate;
mod doctor;
mod import;
mod info;
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
    Backup(backup::Args),
    Batch(batch::Args),
    Certificate(certificate::Args),
    Doctor(doctor::Args),
    Import(import::Args),
    Info(info::Args),
    Init(init::Args),
    Log(log::Args),
    Operator(operator::Args),
    Restore(backup::RestoreArgs),
    Undo(undo::Args),
}

impl Command {
    pub fn run(self, context: &mut Context) -> Result<Exit> {
        match self {
            Command::Backup(args) => backup::run(context, args),
            Command::Batch(args) => batch::run(context, args),
            Command::Certificate(args) => certificate::run(context, args),
            Command::Doctor(args) => doctor::run(context, args),
            Command::Import(args) => import::run(context, args),
            Command::Info(args) => info::run(context, args),
            Command::Init(args) => init::run(context, args),
            Command::Log(args) => log::run(context, args),
            Command::Operator(args) => operator::run(context, args),
            Command::Restore(args) => backup::run_restore(context, args),
            Command::Undo(args) => undo::run(context, args),
        }
    }
}
