//! Dates of the board in words.
use super::Locale;
use crate::ops::milestones::{Headline, Item, Kind, Standing};

pub fn name(locale: &Locale, item: &Item) -> String {
    let number = item.number.map(|n| n.to_string()).unwrap_or_default();
    match (&item.title, item.kind) {
        (Some(title), Kind::Task) => title.clone(),
        (Some(title), _) => locale.say(&item.what, &[("number", &number), ("title", title)]),
        (None, _) => locale.say(&item.what, &[("number", &number)]),
    }
}

/// How long it is, or how late it was.
pub fn countdown(locale: &Locale, item: &Item) -> String {
    let days = item.working_days_left.unwrap_or_default();
    let say = |key: &str, days: i64| locale.say(key, &[("days", &days.to_string())]);
    match (item.standing, item.late_by) {
        (Standing::Done, Some(late)) => say("milestones.was_late", late),
        (Standing::Done | Standing::Undated, _) => String::new(),
        (Standing::Late, _) => say("milestones.late_by", -days),
        (Standing::Due | Standing::NotYet, _) if days == 0 => locale.word("milestones.last_day").to_owned(),
        (Standing::Due | Standing::NotYet, _) => say("milestones.left", days),
    }
}

/// Who did it and when, or how far it is.
pub fn evidence(locale: &Locale, item: &Item) -> String {
    if let (Some(day), Some(by)) = (item.done_on, &item.done_by) {
        let note = item.note.clone().unwrap_or_default();
        let text = locale.say("milestones.done_by", &[("day", &day.to_string()), ("by", by), ("note", &note)]);
        return text.trim_end().to_owned();
    }
    let share = item.share.map(|s| {
        let (done, all) = (s.done.to_string(), s.all.to_string());
        locale.say("milestones.share", &[("done", &done), ("all", &all)])
    });
    let assignee = item.assignee.as_ref().map(|who| locale.say("milestones.assignee", &[("who", who)]));
    assignee.or(share).unwrap_or_default()
}

/// One line for the first pane.
pub fn headline(locale: &Locale, headline: &Headline) -> String {
    let next = headline.next.as_ref().map(|item| {
        let due = item.due.map(|d| d.to_string()).unwrap_or_default();
        let (what, left) = (name(locale, item), countdown(locale, item));
        locale.say("milestones.next", &[("what", &what), ("due", &due), ("left", &left)])
    });
    next.unwrap_or_default()
}
