//! `kaowu doctor`: looks the site over; one line for each question. With a path: whether a sealed archive was touched.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::upkeep::{Check, Depth, Verdict, check};
use crate::text::Locale;
use serde_json::json;
use std::path::PathBuf;

/// Look the site over (检查), or a sealed archive
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Walk the whole journal too
    #[arg(long)]
    deep: bool,
    /// Folder of a sealed archive (归档); no site is needed
    #[arg(value_name = "ARCHIVE", conflicts_with = "deep")]
    archive: Option<PathBuf>,
    /// The archive's seal as the register has it; blanks do not count
    #[arg(long, value_name = "DIGEST", requires = "archive")]
    seal: Option<String>,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    if let Some(path) = &args.archive {
        return super::archive::doctor(context, path, args.seal.as_deref());
    }
    let depth = if args.deep { Depth::Deep } else { Depth::Usual };
    let mut checks = check(&context.look()?, depth)?;
    checks.push(locale_check(context));
    let worst = checks.iter().map(|c| c.verdict).max().unwrap_or(Verdict::Ok);
    let locale = &context.out.locale;
    let rows: Vec<_> = checks
        .iter()
        .map(|c| {
            let mark = match c.verdict {
                Verdict::Ok => "doctor.ok",
                Verdict::Warn => "doctor.warn",
                Verdict::Fail => "doctor.fail",
            };
            let value = worded(locale, c);
            let advice = if c.verdict == Verdict::Ok {
                String::new()
            } else {
                locale.say(&format!("doctor.advice.{}", c.check), &[("value", &value)])
            };
            let what = locale.word(&format!("doctor.check.{}", c.check)).to_owned();
            vec![locale.word(mark).to_owned(), what, value, advice]
        })
        .collect();
    let columns =
        [Col::Left("column.verdict"), Col::Left("column.what"), Col::Left("column.value"), Col::Left("column.message")];
    context.out.table(&json!({ "verdict": worst, "checks": checks }), &columns, &rows);
    Ok(if worst == Verdict::Fail { Exit::Store } else { Exit::Done })
}

/// The value for people: where it is the code of what was found, its words.
fn worded(locale: &Locale, check: &Check) -> String {
    let key = format!("doctor.found.{}", check.value);
    if check.check == "mark" && locale.has(&key) { locale.word(&key).to_owned() } else { check.value.clone() }
}

fn locale_check(context: &Context) -> Check {
    let environment = &context.environment;
    match (&environment.foreign_charset, environment.locale_unset) {
        (Some(charset), _) => Check::new("locale", Verdict::Warn, charset),
        (None, true) => Check::new("locale", Verdict::Warn, "-"),
        (None, false) => Check::new("locale", Verdict::Ok, "UTF-8"),
    }
}
