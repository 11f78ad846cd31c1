//! The counts that close a room, and the box its scripts go into.
use super::carry::{NO_NUMBER, two, two_proctors};
use super::{number, said, value};
use crate::model::{Refusal, RoomId, SessionId};
use crate::ops::Result;
use crate::ops::papers::{CloseRoom, Counts, Figure, RECORD_MISSING, Store};
use crate::text::papers as words;
use crate::tui::cx::{Cx, Tone};
use crate::tui::pane::Flow;
use crate::tui::panes::papers::Papers;
use crate::tui::panes::papers::sheet::{Paper, Sheet, text};
use crate::tui::theme::Role;
use crate::tui::widgets::form::Form;

/// Figures that people count; what was issued is known.
const COUNTED: [Figure; 4] = [Figure::Collected, Figure::Absent, Figure::Void, Figure::Spare];

struct Record {
    session: SessionId,
    room: RoomId,
    known: Counts,
}

impl Record {
    /// What is typed so far; an empty entry counts as none.
    fn counts(&self, form: &Form) -> Counts {
        let n = |figure: Figure| number(form, figure.code()).unwrap_or(0);
        let [collected, absent, void, spare] = COUNTED.map(n);
        Counts { issued: self.known.issued, collected, absent, void, spare }
    }

    fn complete(form: &Form) -> bool {
        COUNTED.iter().all(|f| number(form, f.code()).is_some())
    }
}

impl Paper for Record {
    fn judge(&self, cx: &Cx<'_>, form: &Form) -> Result<Vec<(Role, String)>> {
        let counts = self.counts(form);
        let typed = |f: Figure| number(form, f.code()).is_some();
        let adds_up = counts.missing() == 0;
        let role = if adds_up { Role::Good } else { Role::Warn };
        let mut lines = vec![(role, words::counts(cx.locale, &counts))];
        for d in counts.differing(&self.known).into_iter().filter(|d| typed(d.figure)) {
            let figure = cx.locale.say(&format!("figure.{}", d.figure.code()), &[]);
            let (counted, known) = (d.counted.to_string(), d.known.to_string());
            let args = [("figure", figure.as_str()), ("counted", &counted), ("known", &known)];
            lines.push((Role::Warn, cx.locale.say("papers.figure_differs", &args)));
        }
        let differs = !adds_up || counts != self.known;
        if Record::complete(form) && differs && said(form, "reason").is_none() {
            lines.push((Role::Warn, cx.locale.say("papers.say_why", &[])));
        }
        Ok(lines)
    }

    fn save(&self, cx: &mut Cx<'_>, form: &Form) -> Result<Flow> {
        let lacking = COUNTED.iter().find(|f| number(form, f.code()).is_none());
        if let Some(figure) = lacking {
            return Err(Refusal::new(NO_NUMBER).word("field", format!("figure.{}", figure.code())).into());
        }
        let counts = self.counts(form);
        let done = cx.perform(&CloseRoom {
            session: self.session,
            room: self.room,
            collected: counts.collected,
            absent: counts.absent,
            void: counts.void,
            spare: counts.spare,
            proctors: two(form).into(),
            remarks: said(form, "remarks"),
            reason: said(form, "reason"),
        })?;
        let text = words::closed(cx.locale, &done.out, done.op.map_or(0, |n| n.0));
        cx.toast(Tone::Good, text);
        Ok(Flow::Close)
    }
}

/// What is issued stands in its entry; the rest is counted by hand.
pub fn close(pane: &mut Papers, cx: &mut Cx<'_>) -> Result<Flow> {
    let (session, room) = pane.chosen()?;
    let mut issued = text(cx, "issued");
    issued.fixed = true;
    issued.set(&room.known.issued.to_string());
    let mut entries = vec![issued];
    entries.extend(COUNTED.map(|f| text(cx, f.code()).needed(true)));
    entries.extend(two_proctors(cx, pane)?);
    entries.extend([text(cx, "remarks"), text(cx, "reason")]);
    let paper = Record { session: session.id, room: room.room, known: room.known };
    let number = room.number.to_string();
    let title = cx.locale.say("papers.title_close", &[("room", &number)]);
    Sheet::ask(cx, title, entries, &pane.kept, Box::new(paper))
}

struct Boxing {
    session: SessionId,
    room: RoomId,
}

impl Paper for Boxing {
    fn save(&self, cx: &mut Cx<'_>, form: &Form) -> Result<Flow> {
        let scripts = number(form, "scripts").ok_or_else(|| Refusal::new(NO_NUMBER).word("field", "column.scripts"))?;
        let done = cx.perform(&Store {
            session: self.session,
            room: self.room,
            r#box: value(form, "box"),
            scripts,
            keeper: value(form, "keeper"),
            place: said(form, "place"),
            reason: said(form, "reason"),
        })?;
        let text = words::stored(cx.locale, &done.out, done.op.map_or(0, |n| n.0));
        cx.toast(Tone::Good, text);
        Ok(Flow::Close)
    }
}

pub fn archive(pane: &mut Papers, cx: &mut Cx<'_>) -> Result<Flow> {
    let (session, room) = pane.chosen()?;
    let record = room.record.as_ref().ok_or_else(|| Refusal::new(RECORD_MISSING).with("room", room.number))?;
    let mut scripts = text(cx, "scripts").needed(true);
    scripts.set(&(record.collected + record.void).to_string());
    let (name, keeper) = (text(cx, "box").needed(true), text(cx, "keeper").needed(true));
    let entries = vec![name, scripts, keeper, text(cx, "place"), text(cx, "reason")];
    let number = room.number.to_string();
    let title = cx.locale.say("papers.title_archive", &[("room", &number)]);
    Sheet::ask(cx, title, entries, &pane.kept, Box::new(Boxing { session: session.id, room: room.room }))
}
