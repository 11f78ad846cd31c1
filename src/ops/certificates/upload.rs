//! The sheet of issued certificates for the national register.
use crate::bundle::upload::Sheet;
use crate::bundle::write::{self, Digits, Style};
use crate::model::{Code, Refusal};
use crate::ops::exchange::{Export, UPLOAD, about};
use crate::ops::{Error, Result, Site, uploads};
use std::path::{Path, PathBuf};

/// The sheet that is written unless another is named.
pub const LAYOUT: &str = "upload-11";

pub const NONE_VALID: Code = Code("certificates.none_valid");
pub const ENCODING: Code = Code("certificates.encoding_unknown");

/// Every valid certificate of the batch as cells of the sheet `layout` of `data/sheets`, in the order of the numbers.
pub fn upload(site: &Site, layout: &str) -> Result<Sheet> {
    let sheet = uploads::sheet(site, layout)?;
    if sheet.rows.is_empty() {
        return Err(Refusal::new(NONE_VALID).into());
    }
    Ok(sheet)
}

/// The columns of the sheet `layout`.
pub fn upload_headings(site: &Site, layout: &str) -> Result<Vec<(String, Digits)>> {
    Ok(uploads::outgoing(site.assets(), layout)?.headings())
}

/// The way a file is written for an encoding's name.
pub fn upload_style(encoding: Option<&str>) -> Result<Style> {
    match encoding.map(str::to_ascii_lowercase).as_deref() {
        None | Some("utf-8" | "utf8") => Ok(Style::People),
        Some("gb18030" | "gbk") => Ok(Style::PeopleGb18030),
        Some(other) => Err(Refusal::new(ENCODING).with("value", other).into()),
    }
}

/// The sheet as it goes out: journaled with [`Upload::export`] before anybody has it.
pub struct Upload {
    pub bytes: Vec<u8>,
    pub rows: usize,
}

impl Upload {
    pub fn prepare(site: &Site, layout: &str, style: Style) -> Result<Upload> {
        let sheet = upload(site, layout)?;
        let bytes = sheet.write(Vec::new(), style).map_err(Error::file(layout))?;
        Ok(Upload { bytes, rows: sheet.rows.len() })
    }

    /// What the journal says of it.
    pub fn export(&self, path: &Path) -> Export {
        let file = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
        let rows = u64::try_from(self.rows).unwrap_or(u64::MAX);
        Export { what: UPLOAD.to_owned(), rows, whole: rows, file, purpose: None, about: about(&self.bytes) }
    }

    /// Writes the file, over an older one.
    pub fn write(&self, path: &Path) -> Result<()> {
        if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
        }
        write::file(path, &self.bytes).map_err(Error::file(path))
    }
}

/// Where the sheet goes unless somebody says so: `folder/<layout>-<batch>-<day>.csv`.
pub fn upload_path(site: &Site, folder: &Path, layout: &str) -> Result<PathBuf> {
    Ok(folder.join(format!("{layout}-{}-{}.csv", site.batch()?.code, site.now().day())))
}
