//! `kaowu log`: who did what when; `log verify` walks the chain.
use crate::cli::{Context, Exit};
use crate::ops::Result;

/// The journal (操作日志)
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_context: &mut Context, _args: Args) -> Result<Exit> {
    Ok(Exit::Done)
}
