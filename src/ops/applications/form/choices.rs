//! What an item of the form can be chosen from.
use super::items::{Holds, item};
use super::piece::classes;
use super::{DIRECT, Piece, Typed};
use crate::bundle::field::{ATTEMPTS, Field};
use crate::model::reading::{self, Reading};
use crate::model::{DocumentKind, EvidenceKind, Level, Relation, Sex, TitleRank, fold};
use crate::ops::applications::Shown;
use crate::ops::occupations::offers;
use crate::ops::{Result, Site};

/// One line to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As the form's text has it.
    pub value: String,
    pub name: Shown,
    /// Other ways to name it, lower case, blank separated: codes, pinyin, initials.
    pub also: String,
}

impl Choice {
    fn text(value: &str) -> Choice {
        let mut sound = Reading::default();
        reading::read_main(value, &mut sound);
        let also = format!("{} {}", sound.initials, sound.pinyin).to_lowercase();
        Choice { value: value.to_owned(), name: Shown::Text(value.to_owned()), also }
    }

    fn word(value: &str, key: String) -> Choice {
        Choice { value: value.to_owned(), name: Shown::Word(key), also: value.to_lowercase() }
    }
}

/// Empty for an item that is typed freely. Levels are those of the occupation and the route chosen so far (S1-47).
pub fn choices(site: &Site, code: &str, typed: &Typed) -> Result<Vec<Choice>> {
    let Some(item) = item(code) else { return Ok(Vec::new()) };
    let (codes, policy) = (site.codes()?, site.policy()?);
    Ok(match item.holds {
        Holds::Cell(Field::Document) => {
            DocumentKind::ALL.iter().map(|kind| Choice::word(kind.official(), kind.key())).collect()
        }
        Holds::Cell(Field::Sex) => [Sex::Male, Sex::Female].map(|s| Choice::word(s.official(), s.key())).into(),
        Holds::Cell(Field::EthnicGroup) => codes.ethnic_groups.names().map(Choice::text).collect(),
        Holds::Cell(Field::Education) => codes.education.names().map(Choice::text).collect(),
        Holds::Cell(Field::Source) => codes.sources.names().map(Choice::text).collect(),
        Holds::Cell(Field::Attempt) => ATTEMPTS.map(Choice::text).into(),
        Holds::Cell(Field::Occupation) => {
            let of = |o: &crate::bundle::codes::Occupation| {
                let named = Choice::text(&o.name);
                let name = Shown::Text(format!("{}  {}", o.name, o.code));
                Choice { value: o.code.clone(), name, also: format!("{} {}", named.also, o.code) }
            };
            let offers = offers(site)?;
            let taken = |o: &&crate::bundle::codes::Occupation| o.levels().any(|level| offers.check(o, level).is_ok());
            codes.occupations().iter().filter(taken).map(of).collect()
        }
        Holds::Cell(Field::Level) => {
            let occupation = codes.occupation(&fold::word(typed.get("occupation")));
            let route = policy.routes.iter().find(|r| r.kind.code() == typed.get("route"));
            let offers = offers(site)?;
            let fits = |level: &Level| {
                occupation.is_none_or(|o| offers.check(o, *level).is_ok())
                    && route.is_none_or(|r| r.levels.is_empty() || r.levels.contains(level))
            };
            Level::ALL.into_iter().filter(fits).map(level).collect()
        }
        Holds::Cell(Field::CertificateLevel) => Level::ALL.map(level).into(),
        Holds::Route => policy.routes.iter().map(|r| Choice::word(r.kind.code(), r.kind.key())).collect(),
        Holds::Unit => {
            let direct = policy.units.direct_to.iter().map(|_| Choice::word(DIRECT, "form_choice.direct".to_owned()));
            let units =
                policy.units.list.iter().map(|unit| Choice { value: unit.code.clone(), ..Choice::text(&unit.name) });
            units.chain(direct).collect()
        }
        Holds::Relation => relations(),
        Holds::CertificateClass => class_choices(EvidenceKind::Certificate),
        Holds::YesNo => vec![Choice::word("是", "answer.yes".to_owned()), Choice::word("否", "answer.no".to_owned())],
        Holds::Cell(_) | Holds::Line | Holds::Long | Holds::Day => Vec::new(),
    })
}

/// The same for a part of a piece of evidence.
pub fn part_choices(piece: &Piece, part: &str) -> Vec<Choice> {
    match part {
        "level" => Level::ALL.map(level).into(),
        "relation" => relations(),
        "rank" => TitleRank::ALL.iter().map(|r| Choice::word(r.code(), format!("form_rank.{}", r.code()))).collect(),
        "class" => piece.kind().map(class_choices).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn level(level: Level) -> Choice {
    Choice { also: level.digit().to_string(), ..Choice::word(level.official(), level.key()) }
}

fn relations() -> Vec<Choice> {
    Relation::ALL.iter().map(|r| Choice::word(r.code(), format!("form_relation.{}", r.code()))).collect()
}

fn class_choices(kind: EvidenceKind) -> Vec<Choice> {
    classes(kind).iter().map(|c| Choice::word(c, format!("form_class.{c}"))).collect()
}
