//! Text that attacks: escape sequences, direction marks, invisible characters, formulas. It is stopped on the way in,
//! and what lies in the database all the same reaches no terminal, by command or on the screen.
use crate::harness::{Console, Shell};
use kaowu::model::clean::is_unsafe;
use kaowu::store::journal;
use kaowu::store::mark::{Anchor, Found, Mark};
use rusqlite::Connection;
use std::process::Output;

/// Sets the window's title, rings, wipes the screen (with C0 and C1), turns the line round, hides.
const EVIL: &str = "\u{1b}]0;EVIL\u{7}\u{1b}[2J\u{9b}31m\u{202e}\u{200b}\u{feff}\u{2066}\u{7f}\u{8}\u{e0041}\r\nX";

fn database(shell: &Shell) -> Connection {
    Connection::open(shell.path("site.db")).unwrap()
}

#[track_caller]
fn is_safe(what: &str, text: &str) {
    let found: Vec<_> = text.chars().filter(|c| is_unsafe(*c) && !matches!(c, '\n' | '\t')).collect();
    assert!(found.is_empty(), "{what} sends {found:?}:\n{text}");
}

/// A site with a panel and a certificate whose free texts all end in [`EVIL`], put there past every gate.
fn poisoned() -> Shell {
    let shell = Shell::new();
    let home = shell.home();
    let made = ["demo", "--home", home.to_str().unwrap(), "--at", "exam", "--candidates", "60", "--no-tui"];
    assert_eq!(shell.run_args(&made, "").status, 0);
    let form = ["panel", "form", "--name", "P", "--member", "甲,一,chair", "--member", "乙,二", "--member", "丙,三"];
    shell.run_args(&form, "").done();
    let db = database(&shell);
    let certificate = "INSERT INTO certificate VALUES (1, 1, 1, 'own', NULL, 'S000015000001', 23, 5, '5', 1, \
                       'S000015000001235000001', '2023-11-01', 'valid')";
    db.execute_batch(certificate).unwrap();
    let triggers =
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('operation', 'further_change')";
    let names: Vec<String> =
        db.prepare(triggers).unwrap().query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    names.iter().for_each(|name| db.execute_batch(&format!("DROP TRIGGER \"{name}\"")).unwrap());
    for (table, columns) in [
        ("site", "name"),
        ("batch", "name"),
        ("policy", "title"),
        ("operator", "name"),
        ("panel_member", "name unit"),
        ("operation", "station actor_name"),
        (
            "application",
            "name employer occupation_name experience address email source region household major condition \
             registered_by ethnic_group sequence certificate_no diploma_no pinyin phone id_number politics",
        ),
    ] {
        for column in columns.split_whitespace() {
            db.execute(&format!("UPDATE {table} SET {column} = coalesce({column}, '') || ?1"), [EVIL]).unwrap();
        }
    }
    db.execute("UPDATE operation SET reason = ?1", [EVIL]).unwrap();
    let json = serde_json::json!({ "name": EVIL, "text": EVIL, "employer": EVIL }).to_string();
    db.execute("UPDATE operation SET first_after = ?1 WHERE first_after IS NOT NULL", [&json]).unwrap();
    db.execute("UPDATE further_change SET after = ?1 WHERE after IS NOT NULL", [&json]).unwrap();
    chain_anew(&shell, &db);
    shell
}

/// The journal as if all that had been written by the program: the chain holds, and the mark fits it.
fn chain_anew(shell: &Shell, db: &Connection) {
    let mut rows = Vec::new();
    journal::walk(db, &mut |row| {
        rows.push(row);
        Ok(true)
    })
    .unwrap();
    let mut digest = journal::GENESIS.to_owned();
    for mut row in rows {
        row.prev = digest;
        digest = row.compute(journal::fed(db, &row).unwrap());
        let sql = "UPDATE operation SET prev = ?1, digest = ?2 WHERE id = ?3";
        db.execute(sql, (&row.prev, &digest, row.id.0)).unwrap();
    }
    let anchor = Anchor::at(&shell.path("anchor"));
    let Found::Is(mark) = anchor.read().unwrap() else { panic!("no mark") };
    anchor.renew(&Mark { digest, ..mark }).unwrap();
}

const COMMANDS: [&str; 25] = [
    "application list",
    "application show 1",
    "batch list",
    "batch show",
    "checkin list --session theory-1",
    "session list",
    "room list",
    "seat show",
    "ticket find a",
    "operator list",
    "score progress",
    "score differences",
    "panel list",
    "panel show --panel P",
    "result list",
    "result board",
    "result missing",
    "certificate register",
    "log",
    "log show 2",
    "log show 5",
    "log --operator nobody",
    "info",
    "doctor",
    "policy list",
];

#[test]
fn no_command_sends_it_to_a_terminal() {
    let shell = poisoned();
    let mut shown = 0;
    for command in COMMANDS {
        for form in ["", " --plain", " --json"] {
            let answer = shell.run(&format!("{command}{form}"));
            assert!([0, 70].contains(&answer.status), "{command}: {}", answer.err);
            is_safe(&format!("{command}{form}"), &answer.out);
            is_safe(&format!("{command}{form}"), &answer.err);
            shown += usize::from(answer.out.contains("‹U+001B›") || answer.out.contains("\\u001b]0;"));
        }
    }
    assert!(shown > 30, "{shown}");
    // Arguments come back in refusals.
    for args in
        [["ticket", "find", EVIL], ["checkin", "admit", EVIL], ["batch", "--batch", EVIL], ["log", "--since", EVIL]]
    {
        for form in ["--plain", "--json"] {
            let answer = shell.run_args(&[&args[..], &[form]].concat(), "");
            is_safe(args[0], &answer.out);
            is_safe(args[0], &answer.err);
        }
    }
}

#[test]
fn no_pane_sends_it_to_the_terminal() {
    let shell = poisoned();
    let ticket: String =
        database(&shell).query_row("SELECT number FROM ticket ORDER BY id LIMIT 1", [], |r| r.get(0)).unwrap();
    let mut console = Console::open(&shell);
    console.sees("扫描/输入").sees("‹U+001B›").resize(120, 36).type_text(&ticket).sees(&ticket).type_bytes(b"\x1b\x1b");
    let mut seen = console.settled();
    for (at, key) in (3..).zip(["OR", "OS", "[15~", "[17~", "[18~", "[19~", "[20~", "[21~"]) {
        console.type_text(&format!("\x1b{key}")).sees(&format!("[F{at} ")).type_bytes(b"\x1b[B\r");
        seen.extend(console.settled());
        // The name of the site stands over every pane.
        assert!(console.text().contains("‹U+001B›]0;EVIL"), "F{at}:\n{}", console.text());
        console.type_bytes(b"\x1b\x1b");
    }
    let sent = String::from_utf8(seen).unwrap();
    // Our own sequences begin with an escape too; none of the text's may.
    for attack in ["\u{1b}]", "\u{1b}[2J\u{9b}"] {
        assert!(!sent.contains(attack), "{attack:?}");
    }
    let odd: Vec<_> = sent.chars().filter(|c| is_unsafe(*c) && !matches!(c, '\u{1b}' | '\r' | '\n')).collect();
    // Ours: the bell of a refusal.
    assert!(odd.iter().all(|c| *c == '\u{7}'), "{odd:?}");
}

/// Cells of the 33-column sheet, by heading.
const NAME: usize = 6;
const FREE: [(usize, &str); 4] = [(16, "所在单位"), (19, "专业"), (28, "简要经历"), (29, "通讯地址")];

#[test]
fn a_sheet_brings_nothing_hidden_in_and_formulas_are_refused() {
    let shell = Shell::with_batch();
    let assets = kaowu::config::Assets::default();
    let codes = kaowu::bundle::codes::Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap();
    let mut rows = kaowu::ops::demo::people::rows(&codes, 1, 12);
    rows[0][NAME] = "张\u{202e}三\u{200b}\u{1b}".into();
    let attacks = [EVIL, "\u{1b}[2J东胜", "a\u{9b}31m\u{202e}b", "\u{feff}\u{2066}c\u{8}"];
    for (row, attack) in rows.iter_mut().zip(attacks) {
        FREE.iter().for_each(|(column, _)| row[*column] = attack.into());
    }
    let formulas = ["=cmd|'/c calc'!A0", "+1+1", "@SUM(A1)", "-2+3", "＝1+1"];
    for (row, formula) in rows.iter_mut().skip(5).zip(formulas) {
        row[FREE[0].0] = formula.into();
    }
    let mut sheet = csv::Writer::from_path(shell.path("sheet.csv")).unwrap();
    sheet.write_record(kaowu::ops::demo::people::HEADINGS).unwrap();
    rows.iter().for_each(|row| sheet.write_record(row).unwrap());
    drop(sheet);

    for form in ["", "--plain", "--json"] {
        let Output { status, stdout, stderr } = shell
            .command()
            .args(["import", "sheet.csv", "--dry-run"])
            .args((!form.is_empty()).then_some(form))
            .output()
            .unwrap();
        assert_eq!(status.code(), Some(3));
        is_safe("import", &String::from_utf8(stdout).unwrap());
        is_safe("import", &String::from_utf8(stderr).unwrap());
    }
    let answer = shell.run("import sheet.csv --keep-good --refused mend.csv --json").json();
    let refused: Vec<_> = answer["faults"].as_array().unwrap().iter().filter(|f| f["severity"] == "error").collect();
    assert_eq!(refused.len(), formulas.len(), "{answer}");
    assert!(refused.iter().all(|f| f["column"] == FREE[0].1 && f["code"] == "formula_text"), "{answer}");
    let db = database(&shell);
    let mut stored = db.prepare("SELECT name, employer, major, experience, address FROM application").unwrap();
    let mut all = stored.query([]).unwrap();
    let mut count = 0;
    while let Some(row) = all.next().unwrap() {
        count += 1;
        for place in 0..5 {
            let text: Option<String> = row.get(place).unwrap();
            let text = text.unwrap_or_default();
            is_safe("the database", &text);
            assert!(!text.starts_with(['=', '+', '@']), "{text}");
        }
    }
    assert_eq!(count, 12 - formulas.len());
    assert!(shell.run("application list").done().out.contains("张三"));
    // What goes back to the office calculates nothing either.
    let mend = std::fs::read_to_string(shell.path("mend.csv")).unwrap();
    is_safe("the refused rows", mend.trim_start_matches('\u{feff}').replace('\r', "").as_str());
    assert!(mend.contains("'=cmd") && mend.contains("'@SUM"), "{mend}");
}
