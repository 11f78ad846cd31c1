//! Certificates with how each came into its holder's hands (发放清单), and the sheet that takers sign.
use super::{Head, List, Manner, Numbers, Sink};
use crate::model::{DeliveryWay, Stage};
use crate::ops::register::{Filter, list};
use crate::ops::{Result, Site};

pub const LIST: List = List { what: "delivery", numbers: Numbers::Masked, headings, rows };
pub const SHEET: List =
    List { what: "collection", numbers: Numbers::Masked, headings: sheet_headings, rows: sheet_rows };

fn headings(_: &Site) -> Result<Vec<Head>> {
    let keys = [
        "heading.name",
        "heading.document",
        "heading.id_number",
        "heading.occupation",
        "heading.direction",
        "heading.level",
        "heading.certificate_no",
        "heading.issued_on",
        "heading.delivered_on",
        "heading.delivery_way",
        "heading.taker",
        "heading.taker_phone",
        "heading.mailing_address",
        "heading.tracking",
        "heading.remark",
    ];
    Ok(keys.map(Head::word).into())
}

/// Void ones are told as such in the remark.
fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let empty = site.policy()?.certificate.empty_direction.clone();
    for l in list(site, &Filter::default())? {
        let handed = matches!(l.stage, Stage::Collected | Stage::Posted);
        let only = |text: Option<String>| text.filter(|_| handed).unwrap_or_default();
        let document = manner.word(&l.document.key());
        let number = manner.identity.show(&l.id_number).into_owned();
        let direction = l.direction.unwrap_or_else(|| empty.clone());
        let (issued, delivered) = (l.issued_on.to_string(), only(l.delivered_on.map(|d| d.to_string())));
        let way = only(l.way.map(|w| manner.word(&format!("delivery_way.{}", w.code()))));
        let address = if l.way == Some(DeliveryWay::Post) { only(l.address) } else { String::new() };
        let again = (l.copies > 1).then(|| manner.word("register.again"));
        let stage = (!handed).then(|| manner.word(&format!("certificate_stage.{}", l.stage.code())));
        let remark = [again, stage, l.note].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let (taker, phone, tracking) =
            (only(l.taker), only(l.phone.map(|p| manner.identity.phone(&p).into_owned())), only(l.tracking));
        let mut cells = vec![l.name.as_str(), &document, &number, &l.occupation_name, &direction, l.level.official()];
        cells.extend([l.number.as_str(), &issued, &delivered, &way, &taker, &phone, &address, &tracking, &remark]);
        sink(&cells)?;
    }
    Ok(())
}

fn sheet_headings(_: &Site) -> Result<Vec<Head>> {
    let keys =
        ["heading.name", "heading.id_number", "heading.certificate_no", "heading.face_date", "heading.taker_signature"];
    Ok(keys.map(Head::word).into())
}

/// Whoever can still collect.
fn sheet_rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for l in list(site, &Filter::default())?.into_iter().filter(|l| matches!(l.stage, Stage::Made | Stage::Notified)) {
        let number = manner.identity.show(&l.id_number).into_owned();
        sink(&[&l.name, &number, &l.number, &l.issued_on.to_string(), ""])?;
    }
    Ok(())
}
