//! The same values through the form and through a sheet get the same verdict.
use super::world::form_layout;
use kaowu::bundle::application::Check;
use kaowu::bundle::codes::Codes;
use kaowu::bundle::field::Field;
use kaowu::bundle::layout::{Kind, Layout};
use kaowu::bundle::row_fault::Severity;
use kaowu::bundle::sheet::catalogue;
use kaowu::config::Assets;
use kaowu::model::Day;
use kaowu::ops::applications::form::{Ground, Holds, ITEMS, Typed, judge};
use kaowu::ops::demo::people;
use kaowu::policy::{self, Policy};
use proptest::prelude::*;
use std::collections::BTreeSet;

struct World {
    sheet: Layout,
    form: Layout,
    codes: Codes,
    policy: Policy,
    rows: Vec<people::Row>,
}

fn world() -> World {
    let assets = Assets::default();
    let codes = Codes::load(&|n| assets.read(&format!("codes/{n}"))).unwrap();
    let policy = policy::load("nmg-2023", &|n| assets.read(&format!("policies/{n}.toml"))).unwrap().policy;
    let rows = people::rows(&codes, 3, 40);
    let sheet = Layout::parse(&assets.read("layouts/candidate-33.toml").unwrap()).unwrap();
    World { sheet, form: form_layout(), codes, policy, rows }
}

impl World {
    /// Items whose cells a row of the sheet is refused for.
    fn by_sheet(&self, row: &[String]) -> BTreeSet<(String, &'static str)> {
        let check = Check { layout: &self.sheet, codes: &self.codes, offers: &catalogue };
        let mut found = Vec::new();
        let cell = |n: usize| row[n].trim();
        let taken = check.row(1, cell, &mut found).is_some();
        let errors = found.iter().filter(|f| f.severity == Severity::Error);
        let errors: BTreeSet<_> = errors.map(|f| (format!("{:?}", f.field.unwrap()), f.bad.code.0)).collect();
        assert_eq!(taken, errors.is_empty());
        errors
    }

    /// The same for the form.
    fn by_form(&self, row: &[String]) -> BTreeSet<(String, &'static str)> {
        let mut typed = Typed::default();
        for (column, text) in self.sheet.columns.iter().zip(row) {
            let item = ITEMS.iter().find(|item| item.holds == Holds::Cell(column.field));
            item.into_iter().for_each(|item| typed.set(item.code, text.as_str()).unwrap());
            if column.field == Field::Category {
                typed.set("route", text.as_str()).unwrap();
            }
        }
        let today = Day::from_ymd_opt(2023, 9, 5).unwrap();
        let ground = Ground { codes: &self.codes, policy: &self.policy, layout: &self.form, today, limits: None };
        let judged = judge(&ground, &typed, None);
        let errors = judged.errors().map(|fault| {
            let item = ITEMS.iter().find(|item| item.code == fault.column).unwrap();
            let Holds::Cell(field) = item.holds else { panic!("{fault:?}") };
            (format!("{field:?}"), fault.code.0)
        });
        let errors: BTreeSet<_> = errors.collect();
        assert_eq!(judged.row.is_some(), errors.is_empty());
        errors
    }
}

/// Cells that both forms of entry read; what is required where is each form's own matter, so no cell is emptied.
const SPOILED: [Field; 16] = [
    Field::Occupation,
    Field::Level,
    Field::Number,
    Field::Name,
    Field::Sex,
    Field::Birth,
    Field::Phone,
    Field::CertificateLevel,
    Field::Education,
    Field::Source,
    Field::Employer,
    Field::EthnicGroup,
    Field::WorkBegan,
    Field::Email,
    Field::Years,
    Field::Postcode,
];

#[test]
fn cells_are_read_alike() {
    let world = world();
    for column in &world.form.columns {
        let same = world.sheet.column(column.field).unwrap();
        assert_eq!((column.cell, &column.one_of), (same.cell, &same.one_of), "{}", column.name);
        assert_ne!(column.cell, Kind::YesNo);
    }
    for row in &world.rows {
        assert_eq!(world.by_form(row), BTreeSet::new(), "{row:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]
    #[test]
    fn a_form_and_a_row_of_a_sheet_are_judged_alike(
        person in 0usize..40,
        spoils in prop::collection::vec((0usize..SPOILED.len(), "[0-9a-zA-Z张三电工级男女年月日@.=+\\-/ １２]{1,12}"), 0..4),
        swaps in prop::collection::vec((0usize..SPOILED.len(), 0usize..40), 0..3),
    ) {
        let world = world();
        let mut row = world.rows[person].clone();
        let place = |field: Field| world.sheet.columns.iter().position(|c| c.field == field).unwrap();
        for (at, other) in swaps {
            let n = place(SPOILED[at]);
            if !world.rows[other][n].is_empty() {
                row[n] = world.rows[other][n].clone();
            }
        }
        for (at, text) in spoils {
            if !text.trim().is_empty() {
                row[place(SPOILED[at])] = text;
            }
        }
        prop_assert_eq!(world.by_form(&row), world.by_sheet(&row));
    }
}

/// S1-55, S1-56, S2-28: the notice's rules judge the rows of a sheet too.
#[test]
fn a_sheet_is_judged_by_the_notice_too() {
    use crate::harness::Desk;
    use kaowu::ops::exchange::{Import, Mode, Report, Source};
    let import = |desk: &mut Desk, change: fn(&mut people::Row)| -> Report {
        let mut rows = people::rows(&desk.site.codes().unwrap(), 1, 3);
        rows.iter_mut().for_each(change);
        let file = tempfile::NamedTempFile::new().unwrap();
        let lines: Vec<_> =
            [people::HEADINGS.join(",")].into_iter().chain(rows.iter().map(|row| row.join(","))).collect();
        std::fs::write(file.path(), lines.join("\n")).unwrap();
        let source = Source { path: file.path().to_owned(), name: "s.csv".into(), ..Source::default() };
        let import = Import { source: &source, mode: Mode::KeepGood, assets: &Assets::default(), refusals: None };
        desk.does(&import)
    };
    let place = |heading: &str| people::HEADINGS.iter().position(|h| *h == heading).unwrap();
    assert_eq!((place("参加工作时间"), place("专业年限"), place("报名单位")), (22, 24, 17));
    let odd = import(&mut super::world::desk(), |row| {
        row[22] = "1975-01".into();
        row[24] = "60".into();
    });
    assert_eq!((odd.counts.added, odd.counts.refused), (3, 0));
    let told: BTreeSet<_> = odd.faults.iter().map(|f| (f.column.as_str(), f.code.0)).collect();
    assert!(told.contains(&("参加工作时间", "work_began_early")), "{told:?}");
    assert!(told.contains(&("专业年限", "years_too_many")), "{told:?}");
    let alone = |text: &mut String| {
        *text = text.replace("individual_registration = true", "individual_registration = false");
    };
    let refused = import(&mut super::world::desk_under(alone), |row| row[17] = row[6].clone());
    assert_eq!((refused.counts.added, refused.counts.refused), (0, 3));
    assert!(refused.faults.iter().all(|f| f.code.0 == "no_individuals"));
}
