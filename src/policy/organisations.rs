//! The directory of bodies that a notice names (监管部门、协办单位, S1-76, S1-77), and whom to ask. Numbers of offices only.
use super::reviews::Body;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    pub role: Body,
    pub name: String,
    /// Code of the unit it serves; `None`: all.
    #[serde(default)]
    pub unit: Option<String>,
    #[serde(default)]
    pub address: Option<String>,
    /// Telephone of the office.
    #[serde(default)]
    pub phone: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Contact {
    pub address: Option<String>,
    pub phones: Vec<String>,
}

/// The first such body of a unit.
pub fn of_unit<'a>(all: &'a [Organisation], role: Body, unit: &str) -> Option<&'a Organisation> {
    all.iter().find(|o| o.role == role && o.unit.as_deref().is_none_or(|own| own == unit))
}

/// Whether a number is a person's mobile, which a file that is handed on does not carry (S0-43, S1-45).
pub fn is_personal(phone: &str) -> bool {
    let digits: Vec<u8> = phone.bytes().filter(u8::is_ascii_digit).collect();
    let digits = digits.strip_prefix(b"86").filter(|rest| rest.len() == 11).unwrap_or(&digits);
    digits.len() == 11 && digits.first() == Some(&b'1')
}

#[cfg(test)]
mod tests {
    use super::is_personal;

    #[test]
    fn a_mobile_is_personal_and_an_office_is_not() {
        for mobile in ["15412345678", "154 1234 5678", "+86 15412345678"] {
            assert!(is_personal(mobile), "{mobile}");
        }
        for office in ["0477-8586883", "04778586883", "12333", ""] {
            assert!(!is_personal(office), "{office}");
        }
    }
}
