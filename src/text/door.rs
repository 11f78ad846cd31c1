//! Words of the door: what the clock says, where somebody sits, how they arrived.
use super::Locale;
use crate::model::{AttendanceState, Stamp};
use crate::ops::checkin::{Admitted, Alarm, Door, Ground, HallRoom, Left, Next, Phase, Refused, Seated, TimeLeft};

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

/// Name, place and why in one line.
pub fn sent_away(locale: &Locale, done: &Refused) -> String {
    let place = place(locale, done.room_number, done.seat);
    let why = locale.word(&format!("refused_why.{}", done.ground.code())).to_owned();
    locale.say("checkin.sent_away", &[("name", &done.name), ("place", &place), ("why", &why)])
}

/// Who is out, and when they went.
pub fn left_room(locale: &Locale, done: &Left) -> String {
    let place = place(locale, done.room_number, done.seat);
    let state = attendance(locale, Some(done.state)).to_owned();
    let args = [("name", done.name.as_str()), ("place", &place), ("state", &state), ("at", &done.at.clock())];
    locale.say("checkin.left_room", &args)
}

/// Why somebody was sent away, left, or was let in late.
pub fn why(locale: &Locale, person: &Seated) -> String {
    let Some(reason) = person.reason.as_deref() else { return String::new() };
    if person.attendance != Some(AttendanceState::Refused) {
        return reason.to_owned();
    }
    let (ground, words) = Ground::read(reason);
    let word = locale.word(&format!("refused_why.{}", ground.code())).to_owned();
    if words.is_empty() { word } else { format!("{word} {words}") }
}

/// How far the papers of a room are: bags back, and whether the record is written.
pub fn papers(locale: &Locale, room: &HallRoom) -> String {
    match (room.recorded, room.bags) {
        (true, _) => locale.word("hall.recorded").to_owned(),
        (false, 0) => "-".to_owned(),
        (false, bags) => format!("{}/{bags}", room.bags_back),
    }
}

/// One alarm in a line.
pub fn alarm(locale: &Locale, alarm: &Alarm) -> String {
    let (room, count) = (alarm.number.unwrap_or_default().to_string(), alarm.count.to_string());
    let key = format!("hall.alarm.{}", alarm.what.code());
    let Some(twice) = &alarm.twice else { return locale.say(&key, &[("room", &room), ("count", &count)]) };
    let (seat, other) = (twice.seat.to_string(), place(locale, twice.other_room, twice.other_seat));
    let args = [("name", twice.name.as_str()), ("room", &room), ("seat", &seat), ("session", &twice.other_session)];
    let all = [args.as_slice(), &[("other", other.as_str())]].concat();
    locale.say(&key, &all)
}

/// The next gate and how long until then, in few words: minutes, and seconds in the last two.
pub fn countdown(locale: &Locale, next: &Next, now: Stamp) -> String {
    let gate = locale.word(&format!("gate.{}", next.gate.code())).to_owned();
    locale.say("gate.next", &[("gate", &gate), ("left", &time_left(locale, next.left(now)))])
}

/// `12 min`, or `1:45`.
pub fn time_left(locale: &Locale, time: TimeLeft) -> String {
    match time {
        TimeLeft::Minutes(minutes) => left(locale, minutes),
        TimeLeft::Seconds(seconds) => clock(seconds),
    }
}

/// Minutes and seconds.
pub fn clock(seconds: i64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
