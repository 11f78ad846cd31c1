//! E1, E2: everything kept of the applications out as CSV, against the same columns by the bare crates.
use crate::Asked;
use crate::rounds::{Rounds, say};
use crate::{bare, world};
use kaowu::ops::Site;
use kaowu::ops::exchange::lists::{Identity, List, Manner, Style};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

pub fn run(asked: &Asked) {
    let folder = world::folder();
    let home = folder.path().join("home");
    world::empty_site(&home, &[world::POLICY]);
    let sheet = world::sheet(folder.path(), 0, asked.rows);
    crate::import::worker_import(&[&sheet, &home].map(|path| path.to_str().unwrap().to_owned()));
    let site = world::open(&home, None);
    let (ours, yardstick) = (folder.path().join("ours.csv"), folder.path().join("bare.csv"));
    let (mut against_bare, mut encodings) = (Rounds::default(), Rounds::default());
    for _ in 0..asked.rounds {
        let utf_8 = seconds(|| export(&site, Style::People, &ours));
        against_bare.add(utf_8, seconds(|| bare_export(&home, &yardstick)));
        encodings.add(seconds(|| export(&site, Style::PeopleGb18030, &ours)), utf_8);
    }
    if asked.any(&["E1"]) {
        against_bare.print("E1", "applications out against the bare loop", "<= 1.5", "s");
    }
    if asked.any(&["E2"]) {
        encodings.print("E2", "GB18030 against UTF-8", "<= 1.6", "s");
    }
    say("E1", &format!("{} bytes", ours.metadata().unwrap().len()));
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn export(site: &Site, style: Style, path: &Path) {
    let manner = Manner { style, identity: Identity::Full, words: &|key: &str| key.to_owned() };
    let list = List::find("applications").unwrap();
    let (out, rows) = list.write(site, &manner, BufWriter::new(File::create(path).unwrap())).unwrap();
    out.into_inner().unwrap().sync_all().unwrap();
    assert!(rows > 0);
}

/// The columns of the same sheet, as they are stored.
const SELECT: &str = "SELECT sequence, occupation_name, level, condition, document, id_number, name, sex, birth, phone, \
    has_certificate, certificate_level, certificate_no, education, region, source, employer, registered_by, category, \
    major, attempt, ethnic_group, work_began, email, years, household, politics, diploma_no, experience, address, \
    delivery, postcode, mailing_address, route, direction, unit, employer_code, registration_no, achievements, \
    strengths, pledged_on, training FROM application ORDER BY id";

fn bare_export(home: &Path, path: &Path) {
    let db = bare::connect(home);
    let mut select = db.prepare(SELECT).unwrap();
    let columns = select.column_count();
    let mut out = csv::Writer::from_path(path).unwrap();
    let mut rows = select.query([]).unwrap();
    let mut number = String::new();
    while let Some(row) = rows.next().unwrap() {
        for n in 0..columns {
            match row.get_ref(n).unwrap() {
                rusqlite::types::ValueRef::Text(text) => out.write_field(text).unwrap(),
                rusqlite::types::ValueRef::Integer(n) => {
                    number.clear();
                    std::fmt::Write::write_fmt(&mut number, format_args!("{n}")).unwrap();
                    out.write_field(&number).unwrap();
                }
                _ => out.write_field("").unwrap(),
            }
        }
        out.write_record(None::<&[u8]>).unwrap();
    }
    let mut file = out.into_inner().unwrap();
    file.flush().unwrap();
    file.sync_all().unwrap();
}
