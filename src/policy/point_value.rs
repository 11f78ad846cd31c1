//! Reads points in a policy file: a whole number, or text with decimals such as `"59.5"`.
use crate::model::Points;
use serde::{Deserialize, Deserializer, de::Error};

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Whole(i32),
    Text(String),
}

pub fn read<'de, D: Deserializer<'de>>(d: D) -> Result<Points, D::Error> {
    let points = match Written::deserialize(d)? {
        Written::Whole(n) if n >= 0 => Some(Points::whole(n)),
        Written::Whole(_) => None,
        Written::Text(text) => Points::parse(&text),
    };
    points.ok_or_else(|| D::Error::custom("expected points"))
}
