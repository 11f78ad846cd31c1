//! Counts of results as lists: by occupation and level, down to the room, the spread of marks, what is missing, what a
//! new computation changed, earlier batches, and where the summary went (S1-37). A rate never stands without its counts.
use super::{Head, List, Manner, Numbers, Sink};
use crate::model::Mark;
use crate::ops::results::{self, Came, Counts, Leaf};
use crate::ops::{Result, Site};

const fn list(
    what: &'static str,
    headings: fn(&Site) -> Result<Vec<Head>>,
    rows: fn(&Site, &Manner<'_>, &mut Sink<'_>) -> Result<()>,
) -> List {
    List { what, numbers: Numbers::None, headings, rows }
}

pub const BOARD: List = list("results-board", |_| Ok(heads(&[&TRADE, &COUNTS])), board);
pub const PLACES: List = list("results-places", |_| Ok(heads(&[&PLACE, &TRADE, &ROOM, &COUNTS])), places);
pub const SPREAD: List = list("results-spread", |_| Ok(heads(&[&SPREADS])), spread);
pub const CHANGES: List = list("results-changes", |_| Ok(heads(&[&WHO, &CAME])), changes);
pub const COMPARISON: List = list("results-compare", |_| Ok(heads(&[&TRADE, &BESIDE])), comparison);
pub const SENT: List = list("summaries-sent", |_| Ok(heads(&[&SENDING])), sent);

const PLACE: [&str; 2] = ["results.depth.region", "results.depth.unit"];
const TRADE: [&str; 2] = ["heading.occupation", "heading.level"];
const ROOM: [&str; 1] = ["heading.room"];
const COUNTS: [&str; 11] = [
    "results.column.applied",
    "results.column.sat",
    "results.column.absent",
    "results.column.passed_theory",
    "results.column.passed_practical",
    "results.column.passed_review",
    "results.column.passed",
    "results.column.failed",
    "results.column.incomplete",
    "results.column.decided",
    "results.column.rate",
];
const SPREADS: [&str; 4] =
    ["results.column.subject", "results.column.range", "results.column.people", "results.column.share"];
const WHO: [&str; 4] = ["heading.ticket", "heading.name", "heading.occupation", "heading.level"];
const CAME: [&str; 8] = [
    "results.was.outcome",
    "results.was.theory",
    "results.was.practical",
    "results.was.review",
    "results.is.outcome",
    "results.is.theory",
    "results.is.practical",
    "results.is.review",
];
const BESIDE: [&str; 9] = [
    "results.is.applied",
    "results.is.passed",
    "results.is.decided",
    "results.is.rate",
    "results.was.applied",
    "results.was.passed",
    "results.was.decided",
    "results.was.rate",
    "results.column.rise",
];
const SENDING: [&str; 8] = [
    "results.sent.on",
    "results.sent.recipient",
    "results.sent.sent_by",
    "results.sent.signed_by",
    "results.sent.manner",
    "results.sent.note",
    "results.sent.computed",
    "results.sent.counts",
];

fn heads(parts: &[&[&'static str]]) -> Vec<Head> {
    parts.iter().flat_map(|part| part.iter().copied()).map(Head::word).collect()
}

fn put(sink: &mut Sink<'_>, cells: &[String]) -> Result<()> {
    sink(&cells.iter().map(String::as_str).collect::<Vec<_>>())
}

fn counts(c: &Counts) -> Vec<String> {
    let numbers = [c.applied, c.sat, c.absent, c.passed_theory, c.passed_practical, c.passed_review, c.passed];
    let mut cells: Vec<String> = numbers.iter().map(u64::to_string).collect();
    cells.extend([c.failed.to_string(), c.incomplete.to_string(), c.decided().to_string()]);
    cells.push(c.rate().unwrap_or_default());
    cells
}

fn board(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let board = results::board(site)?;
    for line in &board.rows {
        let named = vec![line.occupation_name.clone(), line.level.official().to_owned()];
        put(sink, &[named, counts(&line.counts)].concat())?;
    }
    put(sink, &[vec![manner.word("results.total"), String::new()], counts(&board.totals)].concat())
}

fn places(site: &Site, _: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for Leaf { region, unit, trade, room, counts: c } in results::tree(site)? {
        let room = room.map(|r| format!("{} {}", r.venue, r.number)).unwrap_or_default();
        let named = vec![region, unit, trade.occupation_name, trade.level.official().to_owned(), room];
        put(sink, &[named, counts(&c)].concat())?;
    }
    Ok(())
}

fn spread(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for spread in results::board(site)?.spreads {
        let part = manner.word(&spread.subject.key());
        let whole = spread.marked();
        for (n, count) in spread.bins.iter().enumerate() {
            let to = if n == 9 { "100".to_owned() } else { format!("<{}", (n + 1) * 10) };
            let share = results::share(*count, whole).unwrap_or_default();
            put(sink, &[part.clone(), format!("{}–{to}", n * 10), count.to_string(), share])?;
        }
        let others = [("mark.absent", spread.absent), ("mark.void", spread.void), ("mark.missing", spread.missing)];
        for (key, count) in others {
            put(sink, &[part.clone(), manner.word(key), count.to_string(), String::new()])?;
        }
    }
    Ok(())
}

/// Outcome and parts; what was not there is empty.
fn came(came: Option<&Came>, manner: &Manner<'_>) -> Vec<String> {
    let Some(came) = came else {
        return vec![manner.word("results.not_there"), String::new(), String::new(), String::new()];
    };
    let mark = |mark: Option<Mark>| match mark {
        Some(Mark::Points(points)) => points.to_string(),
        Some(Mark::Absent) => manner.word("mark.absent"),
        Some(Mark::Void) => manner.word("mark.void"),
        None => String::new(),
    };
    let outcome = manner.word(&format!("outcome.{}", came.outcome.code()));
    std::iter::once(outcome).chain(came.marks.map(mark)).collect()
}

fn changes(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let all = results::computations(site)?;
    let (Some(after), Some(before)) = (all.first(), all.get(1)) else { return Ok(()) };
    for one in results::between(site, before.id, after.id)? {
        let who = vec![one.ticket.unwrap_or_default(), one.name, one.occupation_name, one.level.official().to_owned()];
        put(sink, &[who, came(one.before.as_ref(), manner), came(one.after.as_ref(), manner)].concat())?;
    }
    Ok(())
}

fn comparison(site: &Site, _: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for row in results::compare(site, None)?.rows {
        let side = |c: Option<&Counts>| match c {
            Some(c) => {
                vec![c.applied.to_string(), c.passed.to_string(), c.decided().to_string(), c.rate().unwrap_or_default()]
            }
            None => vec![String::new(); 4],
        };
        let rise = row.rise().map(results::points_of).unwrap_or_default();
        let named = vec![row.occupation_name.clone(), row.level.official().to_owned()];
        put(sink, &[named, side(row.now.as_ref()), side(row.then.as_ref()), vec![rise]].concat())?;
    }
    Ok(())
}

fn sent(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let all = results::computations(site)?;
    for row in results::summary(site)?.rows {
        let computed = all.iter().find(|c| c.id == row.computation);
        let counts = computed.map(|c| format!("{}/{}", c.passed, c.applied)).unwrap_or_default();
        let cells = [
            row.sent_on.to_string(),
            row.recipient,
            row.sent_by,
            row.signed_by,
            manner.word(&format!("results.manner.{}", row.manner.code())),
            row.note.unwrap_or_default(),
            computed.map(|c| c.at.minute()).unwrap_or_default(),
            counts,
        ];
        put(sink, &cells)?;
    }
    Ok(())
}
