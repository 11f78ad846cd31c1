//! Pools and records to start from.
use kaowu::ops::supervision::{Draw, Lot, Report};
use kaowu::ops::{DrawKind, InspectionMode, InspectionResult};

pub fn lot(name: &str, unit: &str, region: Option<&str>) -> Lot {
    Lot { name: name.into(), unit: unit.into(), region: region.map(str::to_owned), excluded: None }
}

/// Four made-up places in two leagues, one of them in a county-level city of the second.
pub fn objects() -> Vec<Lot> {
    vec![
        lot("甲校", "甲校", Some("150602")),
        lot("乙校", "乙校", Some("150603")),
        lot("丙校", "丙校", Some("150702")),
        lot("丁校", "丁校", Some("150781")),
    ]
}

pub fn supervisors() -> Vec<Lot> {
    [("督甲", "甲校"), ("督乙", "乙校"), ("督丙", "人社局"), ("督丁", "人社局"), ("督戊", "就业中心")]
        .map(|(name, unit)| lot(name, unit, None))
        .into()
}

pub fn draw() -> Draw {
    Draw {
        title: "秋季抽查".into(),
        kind: DrawKind::List,
        area: None,
        seed: 20_231_015,
        objects: 2,
        per_object: None,
        witness: "见证某".into(),
        exclude: Vec::new(),
        list: objects(),
        supervisors: supervisors(),
    }
}

pub fn report() -> Report {
    Report {
        draw: None,
        session: Some("theory-1".into()),
        object: String::new(),
        supervisors: vec!["督甲".into(), "督乙".into()],
        mode: InspectionMode::OnSite,
        on: None,
        methods: vec!["watch".into(), "read".into()],
        findings: "考场秩序良好".into(),
        result: InspectionResult::Sound,
        mend_by: None,
    }
}
