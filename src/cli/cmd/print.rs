//! `kaowu print`: forms filled from the data, as HTML for a browser to print or as a workbook.
use crate::cli::{Context, Exit};
use crate::ops::applications::named;
use crate::ops::prints::{FORMS, Form, Format, HANDBOOK, Ids, Scope, readiness};
use crate::ops::{Result, Site};
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use serde_json::json;
use std::path::PathBuf;

/// Forms to print (打印), filled from the data; every print is in the journal
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which form
    #[arg(value_parser = PossibleValuesParser::new(FORMS.iter().map(|f| f.name)))]
    form: String,
    /// Only these: numbers of applications, or ticket numbers. Default: everybody of the batch
    #[arg(long, value_name = "ID|TICKET")]
    application: Vec<String>,
    /// Only this session
    #[arg(long, value_name = "CODE")]
    session: Option<String>,
    /// Only this room
    #[arg(long, value_name = "NUMBER")]
    room: Option<i64>,
    /// Only the rooms of this venue
    #[arg(long, value_name = "CODE")]
    venue: Option<i64>,
    /// Only the scripts in the bag with this code (袋号)
    #[arg(long, value_name = "CODE")]
    bag: Option<String>,
    /// Only this panel or group of assessors
    #[arg(long, value_name = "NAME")]
    panel: Option<String>,
    /// Which document, roster or upload, by its number in the list
    #[arg(long, value_name = "NUMBER")]
    number: Option<i64>,
    /// Folder. Default: the home's exports
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// html to print from a browser, xlsx to go on with in a spreadsheet
    #[arg(long, value_enum, default_value = "html")]
    format: Ending,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Ending {
    Html,
    Xlsx,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    let Some(form) = Form::find(&args.form) else { return Ok(Exit::Usage) };
    let site = context.site()?;
    let people = args.application.iter().map(|who| named(&site, who).map(|a| a.id)).collect::<Result<Vec<_>>>()?;
    let Args { session, room, venue, bag, panel, number, .. } = args;
    let scope = Scope { people, session, room, venue, bag, panel, number };
    write(context, site, form, &scope, (args.format, args.out))
}

/// Makes the file and says what it is.
pub fn write(
    context: &mut Context,
    mut site: Site,
    form: &Form,
    scope: &Scope,
    (format, out): (Ending, Option<PathBuf>),
) -> Result<Exit> {
    let format = match format {
        Ending::Html => Format::Html,
        Ending::Xlsx => Format::Xlsx,
    };
    let mut printed = form.print(&site, scope, format)?;
    printed.over.clone_from(&context.options.reason);
    let folder = match out {
        Some(folder) => folder,
        None => context.home()?.exports(),
    };
    let (file, op) = printed.put(&mut site, &folder)?;
    let shown = file.display().to_string();
    let ready = (form.name == HANDBOOK).then(|| readiness(&site)).transpose()?;
    if context.out.is_json() {
        let mut answer = json!({"form": form.name, "file": shown, "people": printed.people, "operation": op});
        if let (Some(ready), Some(answer)) = (&ready, answer.as_object_mut()) {
            answer.insert("handbook".to_owned(), json!(ready));
        }
        context.out.json(&answer);
    }
    let (people, op) = (printed.people.to_string(), op.map(|n| n.to_string()).unwrap_or_default());
    let key = match printed.ids {
        Ids::Whole => "prints.written",
        Ids::Masked => "prints.written_masked",
    };
    context.out.say(key, &[("file", &shown), ("people", &people), ("op", &op)]);
    if let Some(ready) = ready {
        crate::text::handbook(&context.out.locale, &ready).iter().for_each(|line| context.out.note(line));
    }
    Ok(Exit::Done)
}
