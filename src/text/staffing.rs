//! Words of staff: duties, posts, what is wanting.
use super::Locale;
use crate::model::{Duty, Refusal};
use crate::ops::staff::{Line, Shortfall, Worker};

pub fn duty(locale: &Locale, duty: Duty) -> String {
    locale.word(&format!("duty.{}", duty.code())).to_owned()
}

/// Room, or the whole venue.
pub fn room(locale: &Locale, number: Option<i64>) -> String {
    match number {
        Some(number) => locale.say("staffing.room", &[("room", &number.to_string())]),
        None => locale.word("staffing.whole_venue").to_owned(),
    }
}

/// `2/3`
pub fn count(line: &Line) -> String {
    format!("{}/{}", line.have(), line.need)
}

/// The names, with the leader's mark.
pub fn names(locale: &Locale, line: &Line) -> String {
    let name = |w: &Worker| {
        let mut name = w.name.clone();
        if w.leads {
            name.push_str(locale.word("staffing.leads"));
        }
        name
    };
    line.people.iter().map(name).collect::<Vec<_>>().join(locale.word("staffing.comma"))
}

pub fn wanting(locale: &Locale, shortfall: &Shortfall) -> String {
    let say = |key: &str, need: usize, have: usize| {
        let lacks = need.saturating_sub(have);
        locale.say(key, &[("need", &need.to_string()), ("have", &have.to_string()), ("lacks", &lacks.to_string())])
    };
    match shortfall {
        Shortfall::People { need, have, .. } => say("staffing.lacks_people", *need, *have),
        Shortfall::Odd { have } => say("staffing.not_odd", *have, *have),
        Shortfall::Senior { need, have } => say("staffing.lacks_senior", *need, *have),
        Shortfall::Occupation { occupation, need, have } => {
            let args = [("occupation", occupation.as_str()), ("need", &need.to_string()), ("have", &have.to_string())];
            locale.say("staffing.lacks_occupation", &args)
        }
        Shortfall::Renewed { need, have } => say("staffing.lacks_new", *need, *have),
        Shortfall::Leader => locale.word("staffing.lacks_leader").to_owned(),
    }
}

/// Everything wrong with a post, in one line.
pub fn troubles(locale: &Locale, line: &Line) -> String {
    let wanting = line.wanting.iter().map(|s| wanting(locale, s));
    let against = line.people.iter().flat_map(|w| &w.against).map(|o| refusal(locale, &o.refusal));
    wanting.chain(against).collect::<Vec<_>>().join(locale.word("staffing.semicolon"))
}

pub fn refusal(locale: &Locale, refusal: &Refusal) -> String {
    locale.say_data(&format!("refusal.{}", refusal.code.0), &refusal.data)
}
