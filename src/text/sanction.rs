//! Words of sanctions: what was imposed, what remains after lifting.
use super::Locale;
use crate::ops::sanctions::{Imposed, Lifted, Listed};

pub fn effects(locale: &Locale, s: &Listed) -> String {
    let words: Vec<_> = s.effects.iter().map(|e| locale.word(&format!("effect.{e}")).to_owned()).collect();
    words.join(locale.word("payment.comma"))
}

pub fn state(locale: &Locale, s: &Listed) -> String {
    locale.word(if s.lifted { "sanction.state_lifted" } else { "sanction.state_in_force" }).to_owned()
}

/// One sanction in one line.
pub fn line(locale: &Locale, s: &Listed) -> String {
    let (number, from, act) =
        (s.number.to_string(), s.from.to_string(), locale.word(&format!("act.{}", s.act)).to_owned());
    let (effects, state) = (effects(locale, s), state(locale, s));
    let args = [
        ("number", number.as_str()),
        ("from", &from),
        ("act", &act),
        ("effects", &effects),
        ("basis", &s.basis),
        ("state", &state),
    ];
    let text = locale.say("sanction.line", &args);
    match s.until {
        Some(until) => format!("{text}{}", locale.say("sanction.until", &[("until", &until.to_string())])),
        None => text,
    }
}

/// What was done, measure by measure.
pub fn imposed(locale: &Locale, done: &Imposed, op: i64) -> String {
    let (number, op) = (done.number.to_string(), op.to_string());
    let head = locale.say("sanction.imposed", &[("name", &done.name), ("number", &number), ("op", &op)]);
    format!("{head}{}", follows(locale, done))
}

/// What it comes to.
pub fn follows(locale: &Locale, done: &Imposed) -> String {
    let mut parts = Vec::new();
    if done.excluded {
        parts.push(locale.word("sanction.excluded").to_owned());
    }
    if !done.voided.is_empty() {
        let subjects: Vec<_> = done.voided.iter().map(|s| locale.word(&s.key()).to_owned()).collect();
        let subjects = subjects.join(locale.word("payment.comma"));
        parts.push(locale.say("sanction.voided", &[("subjects", &subjects)]));
    }
    if let Some(revoked) = &done.revoked {
        parts.push(locale.say("sanction.revoked", &[("number", revoked)]));
    }
    if let Some(until) = &done.until {
        parts.push(locale.say("sanction.barred", &[("until", until)]));
    }
    if parts.is_empty() {
        parts.push(locale.word("sanction.recorded_only").to_owned());
    }
    parts.concat()
}

/// That it ended, and what stays as it left it.
pub fn lifted(locale: &Locale, done: &Lifted, op: i64) -> String {
    let mut parts = vec![locale.say("sanction.lifted", &[("name", &done.name), ("op", &op.to_string())])];
    let remains = &done.remains;
    if remains.excluded {
        parts.push(locale.word("sanction.remains_excluded").to_owned());
    }
    if !remains.voided.is_empty() {
        let subjects: Vec<_> = remains.voided.iter().map(|s| locale.word(&s.key()).to_owned()).collect();
        let subjects = subjects.join(locale.word("payment.comma"));
        parts.push(locale.say("sanction.remains_void", &[("subjects", &subjects)]));
    }
    if !remains.revoked.is_empty() {
        parts.push(locale.say("sanction.remains_revoked", &[("numbers", &remains.revoked.join(" "))]));
    }
    parts.concat()
}
