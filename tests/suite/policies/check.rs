//! `kaowu policy check`: every kind of fault is named with its line and field, wherever the file is.
use super::text;
use crate::harness::Shell;
use kaowu::config::Assets;
use kaowu::ops::policies::{available, check_file, find, read_file};
use kaowu::text::{Lang, Locale};

/// The faults of a notice after one replacement, as `line field code`.
fn faults(code: &str, old: &str, new: &str) -> (Vec<String>, String) {
    let folder = tempfile::tempdir().unwrap();
    let source = text(code);
    assert!(source.contains(old), "{code} has no {old}");
    let spoiled = source.replacen(old, new, 1);
    let file = folder.path().join(format!("{code}.toml"));
    std::fs::write(&file, &spoiled).unwrap();
    let (_, faults) = check_file(&Assets::default(), &file).unwrap();
    (faults.iter().map(|f| format!("{} {} {}", f.line, f.field, f.problem.code)).collect(), spoiled)
}

/// Line of the first place where this stands.
fn line(text: &str, part: &str) -> usize {
    text.lines().position(|l| l.contains(part)).unwrap_or_else(|| panic!("{part}")) + 1
}

#[test]
fn every_shipped_notice_is_clean() {
    let assets = Assets::default();
    let listed = available(None, &assets).unwrap();
    let codes: Vec<_> = listed.iter().map(|l| (l.code.as_str(), l.faults)).collect();
    assert_eq!(
        codes,
        [
            ("nmg-2023", 0),
            ("nmg-enterprise-2019", 0),
            ("wushen-2024", 0),
            ("wushen-zwfw-2024", 0),
            ("xinjiang-2022", 0)
        ]
    );
    for (code, _) in codes {
        let adopted = find(None, &assets, code).unwrap();
        assert_eq!(kaowu::policy::from_text(&adopted.text).unwrap(), adopted, "{code}");
    }
}

/// What is replaced, by what, where it stands then (empty: not looked at), the field, the fault.
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip] // one case, one line
const WUSHEN: &[Case] = &[
    ("year = 2024 ", "year = 2044 ", "year = 2044", "notice.year", "out_of_range"),
    ("\"150626\"] # S0-03", "\"1506261\"] # S0-03", "regions", "applicants.regions[0]", "region_prefix"),
    ("catalogue = \"occ", "catalogue = \"xx", "catalogue =", "occupations.catalogue", "unknown_catalogue"),
    ("standards_url = \"http://", "standards_url = \"", "standards_url", "occupations.standards_url", "address"),
    ("query_url = \"http://jndj", "query_url = \"http://jn dj", "query_url", "certificate.query_url", "address"),
    ("start = 2024-09-02T08:00:00, end = 2024-09-04", "start = 2023-09-02, end = 2023-09-04", "payment =", "windows.payment[0].end", "before_registration"),
    ("end = 2024-08-25T18:00:00 }]", "end = 2024-08-25 }, { start = 2024-08-25, end = 2024-09-01 }]", "registration =", "windows.registration[1].start", "periods_overlap"),
    ("formats = [\"jpeg\", \"jpg\"]", "formats = [\".JPG\"]", "formats = [\".JPG\"]", "photo.formats[0]", "file_format"),
    ("pixels = { width = 295", "pixels = { width = 2", "pixels =", "photo.pixels.width", "out_of_range"),
    ("copies = 2", "copies = 0", "copies = 0", "materials[0].copies", "out_of_range"),
    ("min_characters = 3000", "min_characters = 0", "min_characters = 0", "materials[12].min_characters", "out_of_range"),
    ("kind = \"transfer\"", "kind = \"first\"", "", "routes[2].kind", "twice"),
    ("{ step = \"first\", by = \"county\" }", "{ step = \"second\", by = \"county\" }", "", "reviews.steps[1].step", "twice"),
    ("address = \"乌审旗零工市场综合服务大厅\"", "phones = [\"15412345678\"]", "phones =", "contact.phones[0]", "personal_number"),
    ("number = 2,", "number = 1,", "", "annexes[1].number", "twice"),
];

#[rustfmt::skip] // one case, one line
const NMG: &[Case] = &[
    ("phone = \"0471-5181385\"", "phone = \"15412345678\"", "15412345678", "organisations[0].phone", "personal_number"),
    ("unit = \"baotou\", name = \"包头市人力", "unit = \"x\", name = \"包头市人力", "unit = \"x\"", "organisations[1].unit", "unknown_unit"),
    ("{ rank = \"senior\", level = 1 }", "{ rank = \"senior\", level = 5 }", "", "routes[3].titles[2].level", "level_not_held"),
    ("may_apply = [3]", "may_apply = [1]", "", "routes[4].treatments[1].may_apply", "level_not_held"),
    ("month = 10, part", "month = 13, part", "planned =", "notice.planned.month", "out_of_range"),
    ("code = \"eligible\"", "code = \"rules\"", "", "pledge.lines[1].code", "twice"),
];

#[rustfmt::skip] // one case, one line
const XINJIANG: &[Case] = &[
    ("\"held_level\", \"level\"]", "\"id_number\", \"level\"]", "columns =", "reviews.list.columns[4]", "list_column"),
    ("signers = 2", "signers = 3", "signers =", "stamps.signers", "out_of_range"),
    ("months_before_first_exam = 1", "due = 2022-01-01\nbefore_first_exam = 1", "", "deadlines[0]", "one_due"),
    ("barred_years = 3", "barred_years = 0", "barred_years", "sanctions[0].barred_years", "out_of_range"),
    ("levels = [2, 1] # S2-06", "levels = [3, 2, 1] # S2-06", "", "authorities[2]", "twice"),
    ("{ step = \"first\", by = \"department\" }, # S2-16, S2-18\n  { step = \"second\"", "{ step = \"second\"", "", "reviews.steps[0].step", "steps_order"),
];

#[rustfmt::skip] // one case, one line
const ENTERPRISE: &[Case] = &[
    ("\"家畜繁殖员\"", "\"焊工\"", "excluded =", "occupations.excluded[1]", "twice"),
    ("about = 10 # S3-15", "percent = 200", "percent =", "targets[0].percent", "out_of_range"),
    ("about = 10 # S3-15", "# nothing", "", "targets[0]", "one_target"),
    ("effects = [\"inquiry\"]", "effects = []", "effects =", "sanctions[0].effects", "empty"),
];

#[rustfmt::skip] // one case, one line
const ZWFW: &[Case] = &[
    ("one_of = \"education\" # S4-19\non", "on", "", "materials[4].one_of", "alone"),
    ("{name}_{identity}\" # S4-24", "{name}\" # S4-24", "candidate_folder", "group_registration.candidate_folder", "no_identity"),
    ("below_bytes = 20480", "below_bytes = 20", "below_bytes", "photo.below_bytes", "out_of_range"),
    ("{ level = 4, amount", "{ level = 5, amount", "", "subsidy.caps[1].level", "twice"),
    ("amount = 100000", "amount = 0", "amount = 0", "subsidy.caps[0].amount", "out_of_range"),
    ("levels = [5, 4, 3], parts", "levels = [5, 4, 4], parts", "", "subjects.required[0].levels", "twice"),
];

/// One fault of each kind, in the file where it would be written.
#[test]
fn each_kind_of_fault_is_named_with_line_and_field() {
    let notices = [
        ("wushen-2024", WUSHEN),
        ("nmg-2023", NMG),
        ("xinjiang-2022", XINJIANG),
        ("nmg-enterprise-2019", ENTERPRISE),
        ("wushen-zwfw-2024", ZWFW),
    ];
    for (code, (old, new, place, field, fault)) in
        notices.into_iter().flat_map(|(code, cases)| cases.iter().map(move |case| (code, *case)))
    {
        let (found, spoiled) = faults(code, old, new);
        let wanted = format!(" {field} {fault}");
        let hit = found.iter().find(|f| f.ends_with(&wanted)).unwrap_or_else(|| panic!("{code} {new}: {found:?}"));
        if !place.is_empty() {
            assert_eq!(hit, &format!("{}{wanted}", line(&spoiled, place)), "{code} {new}");
        }
    }
}

#[test]
fn fees_and_rule_sets_are_checked_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.toml");
    let text = "inherits = \"nmg-2023\"\n[notice]\ncode = \"own\"\n[[fees]]\ncode = \"theory\"\namount = -1\n";
    std::fs::write(&file, text).unwrap();
    let (code, found) = check_file(&Assets::default(), &file).unwrap();
    assert_eq!((code.as_str(), found.len(), found[0].line, found[0].field.as_str()), ("own", 1, 6, "fees[0].amount"));
    // Once there are files of rules, a name that is none of them is a fault.
    let data = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(data.path().join("rules")).unwrap();
    std::fs::write(data.path().join("rules/gb-2018.toml"), "").unwrap();
    std::fs::write(
        &file,
        "inherits = \"nmg-2023\"\n[notice]\ncode = \"own\"\n[occupations]\nconditions = \"gb-1018\"\n",
    )
    .unwrap();
    let (_, found) = check_file(&Assets::new(Some(data.path().to_owned())), &file).unwrap();
    let found: Vec<_> = found.iter().map(|f| format!("{} {} {}", f.line, f.field, f.problem.code)).collect();
    assert_eq!(found, ["5 occupations.conditions unknown_rules"]);
}

/// A file in any folder inherits from its neighbours, and they from what comes with the program.
#[test]
fn a_file_outside_the_site_inherits_from_its_neighbour_and_from_the_base() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("parent.toml"), text("nmg-2023").replace("\"nmg-2023\"", "\"parent\"")).unwrap();
    std::fs::write(
        at("child.toml"),
        "inherits = \"parent\"\n[notice]\ncode = \"child\"\n[gates]\nlate_limit_min = 20\n",
    )
    .unwrap();
    let child = read_file(&Assets::default(), &at("child.toml")).unwrap().policy;
    assert_eq!((child.gates.late_limit_min, child.seating.rows, child.units.list.len()), (20, 6, 13));
    // A fault of the parent is told in the parent's file.
    let spoiled = std::fs::read_to_string(at("parent.toml")).unwrap().replace("theory = 60", "theory = 160");
    std::fs::write(at("parent.toml"), spoiled).unwrap();
    let (_, found) = check_file(&Assets::default(), &at("child.toml")).unwrap();
    assert_eq!((found[0].file.as_str(), found[0].field.as_str()), ("parent", "passing.theory"));
}

/// Bytes that are no text, an empty file, no file, a folder: an answer each, never a panic.
#[test]
fn files_that_are_no_policies() {
    let shell = Shell::new();
    std::fs::write(shell.path("bytes.toml"), [0xff, 0xfe, 0x00, 0x31]).unwrap();
    std::fs::write(shell.path("empty.toml"), "").unwrap();
    std::fs::write(shell.path("gb.toml"), b"inherits = \"base\"\n[notice]\ntitle = \"\xbc\xbc\xc4\xdc\"\n").unwrap();
    for name in ["bytes.toml", "empty.toml", "gb.toml"] {
        let answer = shell.run(&format!("policy check {name} --json"));
        assert_eq!(answer.status, 4, "{name}: {}{}", answer.out, answer.err);
        assert!(!answer.json()["faults"].as_array().unwrap().is_empty(), "{name}");
    }
    assert_eq!(shell.run("policy check nowhere.toml").status, 5);
    std::fs::create_dir(shell.path("folder.toml")).unwrap();
    assert_eq!(shell.run("policy check folder.toml").status, 5);
}

/// A file with a byte-order mark is read; a fault is worded in both languages with line, column and field.
#[test]
fn the_command_words_a_fault_with_its_place() {
    let shell = Shell::new();
    let spoiled = format!("\u{FEFF}{}", text("wushen-2024").replacen("signed = true", "signed = \"ja\"", 1));
    std::fs::write(shell.path("wushen-2024.toml"), &spoiled).unwrap();
    let at = line(&spoiled, "signed = \"ja\"");
    let answer = shell.run("policy check wushen-2024.toml");
    assert_eq!(answer.status, 4);
    assert!(answer.out.contains(&format!("wushen-2024:{at}:1 materials[4].signed: ")), "{}", answer.out);
    assert!(shell.run("policy check wushen-2024.toml --lang en").out.contains("true or false"));
}

/// Every material and deadline that a notice names has words in both languages.
#[test]
fn what_the_notices_name_has_words() {
    let assets = Assets::default();
    for lang in Lang::ALL {
        let (locale, _) = Locale::load(&assets, lang);
        for listed in available(None, &assets).unwrap() {
            let policy = find(None, &assets, &listed.code).unwrap().policy;
            let materials = policy.materials.iter().map(|m| format!("material.{}", m.code));
            let deadlines = policy.deadlines.iter().map(|d| format!("deadline.{}", d.code));
            let lacking: Vec<_> = materials.chain(deadlines).filter(|key| !locale.has(key)).collect();
            assert_eq!(lacking, Vec::<String>::new(), "{} {}", listed.code, lang.code());
        }
    }
}
