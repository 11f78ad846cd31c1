//! The evidence that an application is judged on: what is recorded, what this site's own register knows, and, where
//! nothing of a kind is recorded, what the sheet claims.
use crate::config::Assets;
use crate::model::certificate_no::{Form, recognise};
use crate::model::{CertificateClass, EducationClass, Evidence, EvidenceKind, Relation, Route};
use crate::store::views::earned::Earned;
use crate::store::{ApplicationRow, EvidenceRow};
use serde::Serialize;

/// Where a piece comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    Recorded,
    /// From the certificates that this site itself issued.
    Register,
    /// As the sheet says; nobody has seen a paper.
    Claimed,
}

impl Origin {
    pub fn key(self) -> &'static str {
        match self {
            Origin::Recorded => "evidence_origin.recorded",
            Origin::Register => "evidence_origin.register",
            Origin::Claimed => "evidence_origin.claimed",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// Number of the recorded row.
    pub id: Option<i64>,
    pub origin: Origin,
    #[serde(flatten)]
    pub evidence: Evidence,
}

/// Every piece there is, recorded ones first.
pub fn pieces(row: &ApplicationRow, recorded: &[EvidenceRow], earned: &[Earned], schools: &Schools) -> Vec<Piece> {
    let mut all: Vec<Piece> =
        recorded.iter().map(|r| Piece { id: Some(r.id), origin: Origin::Recorded, evidence: r.evidence() }).collect();
    for own in earned.iter().filter(|own| !recorded.iter().any(|r| r.number.as_deref() == Some(own.number.as_str()))) {
        all.push(Piece { id: None, origin: Origin::Register, evidence: registered(own) });
    }
    let claims = [
        (EvidenceKind::Employment, employment(row)),
        (EvidenceKind::Certificate, certificate(row)),
        (EvidenceKind::Education, education(row, schools)),
    ];
    for (kind, claim) in claims {
        if let Some(evidence) = claim.filter(|_| !recorded.iter().any(|r| r.kind == kind)) {
            all.push(Piece { id: None, origin: Origin::Claimed, evidence });
        }
    }
    all
}

fn bare(kind: EvidenceKind) -> Evidence {
    Evidence {
        kind,
        from: None,
        to: None,
        relation: None,
        level: None,
        rank: None,
        class: None,
        subject: None,
        unit: None,
        number: None,
        months: None,
    }
}

fn registered(own: &Earned) -> Evidence {
    let class = match own.route {
        Route::Transfer => CertificateClass::Transfer,
        Route::Veteran => CertificateClass::Veteran,
        _ => CertificateClass::SkillLevel,
    };
    Evidence {
        from: Some(own.issued_on),
        level: Some(own.level),
        relation: own.same.then_some(Relation::Same),
        class: Some(class.code().to_owned()),
        subject: Some(own.occupation_name.clone()),
        number: Some(own.number.clone()),
        ..bare(EvidenceKind::Certificate)
    }
}

/// 参加工作时间: at work since then; in which occupation, nobody has said.
fn employment(row: &ApplicationRow) -> Option<Evidence> {
    let from = Some(row.work_began?);
    Some(Evidence { from, unit: row.employer.clone(), ..bare(EvidenceKind::Employment) })
}

fn certificate(row: &ApplicationRow) -> Option<Evidence> {
    let said = row.has_certificate == Some(true) || row.certificate_level.is_some() || row.certificate_no.is_some();
    let class = row.certificate_no.as_deref().and_then(|number| match recognise(number) {
        Form::Current => Some(CertificateClass::SkillLevel),
        Form::Former => Some(CertificateClass::Qualification),
        Form::Unknown => None,
    });
    let claim = Evidence {
        level: row.certificate_level,
        class: class.map(|c| c.code().to_owned()),
        number: row.certificate_no.clone(),
        ..bare(EvidenceKind::Certificate)
    };
    (said && row.has_certificate != Some(false)).then_some(claim)
}

fn education(row: &ApplicationRow, schools: &Schools) -> Option<Evidence> {
    let class = row.education.as_deref().and_then(|word| schools.class(word));
    (row.education.is_some() || row.diploma_no.is_some()).then(|| Evidence {
        class: class.map(|c| c.code().to_owned()),
        subject: row.major.clone(),
        number: row.diploma_no.clone(),
        ..bare(EvidenceKind::Education)
    })
}

/// The words of `codes/education.csv` as classes of the conditions: `codes/schools.csv`.
#[derive(Debug, Clone, Default)]
pub struct Schools(Vec<(String, EducationClass)>);

impl Schools {
    pub fn read(assets: &Assets) -> Schools {
        let text = assets.read("codes/schools.csv").unwrap_or_default();
        let line = |line: &str| {
            let (name, class) = line.trim_end().split_once(',')?;
            Some((name.to_owned(), EducationClass::parse(class)?))
        };
        Schools(text.lines().filter_map(line).collect())
    }

    fn class(&self, word: &str) -> Option<EducationClass> {
        self.0.iter().find(|(name, _)| name == word).map(|(_, class)| *class)
    }
}
