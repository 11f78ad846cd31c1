//! F15, F16, F17: a bundle that is not as it was written is refused, and nothing of it stays.
use super::world::*;
use kaowu::bundle::row_fault::Report;
use kaowu::bundle::site::manifest::digest;
use kaowu::bundle::site::{Manifest, TABLES};
use kaowu::ops::Error;
use std::path::{Path, PathBuf};

struct Spoiled {
    _home: tempfile::TempDir,
    folder: PathBuf,
}

impl Spoiled {
    fn new() -> Spoiled {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("b");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/bundle-small"), &folder);
        Spoiled { _home: home, folder }
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join(name)).unwrap()
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.folder.join(name), bytes).unwrap();
    }

    /// Puts other content into a table and a manifest that fits around it.
    fn reseal(&self, table: &str, text: &str) -> &Spoiled {
        self.write(&format!("{table}.csv"), text.as_bytes());
        let mut manifest = Manifest::parse(&self.text("bundle.toml")).unwrap();
        let part = manifest.table.iter_mut().find(|p| p.name == table).unwrap();
        (part.bytes, part.sha256) = (text.len() as u64, digest(text.as_bytes()));
        self.write("bundle.toml", manifest.text().as_bytes());
        self
    }

    fn replace(&self, table: &str, from: &str, to: &str) -> &Spoiled {
        let text = self.text(&format!("{table}.csv"));
        assert!(text.contains(from), "{from}");
        self.reseal(table, &text.replacen(from, to, 1))
    }

    fn error(&self) -> Error {
        import(&self.folder, None).err().expect("taken")
    }

    fn code(&self) -> &'static str {
        let error = self.error();
        error.refusal().unwrap_or_else(|| panic!("{error:?}")).code.0
    }

    fn report(&self) -> Report {
        match self.error() {
            Error::Rejected(report) => *report,
            other => panic!("{other:?}"),
        }
    }

    /// File, line, column and code of each fault.
    fn faults(&self) -> Vec<(String, u64, String, &'static str)> {
        self.report().faults.into_iter().map(|f| (f.file, f.line, f.column, f.code.0)).collect()
    }
}

#[test]
fn a_flipped_byte_in_any_file_is_noticed() {
    let spoiled = Spoiled::new();
    for entry in std::fs::read_dir(&spoiled.folder).unwrap() {
        let path = entry.unwrap().path();
        let good = std::fs::read(&path).unwrap();
        // Every byte of the manifest is turned over in its own test; here some of each file.
        for at in (0..good.len()).step_by(good.len() / 40 + 1).chain([good.len() - 1]) {
            let mut bad = good.clone();
            bad[at] ^= 1;
            std::fs::write(&path, bad).unwrap();
            assert!(kaowu::ops::exchange::site::open(&spoiled.folder).is_err(), "{} byte {at}", path.display());
        }
        std::fs::write(&path, &good[..good.len() - 1]).unwrap();
        assert!(kaowu::ops::exchange::site::open(&spoiled.folder).is_err(), "{} cut", path.display());
        std::fs::write(&path, good).unwrap();
    }
    assert!(import(&spoiled.folder, None).is_ok());
}

#[test]
fn a_folder_holds_its_files_and_no_others() {
    let spoiled = Spoiled::new();
    spoiled.write("x.csv", b"");
    assert_eq!(spoiled.code(), "bundle.extra_file");
    for name in ["bundle.toml", "policy.toml", "marks.csv"] {
        let spoiled = Spoiled::new();
        std::fs::remove_file(spoiled.folder.join(name)).unwrap();
        assert_eq!(spoiled.code(), "bundle.missing_file", "{name}");
        std::os::unix::fs::symlink("/etc/passwd", spoiled.folder.join(name)).unwrap();
        assert_eq!(spoiled.code(), "bundle.not_a_file", "{name}");
    }
    let spoiled = Spoiled::new();
    std::fs::remove_file(spoiled.folder.join("export.toml")).unwrap();
    assert!(import(&spoiled.folder, None).is_ok(), "no part of what is compared");
}

#[test]
fn a_manifest_cannot_lead_out_of_its_folder() {
    for name in ["../marks", "/tmp/marks", "marks/../../marks", "marks.csv", "C:\\marks"] {
        let spoiled = Spoiled::new();
        let mut manifest = Manifest::parse(&spoiled.text("bundle.toml")).unwrap();
        manifest.table.iter_mut().find(|p| p.name == "marks").unwrap().name = name.into();
        spoiled.write("bundle.toml", manifest.text().as_bytes());
        assert_eq!(spoiled.code(), "bundle.unknown_table", "{name}");
    }
}

#[test]
fn another_version_heading_or_row_count_is_named() {
    let spoiled = Spoiled::new();
    spoiled.write("bundle.toml", spoiled.text("bundle.toml").replace("format = 1", "format = 7").as_bytes());
    assert_eq!(spoiled.code(), "bundle.unknown_format");
    assert_eq!(Spoiled::new().replace("marks", "subject,mark", "mark,subject").code(), "bundle.header");
    assert_eq!(Spoiled::new().replace("rooms", "number", "\u{FEFF}number").code(), "bundle.header");
    let spoiled = Spoiled::new();
    let text = spoiled.text("tickets.csv");
    let cut = text.lines().take(3).fold(String::new(), |all, line| all + line + "\n");
    assert_eq!(spoiled.reseal("tickets", &cut).code(), "bundle.row_count");
}

#[test]
fn every_bad_cell_is_told_with_its_place() {
    let spoiled = Spoiled::new();
    spoiled.replace("operators", "auditor,,0", "auditor,,no").replace("operators", ",typist,", ",king,");
    spoiled.replace("rooms", "1,", "01,").replace("sessions", "+08:00", "Z");
    let faults = spoiled.faults();
    let seen: Vec<_> = faults.iter().map(|(f, l, c, k)| (f.as_str(), *l, c.as_str(), *k)).collect();
    let expected = [
        ("operators.csv", 4, "disabled", "not_in_list"),
        ("operators.csv", 9, "roles", "not_in_list"),
        ("sessions.csv", 2, "starts_at", "not_as_written"),
        ("rooms.csv", 2, "number", "not_as_written"),
    ];
    assert_eq!(seen, expected);
    let spoiled = Spoiled::new();
    // A quoted cell above takes two lines.
    spoiled.replace("attendance", "00.185+08:00,,", "00.185+08:00,,,");
    assert_eq!(spoiled.faults(), [("attendance.csv".into(), 4, String::new(), "ragged_row")]);
}

#[test]
fn bytes_that_are_no_text_and_cells_without_end_are_told() {
    let spoiled = Spoiled::new();
    let mut bytes = std::fs::read(spoiled.folder.join("operators.csv")).unwrap();
    let at = bytes.windows(7).position(|w| w == b"auditor").unwrap();
    bytes[at] = 0xC4;
    spoiled.write("operators.csv", &bytes);
    let mut manifest = Manifest::parse(&spoiled.text("bundle.toml")).unwrap();
    manifest.table[0].sha256 = digest(&bytes);
    spoiled.write("bundle.toml", manifest.text().as_bytes());
    assert_eq!(spoiled.faults(), [("operators.csv".into(), 4, String::new(), "damaged_text")]);
    let long = "长".repeat(30_000);
    let faults = Spoiled::new().replace("panel-members", "某厂", &long).faults();
    assert_eq!((faults[0].1, faults[0].3), (3, "too_long"));
    let open = "x".repeat(5 * 1024 * 1024);
    assert_eq!(Spoiled::new().replace("panel-members", "某厂", &format!("\"{open}")).code(), "sheet.record_too_long");
}

#[test]
fn a_row_that_names_nobody_or_stands_twice_is_told() {
    let spoiled = Spoiled::new();
    spoiled.replace("marks", "resident_id", "passport");
    assert_eq!(spoiled.faults(), [("marks.csv".into(), 2, "application.document".into(), "names_nobody")]);
    let spoiled = Spoiled::new();
    let faults = spoiled.replace("rooms", "1,", "0,").faults();
    assert_eq!(faults, [("rooms.csv".into(), 2, String::new(), "not_taken")]);
    // U35: both entries by one person are refused by the database, whatever a bundle says.
    let spoiled = Spoiled::new();
    let text = spoiled.text("entries.csv").replace(",typist-b,", ",typist-a,");
    assert_eq!(spoiled.reseal("entries", &text).faults()[0].3, "not_taken");
}

#[test]
fn words_of_columns_are_those_of_the_stored_rows() {
    use kaowu::bundle::site::{Column, Form};
    use kaowu::model::{DocumentKind, Sex, Subject};
    use kaowu::ops::*;
    let words = |table: &str, path: &str| -> Vec<&str> {
        let table = TABLES.iter().find(|t| t.name == table).unwrap();
        let column: &Column = table.columns.iter().find(|c| c.path == path).unwrap();
        match column.form {
            Form::Word(words) => words.to_vec(),
            other => panic!("{other:?}"),
        }
    };
    fn all<T: Copy>(list: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
        list.iter().copied().map(code).collect()
    }
    assert_eq!(words("applications", "document"), DocumentKind::ALL.map(DocumentKind::code));
    assert_eq!(words("applications", "sex"), [Sex::Male, Sex::Female].map(Sex::code));
    assert_eq!(words("applications", "state"), all(ApplicationState::ALL, ApplicationState::code));
    assert_eq!(words("marks", "subject"), Subject::ALL.map(Subject::code));
    assert_eq!(words("marks", "mark"), all(MarkKind::ALL, MarkKind::code));
    assert_eq!(
        words("attendance", "state"),
        all(kaowu::model::AttendanceState::ALL, kaowu::model::AttendanceState::code)
    );
    assert_eq!(words("entries", "state"), all(EntryState::ALL, EntryState::code));
    assert_eq!(words("panels", "state"), all(PanelState::ALL, PanelState::code));
    assert_eq!(words("certificates", "state"), all(CertificateState::ALL, CertificateState::code));
}
