//! People who passed, under the notice of 2022 or of 2023; rows that no test here is about are planted.
use crate::certificates::Settled;
use crate::harness::Desk;
use kaowu::model::*;
use kaowu::ops::demo::people;
use kaowu::ops::documents::Signed;
use kaowu::ops::*;
use kaowu::store::rows;
use serde::Serialize;

/// Every application approved, of this unit.
#[derive(Serialize)]
pub struct Approved(pub Option<&'static str>);

impl Operation for Approved {
    const KIND: &'static str = "test.approved";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        for a in rows::select::<ApplicationRow>(work.tx.db(), "ORDER BY id", [])? {
            let unit = self.0.map(str::to_owned).or_else(|| a.unit.clone());
            let after = ApplicationRow { state: ApplicationState::Approved, unit, ..a.clone() };
            if after != a {
                work.tx.update(&a, &after)?;
            }
        }
        Ok(())
    }
}

/// Another mark or employer than before.
#[derive(Serialize)]
pub enum Other {
    Mark(ApplicationId, i32),
    Employer(ApplicationId, &'static str),
}

impl Operation for Other {
    const KIND: &'static str = "test.other";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        match self {
            Other::Mark(id, points) => {
                let tail = "WHERE application = ?1 AND subject = 'theory'";
                let mark = rows::first::<MarkRow>(work.tx.db(), tail, [id])?.unwrap();
                let points = Some(Points::whole(*points));
                Ok(work.tx.update(&mark, &MarkRow { points, ..mark.clone() })?)
            }
            Other::Employer(id, name) => {
                let a = rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1", [id])?.unwrap();
                Ok(work.tx.update(&a, &ApplicationRow { employer: Some((*name).into()), ..a.clone() })?)
            }
        }
    }
}

/// A photo that was examined, by its digest.
#[derive(Serialize)]
pub struct Photo(pub ApplicationId, pub String);

impl Operation for Photo {
    const KIND: &'static str = "test.photo";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        Ok(work.tx.insert(&MaterialRow {
            id: work.tx.next_id::<MaterialRow>()?,
            application: self.0,
            code: "photo".into(),
            file: Some("photo.jpg".into()),
            bytes: Some(3),
            sha256: Some(self.1.clone()),
            format: Some("jpg".into()),
            width: None,
            height: None,
            characters: None,
            state: MaterialState::Accepted,
            fault: None,
            judged_by: None,
            judged_at: None,
            note: None,
            topics: None,
            copies: None,
        })?)
    }
}

pub fn ids(count: i64) -> Vec<ApplicationId> {
    (1..=count).map(ApplicationId).collect()
}

/// So many approved people of 2022, all with 80 in every part, final.
pub fn xinjiang(count: usize) -> Desk {
    let mut desk = Desk::new();
    desk.open_batch_of("xinjiang-2022");
    let codes = desk.site.codes().unwrap();
    let mut all = people::rows(&codes, 1, count);
    for row in &mut all {
        row[14] = "新疆维吾尔自治区".into();
        row[16] = "乌鲁木齐市城市管理局".into();
    }
    desk.sheet(&all);
    desk.does(&Approved(None));
    desk.at("18:00");
    desk.does(&Settled { people: ids(count as i64), points: 80 });
    desk.release();
    desk
}

pub fn signed() -> Signed {
    let (handled_by, responsible) = (Some("高经办".into()), Some("陈负责".into()));
    Signed { handled_by, responsible, legible: true, stamped: true, dated: None }
}
