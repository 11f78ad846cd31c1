//! The top line: where in the program, then what stands over all of it: countdown, who, clock.
use super::app::App;
use super::canvas::Canvas;
use super::panes::PAGES;
use super::theme::Role;
use crate::text::width::width;
use ratatui::layout::Rect;

/// Blank cells between the two halves, with the one at the left edge.
const APART: usize = 3;

pub fn draw(app: &App, canvas: &mut Canvas<'_, '_>, line: Rect) {
    let site = app.site.row().map(|s| s.name).unwrap_or_default();
    let batch = app.site.batch().map(|b| b.code).unwrap_or_default();
    let pane = app.panes.get(app.front).and_then(Option::as_ref);
    let page = app.overlays.iter().rev().find(|layer| PAGES.iter().any(|page| page.id == layer.id()));
    let crumb = match page {
        Some(page) => app.locale.word(&format!("pane.{}", page.id())).to_owned(),
        None => pane.map(|p| p.crumb(&app.seen())).unwrap_or_default(),
    };
    let now = app.site.now();
    let long = if app.site.clock_is_fixed() { now.minute() } else { now.clock() };
    let rights = [right(app, &long), right(app, &now.clock())];
    let lefts = lefts([&site, &batch, &crumb]);
    let (left, right) = fit(&lefts, &rights, usize::from(line.width));
    canvas.fill(line, Role::Banner);
    let used = u16::try_from(width(right)).unwrap_or(0).min(line.width);
    canvas.text_in(Rect { width: line.width.saturating_sub(used + 2), ..line }, &format!(" {left}"), Role::Banner);
    canvas.text_in(Rect { x: line.right() - used, width: used, ..line }, right, Role::Banner);
}

/// Ways to say the place, the longest first. The place inside the program outlives the batch, the batch the site.
fn lefts(parts: [&str; 3]) -> Vec<String> {
    let said: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    (0..said.len()).map(|from| said.iter().skip(from).copied().collect::<Vec<_>>().join(" > ")).collect()
}

fn right(app: &App, clock: &str) -> String {
    let actor = app.site.actor();
    let who = if actor.name.is_empty() { app.locale.word("status.nobody") } else { actor.name.as_str() };
    let fixed = if app.site.clock_is_fixed() { app.locale.word("status.fixed_clock") } else { "" };
    let read_only = if app.site.is_read_only() { app.locale.word("status.read_only") } else { "" };
    let notice = app.notice.as_deref().unwrap_or_default();
    let countdown = app.countdown();
    let parts = [notice, read_only, countdown.as_str(), who, fixed, clock];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
}

/// The fullest pair that fits: the site's name goes first, then the day, then the batch; else the last is cut off.
fn fit<'a>(lefts: &'a [String], rights: &'a [String; 2], cells: usize) -> (&'a str, &'a str) {
    let [long, short] = rights;
    let fits = |left: &str, right: &str| width(left) + width(right) + APART <= cells;
    let last = lefts.last().map_or("", String::as_str);
    for (at, left) in lefts.iter().enumerate() {
        // The site's name is not worth the day, unless there is nothing else to name.
        let last_one = at + 1 == lefts.len();
        if fits(left, long) {
            return (left, long);
        }
        if (at > 0 || last_one) && fits(left, short) {
            return (left, short);
        }
    }
    (last, short)
}

#[cfg(test)]
mod tests {
    use super::{fit, lefts};

    #[test]
    fn the_place_outlives_the_site_and_the_batch() {
        let lefts = lefts(["考点", "nmg-2023", "3号考场"]);
        let rights = ["coordinator  2023-10-15 08:05".to_owned(), "coordinator  08:05".to_owned()];
        let at = |cells| fit(&lefts, &rights, cells);
        assert_eq!(at(80), ("考点 > nmg-2023 > 3号考场", rights[0].as_str()));
        assert_eq!(at(55), ("nmg-2023 > 3号考场", rights[0].as_str()));
        assert_eq!(at(45), ("nmg-2023 > 3号考场", rights[1].as_str()));
        assert_eq!(at(30), ("3号考场", rights[1].as_str()));
        assert_eq!(at(10), ("3号考场", rights[1].as_str()));
    }
}
