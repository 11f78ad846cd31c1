//! What we have of each valid certificate, as the cells of a layout.
use crate::bundle::upload::{Outgoing, Sheet, Source};
use crate::config::Assets;
use crate::model::{ApplicationId, BatchId, Code, Refusal};
use crate::ops::results::{self, ResultRow, Standing};
use crate::ops::{Result, Site};
use crate::policy::Policy;
use crate::policy::materials::PHOTO;
use crate::store::rows::{self, Connection};
use crate::store::views::certificates::{self as view, Certified, Filter};
use crate::store::{ApplicationRow, BatchRow, CertificateState, MaterialRow, MaterialState, SiteRow, UploadKind};
use std::collections::HashMap;

pub const NO_LAYOUT: Code = Code("certificates.no_upload_layout");

pub(in crate::ops) fn outgoing(assets: &Assets, layout: &str) -> Result<Outgoing> {
    let text = assets.read(&format!("sheets/{layout}.toml"));
    Ok(Outgoing::parse(&text.ok_or_else(|| Refusal::new(NO_LAYOUT).with("layout", layout))?)?)
}

/// Every valid certificate as it would be sent now, for whoever wants to look.
pub(in crate::ops) fn sheet(site: &Site, layout: &str) -> Result<Sheet> {
    let (row, batch, policy) = (site.row()?, site.batch()?, site.policy()?);
    let facts = Facts::of(Base { db: site.store().db(), site: &row, batch: &batch, policy: &policy })?;
    let layout = outgoing(site.assets(), layout)?;
    let cells = facts.certificates.iter().map(|c| facts.cells(&layout, UploadKind::New, c));
    Ok(Sheet { headings: layout.headings(), rows: cells.collect::<Result<_, _>>()? })
}

/// Everything that cells are filled from, read once.
pub(super) struct Facts<'a> {
    site: &'a SiteRow,
    batch: &'a BatchRow,
    policy: &'a Policy,
    /// Valid, in the order of their numbers.
    pub certificates: Vec<Certified>,
    people: HashMap<ApplicationId, ApplicationRow>,
    marks: HashMap<ApplicationId, ResultRow>,
    /// Digest of each photo.
    photos: HashMap<ApplicationId, String>,
}

/// Where the rows of a site are.
#[derive(Clone, Copy)]
pub(super) struct Base<'a> {
    pub db: &'a Connection,
    pub site: &'a SiteRow,
    pub batch: &'a BatchRow,
    pub policy: &'a Policy,
}

impl Facts<'_> {
    pub fn of(from: Base<'_>) -> Result<Facts<'_>> {
        let Base { db, site, batch, policy } = from;
        let valid = Filter { state: Some(CertificateState::Valid), ..Filter::default() };
        let all = rows::select::<ApplicationRow>(db, "WHERE batch = ?1", [batch.id])?;
        let marks = results::passed_in(db, policy, batch.id)?;
        Ok(Facts {
            site,
            batch,
            policy,
            certificates: view::page(db, batch.id, &valid, "", usize::MAX)?,
            people: all.into_iter().map(|a| (a.id, a)).collect(),
            marks: marks.into_iter().map(|row| (row.application, row)).collect(),
            photos: photos(db, batch.id)?,
        })
    }

    /// One person's cells for an upload of this kind.
    pub fn cells(&self, layout: &Outgoing, kind: UploadKind, c: &Certified) -> Result<Vec<String>, Refusal> {
        layout.row(&|field| self.value(c, field, kind))
    }

    /// What is said once of `count` people.
    pub fn plan(&self, layout: &Outgoing, kind: UploadKind, count: usize) -> Result<Vec<(String, String)>, Refusal> {
        layout.plan(&|field| match field {
            Source::Count => count.to_string(),
            other => self.of_batch(other, kind),
        })
    }

    fn of_batch(&self, field: Source, kind: UploadKind) -> String {
        match field {
            Source::Organisation => self.site.name.clone(),
            Source::OrganisationCode => self.site.organisation.clone().unwrap_or_default(),
            Source::Issuer => self.policy.certificate.issuer.clone(),
            Source::BatchCode => self.batch.code.clone(),
            Source::BatchName => self.batch.name.clone(),
            Source::Kind => kind.code().to_owned(),
            _ => String::new(),
        }
    }

    fn value(&self, c: &Certified, field: Source, kind: UploadKind) -> String {
        let person = self.people.get(&c.application);
        let text = |of: fn(&ApplicationRow) -> Option<String>| person.and_then(of).unwrap_or_default();
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
            Source::Ticket => c.ticket.clone().unwrap_or_default(),
            Source::Application => c.application.to_string(),
            Source::Sex => text(|a| a.sex.map(|sex| sex.official().to_owned())),
            Source::Birth => text(|a| a.birth.map(|day| day.format("%Y-%m-%d").to_string())),
            Source::Education => text(|a| a.education.clone()),
            Source::Theory => self.mark(c, |row| row.theory),
            Source::Practical => self.mark(c, |row| row.practical),
            Source::Review => self.mark(c, |row| row.review),
            Source::Photo => self.photos.get(&c.application).cloned().unwrap_or_default(),
            other => self.of_batch(other, kind),
        }
    }

    fn mark(&self, c: &Certified, of: fn(&ResultRow) -> Standing) -> String {
        match self.marks.get(&c.application).map(of) {
            Some(Standing::Points(points)) => points.to_string(),
            _ => String::new(),
        }
    }
}

fn photos(db: &Connection, batch: BatchId) -> Result<HashMap<ApplicationId, String>> {
    let tail = "WHERE code = ?1 AND state <> ?2 AND sha256 IS NOT NULL \
                AND application IN (SELECT id FROM application WHERE batch = ?3) ORDER BY id";
    let all = rows::select::<MaterialRow>(db, tail, (PHOTO, MaterialState::Refused, batch))?;
    Ok(all.into_iter().filter_map(|row| Some((row.application, row.sha256?))).collect())
}
