//! The commands of money and sanctions.
use crate::harness::Shell;
use kaowu::bundle::codes::Codes;
use kaowu::config::Assets;
use kaowu::ops::demo::people;

const PRICED: &str = "format = 1\ninherits = \"nmg-2023\"\n\n[notice]\ncode = \"priced\"\nissuer = \"x\"\ndate = 2023-08-29\ntitle = \"收费的通知\"\nyear = 2023\n
[payment]\nrequired_at_checkin = true\nseat_unpaid = \"allow\"\nafter_second_review = true\noriginal_required = false\ninvoice = true\n
[[fees]]\ncode = \"theory\"\namount = 3500\n
[[sanctions]]\nact = \"false_materials\"\neffects = [\"lose_exam\", \"criticism\"]\nbarred_years = 3\n
[reviews]\nsteps = []\n";

/// A batch under a policy with prices, its people not paid, in the window.
fn shell(count: usize) -> Shell {
    let mut shell = Shell::new();
    shell.run("init --site 01 --name X --region 150600 --organisation S000015000001").done();
    std::fs::create_dir_all(shell.path("data/policies")).unwrap();
    std::fs::write(shell.path("data/policies/priced.toml"), PRICED).unwrap();
    shell.run("batch open --policy priced").done();
    let assets = Assets::default();
    let codes = Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap();
    let mut sheet = csv::Writer::from_path(shell.path("people.csv")).unwrap();
    sheet.write_record(people::HEADINGS).unwrap();
    people::rows(&codes, 1, count).iter().for_each(|row| sheet.write_record(row).unwrap());
    drop(sheet);
    shell.run("import people.csv").done();
    shell.moved_to("", "2023-09-26T10:00:00+08:00");
    shell
}

fn code(answer: &crate::harness::shell::Answer) -> String {
    let error: serde_json::Value = serde_json::from_str(answer.err.trim()).unwrap();
    error["error"]["code"].as_str().unwrap().to_owned()
}

/// S0-32, S1-85: pay, refund, waive, invoice from the command line.
#[test]
fn money_from_the_command_line_s0_32() {
    let shell = shell(4);
    let paid = shell.run("application pay 1 --amount 35 --reference t1 --at 2023-09-25T10:11 --json").done().json();
    assert_eq!((paid["amount"].as_str(), paid["settled"].as_i64()), (Some("35.00"), Some(1)));
    let wrong = shell.run("application pay 2 --amount 30 --json");
    assert_eq!((wrong.status, code(&wrong).as_str()), (1, "payment.amount_differs"));
    shell.run("application pay 2 --amount 30 --accept").done();
    assert_eq!(shell.run("application pay 3 --amount abc --json").status, 1);
    let late = shell.run("application pay 3 --at 2023-09-24 --json");
    assert_eq!((late.status, code(&late).as_str()), (1, "window.not_open"));
    let view = shell.run("application account 2 --json").done().json();
    assert_eq!((view["state"].as_str(), view["due"].as_str()), (Some("partly"), Some("5.00")));
    assert_eq!(view["rows"][0]["amount"].as_str(), Some("30.00"));
    shell.run("application refund 1 --reason 不考了").done();
    shell.run("application waive 3 --reason 困难").done();
    assert!(shell.run("application account 3").done().out.contains("免缴"));
    let invoice = "application invoice 2 --kind person --email a@example.cn --json";
    assert_eq!(shell.run(invoice).done().json()["invoice"]["kind"].as_str(), Some("person"));
    assert_eq!(shell.run("application invoice 2 --kind unit --title 局 --tax-no 1 --email a@example.cn").status, 1);
    shell.run("application original 1 2").done();
}

/// S0-31: the close by its count, after a list.
#[test]
fn the_close_from_the_command_line_s0_31() {
    let mut shell = shell(3);
    shell.run("application pay 1").done();
    assert_eq!(code(&shell.run("application close-payment --json")), "payment.still_open");
    shell.moved_to("", "2023-09-28T08:00:00+08:00");
    let list = shell.run("application close-payment --json").done().json();
    assert_eq!((list["unpaid"].as_array().unwrap().len(), list["operation"].is_null()), (2, true));
    assert_eq!(code(&shell.run("application close-payment --count 3 --json")), "payment.count_changed");
    assert_eq!(code(&shell.run("application close-payment --count 0 --json")), "payment.count_needed");
    let done = shell.run("application close-payment --count 2 --json").done().json();
    assert_eq!(done["excluded"].as_array().unwrap().len(), 2);
    assert!(shell.run("application list").done().out.contains("已排除"));
    shell.run("application readmit 2 --reason 银行故障").done();
    shell.run("application pay 2 --reason 银行故障 --channel 银行").done();
}

#[test]
fn a_sheet_from_the_command_line() {
    let shell = shell(2);
    let list = shell.run("export applications --full --purpose 对账 --out - --quiet").done().out;
    let mut rows = csv::Reader::from_reader(list.trim_start_matches('\u{feff}').as_bytes());
    let at = |h: &csv::StringRecord, name: &str| h.iter().position(|c| c.contains(name)).unwrap();
    let head = rows.headers().unwrap().clone();
    let first = rows.records().next().unwrap().unwrap();
    let (id, name) = (first[at(&head, "证件号码")].trim().to_owned(), first[at(&head, "姓名")].to_owned());
    let text =
        format!("证件号码,姓名,金额,支付时间,流水号\n{id},{name},35,2023-09-25 10:00,t1\n15,无名,35,2023-09-25,t2\n");
    std::fs::write(shell.path("pay.csv"), text).unwrap();
    let tried = shell.run("application reconcile pay.csv --dry-run --json");
    assert_eq!((tried.status, tried.json()["counts"]["matched"].as_i64()), (3, Some(1)));
    assert!(tried.json()["operation"].is_null());
    let done = shell.run("application reconcile pay.csv --json");
    assert_eq!((done.status, done.json()["counts"]["unknown"].as_i64()), (3, Some(1)));
    assert!(!done.json()["operation"].is_null());
    let again = shell.run("application reconcile pay.csv --json").json();
    assert!(again["operation"].is_null() && again["counts"]["known"].as_i64() == Some(1));
    let table = shell.run("application reconcile pay.csv");
    assert!(table.out.contains("查无此人") && table.err.contains("没有新的缴费"), "{}{}", table.out, table.err);
    assert_eq!(shell.run("application reconcile people.csv").status, 1);
    assert_eq!(shell.run("application reconcile none.csv").status, 5);
}

/// S2-29, S1-43: impose, list, export, import of the barred, lift.
#[test]
fn sanctions_from_the_command_line_s2_29() {
    let shell = shell(2);
    assert_eq!(shell.run("sanction impose 1 --act nonsense --basis x").status, 1);
    let basis = "sanction impose 1 --act false_materials --basis 第八条 --evidence 记录 --reason 伪造 --json";
    let done = shell.run(basis).done().json();
    assert_eq!(done["sanction"]["until"].as_str(), Some("2026-09-25"));
    let list = shell.run("sanction list --json").done().json();
    assert_eq!((list[0]["act"].as_str(), list[0]["lifted"].as_bool()), (Some("false_materials"), Some(false)));
    assert!(list[0]["id_number"].as_str().unwrap().contains('*'));
    let register = shell.run("export sanctions --out - --quiet").done().out;
    assert!(register.contains("2026-09-25") && register.contains("第八条") && register.contains("取消考试资格"));
    shell.run("batch open --policy priced --code second").done();
    let refused = shell.run("import people.csv --batch second --json");
    assert_eq!(refused.status, 3);
    assert!(refused.json()["faults"].to_string().contains("2026-09-25"), "{}", refused.out);
    let lifted = shell.run("sanction lift 1 --reason 复核 --batch priced").done();
    assert!(lifted.err.contains("仍被排除"), "{}", lifted.err);
    shell.run("import people.csv --batch second").done();
}
