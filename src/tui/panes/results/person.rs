//! One person's results in full: every part with its pass mark, and why the outcome is what it is.
use crate::model::Subject;
use crate::ops::entry;
use crate::ops::results::{Board, ResultRow, Standing};
use crate::text::width::pad_right;
use crate::text::{Locale, mark_words};

/// `parts` are the marks as given, to be shown where something else counts.
pub fn lines(row: &ResultRow, parts: &[entry::Standing], board: &Board, locale: &Locale) -> Vec<String> {
    let line = |key: &str, value: &str| format!("{} {value}", pad_right(locale.word(key), 14));
    let mut lines = vec![
        line("results.column.candidate", &row.name),
        line("results.column.ticket", row.ticket.as_deref().unwrap_or("-")),
        line("results.column.occupation", &row.occupation_name),
        line("results.column.level", locale.word(&row.level.key())),
        line("results.column.employer", row.employer.as_deref().unwrap_or("-")),
        String::new(),
    ];
    for part in Subject::ALL {
        let spread = board.spreads.iter().find(|s| s.subject == part);
        let pass = spread.map(|s| s.pass_mark).unwrap_or(crate::model::Points::ZERO);
        let text = match row.of(part) {
            Standing::Points(points) => {
                let key = if points >= pass { "results.reached" } else { "results.below" };
                locale.say(key, &[("points", &points.to_string()), ("pass", &pass.to_string())])
            }
            other => other.key().map(|key| locale.word(key).to_owned()).unwrap_or_default(),
        };
        let changed = parts.iter().find(|p| p.subject == part && p.mark.is_some() && p.mark != p.counts);
        let text = match changed.and_then(|p| p.mark) {
            Some(given) => {
                locale.say("results.given", &[("counted", text.as_str()), ("given", &mark_words(locale, given))])
            }
            None => text,
        };
        lines.push(line(&part.key(), &text));
    }
    lines.push(String::new());
    lines.push(line("results.column.outcome", locale.word(&row.outcome.key())));
    lines.push(locale.word("results.each_part").to_owned());
    lines
}
