//! `kaowu backup`, `backup list`, `backup drill` and `kaowu restore`.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::config::Home;
use crate::ops::anchor::{flaw_refusal, inspect};
use crate::ops::upkeep::{
    Copy, NoteRestore, Present, Replacer, Verdict, Why, back_up, backup_name, drill, listed, restore,
};
use crate::ops::{Access, Error, Result, StoreFault};
use crate::text::explain;
use std::path::{Path, PathBuf};

/// Copy the whole site to a file, while others work (备份)
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// Default: a file in the site's folder backups, named by the time
    file: Option<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Copies in the site's folder backups, newest first, and what restores set aside
    List,
    /// Restore a backup beside the site, look it over and throw it away (恢复演练)
    Drill {
        /// Default: the newest
        file: Option<PathBuf>,
    },
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        Some(What::List) => return list(context),
        Some(What::Drill { file }) => return run_drill(context, file),
        None => {}
    }
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
    let Some(flaw) = inspect(&copied.path)? else {
        context.out.say("cli.backup.done", &[("path", &path), ("operations", &operations)]);
        return Ok(Exit::Done);
    };
    // The copy is made; what is in it has to be looked at.
    let what = explain(&context.out.locale, &flaw_refusal(&flaw).into());
    context.out.say("cli.backup.flawed", &[("path", &path), ("what", &what.message)]);
    Ok(Exit::Store)
}

fn list(context: &mut Context) -> Result<Exit> {
    let all = listed(&context.home()?.backups())?;
    let locale = &context.out.locale;
    let why = |copy: &Copy| match &copy.why {
        Why::Regular => locale.word("keeping.regular").to_owned(),
        Why::Before(kind) => {
            let kind = locale.word(&format!("kind.{kind}")).to_owned();
            locale.say("keeping.before", &[("kind", &kind)])
        }
        Why::Named => locale.word("keeping.named").to_owned(),
        Why::SetAside => locale.word("keeping.set_aside").to_owned(),
    };
    let row = |copy: &Copy| {
        let name = copy.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let operations = copy.operations.map_or_else(|| locale.word("keeping.unread").to_owned(), |n| n.to_string());
        vec![copy.at.minute(), why(copy), operations, format!("{} KiB", copy.bytes.div_ceil(1024)), name]
    };
    let rows: Vec<_> = all.iter().map(row).collect();
    let columns = [
        Col::Left("column.copy_made"),
        Col::Left("column.copy_why"),
        Col::Right("column.copy_operations"),
        Col::Right("column.copy_size"),
        Col::Left("column.copy_name"),
    ];
    context.out.table(&all, &columns, &rows);
    Ok(Exit::Done)
}

fn run_drill(context: &mut Context, file: Option<PathBuf>) -> Result<Exit> {
    let folder = context.home()?.backups();
    let done = drill((&folder, file), (context.assets.clone(), context.clock()))?;
    if context.out.is_json() {
        context.out.json(&done);
    } else {
        for check in done.checks.iter().filter(|c| c.verdict != Verdict::Ok) {
            context
                .out
                .line(&context.out.locale.say(&format!("doctor.advice.{}", check.check), &[("value", &check.value)]));
        }
    }
    let path = done.from.display().to_string();
    let figures = [done.copied.operations, done.rows].map(|n| n.to_string());
    let [operations, rows] = figures.each_ref().map(String::as_str);
    let age = done.age.map(|minutes| crate::text::keeping::age(&context.out.locale, minutes)).unwrap_or_default();
    let took = format!("{}.{:03}", done.took / 1000, done.took % 1000);
    let args = [("path", path.as_str()), ("operations", operations), ("rows", rows), ("age", &age), ("took", &took)];
    let failed = done.verdict == Verdict::Fail;
    context.out.say(if failed { "keeping.drill_failed" } else { "keeping.drill_done" }, &args);
    Ok(if failed { Exit::Store } else { Exit::Done })
}

/// Put a backup in the site's place (恢复)
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// The backup
    file: PathBuf,
    /// There is a site: keep its file aside and go on, signed on as coordinator or administrator. Nobody may be working on it
    #[arg(long)]
    replace: bool,
}

pub fn run_restore(context: &mut Context, args: RestoreArgs) -> Result<Exit> {
    let home = context.home()?;
    home.create().map_err(Error::file(home.folder()))?;
    // Before anybody is asked who they are.
    std::fs::metadata(&args.file).map_err(Error::file(&args.file))?;
    let present = present(context, &home, &args)?;
    let restored = restore(&args.file, &home.database(), present, context.clock().now())?;
    if context.out.is_json() {
        context.out.json(&restored);
    }
    let operations = restored.copied.operations.to_string();
    context.out.say("cli.restore.done", &[("operations", &operations)]);
    if let Some(aside) = &restored.aside {
        context.out.say("cli.restore.aside", &[("path", &aside.display().to_string())]);
    }
    if let (Some(lost), Some(aside)) = (restored.lost.filter(|lost| *lost > 0), &restored.aside) {
        let (count, path) = (lost.to_string(), aside.display().to_string());
        context.out.say("keeping.restore_lost", &[("count", &count), ("path", &path)]);
    }
    if let Some(wrong) = &restored.wrong {
        let record = context.out.locale.word(&format!("record.{}", wrong.table)).to_owned();
        context.out.say("cli.restore.wrong", &[("record", &record), ("key", &wrong.key)]);
    }
    if let Some(aside) = &restored.aside {
        note(context, &args.file, (aside, restored.copied.operations))?;
    }
    Ok(Exit::Done)
}

/// Who did it, where the copy takes writes: an older one says it when two people go on.
fn note(context: &Context, from: &Path, (aside, operations): (&Path, i64)) -> Result<()> {
    let (mut site, signed) = context.open(Access::ReadWrite)?;
    if signed.is_err() || site.doubt().is_some() {
        return Ok(());
    }
    let name = |path: &Path| path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    site.perform(&NoteRestore { file: name(from), operations, aside: name(aside) })?;
    Ok(())
}

fn present(context: &Context, home: &Home, args: &RestoreArgs) -> Result<Present> {
    if !args.replace || !home.database().exists() {
        return Ok(Present::Refuse);
    }
    let signed = context.open(Access::ReadWrite).and_then(|(site, signed)| {
        // A file without a site in it knows nobody.
        let known = site.row().is_ok();
        let signed = signed.and_then(|()| Replacer::of(&site));
        if known { signed.map(Some) } else { Ok(None) }
    });
    match signed {
        Ok(Some(replacer)) => Ok(Present::KeepAside(replacer)),
        Err(error) if !is_damage(&error) => Err(error),
        Ok(None) | Err(_) => by_the_copy(context, &args.file),
    }
}

/// Where the database that goes tells nothing of people, those whom the copy knows sign.
fn by_the_copy(context: &Context, copy: &Path) -> Result<Present> {
    context.out.say("keeping.copy_signs", &[]);
    let (site, signed) = context.open_beside(copy)?;
    signed?;
    Ok(Present::KeepAside(Replacer::of(&site)?))
}

fn is_damage(error: &Error) -> bool {
    matches!(error, Error::Store(StoreFault::Corrupt(_) | StoreFault::Io(_) | StoreFault::Other(_)))
}
