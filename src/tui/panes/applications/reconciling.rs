//! A platform's sheet of payments tried before it is stored.
use crate::ops::Result;
use crate::ops::payments::{Judged, Reconcile, Sheet, Verdict, judge, open_sheet};
use crate::text::{Locale, fault_words, payment};
use crate::tui::canvas::Canvas;
use crate::tui::cx::{Cx, Tone};
use crate::tui::pane::{Flow, Layer, Listed, Move, Seen, Show};
use crate::tui::theme::Role;
use crate::tui::widgets::scroll::Scroll;
use ratatui::layout::Rect;

/// Rows that are worded; a wholly foreign file stays readable.
const SHOWN: usize = 500;

pub struct Reconciling {
    sheet: Sheet,
    title: String,
    text: Scroll,
}

impl Reconciling {
    /// Reads the file at `path` against what is recorded; nothing is stored.
    pub fn of(cx: &Cx<'_>, path: &str) -> Result<Box<dyn Layer>> {
        let sheet = open_sheet(cx.site, &crate::config::typed_path(path))?;
        let rows = judge(cx.site, &sheet)?;
        let title = cx.locale.say("trial.title", &[("file", &sheet.name)]);
        let text = Scroll::new(lines(cx.locale, &sheet, &rows));
        Ok(Box::new(Reconciling { sheet, title, text }))
    }

    fn store(&self, cx: &mut Cx<'_>) -> Result<Flow> {
        let done = cx.perform_bulk(&Reconcile { sheet: &self.sheet })?;
        let count = done.out.stored.to_string();
        match done.op {
            Some(op) => cx.say(Tone::Good, "payment.reconciled", &[("count", &count), ("op", &op.to_string())]),
            None => cx.say(Tone::Info, "payment.reconcile_nothing", &[]),
        }
        Ok(Flow::Close)
    }
}

/// The counts, then every row that needs somebody, then what fits.
fn lines(locale: &Locale, sheet: &Sheet, rows: &[Judged]) -> Vec<String> {
    let mut lines = vec![payment::counts(locale, sheet, rows), String::new()];
    let told = |row: &Judged| payment::judged(locale, row).join("  ");
    let (good, bad): (Vec<_>, Vec<_>) =
        rows.iter().partition(|r| matches!(r.verdict, Verdict::Matched | Verdict::Known));
    for fault in sheet.faults.iter().take(SHOWN) {
        let (line, message) = (fault.line.to_string(), fault_words(locale, fault));
        let args = [("line", line.as_str()), ("column", &fault.column), ("value", &fault.value), ("message", &message)];
        lines.push(locale.say("trial.fault", &args));
    }
    lines.extend(bad.into_iter().take(SHOWN).map(told));
    lines.extend(good.into_iter().take(SHOWN).map(told));
    lines
}

impl Layer for Reconciling {
    fn id(&self) -> &'static str {
        "reconciling"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, _cx: &Seen<'_>) {
        let inner = canvas.popup(area, (area.width.saturating_sub(2).min(116), area.height), &self.title);
        self.text.draw(canvas, inner, Role::Popup);
    }

    fn actions(&self) -> Vec<Listed> {
        ["reconciling.store", "reconciling.back"].map(|id| Listed { id, show: Show::Hint }).to_vec()
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        match id {
            "reconciling.back" => Some(Ok(Flow::Close)),
            "reconciling.store" => Some(self.store(cx)),
            _ => None,
        }
    }

    fn go(&mut self, to: Move, _cx: &mut Cx<'_>) -> Result<()> {
        self.text.go(to);
        Ok(())
    }
}
