//! The sheet of issued certificates for the national register.
use super::register::register;
use crate::bundle::upload::{Outgoing, Sheet, Source};
use crate::bundle::write::{self, Digits, Style};
use crate::model::{Code, Refusal};
use crate::ops::exchange::{Export, UPLOAD};
use crate::ops::{Error, Result, Site};
use crate::store::CertificateState;
use crate::store::views::certificates::{Certified, Filter};
use std::path::{Path, PathBuf};

/// The sheet that is written unless another is named.
pub const LAYOUT: &str = "upload-11";

pub const NONE_VALID: Code = Code("certificates.none_valid");
pub const NO_LAYOUT: Code = Code("certificates.no_upload_layout");
pub const ENCODING: Code = Code("certificates.encoding_unknown");

/// Every valid certificate of the batch as cells of the sheet `layout` of `data/sheets`, in the order of the numbers.
pub fn upload(site: &Site, layout: &str) -> Result<Sheet> {
    let outgoing = outgoing(site, layout)?;
    let valid = Filter { state: Some(CertificateState::Valid), ..Filter::default() };
    let certificates = register(site, &valid)?;
    if certificates.is_empty() {
        return Err(Refusal::new(NONE_VALID).into());
    }
    let (organisation, policy) = (site.row()?.name, site.policy()?);
    let issuer = &policy.certificate.issuer;
    let row = |c: &Certified| outgoing.row(&|field| value(c, field, &organisation, issuer));
    let rows = certificates.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    Ok(Sheet { headings: outgoing.headings(), rows })
}

/// The columns of the sheet `layout`.
pub fn upload_headings(site: &Site, layout: &str) -> Result<Vec<(String, Digits)>> {
    Ok(outgoing(site, layout)?.headings())
}

fn outgoing(site: &Site, layout: &str) -> Result<Outgoing> {
    let text = site.assets().read(&format!("sheets/{layout}.toml"));
    Ok(Outgoing::parse(&text.ok_or_else(|| Refusal::new(NO_LAYOUT).with("layout", layout))?)?)
}

fn value(c: &Certified, field: Source, organisation: &str, issuer: &str) -> String {
    match field {
        Source::Name => c.name.clone(),
        Source::Document => c.document.code().to_owned(),
        Source::IdNumber => c.id_number.clone(),
        Source::Employer => c.employer.clone().unwrap_or_default(),
        Source::Occupation => c.occupation_name.clone(),
        Source::OccupationCode => c.occupation.clone(),
        Source::Direction => c.direction.clone().unwrap_or_default(),
        Source::LevelDigit => c.level.digit().to_string(),
        Source::LevelName => c.level.official().to_owned(),
        Source::Number => c.number.clone(),
        Source::IssuedOn => c.issued_on.format("%Y-%m-%d").to_string(),
        Source::Organisation => organisation.to_owned(),
        Source::Issuer => issuer.to_owned(),
        Source::Ticket => c.ticket.clone().unwrap_or_default(),
    }
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
        Export { what: UPLOAD.to_owned(), rows, file, purpose: None }
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
