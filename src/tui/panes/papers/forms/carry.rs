//! Forms for bags from hand to hand.
use super::{moved, names, number, said, value};
use crate::model::{ApplicationId, AttendanceState, BagId, Code, PaperMove, Refusal, SessionId};
use crate::ops::papers::{Collect, Correct, HandOver, Moved, Return, Unseal, proctors, to_move};
use crate::ops::{Done, PaperBagRow, Result, checkin};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::picker::Picker;
use crate::tui::pane::Flow;
use crate::tui::panes::papers::Papers;
use crate::tui::panes::papers::sheet::{Paper, Sheet, text};
use crate::tui::theme::Role;
use crate::tui::widgets::form::{Choice, Entry, Form, Kind};

/// A seat in which nobody sits, or no seat.
pub const NO_SUCH_SEAT: Code = Code("papers.no_such_seat");
/// An entry for a count without a number.
pub const NO_NUMBER: Code = Code("papers.no_number");

/// Bags of the session, or of the rooms that were typed, that can make a movement.
struct Whole {
    session: SessionId,
    kind: PaperMove,
}

impl Whole {
    fn bags(&self, cx: &Cx<'_>, form: &Form) -> Result<Vec<PaperBagRow>> {
        let rooms: Vec<Option<i64>> = names(&value(form, "rooms")).iter().map(|n| n.parse().ok()).collect();
        if rooms.is_empty() {
            return to_move(cx.site, self.session, (None, &[]), self.kind);
        }
        let mut all = Vec::new();
        for room in rooms {
            all.extend(to_move(cx.site, self.session, (Some(room.unwrap_or(0)), &[]), self.kind)?);
        }
        Ok(all)
    }
}

impl Paper for Whole {
    fn judge(&self, cx: &Cx<'_>, form: &Form) -> Result<Vec<(Role, String)>> {
        let Ok(bags) = self.bags(cx, form) else {
            return Ok(vec![(Role::Warn, cx.locale.say("papers.no_such_bags", &[]))]);
        };
        let numbers: Vec<_> = bags.iter().map(|b| b.number.as_str()).collect();
        let sheets: i64 = bags.iter().map(|b| b.sheets + b.spare).sum();
        let args = [("count", bags.len().to_string()), ("sheets", sheets.to_string()), ("bags", numbers.join(" "))];
        let args = args.each_ref().map(|(n, v)| (*n, v.as_str()));
        Ok(vec![(Role::Info, cx.locale.say("papers.these_bags", &args))])
    }

    fn save(&self, cx: &mut Cx<'_>, form: &Form) -> Result<Flow> {
        let bags = self.bags(cx, form)?.iter().map(|b| b.id).collect();
        let (giver, note) = (value(form, "giver"), said(form, "note"));
        let done = match self.kind {
            PaperMove::Returned => cx.perform(&Return { bags, giver, taker: value(form, "taker"), reason: note })?,
            _ => cx.perform(&HandOver { bags, giver, takers: names(&value(form, "takers")), note })?,
        };
        moved(cx, self.kind, &done)
    }
}

fn title(cx: &Cx<'_>, kind: &str, pane: &Papers) -> String {
    let room = pane.room().map(|r| r.number.to_string()).unwrap_or_default();
    cx.locale.say(kind, &[("room", &room)])
}

pub fn hand_over(pane: &mut Papers, cx: &mut Cx<'_>) -> Result<Flow> {
    let (session, _) = pane.chosen()?;
    let entries =
        vec![text(cx, "rooms"), text(cx, "giver").needed(true), text(cx, "takers").needed(true), text(cx, "note")];
    let paper = Whole { session: session.id, kind: PaperMove::HandedOver };
    Sheet::ask(cx, title(cx, "papers.title_hand_over", pane), entries, &pane.kept, Box::new(paper))
}

/// Collected bags of the session.
pub fn give_back(pane: &mut Papers, cx: &mut Cx<'_>) -> Result<Flow> {
    let (session, _) = pane.chosen()?;
    let entries =
        vec![text(cx, "rooms"), text(cx, "giver").needed(true), text(cx, "taker").needed(true), text(cx, "note")];
    let paper = Whole { session: session.id, kind: PaperMove::Returned };
    Sheet::ask(cx, title(cx, "papers.title_return", pane), entries, &pane.kept, Box::new(paper))
}

/// Entries for the two proctors, filled with those who are assigned to the room.
pub fn two_proctors(cx: &Cx<'_>, pane: &Papers) -> Result<[Entry; 2]> {
    let (session, room) = pane.chosen()?;
    let mut assigned = proctors(cx.site, session.id, room.room)?.into_iter();
    Ok(["proctor", "second_proctor"].map(|code| {
        let mut entry = text(cx, code).needed(true);
        entry.set(&assigned.next().unwrap_or_default());
        entry
    }))
}

pub fn two(form: &Form) -> [String; 2] {
    ["proctor", "second_proctor"].map(|code| value(form, code))
}

struct Opening {
    bags: Vec<BagId>,
    /// Seat, application, name, and whether they are here.
    people: Vec<(i64, ApplicationId, String, bool)>,
}

impl Opening {
    fn at(&self, form: &Form, code: &str) -> Option<&(i64, ApplicationId, String, bool)> {
        let seat = number(form, code)?;
        self.people.iter().find(|(s, ..)| *s == seat)
    }

    fn candidate(&self, form: &Form, code: &str) -> Result<ApplicationId> {
        let found = self.at(form, code).map(|(_, id, ..)| *id);
        Ok(found.ok_or_else(|| Refusal::new(NO_SUCH_SEAT).with("seat", value(form, code)))?)
    }
}

impl Paper for Opening {
    fn judge(&self, cx: &Cx<'_>, form: &Form) -> Result<Vec<(Role, String)>> {
        let line = |code: &str| {
            let seat = said(form, code)?;
            Some(match self.at(form, code) {
                Some((_, _, name, true)) => {
                    (Role::Good, cx.locale.say("papers.witness_here", &[("seat", &seat), ("name", name)]))
                }
                Some((_, _, name, false)) => {
                    (Role::Warn, cx.locale.say("papers.witness_away", &[("seat", &seat), ("name", name)]))
                }
                None => (Role::Warn, cx.locale.say("papers.witness_none", &[("seat", &seat)])),
            })
        };
        Ok(["seat_a", "seat_b"].into_iter().filter_map(line).collect())
    }

    fn save(&self, cx: &mut Cx<'_>, form: &Form) -> Result<Flow> {
        let candidates = [self.candidate(form, "seat_a")?, self.candidate(form, "seat_b")?];
        let done = cx.perform(&Unseal {
            bags: self.bags.clone(),
            proctors: two(form),
            intact: value(form, "intact") != "no",
            candidates,
            reason: said(form, "reason"),
        })?;
        moved(cx, PaperMove::Unsealed, &done)
    }
}

pub fn unseal(pane: &mut Papers, cx: &mut Cx<'_>) -> Result<Flow> {
    let (session, room) = pane.chosen()?;
    let bags = to_move(cx.site, session.id, (Some(room.number), &[]), PaperMove::Unsealed)?;
    let register = checkin::register(cx.site, session.id, Some(room.room))?;
    let here = |s: &checkin::Seated| s.attendance.is_some_and(AttendanceState::is_inside);
    let people = register.into_iter().map(|s| (s.seat, s.application, s.name.clone(), here(&s))).collect();
    let bags = bags.iter().map(|b| b.id).collect();
    let paper = Opening { bags, people };
    let choice = |value: &str, key: &str| Choice {
        value: value.to_owned(),
        label: cx.locale.say(key, &[]),
        also: value.to_owned(),
    };
    let choices = vec![choice("yes", "papers.seal_whole"), choice("no", "papers.seal_not_whole")];
    let mut intact = text(cx, "intact");
    intact.kind = Kind::Choice(choices);
    intact.set("yes");
    let [first, second] = two_proctors(cx, pane)?;
    let (a, b) = (text(cx, "seat_a").needed(true), text(cx, "seat_b").needed(true));
    let entries = vec![first, second, a, b, intact, text(cx, "reason")];
    Sheet::ask(cx, title(cx, "papers.title_unseal", pane), entries, &pane.kept, Box::new(paper))
}

struct Counting {
    bags: Vec<PaperBagRow>,
}

impl Paper for Counting {
    fn judge(&self, cx: &Cx<'_>, form: &Form) -> Result<Vec<(Role, String)>> {
        let line = |bag: &PaperBagRow| {
            let counted = number(form, &bag.number)?;
            let (issued, counted) = (bag.sheets + bag.spare, counted);
            let missing = issued - counted;
            let args = [issued, counted, missing].map(|n| n.to_string());
            let [issued, counted, gap] = &args;
            let args = [("bag", bag.number.as_str()), ("issued", issued), ("counted", counted), ("missing", gap)];
            let (role, key) =
                if missing == 0 { (Role::Good, "papers.bag_whole") } else { (Role::Warn, "papers.bag_differs") };
            Some((role, cx.locale.say(key, &args)))
        };
        let mut lines: Vec<(Role, String)> = self.bags.iter().filter_map(line).collect();
        // What differs before what is right: there is room for a few lines only.
        lines.sort_by_key(|(role, _)| *role == Role::Good);
        Ok(lines)
    }

    fn save(&self, cx: &mut Cx<'_>, form: &Form) -> Result<Flow> {
        let count = |bag: &PaperBagRow| match number(form, &bag.number) {
            Some(sheets) => Ok((bag.id, sheets)),
            None => Err(Refusal::new(NO_NUMBER).with("field", bag.number.as_str())),
        };
        let bags = self.bags.iter().map(count).collect::<Result<Vec<_>, _>>()?;
        let done = cx.perform(&Collect { bags, proctors: two(form), reason: said(form, "reason") })?;
        let out = Moved { bags: done.out.bags, sheets: done.out.sheets };
        moved(cx, PaperMove::Collected, &Done { out, op: done.op, changes: done.changes })
    }
}

pub fn collect(pane: &mut Papers, cx: &mut Cx<'_>) -> Result<Flow> {
    let (session, room) = pane.chosen()?;
    let bags = to_move(cx.site, session.id, (Some(room.number), &[]), PaperMove::Collected)?;
    let count = |bag: &PaperBagRow| {
        let label = cx.locale.say("papers.bag_label", &[("bag", &bag.number)]);
        Entry::new(bag.number.clone(), label, Kind::Text).needed(true)
    };
    let mut entries: Vec<_> = bags.iter().map(count).collect();
    entries.extend(two_proctors(cx, pane)?);
    entries.push(text(cx, "reason"));
    Sheet::ask(cx, title(cx, "papers.title_collect", pane), entries, &pane.kept, Box::new(Counting { bags }))
}

struct Mending {
    bag: BagId,
}

impl Paper for Mending {
    fn save(&self, cx: &mut Cx<'_>, form: &Form) -> Result<Flow> {
        let count = |code: &'static str| number(form, code).ok_or_else(|| Refusal::new(NO_NUMBER).with("field", code));
        let (sheets, spare) = (count("sheets")?, count("spare")?);
        let (seal, reason) = (said(form, "seal"), said(form, "reason"));
        let done = cx.perform(&Correct { bag: self.bag, sheets, spare, seal, reason })?;
        let text = crate::text::papers::corrected(cx.locale, &done.out, done.op.map_or(0, |n| n.0));
        cx.toast(Tone::Good, text);
        Ok(Flow::Close)
    }
}

/// Seals or counts a bag anew; which one is asked where the room has several.
pub fn correct(pane: &mut Papers, cx: &mut Cx<'_>) -> Result<Flow> {
    let (_, room) = pane.chosen()?;
    let bags: Vec<PaperBagRow> = room.bags.iter().map(|b| b.bag.clone()).collect();
    let kept = pane.kept.clone();
    let form = move |cx: &mut Cx<'_>, bag: &PaperBagRow| {
        let entry = |code: &str, value: &str| {
            let mut entry = text(cx, code);
            entry.set(value);
            entry
        };
        let entries = vec![
            entry("seal", bag.seal.as_deref().unwrap_or_default()),
            entry("sheets", &bag.sheets.to_string()),
            entry("spare", &bag.spare.to_string()),
            text(cx, "reason"),
        ];
        let title = cx.locale.say("papers.title_correct", &[("bag", &bag.number)]);
        Sheet::ask(cx, title, entries, &kept, Box::new(Mending { bag: bag.id }))
    };
    match bags.as_slice() {
        [] => Err(Refusal::new(crate::ops::papers::NO_BAGS).into()),
        [only] => form(cx, only),
        _ => {
            let line = |b: &PaperBagRow| format!("{}  {}+{}", b.number, b.sheets, b.spare);
            let items = bags.iter().map(line).collect();
            let title = cx.locale.say("papers.which_bag", &[]);
            let then = move |cx: &mut Cx<'_>, place: usize| match bags.get(place) {
                Some(bag) => form(cx, bag),
                None => Ok(Flow::Close),
            };
            Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
        }
    }
}
