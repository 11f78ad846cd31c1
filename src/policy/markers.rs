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
