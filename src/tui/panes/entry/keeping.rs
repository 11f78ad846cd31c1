//! A mark half typed outlives a crash: for the same operator, on the same paper of the same bag, while it is still theirs
//! to type. Nobody else ever sees it, or the second entry would not be blind (S0-24).
use super::papers::Papers;
use crate::ops::Result;
use crate::tui::cx::Cx;
use serde_json::{Value, json};

pub fn draft(papers: &Papers) -> Option<Value> {
    let draft = &papers.draft;
    if papers.jump.is_some() || !draft.has_anything() {
        return None;
    }
    let (paper, _) = papers.at_hand()?;
    let groups: Vec<_> = draft.groups.iter().map(|group| group.field.text()).collect();
    Some(json!({
        "bag": [papers.pile.session.0, papers.pile.room.0],
        "paper": paper.application.0,
        "mark": draft.field.text(),
        "groups": groups,
        "remark": *draft.remark.borrow(),
    }))
}

/// Whether it was put back: the paper at hand is the one, and nothing is typed for it yet. Nothing is saved by it.
pub fn restore(papers: &mut Papers, value: &Value, cx: &mut Cx<'_>) -> Result<bool> {
    let bag = json!([papers.pile.session.0, papers.pile.room.0]);
    let Some((paper, stage)) = papers.at_hand() else { return Ok(false) };
    let same = value.get("bag") == Some(&bag) && value.get("paper") == Some(&json!(paper.application.0));
    if !same || !stage.is_open() || papers.draft.has_anything() || papers.may_type(cx.site).is_err() {
        return Ok(false);
    }
    let text = |code: &str| value.get(code).and_then(Value::as_str).unwrap_or_default().to_owned();
    papers.draft.field.put_back(&text("mark"));
    let groups = value.get("groups").and_then(Value::as_array).cloned().unwrap_or_default();
    for (group, text) in papers.draft.groups.iter_mut().zip(&groups) {
        group.field.put_back(text.as_str().unwrap_or_default());
    }
    papers.draft.remark.replace(text("remark"));
    papers.draft.edited(cx.site)?;
    Ok(true)
}
