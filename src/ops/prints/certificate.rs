//! Certificates on blank forms (证书套打), and the page of lines by which a printer is set to a form.
use super::{Asked, Filled, Ids, NOTHING};
use crate::bundle::face::{FaceLayout, Placed};
use crate::model::{ApplicationId, Refusal};
use crate::ops::certificates::{Faces, Filter, faces, register};
use crate::ops::{CertificateState, Result};
use serde::Serialize;

#[derive(Serialize)]
struct Sheet<'a> {
    face: &'a FaceLayout,
    certificates: Vec<Certificate>,
}

#[derive(Serialize)]
struct Certificate {
    number: String,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    #[serde(flatten)]
    place: Placed,
    text: String,
}

/// Those asked for, or every valid certificate of the batch, by number.
pub fn sheets(asked: &Asked<'_>) -> Result<Filled> {
    asked.people()?;
    let only: Option<Vec<ApplicationId>> = (!asked.who.is_empty()).then(|| asked.who.clone());
    let filter = Filter { state: Some(CertificateState::Valid), people: only, ..Filter::default() };
    let certificates = register(asked.site, &filter)?;
    if certificates.is_empty() {
        return Err(Refusal::new(NOTHING).with("form", "certificate-face").into());
    }
    let faces: Faces<'_> = faces(asked.site)?;
    let mut sheets = Vec::with_capacity(certificates.len());
    for one in &certificates {
        let items = faces.filled(one)?.into_iter().map(|(place, text)| Item { place, text }).collect();
        sheets.push(Certificate { number: one.number.clone(), items });
    }
    Filled::of(&Sheet { face: &faces.layout, certificates: sheets }, certificates.len(), Ids::Whole)
}

#[derive(Serialize)]
struct Calibration<'a> {
    face: &'a FaceLayout,
    items: Vec<Placed>,
    /// Every ten millimetres.
    columns: Vec<u32>,
    rows: Vec<u32>,
}

pub fn calibration(asked: &Asked<'_>) -> Result<Filled> {
    let faces = faces(asked.site)?;
    let face = &faces.layout;
    let tens = |length: f64| (0..=45u32).map(|n| n * 10).take_while(|at| f64::from(*at) <= length).collect();
    let data = Calibration { face, items: face.placed(), columns: tens(face.width), rows: tens(face.height) };
    Filled::of(&data, 0, Ids::Masked)
}
