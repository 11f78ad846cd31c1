//! Rows of organisations that hold assessments themselves: filings, evaluations, the directory, cases.
use super::record::record;
use crate::model::filing::*;
use crate::model::*;

record!(OrganisationRow in "organisation" by [id] {
    id: i64,
    credit_code: String,
    name: String,
    address: Option<String>,
    kind: OrganisationKind,
    certificate_prefix: Option<String>,
});

record!(FilingRow in "filing" by [id] {
    id: i64,
    organisation: i64,
    round: i64,
    state: FilingState,
    unit: Option<String>,
    contact: Option<String>,
    post: Option<String>,
    landline: Option<String>,
    mobile: Option<String>,
    email: Option<String>,
    strengths: Option<String>,
    venue: Option<String>,
    systems: Option<String>,
    paper_on: Option<Day>,
    electronic_on: Option<Day>,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    reason: Option<String>,
});

record!(FiledOccupationRow in "filing_occupation" by [id] {
    id: i64,
    filing: i64,
    place: i64,
    name: String,
    code: String,
    lowest: Level,
    highest: Level,
    fee: Option<i64>,
});

record!(FiledEquipmentRow in "filing_equipment" by [id] {
    id: i64,
    filing: i64,
    place: i64,
    name: String,
    brand: Option<String>,
    model: Option<String>,
    quantity: i64,
    owner: Option<String>,
});

record!(FiledStaffRow in "filing_staff" by [id] {
    id: i64,
    filing: i64,
    kind: StaffKind,
    place: i64,
    name: String,
    id_number: String,
    unit: Option<String>,
    post: Option<String>,
    education: Option<String>,
    duty: Option<String>,
    /// Separated by `、`.
    occupations: Option<String>,
});

record!(FiledAttachmentRow in "filing_attachment" by [id] {
    id: i64,
    filing: i64,
    kind: AttachmentKind,
    title: String,
    file: Option<String>,
    person: Option<String>,
    number: Option<String>,
    dated: Option<Day>,
});

record!(FiledConditionRow in "filing_condition" by [filing, number] {
    filing: i64,
    number: i64,
    evidence: Option<String>,
    met: Option<bool>,
    note: Option<String>,
    judged_by: Option<String>,
    at: Option<Stamp>,
});

record!(EvaluationRow in "evaluation" by [id] {
    id: i64,
    filing: i64,
    dated: Day,
    /// Separated by `、`.
    experts: String,
    opinion: String,
    result: EvaluationResult,
    operator: OperatorId,
    at: Stamp,
});

record!(EnterpriseCaseRow in "enterprise_case" by [id] {
    id: i64,
    organisation: i64,
    number: i64,
    source: CaseSource,
    received_on: Day,
    facts: String,
    handling: Option<String>,
    outcome: Option<String>,
    closed_on: Option<Day>,
    operator: OperatorId,
});

/// Between names or codes in one cell.
pub const LIST_MARK: &str = "、";

impl FiledOccupationRow {
    pub fn of(id: i64, filing: i64, place: i64, o: &FiledOccupation) -> Self {
        let FiledOccupation { name, code, lowest, highest, fee } = o.clone();
        FiledOccupationRow { id, filing, place, name, code, lowest, highest, fee }
    }

    pub fn value(self) -> FiledOccupation {
        let FiledOccupationRow { name, code, lowest, highest, fee, .. } = self;
        FiledOccupation { name, code, lowest, highest, fee }
    }
}

impl FiledEquipmentRow {
    pub fn of(id: i64, filing: i64, place: i64, e: &Equipment) -> Self {
        let Equipment { name, brand, model, quantity, owner } = e.clone();
        FiledEquipmentRow { id, filing, place, name, brand, model, quantity, owner }
    }

    pub fn value(self) -> Equipment {
        let FiledEquipmentRow { name, brand, model, quantity, owner, .. } = self;
        Equipment { name, brand, model, quantity, owner }
    }
}

impl FiledStaffRow {
    pub fn of(id: i64, filing: i64, place: i64, s: &Staff) -> Self {
        let Staff { kind, name, id_number, unit, post, education, duty, occupations } = s.clone();
        let occupations = (!occupations.is_empty()).then(|| occupations.join(LIST_MARK));
        FiledStaffRow { id, filing, kind, place, name, id_number, unit, post, education, duty, occupations }
    }

    pub fn value(self) -> Staff {
        let FiledStaffRow { kind, name, id_number, unit, post, education, duty, occupations, .. } = self;
        let occupations = occupations.iter().flat_map(|o| o.split(LIST_MARK)).map(str::to_owned).collect();
        Staff { kind, name, id_number, unit, post, education, duty, occupations }
    }
}

impl FiledAttachmentRow {
    pub fn of(id: i64, filing: i64, a: &Attachment) -> Self {
        let Attachment { kind, title, file, person, number, dated } = a.clone();
        FiledAttachmentRow { id, filing, kind, title, file, person, number, dated }
    }

    pub fn value(self) -> Attachment {
        let FiledAttachmentRow { kind, title, file, person, number, dated, .. } = self;
        Attachment { kind, title, file, person, number, dated }
    }
}

impl FiledConditionRow {
    pub fn value(self) -> Condition {
        let FiledConditionRow { number, evidence, met, note, judged_by, .. } = self;
        Condition { number, evidence, met, note, judged_by }
    }
}

impl FilingRow {
    /// The organisation's part of the form.
    pub fn head(&self, o: &OrganisationRow) -> Organisation {
        Organisation {
            credit_code: o.credit_code.clone(),
            name: o.name.clone(),
            kind: o.kind,
            address: o.address.clone(),
            certificate_prefix: o.certificate_prefix.clone(),
            round: self.round,
            unit: self.unit.clone(),
            contact: self.contact.clone(),
            post: self.post.clone(),
            landline: self.landline.clone(),
            mobile: self.mobile.clone(),
            email: self.email.clone(),
            strengths: self.strengths.clone(),
            venue: self.venue.clone(),
            systems: self.systems.clone(),
        }
    }
}
