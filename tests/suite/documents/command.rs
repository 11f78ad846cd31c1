//! The same by command.
use crate::harness::Shell;

fn refused(shell: &Shell, args: &str, code: &str) {
    let answer = shell.run(&format!("{args} --json"));
    assert_eq!(answer.status, 1, "{args}: {}{}", answer.out, answer.err);
    assert!(answer.err.contains(&format!("\"{code}\"")), "{args}: {}", answer.err);
}

#[test]
fn documents_rosters_and_uploads_by_command() {
    let shell = Shell::with_batch();
    let listed = shell.run("document list --json").done().json();
    assert_eq!(listed["overview"]["given"], false);
    refused(&shell, "document prepare --title x", "documents.not_in_the_notice");
    refused(&shell, "roster make passed --filled-by 高经办", "rosters.unit_needed");
    shell.run("roster list").done();
    shell.run("upload list").done();
    refused(&shell, "upload prepare new", "uploads.nobody");
    refused(&shell, "upload submit 1 --manager a --head b --to c", "uploads.not_found");
    refused(&shell, "document show 1", "documents.not_found");
    refused(&shell, "roster fill 1 --box moon --stamped", "rosters.unknown_box");
}
