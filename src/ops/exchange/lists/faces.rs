//! What stands on every valid certificate, with the photo's file and what the code says: for whoever prints elsewhere.
use super::{Head, List, Manner, Numbers, Sink};
use crate::bundle::face::What;
use crate::ops::certificates::{Filter, faces, register};
use crate::ops::{CertificateState, Result, Site};

pub const LIST: List = List { what: "faces", numbers: Numbers::Masked, headings, rows };

const COLUMNS: &[(&str, What)] = &[
    ("certificate_face.name", What::Name),
    ("certificate_face.document", What::Document),
    ("certificate_face.id_number", What::IdNumber),
    ("certificate_face.occupation", What::Occupation),
    ("certificate_face.direction", What::Direction),
    ("certificate_face.level", What::Level),
    ("certificate_face.number", What::Number),
    ("certificate_face.issued_on", What::IssuedOn),
    ("certificate_face.organisation", What::Organisation),
    ("certificate_face.issuer", What::Issuer),
    ("certificate_face.query_url", What::QueryUrl),
    ("certificate_face.organisation_url", What::OrganisationUrl),
    ("certificate_face.qr", What::Qr),
    ("certificate_face.photo", What::Photo),
];

fn headings(_: &Site) -> Result<Vec<Head>> {
    Ok(COLUMNS.iter().map(|(key, _)| Head::word(key)).collect())
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let faces = faces(site)?;
    let valid = Filter { state: Some(CertificateState::Valid), ..Filter::default() };
    for one in register(site, &valid)? {
        let mut cells = Vec::with_capacity(COLUMNS.len());
        for (_, what) in COLUMNS {
            let text = match what {
                What::Photo => faces.photo(&one)?.map(|photo| photo.file).unwrap_or_default(),
                what => faces.value(&one, *what),
            };
            cells.push(manner.identity.within(&text, &one.id_number).into_owned());
        }
        sink(&cells.iter().map(String::as_str).collect::<Vec<_>>())?;
    }
    Ok(())
}
