//! What a panel still needs, in words.
use super::Locale;
use crate::ops::panel::{Missing, Next, View, some};

/// A line for each kind of thing that is missing.
pub fn missing(locale: &Locale, missing: &Missing) -> Vec<String> {
    let owed: Vec<String> = missing.sheets.iter().map(|(name, owed)| format!("{name} {owed}")).collect();
    let lists = [
        ("conflicts", &missing.conflicts),
        ("sheets", &owed),
        ("quorum", &missing.quorum),
        ("durations", &missing.durations),
        ("rulings", &missing.rulings),
        ("signatures", &missing.signatures),
    ];
    let line = |(kind, names): (&str, &Vec<String>)| {
        let count = if kind == "sheets" { missing.owed() } else { names.len() };
        locale.say(&format!("panel.missing.{kind}"), &[("count", &count.to_string()), ("names", &names.join(" "))])
    };
    lists.into_iter().filter(|(_, names)| !names.is_empty()).map(line).collect()
}

/// What comes next at a panel; `key` is what to press for it.
pub fn next(locale: &Locale, view: &View, key: &str) -> String {
    let missing = &view.missing;
    let owed: Vec<String> = missing.sheets.iter().map(|(name, owed)| format!("{name} {owed}")).collect();
    let names = match view.next {
        Next::Recuse => &missing.conflicts,
        Next::Judge => &owed,
        Next::Quorum => &missing.quorum,
        Next::Time => &missing.durations,
        Next::Rule => &missing.rulings,
        Next::Sign => &missing.signatures,
        Next::Seal | Next::Done => &Vec::new(),
    };
    let count = if view.next == Next::Judge { missing.owed() } else { names.len() };
    let args = [("count", count.to_string()), ("names", some(names)), ("key", key.to_owned())];
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    locale.say(&format!("panel.next.{}", view.next.code()), &args)
}
