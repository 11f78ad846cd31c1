//! `kaowu session|venue|room|seat` and the lists for the platform.
use super::fixtures::employer_column;
use crate::harness::Shell;
use kaowu::bundle::codes::Codes;
use kaowu::config::Assets;
use kaowu::ops::demo::people;

/// So many people who may be seated, none of them anybody's colleague, and two rooms of nine.
fn shell(count: usize) -> Shell {
    let shell = Shell::with_batch();
    let assets = Assets::default();
    let codes = Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap();
    let mut rows = people::rows(&codes, 1, count);
    rows.iter_mut().enumerate().for_each(|(n, row)| row[employer_column()] = format!("第{n}单位"));
    shell.sheet(&rows);
    shell.run("venue add 1 第一中学 --unit ordos --address 东胜区 --phone 0477-1234567").done();
    shell.run("room add 1-2 --rows 3 --columns 3 --name 二号楼301").done();
    shell
}

fn seats(shell: &Shell) -> Vec<(i64, i64)> {
    let json = shell.run("seat show --json").done().json();
    let rooms = json["rooms"].as_array().unwrap();
    let of = |room: &serde_json::Value| {
        let number = room["room"]["number"].as_i64().unwrap();
        let people = room["people"].as_array().unwrap().clone();
        people.into_iter().map(move |p| (number, p["seat"].as_i64().unwrap()))
    };
    rooms.iter().flat_map(of).collect()
}

#[test]
fn seats_are_edited_by_command() {
    let shell = shell(3);
    let placed = shell.run("seat place 1 --json").done().json();
    assert_eq!((&placed["moved"][0]["to"]["room"], &placed["moved"][0]["to"]["seat"]), (&1.into(), &1.into()));
    let ticket = placed["moved"][0]["ticket"]["number"].as_str().unwrap().to_owned();
    shell.run("seat place 2 2-05").done();
    assert!(shell.run("seat move 2 1-01").err.contains("可互换"));
    assert!(shell.run(&format!("seat move {ticket} １-09")).done().err.contains("移到 1-09"));
    assert!(shell.run("seat swap 1 2").done().err.contains("作废"));
    assert_eq!(seats(&shell), [(1, 9), (2, 5)]);
    shell.run("seat move 2 1-08 --session practical-1 --only").done();
    assert!(shell.run("seat show --room 1 --session practical-1").done().out.contains("08 "));
    shell.run("seat need 1 轮椅 --seat 2-05").done();
    let needs = shell.run("seat need --json").done().json();
    assert_eq!((&needs[0]["need"], &needs[0]["seat"]), (&"轮椅".into(), &5.into()));
    shell.run("seat need 1 --clear").done();
    assert_eq!(shell.run("seat unseat 2").status, 1);
    shell.run("seat unseat 2 --reason 退考").done();
    assert_eq!(seats(&shell), [(2, 5)]);
    assert_eq!(shell.run("seat move 1 2楼5").status, 1);
    assert_eq!(shell.run("seat move 1 2-06 --only").status, 2);
}

#[test]
fn rooms_and_venues_are_kept_by_command() {
    let shell = shell(2);
    assert!(shell.run("venue list").done().out.contains("0477-1234567"));
    shell.run("venue change 1 --name 第一职业中学 --unit=").done();
    assert_eq!(shell.run("venue list --json").done().json()[0]["unit"], serde_json::Value::Null);
    shell.run("seat place 1").done();
    shell.run("room change 1 --door right --places 5 --name 礼堂").done();
    let rooms = shell.run("room list --json").done().json();
    assert_eq!(
        (&rooms[0]["door"], &rooms[0]["places"], &rooms[1]["name"]),
        (&"right".into(), &5.into(), &"二号楼302".into())
    );
    shell.run("room break-seat 1-03 --reason 桌面坏").done();
    assert!(shell.run("seat place 2 1-03").err.contains("已停用"));
    shell.run("room mend-seat 1-03").done();
    let closed = shell.run("room close 1 --spread --reason 停电").done();
    assert!(closed.err.contains("1 人改排，0 人无座"), "{}", closed.err);
    assert!(shell.run("room list").done().out.contains("停用：停电"));
    assert_eq!(seats(&shell), [(2, 1)]);
    shell.run("room reopen 1").done();
    assert_eq!(shell.run("room close 9 --reason 无").status, 1);
    assert_eq!(shell.run("room add 1-x --rows 3 --columns 3").status, 1);
}

#[test]
fn sessions_are_kept_by_command() {
    let shell = Shell::with_batch();
    let add = "session add practical-2 --subject practical --mode hands_on --levels 5,4";
    let args: Vec<_> = add.split(' ').chain(["--start", "2023-10-15 14:00"]).collect();
    shell.run_args(&args, "").done();
    let list = shell.run("session list").done().out;
    assert!(list.contains("practical-2") && list.contains("实操") && list.contains("5,4"), "{list}");
    assert_eq!(shell.run("session change practical-2 --end 2023-10-15T13:00").status, 1);
    shell.run("session change practical-2 --end 2023-10-15T17:30").done();
    shell.run("session change practical-2 --open-end").done();
    shell.run("session remove practical-2").done();
    assert_eq!(shell.run("session remove practical-2").status, 1);
    assert_eq!(shell.run("session add x --subject theory --start morgen").status, 1);
}

/// S1-33: rooms and seats go to the platform as sheets, one row a seat, each with its room and venue.
#[test]
fn the_arrangement_is_exported_for_the_platform() {
    let shell = shell(2);
    shell.run("seat place 1 1-01").done();
    shell.run("seat place 2 2-05").done();
    let out = shell.run("export arrangement --out -").done().out;
    let lines: Vec<_> = out.trim_start_matches('\u{feff}').lines().collect();
    assert!(lines[0].starts_with("场次,开始时间,校区,考场,楼栋门牌,座号,准考证号,姓名"), "{}", lines[0]);
    assert_eq!(lines.len(), 1 + 4, "two people in two sessions:\n{out}");
    assert!(lines[1].contains("theory-1,2023-10-15 08:30,第一中学,1,二号楼301,1,"), "{}", lines[1]);
    assert!(lines[4].contains("practical-1,2023-10-15 10:30,第一中学,2,二号楼302,5,"), "{}", lines[4]);
    let rooms = shell.run("export rooms --out -").done().out;
    let lines: Vec<_> = rooms.trim_start_matches('\u{feff}').lines().collect();
    assert!(lines[0].ends_with("theory-1,practical-1"), "{}", lines[0]);
    assert!(lines[2].starts_with("第一中学,2,二号楼302,课桌,3,3,1,9,,1,1"), "{}", lines[2]);
}
