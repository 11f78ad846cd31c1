//! A sheet tried before it is imported: what is wrong with it, and what to do with it.
use crate::config::typed_path;
use crate::model::{Code, Refusal};
use crate::ops::Result;
use crate::ops::exchange::{self, Import, Mode, Refusals, RowFault, Severity, Source, check, refused_beside};
use crate::text::width::wrap;
use crate::text::{Locale, fault_words};
use crate::tui::canvas::Canvas;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::report::Report;
use crate::tui::pane::{Flow, Layer, Listed, Move, Seen, Show};
use crate::tui::theme::Role;
use crate::tui::widgets::scroll::Scroll;
use ratatui::layout::Rect;

pub const ROWS_REFUSED: Code = Code("trial.rows_refused");
pub const NO_GOOD_ROW: Code = Code("trial.no_good_row");

/// Faults that are worded; a wholly wrong file stays readable.
const SHOWN: usize = 500;
/// Cells of a text in a report on the narrowest screen.
const TEXT: usize = 54;

pub struct Trial {
    source: Source,
    account: exchange::Report,
    title: String,
    text: Scroll,
}

impl Trial {
    /// Reads the file at `path` against the database; nothing is stored.
    pub fn of(cx: &Cx<'_>, path: &str) -> Result<Box<dyn Layer>> {
        let path = typed_path(path);
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let source = Source { path, name, ..Source::default() };
        let account = check(cx.site, &source, None)?;
        let title = cx.locale.say("trial.title", &[("file", &source.name)]);
        let text = Scroll::new(lines(cx.locale, &account));
        Ok(Box::new(Trial { source, account, title, text }))
    }

    fn store(&self, cx: &mut Cx<'_>, mode: Mode) -> Result<Flow> {
        let assets = cx.site.assets().clone();
        let locale = cx.locale;
        let words = |fault: &RowFault| fault_words(locale, fault);
        let beside = refused_beside(&self.source.path);
        let refusals = Refusals { path: &beside, words: &words };
        let wanted = self.account.counts.refused > 0;
        let import = Import { source: &self.source, mode, assets: &assets, refusals: wanted.then_some(&refusals) };
        let done = cx.perform_bulk(&import)?;
        let counts = done.out.counts;
        let mut told = vec![match done.op {
            Some(op) => locale.say(
                "trial.stored",
                &[
                    ("added", &counts.added.to_string()),
                    ("changed", &counts.changed.to_string()),
                    ("op", &op.to_string()),
                ],
            ),
            None => locale.word("trial.nothing_new").to_owned(),
        }];
        cx.toast(Tone::Good, told.concat());
        if counts.refused == 0 {
            return Ok(Flow::Close);
        }
        let args = [("refused", counts.refused.to_string()), ("path", beside.display().to_string())];
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        told.push(String::new());
        told.extend(wrap(&locale.say("trial.refused_to", &args), TEXT));
        Ok(Flow::Replace(Report::show(locale.word("trial.done_title").to_owned(), told)))
    }
}

fn lines(locale: &Locale, account: &exchange::Report) -> Vec<String> {
    let counts = account.counts;
    let number = |n: u64| n.to_string();
    let of_file = [("layout", account.layout.clone()), ("encoding", account.encoding.name().to_owned())];
    let of_rows = [
        ("read", number(counts.read)),
        ("added", number(counts.added)),
        ("changed", number(counts.changed)),
        ("unchanged", number(counts.unchanged)),
        ("refused", number(counts.refused)),
    ];
    let args: Vec<_> = of_file.iter().chain(&of_rows).map(|(name, value)| (*name, value.as_str())).collect();
    let mut lines = vec![locale.say("trial.counts", &args), locale.say("trial.fates", &args), String::new()];
    if account.faults.is_empty() {
        lines.push(locale.word("trial.clean").to_owned());
    }
    lines.extend(account.faults.iter().take(SHOWN).map(|fault| fault_line(locale, fault)));
    let more = (account.faults.len().saturating_sub(SHOWN) as u64).saturating_add(account.faults_left_out);
    if more > 0 {
        lines.push(locale.say("trial.left_out", &[("count", &more.to_string())]));
    }
    lines
}

fn fault_line(locale: &Locale, fault: &RowFault) -> String {
    let key = match fault.severity {
        Severity::Error => "trial.fault",
        Severity::Warning => "trial.warning",
    };
    let (line, message) = (fault.line.to_string(), fault_words(locale, fault));
    let place = fault.place();
    let args = [("line", line.as_str()), ("column", place.as_str()), ("value", &fault.value), ("message", &message)];
    locale.say(key, &args)
}

impl Layer for Trial {
    fn id(&self) -> &'static str {
        "trial"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, _cx: &Seen<'_>) {
        let inner = canvas.popup(area, (area.width.saturating_sub(2).min(116), area.height), &self.title);
        self.text.draw(canvas, inner, Role::Popup);
    }

    fn actions(&self) -> Vec<Listed> {
        ["trial.import_all", "trial.keep_good", "trial.back"].map(|id| Listed { id, show: Show::Hint }).to_vec()
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        let counts = self.account.counts;
        match id {
            "trial.back" => Some(Ok(Flow::Close)),
            "trial.import_all" if counts.refused > 0 => {
                let refused = i64::try_from(counts.refused).unwrap_or(i64::MAX);
                Some(Err(Refusal::new(ROWS_REFUSED).with("refused", refused).into()))
            }
            "trial.keep_good" if counts.good() == 0 => Some(Err(Refusal::new(NO_GOOD_ROW).into())),
            "trial.import_all" => Some(self.store(cx, Mode::Strict)),
            "trial.keep_good" => Some(self.store(cx, Mode::KeepGood)),
            _ => None,
        }
    }

    fn go(&mut self, to: Move, _cx: &mut Cx<'_>) -> Result<()> {
        self.text.go(to);
        Ok(())
    }
}
