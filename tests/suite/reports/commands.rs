//! `kaowu report`.
use super::world::number;
use crate::harness::Shell;

fn shell() -> Shell {
    let shell = Shell::new();
    shell.run("init --site 01 --name 测试考点 --region 150600 --organisation S000015000001").done();
    shell.run("batch open --policy wushen-zwfw-2024").done();
    shell
}

/// S4-04, S4-29, S4-30, S4-31: the list, the rate, the ledger and a snapshot by command.
#[test]
fn the_rate_by_command_s4_04_s4_29_s4_30_s4_31() {
    let shell = shell();
    let (a, b) = (number("15069919900101001"), number("15069919910202001"));
    assert!(shell.run("report duty template").done().out.starts_with("姓名,证件类型,证件号码,部门"));
    std::fs::write(shell.path("duty.csv"), format!("姓名,证件号码,部门\n张某,{a},甲局\n")).unwrap();
    let done = shell.run("report duty import duty.csv --json").done().json();
    assert_eq!(done["imported"]["added"], 1);
    std::fs::write(shell.path("bad.csv"), "姓名,证件号码,部门\n张某,1506,甲局\n").unwrap();
    let bad = shell.run("report duty import bad.csv");
    assert!(bad.status != 0 && bad.err.contains("证件号码"), "{}", bad.err);
    let add = format!(
        "report duty add 李某 --id-number {b} --department 乙局 --held-occupation 政务服务办事员 --held-level 4"
    );
    shell.run(&add).done();
    let rate = shell.run("report rate --json").done().json();
    assert_eq!(
        (rate["on_duty"].as_i64(), rate["holders"].as_i64(), rate["rate"].as_i64()),
        (Some(2), Some(1), Some(5000))
    );
    assert_eq!((rate["target"].as_i64(), rate["gap"].as_i64()), (Some(80), Some(1)));
    let words = shell.run("report rate").done();
    assert!(
        words.err.contains("50.00%") && words.err.contains("还差 1 人") && words.out.contains("乙局"),
        "{}",
        words.err
    );
    let list = shell.run("report duty").done().out;
    assert!(list.contains("持证（其他机构）") && !list.contains(&a), "{list}");
    shell.run("report duty change 张某 --post 3号窗口").done();
    shell.run("report duty leave 张某").done();
    assert_eq!(shell.run("report duty leave 张某").status, 1);
    shell.run("report ledger record 动员会 --kind agenda --people 2").done();
    assert!(shell.run("report ledger").done().out.contains("动员会"));
    shell.run("report ledger remove 1 --reason 错").done();
    let taken = shell.run("report snapshot --take").done();
    assert!(taken.err.contains("50.00%") && taken.out.contains("甲局"), "{}{}", taken.err, taken.out);
    assert_eq!(shell.run("report snapshot --take").status, 1);
    assert_eq!(shell.run("report snapshot --json").done().json().as_array().unwrap().len(), 3);
}

/// S4-12, S2-20: subsidies, enterprises and the plan by command.
#[test]
fn subsidies_and_the_rest_by_command_s4_12_s2_20() {
    let shell = shell();
    let a = number("15069919900101001");
    assert!(shell.run("report subsidy template").done().out.contains("失业保险累计缴费月数"));
    std::fs::write(shell.path("paid.csv"), format!("证件号码,缴费月数\n{a},14\n")).unwrap();
    assert_eq!(shell.run("report subsidy insured paid.csv --json").done().json()["changed"], 1);
    let earlier = format!("report subsidy earlier 张某 --id-number {a} --occupation 电工 --level 4 --on 2023-03-01");
    shell.run(&format!("{earlier} --amount 1500")).done();
    assert_eq!(shell.run(&format!("{earlier} --amount 许多")).status, 1);
    assert!(shell.run("report subsidy claim S000015000001244000001").err.contains("没有证书"));
    assert_eq!(shell.run("report subsidy withdraw S000015000001244000001 --reason 错").status, 1);
    assert_eq!(shell.run("report subsidy --json").done().json()["document"], "人社部发〔2024〕40号");
    shell.run("report enterprises").done();
    assert!(shell.run("report plan").done().err.contains("0 个单位"));
}
