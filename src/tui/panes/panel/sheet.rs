//! One member's sheet for one candidate: points for each criterion, mandatory items, a remark, the running sum, and the
//! candidate's materials beside it or in its place (S0-25, S1-22).
use super::sheet_materials;
use crate::model::{ApplicationId, Code, MemberId, Points, Refusal};
use crate::ops::panel::{self, Items, Plan, Score, Sheet, View, read_fails, read_items, read_points};
use crate::ops::{PanelSheetRow, Result};
use crate::tui::canvas::Canvas;
use crate::tui::cx::{Cx, Tone};
use crate::tui::input::Input;
use crate::tui::pane::{Flow, Layer, Listed, Move, Seen, Show};
use crate::tui::theme::Role;
use crate::tui::typed::Typed;
use crate::tui::widgets::field::Taken;
use crate::tui::widgets::form::{Entry, Form, Kind, Note};
use crate::tui::widgets::scroll::Scroll;
use ratatui::layout::Rect;

pub const INCOMPLETE: Code = Code("panel.sheet_incomplete");
pub const BY_ANOTHER: Code = Code("panel.sheet_by_another");

/// Cells from which materials stand beside the form.
const BESIDE: u16 = 100;
const FORM: u16 = 46;
const TOTAL: &str = "total";
const REMARK: &str = "remark";
const FAILED: &str = "x";

pub struct SheetForm {
    view: View,
    member: MemberId,
    application: ApplicationId,
    plan: Plan,
    form: Form,
    materials: Scroll,
    /// In the place of the form, where the screen is narrow.
    reading: bool,
    /// As it was opened or saved.
    before: Vec<String>,
    /// Esc was pressed once over something typed.
    leaving: bool,
}

/// Opens the sheet of a member for a candidate, when it may be written by whoever is signed on.
pub fn open(cx: &mut Cx<'_>, view: &View, (member, application): (MemberId, ApplicationId)) -> Result<Flow> {
    Ok(Flow::Open(Box::new(SheetForm::new(cx, view.clone(), (member, application))?)))
}

impl SheetForm {
    fn new(cx: &mut Cx<'_>, view: View, (member, application): (MemberId, ApplicationId)) -> Result<SheetForm> {
        let own = panel::own_sheet(cx.site, member, application)?;
        let points = match &own {
            Some(own) => own.points,
            None if sheet_of(&view, (member, application)) == Some(Sheet::Out) => Points::ZERO,
            None => return Err(Refusal::new(BY_ANOTHER).into()),
        };
        // Whatever refuses the sheet is said before anything is typed.
        cx.site.preview(&Score::total(member, application, points))?;
        let plan = panel::plan(cx.site, &view.panel, application)?;
        let mut form = Form::new(entries(cx, &plan));
        fill(&mut form, own.as_ref(), &plan);
        let materials = sheet_materials::read(cx, application)?;
        let (before, reading, leaving) = (values(&form), false, false);
        Ok(SheetForm { view, member, application, plan, form, materials, reading, before, leaving })
    }

    fn value(&self, code: &str) -> &str {
        self.form.entry(code).map_or("", Entry::value)
    }

    /// Points of every criterion; `None` while one is missing or cannot be read.
    fn items(&self) -> Option<Items> {
        let item = |code: &String| Some((code.clone(), read_points(self.value(code)).ok()?));
        self.plan.items.iter().map(|criterion| item(&criterion.code)).collect()
    }

    fn fails(&self) -> Vec<String> {
        let failed = |code: &String| self.value(&toggle_of(code)) == FAILED;
        self.plan.mandatory.iter().map(|m| m.code.clone()).filter(failed).collect()
    }

    /// Sum of what is typed so far.
    fn sum(&self) -> Points {
        if self.plan.items.is_empty() {
            return read_points(self.value(TOTAL)).unwrap_or(Points::ZERO);
        }
        let typed = self.plan.items.iter().filter_map(|c| read_points(self.value(&c.code)).ok());
        Points::new(typed.fold(0i32, |sum, points| sum.saturating_add(points.hundredths())))
    }

    /// Says what is wrong with the points of the entry in focus.
    fn judge(&mut self, cx: &Cx<'_>) {
        let Some(entry) = self.form.focused_mut() else { return };
        let highest = self.plan.items.iter().find(|c| c.code == entry.code).map(|c| c.max);
        let Some(highest) = highest.or((entry.code == TOTAL).then_some(Points::whole(100))) else { return };
        entry.notes.clear();
        if entry.value().is_empty() {
            return;
        }
        let above = highest.to_string();
        let text = match read_points(entry.value()) {
            Ok(points) if points <= highest => return,
            Ok(_) => cx.locale.say("panel_sheet.too_high", &[("highest", &above)]),
            Err(_) => cx.locale.word("panel_sheet.no_points").to_owned(),
        };
        entry.notes = vec![Note { role: Role::Refused, text }];
    }

    /// To the next entry; on the last one the sheet is done.
    fn enter(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        self.judge(cx);
        if self.form.forward() { Ok(Flow::Stay) } else { self.save(cx) }
    }

    fn toggle(&mut self) -> Flow {
        if let Some(entry) = self.form.focused_mut().filter(|entry| entry.kind == Kind::Row) {
            let after = if entry.value() == FAILED { "-" } else { FAILED };
            entry.set(after);
        }
        Flow::Stay
    }

    fn save(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        self.judge(cx);
        let blank = self.form.entries().iter().find(|e| e.needed && e.value().is_empty());
        if let Some((code, label)) = blank.map(|e| (e.code.clone(), e.label.clone())) {
            self.form.focus(&code);
            return Err(Refusal::new(INCOMPLETE).with("item", label).into());
        }
        let items = if self.plan.items.is_empty() { None } else { self.items() };
        if items.is_none() && !self.plan.items.is_empty() {
            let wrong = self.plan.items.iter().find(|c| read_points(self.value(&c.code)).is_err());
            let text = wrong.map(|c| self.value(&c.code).to_owned()).unwrap_or_default();
            if let Some(code) = wrong.map(|c| c.code.clone()) {
                self.form.focus(&code);
            }
            read_points(&text)?;
        }
        let points = if items.is_some() { self.sum() } else { read_points(self.value(TOTAL))? };
        let remark = Some(self.value(REMARK).to_owned()).filter(|text| !text.is_empty());
        let (member, application, fails) = (self.member, self.application, self.fails());
        let counted = cx.perform(&Score { member, application, points, items, fails, remark })?.out;
        self.saved(cx, counted)
    }

    /// Says what was saved, and goes on to the next candidate without a sheet.
    fn saved(&mut self, cx: &mut Cx<'_>, counted: Points) -> Result<Flow> {
        let (name, judge) = (self.name().to_owned(), self.judge_name().to_owned());
        let view = panel::show(cx.site, self.view.panel.id)?;
        let place = view.candidates.iter().position(|c| c.application == self.application).unwrap_or(0);
        let (before, after) = view.candidates.split_at(place.min(view.candidates.len()));
        let open = |c: &&panel::Candidate| !c.withdrawn && !c.void && c.application != self.application;
        let next: Vec<ApplicationId> = after
            .iter()
            .chain(before)
            .filter(open)
            .filter(|c| sheet_of(&view, (self.member, c.application)) == Some(Sheet::Out))
            .map(|c| c.application)
            .collect();
        let counted = counted.to_string();
        let args = [("name", name.as_str()), ("member", &judge), ("points", &counted)];
        for application in next {
            // Somebody who did not come, or whom this member does not judge, is passed over.
            if let Ok(form) = SheetForm::new(cx, view.clone(), (self.member, application)) {
                *self = SheetForm { reading: self.reading, ..form };
                cx.say(Tone::Good, "panel.saved", &args);
                return Ok(Flow::Stay);
            }
        }
        cx.say(Tone::Good, "panel_sheet.saved_last", &args);
        Ok(Flow::Close)
    }

    /// What was typed is not thrown away by one key.
    fn close(&mut self, cx: &mut Cx<'_>) -> Flow {
        if self.reading {
            self.reading = false;
            return Flow::Stay;
        }
        if values(&self.form) == self.before || self.leaving {
            return Flow::Close;
        }
        self.leaving = true;
        cx.say(Tone::Warn, "panel_sheet.leaving", &[]);
        Flow::Stay
    }

    fn name(&self) -> &str {
        let found = self.view.candidates.iter().find(|c| c.application == self.application);
        found.map(|c| c.name.as_str()).unwrap_or_default()
    }

    fn judge_name(&self) -> &str {
        self.view.members.iter().find(|m| m.id == self.member).map(|m| m.name.as_str()).unwrap_or_default()
    }

    /// The running sum, and what failed items leave of it.
    fn status(&self, cx: &Seen<'_>) -> (String, Role) {
        let (sum, fails) = (self.sum(), self.fails());
        let left = self.plan.left(sum, &fails).unwrap_or(sum);
        let (written, left_text) = (sum.to_string(), left.to_string());
        let key = cx.key("panel_sheet", "panel_sheet.save");
        let args = [("sum", written.as_str()), ("left", &left_text), ("key", &key)];
        match fails.is_empty() {
            true => (cx.say("panel_sheet.sum", &args), Role::Title),
            false => (format!("! {}", cx.say("panel_sheet.sum_failed", &args)), Role::Warn),
        }
    }
}

/// The box of a member and a candidate in the grid.
fn sheet_of(view: &View, (member, application): (MemberId, ApplicationId)) -> Option<Sheet> {
    let place = view.members.iter().position(|m| m.id == member)?;
    let candidate = view.candidates.iter().find(|c| c.application == application)?;
    candidate.sheets.get(place).copied()
}

fn toggle_of(code: &str) -> String {
    format!("fail.{code}")
}

fn values(form: &Form) -> Vec<String> {
    form.entries().iter().map(|entry| entry.value().to_owned()).collect()
}

fn entries(cx: &Cx<'_>, plan: &Plan) -> Vec<Entry> {
    let word = |key: &str| cx.locale.word(key).to_owned();
    let mut all = Vec::new();
    for criterion in &plan.items {
        let highest = criterion.max.to_string();
        let label = cx.locale.say("panel_sheet.item", &[("item", &criterion.name), ("highest", &highest)]);
        all.push(Entry::new(criterion.code.as_str(), label, Kind::Text).needed(true));
    }
    if plan.items.is_empty() {
        all.push(Entry::new(TOTAL, word("panel_sheet.total"), Kind::Text).needed(true));
    }
    if !plan.mandatory.is_empty() {
        all.push(Entry::new("mandatory", word("panel_sheet.mandatory"), Kind::Heading));
    }
    for item in &plan.mandatory {
        let key = cx.seen().key("panel_sheet", "panel_sheet.toggle");
        let most = item.most.to_string();
        let hint = cx.locale.say("panel_sheet.toggle_hint", &[("key", &key), ("most", &most)]);
        let mut entry = Entry::new(toggle_of(&item.code), item.name.as_str(), Kind::Row).hint(hint);
        entry.set("-");
        all.push(entry);
    }
    all.push(Entry::new(REMARK, word("panel_sheet.remark"), Kind::Text));
    all
}

/// What stands on the sheet already.
fn fill(form: &mut Form, own: Option<&PanelSheetRow>, plan: &Plan) {
    let Some(own) = own else { return };
    let items = own.items.as_deref().and_then(read_items).unwrap_or_default();
    let mut values: Vec<(String, String)> =
        items.into_iter().map(|(code, points)| (code, points.to_string())).collect();
    values.extend(read_fails(&own.fails).iter().map(|code| (toggle_of(code), FAILED.to_owned())));
    values.extend(own.remark.clone().map(|text| (REMARK.to_owned(), text)));
    if plan.items.is_empty() {
        values.push((TOTAL.to_owned(), own.points.to_string()));
    }
    for (code, value) in values {
        if let Some(entry) = form.entry_mut(&code) {
            entry.set(&value);
            entry.mark();
        }
    }
}

impl Layer for SheetForm {
    fn id(&self) -> &'static str {
        "panel_sheet"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, cx: &Seen<'_>) {
        canvas.fill(area, Role::Text);
        let row = |y: u16| Rect { x: area.x + 1, width: area.width.saturating_sub(2), y, height: 1 };
        let args = [("name", self.name()), ("member", self.judge_name())];
        canvas.text_in(row(area.y), &cx.say("panel_sheet.title", &args), Role::Title);
        let (text, role) = self.status(cx);
        canvas.text_in(row(area.bottom().saturating_sub(1)), &text, role);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area };
        if body.width >= BESIDE {
            self.form.draw(canvas, Rect { width: FORM, ..body });
            let x = body.x + FORM + 2;
            let right = Rect { x, width: body.right().saturating_sub(x + 1), ..body };
            self.materials.draw(canvas, right, Role::Text);
        } else if self.reading {
            // The entry in focus stays in sight: points can be typed while reading.
            let high = body.height.saturating_sub(3);
            let text = Rect { x: body.x + 1, width: body.width.saturating_sub(2), height: high, ..body };
            self.materials.draw(canvas, text, Role::Text);
            canvas.rule(Rect { y: body.y + high, height: 1, ..body }, Role::Border);
            self.form.draw(canvas, Rect { y: body.y + high + 1, height: 2.min(body.height), ..body });
        } else {
            self.form.draw(canvas, body);
        }
    }

    fn actions(&self) -> Vec<Listed> {
        let hint = |id| Listed { id, show: Show::Hint };
        let help = |id| Listed { id, show: Show::Help };
        let ticked = if self.plan.mandatory.is_empty() { Show::Help } else { Show::Hint };
        vec![
            hint("panel_sheet.save"),
            hint("panel_sheet.enter"),
            hint("panel_sheet.materials"),
            Listed { id: "panel_sheet.toggle", show: ticked },
            hint("panel_sheet.close"),
            help("panel_sheet.next"),
            help("panel_sheet.previous"),
        ]
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        Some(match id {
            "panel_sheet.enter" => self.enter(cx),
            "panel_sheet.next" => self.go(Move::Down, cx).map(|()| Flow::Stay),
            "panel_sheet.previous" => self.go(Move::Up, cx).map(|()| Flow::Stay),
            "panel_sheet.toggle" => Ok(self.toggle()),
            "panel_sheet.materials" => {
                self.reading = !self.reading;
                Ok(Flow::Stay)
            }
            "panel_sheet.save" => self.save(cx),
            "panel_sheet.close" => Ok(self.close(cx)),
            _ => return None,
        })
    }

    fn typed(&mut self) -> Option<(String, Typed<'_>)> {
        let place = format!("{} {}", self.member, self.application);
        Some((place, Typed::Form(&mut self.form)))
    }

    fn type_input(&mut self, input: &Input, _: &mut Cx<'_>) -> Result<Taken> {
        // On a mandatory item a blank is the key that ticks it.
        let ticks = self.form.focused().is_some_and(|e| e.kind == Kind::Row);
        if ticks && matches!(input, Input::Text(' ' | '\u{3000}')) {
            return Ok(Taken::No);
        }
        let taken = self.form.feed(input);
        self.leaving &= taken == Taken::No;
        if taken == Taken::Changed
            && let Some(entry) = self.form.focused_mut()
        {
            entry.notes.clear();
        }
        Ok(taken)
    }

    /// Arrow keys go through the entries, page keys through the materials.
    fn go(&mut self, to: Move, cx: &mut Cx<'_>) -> Result<()> {
        if matches!(to, Move::PageUp | Move::PageDown) {
            self.materials.go(to);
            return Ok(());
        }
        self.judge(cx);
        self.form.go(to);
        Ok(())
    }

    fn crumb(&self, _: &Seen<'_>) -> String {
        self.name().to_owned()
    }

    fn is_page(&self) -> bool {
        true
    }

    fn is_typing(&mut self) -> bool {
        true
    }
}
