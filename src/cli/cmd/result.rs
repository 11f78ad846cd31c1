//! `kaowu result`: who passed, the board, what is missing.
use super::result_public as public;
use super::result_settle as settle;
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, Level, Refusal, Subject};
use crate::ops::results::{
    self, Board, Counts, Depth, Filter, Group, MissingRow, Name, OutcomeKind, ResultRow, Within,
};
use crate::ops::{Result, Site};
use crate::text::results as words;
use crate::text::{Locale, why_words};

pub const BAD_LEVEL: Code = Code("results.bad_level");
pub const NO_ROOM: Code = Code("results.no_room");

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
        #[command(flatten)]
        within: WithinArgs,
        /// Ticket, ID number, name, pinyin or initials
        text: Option<String>,
    },
    /// Counts and pass rates by occupation and level, and the spread of marks
    Board(BoardArgs),
    /// Whose marks are missing, and why
    Missing,
    #[command(flatten)]
    Public(public::What),
    #[command(flatten)]
    Settle(settle::What),
}

#[derive(Debug, clap::Args)]
struct BoardArgs {
    /// One step of the way from the region down to the room
    #[arg(long, value_enum)]
    by: Option<By>,
    #[command(flatten)]
    within: WithinArgs,
    /// The spread of marks, part by part
    #[arg(long, conflicts_with = "by")]
    spread: bool,
}

/// The part of the batch that is looked at; an empty text means those of whom nothing was said.
#[derive(Debug, clap::Args)]
struct WithinArgs {
    /// Unit of the notice, else the region as filed
    #[arg(long)]
    region: Option<String>,
    /// Employer
    #[arg(long)]
    unit: Option<String>,
    /// Venue and number of the room, as the board by room names it
    #[arg(long)]
    room: Option<String>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum By {
    Region,
    Unit,
    Occupation,
    Room,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Kind {
    Passed,
    Failed,
    Incomplete,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    let what = match args.what {
        What::Public(what) => return public::run(context, what),
        What::Settle(what) => return settle::run(context, what),
        what => what,
    };
    let site = context.look()?;
    match what {
        What::List { outcome, level, occupation, within, text } => {
            let outcome = outcome.map(|kind| match kind {
                Kind::Passed => OutcomeKind::Passed,
                Kind::Failed => OutcomeKind::Failed,
                Kind::Incomplete => OutcomeKind::Incomplete,
            });
            let level = level.as_deref().map(parse_level).transpose()?;
            let within = within.read(&site)?;
            let filter = Filter { text: text.unwrap_or_default(), occupation, level, outcome, within };
            list(context, &results::outcomes(&site, &filter)?);
        }
        What::Board(args) => boards(context, &site, args)?,
        What::Missing => missing(context, &results::missing(&site, usize::MAX)?.rows),
        What::Public(_) | What::Settle(_) => {}
    }
    Ok(Exit::Done)
}

fn boards(context: &Context, site: &Site, args: BoardArgs) -> Result<()> {
    let within = args.within.read(site)?;
    let depth = args.by.map(|by| match by {
        By::Region => Depth::Region,
        By::Unit => Depth::Unit,
        By::Occupation => Depth::Occupation,
        By::Room => Depth::Room,
    });
    match depth {
        Some(depth) => groups(context, depth, &results::groups(site, depth, &within)?),
        None if args.spread => spread(context, &results::board_within(site, &within)?),
        None => board(context, &results::board_within(site, &within)?),
    }
    Ok(())
}

impl WithinArgs {
    fn read(self, site: &Site) -> Result<Within> {
        let mut within = Within { region: self.region, unit: self.unit, ..Within::default() };
        if let Some(text) = self.room {
            let rooms = results::groups(site, Depth::Room, &Within::default())?;
            let room = rooms.iter().find_map(|group| match &group.name {
                Name::Room(room) if words::name(&group.name) == text => Some(room.clone()),
                _ => None,
            });
            within.room = Some(room.ok_or_else(|| Refusal::new(NO_ROOM).with("room", text.as_str()))?);
        }
        Ok(within)
    }
}

fn groups(context: &Context, depth: Depth, groups: &[Group]) {
    let locale = &context.out.locale;
    let line = |g: &Group| [vec![words::group(locale, &g.name)], counts(&g.counts)].concat();
    let rows: Vec<_> = groups.iter().map(line).collect();
    let first = match depth {
        Depth::Region => "results.depth.region",
        Depth::Unit => "results.depth.unit",
        Depth::Occupation => "results.depth.occupation",
        Depth::Room => "results.depth.room",
    };
    let columns: Vec<_> = [Col::Left(first)].into_iter().chain(COUNTS).collect();
    context.out.table(&groups, &columns, &rows);
}

/// Ten bins a part, with their share of all marks of that part.
fn spread(context: &Context, board: &Board) {
    let locale = &context.out.locale;
    let mut rows = Vec::new();
    for spread in &board.spreads {
        for (n, count) in spread.bins.iter().enumerate() {
            let share = results::share(*count, spread.marked()).unwrap_or_default();
            let part = locale.word(&spread.subject.key()).to_owned();
            rows.push(vec![part, words::range(n), count.to_string(), share]);
        }
    }
    let columns = [
        Col::Left("results.column.subject"),
        Col::Left("results.column.range"),
        Col::Right("results.column.people"),
        Col::Right("results.column.share"),
    ];
    context.out.table(&board.spreads, &columns, &rows);
}

const COUNTS: [Col; 10] = [
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

fn counts(c: &Counts) -> Vec<String> {
    let counts = [c.applied, c.sat, c.absent, c.passed_theory, c.passed_practical, c.passed_review, c.passed];
    let mut line: Vec<String> = counts.iter().map(u64::to_string).collect();
    line.extend([c.failed.to_string(), c.incomplete.to_string(), c.rate().unwrap_or_default()]);
    line
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
    let line = |name: String, level: String, c: &Counts| [vec![name, level], counts(c)].concat();
    let mut rows: Vec<_> = board
        .rows
        .iter()
        .map(|l| line(l.occupation_name.clone(), locale.word(&l.level.key()).to_owned(), &l.counts))
        .collect();
    rows.push(line(locale.word("results.total").to_owned(), String::new(), &board.totals));
    let named = [Col::Left("results.column.occupation"), Col::Left("results.column.level")];
    let columns: Vec<_> = named.into_iter().chain(COUNTS).collect();
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
