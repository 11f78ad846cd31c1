//! Words of the door: what the clock says, where somebody sits, how they arrived.
use super::Locale;
use crate::model::AttendanceState;
use crate::ops::checkin::{Admitted, Door, Phase};

/// What the door says now, with the minutes to its next change.
pub fn phase(locale: &Locale, door: &Door, phase: Phase) -> String {
    let (code, minutes) = match phase {
        Phase::Before { minutes } => ("before", minutes),
        Phase::Open { minutes } => ("open", minutes),
        Phase::Late { minutes } => ("late", minutes),
        Phase::Closed => ("closed", 0),
        Phase::Over => ("over", 0),
    };
    let (opens, starts, limit) = (door.opens.clock(), door.starts.clock(), door.limit.clock());
    let args = [("opens", opens.as_str()), ("starts", &starts), ("limit", &limit), ("left", &left(locale, minutes))];
    locale.say(&format!("checkin.phase.{code}"), &args)
}

/// A time to wait: minutes up to two hours, then hours, then days.
pub fn left(locale: &Locale, minutes: i64) -> String {
    let (key, days, hours) = match minutes {
        ..=120 => ("minutes", 0, 0),
        121..1440 => ("hours", 0, minutes / 60),
        _ => ("days", minutes / 1440, minutes / 60 % 24),
    };
    let rest = if key == "minutes" { minutes } else { minutes % 60 };
    let (days, hours, minutes) = (days.to_string(), hours.to_string(), rest.to_string());
    let args = [("days", days.as_str()), ("hours", &hours), ("minutes", &minutes)];
    locale.say(&format!("checkin.left.{key}"), &args)
}

/// Room and seat.
pub fn place(locale: &Locale, room: i64, seat: i64) -> String {
    locale.say("checkin.place", &[("room", &room.to_string()), ("seat", &seat.to_string())])
}

/// `None`: still expected.
pub fn attendance(locale: &Locale, state: Option<AttendanceState>) -> &str {
    locale.word(match state {
        None => "attendance.expected",
        Some(AttendanceState::Present) => "attendance.present",
        Some(AttendanceState::Late) => "attendance.late",
        Some(AttendanceState::Refused) => "attendance.refused",
        Some(AttendanceState::Absent) => "attendance.absent",
        Some(AttendanceState::LeftEarly) => "attendance.left_early",
        Some(AttendanceState::HandedIn) => "attendance.handed_in",
        Some(AttendanceState::Misconduct) => "attendance.misconduct",
    })
}

/// On time, or how late.
pub fn how(locale: &Locale, late_minutes: Option<i64>) -> String {
    match late_minutes {
        None => locale.word("checkin.on_time").to_owned(),
        Some(minutes) => locale.say("checkin.late", &[("minutes", &minutes.to_string())]),
    }
}

/// Name, place and arrival in one line: what is called out at a door.
pub fn admitted(locale: &Locale, done: &Admitted) -> String {
    let mut how = how(locale, done.late_minutes());
    if done.overridden {
        how = locale.say("checkin.overridden", &[("how", &how)]);
    }
    let place = place(locale, done.room_number, done.seat);
    locale.say("checkin.admitted", &[("name", &done.name), ("place", &place), ("how", &how)])
}
