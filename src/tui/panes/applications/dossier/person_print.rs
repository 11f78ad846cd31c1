//! The application form on paper.
use super::person::Person;
use crate::model::{Code, Refusal};
use crate::ops::Result;
use crate::ops::prints::{Form, Format, Scope};
use crate::tui::cx::{Cx, Tone};
use crate::tui::pane::Flow;

pub const NO_FOLDER: Code = Code("prints.no_folder");

/// The application form of this person, into the site's folder `exports`.
pub fn print(part: &mut Person, cx: &mut Cx<'_>) -> Result<Flow> {
    let folder = cx.site.file().and_then(|f| f.parent()).map(|f| f.join("exports"));
    let folder = folder.ok_or_else(|| Refusal::new(NO_FOLDER))?;
    let Some(form) = Form::find("application-form") else { return Ok(Flow::Stay) };
    let (path, _) = form.print(cx.site, &Scope::people(&[part.row.id]), Format::Html)?.put(cx.site, &folder)?;
    // The line is short: the folder that everybody knows is left out.
    let shown = folder.parent().and_then(|home| path.strip_prefix(home).ok()).unwrap_or(&path);
    cx.say(Tone::Good, "prints.one_written", &[("path", &shown.display().to_string())]);
    Ok(Flow::Stay)
}
