//! `kaowu panel`, as a script drives it.
use crate::harness::Shell;
use kaowu::bundle::codes::Codes;
use kaowu::config::Assets;
use kaowu::ops::demo::people;

/// A home with people imported; the second operator is a reviewer. Gives a technician's identity number too.
pub fn with_people() -> (Shell, Vec<String>) {
    let shell = Shell::with_batch();
    let assets = Assets::default();
    let codes = Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap();
    let rows = people::rows(&codes, 1, 30);
    let mut text = people::HEADINGS.join(",") + "\n";
    for row in &rows {
        text += &(row.join(",") + "\n");
    }
    std::fs::write(shell.path("people.csv"), text).unwrap();
    shell.run("import people.csv").done();
    shell.run("operator add 评审员 --role reviewer").done();
    let technicians = rows.iter().filter(|r| r[2].contains("技师")).map(|r| r[5].clone()).collect();
    (shell, technicians)
}

#[test]
fn a_panel_from_forming_to_sealing() {
    let (shell, technicians) = with_people();
    assert!(technicians.len() > 1);
    let bad = shell.run("panel form --name 一组 --member 甲,学院,boss");
    assert!(bad.err.contains("甲,学院,boss"), "{}", bad.err);
    let formed = shell.run("panel form --name 一组 --member 甲,学院,chair --member 乙,, --member 丙 --json");
    assert_eq!(formed.status, 1, "{}", formed.err);
    let formed = shell.run("panel form --name 一组 --member 甲,学院,chair --member 乙,局 --member 丙 --json").done();
    assert_eq!(formed.json()["result"]["candidates"], technicians.len());
    let missing = shell.run("panel seal --panel 一组");
    assert_eq!(missing.status, 1);
    assert!(missing.err.contains("甲"), "{}", missing.err);
    for ticket in &technicians {
        for (member, points) in [("甲", "80"), ("乙", "８５．５"), ("丙", "60")] {
            shell.run(&format!("--as 评审员 panel score --panel 一组 --member {member} {ticket} {points}")).done();
        }
    }
    let show = shell.run("panel show --panel 一组 --json").done().json();
    assert_eq!(show["candidates"][0]["sheets"][1], "in");
    assert_eq!(show["candidates"][0]["ruling"], serde_json::Value::Null);
    assert_eq!((&show["candidates"][0]["wide"], &show["next"]), (&true.into(), &"time".into()));
    assert!(shell.run("panel show --panel 一组").done().out.contains("分差大"));
    shell.run("panel begin --panel 一组").done();
    let early = shell.run("panel end --panel 一组");
    assert!(early.err.contains("30"), "{}", early.err);
    shell.run("panel end --panel 一组 --reason 材料审阅").done();
    let first = shell.run("panel sign --panel 一组 --member 甲 --reason 原件");
    assert!(first.err.contains("组长最后"), "{}", first.err);
    for member in ["乙", "丙", "甲"] {
        shell.run(&format!("panel sign --panel 一组 --member {member} --reason 评审表原件")).done();
    }
    shell.run("panel minutes --panel 一组 --text 评议一致").done();
    let facts = shell.run("panel minutes --panel 一组 --json").done().json();
    assert_eq!((&facts["text"], &facts["candidates"][0]["points"]), (&"评议一致".into(), &serde_json::Value::Null));
    shell.run("panel seal --panel 一组").done();
    let show = shell.run("panel show --panel 一组 --json").done().json();
    assert_eq!(
        (&show["candidates"][0]["sheets"][1], &show["candidates"][0]["ruling"]["points"]),
        (&"85.5".into(), &"75.2".into())
    );
    assert_eq!(shell.run("panel list --json").done().json()[0]["state"], "sealed");
    assert_eq!(shell.run("panel reopen --panel 一组").status, 1);
    let back = shell.run("panel reopen --panel 一组 --reason 漏看 --json").done().json();
    assert_eq!(back["result"]["taken_back"], technicians.len());
    let ticket = &technicians[0];
    let unknown = format!("score --panel 一组 --member 丁 {ticket} 80");
    let no_number = format!("score --panel 一组 --member 甲 {ticket} 八十");
    for (args, words) in [(unknown, "丁"), (no_number, "八十")] {
        let refused = shell.run(&format!("--as 评审员 panel {args}"));
        assert_eq!(refused.status, 1);
        assert!(refused.err.contains(words), "{}", refused.err);
    }
}
