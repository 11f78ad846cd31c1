//! `kaowu result`: who passed, the board, what is missing.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, Level, Refusal, Subject};
use crate::ops::Result;
use crate::ops::results::{self, Board, Counts, Filter, MissingRow, OutcomeKind, ResultRow};
use crate::text::{Locale, why_words};

pub const BAD_LEVEL: Code = Code("results.bad_level");

/// Results (成绩)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Everybody with every part and the outcome
    List {
        /// Only these outcomes
        #[arg(long, value_enum)]
        outcome: Option<Kind>,
        /// 1 to 5, or the level's name
        #[arg(long)]
        level: Option<String>,
        /// Code of the occupation
        #[arg(long)]
        occupation: Option<String>,
        /// Ticket, ID number, name, pinyin or initials
        text: Option<String>,
    },
    /// Counts and pass rates by occupation and level, and the spread of marks
    Board,
    /// Whose marks are missing, and why
    Missing,
    #[command(flatten)]
    Public(super::result_public::What),
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Kind {
    Passed,
    Failed,
    Incomplete,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    let what = match args.what {
        What::Public(what) => return super::result_public::run(context, what),
        other => other,
    };
    let site = context.look()?;
    match what {
        What::Public(_) => {}
        What::List { outcome, level, occupation, text } => {
            let outcome = outcome.map(|kind| match kind {
                Kind::Passed => OutcomeKind::Passed,
                Kind::Failed => OutcomeKind::Failed,
                Kind::Incomplete => OutcomeKind::Incomplete,
            });
            let level = level.as_deref().map(parse_level).transpose()?;
            let filter = Filter { text: text.unwrap_or_default(), occupation, level, outcome };
            list(context, &results::outcomes(&site, &filter)?);
        }
        What::Board => board(context, &results::board(&site)?),
        What::Missing => missing(context, &results::missing(&site, usize::MAX)?.rows),
    }
    Ok(Exit::Done)
}

fn parse_level(text: &str) -> Result<Level> {
    Level::parse(text).ok_or_else(|| Refusal::new(BAD_LEVEL).with("value", text).into())
}

fn list(context: &Context, rows: &[ResultRow]) {
    let locale = &context.out.locale;
    let cells = |r: &ResultRow| {
        let standing = |part| match r.of(part) {
            results::Standing::Points(points) => points.to_string(),
            other => other.key().map(|key| locale.word(key).to_owned()).unwrap_or_default(),
        };
        let mut line = vec![r.ticket.clone().unwrap_or_default(), r.name.clone(), r.occupation_name.clone()];
        line.push(locale.word(&r.level.key()).to_owned());
        line.extend(Subject::ALL.map(standing));
        line.push(locale.word(&r.outcome.key()).to_owned());
        line
    };
    let columns = [
        Col::Left("results.column.ticket"),
        Col::Left("results.column.candidate"),
        Col::Left("results.column.occupation"),
        Col::Left("results.column.level"),
        Col::Right("subject.theory"),
        Col::Right("subject.practical"),
        Col::Right("subject.review"),
        Col::Left("results.column.outcome"),
    ];
    // The words are made only where they are printed.
    let cells: Vec<_> = if context.out.is_json() { Vec::new() } else { rows.iter().map(cells).collect() };
    context.out.table(&rows, &columns, &cells);
}

fn board(context: &Context, board: &Board) {
    let locale = &context.out.locale;
    let line = |name: String, level: String, c: &Counts| {
        let counts = [c.applied, c.sat, c.absent, c.passed_theory, c.passed_practical, c.passed_review, c.passed];
        let mut line = vec![name, level];
        line.extend(counts.iter().map(u64::to_string));
        line.extend([c.failed.to_string(), c.incomplete.to_string(), c.rate().unwrap_or_default()]);
        line
    };
    let mut rows: Vec<_> = board
        .rows
        .iter()
        .map(|l| line(l.occupation_name.clone(), locale.word(&l.level.key()).to_owned(), &l.counts))
        .collect();
    rows.push(line(locale.word("results.total").to_owned(), String::new(), &board.totals));
    let columns = [
        Col::Left("results.column.occupation"),
        Col::Left("results.column.level"),
        Col::Right("results.column.applied"),
        Col::Right("results.column.sat"),
        Col::Right("results.column.absent"),
        Col::Right("results.column.passed_theory"),
        Col::Right("results.column.passed_practical"),
        Col::Right("results.column.passed_review"),
        Col::Right("results.column.passed"),
        Col::Right("results.column.failed"),
        Col::Right("results.column.incomplete"),
        Col::Right("results.column.rate"),
    ];
    context.out.table(board, &columns, &rows);
}

fn missing(context: &Context, rows: &[MissingRow]) {
    let locale: &Locale = &context.out.locale;
    let line = |m: &MissingRow| {
        let level = locale.word(&m.level.key()).to_owned();
        let subject = locale.word(&m.subject.key()).to_owned();
        let who = vec![m.ticket.clone().unwrap_or_default(), m.name.clone(), m.occupation_name.clone()];
        [who, vec![level, subject, why_words(locale, &m.why)]].concat()
    };
    let cells: Vec<_> = rows.iter().map(line).collect();
    let columns = [
        Col::Left("results.column.ticket"),
        Col::Left("results.column.candidate"),
        Col::Left("results.column.occupation"),
        Col::Left("results.column.level"),
        Col::Left("results.column.subject"),
        Col::Left("results.column.why"),
    ];
    context.out.table(&rows, &columns, &cells);
}
