//! `kaowu paper`.
use crate::harness::Shell;

#[test]
fn a_room_goes_from_the_store_into_a_box_s1_38() {
    let (mut shell, tickets) = Shell::seated(3);
    let plan = shell.run("paper plan --session theory-1 --json").done().json();
    assert_eq!(plan["planned"]["rooms"], 1);
    let list = shell.run("paper list --session theory-1 --json").done().json();
    let bags = list["bags"].as_array().unwrap().clone();
    assert_eq!(bags.iter().map(|b| b["sheets"].as_i64().unwrap()).sum::<i64>(), 3);
    assert!(bags.iter().all(|b| b["state"] == "stored" && b["spare"] == 2));
    let first = bags[0]["bag"].as_str().unwrap().to_owned();
    shell.run(&format!("paper correct {first} --session theory-1 --seal A001")).done();
    let two = shell.run("paper hand-over --session theory-1 --giver 保管 --takers 领甲 领乙");
    assert!(two.status == 1 && two.err.contains("至少要 3 人"), "{}", two.err);
    shell.run("paper hand-over --session theory-1 --giver 保管 --takers 领甲 领乙 领丙").done();
    for ticket in &tickets {
        shell.run(&format!("checkin admit {ticket} --session theory-1")).done();
    }
    let unseal = format!(
        "paper unseal --session theory-1 --room 1 --proctors 监甲 监乙 --candidates {} {}",
        tickets[0], tickets[1]
    );
    let early = shell.run(&format!("{unseal} --json"));
    assert!(early.status == 1 && early.err.contains("papers.unseal_too_early"), "{}", early.err);
    shell.at("08:22");
    let open = shell.run(&unseal).done();
    assert!(open.err.contains("已拆封") && open.err.contains(&first), "{}", open.err);
    shell.at("10:00");
    let some = shell.run("paper collect --session theory-1 --room 1 --proctors 监甲 监乙 --count x=1");
    assert!(some.err.contains("看不懂"), "{}", some.err);
    let counts: Vec<_> =
        bags.iter().map(|b| format!("{}={}", b["bag"].as_str().unwrap(), b["sheets"].as_i64().unwrap() + 2)).collect();
    if counts.len() > 1 {
        let none = format!("paper collect --session theory-1 --room 1 --proctors 监甲 监乙 --count {}", counts[0]);
        assert!(shell.run(&none).err.contains("没有写试卷袋"));
    }
    let collect =
        format!("paper collect --session theory-1 --room 1 --proctors 监甲 监乙 --count {}", counts.join(" "));
    shell.run(&collect).done();
    let closing =
        "paper close-room --session theory-1 --room 1 --collected 3 --absent 0 --void 0 --spare 2 --proctors 监甲 监乙";
    let short = shell.run(closing);
    assert!(short.status == 1 && short.err.contains("差 4 份"), "{}", short.err);
    shell.at("09:59");
    let inside = shell.run(closing);
    assert!(inside.status == 1 && inside.err.contains("还有 3 人未交卷"), "{}", inside.err);
    shell.at("10:00");
    shell.run("paper return --session theory-1 --giver 监甲 --taker 保管").done();
    let records = shell.run("paper records --session theory-1 --json").done().json();
    assert_eq!((records[0]["known"]["collected"].as_i64(), records[0]["record"].is_null()), (Some(3), true));
    assert!(shell.run("paper records --session theory-1").err.contains("还没有填记录单"));
    let early = shell.run("paper archive --session theory-1 --room 1 --box D1 --keeper 督导");
    assert!(early.err.contains("先填记录单再归档"), "{}", early.err);
    let register = shell.run("paper archive --json").done();
    assert_eq!((register.json()[0]["room"].as_i64(), register.json()[0]["box"].is_null()), (Some(1), true));
    assert!(register.err.contains("还有 1 个考场"), "{}", register.err);
    assert_eq!(shell.run("paper archive --box D1 --keeper 督导 --session theory-1").status, 1);
    assert_eq!(shell.run("paper reopen-room --session theory-1 --room 1 --reason 数错").status, 1);
    assert_eq!(
        shell.run("paper list --session theory-1 --bag 99-9 --json").done().json()["bags"][0],
        serde_json::Value::Null
    );
}
