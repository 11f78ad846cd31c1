//! S1-81: what is typed is a draft until it is saved, and no crash takes it.
use crate::harness::{Console, Shell};
use std::os::unix::fs::PermissionsExt;

fn shell() -> Shell {
    let mut shell = Shell::with_batch();
    shell.moved_to("", super::world::IN_TIME);
    shell
}

const F3: &[u8] = b"\x1bOR";

fn opened(shell: &Shell) -> Console {
    let mut console = Console::open(shell);
    console.sees("扫描/输入").type_bytes(F3).sees("还没有申报");
    console
}

#[test]
fn a_form_half_typed_outlives_kill_nine() {
    let shell = shell();
    let mut console = opened(&shell);
    console.type_text("n").sees("新申报");
    console.type_text("150699199001010015\r").sees("1990-01-01");
    console.type_text("张三\r").sees("新申报  张三");
    console.type_text("蒙古\r").sees("蒙古族");
    console.type_text("154000").sees("154000");
    console.signal("KILL").ends();

    let drafts: Vec<_> = std::fs::read_dir(shell.path("drafts")).unwrap().flatten().map(|e| e.path()).collect();
    let draft = drafts.iter().find(|p| p.extension().is_some_and(|e| e == "json")).unwrap();
    assert_eq!(std::fs::metadata(draft).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::metadata(shell.path("drafts")).unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(shell.run("application list --json").done().json(), serde_json::json!([]));

    let mut console = opened(&shell);
    console.type_text("n").sees("张三：09:00 的草稿").type_text("\r").sees("新申报  张三");
    for text in ["150699199001010015", "1990-01-01", "蒙古族", "154000"] {
        console.sees(text);
    }
    // Somebody who types in a second window meanwhile is offered a form of their own.
    let mut second = opened(&shell);
    second.type_text("n").sees("新申报");
    assert!(!second.text().contains("张三"));
    second.type_bytes(b"\x1b").sees("还没有申报");
    drop(second);
    // Esc keeps the draft; thrown away, it is gone.
    console.type_bytes(b"\x1b").sees("草稿已留下").type_text("n").sees("张三：09:00 的草稿");
    console.type_bytes(b"\x1b[B\r").sees("居民身份证").loses("张三");
    assert!(!draft.exists());
}

/// S1-81: a change half typed comes back on the application as it is by then.
#[test]
fn a_change_half_typed_outlives_kill_nine() {
    let shell = shell();
    let form = r#"{"document": "居民身份证", "id_number": "150699199001010015", "name": "张三", "ethnic_group": "汉族",
        "phone": "15400000001", "education": "大专", "work_began": "2010-07", "employer": "乌审旗园林局",
        "occupation": "电工", "level": "5", "route": "first", "pledged_on": "2023-09-04"}"#;
    shell.run_args(&["application", "add", "--file", "-"], form).done();
    let open = || {
        let mut console = Console::open(&shell);
        console.sees("扫描/输入").type_bytes(F3).sees("申报 1 件").type_text("\r").sees("e 修改").type_text("e");
        console
    };
    let mut console = open();
    console.sees("修改申报  张三（1 号）").type_bytes(b"\t\t").sees(">*姓名").type_bytes(b"\x15").type_text("张珊");
    console.sees("修改申报  张珊").signal("KILL").ends();
    shell.run("application amend 1 phone=15400000002 --reason 换号").done();
    let mut console = open();
    console.sees("张珊：09:00 的草稿").type_text("\r").sees("修改申报  张珊").sees("15400000002");
    console.type_bytes(b"\x07").sees("请写明原因").type_text("户口簿\r").sees("已修改 1 处");
    let shown = shell.run("application reveal 1 --json").done().json();
    assert_eq!((&shown["name"], &shown["phone"]), (&"张珊".into(), &"15400000002".into()));
}
