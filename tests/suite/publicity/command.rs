//! `kaowu result`: publish, finalise, withdraw, public, query, object, recheck, decide, objections.
use crate::harness::Shell;

fn shell() -> (Shell, Vec<String>) {
    let (mut shell, tickets) = Shell::seated(3);
    shell.at("18:00");
    (shell, tickets)
}

#[test]
fn check_lists_what_stands_in_the_way_and_says_so_by_its_status() {
    let (shell, _) = shell();
    let check = shell.run("result publish --check");
    assert_eq!(check.status, 1);
    assert!(check.out.contains("kaowu result compute") && check.out.contains("kaowu mark lock"), "{}", check.out);
    let found = shell.run("result publish --check --json").json();
    assert_eq!(found["stops"][0]["code"], "release.not_computed");
    let told = ["stops", "warnings"].map(|part| found[part].as_array().unwrap().len());
    assert!(told[0] > 1, "{found}");
    assert_eq!(check.out.lines().count(), told[0] + told[1], "a line each: {}", check.out);
    let refused = shell.run("result publish --place 公告栏");
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains("须先办"), "{}", refused.err);
    assert_eq!(shell.run("result finalise --check").status, 1);
    assert_eq!(shell.run("result withdraw --reason x").status, 1);
    assert_eq!(shell.run("result public").status, 1);
}

#[test]
fn the_counter_asks_and_the_public_list_is_printed_without_numbers() {
    let (shell, tickets) = shell();
    shell.release();
    let public = shell.run("result public").done().out;
    assert_eq!(public.lines().count(), 4, "{public}");
    let one = shell.run(&format!("application show {} --json", tickets[0]));
    let name = shell.run("result list --json").done().json()[0]["name"].as_str().unwrap().to_owned();
    assert!(public.contains(&name), "{public} {}", one.err);
    let miss = shell.run(&format!("result query {name} 150699199001010017"));
    assert_eq!((miss.status, miss.out.trim()), (1, ""), "{}", miss.out);
    let log = shell.run("log --kind publicity.query --json").done().json();
    assert_eq!(log.as_array().unwrap().len(), 1);
    let releases = shell.run("result releases --json").done().json();
    assert_eq!((releases[0]["number"].as_i64(), releases[0]["state"].as_str()), (Some(1), Some("final")));
    let counts = shell.run("result public --counts --json").done().json();
    let people: i64 = counts.as_array().unwrap().iter().map(|c| c["people"].as_i64().unwrap()).sum();
    assert_eq!(people, 3);
}

#[test]
fn a_recheck_is_taken_down_listed_and_decided_by_somebody_else() {
    let (shell, tickets) = shell();
    shell.release();
    let ticket = &tickets[0];
    let args = ["result", "recheck", ticket, "--subject", "theory", "--scope", "addition", "--matter", "请查合分"];
    let taken = shell.run_args(&[&args[..], &["--contact", "15400000000", "--json"]].concat(), "").done().json();
    assert_eq!(taken["objection"]["number"], 1);
    let all = shell.run("result objections").done().out;
    assert!(all.contains("复核") && all.contains("待办"), "{all}");
    let one = shell.run("result objections 1").done().out;
    assert!(one.contains("合分") && one.contains("15400000000"), "{one}");
    let own = shell.run("result decide 1 --unfounded --finding 无误");
    assert_eq!(own.status, 1);
    assert!(own.err.contains("换另一人"), "{}", own.err);
    assert_eq!(shell.run("result decide 1 --finding 无误").status, 1);
    shell.run("operator add another --role coordinator").done();
    shell.run("result decide 1 --unfounded --finding 无误 --as another").done();
    let list = shell.run("export objections --json");
    assert_eq!(list.status, 0, "{}", list.err);
}
