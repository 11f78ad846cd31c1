//! The issuer's list of numbers, tried before it is stored.
use super::Certificates;
use crate::ops::Result;
use crate::ops::certificates::{ImportNumbers, Imported, IssuedList, open_issued};
use crate::text::certificate::{issued, issued_counts};
use crate::text::{Locale, fault_words};
use crate::tui::canvas::Canvas;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::{Flow, Layer, Listed, Move, Seen, Show};
use crate::tui::theme::Role;
use crate::tui::widgets::scroll::Scroll;
use ratatui::layout::Rect;

/// Rows that are worded; a wholly foreign file stays readable.
const SHOWN: usize = 500;

struct IssuedNumbers {
    list: IssuedList,
    title: String,
    text: Scroll,
}

/// Asks for the file, and shows what each of its rows would do.
pub fn ask(pane: &mut Certificates, cx: &mut Cx<'_>) -> Result<Flow> {
    let (title, body) = (cx.locale.word("numbers.ask_title").to_owned(), cx.locale.word("numbers.ask_body").to_owned());
    let (path, last) = (pane.list.clone(), pane.list.borrow().clone());
    let then = move |cx: &mut Cx<'_>, typed: String| {
        typed.clone_into(&mut path.borrow_mut());
        Ok(Flow::Open(IssuedNumbers::of(cx, &typed)?))
    };
    Ok(Flow::Open(Reason::edit(title, body, &last, Box::new(then))))
}

impl IssuedNumbers {
    /// Nothing is stored.
    fn of(cx: &mut Cx<'_>, path: &str) -> Result<Box<dyn Layer>> {
        let list = open_issued(cx.site, &crate::config::typed_path(path))?;
        let found = cx.site.preview(&ImportNumbers { list: &list, document: None })?.out;
        let title = cx.locale.say("trial.title", &[("file", &list.name)]);
        let text = Scroll::new(lines(cx.locale, &list, &found));
        Ok(Box::new(IssuedNumbers { list, title, text }))
    }

    fn store(&self, cx: &mut Cx<'_>) -> Result<Flow> {
        let done = cx.perform_bulk(&ImportNumbers { list: &self.list, document: None })?;
        let count = done.out.stored.to_string();
        match done.op {
            Some(op) => cx.say(Tone::Good, "numbers.imported", &[("count", &count), ("op", &op.to_string())]),
            None => cx.say(Tone::Info, "numbers.import_nothing", &[]),
        }
        Ok(Flow::Close)
    }
}

/// The counts, then every row that needs somebody, then what fits.
fn lines(locale: &Locale, list: &IssuedList, found: &Imported) -> Vec<String> {
    let mut lines = vec![issued_counts(locale, list, found), String::new()];
    for fault in list.faults.iter().take(SHOWN) {
        let (line, message) = (fault.line.to_string(), fault_words(locale, fault));
        let args = [("line", line.as_str()), ("column", &fault.column), ("value", &fault.value), ("message", &message)];
        lines.push(locale.say("trial.fault", &args));
    }
    lines.extend(found.conflicts().take(SHOWN).map(|row| issued(locale, row).join("  ")));
    let good = found.rows.iter().filter(|row| !row.verdict.is_conflict());
    lines.extend(good.take(SHOWN).map(|row| issued(locale, row).join("  ")));
    lines
}

impl Layer for IssuedNumbers {
    fn id(&self) -> &'static str {
        "issued_numbers"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, _cx: &Seen<'_>) {
        let inner = canvas.popup(area, (area.width.saturating_sub(2).min(116), area.height), &self.title);
        self.text.draw(canvas, inner, Role::Popup);
    }

    fn actions(&self) -> Vec<Listed> {
        ["issued_numbers.store", "issued_numbers.back"].map(|id| Listed { id, show: Show::Hint }).to_vec()
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        match id {
            "issued_numbers.back" => Some(Ok(Flow::Close)),
            "issued_numbers.store" => Some(self.store(cx)),
            _ => None,
        }
    }

    fn go(&mut self, to: Move, _cx: &mut Cx<'_>) -> Result<()> {
        self.text.go(to);
        Ok(())
    }
}
