use super::*;
use crate::policy::fault;
use crate::policy::notice::tests::{BASE, NMG_2023, nmg_2023, shipped};
use proptest::prelude::*;

/// The faults of the 2023 notice after one replacement, as text.
fn with(old: &str, new: &str) -> Vec<String> {
    assert!(NMG_2023.contains(old), "{old}");
    let text = NMG_2023.replacen(old, new, 1);
    let lookup = move |code: &str| if code == "nmg-2023" { Some(text.clone()) } else { shipped(code) };
    check("nmg-2023", &lookup).iter().map(ToString::to_string).collect()
}

fn line_of(text: &str, part: &str) -> usize {
    text.lines().position(|line| line.contains(part)).unwrap() + 1
}

#[test]
fn shipped_files_have_no_fault() {
    assert_eq!(check("nmg-2023", &shipped), []);
}

#[test]
fn a_pinned_text_reads_back_to_the_same_policy_and_digest() {
    let adopted = nmg_2023();
    let again = from_text(&adopted.text).unwrap();
    assert_eq!(again, adopted);
    assert_eq!(adopted.digest.len(), 64);
    assert!(!adopted.text.contains("inherits"));
}

#[test]
fn comments_and_order_do_not_change_the_digest() {
    let lookup = |code: &str| shipped(code).map(|text| format!("# a remark\n\n{text}"));
    assert_eq!(load("nmg-2023", &lookup).unwrap().digest, nmg_2023().digest);
}

#[test]
fn tables_merge_by_key_and_lists_are_replaced() {
    let lookup = |code: &str| {
        match code {
        "child" => Some(
            "inherits = \"nmg-2023\"\n[notice]\ncode = \"child\"\n[gates]\nlate_limit_min = 30\n[stamps]\nchain = [\"issuer\"]\n"
                .to_owned(),
        ),
        code => shipped(code),
    }
    };
    let (child, parent) = (load("child", &lookup).unwrap().policy, nmg_2023().policy);
    assert_eq!(child.gates.late_limit_min, 30);
    assert_eq!(child.gates.opens_before_min, parent.gates.opens_before_min);
    assert_eq!(child.stamps.chain.len(), 1);
    assert_eq!(child.notice.issuer, parent.notice.issuer);
}

#[test]
fn syntax_is_told_with_its_line() {
    let line = line_of(NMG_2023, "year = 2023");
    let faults = with("year = 2023", "year = = 2023");
    assert!(faults[0].starts_with(&format!("nmg-2023:{line}:8  syntax")), "{faults:?}");
}

#[test]
fn unknown_fields_are_told_with_their_line() {
    let line = line_of(NMG_2023, "year = 2023");
    let faults = with("year = 2023", "yaer = 1\nyear = 2023");
    assert_eq!(faults.len(), 1);
    assert!(faults[0].starts_with(&format!("nmg-2023:{line}:1 notice.yaer unknown_field name=yaer")), "{faults:?}");
    let faults = with("[photo]", "[photos]\nx = 1\n\n[photo]");
    assert!(faults[0].contains(" photos unknown_field name=photos"), "{faults:?}");
}

#[test]
fn a_wrong_type_is_told_with_its_line() {
    let line = line_of(NMG_2023, "kind = \"transfer\"") + 3;
    let faults = with("same_level = true", "same_level = \"yes\"");
    assert_eq!(faults, [format!("nmg-2023:{line}:1 routes[2].same_level wrong_type expected=policy_type.boolean")]);
    let faults = with("levels = [5, 4, 3, 2] # S1-09", "levels = [5, 9] # S1-09");
    assert!(faults[0].contains(" routes[2].levels wrong_type expected=policy_type.level"), "{faults:?}");
    let faults = with("date = 2023-08-29", "date = \"2023-08-29\"");
    assert!(faults[0].contains(" notice.date wrong_type expected=policy_type.date"), "{faults:?}");
    let faults = with("year = 2023", "year = \"x\"");
    assert!(faults[0].contains(" notice.year wrong_type expected=policy_type.integer"), "{faults:?}");
    let faults = with("theory = 60", "theory = 59.5");
    assert!(faults[0].contains(" passing.theory wrong_type expected=policy_type.points"), "{faults:?}");
}

#[test]
fn an_unknown_choice_lists_the_choices() {
    let faults = with("practical = \"paper\"", "practical = \"papper\"");
    assert!(
        faults[0].ends_with(
            "subjects.practical unknown_choice value=papper choices=paper, hands_on, by_occupation, external"
        ),
        "{faults:?}"
    );
}

#[test]
fn every_fault_is_found_in_one_pass() {
    let text = NMG_2023
        .replace("issuer = \"内蒙古职业培训与就业促进会\" # S1-01", "")
        .replace("individual_registration = true", "individual_registration = 3")
        .replace("review = \"materials\"", "review = \"stars\"")
        .replace("end = 2023-09-19", "ende = 2023-09-19");
    let lookup = move |code: &str| if code == "nmg-2023" { Some(text.clone()) } else { shipped(code) };
    let mut found: Vec<_> =
        check("nmg-2023", &lookup).iter().map(|f| format!("{} {}", f.field, f.problem.code)).collect();
    found.sort();
    let expected = [
        "applicants.individual_registration wrong_type",
        "notice.issuer missing_field",
        "subjects.review unknown_choice",
        "windows.registration[0].end missing_field",
        "windows.registration[0].ende unknown_field",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_fault_in_an_inherited_file_names_that_file() {
    let lookup = |code: &str| match code {
        "base" => Some(BASE.replace("rows = 6", "rows = 0")),
        code => shipped(code),
    };
    let fault = load("nmg-2023", &lookup).unwrap_err();
    assert_eq!((fault.file.as_str(), fault.line), ("base", line_of(BASE, "rows = 6")));
    assert_eq!((fault.field.as_str(), fault.problem.code), ("seating.rows", fault::OUT_OF_RANGE));
}

#[test]
fn values_must_make_sense_together() {
    for (old, new, field, code) in [
        ("end = 2023-09-27", "end = 2023-09-24", "windows.payment[0].end", fault::END_BEFORE_START),
        ("end = 2023-10-15T10:00:00", "end = 2023-10-15T08:30:00", "sessions[0].end", fault::END_BEFORE_START),
        ("start = 2023-10-15T10:30:00", "start = 2023-10-15T09:59:00", "sessions[1].start", fault::OVERLAPPING),
        ("start = 2023-10-15T10:30:00", "start = 2023-10-16", "sessions[1].start", fault::TIME_MISSING),
        ("code = \"practical-1\"", "code = \"theory-1\"", "sessions[1].code", fault::TWICE),
        ("[panel]", "[panel]\nmin_members = 4", "panel.min_members", fault::EVEN_PANEL),
        ("review = 60", "review = 101", "passing.review", fault::OUT_OF_RANGE),
        ("[photo]", "[ticket]\ntemplate = \"{hall:2}\"\n[photo]", "ticket.template", fault::PLACEHOLDER),
        ("[photo]", "[marking]\nstep = 30\n[photo]", "marking.step", fault::BAD_STEP),
        (
            "[photo]",
            "[marking]\nentries = 1\nmarkers = { tolerance = 5 }\n[photo]",
            "marking.entries",
            fault::MARKERS_ENTRIES,
        ),
        (
            "[photo]",
            "[marking]\nmarkers = { tolerance = 101 }\n[photo]",
            "marking.markers.tolerance",
            fault::OUT_OF_RANGE,
        ),
        ("[photo]", "[seating]\nmax_per_room = 31\n[photo]", "seating.max_per_room", fault::TOO_MANY_SEATS),
        ("before_first_exam = 5", "before_first_exam = 5\nafter_last_exam = 1", "deadlines[1]", fault::ONE_DUE),
        ("direct_to = \"hohhot\"", "direct_to = \"x\"", "units.direct_to", fault::UNKNOWN_UNIT),
        ("levels = [2, 1], parts", "levels = [3, 1], parts", "subjects.required[1].levels", fault::TWICE),
        ("code = \"nmg-2023\"", "code = \"nmg-2022\"", "notice.code", fault::OTHER_CODE),
        (
            "[photo]",
            "[gates]\nearliest_leave_min = 14\n[photo]",
            "gates.earliest_leave_min",
            fault::LEAVES_BEFORE_LIMIT,
        ),
        ("{name}-{identity}", "{name}-{id}", "photo.file_name", fault::PHOTO_PLACEHOLDER),
        (
            "levels = [2, 1], parts = [\"theory\", \"practical\", \"review\"]",
            "levels = [2, 1], parts = []",
            "subjects.required[1].parts",
            fault::EMPTY,
        ),
        ("format = 1", "format = 2", "format", fault::OTHER_FORMAT),
    ] {
        let faults = with(old, new);
        assert!(faults.iter().any(|f| f.contains(&format!(" {field} {code}"))), "{old} -> {new}: {faults:?}");
    }
}

/// What the other notices do differently has a field each; none of it needs code.
#[test]
fn differences_between_notices_are_data() {
    let text = r#"
        inherits = "nmg-2023"
        [notice]
        code = "other"
        [windows]
        registration = [ # S0-28: hours; S2: half-yearly
          { start = 2024-07-31T08:00:00, end = 2024-08-25T18:00:00 },
          { start = 2024-11-01, end = 2024-11-30 },
        ]
        payment = [{ start = 2024-09-02T08:00:00, end = 2024-09-04T18:00:00 }] # S0-31
        ticket_printing = [{ start = 2024-09-14, end = 2024-09-20 }] # S0-37
        [applicants]
        individual_registration = false # S2
        [[routes]]
        kind = "transfer"
        until = 2024-12-31 # S0-13
        [stamps]
        chain = ["employer", "department", "county", "prefecture", "region"] # S2
        [subjects]
        practical = "by_occupation" # S0-24
        part_valid_months = 12
        [[sessions]]
        code = "practical-paper"
        subject = "practical"
        start = 2024-09-21T10:30:00
        end = 2024-09-21T15:00:00
        mode = "paper"
        [[sessions]]
        code = "practical-hands"
        subject = "practical"
        start = 2024-09-21T14:00:00 # S0-36: no end
        mode = "hands_on"
        [[sanctions]]
        act = "false_materials"
        effects = ["criticism", "lose_exam"] # S2
        barred_years = 3
        [publicity]
        of = "applicants" # S2
        window = { start = 2024-10-02, end = 2024-10-06 } # S0-38
        [passing]
        theory = "59.5"
        [certificate]
        organisation_class = "Y" # S3
    "#;
    let lookup = |code: &str| if code == "other" { Some(text.to_owned()) } else { shipped(code) };
    assert_eq!(check("other", &lookup), []);
}

#[test]
fn inheriting_stops_at_a_hole_or_a_loop() {
    let fault = load("nowhere", &|_| None).unwrap_err();
    assert_eq!((fault.problem.code, fault.line), (fault::NOT_FOUND, 0));
    let ring = |code: &str| Some(format!("inherits = \"{}\"\n", if code == "a" { "b" } else { "a" }));
    let fault = load("a", &ring).unwrap_err();
    assert_eq!((fault.file.as_str(), fault.problem.code), ("b", fault::INHERITS_LOOP));
    let orphan = |code: &str| (code == "a").then(|| "\ninherits = \"gone\"\n".to_owned());
    let fault = load("a", &orphan).unwrap_err();
    assert_eq!((fault.line, fault.problem.code), (2, fault::NOT_FOUND));
    let odd = |_: &str| Some("inherits = 3".to_owned());
    assert_eq!(load("a", &odd).unwrap_err().problem.code, fault::WRONG_TYPE);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_panics_and_every_damage_is_an_answer(at in 0usize..9000, cut in 0usize..40, put in "[\\[\\]{}=\"0-9a-z\\n准-]{0,4}") {
        let chars: Vec<char> = NMG_2023.chars().collect();
        let at = at.min(chars.len());
        let end = (at + cut).min(chars.len());
        let text: String = chars[..at].iter().copied().chain(put.chars()).chain(chars[end..].iter().copied()).collect();
        let lookup = move |code: &str| if code == "nmg-2023" { Some(text.clone()) } else { shipped(code) };
        let faults = check("nmg-2023", &lookup);
        prop_assert_eq!(faults.is_empty(), load("nmg-2023", &lookup).is_ok());
    }
}

/// A batch outlives the version of the program that opened it.
#[test]
fn a_pinned_text_without_newer_fields_is_still_read_and_what_it_says_stands() {
    let adopted = load("nmg-2023", &shipped).unwrap();
    let mut table: toml::Table = toml::from_str(&adopted.text).unwrap();
    for newer in ["terms", "forms", "pledge", "reviews"] {
        assert!(table.remove(newer).is_some(), "{newer}");
    }
    table["passing"].as_table_mut().unwrap().insert("theory".into(), 70.into());
    let text = toml::to_string(&table).unwrap();
    assert!(from_text(&text).is_err(), "the test removes what is needed");
    let policy = from_pinned("nmg-2023", &text, &shipped).unwrap();
    assert_eq!(policy.forms.application, "application-nmg");
    assert_eq!(policy.passing.of(crate::model::Subject::Theory), crate::model::Points::whole(70));
    let whole = from_pinned("nmg-2023", &adopted.text, &shipped).unwrap();
    assert_eq!(whole, adopted.policy, "nothing is added to a text that has everything");
}
