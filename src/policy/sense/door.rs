//! What the door looks at.
use super::{Check, Found, field, twice};
use crate::policy::Policy;
use crate::policy::checklist::CheckItem;
use crate::policy::fault::*;

pub const CHECKS: &[Check] = &[checklist, papers];

fn checklist(policy: &Policy) -> Found {
    let (list, at) = (&policy.checklist, field("checklist"));
    let mut found = twice(at.key("items"), "", list.items.iter().map(|item| item.code()));
    if list.items.is_empty() {
        found.push((at.key("items"), Problem::new(EMPTY)));
    }
    if list.asks(CheckItem::Materials) == list.paper_materials.is_empty() {
        found.push((at.key("paper_materials"), Problem::new(PAPERS_AND_ITEM)));
    }
    found
}

/// Nobody can bring what the notice never asks for.
fn papers(policy: &Policy) -> Found {
    let at = field("checklist").key("paper_materials");
    let codes = &policy.checklist.paper_materials;
    let mut found = twice(at.clone(), "", codes.iter().map(String::as_str));
    let unknown = |code: &String| !policy.materials.iter().any(|m| m.code == *code && m.on_exam_day);
    let lost = codes.iter().enumerate().filter(|(_, code)| unknown(code));
    found.extend(lost.map(|(n, code)| (at.index(n), Problem::new(NOT_BROUGHT).with("code", code.as_str()))));
    found
}
