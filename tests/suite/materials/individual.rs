//! One person's folder or archive against the policy's checklist.
use super::texts::{self, Font, essay};
use super::world::{Handed, PlantState, ZHANG, apply, common, desk, desk_with, jpeg, lacking, png};
use crate::harness::Desk;
use kaowu::config::Assets;
use kaowu::model::{ApplicationId, Level, Route};
use kaowu::ops::materials::{Standing, Survey, checklist, one, whose};
use kaowu::ops::{ApplicationState, MaterialState};
use std::path::Path;

/// Looks through and stores.
fn checked(desk: &mut Desk, path: &Path, application: ApplicationId) -> Survey {
    let survey = one(&desk.site, path, application).unwrap();
    desk.does(&survey.check());
    survey
}

fn findings(survey: &Survey) -> Vec<(&'static str, String)> {
    survey.findings.iter().map(|f| (f.finding.0, f.materials.join("|"))).collect()
}

fn standing(desk: &Desk, application: ApplicationId, code: &str) -> Standing {
    let list = checklist(&desk.site, application).unwrap();
    list.items.iter().find(|item| item.material.code == code).unwrap_or_else(|| panic!("no {code}")).standing
}

fn photo(separator: &str) -> String {
    format!("{}{separator}{}.jpg", ZHANG.0, ZHANG.1)
}

/// S1-15, S1-16: scans of the diploma, both sides of the card, the pledge, and the photo under its own name.
#[test]
fn a_whole_folder_has_no_findings() {
    let mut desk = desk("nmg-2023");
    let zhang = apply(&mut desk, Route::First, Level::Three);
    let handed = Handed::new();
    common(&handed).put(&photo("-"), &jpeg(295, 413, 30_000));
    let survey = checked(&mut desk, handed.path(), zhang);
    assert_eq!(findings(&survey), []);
    assert_eq!(lacking(&desk.site, zhang).unwrap(), Vec::<String>::new());
    let list = checklist(&desk.site, zhang).unwrap();
    assert_eq!(list.items.len(), 6);
    assert!(list.items.iter().all(|item| item.standing == Standing::Found));
    assert_eq!(list.items[0].pieces[0].row.state, MaterialState::Found);
    assert_eq!(list.items[5].pieces[0].row.width, Some(295));
    assert_eq!(list.items[5].pieces[0].row.file.as_deref(), Some("张三-150699********0017.jpg"));
}

/// S0-15: two images of the card; one is not both. S0-16: the photo's separator, kind and number.
#[test]
fn notice_000_wants_two_sides_and_its_own_photo() {
    let mut desk = desk("wushen-2024");
    let zhang = apply(&mut desk, Route::First, Level::Five);
    let handed = Handed::new();
    common(&handed).put(&photo("_"), &jpeg(295, 413, 9_000_000));
    assert_eq!(findings(&checked(&mut desk, handed.path(), zhang)), []);
    std::fs::remove_file(handed.path().join("身份证反面.jpg")).unwrap();
    handed.put(&photo("-"), &png(295, 413));
    assert_eq!(
        findings(&checked(&mut desk, handed.path(), zhang)),
        [
            ("photo_format", "photo".to_owned()),
            ("photo_name", "photo".to_owned()),
            ("photo_twice", "photo".to_owned()),
            ("material_missing", "identity_back".to_owned()),
        ]
    );
    assert_eq!(lacking(&desk.site, zhang).unwrap(), ["identity_back", "photo"]);
    handed.put("身份证正反面.jpg", &jpeg(800, 600, 9000));
    assert!(!findings(&checked(&mut desk, handed.path(), zhang)).iter().any(|f| f.1 == "identity_back"));
}

/// S0-17, S1-17: promotion brings the earlier certificate and the screenshot of its query; others do not.
#[test]
fn promotion_brings_the_earlier_certificate_and_its_query() {
    for (policy, sign) in [("wushen-2024", "_"), ("nmg-2023", "-")] {
        let mut desk = desk(policy);
        let zhang = apply(&mut desk, Route::Promotion, Level::Four);
        let handed = Handed::new();
        common(&handed).put(&photo(sign), &jpeg(295, 413, 1000)).put("上一级证书.jpg", &jpeg(9, 9, 500));
        let survey = checked(&mut desk, handed.path(), zhang);
        assert_eq!(findings(&survey), [("material_missing", "query_screenshot".to_owned())], "{policy}");
        handed.put("上一级证书网上查询截图.png", &png(900, 600));
        assert_eq!(findings(&checked(&mut desk, handed.path(), zhang)), []);
        assert_eq!(standing(&desk, zhang, "query_screenshot"), Standing::Found);
    }
}

/// S0-18, S1-18: a PDF of 1,000 characters for technicians; S0-20, S1-19: the same for senior ones, more topics (S0-19).
#[test]
fn summaries_are_counted() {
    for (policy, sign) in [("wushen-2024", "_"), ("nmg-2023", "-")] {
        let mut desk = desk(policy);
        let zhang = apply(&mut desk, Route::First, Level::Two);
        let handed = Handed::new();
        common(&handed).put(&photo(sign), &jpeg(295, 413, 1000));
        let with = |desk: &mut Desk, file: &str, bytes: &[u8]| {
            handed.put(file, bytes);
            let survey = checked(desk, handed.path(), zhang);
            std::fs::remove_file(handed.path().join(file)).unwrap();
            findings(&survey).first().map(|f| f.0.to_owned())
        };
        let pdf = |count| texts::pdf(Font::GbkEuc, &essay(count));
        assert_eq!(with(&mut desk, "技术总结.pdf", &pdf(999)).as_deref(), Some("too_short"));
        assert_eq!(with(&mut desk, "技术总结.pdf", &pdf(1000)), None);
        assert_eq!(with(&mut desk, "技术总结.pdf", &texts::scanned()).as_deref(), Some("pdf_scanned"));
        assert_eq!(with(&mut desk, "技术总结.jpg", &jpeg(9, 9, 900)).as_deref(), Some("file_format"));
        let topics = |desk: &Desk, id| {
            let list = checklist(&desk.site, id).unwrap();
            list.items.into_iter().find(|item| item.material.code == "summary").unwrap().material.topics
        };
        let of_technician = topics(&desk, zhang);
        let senior = apply(&mut desk, Route::First, Level::One);
        let of_senior = topics(&desk, senior);
        assert_eq!((of_technician.len(), of_senior.len()), (5, 6), "{policy}");
        assert!(of_senior.contains(&"传授技艺".to_owned()) && !of_technician.contains(&"传授技艺".to_owned()));
        assert!(of_senior.contains(&"解决技术问题和技术创新".to_owned()), "{of_senior:?}");
    }
}

/// S0-21, S1-20: a patent, a report or a paper; the paper and the report have 3,000 characters.
#[test]
fn one_of_three_is_enough_for_the_highest_level() {
    for (policy, sign) in [("wushen-2024", "_"), ("nmg-2023", "-")] {
        let mut desk = desk(policy);
        let zhang = apply(&mut desk, Route::First, Level::One);
        let handed = Handed::new();
        common(&handed).put(&photo(sign), &jpeg(295, 413, 1000));
        handed.put("总结.pdf", &texts::pdf(Font::Ucs2, &essay(1000)));
        let missing = [("material_missing", "patent|project_report|paper".to_owned())];
        assert_eq!(findings(&checked(&mut desk, handed.path(), zhang)), missing, "{policy}");
        handed.put("技术论文.pdf", &texts::pdf(Font::Unicode, &essay(2999)));
        assert_eq!(findings(&checked(&mut desk, handed.path(), zhang)), [("too_short", "paper".to_owned())]);
        assert_eq!(standing(&desk, zhang, "patent"), Standing::NotNeeded);
        handed.put("技术论文.pdf", &texts::pdf(Font::Unicode, &essay(3000)));
        assert_eq!(findings(&checked(&mut desk, handed.path(), zhang)), []);
        std::fs::remove_file(handed.path().join("技术论文.pdf")).unwrap();
        // A patent is a document of an office: nobody counts it.
        handed.put("专利证书.pdf", &texts::scanned());
        assert_eq!(findings(&checked(&mut desk, handed.path(), zhang)), []);
        assert_eq!(standing(&desk, zhang, "paper"), Standing::NotNeeded);
    }
}

/// S1-51: the photo on the form has a size of its own, told beside the electronic one. S0-16: one inch.
#[test]
fn the_two_photos_have_their_own_sizes() {
    let mut desk = desk("nmg-2023");
    let zhang = apply(&mut desk, Route::First, Level::Five);
    let photo = |desk: &Desk, id| {
        let items = checklist(&desk.site, id).unwrap().items;
        items.into_iter().find_map(|item| item.photo).unwrap()
    };
    let found = photo(&desk, zhang);
    assert_eq!((found.paper_size.as_deref(), found.electronic_size), (Some("1.5寸"), None));
    let mut other = super::world::desk("wushen-2024");
    let li = apply(&mut other, Route::First, Level::Five);
    assert_eq!(photo(&other, li).electronic_size.as_deref(), Some("1寸"));
}

/// S1-80: the form is handed in as a PDF; bytes beat names.
#[test]
fn the_form_is_a_pdf() {
    let mut desk = desk("nmg-2023");
    let zhang = apply(&mut desk, Route::First, Level::Five);
    let handed = Handed::new();
    common(&handed).put(&photo("-"), &jpeg(295, 413, 1000)).put("申报表.pdf", &jpeg(800, 1100, 5000));
    let found = findings(&checked(&mut desk, handed.path(), zhang));
    assert_eq!(found, [("file_format", "form".to_owned()), ("file_ending", "form".to_owned())]);
    std::fs::remove_file(handed.path().join("申报表.pdf")).unwrap();
    handed.put("申报表.docx", b"PK\x03\x04 word/document.xml");
    assert_eq!(findings(&checked(&mut desk, handed.path(), zhang)), [("file_format", "form".to_owned())]);
}

/// S2-13: whoever was placed or transferred proves it by the document of placement; nobody else does.
#[test]
fn those_who_were_resettled_bring_their_documents() {
    let mut desk = desk("xinjiang-2022");
    let wants = |desk: &mut Desk, route| {
        let id = apply(desk, route, Level::Five);
        let found = lacking(&desk.site, id).unwrap().contains(&"placement_document".to_owned());
        desk.does(&PlantState(id, ApplicationState::Withdrawn));
        found
    };
    assert!(wants(&mut desk, Route::Resettled));
    let zhang = apply(&mut desk, Route::Promotion, Level::Four);
    assert!(!lacking(&desk.site, zhang).unwrap().contains(&"placement_document".to_owned()));
    assert!(lacking(&desk.site, zhang).unwrap().contains(&"engagement_document".to_owned()));
}

/// S4-16 to S4-23: one archive with the sheet, the card, the photo, one proof of education, of work, form and pledge.
#[test]
fn notice_004_takes_one_archive() {
    let mut desk = desk("wushen-zwfw-2024");
    let zhang = apply(&mut desk, Route::First, Level::Four);
    let handed = Handed::new();
    let scan = jpeg(800, 600, 9000);
    let inside = |file: &str| format!("张三报名/{file}");
    handed.put(&inside("信息采集表.xlsx"), b"PK\x03\x04 xl/workbook.xml").put(&inside("身份证.jpg"), &scan);
    handed.put(&inside("学籍在线验证报告.pdf"), &texts::pdf(Font::Ucs2, "报告")).put(&inside("工作证明.jpg"), &scan);
    handed.put(&inside("申报表（签名）.jpg"), &scan).put(&inside("诚信承诺书.jpg"), &scan);
    handed.put(&inside(&photo("_").to_uppercase()), &jpeg(413, 579, 20 * 1024 - 1));
    let survey = checked(&mut desk, &handed.packed("张三.zip"), zhang);
    assert_eq!((findings(&survey), survey.notes.len()), (vec![], 0), "{survey:?}");
    // S4-19: either proof of education will do.
    assert_eq!(standing(&desk, zhang, "education_certificate"), Standing::NotNeeded);
    // S4-21, S4-22: the checklist says whose hand must have signed.
    let signed = checklist(&desk.site, zhang).unwrap().items.into_iter().filter(|item| item.material.signed);
    assert_eq!(signed.map(|item| item.material.code).collect::<Vec<_>>(), ["form", "pledge"]);
    // S4-18: 20 KB are not under 20 KB.
    handed.put(&inside(&photo("_").to_uppercase()), &jpeg(413, 579, 20 * 1024));
    let survey = checked(&mut desk, &handed.packed("张三.zip"), zhang);
    assert_eq!(findings(&survey), [("photo_too_large", "photo".to_owned())]);
    for (file, code) in
        [("身份证.jpg", "identity"), ("工作证明.jpg", "work_proof"), ("信息采集表.xlsx", "information_sheet")]
    {
        std::fs::remove_file(handed.path().join(inside(file))).unwrap();
        let survey = checked(&mut desk, &handed.packed("张三.zip"), zhang);
        let missing = ("material_missing", code.to_owned());
        assert!(findings(&survey).contains(&missing), "S4-16, S4-17, S4-20: {code}");
    }
}

/// S1-72: after the approval no new photo, no change; withdrawn ones are left alone too.
#[test]
fn what_was_approved_stays_as_it_was() {
    let mut desk = desk("nmg-2023");
    let zhang = apply(&mut desk, Route::First, Level::Five);
    let handed = Handed::new();
    common(&handed).put(&photo("-"), &jpeg(295, 413, 1000));
    let survey = checked(&mut desk, handed.path(), zhang);
    desk.does(&PlantState(zhang, ApplicationState::Approved));
    let error = one(&desk.site, handed.path(), zhang).unwrap_err();
    assert_eq!(error.refusal().unwrap().code.0, "materials.frozen");
    assert_eq!(desk.refused(&survey.check()), "materials.frozen");
    assert!(checklist(&desk.site, zhang).unwrap().frozen);
    desk.does(&PlantState(zhang, ApplicationState::Withdrawn));
    assert_eq!(desk.refused(&survey.check()), "materials.not_live");
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&survey.check()), "duty.role_needed");
}

#[test]
fn the_same_folder_again_changes_nothing_and_a_new_one_replaces() {
    let mut desk = desk("nmg-2023");
    let zhang = apply(&mut desk, Route::First, Level::Five);
    let handed = Handed::new();
    common(&handed).put(&photo("_"), &jpeg(295, 413, 1000));
    let first = one(&desk.site, handed.path(), zhang).unwrap();
    assert!(desk.try_to(&first.check()).unwrap().op.is_some());
    assert_eq!(desk.try_to(&first.check()).unwrap().op, None);
    std::fs::rename(handed.path().join(photo("_")), handed.path().join(photo("-"))).unwrap();
    let second = checked(&mut desk, handed.path(), zhang);
    assert_eq!(findings(&second), []);
    let items = checklist(&desk.site, zhang).unwrap().items;
    assert!(items.iter().all(|item| item.pieces.len() == 1));
}

#[test]
fn whose_files_they_are_is_read_from_the_names() {
    let mut desk = desk("nmg-2023");
    let zhang = apply(&mut desk, Route::First, Level::Five);
    let handed = Handed::new();
    handed.put("材料/申报表.pdf", b"%PDF-1.4 %%EOF");
    let refused = |desk: &Desk| whose(&desk.site, handed.path()).unwrap_err().refusal().unwrap().code.0;
    assert_eq!(refused(&desk), "materials.whose");
    handed.put(&photo("-"), &jpeg(1, 1, 100));
    assert_eq!(whose(&desk.site, handed.path()).unwrap(), zhang);
    assert_eq!(whose(&desk.site, &handed.packed("张三_150699199001010017.zip")).unwrap(), zhang);
}

#[test]
fn odd_files_are_told_one_by_one() {
    let mut desk = desk("nmg-2023");
    let zhang = apply(&mut desk, Route::First, Level::Five);
    let handed = Handed::new();
    common(&handed).put(&photo("-"), &jpeg(295, 413, 1000));
    handed.put("诚信承诺书.jpg", b"").put("学历证书.jpg", b"MZ\x90\0\x03\0").put("身份证正面.zip", b"PK\x03\x04 inner");
    handed.put("随手拍.jpg", &jpeg(9, 9, 300)).put("身份证反面.jpg", &jpeg(9, 9, 300)[..15]);
    let survey = checked(&mut desk, handed.path(), zhang);
    let mut found = findings(&survey);
    found.sort();
    let expected = [
        ("archive_inside", "identity_front"),
        ("file_damaged", "identity_back"),
        ("file_empty", "pledge"),
        ("file_kind", "education_certificate"),
    ];
    assert_eq!(found, expected.map(|(code, material)| (code, material.to_owned())));
    let notes: Vec<_> = survey.notes.iter().map(|n| (n.finding.0, n.file.as_deref())).collect();
    assert_eq!(notes, [("file_unknown", Some("随手拍.jpg"))]);
}

/// A file whose checksum is wrong is told as damaged; the others of its archive are read.
#[test]
fn a_damaged_entry_is_one_finding() {
    let mut desk = desk("nmg-2023");
    let zhang = apply(&mut desk, Route::First, Level::Five);
    let mut bad = super::raw_zip::entry("诚信承诺书.jpg".as_bytes(), &jpeg(9, 9, 300));
    bad.crc ^= 1;
    let good = super::raw_zip::entry("学历证书.jpg".as_bytes(), &jpeg(9, 9, 300));
    let (_folder, path) = super::raw_zip::file(&[bad, good]);
    checked(&mut desk, &path, zhang);
    assert_eq!(standing(&desk, zhang, "pledge"), Standing::Faulty);
    assert_eq!(standing(&desk, zhang, "education_certificate"), Standing::Found);
}

/// Words of a policy of one's own are enough for its own materials.
#[test]
fn a_policy_names_its_own_files() {
    let assets = Assets::default();
    let own =
        "inherits = \"nmg-2023\"\n[notice]\ncode = \"own\"\n[[materials]]\ncode = \"ledger\"\nnames = [\"台账\"]\n";
    let lookup = |code: &str| match code {
        "own" => Some(own.to_owned()),
        other => assets.read(&format!("policies/{other}.toml")),
    };
    let mut desk = desk_with("own", &lookup);
    let zhang = apply(&mut desk, Route::First, Level::Five);
    let handed = Handed::new();
    handed.put("学习台账.pdf", &texts::pdf(Font::Ucs2, "台账"));
    assert_eq!(findings(&checked(&mut desk, handed.path(), zhang)), []);
    assert_eq!(standing(&desk, zhang, "ledger"), Standing::Found);
}

/// Otherwise its files would be known by nobody.
#[test]
fn every_material_of_every_policy_has_words_for_its_files() {
    let assets = Assets::default();
    for code in assets.names("policies", ".toml").into_iter().filter(|c| c != "base") {
        let policy = kaowu::policy::load(&code, &|c| assets.read(&format!("policies/{c}.toml"))).unwrap().policy;
        for material in &policy.materials {
            let words = policy.material_names.get(&material.code);
            assert!(words.is_some_and(|w| !w.is_empty()) || !material.names.is_empty(), "{code}: {}", material.code);
        }
    }
}
