//! Which unit (盟市) takes an applicant: by the employer's place, or as somebody chose (S1-24, S1-57).
use crate::bundle::codes::{Codes, WHOLE_REGION};
use crate::policy::Policy;
use crate::policy::units::{Belongs, Unit};

/// Chosen instead of a unit for an employer directly under the region (自治区直属单位).
pub const DIRECT: &str = "direct";

/// What is known of the employer, in words.
#[derive(Debug, Clone, Copy)]
pub struct Employer<'a> {
    pub name: &'a str,
    /// The applicant's region as the form has it.
    pub region: &'a str,
}

/// The unit that the words lead to; `None` where they do not say enough.
pub fn routed<'p>(policy: &'p Policy, codes: &Codes, employer: Employer<'_>) -> Option<&'p Unit> {
    let belongs = belongs(policy, codes, employer.name).or_else(|| {
        // A region alone says where somebody lives; only a place below the whole region counts.
        belongs(policy, codes, employer.region).filter(|b| *b != Belongs::Direct)
    })?;
    policy.units.takes(belongs)
}

/// The unit that somebody chose, by its code or name.
pub fn chosen<'p>(policy: &'p Policy, text: &str) -> Option<&'p Unit> {
    if text == DIRECT {
        return policy.units.takes(Belongs::Direct);
    }
    policy.units.list.iter().find(|unit| unit.code == text || unit.name == text)
}

/// The place that a name begins with. A name that begins with the whole region and no place inside it belongs to the region.
fn belongs<'c>(policy: &Policy, codes: &'c Codes, text: &str) -> Option<Belongs<'c>> {
    let text = text.trim();
    if let Some(region) = codes.region(text).filter(|r| text.len() == 6 && r.code.len() == 6) {
        return below(policy, &region.code).then_some(Belongs::Region(&region.code));
    }
    let (province, rest) = match codes.regions().iter().find(|r| r.parent.is_empty() && text.starts_with(&r.name)) {
        Some(region) => (Some(region), text.strip_prefix(region.name.as_str()).unwrap_or(text)),
        None => (None, text),
    };
    let ours = |code: &str| policy.applicants.regions.is_empty() || starts_with_any(code, &policy.applicants.regions);
    let inside = codes.regions().iter().filter(|r| !r.parent.is_empty() && ours(&r.code));
    let place = inside.filter(|r| rest.starts_with(&r.name)).max_by_key(|r| (r.name.len(), r.code.as_str()));
    match (place, province) {
        // The longest place counts, and a county behind its city: 呼伦贝尔市满洲里市.
        (Some(place), _) => {
            let behind = rest.strip_prefix(place.name.as_str()).unwrap_or_default();
            let inner = codes.regions().iter().filter(|r| r.parent == place.code && behind.starts_with(&r.name));
            Some(Belongs::Region(inner.max_by_key(|r| r.name.len()).map_or(&place.code, |r| &r.code)))
        }
        (None, Some(province)) if ours(&province.code) && !rest.is_empty() => Some(Belongs::Direct),
        (None, _) if rest.starts_with(WHOLE_REGION) => Some(Belongs::Direct),
        (None, _) => None,
    }
}

fn below(policy: &Policy, code: &str) -> bool {
    policy.units.list.iter().any(|unit| code.starts_with(&unit.region))
}

fn starts_with_any(code: &str, prefixes: &[String]) -> bool {
    prefixes.iter().any(|prefix| code.starts_with(prefix.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::codes::tests::embedded;
    use crate::config::Assets;

    #[test]
    fn employers_go_to_the_unit_of_their_place_and_those_of_the_region_to_hohhot() {
        // S1-24, S1-57
        let assets = Assets::default();
        let policy = crate::policy::load("nmg-2023", &|n| assets.read(&format!("policies/{n}.toml"))).unwrap().policy;
        let codes = Codes::load(&embedded).unwrap();
        let unit = |name, region| routed(&policy, &codes, Employer { name, region }).map(|u| u.code.clone());
        assert_eq!(unit("乌审旗园林局", "").as_deref(), Some("ordos"));
        assert_eq!(unit("内蒙古自治区人民医院", "").as_deref(), Some("hohhot"));
        assert_eq!(unit("自治区水利厅机关服务中心", "").as_deref(), Some("hohhot"));
        assert_eq!(unit("满洲里市环卫处", "").as_deref(), Some("manzhouli"));
        assert_eq!(unit("呼伦贝尔市满洲里市环卫处", "").as_deref(), Some("manzhouli"));
        assert_eq!(unit("呼伦贝尔市环卫处", "").as_deref(), Some("hulunbuir"));
        assert_eq!(unit("内蒙古自治区通辽市第一医院", "").as_deref(), Some("tongliao"));
        assert_eq!(unit("后勤部", "150600").as_deref(), Some("ordos"));
        assert_eq!(unit("后勤部", "内蒙古自治区"), None);
        assert_eq!(chosen(&policy, DIRECT).map(|u| u.code.as_str()), Some("hohhot"));
    }
}
