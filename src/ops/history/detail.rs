//! What an operation changed, field by field, without what nobody may see.
use super::log::{Logged, page, told};
use super::undo::UNKNOWN;
use crate::model::{OpNo, PanelId, Points, Refusal, Stamp};
use crate::ops::exchange::site::conflicts;
use crate::ops::shown::{UNSAID, shown_cell, shown_json, shown_pair};
use crate::ops::{Result, Site, entry, scripts};
use crate::store::journal::{self, ChangeRow, OperationRow};
use crate::store::views::entry_queue::unsettled;
use crate::store::views::history::{Filter, first_changes};
use crate::store::{PanelMemberRow, PanelRow, PanelState, rows};
use serde::Serialize;
use serde_json::Value as Json;

/// Changed rows that a report lists.
const MOST: usize = 200;

/// Derived from the name or the number, or far too long to read.
const LEFT_OUT: &[&str] = &["id_reversed", "name_chars", "other_readings", "text"];
const TIMES: &[&str] = &[
    "at",
    "asked_at",
    "paid_at",
    "paid_on",
    "original_at",
    "starts_at",
    "ends_at",
    "began_at",
    "ended_at",
    "sealed_at",
    "left_at",
];

/// One field; `None` is empty or not there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldChange {
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// One row, or a run of new rows from `key` to `upto`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    pub record: String,
    pub key: String,
    pub upto: Option<i64>,
    pub fields: Vec<FieldChange>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Detail {
    pub operation: Logged,
    /// Marks that may not be seen yet: the changes are left out.
    pub hidden: bool,
    pub changes: Vec<Changed>,
    /// Rows that are not listed.
    pub more: i64,
}

pub fn detail(site: &Site, op: OpNo) -> Result<Detail> {
    let unknown = || Refusal::new(UNKNOWN).with("op", op);
    let row = journal::operation(site.store().db(), op)?.ok_or_else(unknown)?;
    let only = Filter { op: Some(op), ..Filter::default() };
    let operation = page(site, &only, None, 1)?.pop().ok_or_else(unknown)?;
    if !visible(site, &row)? {
        return Ok(Detail { operation, hidden: true, changes: Vec::new(), more: 0 });
    }
    let (mut changes, rows) = first_changes(site.store().db(), op, MOST)?;
    // Who signed is read after what it was for.
    changes.sort_by_key(|c| c.record == "countersignature");
    let listed: i64 = changes.iter().map(|c| c.upto.map_or(1, |last| last - c.key.parse().unwrap_or(last) + 1)).sum();
    Ok(Detail { operation, hidden: false, changes: changes.iter().map(readable).collect(), more: rows - listed })
}

/// Entries until they are settled, and panel members' sheets until the panel is sealed, are seen only by their own typist;
/// what says whose a sealed script number is, by nobody.
fn visible(site: &Site, op: &OperationRow) -> Result<bool> {
    if !told(site, op) || !entry::may_show(site, op)? || !scripts::may_show(site, op)? {
        return Ok(false);
    }
    for change in journal::changes(site.store().db(), op.id)? {
        for image in [&change.before, &change.after].into_iter().flatten() {
            if !judging_shown(site, &change.record, image)? {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Sheets are for their writer, and what a chair decided is for nobody, until the panel is sealed.
fn judging_shown(site: &Site, record: &str, image: &str) -> Result<bool> {
    if !matches!(record, "panel_sheet" | "panel_candidate" | "merge_conflict") {
        return Ok(true);
    }
    let image: Json = serde_json::from_str(image).unwrap_or_default();
    if record == "merge_conflict" {
        let part = image.get("part").and_then(Json::as_str).unwrap_or_default();
        return Ok(!conflicts::is_blind(part) || !unsettled(site.store().db())?);
    }
    let number = |name: &str| image.get(name).and_then(Json::as_i64);
    if record == "panel_candidate" {
        return Ok(number("ruling").is_none() || is_sealed(site, number("panel").map(PanelId))?);
    }
    let own = site.actor().id.map(|id| id.0);
    let member = rows::first::<PanelMemberRow>(site.store().db(), "WHERE id = ?1", [number("member")])?;
    Ok(own.is_some() && number("operator") == own || is_sealed(site, member.map(|m| m.panel))?)
}

fn is_sealed(site: &Site, panel: Option<PanelId>) -> Result<bool> {
    let panel = rows::first::<PanelRow>(site.store().db(), "WHERE id = ?1", [panel])?;
    Ok(panel.is_some_and(|p| p.state == PanelState::Sealed))
}

fn readable(change: &ChangeRow) -> Changed {
    let image = |text: &Option<String>| text.as_deref().and_then(|t| serde_json::from_str::<Json>(t).ok());
    let (before, after) = (image(&change.before), image(&change.after));
    let empty = serde_json::Map::new();
    let columns = after.as_ref().or(before.as_ref()).and_then(Json::as_object).unwrap_or(&empty);
    let is_new_or_gone = before.is_none() || after.is_none();
    let field = |name: &String| {
        let (was, is) = (before.as_ref().and_then(|b| b.get(name)), after.as_ref().and_then(|a| a.get(name)));
        let same = was == is;
        let (old, new) = match (was, is) {
            (Some(Json::String(was)), Some(Json::String(is))) if !is_said_otherwise(name) => {
                let (old, new) = shown_pair(name, was, is);
                (Some(old), Some(new))
            }
            _ => (was.and_then(|v| shown(name, v)), is.and_then(|v| shown(name, v))),
        };
        let nothing = old.is_none() && new.is_none();
        (!(same || nothing && is_new_or_gone)).then(|| FieldChange { field: name.clone(), before: old, after: new })
    };
    let fields = columns.keys().filter(|name| !LEFT_OUT.contains(&name.as_str())).filter_map(field).collect();
    Changed { record: change.record.clone(), key: change.key.clone(), upto: change.upto, fields }
}

/// Fields that are not read as they stand: a PIN's hash, and whole rows of both sides of a conflict, are never shown; of the
/// values of what was signed each has its own name.
fn is_said_otherwise(field: &str) -> bool {
    matches!(field, "pin" | "here" | "there" | "said")
}

/// A cell as people read it, with identity numbers, birth dates and telephones masked.
fn shown(field: &str, value: &Json) -> Option<String> {
    Some(match value {
        Json::Null => return None,
        Json::String(said) if field == "said" => {
            serde_json::from_str(said).map_or(UNSAID.to_owned(), |values| shown_json(field, &values).to_string())
        }
        Json::String(_) if is_said_otherwise(field) => UNSAID.to_owned(),
        Json::String(text) => shown_cell(field, text),
        Json::Number(n) => match n.as_i64() {
            Some(at) if TIMES.contains(&field) => Stamp(at).minute(),
            Some(hundredths) if matches!(field, "points" | "ruling") => {
                i32::try_from(hundredths).map_or_else(|_| n.to_string(), |h| Points::new(h).to_string())
            }
            _ => n.to_string(),
        },
        other => other.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(before: Option<&str>, after: Option<&str>) -> Changed {
        readable(&ChangeRow {
            seq: 1,
            record: "application".into(),
            key: "1".into(),
            upto: None,
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
            digest: None,
        })
    }

    #[test]
    fn only_what_changed_is_listed_and_secrets_are_masked() {
        let before = r#"{"name":"a","id_number":"150699199001010017","id_reversed":"7","pin":null,"points":null}"#;
        let after = r#"{"name":"a","id_number":"150699199001010025","id_reversed":"5","pin":"$argon2","points":8650}"#;
        let fields = change(Some(before), Some(after)).fields;
        let lines: Vec<_> =
            fields.iter().map(|f| (f.field.as_str(), f.before.as_deref(), f.after.as_deref())).collect();
        assert_eq!(
            lines,
            [
                ("id_number", Some("150699********0017"), Some("150699********0025")),
                ("pin", None, Some("***")),
                ("points", None, Some("86.5")),
            ]
        );
    }

    #[test]
    fn whoever_it_speaks_of_is_masked_in_every_column() {
        let before = r#"{"birth":"1990-01-01","mobile":"15400001111","person":null,"pin":"a"}"#;
        let after = r#"{"birth":"1990-01-02","mobile":"15400003333","person":"150699199001010017","pin":"b"}"#;
        let fields = change(Some(before), Some(after)).fields;
        let lines: Vec<_> =
            fields.iter().map(|f| (f.field.as_str(), f.before.as_deref(), f.after.as_deref())).collect();
        assert_eq!(
            lines,
            [
                ("birth", Some("1990-??-??"), Some("1990-??-??")),
                ("mobile", Some("154****1111"), Some("154****3333")),
                ("person", None, Some("150699********0017")),
                ("pin", Some("***"), Some("***")),
            ]
        );
        let rows = r#"{"here":"[[\"15400001111\"]]","said":"{\"phone\":\"15400001111\"}","there":"[]"}"#;
        let fields = change(None, Some(rows)).fields;
        let lines: Vec<_> = fields.iter().map(|f| (f.field.as_str(), f.after.as_deref().unwrap())).collect();
        assert_eq!(lines, [("here", "***"), ("said", r#"{"phone":"154****1111"}"#), ("there", "***")]);
    }

    #[test]
    fn a_new_row_lists_what_it_has() {
        let fields = change(None, Some(r#"{"name":"a","birth":null}"#)).fields;
        assert_eq!(fields.len(), 1);
        assert_eq!((fields[0].before.as_deref(), fields[0].after.as_deref()), (None, Some("a")));
    }
}
