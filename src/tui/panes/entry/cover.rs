//! What stands on the cover of a bag, held against the marks: asked when its last paper is in, and by a key.
use super::actions::NO_PILE;
use super::papers::Papers;
use crate::model::{Code, Points, Refusal};
use crate::ops::Result;
use crate::ops::entry::{Control, ControlState, Figures, control, may_control};
use crate::text::Locale;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::Flow;

pub const TWO_NUMBERS: Code = Code("entry.two_numbers");

/// The question, with what was written down before to start from.
pub fn ask(papers: &Papers, cx: &mut Cx<'_>) -> Result<Flow> {
    may_control(cx.site)?;
    let (session, room) = (papers.pile.session, papers.pile.room);
    let seen = control(cx.site, session, room)?;
    let before = seen.cover.map(|cover| format!("{} {}", cover.papers, cover.total)).unwrap_or_default();
    let mine = figures(cx.locale, "entry.figures", seen.mine);
    let body = cx.locale.say("entry.cover_body", &[("mine", &mine)]);
    let then = move |cx: &mut Cx<'_>, text: String| {
        let (papers, total) = read(&text).ok_or_else(|| Refusal::new(TWO_NUMBERS).with("value", text.as_str()))?;
        cx.perform(&Control { session, room, papers, total })?;
        let seen = control(cx.site, session, room)?;
        let cover = Figures { papers, total };
        let fits = match (seen.state, seen.settled) {
            (ControlState::Fits | ControlState::Accepted, _) => true,
            (ControlState::Differs, _) => false,
            (_, _) => seen.mine == cover,
        };
        let against = figures(cx.locale, "entry.figures", seen.settled.unwrap_or(seen.mine));
        let cover = figures(cx.locale, "entry.figures", cover);
        let (tone, key) = if fits { (Tone::Good, "entry.cover_fits") } else { (Tone::Warn, "entry.cover_differs") };
        cx.say(tone, key, &[("cover", &cover), ("marks", &against)]);
        Ok(Flow::Close)
    };
    let title = cx.locale.word("entry.cover_title").to_owned();
    Ok(Flow::Open(Reason::edit(title, body, &before, Box::new(then))))
}

pub fn figures(locale: &Locale, key: &str, figures: Figures) -> String {
    let (papers, total) = (figures.papers.to_string(), figures.total.to_string());
    locale.say(key, &[("papers", &papers), ("total", &total)])
}

/// Papers and their sum, with something between that is no digit and no point.
fn read(text: &str) -> Option<(i64, Points)> {
    let folded: String = text.chars().map(crate::tui::chord::fold).collect();
    let mut parts = folded.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|part| !part.is_empty());
    let (papers, total) = (parts.next()?, parts.next()?);
    match parts.next() {
        None => Some((papers.parse().ok()?, Points::parse(total)?)),
        Some(_) => None,
    }
}

/// For the key: in a pile only.
pub fn by_key(papers: Option<&Papers>, cx: &mut Cx<'_>) -> Result<Flow> {
    match papers {
        Some(papers) => ask(papers, cx),
        None => Err(Refusal::new(NO_PILE).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_and_a_sum_are_read_from_one_line() {
        assert_eq!(read("28 2150.5"), Some((28, Points::new(215_050))));
        assert_eq!(read("２８份，2150 分"), Some((28, Points::whole(2150))));
        assert_eq!([read("28"), read(""), read("1 2 3"), read("x 5")], [None; 4]);
    }
}
