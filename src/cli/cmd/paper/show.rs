//! Bags, records and the archive register as tables.
use super::Which;
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::papers::{self, RoomPapers};
use crate::ops::{Error, Result, checkin};
use crate::text::{explain, papers as words};
use serde_json::json;

/// What is wrong, line by line on standard error.
fn warnings(context: &Context, rooms: &[RoomPapers]) {
    for refusal in rooms.iter().flat_map(|r| &r.wrong) {
        let text = explain(&context.out.locale, &Error::Refused(refusal.clone())).message;
        context.out.note(&format!("! {text}"));
    }
}

pub fn list(context: &Context, which: &Which) -> Result<Exit> {
    let site = context.look()?;
    let session = checkin::by_code(&site, which.session.as_deref())?;
    let mut rooms = papers::rooms(&site, &session)?;
    rooms.retain(|r| which.room.is_none_or(|number| number == r.number));
    let locale = &context.out.locale;
    let named = |number: &String| which.bag.is_empty() || which.bag.contains(number);
    let bags = || rooms.iter().flat_map(|r| r.bags.iter().map(move |b| (r, b))).filter(|(_, b)| named(&b.bag.number));
    let row = |(room, line): (&RoomPapers, &papers::BagLine)| {
        vec![
            line.bag.number.clone(),
            room.number.to_string(),
            words::paper(locale, line),
            line.bag.sheets.to_string(),
            line.bag.spare.to_string(),
            line.bag.seal.clone().unwrap_or_default(),
            words::state(locale, line.bag.state),
            words::last(line),
        ]
    };
    let rows: Vec<_> = bags().map(row).collect();
    let value = |(room, line): (&RoomPapers, &papers::BagLine)| {
        json!({
            "bag": line.bag.number, "room": room.number, "occupation": line.bag.occupation, "level": line.bag.level,
            "form": line.bag.form, "sheets": line.bag.sheets, "spare": line.bag.spare, "seal": line.bag.seal,
            "state": line.bag.state, "events": line.events,
        })
    };
    let wrong: Vec<_> = rooms.iter().flat_map(|r| &r.wrong).map(|w| w.code.0).collect();
    let value = json!({ "session": session.code, "bags": bags().map(value).collect::<Vec<_>>(), "wrong": wrong });
    #[rustfmt::skip]
    let columns = [
        Col::Left("column.bag"), Col::Right("column.room"), Col::Left("column.paper"), Col::Right("column.sheets"),
        Col::Right("column.spare"), Col::Left("column.seal"), Col::Left("column.state"), Col::Left("column.last_move"),
    ];
    context.out.table(&value, &columns, &rows);
    warnings(context, &rooms);
    Ok(Exit::Done)
}

pub fn records(context: &Context, session: Option<&str>) -> Result<Exit> {
    let site = context.look()?;
    let session = checkin::by_code(&site, session)?;
    let rooms = papers::rooms(&site, &session)?;
    let row = |r: &RoomPapers| {
        let counts = r.counted();
        let shown = counts.unwrap_or(r.known);
        let record = r.record.as_ref();
        let mut row = vec![r.number.to_string(), context.out.locale.word(words::standing_key(r)).to_owned()];
        let figures = [shown.issued, shown.collected, shown.absent, shown.void, shown.spare];
        row.extend(figures.map(|n| n.to_string()));
        row.push(counts.map(|c| c.missing().to_string()).unwrap_or_default());
        row.push(record.map(|r| r.signed_by.replace('\n', " ")).unwrap_or_default());
        row.push(record.and_then(|r| r.reason.clone()).unwrap_or_default());
        row
    };
    let rows: Vec<_> = rooms.iter().map(row).collect();
    let value = |r: &RoomPapers| {
        json!({
            "room": r.number, "seated": r.seated, "here": r.here, "absent": r.absent, "known": r.known,
            "counted": r.counted(), "missing": r.counted().map(|c| c.missing()), "record": r.record,
            "differing": r.counted().map(|c| c.differing(&r.known)),
            "wrong": r.wrong.iter().map(|w| w.code.0).collect::<Vec<_>>(),
        })
    };
    let values: Vec<_> = rooms.iter().map(value).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Right("column.room"), Col::Left("column.state"), Col::Right("column.issued"), Col::Right("column.collected"),
        Col::Right("column.absent"), Col::Right("column.void"), Col::Right("column.spare"), Col::Right("column.missing_sheets"),
        Col::Left("column.signed_by"), Col::Left("column.reason"),
    ];
    context.out.table(&values, &columns, &rows);
    warnings(context, &rooms);
    Ok(Exit::Done)
}

pub fn archive(context: &Context, session: Option<&str>) -> Result<Exit> {
    let site = context.look()?;
    let only = session.map(|code| checkin::by_code(&site, Some(code))).transpose()?.map(|s| s.id);
    let lines = papers::archive(&site, only)?;
    let text = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let row = |l: &papers::ArchiveLine| {
        vec![
            l.session.clone(),
            l.room.to_string(),
            l.bags.join(" "),
            l.r#box.clone().unwrap_or_default(),
            text(l.scripts.or(l.due)),
            l.keeper.clone().unwrap_or_default(),
            l.place.clone().unwrap_or_default(),
            l.keep_until.map(|d| d.to_string()).unwrap_or_default(),
        ]
    };
    let rows: Vec<_> = lines.iter().map(row).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Left("column.session"), Col::Right("column.room"), Col::Left("column.bags"), Col::Left("column.box"),
        Col::Right("column.scripts"), Col::Left("column.box_keeper"), Col::Left("column.box_place"), Col::Left("column.keep_until"),
    ];
    context.out.table(&lines, &columns, &rows);
    let open = lines.iter().filter(|l| l.r#box.is_none()).count();
    if open > 0 {
        context.out.say("papers.not_archived_yet", &[("count", &open.to_string())]);
    }
    Ok(Exit::Done)
}
