//! F15: archives made to do harm. Each is refused with its reason, before anything of it is unpacked.
use super::world::*;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Puts other bytes in the place of some, everywhere or only at the first place.
fn patched(mut bytes: Vec<u8>, from: &[u8], to: &[u8], times: usize) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let places: Vec<usize> =
        (0..bytes.len() - from.len()).filter(|at| bytes[*at..].starts_with(from)).take(times).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

/// Changes a field of the only entry in the list and, where `local` says, in front of its bytes.
fn field(listed: usize, local: Option<usize>, value: &[u8]) -> Vec<u8> {
    let mut bytes = plain(&[("rooms.csv", b"number\n1\n")]);
    let list = (0..bytes.len()).find(|at| bytes[*at..].starts_with(b"PK\x01\x02")).unwrap();
    bytes[list + listed..list + listed + value.len()].copy_from_slice(value);
    if let Some(local) = local {
        bytes[local..local + value.len()].copy_from_slice(value);
    }
    sealed(&bytes)
}

#[test]
fn names_that_lead_out_links_and_twins_are_refused() {
    for name in ["../rooms.csv", "/etc/passwd", "a/rooms.csv", "..\\rooms.csv", "C:rooms.csv", ".hidden"] {
        assert_eq!(refused(&packed(&[(name, b"x")])), "packed.path_leaves", "{name}");
    }
    assert_eq!(refused(&packed(&[(&"x".repeat(200), b"x")])), "packed.path_leaves");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("rooms.csv", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    assert_eq!(refused(&sealed(&zip.finish().unwrap().into_inner())), "packed.link");
    let twins = patched(plain(&[("rooms.csv", b"1"), ("roomt.csv", b"2")]), b"roomt.csv", b"rooms.csv", 2);
    assert_eq!(refused(&sealed(&twins)), "packed.duplicate");
}

#[test]
fn an_entry_that_says_two_things_is_refused() {
    let other = patched(plain(&[("rooms.csv", b"1")]), b"rooms.csv", b"marks.csv", 1);
    assert_eq!(refused(&sealed(&other)), "packed.mismatch", "another name before the bytes than in the list");
    for (listed, value) in [(16, [1, 2, 3, 4]), (20, [99, 0, 0, 0]), (24, [99, 0, 0, 0]), (42, [1, 0, 0, 0])] {
        assert_eq!(refused(&field(listed, None, &value)), "packed.mismatch", "field {listed}");
    }
    assert_eq!(refused(&field(8, Some(6), &[1, 0])), "packed.encrypted");
    assert_eq!(refused(&field(10, Some(8), &[99, 0])), "packed.method");
    assert_eq!(refused(&field(10, Some(8), &[12, 0])), "packed.method");
}

#[test]
fn bombs_promises_and_crowds_are_refused() {
    let zeros = vec![b'0'; 4 * 1024 * 1024];
    assert_eq!(refused(&packed(&[("rooms.csv", &zeros)])), "packed.bomb");
    // 2^62 is promised in a field for large archives, which begins with this mark.
    assert_eq!(refused(&field(24, None, &[0xFF; 4])), "packed.too_large");
    assert_eq!(refused(&field(20, None, &[0xFF; 4])), "packed.too_large");
    let many: Vec<String> = (0..1000).map(|n| format!("t{n}.csv")).collect();
    let entries: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    assert_eq!(refused(&packed(&entries)), "packed.too_many");
    let mut million = plain(&[("rooms.csv", b"x")]);
    let end = million.len() - 22;
    million[end + 8..end + 12].fill(0xFF);
    assert_eq!(refused(&sealed(&million)), "packed.too_many");
}

#[test]
fn nothing_stands_behind_before_or_between() {
    let good = packed(&[("rooms.csv", b"1")]);
    assert_eq!(refused(&[&good[..], b"x"].concat()), "packed.not_closed");
    assert_eq!(refused(&[b"x", &good[..]].concat()), "packed.not_a_bundle");
    assert_eq!(refused(&good[..good.len() - 1]), "packed.not_closed");
    assert_eq!(refused(&plain(&[("rooms.csv", b"1")])), "packed.not_closed", "an ordinary archive");
    assert_eq!(refused(b"PK\x03\x04"), "packed.not_a_bundle");
    assert_eq!(refused(b""), "packed.not_a_bundle");
    let mut between = plain(&[("rooms.csv", b"1")]);
    let list = (0..between.len()).find(|at| between[*at..].starts_with(b"PK\x01\x02")).unwrap();
    between.splice(list..list, *b"hidden");
    let end = between.len() - 22;
    let start = u32::from_le_bytes(between[end + 16..end + 20].try_into().unwrap()) + 6;
    between[end + 16..end + 20].copy_from_slice(&start.to_le_bytes());
    assert_eq!(refused(&sealed(&between)), "packed.not_closed");
    assert_eq!(refused(&good), "bundle.missing_file", "whole, and no bundle");
}

/// The good bundle packed anew, with one file more or another content.
fn repacked(change: impl Fn(&str, Vec<u8>) -> Vec<u8>, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut giver = Giver::new();
    let bytes = std::fs::read(giver.gives("b.zip", None)).unwrap();
    let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..from.len() {
        let mut file = from.by_index(n).unwrap();
        let (name, mut content) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut content).unwrap();
        zip.start_file(&*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&change(&name, content)).unwrap();
    }
    for (name, content) in more {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    sealed(&zip.finish().unwrap().into_inner())
}

#[test]
fn a_bundle_packed_anew_is_as_its_signature_says_or_refused() {
    assert_eq!(refused(&repacked(|_, content| content, &[])), "taken", "the same content");
    assert_eq!(refused(&repacked(|_, c| c, &[("inner.zip", &plain(&[("a", b"b")]))])), "bundle.extra_file");
    for part in ["applications.csv", "policy.toml", "bundle.toml", "export.toml", "export.toml.minisig"] {
        let spoil = |name: &str, mut content: Vec<u8>| {
            if name == part {
                let at = content.len() / 2;
                content[at] ^= 1;
            }
            content
        };
        let code = refused(&repacked(spoil, &[]));
        assert!(["bundle.altered", "bundle.malformed"].contains(&code.as_str()), "{part}: {code}");
    }
}
