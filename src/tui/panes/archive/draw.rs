//! The page: how far the batch is and what comes next, the register, and the chosen archive.
use super::{Archive, Standing, Step};
use crate::ops::archive::Line;
use crate::text::archive as words;
use crate::text::history::in_fours;
use crate::tui::canvas::Canvas;
use crate::tui::pane::Seen;
use crate::tui::theme::Role;
use ratatui::layout::Rect;

/// Lines of what is known of the chosen archive.
const ABOUT: u16 = 7;
/// Lines of what stands in the way that are shown; the rest with a key.
const MOST: usize = 4;

impl Archive {
    pub(super) fn page(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        canvas.fill(area, Role::Text);
        let mut top = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        if let Some(standing) = &self.batch {
            let used = head(canvas, top, standing, cx);
            top = Rect { y: top.y + used, height: top.height.saturating_sub(used), ..top };
        }
        let body = Rect { x: area.x, width: area.width, ..top };
        if self.register.archives.is_empty() {
            canvas.paragraph(top, &cx.word("archive.empty"), Role::Dim);
            return;
        }
        let about = if body.height > ABOUT + 4 { ABOUT } else { 0 };
        let list = Rect { height: body.height.saturating_sub(about), ..body };
        self.table.draw(canvas, list, &|row, column| match self.register.archives.get(row) {
            Some(line) => cell(line, column, cx),
            None => (String::new(), Role::Text),
        });
        if let Some(line) = self.selected() {
            self.about(canvas, Rect { y: list.bottom(), height: about, ..body }, (line, cx));
        }
    }

    fn about(&self, canvas: &mut Canvas<'_, '_>, area: Rect, (line, cx): (&Line, &Seen<'_>)) {
        if area.height == 0 {
            return;
        }
        canvas.rule(Rect { height: 1, ..area }, Role::Border);
        let a = &line.archive;
        let day = |day: Option<crate::model::Day>| day.map_or_else(|| cx.word("archive.no_term"), |d| d.to_string());
        let seal = in_fours(&a.seal);
        let (first, second) = seal.split_at(seal.len().min(40));
        let latest = self.register.readings.iter().find(|r| r.row.archive == Some(a.id));
        let lines = [
            (
                "archive.folder",
                format!("{}  {}", a.folder, cx.say("archive.files", &[("count", &a.files.to_string())])),
            ),
            ("archive.place", a.place.clone()),
            (
                "archive.until",
                cx.say("archive.terms", &[("paper", &day(a.paper_until)), ("electronic", &day(a.electronic_until))]),
            ),
            ("archive.seal_of", first.trim().to_owned()),
            ("", second.trim().to_owned()),
            ("archive.last_read", latest.map(|r| format!("{} {}", r.row.read_on, r.row.reader)).unwrap_or_default()),
        ];
        for (y, (key, text)) in (area.y + 1..area.bottom()).zip(lines.iter().filter(|(_, text)| !text.is_empty())) {
            let row = Rect { x: area.x + 1, y, width: area.width.saturating_sub(2), height: 1 };
            let label = if key.is_empty() { String::new() } else { cx.word(key) };
            canvas.text_in(row, &label, Role::Dim);
            canvas.text_in(Rect { x: row.x + 14, width: row.width.saturating_sub(14), ..row }, text, Role::Text);
        }
    }
}

/// Gives the lines used.
fn head(canvas: &mut Canvas<'_, '_>, area: Rect, standing: &Standing, cx: &Seen<'_>) -> u16 {
    let line = |n: u16| Rect { y: area.y + n, height: 1, ..area };
    let key = |action: &str| cx.key("archive", &format!("archive.{action}"));
    let title = cx.say("archive.title", &[("batch", &standing.code), ("state", &cx.word(standing.step.state()))]);
    canvas.text_in(line(0), &title, Role::Title);
    let action = match standing.step {
        Step::InTheWay => "close",
        Step::Close => "close",
        Step::Lacks | Step::Seal => "seal",
        Step::Keep => "read",
        Step::Over => "ask",
        Step::Asked => "erase",
        Step::Erased => "check",
    };
    let next = cx.say(standing.step.next(), &[("key", &key(action)), ("name", &standing.asked_by)]);
    canvas.text_in(line(1), &next, standing.step.role());
    let locale = cx.locale;
    let stops = standing.stops.iter().map(|stop| words::stop(locale, stop));
    let all: Vec<_> = stops.chain(standing.lacks.iter().map(|lack| words::lack(locale, lack))).collect();
    let mut used = 2;
    for text in all.iter().take(MOST) {
        canvas.text_in(line(used), &format!("  {text}"), Role::Warn);
        used += 1;
    }
    if all.len() > MOST {
        let more = cx.say("archive.more", &[("count", &(all.len() - MOST).to_string()), ("key", &key("obstacles"))]);
        canvas.text_in(line(used), &format!("  {more}"), Role::Dim);
        used += 1;
    }
    used + 1
}

fn cell(line: &Line, column: usize, cx: &Seen<'_>) -> (String, Role) {
    let a = &line.archive;
    let text = match column {
        0 => line.batch.clone(),
        1 => a.number.to_string(),
        2 => a.at.day().to_string(),
        3 => a.keeper.clone(),
        4 => {
            let text = a.electronic_until.map_or_else(|| cx.word("archive.no_term"), |d| d.to_string());
            return (text, if line.over { Role::Warn } else { Role::Text });
        }
        _ => line.readings.to_string(),
    };
    (text, Role::Text)
}

impl Step {
    fn state(self) -> &'static str {
        match self {
            Step::InTheWay | Step::Close => "archive.state_open",
            Step::Lacks | Step::Seal => "archive.state_closed",
            Step::Keep => "archive.state_sealed",
            Step::Over | Step::Asked => "archive.state_over",
            Step::Erased => "archive.state_erased",
        }
    }

    fn next(self) -> &'static str {
        match self {
            Step::InTheWay => "archive.next_in_the_way",
            Step::Close => "archive.next_close",
            Step::Lacks => "archive.next_lacks",
            Step::Seal => "archive.next_seal",
            Step::Keep => "archive.next_keep",
            Step::Over => "archive.next_over",
            Step::Asked => "archive.next_asked",
            Step::Erased => "archive.next_erased",
        }
    }

    fn role(self) -> Role {
        match self {
            Step::InTheWay | Step::Lacks | Step::Over | Step::Asked => Role::Warn,
            Step::Close | Step::Seal => Role::Good,
            Step::Keep | Step::Erased => Role::Text,
        }
    }
}
