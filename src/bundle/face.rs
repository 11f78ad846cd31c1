//! Where the data stand on a printed blank form (套打), in millimetres: `data/faces`.
use super::layout::MALFORMED;
use crate::model::Refusal;
use serde::{Deserialize, Serialize};

/// Paper that printers take, in millimetres.
const PAPER: std::ops::RangeInclusive<f64> = 50.0..=450.0;
/// Beyond this a printer is not off: something else is wrong.
const FARTHEST: f64 = 30.0;
/// Height of a line without one of its own, in its letters' heights.
const LINE: f64 = 1.4;
const MM_PER_POINT: f64 = 25.4 / 72.0;

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Title,
    Body,
    Name,
    Document,
    IdNumber,
    Occupation,
    Direction,
    Level,
    Number,
    IssuedOn,
    Organisation,
    Issuer,
    QueryUrl,
    OrganisationUrl,
    /// A blank for the photo, with the name of its file.
    Photo,
    Qr,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offset {
    pub x: f64,
    pub y: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub what: What,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    #[serde(default)]
    pub height: Option<f64>,
    /// Points.
    #[serde(default)]
    pub size: Option<f64>,
}

/// The places of one blank form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaceLayout {
    pub id: String,
    pub width: f64,
    pub height: f64,
    pub font: String,
    /// The certificate's name, for forms that do not have it printed.
    pub title: String,
    /// Points.
    pub size: f64,
    /// `{year}`, `{month}` and `{day}` of the day of issue.
    pub date: String,
    /// What the code says.
    pub code: String,
    /// The wording, with names of data in braces.
    pub body: String,
    #[serde(default)]
    pub offset: Offset,
    #[serde(rename = "item")]
    pub items: Vec<Item>,
}

/// An item at its place on this printer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Placed {
    pub what: What,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub size: f64,
}

impl FaceLayout {
    /// Refused with the line where it is no layout, and where something would stand outside the paper.
    pub fn parse(text: &str) -> Result<FaceLayout, Refusal> {
        let malformed = |line: usize, detail: &str| Refusal::new(MALFORMED).with("line", line).with("detail", detail);
        let layout: FaceLayout = toml::from_str(text).map_err(|e| {
            let before = e.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            malformed(before.matches('\n').count() + 1, e.message())
        })?;
        match layout.fault() {
            Some(detail) => Err(malformed(1, &detail)),
            None => Ok(layout),
        }
    }

    fn fault(&self) -> Option<String> {
        if !PAPER.contains(&self.width) || !PAPER.contains(&self.height) {
            return Some(format!("{} x {}", self.width, self.height));
        }
        let near = |offset: f64| offset.abs() <= FARTHEST;
        if !near(self.offset.x) || !near(self.offset.y) {
            return Some(format!("offset {} {}", self.offset.x, self.offset.y));
        }
        let plain = |text: &str| text.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-');
        if !plain(&self.font) {
            return Some(format!("font {}", self.font));
        }
        let inside = |item: &Placed| {
            let all = [item.x, item.y, item.width, item.height, item.size];
            all.iter().all(|n| n.is_finite())
                && item.x >= 0.0
                && item.y >= 0.0
                && item.width > 0.0
                && item.height > 0.0
                && (4.0..=72.0).contains(&item.size)
                && item.x + item.width <= self.width
                && item.y + item.height <= self.height
        };
        self.placed()
            .into_iter()
            .find(|item| !inside(item))
            .map(|item| format!("{:?} {} {}", item.what, item.x, item.y))
    }

    /// Every item with the printer's offset.
    pub fn placed(&self) -> Vec<Placed> {
        let place = |item: &Item| {
            let size = item.size.unwrap_or(self.size);
            Placed {
                what: item.what,
                x: tenths(item.x + self.offset.x),
                y: tenths(item.y + self.offset.y),
                width: item.width,
                height: tenths(item.height.unwrap_or(size * MM_PER_POINT * LINE)),
                size,
            }
        };
        self.items.iter().map(place).collect()
    }
}

/// No printer is finer.
fn tenths(millimetres: f64) -> f64 {
    (millimetres * 10.0).round() / 10.0
}

/// Puts values for names in braces; a name that is none of these stays as it is.
pub fn worded(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let known = after.split_once('}').and_then(|(name, tail)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((*value, tail))
        });
        match known {
            Some((value, tail)) => {
                out.push_str(value);
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: &str = include_str!("../../data/faces/certificate-a4.toml");

    fn with(change: &str, by: &str) -> Result<FaceLayout, Refusal> {
        assert!(FACE.contains(change), "{change}");
        FaceLayout::parse(&FACE.replacen(change, by, 1))
    }

    #[test]
    fn offsets_move_every_item_and_nothing_leaves_the_paper() {
        let straight = FaceLayout::parse(FACE).unwrap();
        let moved = with("x = 0.0\ny = 0.0", "x = 1.5\ny = -2.04").unwrap();
        for (a, b) in straight.placed().iter().zip(moved.placed()) {
            assert_eq!((b.x, b.y), (tenths(a.x + 1.5), tenths(a.y - 2.0)), "{:?}", a.what);
            assert_eq!((a.width, a.height), (b.width, b.height));
        }
        assert!(with("x = 0.0\ny = 0.0", "x = 29.0\ny = 0.0").unwrap_err().is(MALFORMED));
        assert!(with("x = 0.0\ny = 0.0", "x = 31.0\ny = 0.0").unwrap_err().is(MALFORMED));
        assert!(with("width = 210", "width = nan").unwrap_err().is(MALFORMED));
        assert!(with("\"仿宋\"", "\"a;b\"").unwrap_err().is(MALFORMED));
        assert_eq!(with("what = \"photo\"", "what = \"nothing\"").unwrap_err().get("line").unwrap().to_string(), "20");
    }

    #[test]
    fn names_in_braces_are_filled_and_others_stay() {
        let values = [("name", "张三{number}"), ("number", "7")];
        assert_eq!(worded("{name}号{number}{other}{", &values), "张三{number}号7{other}{");
    }
}
