//! The particulars of one of the staff, item by item.
use super::{NONE_SELECTED, Staff};
use crate::model::{AssessorGrade, Code, Day, Duty, Refusal, StaffId, fold};
use crate::ops::Result;
use crate::ops::staff::{Add, Change, Particulars, operator_name, operator_named};
use crate::text::staffing;
use crate::tui::canvas::Canvas;
use crate::tui::cx::{Cx, Tone};
use crate::tui::input::Input;
use crate::tui::pane::{Flow, Layer, Listed, Move, Seen, Show};
use crate::tui::theme::Role;
use crate::tui::typed::Typed;
use crate::tui::widgets::field::Taken;
use crate::tui::widgets::form::{Choice, Entry, Form, Kind};
use ratatui::layout::Rect;

pub const DATE: Code = Code("staff.date");
pub const UNKNOWN_DUTY: Code = Code("staff.unknown_duty");

pub struct StaffForm {
    about: Option<StaffId>,
    title: String,
    form: Form,
}

pub fn add(_: &mut Staff, cx: &mut Cx<'_>) -> Result<Flow> {
    let title = cx.locale.word("staffing.form_add").to_owned();
    Ok(open(cx, None, (title, &Particulars::new("", "", &[Duty::Proctor]))))
}

pub fn change(page: &mut Staff, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(person) = page.person() else { return Err(Refusal::new(NONE_SELECTED).into()) };
    let title = cx.locale.say("staffing.form_change", &[("name", &person.is.name)]);
    Ok(open(cx, Some(person.id), (title, &person.is)))
}

fn open(cx: &Cx<'_>, about: Option<StaffId>, (title, is): (String, &Particulars)) -> Flow {
    Flow::Open(Box::new(StaffForm { about, title, form: Form::new(entries(cx, is)) }))
}

fn entries(cx: &Cx<'_>, is: &Particulars) -> Vec<Entry> {
    let label = |code: &str| cx.locale.word(&format!("staffing.form_{code}")).to_owned();
    let comma = cx.locale.word("staffing.comma");
    let known: Vec<_> = Duty::ALL.iter().map(|d| staffing::duty(cx.locale, *d)).collect();
    let duties = cx.locale.say("staffing.hint_duties", &[("known", &known.join(comma))]);
    let grades = AssessorGrade::ALL.iter().map(|grade| Choice {
        value: grade.code().to_owned(),
        label: cx.locale.word(&format!("assessor_grade.{}", grade.code())).to_owned(),
        also: String::new(),
    });
    let text = |code: &str, value: &str| {
        let mut entry = Entry::new(code, label(code), Kind::Text);
        entry.set(value);
        entry
    };
    let own: Vec<_> = is.duties.iter().map(|d| staffing::duty(cx.locale, *d)).collect();
    let mut grade = Entry::new("grade", label("grade"), Kind::Choice(grades.collect()));
    grade.set(is.grade.code());
    let until = is.card_until.map(|d| d.to_string()).unwrap_or_default();
    let operator = is.operator.and_then(|id| operator_name(cx.site, id).ok().flatten()).unwrap_or_default();
    let hint = |code: &str| cx.locale.word(&format!("staffing.hint_{code}")).to_owned();
    vec![
        text("name", &is.name).needed(true),
        text("unit", &is.unit).needed(true),
        text("duties", &own.join(comma)).needed(true).hint(duties),
        text("phone", is.phone.as_deref().unwrap_or_default()),
        text("id_number", is.id_number.as_deref().unwrap_or_default()).hint(hint("id_number")),
        grade,
        text("card_no", is.card_no.as_deref().unwrap_or_default()),
        text("card_until", &until),
        text("occupations", &is.occupations.join(comma)).hint(hint("occupations")),
        text("kept_by", is.kept_by.as_deref().unwrap_or_default()).hint(hint("kept_by")),
        text("operator", &operator).hint(hint("operator")),
    ]
}

impl StaffForm {
    fn particulars(&self, cx: &Cx<'_>) -> Result<Particulars> {
        let text = |code: &str| self.form.entry(code).map(|e| e.value().to_owned()).unwrap_or_default();
        let some = |code: &str| Some(text(code)).filter(|t| !t.is_empty());
        let list = |code: &str| -> Vec<String> {
            let text = text(code);
            let parts = text.split(['、', ',', '，', ';', '；']).map(|part| fold::word(part).into_owned());
            parts.filter(|part| !part.is_empty()).collect()
        };
        let duty = |word: &String| {
            let found = Duty::ALL.iter().copied().find(|d| d.code() == word || staffing::duty(cx.locale, *d) == *word);
            found.ok_or_else(|| Refusal::new(UNKNOWN_DUTY).with("value", word.as_str()))
        };
        let card_until = match some("card_until") {
            Some(typed) => {
                let day = fold::number_like(&typed).parse::<Day>();
                Some(day.map_err(|_| Refusal::new(DATE).with("value", typed))?)
            }
            None => None,
        };
        Ok(Particulars {
            name: text("name"),
            unit: text("unit"),
            phone: some("phone"),
            id_number: some("id_number"),
            grade: AssessorGrade::parse(&text("grade")).unwrap_or(AssessorGrade::None),
            card_no: some("card_no"),
            card_until,
            occupations: list("occupations"),
            kept_by: some("kept_by"),
            operator: some("operator").map(|name| operator_named(cx.site, &name)).transpose()?,
            duties: list("duties").iter().map(duty).collect::<Result<_, _>>()?,
        })
    }

    fn save(&mut self, cx: &mut Cx<'_>) -> Result<Flow> {
        let typed = self.particulars(cx)?;
        let (done, key) = match self.about {
            Some(staff) => (cx.perform(&Change { staff, now: typed })?, "staffing.changed"),
            None => (cx.perform(&Add { who: typed })?, "staffing.added"),
        };
        let (number, op) = (done.out.id.to_string(), done.op.map_or(0, |n| n.0).to_string());
        cx.say(Tone::Good, key, &[("name", &done.out.name), ("number", &number), ("op", &op)]);
        Ok(Flow::Close)
    }

    /// Leaves the item in focus: a choice is settled.
    fn leave(&mut self) {
        if let Some(entry) = self.form.focused_mut() {
            entry.settle();
        }
    }
}

impl Layer for StaffForm {
    fn id(&self) -> &'static str {
        "staff_form"
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, _: &Seen<'_>) {
        canvas.fill(area, Role::Text);
        let line = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
        canvas.text_in(line, &self.title, Role::Title);
        self.form.draw(canvas, Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area });
    }

    fn actions(&self) -> Vec<Listed> {
        let hint = |id| Listed { id, show: Show::Hint };
        let help = |id| Listed { id, show: Show::Help };
        vec![
            hint("staff_form.save"),
            hint("staff_form.enter"),
            hint("staff_form.close"),
            help("staff_form.next"),
            help("staff_form.previous"),
        ]
    }

    fn act(&mut self, id: &str, cx: &mut Cx<'_>) -> Option<Result<Flow>> {
        Some(match id {
            "staff_form.save" => {
                self.leave();
                self.save(cx)
            }
            "staff_form.enter" | "staff_form.next" => self.go(Move::Down, cx).map(|()| Flow::Stay),
            "staff_form.previous" => self.go(Move::Up, cx).map(|()| Flow::Stay),
            "staff_form.close" => Ok(Flow::Close),
            _ => return None,
        })
    }

    fn typed(&mut self) -> Option<(String, Typed<'_>)> {
        let place = self.title.clone();
        Some((place, Typed::Form(&mut self.form)))
    }

    fn type_input(&mut self, input: &Input, _: &mut Cx<'_>) -> Result<Taken> {
        Ok(self.form.feed(input))
    }

    fn go(&mut self, to: Move, _: &mut Cx<'_>) -> Result<()> {
        self.leave();
        self.form.go(to);
        Ok(())
    }

    fn is_page(&self) -> bool {
        true
    }

    fn is_typing(&mut self) -> bool {
        true
    }
}
