//! Who may apply where only filed organisations hold assessments: their own employees, within what they filed (S3-30,
//! S3-32), never an occupation that wants a licence (S3-12).
use crate::bundle::codes::Codes;
use crate::model::filing::LICENSED;
use crate::model::{Day, Level, Refusal};
use crate::ops::{Result, Site};
use crate::policy::Policy;
use crate::policy::enterprise::{Filed, Wanted, within};
use crate::store::rows::Connection;
use crate::store::views::enterprise::directory;

/// What stands in the directory now.
pub(in crate::ops) struct Scope {
    /// `None` where the policy leaves it open who applies.
    filed: Option<Vec<Filed>>,
    here: Option<String>,
    today: Day,
}

impl Scope {
    pub fn load(db: &Connection, policy: &Policy, (here, today): (Option<&str>, Day)) -> Result<Scope> {
        let filed = if policy.applicants.filed_only { Some(filed(db)?) } else { None };
        Ok(Scope { filed, here: here.map(str::to_owned), today })
    }

    pub fn check(&self, codes: &Codes, wanted: &Wanted<'_>) -> Result<(), Refusal> {
        let Some(filed) = &self.filed else { return Ok(()) };
        let name = codes.occupation(wanted.occupation).map_or("", |o| o.name.as_str());
        if codes.is_licensed(wanted.occupation, name) {
            let shown = if name.is_empty() { wanted.occupation } else { name };
            return Err(Refusal::new(LICENSED).with("occupation", shown));
        }
        within(filed, self.here.as_deref(), self.today, wanted)
    }
}

fn filed(db: &Connection) -> Result<Vec<Filed>> {
    let all = directory(db)?.into_iter().map(|(organisation, filing, occupations)| Filed {
        name: organisation.name,
        credit_code: organisation.credit_code,
        certificate_prefix: organisation.certificate_prefix,
        state: filing.state,
        valid_from: filing.valid_from,
        valid_to: filing.valid_to,
        occupations: occupations.into_iter().map(crate::store::FiledOccupationRow::value).collect(),
    });
    Ok(all.collect())
}

/// The rule for one application: employer, its credit code, occupation code, level. Refuses nothing where the policy of
/// the batch at hand does not ask for filed organisations.
#[allow(clippy::type_complexity)] // what four plain arguments and two outcomes come to
pub fn scope(site: &Site) -> Result<impl Fn(Option<&str>, Option<&str>, &str, Level) -> Result<(), Refusal>> {
    let (row, policy, codes) = (site.row()?, site.policy()?, site.codes()?);
    let scope = Scope::load(site.store().db(), &policy, (row.organisation.as_deref(), site.now().day()))?;
    Ok(move |employer: Option<&str>, employer_code: Option<&str>, occupation: &str, level: Level| {
        scope.check(&codes, &Wanted { employer, employer_code, occupation, level })
    })
}
