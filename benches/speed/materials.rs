//! M1: materials of 1,000 candidates with seven files each, looked through and reconciled, against reading the same
//! bytes and looking at their first ones.
use crate::Asked;
use crate::rounds::{Rounds, seconds};
use crate::world;
use kaowu::bundle::materials::kind;
use kaowu::config::{Assets, Home};
use kaowu::model::{FixedClock, Stamp};
use kaowu::ops::materials::group;
use kaowu::ops::upkeep::Init;
use kaowu::ops::{Site, batch};
use kaowu::policy;
use std::fs;
use std::hint::black_box;
use std::path::Path;

const POLICY: &str = "wushen-zwfw-2024";
const CANDIDATES: usize = 1000;
/// With the photo: seven.
const SCANS: [&str; 6] =
    ["身份证正面.jpg", "身份证反面.jpg", "学历证书.jpg", "工作证明.jpg", "申报表.jpg", "诚信承诺书.jpg"];
/// Bytes of a scan and of a photo.
const SCAN: usize = 120_000;
const PHOTO: usize = 19_000;

pub fn run(asked: &Asked) {
    let folder = world::folder();
    let handed = folder.path().join("handed");
    hand_in(&handed);
    let site = site(&folder.path().join("home"));
    let rounds = Rounds::run(
        asked.rounds,
        || {
            seconds(|| {
                let survey = group(&site, &handed).unwrap();
                assert_eq!((survey.people, survey.findings.len()), (CANDIDATES, 0), "{:?}", survey.findings.first());
            })
        },
        || seconds(|| assert_eq!(bare(&handed), CANDIDATES * (SCANS.len() + 1) + 1)),
    );
    rounds.print("M1", "materials of 1,000 candidates against reading the same bytes", "none", "s");
}

/// Reads every file and looks at its first bytes.
fn bare(folder: &Path) -> usize {
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            count += bare(&entry.path());
        } else {
            black_box(kind(&fs::read(entry.path()).unwrap()));
            count += 1;
        }
    }
    count
}

fn hand_in(folder: &Path) {
    fs::create_dir_all(folder.join("照片")).unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (x, heading) in ["姓名", "证件号码"].into_iter().enumerate() {
        page.write_string(0, x as u16, heading).unwrap();
    }
    let (scan, photo) = (jpeg(SCAN), jpeg(PHOTO));
    for n in 0..CANDIDATES {
        let (name, number) = (format!("考生{}", han(n)), format!("1501991990{n:08}"));
        page.write_string(n as u32 + 1, 0, &name).unwrap();
        page.write_string(n as u32 + 1, 1, &number).unwrap();
        let own = folder.join(format!("{name}_{number}"));
        fs::create_dir(&own).unwrap();
        SCANS.iter().for_each(|file| fs::write(own.join(file), &scan).unwrap());
        fs::write(folder.join(format!("照片/{name}_{number}.JPG")), &photo).unwrap();
    }
    book.save(folder.join("信息采集表.xlsx")).unwrap();
}

/// A number in characters that names are made of.
fn han(n: usize) -> String {
    let digits: Vec<char> = "甲乙丙丁戊己庚辛壬癸".chars().collect();
    n.to_string().bytes().map(|b| digits[usize::from(b - b'0')]).collect()
}

/// A true header, then nothing that anybody looks at.
fn jpeg(bytes: usize) -> Vec<u8> {
    let mut all = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xFF\xC0\0\x11\x08".to_vec();
    all.extend(579u16.to_be_bytes());
    all.extend(413u16.to_be_bytes());
    all.extend(b"\x03\x01\x22\0\x02\x11\x01\x03\x11\x01");
    all.resize(bytes - 2, 0);
    all.extend(b"\xFF\xD9");
    all
}

fn site(home: &Path) -> Site {
    let home = Home::at(home.to_owned());
    home.create().unwrap();
    let clock = Box::new(FixedClock::at(Stamp::parse(world::CLOCK).unwrap()));
    let mut site = Site::create(&home.database(), Assets::default(), clock).unwrap();
    site.set_actor(world::boss());
    let init = Init {
        code: "01".into(),
        name: "bench".into(),
        region: Some("150600".into()),
        organisation: None,
        operator: "bench".into(),
        admin: "admin".into(),
        os_user: None,
        admin_pin: None,
        pins: kaowu::ops::Pins::Optional,
    };
    site.perform(&init).unwrap();
    let assets = Assets::default();
    let policy = policy::load(POLICY, &|code| assets.read(&format!("policies/{code}.toml"))).unwrap();
    site.perform(&batch::Open { code: POLICY.into(), name: POLICY.into(), policy }).unwrap();
    site.choose_batch(None).unwrap();
    site
}
