//! Several lines in one paste: each is a reading of its own.
use super::{Answer, Checkin, actions};
use crate::ops::Result;
use crate::tui::cx::{Cx, Tone};
use crate::tui::input::Input;
use crate::tui::widgets::Field;

/// Takes each line as a scan, and says at the end which were not let in. `false`: it is one line, to be typed as usual.
pub fn take(pane: &mut Checkin, cx: &mut Cx<'_>, text: &str) -> Result<bool> {
    let lines: Vec<_> = text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() < 2 {
        return Ok(false);
    }
    let mut refused = Vec::new();
    for line in &lines {
        pane.clear();
        pane.field.feed(&Input::Paste((*line).to_owned()));
        pane.look_up(cx)?;
        // Only the field is empty after an admission; whatever was in doubt stands in it still.
        match actions::admit(pane, cx) {
            Ok(_) if Field::is_empty(&pane.field) => {}
            Err(error) if error.refusal().is_none() => return Err(error),
            _ => refused.push(*line),
        }
    }
    pane.clear();
    let (all, bad) = (lines.len().to_string(), refused.len().to_string());
    let good = lines.len().saturating_sub(refused.len()).to_string();
    let head = cx.locale.say("checkin.pasted", &[("lines", &all), ("good", &good), ("bad", &bad)]);
    let tone = if refused.is_empty() { Tone::Good } else { Tone::Warn };
    if tone == Tone::Warn {
        cx.bell();
    }
    cx.toast(tone, head.clone());
    pane.answer = Some(Answer { tone, head, body: refused.join("  ") });
    Ok(true)
}
