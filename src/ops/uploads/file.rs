//! The file of an upload: what was frozen, in the shape of its layout, with the photos put in where it wants them.
use super::facts::outgoing;
use super::read::{by_id, rows_of};
use crate::bundle::materials::Source;
use crate::bundle::upload::{Outgoing, Shape, Sheet};
use crate::bundle::write::Style;
use crate::model::{Code, Refusal, base64};
use crate::ops::exchange::{Export, about};
use crate::ops::{Error, Result, Site};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::Path;

pub const PHOTOS_NEEDED: Code = Code("uploads.photos_needed");
pub const NO_PHOTO: Code = Code("uploads.photo_missing");

/// Photos larger than this are none.
const MOST: u64 = 8 * 1024 * 1024;

pub struct File {
    pub bytes: Vec<u8>,
    pub rows: usize,
    /// Ending of the file's name.
    pub ending: &'static str,
    layout: String,
}

impl File {
    /// `photos` is a folder or archive with the photos, found by their content and not by their names.
    pub fn of(site: &Site, upload: i64, style: Style, photos: Option<&Path>) -> Result<File> {
        let row = by_id(site.store().db(), site.batch()?.id, upload)?;
        let layout = outgoing(site.assets(), &row.layout)?;
        let mut rows = Vec::new();
        for line in rows_of(site.store().db(), upload)? {
            rows.push(serde_json::from_str::<Vec<String>>(&line.cells).map_err(|e| Error::file("upload")(e.into()))?);
        }
        if let (Shape::Interface, Some(at)) = (layout.shape, layout.photo()) {
            put_photos(&mut rows, at, photos.ok_or_else(|| Refusal::new(PHOTOS_NEEDED))?)?;
        }
        let count = rows.len();
        let (bytes, ending) = match layout.shape {
            Shape::Sheet => {
                let sheet = Sheet { headings: layout.headings(), rows };
                (sheet.write(Vec::new(), style).map_err(Error::file(row.layout.as_str()))?, "csv")
            }
            Shape::Interface => (document(&layout, row.plan.as_deref(), rows)?, "json"),
        };
        Ok(File { bytes, rows: count, ending, layout: row.layout })
    }

    /// Writes the file, over an older one.
    pub fn write(&self, path: &Path) -> Result<()> {
        if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
        }
        crate::bundle::write::file(path, &self.bytes).map_err(Error::file(path))
    }

    /// What the journal says of it.
    pub fn export(&self, name: &str) -> Export {
        let rows = u64::try_from(self.rows).unwrap_or(u64::MAX);
        Export {
            what: format!("upload-{}", self.layout),
            rows,
            whole: rows,
            file: name.to_owned(),
            purpose: None,
            about: about(&self.bytes),
        }
    }
}

fn document(layout: &Outgoing, plan: Option<&str>, rows: Vec<Vec<String>>) -> Result<Vec<u8>> {
    let failed = |e: serde_json::Error| Error::file("upload")(e.into());
    let pairs: Vec<(String, String)> = serde_json::from_str(plan.unwrap_or("[]")).map_err(failed)?;
    let plan: Map<String, Value> = pairs.into_iter().map(|(name, value)| (name, Value::from(value))).collect();
    let keys = layout.keys();
    let person = |cells: Vec<String>| -> Map<String, Value> {
        keys.iter().cloned().zip(cells.into_iter().map(Value::from)).collect()
    };
    let people: Vec<Value> = rows.into_iter().map(person).map(Value::Object).collect();
    serde_json::to_vec_pretty(&json!({ "plan": plan, "exam": people })).map_err(failed)
}

/// The cell with a digest becomes the file that has it.
fn put_photos(rows: &mut [Vec<String>], at: usize, folder: &Path) -> Result<()> {
    let mut source = Source::open(folder).map_err(|fault| crate::ops::materials::unopened(fault, folder))?;
    let mut found: HashMap<String, String> = HashMap::new();
    for entry in source.entries.clone() {
        if let Ok(bytes) = source.read(&entry, MOST) {
            let digest: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
            found.insert(digest, base64::encode(&bytes));
        }
    }
    for cells in rows {
        let name = cells.iter().find(|c| !c.is_ascii()).cloned().unwrap_or_default();
        if let Some(cell) = cells.get_mut(at) {
            let missing = || Refusal::new(NO_PHOTO).with("name", name.as_str());
            *cell = found.get(cell).cloned().ok_or_else(missing)?;
        }
    }
    Ok(())
}
