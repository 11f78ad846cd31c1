//! Words of edits of seats: who sits where now, what became of the ticket, which colleagues sit together.
use super::Locale;
use crate::ops::seating::edit::{At, Beside, Moved, Reseated};

/// `3-12`: seat 12 of room 3.
pub fn seat(at: At) -> String {
    format!("{}-{:02}", at.room, at.seat)
}

fn moved(locale: &Locale, m: &Moved) -> String {
    let (from, to) = (m.from.map(seat).unwrap_or_default(), m.to.map(seat).unwrap_or_default());
    let sessions = m.sessions.join(" ");
    let args = [("name", m.name.as_str()), ("from", &from), ("to", &to), ("sessions", &sessions)];
    let key = match (m.from, m.to) {
        (Some(_), Some(_)) => "seat.moved",
        (None, _) => "seat.placed",
        (Some(_), None) => "seat.unseated",
    };
    locale.say(key, &args)
}

/// What somebody must be told of a ticket; nothing where it stays as it is.
fn ticket(locale: &Locale, m: &Moved) -> Option<String> {
    let number = m.ticket.number.as_deref().unwrap_or_default();
    let void = m.ticket.void.as_deref().unwrap_or_default();
    let args = [("name", m.name.as_str()), ("number", number), ("void", void)];
    let text = match (&m.ticket.void, &m.ticket.number) {
        (Some(_), Some(_)) => Some(locale.say("seat.ticket_new", &args)),
        (Some(_), None) => Some(locale.say("seat.ticket_void", &args)),
        (None, Some(_)) if m.from.is_none() => Some(locale.say("seat.ticket_is", &args)),
        (None, _) => None,
    };
    let printed = m.ticket.printed_is_wrong.then(|| locale.say("seat.printed_wrong", &args));
    let parts: Vec<_> = text.into_iter().chain(printed).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn beside(locale: &Locale, b: &Beside) -> String {
    let (at, other_seat) = (seat(b.at), seat(At { seat: b.other_seat, ..b.at }));
    let args = [
        ("name", b.name.as_str()),
        ("seat", &at),
        ("other", &b.other),
        ("other_seat", &other_seat),
        ("session", &b.session),
    ];
    locale.say("seat.beside", &args)
}

/// Each pair once.
fn pairs(out: &Reseated) -> Vec<&Beside> {
    let mut seen = std::collections::BTreeSet::new();
    let key = |b: &Beside| {
        let (low, high) = (b.at.seat.min(b.other_seat), b.at.seat.max(b.other_seat));
        (b.at.room, low, high)
    };
    out.beside.iter().filter(|b| seen.insert(key(b))).collect()
}

/// What was done to the first person, or to both who changed seats, in one short line.
pub fn short(locale: &Locale, out: &Reseated) -> String {
    match out.moved.as_slice() {
        [one, other] if one.to.is_some() && other.to.is_some() => {
            let (to, other_to) = (one.to.map(seat).unwrap_or_default(), other.to.map(seat).unwrap_or_default());
            let args = [("name", one.name.as_str()), ("to", &to), ("other", &other.name), ("other_to", &other_to)];
            locale.say("seat.swapped", &args)
        }
        all => all.first().map(|one| moved(locale, one)).unwrap_or_default(),
    }
}

/// Everything there is to say, one thing a line.
pub fn reseated(locale: &Locale, out: &Reseated) -> Vec<String> {
    let mut lines = Vec::new();
    for m in &out.moved {
        lines.push(moved(locale, m));
        lines.extend(ticket(locale, m));
        if m.leaves_named {
            lines.push(locale.say("seat.leaves_named", &[("name", &m.name)]));
        }
    }
    lines.extend(pairs(out).into_iter().map(|b| beside(locale, b)));
    lines
}

/// Colleagues who would be or are neighbours, in one line; `None` where there are none.
pub fn warning(locale: &Locale, out: &Reseated) -> Option<String> {
    let pairs = pairs(out);
    let first = pairs.first()?;
    let more = pairs.len() - 1;
    let text = beside(locale, first);
    Some(if more == 0 { text } else { format!("{text} {}", locale.say("seat.more", &[("count", &more.to_string())])) })
}
