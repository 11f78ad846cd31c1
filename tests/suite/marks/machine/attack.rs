//! Raw SQL against locked marks: what the database itself holds when nothing of the program stands before it.
use super::world::World;
use rusqlite::Connection;

/// Tries every way to a locked mark; each must fail. What may succeed is rolled back.
pub fn all_fail(world: &World) {
    for (application, subject) in &world.keys {
        if !world.is_locked((*application, *subject)) {
            continue;
        }
        let of = format!("application = {} AND subject = '{}'", application.0, subject.code());
        let session = format!("(SELECT id FROM session WHERE subject = '{}')", subject.code());
        for sql in [
            format!("UPDATE mark SET mark = 'points', points = 9950 WHERE {of}"),
            format!("UPDATE mark SET application = 99 WHERE {of}"),
            format!("DELETE FROM mark WHERE {of}"),
            format!(
                "INSERT OR REPLACE INTO mark (application, subject, mark, points) VALUES ({}, '{}', 'points', 9950)",
                application.0,
                subject.code()
            ),
            format!("UPDATE entry SET mark = 'points', points = 9950 WHERE {of}"),
            format!("DELETE FROM entry WHERE {of}"),
            format!("DELETE FROM placement WHERE application = {} AND session = {session}", application.0),
            format!("DELETE FROM mark_lock WHERE session = {session}"),
            format!("UPDATE session SET subject = 'review' WHERE id = {session}"),
            format!(
                "UPDATE mark_lock SET asked_by = operator, asked_at = at, asked_reason = 'x', opened_by = operator \
                 WHERE session = {session}"
            ),
        ] {
            fails(&world.raw, &sql);
        }
        // Nor is a bag opened by one person.
        fails(
            &world.raw,
            &format!("UPDATE script_bag SET asked_by = 1, unsealed_by = 1, unsealed_at = 0 WHERE session = {session}"),
        );
        alone(world, &of, (application.0, subject.code()));
    }
}

/// One person cannot approve their own change, nor bend one that was decided.
fn alone(world: &World, of: &str, (application, subject): (i64, &str)) {
    let insert = |decided_by: i64| {
        format!(
            "INSERT INTO mark_change (id, application, subject, old_mark, old_points, new_mark, new_points, reason, \
             asked_by, asked_at, state, decided_by, decided_at) SELECT 900, application, subject, mark, points, 'points', \
             9950, 'x', 1, 0, 'approved', {decided_by}, 0 FROM mark WHERE application = {application} AND subject = '{subject}'"
        )
    };
    fails(&world.raw, &insert(1));
    fails(&world.raw, &format!("UPDATE mark_change SET new_points = 9950 WHERE {of} AND state <> 'asked'"));
    fails(&world.raw, &format!("DELETE FROM mark_change WHERE {of}"));
}

/// An error, or no row to act on.
fn fails(raw: &Connection, sql: &str) {
    raw.execute_batch("BEGIN").unwrap();
    let done = raw.execute(sql, []);
    raw.execute_batch("ROLLBACK").unwrap();
    assert!(!matches!(done, Ok(rows) if rows > 0), "went through: {sql}");
}
