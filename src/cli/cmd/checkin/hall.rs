//! `kaowu checkin hall`: every room of a session, alarms first.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::checkin::{self, HallRoom};
use crate::text::door;
use serde_json::json;

pub fn run(context: &Context, session: Option<&str>) -> Result<Exit> {
    let site = context.look()?;
    let session = checkin::by_code(&site, session)?;
    let hall = checkin::hall(&site, &session)?;
    let locale = &context.out.locale;
    let row = |room: &HallRoom| {
        let number = |n: i64| n.to_string();
        vec![
            number(room.number),
            number(room.seated),
            number(room.here),
            number(room.expected()),
            number(room.absent),
            number(room.refused),
            number(room.out),
            number(room.incidents),
            format!("{}/{}", room.proctors_here, room.proctors),
            door::papers(locale, room),
        ]
    };
    let columns = [
        Col::Right("column.room"),
        Col::Right("column.seated"),
        Col::Right("column.here"),
        Col::Right("column.hall_expected"),
        Col::Right("column.absent"),
        Col::Right("column.hall_refused"),
        Col::Right("column.hall_out"),
        Col::Right("column.hall_incidents"),
        Col::Right("column.hall_proctors"),
        Col::Left("column.hall_papers"),
    ];
    let (alarms, rooms) = (hall.alarms(site.now()), hall.by_need(site.now()));
    let rows: Vec<_> = rooms.iter().map(row).collect();
    if !context.out.is_json() {
        alarms.iter().for_each(|alarm| context.out.line(&format!("! {}", door::alarm(locale, alarm))));
    }
    context.out.table(&json!({ "door": hall.door, "alarms": alarms, "rooms": rooms }), &columns, &rows);
    Ok(Exit::Done)
}
