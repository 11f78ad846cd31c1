//! `kaowu print`: forms filled from the data, as HTML for a browser to print or as a workbook.
use crate::cli::{Context, Exit};
use crate::ops::applications::named;
use crate::ops::exchange::Export;
use crate::ops::prints::{FORMS, Form, Format};
use crate::ops::{Error, Result};
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Forms to print (打印), filled from the data; whole identity numbers, so it is in the journal
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which form
    #[arg(value_parser = PossibleValuesParser::new(FORMS.iter().map(|f| f.name)))]
    form: String,
    /// Only these: numbers of applications, or ticket numbers. Default: everybody of the batch
    #[arg(long, value_name = "ID|TICKET")]
    application: Vec<String>,
    /// Folder. Default: the home's exports
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// html to print from a browser, xlsx to go on with in a spreadsheet
    #[arg(long, value_enum, default_value = "html")]
    format: Ending,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Ending {
    Html,
    Xlsx,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    let Some(form) = Form::find(&args.form) else { return Ok(Exit::Usage) };
    let mut site = context.site()?;
    let who = args.application.iter().map(|who| named(&site, who).map(|a| a.id)).collect::<Result<Vec<_>>>()?;
    let format = match args.format {
        Ending::Html => Format::Html,
        Ending::Xlsx => Format::Xlsx,
    };
    let printed = form.print(&site, &who, format)?;
    let folder = match args.out {
        Some(folder) => folder,
        None => context.home()?.exports(),
    };
    std::fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    let batch: String = site.batch()?.code.chars().map(plain).collect();
    let name = format!("{batch}-{}.{}", form.name, format.ending());
    // In the journal before anybody has it.
    let rows = u64::try_from(printed.people).unwrap_or(u64::MAX);
    let op = site.perform(&Export { what: form.name.to_owned(), rows, file: name.clone(), purpose: None })?.op;
    let file = folder.join(name);
    put(&file, &printed.bytes)?;
    let shown = file.display().to_string();
    if context.out.is_json() {
        context.out.json(&json!({"form": form.name, "file": shown, "people": printed.people, "operation": op}));
    }
    let (people, op) = (printed.people.to_string(), op.map(|n| n.to_string()).unwrap_or_default());
    context.out.say("prints.written", &[("file", &shown), ("people", &people), ("op", &op)]);
    Ok(Exit::Done)
}

/// Whole or not at all, and for this user alone.
fn put(file: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |e| Error::file(file)(e);
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut new = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    std::io::Write::write_all(&mut new, bytes).map_err(failed)?;
    new.persist(file).map_err(|e| failed(e.error))?;
    Ok(())
}
