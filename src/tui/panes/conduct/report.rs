//! The form of a report: where and who, the act from the table, what was seen, who saw it.
use crate::model::{Code, Refusal};
use crate::ops::checkin;
use crate::ops::conduct::{self, Acts, Report};
use crate::ops::{CandidateSignature, Result, SessionRow, batch};
use crate::text::conduct as words;
use crate::text::eligibility::words as in_words;
use crate::tui::canvas::Canvas;
use crate::tui::cx::{Cx, Tone};
use crate::tui::input::Input;
use crate::tui::overlays::long_text::LongText;
use crate::tui::overlays::picker::Picker;
use crate::tui::pane::{Flow, Layer, Listed, Move, Seen, Show};
use crate::tui::theme::Role;
use crate::tui::typed::Typed;
use crate::tui::widgets::field::Taken;
use crate::tui::widgets::form::{Choice, Entry, Form, Kind, Note};
use ratatui::layout::Rect;
use std::cell::RefCell;
use std::rc::Rc;

/// What overlays hand back: an entry and its value.
type Picked = Rc<RefCell<Option<(String, String)>>>;

pub struct ReportForm {
    form: Form,
    sessions: Vec<SessionRow>,
    acts: Acts,
    picked: Picked,
    /// Who sits there, as the title tells.
    name: String,
    /// Esc was pressed once over something typed.
    leaving: bool,
}

/// Most bytes of the evidence.
const MOST: usize = 2000;
const YES: &str = "yes";

pub fn open(cx: &mut Cx<'_>) -> Result<Flow> {
    let sessions = batch::sessions(cx.site)?;
    let now = checkin::current(cx.site, cx.site.now())?;
    let acts = conduct::acts(cx.site, None)?;
    let mut form = Form::new(entries(cx, &sessions, &acts));
    let clock = cx.site.now().clock();
    let first = [("session", now.code.as_str()), ("at", &clock), ("warned", "no"), ("signature", "signed")];
    for (code, value) in first {
        if let Some(entry) = form.entry_mut(code) {
            entry.set(value);
        }
    }
    form.focus("who");
    Ok(Flow::Open(Box::new(ReportForm {
        form,
        sessions,
        acts,
        picked: Picked::default(),
        name: String::new(),
        leaving: false,
    })))
}

fn entries(cx: &Cx<'_>, sessions: &[SessionRow], acts: &Acts) -> Vec<Entry> {
    let word = |key: &str| cx.locale.word(key).to_owned();
    let choice = |value: &str, label: String| Choice { value: value.to_owned(), label, also: String::new() };
    let session =
        |s: &SessionRow| choice(&s.code, format!("{}  {}  {}", s.code, word(&s.subject.key()), s.starts_at.minute()));
    let act = |a: &conduct::Act| choice(&a.code, format!("{}  {}", a.code, in_words(cx.locale, &a.words)));
    let signature = |s: &CandidateSignature| choice(s.code(), word(&format!("conduct_signature.{}", s.code())));
    let yes_no = vec![choice(YES, word("conduct.yes")), choice("no", word("conduct.no"))];
    let entry = |code: &str, kind: Kind| Entry::new(code, word(&format!("conduct_form.{code}")), kind);
    let hinted = |code: &str, kind: Kind| entry(code, kind).hint(word(&format!("conduct_form.{code}_hint")));
    vec![
        entry("session", Kind::Choice(sessions.iter().map(session).collect())).needed(true),
        hinted("who", Kind::Text).needed(true),
        hinted("act", Kind::Choice(acts.acts.iter().map(act).collect())).needed(true),
        hinted("at", Kind::Text).needed(true),
        entry("warned", Kind::Choice(yes_no)).needed(true),
        hinted("facts", Kind::Text).needed(true),
        hinted("evidence", Kind::Long),
        entry("a", Kind::Text).needed(true),
        entry("b", Kind::Text).needed(true),
        entry("signature", Kind::Choice(CandidateSignature::ALL.iter().map(signature).collect())).needed(true),
    ]
}

/// The entry that a refusal is about.
fn place_of(code: Code) -> &'static str {
    match code {
        conduct::NEEDS_WARNING => "warned",
        conduct::UNKNOWN_ACT => "act",
        conduct::FACTS => "facts",
        conduct::INVIGILATORS => "b",
        conduct::LATER | conduct::OTHER_DAY | conduct::BAD_TIME => "at",
        _ => "who",
    }
}

impl ReportForm {
    fn value(&self, code: &str) -> &str {
        self.form.entry(code).map_or("", Entry::value)
    }

    fn session(&self) -> Result<&SessionRow> {
        let code = self.value("session");
        let found = self.sessions.iter().find(|s| s.code == code);
        Ok(found.ok_or_else(|| Refusal::new(checkin::UNKNOWN_SESSION).with("session", code))?)
    }

    /// The act in the table, when one is chosen.
    fn chosen_act(&self) -> Option<&conduct::Act> {
        self.acts.act(self.value("act")).ok()
    }

    fn note(&mut self, code: &str, role: Role, text: String) {
        if let Some(entry) = self.form.entry_mut(code) {
            entry.notes = vec![Note { role, text }];
        }
    }

    /// Says what an entry means: who sits there, what follows from the act, whether the time can be read.
    fn judge(&mut self, cx: &Cx<'_>) {
        let who = self.who(cx);
        self.name.clear();
        match who {
            Ok(None) => self.clear("who"),
            Ok(Some((name, text))) => {
                self.name = name;
                self.note("who", Role::Info, text);
            }
            Err(error) => self.complain(cx, "who", &error),
        }
        let act = self.chosen_act().map(|act| {
            let due = words::outcome(cx.locale, act.outcome);
            let first = act.warn_first && self.value("warned") != YES;
            (cx.locale.say("conduct_form.act_due", &[("outcome", &due)]), first)
        });
        match act {
            None => self.clear("act"),
            Some((text, first)) => {
                self.note("act", Role::Info, text);
                self.clear("warned");
                if first {
                    self.note("warned", Role::Warn, cx.locale.word("conduct_form.act_warn").to_owned());
                }
            }
        }
        let at = self.session().and_then(|s| conduct::read_time(self.value("at"), s.starts_at.day()));
        match at {
            Ok(_) => self.clear("at"),
            Err(error) => self.complain(cx, "at", &error),
        }
    }

    fn clear(&mut self, code: &str) {
        if let Some(entry) = self.form.entry_mut(code) {
            entry.notes.clear();
        }
    }

    fn complain(&mut self, cx: &Cx<'_>, code: &str, error: &crate::ops::Error) {
        if let Some(refusal) = error.refusal() {
            let text = words::refused(cx.locale, refusal);
            self.note(code, Role::Refused, text);
        }
    }

    /// The name and the line that tells who it is; `None` while nothing is typed.
    fn who(&self, cx: &Cx<'_>) -> Result<Option<(String, String)>> {
        let text = self.value("who");
        if text.is_empty() {
            return Ok(None);
        }
        let place = conduct::read_place(cx.site, text)?;
        Ok(Some(match conduct::found(cx.site, self.session()?, place)? {
            Some(seated) => {
                let seat = words::place(cx.locale, seated.room_number, Some(seated.seat));
                let ticket = seated.ticket.unwrap_or_default();
                let args = [("name", seated.name.as_str()), ("seat", &seat), ("ticket", &ticket)];
                let line = cx.locale.say("conduct_form.who_found", &args);
                (seated.name, line)
            }
            None => (String::new(), cx.locale.say("conduct_form.who_room", &[("room", text)])),
        }))
    }

    /// Leaves the entry in focus; whether it is settled.
    fn leave(&mut self, cx: &Cx<'_>) -> bool {
        let settled = self.form.focused_mut().is_none_or(Entry::settle);
        self.judge(cx);
        settled
    }

    fn enter(&mut self, cx: &mut Cx<'_>) -> Flow {
        let settled = self.leave(cx);
        let Some(entry) = self.form.focused() else { return Flow::Stay };
        match &entry.kind {
            Kind::Long => self.long(cx),
            Kind::Choice(_) if !settled || entry.value().is_empty() => self.choose(cx),
            _ => {
                self.form.forward();
                Flow::Stay
            }
        }
    }

    fn long(&self, cx: &Cx<'_>) -> Flow {
        let Some(entry) = self.form.focused() else { return Flow::Stay };
        let (picked, code) = (Rc::clone(&self.picked), entry.code.clone());
        let heard = move |_: &mut Cx<'_>, text: &str| drop(picked.replace(Some((code.clone(), text.to_owned()))));
        let body = cx.locale.word("conduct_form.evidence_hint").to_owned();
        Flow::Open(LongText::edit(entry.label.clone(), body, (entry.value(), MOST), Box::new(heard)))
    }

    /// The list of the entry in focus, narrowed to what is typed there.
    fn choose(&self, cx: &Cx<'_>) -> Flow {
        let Some(entry) = self.form.focused() else { return Flow::Stay };
        let Kind::Choice(choices) = &entry.kind else { return Flow::Stay };
        let mut places = entry.matches();
        if places.len() <= 1 {
            places = (0..choices.len()).collect();
        }
        let chosen: Vec<_> = places.iter().filter_map(|at| choices.get(*at)).cloned().collect();
        let at = chosen.iter().position(|c| c.value == entry.value()).unwrap_or(0);
        let items = chosen.iter().map(|c| c.label.clone()).collect();
        let title = cx.locale.say("conduct_form.choose", &[("item", &entry.label)]);
        let (picked, code) = (Rc::clone(&self.picked), entry.code.clone());
        let then = move |_: &mut Cx<'_>, place: usize| {
            picked.replace(chosen.get(place).map(|c| (code, c.value.clone())));
            Ok(Flow::Close)
        };
        Flow::Open(Picker::ask(title, items, at, Box::new(then)))
    }

    /// What was typed is not thrown away by one key.
    fn close(&mut self, cx: &mut Cx<'_>) -> Flow {
        let typed = ["who", "act", "facts", "evidence"].iter().any(|code| !self.value(code).is_empty());
        if !typed || self.leaving {
            return Flow::Close;
        }
        self.leaving = true;
        cx.say(Tone::Warn, "conduct_form.leaving", &[]);
        Flow::Stay
    }

    fn missing(&self) -> Vec<&Entry> {
        self.form.entries().iter().filter(|e| e.needed && e.value().is_empty()).collect()
    }

    fn save(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        self.leave(cx);
        if let Some(code) = self.missing().first().map(|e| e.code.clone()) {
            let items = self.missing().iter().map(|e| e.label.clone()).collect::<Vec<_>>();
            self.form.focus(&code);
            let items = items.join(cx.locale.word("conduct_form.comma"));
            cx.say(Tone::Refused, "conduct_form.missing", &[("items", &items)]);
            return Ok(Flow::Stay);
        }
        match self.stored(cx) {
            Ok(text) => {
                cx.toast(Tone::Good, text);
                Ok(Flow::Close)
            }
            Err(error) => {
                if let Some(refusal) = error.refusal() {
                    let code = place_of(refusal.code);
                    self.complain(cx, code, &error);
                    self.form.focus(code);
                }
                Err(error)
            }
        }
    }

    fn stored(&self, cx: &mut Cx<'_>) -> Result<String> {
        let session = self.session()?;
        let place = conduct::read_place(cx.site, self.value("who"))?;
        let text = |code: &str| self.value(code).to_owned();
        let signature = CandidateSignature::parse(self.value("signature")).unwrap_or(CandidateSignature::Signed);
        let report = Report {
            session: session.id,
            room: place.room,
            seat: place.seat,
            application: place.application,
            act: text("act"),
            at: conduct::read_time(self.value("at"), session.starts_at.day())?,
            warned: self.value("warned") == YES,
            facts: text("facts"),
            evidence: Some(text("evidence")),
            invigilators: [text("a"), text("b")],
            signature,
        };
        let done = cx.perform(&report)?;
        Ok(words::reported(cx.locale, &done.out))
    }

    fn status(&self, cx: &Seen<'_>) -> (String, Role) {
        let missing: Vec<_> = self.missing().iter().map(|e| e.label.clone()).collect();
        if missing.is_empty() {
            let key = cx.key("conduct_report", "conduct_report.save");
            return (format!("+ {}", cx.say("conduct_form.ready", &[("key", &key)])), Role::Good);
        }
        let items = missing.join(&cx.word("conduct_form.comma"));
        (format!("! {}", cx.say("conduct_form.missing", &[("items", &items)])), Role::Warn)
    }
}

impl Layer for ReportForm {
    fn id(&self) -> &'static str {
        "conduct_report"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        canvas.fill(area, Role::Text);
        let row = |y: u16| Rect { x: area.x + 1, width: area.width.saturating_sub(2), y, height: 1 };
        let title = match self.name.as_str() {
            "" => cx.word("conduct_form.title"),
            name => cx.say("conduct_form.title_named", &[("name", name)]),
        };
        canvas.text_in(row(area.y), &title, Role::Title);
        self.form.draw(canvas, Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area });
        let (text, role) = self.status(cx);
        canvas.text_in(row(area.bottom().saturating_sub(1)), &text, role);
    }

    fn actions(&self) -> Vec<Listed> {
        let hint = |id| Listed { id, show: Show::Hint };
        let help = |id| Listed { id, show: Show::Help };
        vec![
            hint("conduct_report.save"),
            hint("conduct_report.enter"),
            hint("conduct_report.choose"),
            hint("conduct_report.close"),
            help("conduct_report.next"),
            help("conduct_report.previous"),
        ]
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        Some(match id {
            "conduct_report.enter" => Ok(self.enter(cx)),
            "conduct_report.next" => self.go(Move::Down, cx).map(|()| Flow::Stay),
            "conduct_report.previous" => self.go(Move::Up, cx).map(|()| Flow::Stay),
            "conduct_report.choose" => Ok(self.choose(cx)),
            "conduct_report.save" => self.save(cx),
            "conduct_report.close" => Ok(self.close(cx)),
            _ => return None,
        })
    }

    fn typed(&mut self) -> Option<(String, Typed<'_>)> {
        let place = String::new();
        Some((place, Typed::Form(&mut self.form)))
    }

    fn type_input(&mut self, input: &Input, _: &mut Cx<'_>) -> Result<Taken> {
        let taken = self.form.feed(input);
        self.leaving &= taken == Taken::No;
        if taken == Taken::Changed
            && let Some(entry) = self.form.focused_mut()
        {
            entry.notes.clear();
        }
        Ok(taken)
    }

    fn go(&mut self, to: Move, cx: &mut Cx<'_>) -> Result<()> {
        self.leave(cx);
        self.form.go(to);
        Ok(())
    }

    fn resumed(&mut self, cx: &mut Cx<'_>) -> Result<()> {
        if let Some((code, value)) = self.picked.take()
            && let Some(entry) = self.form.entry_mut(&code)
        {
            entry.set(&value);
            self.form.forward();
        }
        self.judge(cx);
        Ok(())
    }

    fn is_page(&self) -> bool {
        true
    }

    fn is_typing(&mut self) -> bool {
        true
    }
}
