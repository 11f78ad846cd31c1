//! `kaowu backup` and `kaowu restore`.
use crate::cli::{Context, Exit};
use crate::ops::upkeep::{Present, back_up, backup_name, restore};
use crate::ops::{Error, Result};
use std::path::PathBuf;

/// Copy the whole site to a file, while others work (备份)
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Default: a file in the site's folder backups, named by the time
    file: Option<PathBuf>,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    let site = context.look()?;
    let default = context.home()?.backups().join(backup_name(site.now()));
    let copied = back_up(&site, &args.file.unwrap_or(default))?;
    let path = copied.path.display().to_string();
    if context.out.is_json() {
        context.out.json(&copied);
    } else {
        context.out.line(&path);
    }
    let operations = copied.operations.to_string();
    context.out.say("cli.backup.done", &[("path", &path), ("operations", &operations)]);
    Ok(Exit::Done)
}

/// Put a backup in the site's place (恢复)
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// The backup
    file: PathBuf,
    /// There is a site: keep its file aside and go on. Nobody may be working on it
    #[arg(long)]
    replace: bool,
}

pub fn run_restore(context: &mut Context, args: RestoreArgs) -> Result<Exit> {
    let home = context.home()?;
    home.create().map_err(Error::file(home.folder()))?;
    let present = if args.replace { Present::KeepAside } else { Present::Refuse };
    let restored = restore(&args.file, &home.database(), present, context.clock().now())?;
    if context.out.is_json() {
        context.out.json(&restored);
    }
    let operations = restored.copied.operations.to_string();
    context.out.say("cli.restore.done", &[("operations", &operations)]);
    if let Some(aside) = &restored.aside {
        context.out.say("cli.restore.aside", &[("path", &aside.display().to_string())]);
    }
    Ok(Exit::Done)
}
