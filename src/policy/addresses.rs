//! Addresses on the web that people and sites are sent to. The program only exchanges files with them.
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    pub purpose: Purpose,
    /// Name of the site or account.
    pub name: String,
    /// Empty for an account without an address of its own.
    #[serde(default)]
    pub url: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 报名
    Registration,
    /// 缴费
    Payment,
    /// 准考证打印
    Tickets,
    /// 成绩公示查询
    Results,
    /// 证书查询
    Certificates,
    /// 上一级证书查询
    EarlierCertificates,
    /// 考务平台
    Platform,
    /// 公告、公示发布
    Publication,
}

/// Whether a person can open it: http or https, a host, no blank inside.
pub fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.contains('.') && !rest.starts_with('.') && rest.bytes().all(|b| b.is_ascii_graphic()))
}

#[cfg(test)]
mod tests {
    use super::is_address;

    /// The text of the 2023 notice has a stray blank inside one address.
    #[test]
    fn an_address_has_no_blank_inside() {
        assert!(is_address("https://nmgswyt3.12333k.cn/"));
        assert!(is_address("http://www.osta.org.cn"));
        for bad in ["https://nmgs wyt3.12333k.cn/", "www.osta.org.cn", "http://", "http://osta", "http://示例.cn", ""]
        {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
