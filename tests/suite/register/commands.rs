//! The same through the commands.
use super::numbered;
use crate::harness::Shell;

/// A home in which four people have a number.
fn home() -> Shell {
    let shell = Shell::new();
    kaowu::ops::upkeep::back_up(&numbered(4).site, &shell.path("site.db")).unwrap();
    shell.run("--as coordinator anchor continue --reason 搬家").done();
    shell
}

#[test]
fn the_commands_lead_from_the_stock_to_the_holder_s0_40() {
    let shell = home();
    let json = |args: &str| shell.run(&format!("--as coordinator --json {args}")).done().json();
    let refused = |args: &str| {
        let answer = shell.run(&format!("--as coordinator --json {args}"));
        assert_eq!(answer.status, 1, "{args}");
        let error: serde_json::Value = serde_json::from_str(&answer.err).unwrap();
        error["error"]["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(refused("certificate issue --everybody"), "stock.too_few");
    assert_eq!(json("stock receive 10 --serials NM0001-NM0010 --counterpart 就促会")["line"]["balance"], 10);
    assert_eq!(json("certificate issue --everybody --blank NM0001")["left"], 6);
    assert_eq!(json("certificate notify --everybody --way message")["done"], "4");
    let lines = json("certificate deliveries --stage notified");
    let number = |n: usize| lines[n]["number"].as_str().unwrap().to_owned();
    let (first, second, third) = (number(0), number(1), number(2));
    assert_eq!(refused(&format!("certificate collect {first} --document 123456")), "register.no_signature");
    let proxy = format!("certificate collect {first} --way proxy --taker 李四 --document 150699199001010017 --signed");
    assert_eq!(refused(&proxy), "register.no_authority");
    json(&format!("{proxy} --authority 委托书"));
    json(&format!("certificate post {second} --tracking E1 --address 某街"));
    assert_eq!(refused(&format!("certificate take-back {second}")), "register.take_back_reason");
    json(&format!("certificate take-back {second} --reason 退件"));
    assert_eq!(json(&format!("certificate reissue {first} --reason 遗失"))["copy"], 2);
    let corrected = json(&format!("certificate correct {third} --date 2023-10-15 --reason 更名"));
    assert_eq!(corrected["old"], third.as_str());
    let story = shell.run(&format!("certificate story {third}")).done().out;
    assert!(story.contains(corrected["number"].as_str().unwrap()), "{story}");
    json(&format!("stock recover {third}"));
    assert_eq!(json("stock spoil 1 --reason 受潮")["line"]["to_destroy"], 2);
    assert_eq!(refused("stock destroy 2 --witness coordinator"), "stock.same_person");
    json("stock destroy 2 --witness 李监销");
    assert_eq!(json("stock count 4 --witness 李监盘")["counted"]["usable"], 0);
    let list = json("stock list");
    assert_eq!((list["balances"][0]["usable"].as_i64(), list["lines"].as_array().unwrap().len()), (Some(4), 7));
    assert_eq!(json("stock use 1 --reason 样张")["line"]["balance"], 3);
    assert_eq!(json("stock reverse 8 --reason 误记")["line"]["balance"], 4);
    assert_eq!(
        refused(&format!("certificate revoke {second} --sanction 7 --reason x")),
        "certificates.no_such_sanction"
    );
    assert!(shell.run("stock list").done().out.contains("冲销"));
    assert!(shell.run(&format!("certificate story {first}")).done().out.contains("委托代领：李四"));
    for what in ["delivery", "collection", "stock"] {
        shell.run(&format!("export {what} --out -")).done();
    }
}
