//! The public list of results, from the release that is shown.
use super::person::day;
use super::{Asked, Filled, Ids, Notice};
use crate::model::PublicColumn;
use crate::ops::Result;
use crate::ops::publicity::{Cell, Shown, public};
use serde::Serialize;

#[derive(Serialize)]
struct Posted<'a> {
    notice: Notice<'a>,
    site: String,
    number: i64,
    corrects: bool,
    from: String,
    until: String,
    place: String,
    columns: Vec<&'static str>,
    rows: Vec<Vec<Written>>,
    people: usize,
}

/// A text, or the code of a word of the template.
#[derive(Serialize)]
struct Written {
    text: Option<String>,
    code: Option<String>,
}

impl Written {
    fn of(cell: Cell) -> Written {
        match cell {
            Cell::Text(text) => Written { text: Some(text), code: None },
            Cell::Word(key) => {
                let code = key.rsplit_once('.').map(|(_, code)| code.to_owned());
                Written { text: None, code }
            }
        }
    }
}

pub fn list(asked: &Asked<'_>) -> Result<Filled> {
    let list = public(asked.site, "")?;
    let code = |shown: &Shown| match shown {
        Shown::Tail => "tail",
        Shown::Column(column) => PublicColumn::code(*column),
    };
    let release = &list.release;
    let said = |on: Option<crate::model::Day>| on.map(day).unwrap_or_default();
    let people = list.rows.len();
    let data = Posted {
        notice: Notice::of(asked.policy),
        site: asked.site.row()?.name,
        number: release.number,
        corrects: release.corrects.is_some(),
        from: said(release.published_on),
        until: said(release.until_day),
        place: release.place.clone().unwrap_or_default(),
        columns: list.columns.iter().map(code).collect(),
        rows: list.rows.iter().map(|r| list.columns.iter().map(|c| Written::of(c.cell(r))).collect()).collect(),
        people,
    };
    Filled::of(&data, people, Ids::Masked)
}
