//! F14: a file for people calculates nothing; a bundle for machines is never altered.
use super::world::World;
use kaowu::model::Role;
use kaowu::ops::demo::Stage;
use kaowu::ops::exchange::lists::{Identity, LISTS, Manner, Style};
use kaowu::ops::exchange::site;
use std::io::Cursor;

/// What a spreadsheet might take for a formula, after signs that it passes over.
fn formulas() -> Vec<String> {
    let signs = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−"];
    let plain = signs.map(|sign| format!("{sign}cmd|'/c calc'!A0"));
    let behind = ["\t", "\r", "\0", " ", "\u{200b}", "\u{feff}", "\r\n"].map(|first| format!("{first}=1+1;"));
    plain.into_iter().chain(behind).collect()
}

/// Whether a spreadsheet that opens the file would calculate this cell.
fn calculates(cell: &str) -> bool {
    let text = cell.trim_start_matches([' ', '\t', '\r', '\n', '\0', '\u{200b}', '\u{feff}']);
    let digits = text.strip_prefix("=\"").and_then(|t| t.strip_suffix('"'));
    let harmless = text.parse::<f64>().is_ok()
        || text.chars().all(|c| c == '-')
        || digits.is_some_and(|d| d.chars().all(|c| c.is_ascii_alphanumeric()));
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '−', '\t', '\r', '\0'])
        && !harmless
}

#[test]
fn no_cell_of_a_list_calculates() {
    let world = World::poisoned(Stage::Certified, &formulas(), true);
    let site = world.site(Role::Coordinator);
    let words = |key: &str| key.to_owned();
    let mut guarded = 0;
    for list in LISTS {
        let manner = Manner { style: Style::People, identity: Identity::Masked, words: &words };
        let Ok((bytes, _)) = list.write(&site, &manner, Vec::new()) else { continue };
        let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(Cursor::new(bytes));
        for row in rows.records() {
            for cell in &row.unwrap() {
                assert!(!calculates(cell), "{}: {cell:?}", list.what);
                guarded += usize::from(cell.starts_with('\''));
            }
        }
    }
    assert!(guarded > 50, "{guarded}");
}

/// Out, and held against the site it came from: not one byte of a text differs.
#[test]
fn a_bundle_is_never_altered() {
    let plain: Vec<_> = formulas().into_iter().filter(|f| !kaowu::model::clean::is_hiding(f)).collect();
    let world = World::poisoned(Stage::Exam, &plain, true);
    let site = world.site(Role::Coordinator);
    let target = world.home.path().join("bundle");
    site::prepare(&site, &target).unwrap().finish(&target).unwrap();
    let text = std::fs::read_to_string(target.join("applications.csv")).unwrap();
    for sign in ["=cmd", "＝cmd", "@cmd", "-cmd", " =1+1", "﹦cmd"] {
        assert!(text.contains(&format!(",{sign}")) || text.contains(&format!(",\"{sign}")), "{sign}");
    }
    assert!(!text.contains("'=cmd"));
    let account = site::compare(&site, &site::open(&target).unwrap()).unwrap();
    assert!(account.conflicts.is_empty() && account.read == account.unchanged, "{account:?}");
}
