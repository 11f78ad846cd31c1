//! The command line: arguments to operations, answers to tables or JSON. No rule lives here.
mod cmd;
mod context;
mod exit;
mod out;

pub use context::Context;
pub use exit::Exit;

use crate::config::Environment;
use crate::ops::exchange::WORKBOOK_THREAD;
use crate::text::explain;
use clap::Parser;
use std::path::PathBuf;

/// What most people come for, under the list of commands.
const COMMON: &str = "\
Most used:
  kaowu                       the full-screen program; F1 is help
  kaowu import sheet.csv      take in an office's sheet of applicants
  kaowu checkin admit TICKET  let somebody in at the door";

/// Exam-site operations for vocational-skill certification (职业技能等级认定考务). Without a command: the full-screen program.
#[derive(Debug, Parser)]
#[command(name = "kaowu", version, disable_help_subcommand = true, after_help = COMMON)]
pub struct Cli {
    #[command(flatten, next_help_heading = "Common to all commands")]
    pub options: Options,
    #[command(subcommand)]
    pub command: Option<cmd::Command>,
}

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// The site's folder
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// The batch (认定批次); may be left out where one is open
    #[arg(long, global = true, value_name = "CODE")]
    pub batch: Option<String>,
    /// Sign on as this operator
    #[arg(id = "sign_on_as", long = "as", global = true, value_name = "OPERATOR")]
    pub operator: Option<String>,
    /// File with the operator's PIN
    #[arg(long, global = true, value_name = "FILE")]
    pub pin_file: Option<PathBuf>,
    /// Another person who signs what nobody does alone, at this terminal
    #[arg(long, global = true, value_name = "OPERATOR", requires = "second_pin_file")]
    pub second: Option<String>,
    /// File with the PIN of that person
    #[arg(long, global = true, value_name = "FILE", requires = "second")]
    pub second_pin_file: Option<PathBuf>,
    /// One JSON document on standard output
    #[arg(long, global = true)]
    pub json: bool,
    /// Why, where an operation wants a reason
    #[arg(long, global = true, value_name = "TEXT")]
    pub reason: Option<String>,
    /// zh-CN or en
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<String>,
    /// Tab-separated text without alignment
    #[arg(long, global = true)]
    pub plain: bool,
    /// No colours; NO_COLOR does the same
    #[arg(long, global = true)]
    pub no_color: bool,
    /// No words on standard error
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Look without touching
    #[arg(long, global = true)]
    pub readonly: bool,
    /// Borders and bars in plain ASCII
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Theme of the full-screen program
    #[arg(long, global = true, value_name = "NAME")]
    pub theme: Option<String>,
    /// Go on although the locale names another charset than UTF-8
    #[arg(long, global = true)]
    pub force: bool,
}

/// A reader of workbooks that comes to grief over a damaged file says so as a refusal, and in no other way.
fn hush_readers() {
    let previous = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(WORKBOOK_THREAD) {
            previous(panic);
        }
    }));
}

/// Parses the arguments and runs them; the answer is the process's exit status.
pub fn run() -> Exit {
    hush_readers();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { Exit::Usage } else { Exit::Done };
            out::usage(&error);
            return code;
        }
    };
    let mut context = match Context::new(cli.options, Environment::read()) {
        Ok(context) => context,
        Err(exit) => return exit,
    };
    if let Some(refusal) = context.ignored_command() {
        context.out.note(&explain(&context.out.locale, &refusal.into()).message);
    }
    let result = match cli.command {
        Some(command) => command.run(&mut context),
        None => cmd::screen::run(&mut context),
    };
    context.keep();
    result.unwrap_or_else(|error| context.out.fail_after(&error, context.saved()))
}
