//! When entries settle a mark: equal ones always; of two markers (双评) the mean where they lie near one another.
use super::criteria::Items;
use super::marking::{Markers, Marking};
use crate::model::entry::{Pair, Rule, Typed};
use crate::model::{Mark, Points};
use serde::Serialize;

/// One part of an entry that can differ from the other entry's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Total,
    /// Its name on the sheet.
    Item(String),
}

impl Rule for Marking {
    fn two(&self, first: &Typed, second: &Typed) -> Pair {
        match (self.markers, first.mark, second.mark) {
            (Some(markers), Mark::Points(a), Mark::Points(b)) => match self.near(markers, a, b) {
                Some(mean) => Pair::Settles(mean),
                None => Pair::Third,
            },
            (Some(_), a, b) if a == b => Pair::Settles(a),
            (None, a, b) if a == b && first.items == second.items => Pair::Settles(a),
            _ => Pair::Differs,
        }
    }

    /// The third is compared with the nearer of the two; where both are equally near, with the higher one.
    fn three(&self, first: &Typed, second: &Typed, third: &Typed) -> Option<Mark> {
        let markers = self.markers?;
        let (a, b, c) = (first.mark.points()?, second.mark.points()?, third.mark.points()?);
        let (low, high) = (a.min(b), a.max(b));
        let nearest = if distance(low, c) < distance(high, c) { low } else { high };
        self.near(markers, nearest, c)
    }
}

impl Marking {
    /// The mean of two that lie within the tolerance, kept between the two where a step would lead out.
    fn near(&self, markers: Markers, a: Points, b: Points) -> Option<Mark> {
        if distance(a, b) > markers.tolerance.hundredths() {
            return None;
        }
        let mean = Points::mean(&[a, b], self.step, self.rounding)?;
        Some(Mark::Points(mean.clamp(a.min(b), a.max(b))))
    }
}

fn distance(a: Points, b: Points) -> i32 {
    (a.hundredths() - b.hundredths()).abs()
}

/// What differs between two entries, by name and never by value. `names`: code and name of each group of questions.
pub fn differing(first: &Typed, second: &Typed, names: &[(String, String)]) -> Vec<Part> {
    let mut parts = Vec::new();
    if first.mark != second.mark {
        parts.push(Part::Total);
    }
    let of = |items: &Option<Items>, code: &str| {
        items.as_ref().and_then(|all| all.iter().find(|(c, _)| c == code)).map(|(_, points)| *points)
    };
    let differs = names.iter().filter(|(code, _)| of(&first.items, code) != of(&second.items, code));
    parts.extend(differs.map(|(_, name)| Part::Item(name.clone())));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{OperatorId, Rounding};
    use crate::policy::marking::{ControlTotals, ScriptNumbers, Typing};
    use proptest::prelude::*;

    fn marking(tolerance: Option<i32>) -> Marking {
        Marking {
            step: 50,
            low_warning: Points::ZERO,
            full_warning: false,
            entries: 2,
            rounding: Rounding::HalfUp,
            script_numbers: ScriptNumbers::Off,
            typing: Typing::Enter,
            control_totals: ControlTotals::Optional,
            markers: tolerance.map(|points| Markers { tolerance: Points::whole(points) }),
            items: Vec::new(),
        }
    }

    fn by(operator: i64, mark: Mark) -> Typed {
        Typed { operator: OperatorId(operator), mark, items: None }
    }

    /// Half points.
    fn halves(operator: i64, halves: i32) -> Typed {
        by(operator, Mark::Points(Points::new(halves * 50)))
    }

    fn points(hundredths: i32) -> Mark {
        Mark::Points(Points::new(hundredths))
    }

    #[test]
    fn near_markers_give_their_mean_and_far_ones_want_a_third() {
        let rule = marking(Some(5));
        assert_eq!(rule.two(&halves(1, 160), &halves(2, 163)), Pair::Settles(points(8100)));
        assert_eq!(rule.two(&halves(1, 160), &halves(2, 170)), Pair::Settles(points(8250)));
        assert_eq!(rule.two(&halves(1, 160), &halves(2, 171)), Pair::Third);
        assert_eq!(rule.two(&halves(1, 160), &by(2, Mark::Absent)), Pair::Differs);
        assert_eq!(rule.two(&by(1, Mark::Void), &by(2, Mark::Void)), Pair::Settles(Mark::Void));
    }

    #[test]
    fn the_third_is_averaged_with_the_nearer_one() {
        let rule = marking(Some(5));
        let three = |a, b, c| rule.three(&halves(1, a), &halves(2, b), &halves(3, c));
        assert_eq!(three(120, 160, 156), Some(points(7900)));
        assert_eq!(three(120, 160, 124), Some(points(6100)));
        assert_eq!(three(120, 160, 140), None);
        // Equally near: for the candidate.
        assert_eq!(three(140, 156, 148), Some(points(7600)));
        assert_eq!(rule.three(&halves(1, 120), &halves(2, 160), &by(3, Mark::Absent)), None);
    }

    #[test]
    fn what_differs_is_named() {
        let names = [("a".to_owned(), "单选".to_owned()), ("b".to_owned(), "简答".to_owned())];
        let with =
            |text: &str, total: i32| Typed { items: crate::policy::criteria::read(text), ..by(1, points(total)) };
        let parts = differing(&with("a=40,b=20", 6000), &with("a=40,b=25", 6500), &names);
        assert_eq!(parts, [Part::Total, Part::Item("简答".into())]);
        assert_eq!(differing(&with("a=40,b=20", 6000), &with("a=20,b=40", 6000), &names).len(), 2);
    }

    fn anything() -> impl Strategy<Value = Mark> {
        prop_oneof![Just(Mark::Absent), Just(Mark::Void), (0i32..=200).prop_map(|n| points(n * 50))]
    }

    proptest! {
        #[test]
        fn the_order_of_the_first_two_is_all_one(
            a in anything(), b in anything(), c in anything(), tolerance in prop::option::of(0i32..20),
        ) {
            let rule = marking(tolerance);
            let (a, b, c) = (by(1, a), by(2, b), by(3, c));
            prop_assert_eq!(rule.two(&a, &b), rule.two(&b, &a));
            prop_assert_eq!(rule.three(&a, &b, &c), rule.three(&b, &a, &c));
        }

        #[test]
        fn a_result_lies_between_the_marks_it_is_made_of(
            halves_of in prop::array::uniform3(0i32..=200), tolerance in 0i32..30, step in prop::sample::select(vec![10, 50, 100]),
        ) {
            let rule = Marking { step, ..marking(Some(tolerance)) };
            let [a, b, c] = halves_of;
            let within = |mark: Mark, all: &[i32]| {
                let own = mark.points().unwrap().hundredths();
                all.iter().min().unwrap() * 50 <= own && own <= all.iter().max().unwrap() * 50
            };
            if let Pair::Settles(mark) = rule.two(&halves(1, a), &halves(2, b)) {
                prop_assert!(within(mark, &[a, b]));
            }
            if let Some(mark) = rule.three(&halves(1, a), &halves(2, b), &halves(3, c)) {
                prop_assert!(within(mark, &[a, c]) || within(mark, &[b, c]));
            }
        }

        /// Absent or void in only one of two is a slip of somebody, never a mean.
        #[test]
        fn absent_beside_anything_else_differs(other in anything(), tolerance in prop::option::of(0i32..20)) {
            let pair = marking(tolerance).two(&by(1, Mark::Absent), &by(2, other));
            prop_assert_eq!(pair == Pair::Settles(Mark::Absent), other == Mark::Absent);
            prop_assert_ne!(pair, Pair::Third);
        }
    }
}
