//! `kaowu incident` from end to end.
use crate::harness::Shell;

fn reported(shell: &Shell, ticket: &str, act: &str) -> i64 {
    let args = ["incident", "report", "--who", ticket, "--act", act, "--at", "09:05", "--facts", "翻看纸条"];
    let more = ["--invigilator", "张监考", "--invigilator", "李监考", "--signature", "gone", "--warned", "--json"];
    let all: Vec<_> = args.into_iter().chain(more).chain(["--as", "proctor"]).collect();
    shell.run_args(&all, "").done().json()["reported"]["number"].as_i64().unwrap()
}

#[test]
fn an_incident_goes_from_report_to_result_and_back() {
    let (mut shell, tickets) = Shell::seated(3);
    shell.run("operator add proctor --role proctor").done();
    shell.at("09:10");
    let number = reported(&shell, &tickets[0], "A2-3");
    assert!(shell.run("incident list").done().out.contains("待裁定"));
    let plan = shell.run(&format!("incident decide {number} --dry-run --json")).done().json();
    assert_eq!(plan["decided"]["outcome"], "subject_void");
    assert_eq!(plan["operation"], serde_json::Value::Null);
    let done = shell.run(&format!("incident decide {number} --json")).done();
    assert_eq!(done.json()["decided"]["parts"][0]["after"], "void");
    assert!(done.err.contains("成绩无效"), "{}", done.err);
    let all = shell.run("result list --json").done().json();
    let void = all.as_array().unwrap().iter().filter(|r| r["theory"] == "void").count();
    assert_eq!(void, 1);
    let shown = shell.run(&format!("incident show {number}")).done().out;
    for word in ["张监考", "李监考", "已离场", "翻看纸条", "A2-3", "已处理"] {
        assert!(shown.contains(word), "{word}: {shown}");
    }
    let no_reason = shell.run(&format!("incident lift {number}"));
    assert_eq!(no_reason.status, 1);
    assert!(no_reason.err.contains("--reason"), "{}", no_reason.err);
    shell.run(&format!("incident lift {number} --reason 证据不足")).done();
    assert_eq!(shell.run("incident list --undecided --json").done().json().as_array().unwrap().len(), 1);
    let both = shell.run(&format!("incident decide {number} --outcome warning --dismiss --reason x"));
    assert!(both.err.contains("--dismiss"), "{}", both.err);
    shell.run(&format!("incident decide {number} --dismiss --reason 误会")).done();
    let log = shell.run("log --json").done().out;
    for kind in ["conduct.report", "conduct.decide", "conduct.lift"] {
        assert!(log.contains(kind), "{kind}");
    }
}

#[test]
fn the_tables_are_shown_and_a_wrong_one_is_found_by_the_check() {
    let shell = Shell::with_batch();
    let shown = shell.run("incident acts").done().out;
    assert!(shown.contains("A1-1") && shown.contains("该科成绩无效"), "{shown}");
    let other = shell.run("incident acts --table professional --json").done().json();
    assert_eq!(other["acts"].as_array().unwrap().len(), 22);
    std::fs::write(
        shell.path("own.toml"),
        "inherits = \"nmg-2023\"\n[notice]\ncode = \"own\"\n[conduct]\nacts = \"nowhere\"\n",
    )
    .unwrap();
    let answer = shell.run("policy check own.toml --json");
    assert_eq!(answer.status, 4, "{}{}", answer.out, answer.err);
    assert_eq!(answer.json()["faults"][0]["problem"]["code"], "unknown_acts");
    std::fs::write(shell.path("table.toml"), "format = 1\ncode = \"table\"\n[[acts]]\ncode = \"1\"\n").unwrap();
    assert_eq!(shell.run("policy check table.toml").status, 4);
}

#[test]
fn wrong_words_are_told_with_the_right_ones() {
    let (shell, tickets) = Shell::seated(1);
    let args = ["incident", "report", "--who", &tickets[0], "--act", "A2-1", "--facts", "x", "--invigilator", "a"];
    let all: Vec<_> = args.into_iter().chain(["--signature", "maybe"]).collect();
    assert!(shell.run_args(&all, "").err.contains("signed refused gone"));
    let one = shell.run_args(&args, "");
    assert!(one.err.contains("监考员"), "{}", one.err);
    assert!(shell.run("incident decide 1 --outcome death").err.contains("subject_void"));
    assert!(shell.run("incident show 7").err.contains("kaowu incident list"));
}

/// The record is printed with everything it must have and room for every hand.
#[test]
fn the_record_of_an_incident_is_printed() {
    let (mut shell, tickets) = Shell::seated(3);
    shell.run("operator add proctor --role proctor").done();
    let empty = shell.run("print incident-record");
    assert_eq!(empty.status, 1, "{}", empty.err);
    shell.at("09:10");
    reported(&shell, &tickets[0], "A1-1");
    let number = reported(&shell, &tickets[1], "A2-3");
    shell.run(&format!("incident decide {number}")).done();
    let answer = shell.run("print incident-record --session theory-1 --json").done().json();
    assert_eq!(answer["people"], 2);
    let text = std::fs::read_to_string(answer["file"].as_str().unwrap()).unwrap();
    assert_eq!(text.matches("<section").count(), 2);
    for word in [
        &tickets[0],
        &tickets[1],
        "A1-1",
        "张监考",
        "李监考",
        "已离场",
        "翻看纸条",
        "考生签名",
        "主考签名",
        "该科成绩无效",
    ] {
        assert!(text.contains(word), "{word}");
    }
    let one =
        shell.run(&format!("print incident-record --application {} --format xlsx --json", tickets[1])).done().json();
    assert_eq!(one["people"], 1);
}
