//! All that is kept of the applications, as a sheet that can be imported again. Withdrawn ones are left out.
use super::{Head, Identity, List, Manner, Numbers, Sink, Title};
use crate::bundle::field::Field;
use crate::bundle::layout::Layout;
use crate::bundle::write::Digits;
use crate::model::Refusal;
use crate::model::{Cell, DocumentKind, Level, Route, Sex};
use crate::ops::exchange::intake::UNKNOWN_LAYOUT;
use crate::ops::{Result, Site};
use crate::store::exchange::{Extract, each};
use std::borrow::Cow;

pub const LIST: List = List { what: "applications", numbers: Numbers::Masked, headings, rows };

const LAYOUT: &str = "applications";

fn layout(site: &Site) -> Result<Layout> {
    let text = site.assets().read(&format!("layouts/{LAYOUT}.toml"));
    Ok(Layout::parse(&text.ok_or_else(|| Refusal::new(UNKNOWN_LAYOUT).with("layout", LAYOUT))?)?)
}

fn headings(site: &Site) -> Result<Vec<Head>> {
    let head = |name: String| Head { title: Title::Official(name), digits: Digits::Tab };
    Ok(layout(site)?.columns.into_iter().map(|column| head(column.name)).collect())
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let fields: Vec<Field> = layout(site)?.columns.iter().map(|column| column.field).collect();
    let fields: Vec<(Field, &str)> = fields.into_iter().filter_map(|f| Some((f, column(f)?))).collect();
    let paths: Vec<_> = fields.iter().map(|(_, column)| *column).chain(["state"]).collect();
    let what = Extract { table: "application", paths: &paths, batch: "batch", order: &["id"] };
    each(site.store().db(), &what, site.batch()?.id, &mut |row| {
        if row.get(fields.len()) == Cell::text("withdrawn") {
            return Ok(());
        }
        let cells: Vec<_> =
            fields.iter().enumerate().map(|(n, (field, _))| official(*field, row.get(n), manner.identity)).collect();
        let cells: Vec<&str> = cells.iter().map(Cow::as_ref).collect();
        sink(&cells)
    })
}

/// A value as offices write it.
pub(super) fn official(field: Field, cell: Cell<'_>, identity: Identity) -> Cow<'_, str> {
    match (field, cell) {
        (_, Cell::None) => "".into(),
        (Field::Level | Field::CertificateLevel, Cell::Int(digit)) => {
            let level = u8::try_from(digit).ok().and_then(|d| Level::try_from(d).ok());
            level.map(Level::official).unwrap_or_default().into()
        }
        (Field::HasCertificate | Field::Training, Cell::Int(yes)) => if yes == 1 { "是" } else { "否" }.into(),
        (Field::Document, Cell::Text(code)) => {
            let kind = DocumentKind::ALL.into_iter().find(|kind| kind.code() == code);
            kind.map(DocumentKind::official).unwrap_or_default().into()
        }
        (Field::Sex, Cell::Text(code)) => Sex::parse(&code).map(Sex::official).unwrap_or_default().into(),
        (Field::Route, Cell::Text(code)) => Route::parse(&code).map(Route::official).unwrap_or_default().into(),
        (Field::Number, Cell::Text(number)) => identity.show(&number).into_owned().into(),
        (Field::Birth, Cell::Text(date)) => identity.birth(&date).into_owned().into(),
        (Field::Phone, Cell::Text(number)) => identity.phone(&number).into_owned().into(),
        (_, Cell::Text(text)) => text,
        (_, Cell::Int(n)) => n.to_string().into(),
    }
}

/// `None` for what stands beside the application.
pub(super) fn column(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::Sequence => "sequence",
        Field::Occupation => "occupation_name",
        Field::Level => "level",
        Field::Condition => "condition",
        Field::Document => "document",
        Field::Number => "id_number",
        Field::Name => "name",
        Field::Sex => "sex",
        Field::Birth => "birth",
        Field::Phone => "phone",
        Field::HasCertificate => "has_certificate",
        Field::CertificateLevel => "certificate_level",
        Field::CertificateNo => "certificate_no",
        Field::Education => "education",
        Field::Region => "region",
        Field::Source => "source",
        Field::Employer => "employer",
        Field::RegisteredBy => "registered_by",
        Field::Category => "category",
        Field::Major => "major",
        Field::Attempt => "attempt",
        Field::EthnicGroup => "ethnic_group",
        Field::WorkBegan => "work_began",
        Field::Email => "email",
        Field::Years => "years",
        Field::Household => "household",
        Field::Politics => "politics",
        Field::DiplomaNo => "diploma_no",
        Field::Experience => "experience",
        Field::Address => "address",
        Field::Delivery => "delivery",
        Field::Postcode => "postcode",
        Field::MailingAddress => "mailing_address",
        Field::Route => "route",
        Field::Direction => "direction",
        Field::Unit => "unit",
        Field::EmployerCode => "employer_code",
        Field::RegistrationNo => "registration_no",
        Field::Achievements => "achievements",
        Field::Strengths => "strengths",
        Field::PledgedOn => "pledged_on",
        Field::Training => "training",
        Field::HeldLevel | Field::EngagedOn => return None,
    })
}
