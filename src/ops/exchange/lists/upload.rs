//! The sheet of valid certificates for the national register, in the columns of its layout.
use super::{Head, List, Manner, Numbers, Sink, Title};
use crate::ops::certificates::{LAYOUT, upload, upload_headings};
use crate::ops::exchange::UPLOAD;
use crate::ops::{Result, Site};

pub const LIST: List = List { what: UPLOAD, numbers: Numbers::Whole, headings, rows };

fn headings(site: &Site) -> Result<Vec<Head>> {
    let headings = upload_headings(site, LAYOUT)?.into_iter();
    Ok(headings.map(|(name, digits)| Head { title: Title::Official(name), digits }).collect())
}

fn rows(site: &Site, _: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    for row in upload(site, LAYOUT)?.rows {
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        sink(&cells)?;
    }
    Ok(())
}
