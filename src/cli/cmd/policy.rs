//! `kaowu policy`: the notices as data: list, show, check.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::{Error, PolicyFault, Result, policies as policy};
use crate::text::policy_fault;
use serde::Serialize;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Policies (认定通知)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Every policy that can be opened a batch under
    List,
    /// A policy as it would be pinned, with everything it inherits
    Show {
        /// Code of the policy
        policy: String,
    },
    /// Every fault of a policy file or a rule file, with line and column
    Check {
        /// The TOML file
        file: PathBuf,
    },
}

/// What other policies start from; no batch is opened under it.
const BASE: &str = "base";

#[derive(Serialize)]
struct Listed {
    code: String,
    title: String,
    date: String,
    /// 0 when it can be opened.
    faults: usize,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::List => list(context),
        What::Show { policy } => show(context, &policy),
        What::Check { file } => check(context, &file),
    }
}

fn list(context: &Context) -> Result<Exit> {
    let lookup = |code: &str| context.assets.read(&format!("policies/{code}.toml"));
    let names = context.assets.names("policies", ".toml");
    let listed: Vec<_> = names
        .into_iter()
        .filter(|name| name != BASE)
        .map(|code| match policy::load(&code, &lookup) {
            Ok(adopted) => {
                let notice = adopted.policy.notice;
                Listed {
                    code,
                    title: notice.title,
                    date: notice.date.map(|d| d.to_string()).unwrap_or_default(),
                    faults: 0,
                }
            }
            Err(_) => {
                let faults = policy::check(&code, &lookup).len();
                Listed { code, title: String::new(), date: String::new(), faults }
            }
        })
        .collect();
    let rows: Vec<_> = listed
        .iter()
        .map(|l| {
            let faults = if l.faults == 0 { String::new() } else { l.faults.to_string() };
            vec![l.code.clone(), l.date.clone(), l.title.clone(), faults]
        })
        .collect();
    let columns =
        [Col::Left("column.code"), Col::Left("column.date"), Col::Left("column.name"), Col::Right("column.faults")];
    context.out.table(&listed, &columns, &rows);
    Ok(Exit::Done)
}

fn show(context: &Context, code: &str) -> Result<Exit> {
    let adopted = policy::load(code, &|code| context.assets.read(&format!("policies/{code}.toml")))
        .map_err(|f| Error::Policy(vec![f]))?;
    if context.out.is_json() {
        context.out.json(&json!({ "code": code, "digest": adopted.digest, "policy": adopted.policy }));
    } else {
        context.out.raw(adopted.text.as_bytes());
    }
    Ok(Exit::Done)
}

#[derive(Serialize)]
struct Worded<'a> {
    #[serde(flatten)]
    place: &'a PolicyFault,
    message: String,
}

fn check(context: &Context, file: &Path) -> Result<Exit> {
    let text = std::fs::read_to_string(file).map_err(Error::file(file))?;
    let code = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let lookup = |wanted: &str| {
        let own = (wanted == code).then(|| text.clone());
        own.or_else(|| context.assets.read(&format!("policies/{wanted}.toml")))
    };
    let faults = if is_rule_file(&text) {
        crate::ops::eligibility::rule_faults(&context.assets, &code, &text)
    } else {
        policy::check(&code, &lookup)
    };
    let worded: Vec<_> =
        faults.iter().map(|place| Worded { place, message: policy_fault(&context.out.locale, place) }).collect();
    if context.out.is_json() {
        context.out.json(&json!({ "policy": code, "faults": worded }));
    } else {
        worded.iter().for_each(|fault| context.out.line(&fault.message));
    }
    let key = if faults.is_empty() { "policy_check.clean" } else { "policy_check.faulty" };
    context.out.say(key, &[("policy", &code), ("count", &faults.len().to_string())]);
    Ok(if faults.is_empty() { Exit::Done } else { Exit::Policy })
}

/// Rule files have branches, policies have a notice.
fn is_rule_file(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with("[branches"))
}
