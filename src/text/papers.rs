//! Papers in words, for both faces.
use super::Locale;
use crate::model::{BagState, PaperMove};
use crate::ops::papers::{BagLine, Closed, Counts, Moved, Planned, RoomPapers, Stored};
use crate::ops::{PaperBagRow, PaperEventRow};

/// Bags that an answer names.
const FEW: usize = 4;

pub fn state(locale: &Locale, state: BagState) -> String {
    locale.word(&format!("bag_state.{}", state.code())).to_owned()
}

/// Occupation, level and form of a paper.
pub fn paper(locale: &Locale, line: &BagLine) -> String {
    let level = line.bag.level.map(|l| locale.word(&l.key()).to_owned());
    let form = line.bag.form.map(|f| locale.say("papers.form", &[("form", f.code())]));
    let parts = [Some(line.occupation_name.clone()), level, form];
    parts.into_iter().flatten().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

/// When a bag moved last, and between whom.
pub fn last(line: &BagLine) -> String {
    line.events.last().map(|e| format!("{} {} > {}", e.at.clock(), e.giver, e.taker)).unwrap_or_default()
}

/// Where a room stands as a whole: the key of the words.
pub fn standing_key(room: &RoomPapers) -> &'static str {
    let least = room.bags.iter().map(|b| b.bag.state).min();
    match (&room.archived, &room.record, least) {
        (Some(_), ..) => "room_papers.archived",
        (None, Some(_), _) => "room_papers.closed",
        (None, None, Some(BagState::Stored)) => "room_papers.stored",
        (None, None, Some(BagState::Out)) => "room_papers.out",
        (None, None, Some(BagState::Open)) => "room_papers.open",
        (None, None, Some(BagState::Collected)) => "room_papers.collected",
        (None, None, Some(BagState::Returned)) => "room_papers.returned",
        (None, None, None) => "room_papers.none",
    }
}

/// All five figures and what is missing.
pub fn counts(locale: &Locale, c: &Counts) -> String {
    let figures = [c.issued, c.collected, c.absent, c.void, c.spare].map(|n| n.to_string());
    let [issued, collected, absent, void, spare] = &figures;
    let args =
        [("issued", issued.as_str()), ("collected", collected), ("absent", absent), ("void", void), ("spare", spare)];
    let line = locale.say("papers.counts", &args);
    match c.missing() {
        // Where nothing was issued nothing was compared.
        0 if c.issued == 0 => line,
        0 => format!("{line}  {}", locale.word("papers.adds_up")),
        n if n > 0 => format!("{line}  {}", locale.say("papers.missing", &[("count", &n.to_string())])),
        n => format!("{line}  {}", locale.say("papers.too_many", &[("count", &n.saturating_neg().to_string())])),
    }
}

pub fn planned(locale: &Locale, out: &Planned, op: i64) -> String {
    if op == 0 {
        return locale.say("papers.planned_same", &[("bags", &out.bags.to_string())]);
    }
    let (bags, rooms, sheets) = (out.bags.to_string(), out.rooms.to_string(), out.sheets.to_string());
    let (added, resized, dropped) = (out.added.to_string(), out.resized.to_string(), out.dropped.to_string());
    let args = [
        ("bags", bags.as_str()),
        ("rooms", &rooms),
        ("sheets", &sheets),
        ("added", &added),
        ("resized", &resized),
        ("dropped", &dropped),
        ("op", &op.to_string()),
    ];
    locale.say("papers.planned", &args)
}

pub fn moved(locale: &Locale, kind: PaperMove, out: &Moved, op: i64) -> String {
    let what = locale.say(&format!("paper_move.{}", kind.code()), &[]);
    let few: Vec<_> = out.bags.iter().take(FEW).map(String::as_str).collect();
    let more = if out.bags.len() > FEW { format!(" .. ({})", out.bags.len()) } else { String::new() };
    let (bags, sheets, op) = (format!("{}{more}", few.join(" ")), out.sheets.to_string(), op.to_string());
    locale.say("papers.moved", &[("move", &what), ("bags", &bags), ("sheets", &sheets), ("op", &op)])
}

pub fn corrected(locale: &Locale, bag: &PaperBagRow, op: i64) -> String {
    let (sheets, spare, op) = (bag.sheets.to_string(), bag.spare.to_string(), op.to_string());
    let seal = bag.seal.as_deref().unwrap_or("--");
    let args = [("bag", bag.number.as_str()), ("sheets", &sheets), ("spare", &spare), ("seal", seal), ("op", &op)];
    locale.say("papers.corrected", &args)
}

pub fn closed(locale: &Locale, out: &Closed, op: i64) -> String {
    let (room, op, line) = (out.room.to_string(), op.to_string(), counts(locale, &out.counts));
    locale.say("papers.closed", &[("room", &room), ("counts", &line), ("op", &op)])
}

pub fn stored(locale: &Locale, out: &Stored, op: i64) -> String {
    let (room, scripts, until) = (out.room.to_string(), out.scripts.to_string(), out.keep_until.to_string());
    let args = [("room", room.as_str()), ("box", &out.r#box), ("scripts", &scripts), ("until", &until)];
    let op = op.to_string();
    locale.say("papers.stored", &[args.as_slice(), &[("op", op.as_str())]].concat())
}

/// A bag in one line.
pub fn bag(locale: &Locale, line: &BagLine) -> String {
    let (sheets, spare) = (line.bag.sheets.to_string(), line.bag.spare.to_string());
    let (paper, state) = (paper(locale, line), state(locale, line.bag.state));
    let args = [
        ("bag", line.bag.number.as_str()),
        ("paper", &paper),
        ("sheets", &sheets),
        ("spare", &spare),
        ("seal", line.bag.seal.as_deref().unwrap_or("--")),
        ("state", &state),
    ];
    locale.say("papers.bag_line", &args)
}

/// One movement in one line.
pub fn event(locale: &Locale, e: &PaperEventRow) -> String {
    let what = locale.say(&format!("paper_move.{}", e.kind.code()), &[]);
    let sheets = e.sheets.map(|n| locale.say("papers.event_sheets", &[("sheets", &n.to_string())]));
    let others = e.watched_by.as_ref().map(|names| names.replace('\n', " "));
    let broken = (e.intact == Some(false)).then(|| locale.word("papers.seal_not_whole").to_owned());
    let head = format!("{} {what}  {} > {}", e.at.minute(), e.giver, e.taker);
    [Some(head), others, sheets, broken, e.note.clone()].into_iter().flatten().collect::<Vec<_>>().join("  ")
}
