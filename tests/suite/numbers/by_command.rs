//! `kaowu certificate import-numbers`, `segment`, `face`.
use super::world::*;
use crate::harness::Shell;

fn home() -> Shell {
    Shell::of(&released(5).site)
}

#[test]
fn the_commands_take_a_list_over_and_show_the_face() {
    let shell = home();
    let people = people(&released(5), 5);
    let mut rows: Vec<_> = (1..).zip(&people[..3]).map(|(n, p)| row(p, &number_for(p, n))).collect();
    rows.push(format!("王冒名,{},{},2023-10-15", people[3].id_number, number_for(&people[3], 9)));
    let path = list(&shell.home(), &rows);
    let path = path.display();
    let json = |args: &str, status: i32| {
        let answer = shell.run(&format!("--as coordinator --json {args}"));
        assert_eq!(answer.status, status, "{}{}", answer.out, answer.err);
        answer.json()
    };
    let tried = json(&format!("certificate import-numbers {path} --dry-run"), 3);
    assert_eq!((tried["stored"].as_i64(), tried["operation"].as_i64()), (Some(3), None));
    assert_eq!(json("certificate register", 0).as_array().unwrap().len(), 0);
    let done = json(&format!("certificate import-numbers {path} --document 就促会〔2023〕7号"), 3);
    assert_eq!((done["counts"]["matched"].as_i64(), done["counts"]["name_differs"].as_i64()), (Some(3), Some(1)));
    assert_eq!(done["rows"][3]["because"], "number_sheet.other_name");
    assert!(!done.to_string().contains(&people[0].id_number), "identity numbers are masked");
    let number = number_for(&people[0], 1);
    let face = json(&format!("certificate face {number}"), 0);
    assert_eq!(
        (face["certificate"]["source"].as_str(), face["qr"].as_str()),
        (Some("imported"), Some(number.as_str()))
    );
    let shown = shell.run(&format!("certificate face {number}")).done().out;
    assert!(shown.contains("材料中没有照片") && shown.contains("--"), "{shown}");
    shell.run(&format!("--as coordinator print certificate-face --application {}", people[0].id)).done();
    shell.run("--as coordinator print certificate-calibration").done();
}

#[test]
fn the_commands_grant_list_and_drop_segments() {
    let shell = home();
    let none = shell.run("certificate segment list").done();
    assert!(format!("{}{}", none.out, none.err).contains("没有登记号段"));
    let grant = |args: &str| shell.run(&format!("--as coordinator certificate segment grant {args}"));
    assert_eq!(grant("soon --document x").status, 1);
    assert_eq!(grant("1-500 --document 就促会〔2023〕5号").status, 0);
    assert_eq!(grant("500-600 --site 02 --document x").status, 1, "overlaps");
    assert_eq!(grant("501-600 --site 02 --year 2024 --document x").status, 0);
    let all = shell.run("certificate segment list --json").done().json();
    assert_eq!((all[0]["own"].as_bool(), all[1]["year"].as_i64()), (Some(true), Some(24)));
    shell.run("--as coordinator certificate segment drop 2").done();
    shell.run("--as coordinator certificate number --date 2023-10-15").done();
    assert_eq!(shell.run("--as coordinator certificate segment drop 1").status, 1);
}
