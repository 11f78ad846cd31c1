//! No list is written over what the site keeps for itself.
use crate::harness::Shell;

#[test]
fn nothing_is_written_over_the_sites_own_files() {
    let (shell, _) = Shell::seated(2);
    shell.run("site key show").done();
    shell.run("backup").done();
    let kept = std::fs::read_dir(shell.path("backups")).unwrap().next().unwrap().unwrap().file_name();
    let kept = format!("backups/{}", kept.to_string_lossy());
    std::fs::write(shell.path("config.toml"), "").unwrap();
    let own = ["site.db", "config.toml", "anchor/site.key", "anchor/site.age", "anchor/mark", &kept];
    let before = own.map(|name| std::fs::read(shell.path(name)).unwrap());
    let new = ["site.db-journal", "anchor/list.csv", "drafts/list.csv", "wrong-pins"];
    std::fs::create_dir_all(shell.path("drafts")).unwrap();
    for name in own.iter().chain(&new) {
        for command in ["export rooms --out", "export id-tokens --out", "site key show --out"] {
            let answer = shell.run(&format!("{command} {name} --as root --lang en"));
            assert_ne!(answer.status, 0, "{command} {name}");
            let why = ["of the site itself", "no key of the region"].iter().any(|why| answer.err.contains(why));
            assert!(why, "{command} {name}: {}", answer.err);
        }
    }
    for (name, before) in own.iter().zip(before) {
        assert!(std::fs::read(shell.path(name)).unwrap() == before, "{name} was written over");
    }
    assert!(new.iter().all(|name| !shell.path(name).exists()));
    let sheet = shell.path("sheet.csv").display().to_string();
    let refused = shell.run(&format!("import {sheet} --refused site.db --as root --lang en"));
    assert!(refused.status != 0 && refused.err.contains("of the site itself"), "{}", refused.err);
    shell.run("export rooms --out rooms.csv").done();
    shell.run("log verify").done();
}
