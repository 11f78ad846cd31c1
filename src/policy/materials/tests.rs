use super::*;
use proptest::prelude::*;

const LI: Holder<'static> = Holder { name: "李四", number: "15069919900101001X" };

fn material(text: &str) -> Material {
    toml::from_str(text).unwrap()
}

fn photo(text: &str) -> Photo {
    toml::from_str(&format!("background = \"white\"\n{text}")).unwrap()
}

fn facts(kind: FileKind, bytes: u64) -> FileFacts {
    FileFacts { kind, bytes, pixels: None, damaged: false, text: TextLayer::NotRead }
}

fn pdf(text: TextLayer) -> FileFacts {
    FileFacts { text, ..facts(FileKind::Pdf, 5000) }
}

/// S4-18: JPG, its ending in either case, under 20 KB to the byte, named `姓名_证件号`.
#[test]
fn the_photo_of_notice_004() {
    let spec = photo("formats = [\"jpg\"]\nbelow_bytes = 20480\nfile_name = \"{name}_{identity}\"");
    let of = |file: &str, kind, bytes| photo_faults(&spec, LI, file, &facts(kind, bytes));
    assert_eq!(of("李四_15069919900101001X.JPG", FileKind::Jpeg, 20 * 1024 - 1), []);
    assert_eq!(of("李四_15069919900101001x.jpg", FileKind::Jpeg, 1), []);
    assert_eq!(of("李四_15069919900101001X.JPG", FileKind::Jpeg, 20 * 1024), [PHOTO_TOO_LARGE]);
    assert_eq!(of("李四-15069919900101001X.JPG", FileKind::Jpeg, 1), [PHOTO_NAME]);
    assert_eq!(of("李四.JPG", FileKind::Png, 30_000), [PHOTO_FORMAT, PHOTO_TOO_LARGE, PHOTO_NAME]);
    // Bytes beat names, both ways.
    assert_eq!(of("李四_15069919900101001X.JPG", FileKind::Png, 1), [PHOTO_FORMAT]);
    assert_eq!(of("李四_15069919900101001X.png", FileKind::Jpeg, 1), [PHOTO_FORMAT]);
    assert_eq!(of("李四_15069919900101001X.JPG", FileKind::Empty, 0), [FILE_EMPTY]);
}

/// S1-16: png, bmp or jpg, under 2 MB, named `姓名-身份证号`.
#[test]
fn the_photo_of_notice_001() {
    let spec = photo("formats = [\"png\", \"bmp\", \"jpg\"]\nbelow_bytes = 2097152\nfile_name = \"{name}-{identity}\"");
    let of = |file: &str, kind, bytes| photo_faults(&spec, LI, file, &facts(kind, bytes));
    for (ending, kind) in [("png", FileKind::Png), ("bmp", FileKind::Bmp), ("jpg", FileKind::Jpeg)] {
        assert_eq!(of(&format!("李四-15069919900101001X.{ending}"), kind, 2 * 1024 * 1024 - 1), [], "{ending}");
    }
    assert_eq!(of("李四-15069919900101001X.png", FileKind::Png, 2 * 1024 * 1024), [PHOTO_TOO_LARGE]);
    assert_eq!(of("李四_15069919900101001X.png", FileKind::Png, 1), [PHOTO_NAME]);
    assert_eq!(of("李四-15069919900101001X.gif", FileKind::Gif, 1), [PHOTO_FORMAT]);
}

/// S0-16: jpeg or jpg, named `姓名_身份证号`, one inch: other pixels are told only.
#[test]
fn the_photo_of_notice_000() {
    let spec = photo(
        "formats = [\"jpeg\", \"jpg\"]\nfile_name = \"{name}_{identity}\"\npixels = { width = 295, height = 413 }",
    );
    let other = FileFacts { pixels: Some((413, 579)), ..facts(FileKind::Jpeg, 9_000_000) };
    assert_eq!(photo_faults(&spec, LI, "李四_15069919900101001X.jpeg", &other), []);
    assert!(has_other_pixels(&spec, &other));
    assert!(!has_other_pixels(&spec, &FileFacts { pixels: Some((295, 413)), ..other }));
    assert_eq!(photo_faults(&spec, LI, "李四_15069919900101001X.bmp", &facts(FileKind::Bmp, 1)), [PHOTO_FORMAT]);
}

/// S0-18, S1-18: a PDF of at least 1,000 characters; S0-21, S1-20: at least 3,000.
#[test]
fn texts_have_their_least_length() {
    for least in [1000, 3000] {
        let m = material(&format!("code = \"summary\"\nformats = [\"pdf\"]\nmin_characters = {least}"));
        let of = |text| faults(&m, "总结.pdf", &pdf(text));
        assert_eq!(of(TextLayer::Counted(least - 1)), [TOO_SHORT]);
        assert_eq!(of(TextLayer::Counted(least)), []);
        assert_eq!(of(TextLayer::Scanned), [PDF_SCANNED]);
        assert_eq!(of(TextLayer::Undecodable), [PDF_UNDECODABLE]);
        assert_eq!(of(TextLayer::Encrypted), [PDF_ENCRYPTED]);
        assert_eq!(of(TextLayer::TooLarge), [FILE_TOO_LARGE]);
        assert_eq!(of(TextLayer::Damaged), [FILE_DAMAGED]);
        assert_eq!(faults(&m, "总结.docx", &facts(FileKind::Docx, 9)), [FILE_FORMAT]);
        assert_eq!(faults(&m, "总结.pdf", &facts(FileKind::Jpeg, 9)), [FILE_FORMAT, FILE_ENDING]);
    }
}

#[test]
fn files_without_a_format_of_their_own_may_be_any_paper() {
    let m = material("code = \"work_proof\"");
    for (file, kind) in [("a.jpg", FileKind::Jpeg), ("a.PDF", FileKind::Pdf), ("a.doc", FileKind::Ole)] {
        assert_eq!(faults(&m, file, &facts(kind, 9)), []);
    }
    assert_eq!(faults(&m, "a.exe", &facts(FileKind::Unknown, 9)), [FILE_KIND]);
    assert_eq!(faults(&m, "a.zip", &facts(FileKind::Archive, 9)), [ARCHIVE_INSIDE]);
    assert_eq!(faults(&m, "a.pdf", &FileFacts { damaged: true, ..pdf(TextLayer::NotRead) }), [FILE_DAMAGED]);
    assert_eq!(faults(&m, "a.png", &facts(FileKind::Jpeg, 9)), [FILE_ENDING]);
}

fn codes(all: &[Material], of: Option<(Route, Level)>) -> Vec<&str> {
    wanted(all, of).into_iter().map(|m| m.code.as_str()).collect()
}

/// S0-15, S0-17, S1-15, S1-17: two images of the card; promotion brings the earlier certificate and its query.
#[test]
fn the_route_and_the_level_decide_what_is_wanted() {
    let text = include_str!("../../../data/policies/nmg-2023.toml");
    let table: toml::Table = text.parse().unwrap();
    let all: Vec<Material> = table["materials"].clone().try_into().unwrap();
    let common = ["form", "education_certificate", "identity_front", "identity_back", "pledge", "photo"];
    assert_eq!(codes(&all, None), common);
    assert_eq!(codes(&all, Some((Route::First, Level::Five))), common);
    let promotion = codes(&all, Some((Route::Promotion, Level::Three)));
    assert_eq!(promotion, [&common[..], &["previous_certificate", "query_screenshot"]].concat());
    let first_class = codes(&all, Some((Route::Promotion, Level::One)));
    assert!(["summary", "patent", "project_report", "paper"].iter().all(|c| first_class.contains(c)));
    assert_eq!(first_class.iter().filter(|c| **c == "summary").count(), 1, "one summary, of this level");
}

proptest! {
    /// A larger photo never has fewer faults, and a longer text never more.
    #[test]
    fn limits_go_one_way(bytes in 0u64..50_000, more in 0u64..50_000, count in 0u32..5000, longer in 0u32..5000) {
        let spec = photo("formats = [\"jpg\"]\nbelow_bytes = 20480\nfile_name = \"{name}\"");
        let at = |bytes| photo_faults(&spec, LI, "李四.jpg", &facts(FileKind::Jpeg, bytes)).len();
        prop_assert!(at(bytes) <= at(bytes + more));
        let m = material("code = \"summary\"\nformats = [\"pdf\"]\nmin_characters = 1000");
        let of = |n| faults(&m, "a.pdf", &pdf(TextLayer::Counted(n))).len();
        prop_assert!(of(count) >= of(count + longer));
    }
}
