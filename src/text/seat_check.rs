//! Words of the check of seats, one line for each finding.
use super::Locale;
use crate::ops::seating::{CheckReport, Reason, Sits, WhyUnseated};

/// Everything that was found, the worst first: people without a seat or with two, then rooms, then neighbours.
pub fn lines(locale: &Locale, report: &CheckReport) -> Vec<String> {
    let say = |key: &str, args: &[(&str, &str)]| locale.say(&format!("seat_check.{key}"), args);
    let mut lines = Vec::new();
    for u in &report.unseated {
        let why = locale.word(unseated_key(u.reason));
        let (unit, sessions) = (u.unit.as_deref().unwrap_or("-"), u.sessions.join(" "));
        lines.push(say("unseated", &[("one", &u.name), ("unit", unit), ("sessions", &sessions), ("why", why)]));
    }
    for t in &report.two_places {
        let (room, seat) = (t.one.1.to_string(), two(t.one.2));
        let (other_room, other_seat) = (t.other.1.to_string(), two(t.other.2));
        #[rustfmt::skip]
        lines.push(say("two_places", &[
            ("one", &t.name), ("sessions", &t.one.0), ("room", &room), ("one_seat", &seat),
            ("other_sessions", &t.other.0), ("other_room", &other_room), ("other_seat", &other_seat),
        ]));
    }
    for n in &report.needs {
        let (room, seat) = n.named.map(|(room, seat)| (room.to_string(), two(seat))).unwrap_or_default();
        let (other, sessions) = (n.taken_by.as_deref().unwrap_or_default(), n.sessions.join(" "));
        let key = match (&n.named, &n.taken_by) {
            (None, _) => "need_open",
            (Some(_), None) => "need_unmet",
            (Some(_), Some(_)) => "need_taken",
        };
        #[rustfmt::skip]
        lines.push(say(key, &[
            ("one", &n.name), ("need", &n.need), ("room", &room), ("one_seat", &seat), ("other", other), ("sessions", &sessions),
        ]));
    }
    rooms(report, &say, &mut lines);
    for c in &report.colleagues {
        let (room, sessions, why) = (c.room.to_string(), c.sessions.join(" "), reason(locale, &c.reason));
        let args = [("unit", c.unit.as_str()), ("sessions", &sessions), ("why", &why)];
        lines.push(pair("colleagues", &say, (&room, &c.one, &c.other), &args));
    }
    lines
}

type Say<'a> = &'a dyn Fn(&str, &[(&str, &str)]) -> String;

fn rooms(report: &CheckReport, say: Say<'_>, lines: &mut Vec<String>) {
    for c in &report.closed {
        let (room, people) = (c.room.to_string(), c.people.to_string());
        lines.push(say("closed", &[("room", &room), ("why", &c.why), ("people", &people), ("sessions", &c.session)]));
    }
    for c in &report.crowded {
        let (room, round) = (c.room.to_string(), c.round.to_string());
        let (people, most) = (c.people.to_string(), c.most.to_string());
        #[rustfmt::skip]
        lines.push(say("crowded", &[
            ("room", &room), ("round", &round), ("people", &people), ("most", &most), ("sessions", &c.session),
        ]));
    }
    for b in &report.bad_seats {
        let (room, seat) = (b.room.to_string(), two(b.who.seat));
        let args = [("room", room.as_str()), ("one_seat", &seat), ("one", &b.who.name), ("sessions", &b.session)];
        lines.push(say("bad_seat", &args));
    }
    for p in &report.same_papers {
        let args = [("form", p.form.code()), ("sessions", &p.session)];
        lines.push(pair("same_papers", say, (&p.room.to_string(), &p.one, &p.other), &args));
    }
}

fn pair(key: &str, say: Say<'_>, (room, one, other): (&str, &Sits, &Sits), more: &[(&str, &str)]) -> String {
    let (one_seat, other_seat) = (two(one.seat), two(other.seat));
    let own = [("room", room), ("one_seat", &one_seat), ("one", &one.name), ("other_seat", &other_seat)];
    let args: Vec<_> = own.into_iter().chain([("other", other.name.as_str())]).chain(more.iter().copied()).collect();
    say(key, &args)
}

/// Why two colleagues sit together, with the figures.
pub fn reason(locale: &Locale, reason: &Reason) -> String {
    let number = |n: usize| n.to_string();
    match *reason {
        Reason::TooMany { units, people, rooms, seats, most } => {
            let key = if units > 1 { "seat_why.too_many_together" } else { "seat_why.too_many" };
            let (others, people) = (number(units.saturating_sub(1)), number(people));
            let (rooms, seats, most) = (number(rooms), number(seats), number(most));
            let figures = [("others", others.as_str()), ("people", &people), ("rooms", &rooms)];
            let figures: Vec<_> = figures.into_iter().chain([("seats", seats.as_str()), ("most", &most)]).collect();
            locale.say(key, &figures)
        }
        Reason::NamedSeats => locale.word("seat_why.named_seats").to_owned(),
        Reason::ByHand => locale.word("seat_why.by_hand").to_owned(),
        Reason::NotFound => locale.word("seat_why.not_found").to_owned(),
    }
}

fn unseated_key(why: WhyUnseated) -> &'static str {
    match why {
        WhyUnseated::Waits => "seat_why.waits",
        WhyUnseated::Unpaid => "seat_why.unpaid",
        WhyUnseated::Twice => "seat_why.twice",
    }
}

fn two(seat: u16) -> String {
    format!("{seat:02}")
}

/// What came of it, in one sentence.
pub fn summary(locale: &Locale, report: &CheckReport) -> String {
    let key = if report.is_clean() { "seat_check.clean" } else { "seat_check.found" };
    let number = |n: usize| n.to_string();
    let (count, seated, rooms) = (number(report.findings()), number(report.seated), number(report.rooms));
    locale.say(key, &[("count", &count), ("seated", &seated), ("rooms", &rooms)])
}
