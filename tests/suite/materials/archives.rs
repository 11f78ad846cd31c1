//! Archives and folders as anybody may send them. Nothing is written anywhere, and what was tampered with is refused.
use super::raw_zip::{RawEntry, UTF8, bytes, entry, file, file_of};
use super::world::{Handed, jpeg};
use kaowu::bundle::materials::{Source, SourceFault};
use proptest::prelude::*;
use std::io::Write;
use std::path::Path;

/// The code of the refusal, or the paths inside.
fn open(path: &Path) -> Result<Vec<String>, &'static str> {
    match Source::open(path) {
        Ok(source) => Ok(source.entries.into_iter().map(|e| e.path).collect()),
        Err(SourceFault::Refused(refusal)) => Err(refusal.code.0),
        Err(SourceFault::Io(error)) => panic!("{error}"),
    }
}

fn zip(entries: &[RawEntry]) -> Result<Vec<String>, &'static str> {
    let (_folder, path) = file(entries);
    open(&path)
}

/// Beside a good one, so that one bad entry refuses the whole.
fn with_good(bad: RawEntry) -> Result<Vec<String>, &'static str> {
    zip(&[entry("好.jpg".as_bytes(), b"good"), bad])
}

#[test]
fn no_entry_leads_outside() {
    for name in
        ["../a.jpg", "a/../../b.jpg", "/etc/cron.d/a", "C:\\a.jpg", "C:a.jpg", "a\\..\\b.jpg", "..\\a", "\\\\h\\a"]
    {
        assert_eq!(with_good(entry(name.as_bytes(), b"x")), Err("archive.path_leaves"), "{name}");
    }
    assert_eq!(with_good(entry(b"..", b"")), Err("archive.path_leaves"));
    assert_eq!(zip(&[entry("好.jpg".as_bytes(), b"good")]), Ok(vec!["好.jpg".to_owned()]));
}

#[test]
fn links_and_devices_are_refused() {
    for mode in [0o120_777, 0o020_666, 0o010_644, 0o140_755] {
        let link = RawEntry { mode, ..entry(b"photo.jpg", b"/etc/passwd") };
        assert_eq!(with_good(link), Err("archive.link"), "{mode:o}");
    }
}

#[test]
fn one_name_is_one_file() {
    assert_eq!(zip(&[entry(b"a.jpg", b"1"), entry(b"a.jpg", b"2")]), Err("archive.duplicate"));
    // One name in two encodings.
    let utf8 = RawEntry { flags: UTF8, ..entry("张.jpg".as_bytes(), b"1") };
    let gbk = entry(&encoding_rs::GBK.encode("张.jpg").0, b"2");
    assert_eq!(zip(&[utf8, gbk]), Err("archive.duplicate"));
    // The list says one name, the entry another.
    let two_faced = RawEntry { local_name: Some(b"b.jpg".to_vec()), ..entry(b"a.jpg", b"x") };
    assert_eq!(with_good(two_faced), Err("archive.damaged"));
}

#[test]
fn passwords_and_odd_ways_of_packing_are_refused() {
    assert_eq!(with_good(RawEntry { flags: 1, ..entry(b"a.jpg", b"x") }), Err("archive.encrypted"));
    for method in [9, 12, 14, 93, 95] {
        assert_eq!(with_good(RawEntry { method, ..entry(b"a.jpg", b"x") }), Err("archive.method"), "{method}");
    }
}

#[test]
fn bombs_and_lies_about_sizes_are_refused() {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("bomb.bmp", zip::write::SimpleFileOptions::default()).unwrap();
    writer.write_all(&vec![0; 64 << 20]).unwrap();
    let packed = writer.finish().unwrap().into_inner();
    assert!(packed.len() < 100_000);
    let (_folder, path) = file_of(&packed);
    assert_eq!(open(&path), Err("archive.bomb"));
    let huge = RawEntry { size: 1 << 62, method: 8, ..entry(b"a.jpg", b"x") };
    assert_eq!(with_good(huge), Err("archive.bomb"));
    // A thousand small ones that come to far too much together.
    let small = RawEntry { size: 900_000, method: 8, ..entry(b"", b"x") };
    let many: Vec<_> = (0..1000).map(|n| RawEntry { name: format!("{n}").into_bytes(), ..small.clone() }).collect();
    assert_eq!(zip(&many), Err("archive.too_large"));
}

/// An entry that unpacks to more than it says is cut off and told as damaged, not read on.
#[test]
fn an_entry_is_never_read_beyond_its_size() {
    let lying = RawEntry { size: 2, ..entry(b"a.jpg", b"0123456789") };
    let (_folder, path) = file(&[lying]);
    match Source::open(&path) {
        Ok(mut source) => {
            let first = source.entries[0].clone();
            let read = source.read(&first, 1 << 20);
            assert!(read.is_err() || read.unwrap().len() <= 3);
        }
        Err(SourceFault::Refused(refusal)) => assert_eq!(refusal.code.0, "archive.damaged"),
        Err(SourceFault::Io(error)) => panic!("{error}"),
    }
}

#[test]
fn too_many_entries_are_refused_before_they_are_read() {
    let good = [entry(b"a.jpg", b"x")];
    let (_folder, path) = file_of(&bytes(&good, Some(60_000)));
    assert_eq!(open(&path), Err("archive.too_many"));
    // The longer form of the end holds numbers as large as one likes.
    let mut long = bytes(&good, Some(u16::MAX));
    let end = long.split_off(long.len() - 22);
    let at = long.len() as u64;
    long.extend(b"PK\x06\x06");
    long.extend(44u64.to_le_bytes());
    long.extend([0; 12]);
    long.extend([1u64 << 40, 1 << 40, 100, 0].iter().flat_map(|n| n.to_le_bytes()));
    long.extend(b"PK\x06\x07\0\0\0\0");
    long.extend(at.to_le_bytes());
    long.extend(1u32.to_le_bytes());
    long.extend(end);
    let (_folder, path) = file_of(&long);
    assert_eq!(open(&path), Err("archive.too_many"));
}

#[test]
fn trailing_bytes_and_damage_are_refused() {
    let good = bytes(&[entry(b"a.jpg", b"x")], None);
    let refused = |bytes: &[u8]| {
        let (_folder, path) = file_of(bytes);
        open(&path)
    };
    assert_eq!(refused(&[&good[..], b"trailing"].concat()), Err("archive.damaged"));
    assert_eq!(refused(&good[..good.len() - 5]), Err("archive.damaged"));
    assert_eq!(refused(b"PK\x03\x04"), Err("archive.damaged"));
    assert_eq!(refused(b"Rar!\x1a\x07\x01\0 and so on"), Err("archive.not_a_zip"));
    assert_eq!(refused(b""), Err("archive.not_a_zip"));
    assert_eq!(refused(&bytes(&[], None)), Err("archive.empty"));
    assert_eq!(open(Handed::new().path()), Err("archive.empty"));
}

/// GBK, as Windows packs in China, and UTF-8 with and without its flag.
#[test]
fn names_are_read_in_either_encoding() {
    let name = "照片/张三_150699199001010017.JPG";
    let gbk = entry(&encoding_rs::GBK.encode(name).0, b"x");
    let plain = entry(name.as_bytes(), b"x");
    let flagged = RawEntry { flags: UTF8, ..plain.clone() };
    for one in [gbk, plain, flagged] {
        // A second one keeps the folder from being taken for a wrapping.
        assert_eq!(zip(&[one, entry(b"z.jpg", b"x")]), Ok(vec!["z.jpg".to_owned(), name.to_owned()]));
    }
}

#[test]
fn what_systems_leave_behind_is_ignored_and_one_wrapping_is_taken_off() {
    let handed = Handed::new();
    handed
        .put("张三/身份证.jpg", b"x")
        .put("张三/Thumbs.db", b"x")
        .put("张三/.DS_Store", b"x")
        .put("__MACOSX/._a", b"x");
    let source = Source::open(&handed.packed("a.zip")).unwrap();
    assert_eq!((source.ignored, source.entries.len(), source.entries[0].path.as_str()), (3, 1, "身份证.jpg"));
}

/// Links in a folder lead anywhere: they are told and not followed.
#[cfg(unix)]
#[test]
fn links_in_a_folder_are_not_followed() {
    let (handed, secret) = (Handed::new(), Handed::new());
    secret.put("secret.jpg", b"secret");
    handed.put("a.jpg", b"x");
    std::os::unix::fs::symlink(secret.path().join("secret.jpg"), handed.path().join("b.jpg")).unwrap();
    std::os::unix::fs::symlink(secret.path(), handed.path().join("folder")).unwrap();
    let source = Source::open(handed.path()).unwrap();
    assert_eq!(source.entries.len(), 1);
    let told: Vec<_> = source.oddities.iter().map(|o| (o.path.as_str(), o.code.0)).collect();
    assert_eq!(told, [("b.jpg", "link_not_followed"), ("folder", "link_not_followed")]);
}

/// A folder unpacked by a program that did not know the names' encoding.
#[cfg(target_os = "linux")]
#[test]
fn folders_with_names_in_gbk_are_read() {
    use std::os::unix::ffi::OsStrExt;
    let handed = Handed::new();
    let name = encoding_rs::GBK.encode("身份证.jpg").0.into_owned();
    std::fs::write(handed.path().join(std::ffi::OsStr::from_bytes(&name)), jpeg(1, 1, 100)).unwrap();
    assert_eq!(open(handed.path()), Ok(vec!["身份证.jpg".to_owned()]));
}

/// Nothing appears on the disk, whatever is opened and read.
#[test]
fn nothing_is_unpacked() {
    let handed = Handed::new();
    handed.put("a/身份证.jpg", b"0123456789").put("b.jpg", b"x");
    let zip = handed.packed("plain.zip");
    let mut source = Source::open(&zip).unwrap();
    for entry in source.entries.clone() {
        source.read(&entry, 4).unwrap();
    }
    assert_eq!(source.read(&source.entries[0].clone(), 4).unwrap(), b"0123");
    assert_eq!(std::fs::read_dir(zip.parent().unwrap()).unwrap().count(), 1, "only the archive itself");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However an entry is called, what is listed is inside.
    #[test]
    fn hostile_names_never_lead_outside(parts in proptest::collection::vec("\\.\\.?|/|\\\\|[a-z]|:|照|\\x00", 1..8)) {
        let name = parts.concat();
        if let Ok(paths) = zip(&[entry(name.as_bytes(), b"x"), entry(b"zz.jpg", b"x")]) {
            for path in paths {
                let joined = Path::new("/base").join(&path);
                prop_assert!(joined.starts_with("/base") && !path.contains("..//") && !path.contains('\\'));
                let up = joined.components().any(|c| c == std::path::Component::ParentDir);
                prop_assert!(!up, "{}", path);
            }
        }
    }

    /// Any byte may be wrong.
    #[test]
    fn a_bent_archive_is_an_answer(at in 0usize..400, with in any::<u8>()) {
        let mut good = bytes(&[entry(b"a.jpg", &[1; 100]), entry("照/b.jpg".as_bytes(), &[2; 50])], None);
        let at = at % good.len();
        good[at] ^= with;
        let (_folder, path) = file_of(&good);
        if let Ok(mut source) = Source::open(&path) {
            for entry in source.entries.clone() {
                let _ = source.read(&entry, 1 << 16);
            }
        }
    }
}
