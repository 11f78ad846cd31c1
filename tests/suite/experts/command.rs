//! `kaowu panel draw` and what follows, as a script drives it.
use crate::panel::command::with_people;

#[test]
fn a_day_of_two_panels_by_command_s0_25() {
    let (shell, technicians) = with_people();
    for n in ["甲", "乙", "丙", "丁", "戊", "己", "庚"] {
        let add = format!("staff add 专家{n} --unit {n}校 --duty reviewer --grade senior_assessor --kept-by 包头市");
        shell.run(&add).done();
    }
    shell.run(&format!("staff tie 专家甲 {} --kind kin", technicians[0])).done();
    let plan = shell.run("panel draw --panels 1 --size 3 --seed 4").done();
    assert!(plan.out.contains("亲属"), "{}", plan.out);
    assert_eq!(shell.run("panel list --json").done().json().as_array().unwrap().len(), 0, "only shown");
    shell.run("panel draw --panels 1 --size 3 --seed 4 --name 一组 --yes").done();
    let show = shell.run("panel show --panel 一组 --json").done().json();
    let members: Vec<String> =
        show["members"].as_array().unwrap().iter().map(|m| m["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(members.len(), 3);
    assert!(!members.contains(&"专家甲".to_owned()));
    let refused = shell.run(&format!("panel leave --panel 一组 --member {} --reason 突发疾病", members[0]));
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains("新组长"), "{}", refused.err);
    let left = shell.run(&format!(
        "panel leave --panel 一组 --member {} --reason 突发疾病 --chair {} --draw 3",
        members[0], members[1]
    ));
    assert!(left.done().out.contains("递补"));
    let recused = shell.run(&format!(
        "panel recuse --panel 一组 --member {} {} --kind teacher --reason 曾任教 --json",
        members[2], technicians[0]
    ));
    assert_eq!(recused.done().json()["result"]["short"][0]["judges"], 2);
    let both = shell.run(&format!("panel replace --panel 一组 --member {} --draw 1 --substitute 专家甲", members[2]));
    assert_eq!(both.status, 1);
    let kin = shell.run(&format!("panel replace --panel 一组 --member {} --substitute 专家甲", members[2]));
    assert!(kin.err.contains("亲属"), "{}", kin.err);
    shell.run(&format!("panel replace --panel 一组 --member {} --draw 1", members[2])).done();
    shell.run(&format!("panel chair --panel 一组 --member {}", members[2])).done();
    let moved = shell.run(&format!("panel move {} --reason 换组", technicians[0])).done();
    assert!(moved.out.contains("待编组"), "{}", moved.out);
    let anew = shell.run(&format!("panel rereview {} --reason 申诉", technicians[0]));
    assert!(anew.err.contains("重新评审"), "{}", anew.err);
    let pool = shell.run("panel experts --json").done().json();
    assert_eq!(pool.as_array().unwrap().len(), 7);
    assert_eq!(pool[0]["kept_by"], "包头市");
    let one = shell.run(&format!("panel experts {}", technicians[0])).done().out;
    assert!(one.contains("专家甲 与考生") && one.contains("包头市"), "{one}");
    assert_eq!(shell.run("staff change 专家乙 --kept-by 没有这个市").status, 1);
}
