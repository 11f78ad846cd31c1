//! The form for one application: its items as text, and the one judgement that the screen, the commands and the
//! operations share. Cells are judged by the very functions that judge the rows of a sheet.
mod choices;
mod draft;
mod from_file;
mod items;
mod judge;
mod piece;
mod typed;
mod unit;

pub use crate::bundle::layout::Layout;
pub use choices::{Choice, choices, part_choices};
pub use draft::{Draft, Kept};
pub use from_file::from_bytes;
pub use items::{Holds, ITEMS, Item, item};
pub use judge::{Ground, Judged, judge};
pub use piece::{PARTS, Piece, parts};
pub use typed::{NOT_A_FORM, Typed, UNKNOWN_ITEM};
pub use unit::{DIRECT, Employer, chosen, routed};

use crate::config::Assets;
use crate::model::{ApplicationId, Code, Refusal};
use crate::ops::exchange::Limits;
use crate::ops::{EvidenceRow, Result, Site};
use crate::policy;
use crate::store::rows;

/// Nothing stands in an item that must be filled in.
pub const MISSING: Code = Code("form.missing");
/// A day after today.
pub const FUTURE: Code = Code("form.future");
pub const ENDS_BEFORE: Code = Code("form.ends_before");
pub const TOO_LONG: Code = Code("form.too_long");
pub const UNIT_UNKNOWN: Code = Code("form.unit_unknown");
/// A warning: nothing says which unit takes the applicant.
pub const UNIT_NOT_ROUTED: Code = Code("form.unit_not_routed");
/// A warning: the employer's place leads to another unit than the one chosen.
pub const UNIT_DIFFERS: Code = Code("form.unit_differs");
/// A warning: the pledge is not signed (S1-74).
pub const NO_PLEDGE: Code = Code("form.no_pledge");
pub const LAYOUT_MISSING: Code = Code("form.layout_missing");

/// Bytes that a long text may have; four pages.
pub const MOST_IN_TEXT: usize = 16 * 1024;

/// How the form's cells are read and which of them every application must fill in; a site may have its own.
pub fn layout(assets: &Assets) -> Result<Layout> {
    let text = assets.read("forms/application.toml").ok_or_else(|| Refusal::new(LAYOUT_MISSING))?;
    Ok(Layout::parse(&text)?)
}

/// Judges what is typed so far; `before` is the form as stored, while an application is edited.
pub fn check(site: &Site, layout: &Layout, typed: &Typed, before: Option<&Typed>) -> Result<Judged> {
    let (codes, policy) = (site.codes()?, site.policy()?);
    let (row, today) = (site.row()?, site.now().day());
    let here = (row.organisation.as_deref(), today);
    let limits = Limits::load(site.store().db(), site.batch()?.id, (&policy, &codes), here)?;
    let ground = Ground { codes: &codes, policy: &policy, layout, today, limits: Some(&limits) };
    Ok(judge(&ground, typed, before))
}

/// An application as the form shows it, for editing.
pub fn stored(site: &Site, application: ApplicationId) -> Result<Typed> {
    let row = super::by_id(site, application)?;
    let tail = "WHERE application = ?1 ORDER BY id";
    let rows = rows::select::<EvidenceRow>(site.store().db(), tail, [application])?;
    let evidence: Vec<_> = rows.iter().map(EvidenceRow::evidence).collect();
    Ok(Typed::of(&row, &evidence))
}

/// Whether the operator at hand may file and amend at all: asked before anybody types.
pub fn may_type(site: &Site) -> Result<(), Refusal> {
    use crate::ops::Operation;
    policy::duties::allowed(&site.actor().roles, super::File::ROLES)?;
    if site.is_read_only() {
        return Err(Refusal::new(crate::ops::site::READ_ONLY));
    }
    Ok(())
}

/// The items that must be filled in, given what is typed so far.
pub fn needed(site: &Site, layout: &Layout, typed: &Typed) -> Result<Vec<&'static str>> {
    let (codes, policy) = (site.codes()?, site.policy()?);
    let ground = Ground { codes: &codes, policy: &policy, layout, today: site.now().day(), limits: None };
    Ok(judge::needed(&ground, typed))
}

/// Name of a unit of the policy by its code.
pub fn unit_name(site: &Site, code: &str) -> Option<String> {
    let policy = site.policy().ok()?;
    policy.units.list.iter().find(|unit| unit.code == code).map(|unit| unit.name.clone())
}
