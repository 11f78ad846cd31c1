//! Rule files: what is shipped loads clean, and each fault of a bad one is named with its line and field.
use super::*;

#[test]
fn every_shipped_set_loads_without_a_word() {
    for code in ["gb-2023", "gb-2018", "xinjiang-2022", "zwfw-2024"] {
        assert_eq!(check(code, &shipped), [], "{code}");
    }
    assert_eq!(rules("gb-2023").branches.values().filter(|b| b.routes.is_empty()).count(), 19);
    assert_eq!(load("gb-2023", &shipped).unwrap().digest.len(), 64);
    assert_ne!(load("gb-2023", &shipped).unwrap().digest, load("gb-2018", &shipped).unwrap().digest);
}

fn faults(text: &str) -> Vec<String> {
    let lookup = |code: &str| if code == "mine" { Some(text.to_owned()) } else { shipped(code) };
    check("mine", &lookup).iter().map(ToString::to_string).collect()
}

const HEAD: &str = "format = 1\ncode = \"mine\"\nbasis = \"b\"\ntitle = { zh-CN = \"t\", en = \"t\" }\n";

#[test]
fn a_fault_is_named_with_line_and_field() {
    let branch = "[branches.a]\nclause = \"c\"\nwords = { zh-CN = \"w\", en = \"w\" }\n";
    let of = |rest: &str| faults(&format!("{HEAD}{branch}{rest}"));
    assert_eq!(of("all = [{ years = 5 }]"), [""; 0]);
    let one = of("all = [{ yeers = 5 }]");
    assert_eq!(one.len(), 1, "{one:?}");
    assert!(one[0].starts_with("mine:8:") && one[0].contains("unknown_choice value=yeers"), "{one:?}");
    assert_eq!(of("all = []"), ["mine:8:1 branches.a.all empty"]);
    assert_eq!(of("all = [{ years = 0 }]"), ["mine:8:8 branches.a.all[0] out_of_range lowest=1 highest=60"]);
    assert_eq!(of("all = [\"old_certificate\"]"), ["mine:8:8 branches.a.all[0] misplaced route=route.transfer"]);
    let skips = of("levels = [3]\nall = [{ certificate = { level = 5 } }]");
    assert_eq!(skips, ["mine:9:1 branches.a.all skips_level"]);
    let other = branch.replace("[branches.a]", "[branches.b]");
    let bad = "all = [{ education = { classes = [\"kindergarten\"] } }]";
    let two = of(&format!("{bad}\n{other}levels = [9]\nall = [\"works\"]"));
    assert_eq!(two.len(), 2, "{two:?}");
    assert!(two.iter().any(|f| f.starts_with("mine:8:") && f.contains("value=kindergarten")), "{two:?}");
    assert!(two.iter().any(|f| f.starts_with("mine:12:") && f.contains("policy_type.level")), "{two:?}");
    let class = of("all = [{ education = { classes = [\"kindergarten\"] } }]");
    assert!(class.iter().any(|f| f.starts_with("mine:8:") && f.contains("value=kindergarten")), "{class:?}");
    let spelled = of("clauze = \"d\"\nall = [{ years = 5 }]");
    assert!(spelled[0].starts_with("mine:8:1 branches.a.clauze unknown_field"), "{spelled:?}");
}

#[test]
fn a_site_may_inherit_a_set_and_change_one_branch() {
    let text = "format = 1\ninherits = \"gb-2018\"\ncode = \"mine\"\n[branches.2018-4-2]\nall = [{ years = 7 }]\n";
    let lookup = |code: &str| if code == "mine" { Some(text.to_owned()) } else { shipped(code) };
    let rules = load("mine", &lookup).unwrap().rules;
    let judge = Judge::new(&rules, &open_routes());
    edge(&judge, "2018-4-2", 4, &[work("2016-09-20")], 0);
    assert_eq!(faults("format = 1\ninherits = \"nothing\"\n"), ["mine:2:1 inherits not_found name=nothing"]);
}
