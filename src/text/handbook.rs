//! Words of the exam handbook: until when there is time, and what is missing in it, a line each.
use super::Locale;
use crate::ops::prints::Readiness;

pub fn handbook(locale: &Locale, ready: &Readiness) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(due), Some(left)) = (ready.due, ready.days_left) {
        let key = if left < 0 { "handbook.overdue" } else { "handbook.due" };
        let days = left.abs().to_string();
        lines.push(locale.say(key, &[("day", &due.to_string()), ("days", &days)]));
    }
    if ready.missing.is_empty() {
        lines.push(locale.word("handbook.complete").to_owned());
        return lines;
    }
    lines.push(locale.say("handbook.draft", &[("count", &ready.missing.len().to_string())]));
    for one in &ready.missing {
        let names = one.what.iter().map(|name| match one.code {
            "duties" => locale.word(&format!("handbook_duty.{name}")).to_owned(),
            _ => name.clone(),
        });
        let what = names.collect::<Vec<_>>().join(locale.word("handbook.comma"));
        let args = [("count", &*one.count.to_string()), ("what", what.as_str())];
        lines.push(format!("  {}", locale.say(&format!("handbook_missing.{}", one.code), &args)));
    }
    lines
}
