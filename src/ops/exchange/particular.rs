//! What the notice says of a row of a sheet, by the rules that judge the form.
use crate::bundle::field::Field;
use crate::bundle::layout::Layout;
use crate::bundle::row_fault::Bad;
use crate::model::Day;
use crate::policy::Policy;
use crate::policy::particulars::{self, Doubt, Fact, Facts};
use crate::store::ApplicationRow;

/// What rows are judged by.
pub(super) struct Particulars<'a> {
    pub policy: &'a Policy,
    pub today: Day,
}

impl Particulars<'_> {
    /// Why the notice does not take the row at all.
    pub fn refused(&self, row: &ApplicationRow) -> Option<Bad> {
        let route = particulars::route(self.policy, row.route, row.level);
        let registered = || particulars::registered(self.policy, row.registered_by.as_deref(), &row.name);
        route.and_then(|()| registered()).err().map(Bad::from)
    }

    /// What is odd about it: the heading, the value, what.
    pub fn doubts(&self, layout: &Headings, row: &ApplicationRow) -> Vec<(String, String, Bad)> {
        let facts = Facts { birth: row.birth, work_began: row.work_began, years: row.years };
        let told = |doubt: Doubt| {
            let (heading, value) = match doubt.about {
                Fact::Years => (&layout.years, row.years.map(|n| n.to_string())),
                _ => (&layout.work_began, row.work_began.map(|d| d.to_string())),
            };
            (heading.clone(), value.unwrap_or_default(), Bad { code: doubt.code, data: doubt.data })
        };
        particulars::doubts(facts, self.today).into_iter().map(told).collect()
    }
}

/// Headings of the columns that doubts are about.
pub(super) struct Headings {
    work_began: String,
    years: String,
}

impl Headings {
    pub fn of(layout: &Layout) -> Headings {
        let name = |field| layout.column(field).map(|c| c.name.clone()).unwrap_or_default();
        Headings { work_began: name(Field::WorkBegan), years: name(Field::Years) }
    }
}
