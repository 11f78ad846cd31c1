//! A row of a sheet as a stored application.
use crate::bundle::application::ApplicationRow as Sheet;
use crate::bundle::column::Answer;
use crate::bundle::field::Field;
use crate::model::reading::{self, Further, Reading};
use crate::model::{ApplicationId, BatchId, Evidence, EvidenceKind, Route};
use crate::store::views::search::split_chars;
use crate::store::{ApplicationRow, ApplicationState};
use std::borrow::Cow;

/// The application as first filed: submitted, unpaid.
pub fn filed(sheet: &Sheet<'_>, batch: BatchId, id: ApplicationId) -> ApplicationRow {
    let own = |text: &Option<Cow<'_, str>>| text.as_deref().map(str::to_owned);
    let (main, other_readings) = readings(&sheet.name);
    ApplicationRow {
        id,
        batch,
        sequence: own(&sheet.sequence),
        occupation: sheet.occupation.code.clone(),
        occupation_name: sheet.occupation.name.clone(),
        level: sheet.level,
        condition: own(&sheet.condition),
        document: sheet.document,
        id_number: sheet.number.clone().into_owned(),
        id_reversed: sheet.number.chars().rev().collect(),
        name: sheet.name.clone().into_owned(),
        name_chars: split_chars(&sheet.name),
        pinyin: main.pinyin,
        initials: main.initials,
        other_readings,
        sex: sheet.sex,
        birth: sheet.birth,
        phone: own(&sheet.phone),
        has_certificate: sheet.has_certificate.as_ref().map(|a| *a == Answer::Yes),
        certificate_level: sheet.certificate_level,
        certificate_no: own(&sheet.certificate_no),
        education: own(&sheet.education),
        region: own(&sheet.region),
        source: own(&sheet.source),
        employer: own(&sheet.employer),
        registered_by: own(&sheet.registered_by),
        category: own(&sheet.category),
        major: own(&sheet.major),
        attempt: own(&sheet.attempt),
        ethnic_group: own(&sheet.ethnic_group),
        work_began: sheet.work_began,
        email: own(&sheet.email),
        years: sheet.years.map(i64::from),
        household: own(&sheet.household),
        politics: own(&sheet.politics),
        diploma_no: own(&sheet.diploma_no),
        experience: own(&sheet.experience),
        address: own(&sheet.address),
        delivery: own(&sheet.delivery),
        postcode: own(&sheet.postcode),
        mailing_address: own(&sheet.mailing_address),
        route: route(sheet),
        direction: own(&sheet.direction),
        unit: own(&sheet.unit),
        employer_code: own(&sheet.employer_code),
        registration_no: own(&sheet.registration_no),
        achievements: own(&sheet.achievements),
        strengths: own(&sheet.strengths),
        pledged_on: sheet.pledged_on,
        original_at: None,
        training: sheet.training.map(|a| a == Answer::Yes),
        state: ApplicationState::Submitted,
        paid_at: None,
    }
}

/// As the sheet names it; a sheet that says nothing means a first application, or a promotion where there is an earlier
/// certificate.
pub fn route(sheet: &Sheet<'_>) -> Route {
    let earlier = sheet.has_certificate == Some(Answer::Yes) || sheet.certificate_level.is_some();
    match (sheet.route, sheet.category.as_deref()) {
        (Some(route), _) => route,
        (None, Some(named)) => Route::named(named).unwrap_or(Route::First),
        (None, None) if earlier => Route::Promotion,
        (None, None) => Route::First,
    }
}

/// The engagement that a roster states beside the application (S2-44: 现聘任等级, 聘任时间).
pub fn engagement(sheet: &Sheet<'_>) -> Option<Evidence> {
    let level = sheet.held_level?;
    Some(Evidence {
        kind: EvidenceKind::Engagement,
        from: sheet.engaged_on,
        to: None,
        relation: None,
        level: Some(level),
        rank: None,
        class: None,
        subject: None,
        unit: sheet.employer.as_deref().map(str::to_owned),
        number: None,
        months: None,
    })
}

/// Takes a field from what is stored, for a sheet that has no such column.
pub fn keep(row: &mut ApplicationRow, stored: &ApplicationRow, field: Field) {
    macro_rules! kept {
        ($($variant:ident $column:ident),+ $(,)?) => {
            match field {
                $(Field::$variant => row.$column.clone_from(&stored.$column),)+
                // Part of the key, or required wherever there is a sheet.
                Field::Occupation | Field::Level | Field::Document | Field::Number | Field::Name => {}
                // Evidence, which has its own rows.
                Field::HeldLevel | Field::EngagedOn => {}
            }
        };
    }
    #[rustfmt::skip]
    kept!(
        Sequence sequence, Condition condition, Sex sex, Birth birth, Phone phone, HasCertificate has_certificate,
        CertificateLevel certificate_level, CertificateNo certificate_no, Education education, Region region,
        Source source, Employer employer, RegisteredBy registered_by, Category category, Major major, Attempt attempt,
        EthnicGroup ethnic_group, WorkBegan work_began, Email email, Years years, Household household,
        Politics politics, DiplomaNo diploma_no, Experience experience, Address address, Delivery delivery,
        Postcode postcode, MailingAddress mailing_address, Route route, Direction direction, Unit unit,
        EmployerCode employer_code, RegistrationNo registration_no, Achievements achievements, Strengths strengths,
        PledgedOn pledged_on, Training training,
    );
}

/// The main reading for the index, and every further one as words for the search.
pub fn readings(name: &str) -> (Reading, String) {
    let mut main = Reading::default();
    if matches!(reading::read_main(name, &mut main), Further::None) {
        return (main, String::new());
    }
    let mut words: Vec<String> = Vec::new();
    for other in reading::readings(name).into_iter().skip(1) {
        for word in [other.initials, other.pinyin] {
            if word != main.initials && word != main.pinyin && !words.contains(&word) {
                words.push(word);
            }
        }
    }
    (main, words.join(" "))
}
