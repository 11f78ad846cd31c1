//! Choosing the value of an entry from its list.
use super::sheet::Sheet;
use crate::ops::applications::Shown;
use crate::ops::applications::form;
use crate::text::Locale;
use crate::tui::cx::Cx;
use crate::tui::overlays::picker::Picker;
use crate::tui::pane::Flow;
use crate::tui::widgets::form::{Choice, Entry, Kind};
use std::rc::Rc;

/// The core's choices in the words of the locale.
pub fn worded(locale: &Locale, choices: Vec<form::Choice>) -> Vec<Choice> {
    let label = |name| match name {
        Shown::Text(text) => text,
        Shown::Word(key) => locale.word(&key).to_owned(),
    };
    choices.into_iter().map(|c| Choice { value: c.value, label: label(c.name), also: c.also }).collect()
}

/// Opens the list of an entry, narrowed to what is typed there. The choice waits in the sheet.
pub fn open(cx: &Cx<'_>, entry: &Entry, sheet: &Rc<Sheet>) -> Flow {
    let Kind::Choice(choices) = &entry.kind else { return Flow::Stay };
    let mut places = entry.matches();
    if places.is_empty() {
        places = (0..choices.len()).collect();
    }
    let chosen: Vec<_> = places.iter().filter_map(|at| choices.get(*at)).cloned().collect();
    let at = chosen.iter().position(|c| c.value == entry.value()).unwrap_or(0);
    let item =
        |c: &Choice| if c.also.is_empty() { c.label.clone() } else { format!("{}  {}", c.label, brief(&c.also)) };
    let items = chosen.iter().map(item).collect();
    let title = cx.locale.say("form_page.choose", &[("item", &entry.label)]);
    let (code, sheet) = (entry.code.clone(), Rc::clone(sheet));
    let then = move |_: &mut Cx<'_>, place: usize| {
        let value = chosen.get(place).map(|c| (code, c.value.clone()));
        sheet.picked.replace(value);
        Ok(Flow::Close)
    };
    Flow::Open(Picker::ask(title, items, at, Box::new(then)))
}

/// The first two other names: initials and pinyin, by which the list is narrowed.
fn brief(also: &str) -> String {
    also.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}
