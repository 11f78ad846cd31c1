//! A list for people into the site's folder `exports`, identity numbers masked. Whole ones leave by the command, which
//! asks what for.
use crate::model::{Code, Refusal};
use crate::ops::exchange::lists::{CsvTarget, Identity, List, Manner, Style};
use crate::ops::{Error, Result};
use crate::tui::cx::{Cx, Tone};
use crate::tui::pane::Flow;

const NO_FOLDER: Code = Code("prints.no_folder");

/// `key` are the words of the answer, with `rows` and `path`.
pub fn masked(cx: &mut Cx<'_>, what: &str, key: &str) -> Result<Flow> {
    let folder = cx.site.file().and_then(|f| f.parent()).map(|f| f.join("exports"));
    let folder = folder.ok_or_else(|| Refusal::new(NO_FOLDER))?;
    let Some(list) = List::find(what) else { return Ok(Flow::Stay) };
    std::fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    let batch: String = cx.site.batch()?.code.chars().map(plain).collect();
    let path = folder.join(format!("{batch}-{what}.csv"));
    let locale = cx.locale;
    let words = |key: &str| locale.word(key).to_owned();
    let manner = Manner { style: Style::People, identity: Identity::Masked, words: &words };
    let failed = |e| Error::file(&path)(e);
    let (file, rows) = list.write(cx.site, &manner, CsvTarget::create(&path).map_err(failed)?)?;
    file.finish().map_err(failed)?;
    let shown = folder.parent().and_then(|home| path.strip_prefix(home).ok()).unwrap_or(&path);
    cx.say(Tone::Good, key, &[("rows", &rows.to_string()), ("path", &shown.display().to_string())]);
    Ok(Flow::Stay)
}
