//! The fixed yardsticks: the same crates, schema and rows, and nothing that a careful program adds. Do not tune these.
use crate::rounds::{peak_mib, processor_seconds};
use crate::world::database;
use kaowu::model::reading::{self, Reading};
use kaowu::store::views::search::split_chars;
use rusqlite::Connection;
use std::path::Path;
use std::time::Instant;

/// Columns of the sheet in the order of the table's columns from `sequence` on; derived columns are filled between.
const INSERT: &str = "INSERT INTO application (id, batch, sequence, occupation, occupation_name, level, condition, document, \
    id_number, id_reversed, name, name_chars, pinyin, initials, other_readings, sex, birth, phone, has_certificate, \
    certificate_level, certificate_no, education, region, source, employer, registered_by, category, major, attempt, \
    ethnic_group, work_began, email, years, household, politics, diploma_no, experience, address, delivery, postcode, \
    mailing_address, route, state) VALUES (?1, 1, ?2, ?3, ?3, ?4, ?5, 'resident_id', ?6, ?7, ?8, ?9, ?10, ?11, '', ?12, ?13, ?14, ?15, \
    ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, 'first', 'submitted')";

const FOLLOW: &str = "INSERT INTO name_search (rowid, chars, readings) SELECT id, name_chars, '' FROM application";

/// `SHEET HOME [no-search]`: reads the sheet as strings and inserts every row in one transaction. Prints seconds and MiB.
pub fn import_worker(args: &[String]) {
    let start = Instant::now();
    let db = connect(Path::new(&args[1]));
    db.pragma_update(None, "cache_size", -64 * 1024).unwrap();
    db.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut insert = db.prepare(INSERT).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(true).from_path(&args[0]).unwrap();
    let (mut row, mut id, mut main) = (csv::StringRecord::new(), 0i64, Reading::default());
    while reader.read_record(&mut row).unwrap() {
        id += 1;
        bind(&mut insert, id, &row, &mut main);
        insert.raw_execute().unwrap();
    }
    drop(insert);
    if args.len() == 2 {
        db.execute_batch(FOLLOW).unwrap();
    }
    db.execute_batch("COMMIT").unwrap();
    db.close().unwrap();
    println!("{} {} {}", start.elapsed().as_secs_f64(), peak_mib(), processor_seconds());
}

fn bind(insert: &mut rusqlite::Statement<'_>, id: i64, row: &csv::StringRecord, main: &mut Reading) {
    let cell = |n: usize| Some(&row[n]).filter(|c| !c.is_empty());
    let level = |text: &str| text.chars().find_map(|c| "一二三四五".chars().position(|d| d == c)).map(|n| n as i64 + 1);
    let (number, name) = (&row[5], &row[6]);
    let _ = reading::read_main(name, main);
    insert.raw_bind_parameter(1, id).unwrap();
    insert.raw_bind_parameter(2, cell(0)).unwrap();
    insert.raw_bind_parameter(3, &row[1]).unwrap();
    insert.raw_bind_parameter(4, level(&row[2])).unwrap();
    insert.raw_bind_parameter(5, cell(3)).unwrap();
    insert.raw_bind_parameter(6, number).unwrap();
    insert.raw_bind_parameter(7, number.chars().rev().collect::<String>()).unwrap();
    insert.raw_bind_parameter(8, name).unwrap();
    insert.raw_bind_parameter(9, split_chars(name)).unwrap();
    insert.raw_bind_parameter(10, main.pinyin.as_str()).unwrap();
    insert.raw_bind_parameter(11, main.initials.as_str()).unwrap();
    insert.raw_bind_parameter(12, if &row[7] == "女" { "female" } else { "male" }).unwrap();
    insert.raw_bind_parameter(13, cell(8)).unwrap();
    insert.raw_bind_parameter(14, cell(9)).unwrap();
    insert.raw_bind_parameter(15, &row[10] == "是").unwrap();
    insert.raw_bind_parameter(16, level(&row[11])).unwrap();
    for n in 12..24 {
        insert.raw_bind_parameter(n + 5, cell(n)).unwrap();
    }
    insert.raw_bind_parameter(29, row[24].parse::<i64>().ok()).unwrap();
    for n in 25..33 {
        insert.raw_bind_parameter(n + 5, cell(n)).unwrap();
    }
}

/// As a site's database is opened, without its checks.
pub fn connect(home: &Path) -> Connection {
    let db = Connection::open(database(home)).unwrap();
    db.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())).unwrap();
    db.pragma_update(None, "synchronous", "full").unwrap();
    db.pragma_update(None, "foreign_keys", true).unwrap();
    db
}

/// So many 4 KiB overwrites, each made durable; gives seconds for one.
pub fn durable_write(folder: &Path, times: u32) -> f64 {
    use std::os::unix::fs::FileExt;
    let path = folder.join("durable");
    let file = std::fs::OpenOptions::new().create(true).truncate(false).write(true).open(&path).unwrap();
    let page = [7u8; 4096];
    for n in 0..64 {
        file.write_all_at(&page, n * 4096).unwrap();
    }
    file.sync_all().unwrap();
    let start = Instant::now();
    for n in 0..times {
        file.write_all_at(&page, u64::from(n % 64) * 4096).unwrap();
        file.sync_data().unwrap();
    }
    start.elapsed().as_secs_f64() / f64::from(times)
}
