//! The list of a room or a session.
use crate::cli::Context;
use crate::cli::out::Col;
use crate::ops::checkin::{AttendanceSource, Seated};
use crate::text::door;

pub fn print(context: &Context, people: &[Seated]) {
    let locale = &context.out.locale;
    let row = |p: &Seated| {
        let from_sheet = p.source == Some(AttendanceSource::Sheet);
        let mark = if from_sheet { locale.word("checkin.sheet_mark") } else { "" };
        vec![
            p.room_number.to_string(),
            p.seat.to_string(),
            p.ticket.clone().unwrap_or_default(),
            p.name.clone(),
            format!("{}{mark}", door::attendance(locale, p.attendance)),
            p.at.map(|t| t.clock()).unwrap_or_default(),
            p.out_at.map(|t| t.clock()).unwrap_or_default(),
            door::why(locale, p),
        ]
    };
    let columns = [
        Col::Right("column.room"),
        Col::Right("column.seat"),
        Col::Left("column.ticket"),
        Col::Left("column.person"),
        Col::Left("column.attendance"),
        Col::Left("column.at"),
        Col::Left("column.attendance_out_at"),
        Col::Left("column.attendance_why"),
    ];
    let rows: Vec<_> = people.iter().map(row).collect();
    context.out.table(&people, &columns, &rows);
}
