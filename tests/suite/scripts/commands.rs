//! `kaowu script` and `kaowu score --script` in the real program.
use crate::harness::Shell;

#[test]
fn marks_are_typed_under_numbers_from_the_command_line_s0_23() {
    let (shell, tickets) = Shell::seated(4);
    for who in ["typist-a", "typist-b"] {
        shell.run(&format!("operator add {who} --role typist")).done();
    }
    assert_ne!(shell.run("script ask --session theory-1 --reason x").status, 0);
    let drawn = shell.run("script draw --session theory-1 --json").done().json();
    assert_eq!(drawn["numbers"], 4);
    let labels = shell.run("script label --session theory-1 --room 1 --json").done().json();
    let number = labels["numbers"][0][1].as_str().unwrap().to_owned();
    let ticket = &tickets[0];
    let by_ticket = shell.run(&format!("score enter {ticket} --subject theory 70 --as typist-a"));
    assert!(by_ticket.status != 0 && by_ticket.err.contains("--script"), "{}", by_ticket.err);
    let typed = shell.run(&format!("score enter --script {number} --subject theory 70 --accept --as typist-a")).done();
    assert!(typed.err.contains(&number), "{}", typed.err);
    let seen = shell.run(&format!("score show --script {number} --json --as typist-a")).done().json();
    assert_eq!(seen["subjects"][0]["state"], "first_in");
    let seen = shell.run(&format!("score show {ticket} --json --as typist-a")).done().json();
    assert_eq!(seen["subjects"][0]["state"], "sealed");
    assert_ne!(shell.run("script map --session theory-1").status, 0);
    assert!(shell.run("script list").done().out.contains("密封"));
}
