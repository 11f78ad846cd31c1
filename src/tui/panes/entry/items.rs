//! Fields for the groups of questions (题型) of a paper, in a row before its total.
use super::draft::is_mark;
use crate::model::{Code, Points, Refusal};
use crate::ops::entry::{Criterion, Digits, Items, Rule, Typing};
use crate::text::width::width;
use crate::tui::canvas::Canvas;
use crate::tui::theme::Role;
use crate::tui::widgets::field::{Accept, Field};
use ratatui::layout::Rect;

pub const TOO_HIGH: Code = Code("criteria.item_too_high");
pub const MISSING: Code = Code("criteria.item_missing");
pub const OFF_STEP: Code = Code("mark.off_step");

/// Cells of a field; no group has more than `100.0`.
const CELLS: u16 = 6;

pub struct Group {
    pub of: Criterion,
    pub field: Field,
    digits: Digits,
}

impl Group {
    pub fn new(of: Criterion, rule: Rule) -> Group {
        let digits = Digits::of(of.max, rule.step);
        Group { of, field: Field::new(Accept::Only(is_mark), usize::from(CELLS)), digits }
    }

    /// Whether nothing more belongs to it, where marks save themselves.
    pub fn is_whole(&self) -> bool {
        self.digits.is_whole(self.field.text())
    }

    /// What is typed, on the step and not above the most.
    pub fn points(&self, rule: Rule) -> Result<Points, Refusal> {
        let text = self.field.text();
        let read = match rule.typing {
            Typing::Digits => self.digits.read(text),
            Typing::Enter => Some(self.digits.read_ended(text)),
        };
        let missing = || Refusal::new(MISSING).with("item", self.of.name.as_str());
        let points = read.and_then(|text| Points::parse(&text)).ok_or_else(missing)?;
        if points > self.of.max {
            let refusal = Refusal::new(TOO_HIGH).with("item", self.of.name.as_str());
            return Err(refusal.with("highest", self.of.max.to_string()));
        }
        if points.hundredths().checked_rem(rule.step.hundredths()) != Some(0) {
            return Err(Refusal::new(OFF_STEP).with("step", rule.step.to_string()));
        }
        Ok(points)
    }
}

/// All groups, none left out.
pub fn all(groups: &[Group], rule: Rule) -> Result<Items, Refusal> {
    groups.iter().map(|group| Ok((group.of.code.clone(), group.points(rule)?))).collect()
}

/// What the groups that are filled in come to.
pub fn sum(groups: &[Group], rule: Rule) -> Points {
    let points = groups.iter().filter_map(|group| group.points(rule).ok());
    Points::new(points.fold(0, |sum, points| sum.saturating_add(points.hundredths())))
}

/// Labels and fields from left to right, over as many lines as they need; returns the lines used.
pub fn draw(groups: &[Group], focus: Option<usize>, canvas: &mut Canvas<'_, '_>, area: Rect) -> u16 {
    let (mut x, mut y) = (area.x, area.y);
    for (place, group) in groups.iter().enumerate() {
        let label = u16::try_from(width(&group.of.name)).unwrap_or(u16::MAX);
        let wide = label.saturating_add(1 + CELLS);
        if x > area.x && x.saturating_add(wide) > area.right() {
            (x, y) = (area.x, y + 1);
        }
        if y >= area.bottom() {
            break;
        }
        let line = Rect { x, y, width: area.right().saturating_sub(x), height: 1 };
        let role = if focus == Some(place) { Role::Title } else { Role::Text };
        let end = canvas.text_in(line, &format!("{} ", group.of.name), role);
        let field = Rect { x: end, width: line.right().saturating_sub(end).min(CELLS), ..line };
        if focus == Some(place) {
            group.field.draw(canvas, field);
        } else {
            let text = if group.field.is_empty() { "__" } else { group.field.text() };
            canvas.text_in(field, text, Role::Text);
        }
        x = x.saturating_add(wide + 1);
    }
    if groups.is_empty() { 0 } else { y.min(area.bottom().saturating_sub(1)) + 1 - area.y }
}
