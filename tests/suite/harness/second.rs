//! A second person for what nobody does alone, so that tests of other things keep to one.
use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, Version};
use kaowu::model::{BatchId, OperatorId, Role};
use kaowu::ops::together::{Wanted, Witness};
use kaowu::ops::{CountersignatureRow, InDoubt, Operation, OperatorRow, Result, Work};
use kaowu::store::rows;
use serde::Serialize;
use std::sync::OnceLock;

/// Coordinator for another organisation; signs with [`PIN`].
pub const SECOND: &str = "second";
/// The same, for what the second person does.
const THIRD: &str = "third";
/// Of everybody whom [`PlantPins`] gave one.
pub const PIN: &str = "24681357";

/// A hash of [`PIN`] that costs next to nothing.
pub fn cheap_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
        argon.hash_password(PIN.as_bytes()).unwrap().to_string()
    })
}

/// Signs whatever is wanted, for two.
pub fn witness() -> Witness {
    Box::new(|site, wanted| {
        site.perform(&PlantSecond::of(wanted))?;
        Ok(())
    })
}

/// Leave for one operation, as if both had typed their PINs.
#[derive(Serialize)]
pub struct PlantSecond {
    kind: String,
    #[serde(skip)]
    batch: Option<BatchId>,
    digest: String,
    said: String,
    roles: String,
}

impl PlantSecond {
    pub fn of(wanted: &Wanted) -> PlantSecond {
        let roles: Vec<_> = wanted.roles.iter().map(|r| r.code()).collect();
        let (digest, said) = (wanted.digest.clone(), wanted.said.clone());
        PlantSecond { kind: wanted.kind.to_owned(), batch: wanted.batch, digest, said, roles: roles.join(",") }
    }
}

impl Operation for PlantSecond {
    const KIND: &'static str = "test.second";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        // Somebody else again where the second one acts.
        let second = coordinator(work, if work.actor.name == SECOND { THIRD } else { SECOND })?;
        let asked = CountersignatureRow {
            id: work.tx.next_id::<CountersignatureRow>()?,
            kind: self.kind.clone(),
            batch: self.batch,
            digest: self.digest.clone(),
            said: self.said.clone(),
            roles: self.roles.clone(),
            asked_by: work.actor.operator()?,
            asked_at: work.now,
            given_by: None,
            given_at: None,
            used: None,
        };
        work.tx.insert(&asked)?;
        if !self.roles.is_empty() {
            let (given_by, given_at) = (Some(second), Some(work.now));
            work.tx.update(&asked, &CountersignatureRow { given_by, given_at, ..asked.clone() })?;
        }
        Ok(())
    }
}

fn coordinator(work: &mut Work<'_, '_>, name: &str) -> Result<OperatorId> {
    if let Some(row) = rows::first::<OperatorRow>(work.tx.db(), "WHERE name = ?1", [name])? {
        // A bundle brings the person without the PIN.
        if row.pin.is_none() {
            work.tx.update(&row, &OperatorRow { pin: Some(cheap_hash().to_owned()), ..row.clone() })?;
        }
        return Ok(row.id);
    }
    let id = OperatorId(work.tx.next_id::<OperatorRow>()?);
    work.tx.insert(&OperatorRow {
        id,
        name: name.into(),
        roles: Role::Coordinator.code().into(),
        os_user: None,
        pin: Some(cheap_hash().to_owned()),
        unit: Some("就促会".into()),
        disabled: false,
    })?;
    Ok(id)
}

/// [`PIN`] for these operators, and [`SECOND`] beside them.
#[derive(Serialize)]
pub struct PlantPins(pub Vec<String>);

impl Operation for PlantPins {
    const KIND: &'static str = "test.pins";
    const ROLES: &'static [Role] = &[];
    const IN_DOUBT: InDoubt = InDoubt::Allowed;
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        coordinator(work, SECOND)?;
        for name in &self.0 {
            let before = rows::first::<OperatorRow>(work.tx.db(), "WHERE name = ?1", [name])?.unwrap();
            let pin = Some(cheap_hash().to_owned());
            if before.pin != pin {
                work.tx.update(&before, &OperatorRow { pin, ..before.clone() })?;
            }
        }
        Ok(())
    }
}
