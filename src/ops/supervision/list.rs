//! Pools from a file: a line each, `name,unit,region,why left out`; what follows the name may be missing. A line
//! with the names of the columns is passed over.
use super::pool::Lot;
use crate::bundle::decode::{Text, choose};
use crate::model::fold;
use crate::ops::{Error, Result};
use std::io::Read;
use std::path::Path;

const HEADINGS: [&str; 2] = ["name", "名称"];

pub fn lots(path: &Path) -> Result<Vec<Lot>> {
    let mut file = std::fs::File::open(path).map_err(Error::file(path))?;
    let choice = choose(&mut file, None).map_err(Error::file(path))?;
    let mut text = String::new();
    Text::open(file, choice).and_then(|mut t| t.read_to_string(&mut text)).map_err(Error::file(path))?;
    let lots = text.lines().filter_map(lot).collect::<Vec<_>>();
    Ok(lots.into_iter().filter(|lot| !HEADINGS.contains(&lot.name.as_str())).collect())
}

fn lot(line: &str) -> Option<Lot> {
    let mut cells = line.trim_start_matches('\u{feff}').split([',', '，', '\t']);
    let mut next = || cells.next().map(|c| fold::text(c.trim_matches('"')).into_owned()).filter(|c| !c.is_empty());
    let name = next()?;
    let (unit, region) = (next().unwrap_or_default(), next());
    Some(Lot { name, unit, region, excluded: next() })
}
