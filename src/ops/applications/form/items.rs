//! The items of the application form, in the order in which paper forms ask for them.
use crate::bundle::field::Field;
use crate::policy::particulars::Fact;

/// What an item is, for whoever reads its text and for whoever shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Read like the cell of a sheet.
    Cell(Field),
    Route,
    /// Code of one of the policy's units, [`super::DIRECT`], or empty to be routed.
    Unit,
    Line,
    /// Several lines.
    Long,
    Day,
    Relation,
    /// Of a certificate: `qualification` or `skill_level`.
    CertificateClass,
    YesNo,
}

#[derive(Debug, Clone, Copy)]
pub struct Item {
    /// Name in drafts, files and commands; the words are `form_item.<code>`.
    pub code: &'static str,
    pub holds: Holds,
}

macro_rules! items {
    ($($code:ident $holds:expr),+ $(,)?) => {
        pub const ITEMS: &[Item] = &[$(Item { code: stringify!($code), holds: $holds }),+];
    };
}

items! {
    document Holds::Cell(Field::Document),
    id_number Holds::Cell(Field::Number),
    name Holds::Cell(Field::Name),
    sex Holds::Cell(Field::Sex),
    birth Holds::Cell(Field::Birth),
    ethnic_group Holds::Cell(Field::EthnicGroup),
    phone Holds::Cell(Field::Phone),
    education Holds::Cell(Field::Education),
    major Holds::Cell(Field::Major),
    diploma_no Holds::Cell(Field::DiplomaNo),
    work_began Holds::Cell(Field::WorkBegan),
    years Holds::Cell(Field::Years),
    employer Holds::Cell(Field::Employer),
    employer_code Holds::Line,
    region Holds::Cell(Field::Region),
    unit Holds::Unit,
    registered_by Holds::Cell(Field::RegisteredBy),
    source Holds::Cell(Field::Source),
    occupation Holds::Cell(Field::Occupation),
    level Holds::Cell(Field::Level),
    direction Holds::Line,
    route Holds::Route,
    condition Holds::Cell(Field::Condition),
    attempt Holds::Cell(Field::Attempt),
    certificate_occupation Holds::Line,
    certificate_level Holds::Cell(Field::CertificateLevel),
    certificate_no Holds::Cell(Field::CertificateNo),
    certificate_on Holds::Day,
    certificate_class Holds::CertificateClass,
    certificate_relation Holds::Relation,
    experience Holds::Long,
    achievements Holds::Long,
    strengths Holds::Long,
    email Holds::Cell(Field::Email),
    politics Holds::Cell(Field::Politics),
    household Holds::Cell(Field::Household),
    address Holds::Cell(Field::Address),
    postcode Holds::Cell(Field::Postcode),
    mailing_address Holds::Cell(Field::MailingAddress),
    delivery Holds::Cell(Field::Delivery),
    registration_no Holds::Line,
    training Holds::YesNo,
    pledged_on Holds::Day,
}

pub fn item(code: &str) -> Option<&'static Item> {
    ITEMS.iter().find(|item| item.code == code)
}

/// The item that a sheet's field is asked for by; sheets say more than the form asks.
pub(super) fn item_of(field: Field) -> Option<&'static str> {
    ITEMS.iter().find(|item| item.holds == Holds::Cell(field)).map(|item| item.code)
}

pub(super) fn item_about(fact: Fact) -> &'static str {
    match fact {
        Fact::Sex => "sex",
        Fact::Birth => "birth",
        Fact::WorkBegan => "work_began",
        Fact::Years => "years",
        Fact::CertificateOccupation => "certificate_occupation",
        Fact::CertificateLevel => "certificate_level",
        Fact::CertificateNo => "certificate_no",
    }
}
