//! Words of experts: why somebody does not judge, and what a change of a panel came to.
use super::Locale;
use crate::model::Refusal;
use crate::ops::panel::{DrawPlan, Gone, Moved, Recusal, Short, Superseded};

pub fn why(locale: &Locale, refusal: &Refusal) -> String {
    locale.say_data(&format!("refusal.{}", refusal.code.0), &refusal.data)
}

/// Every reason in one line.
pub fn all(locale: &Locale, refusals: &[Refusal]) -> String {
    refusals.iter().map(|r| why(locale, r)).collect::<Vec<_>>().join(" ")
}

pub fn short(locale: &Locale, short: &Short) -> String {
    let judges = short.judges.to_string();
    locale.say("experts.short", &[("name", &short.name), ("judges", &judges), ("why", &why(locale, &short.why))])
}

pub fn gone(locale: &Locale, gone: &Gone) -> Vec<String> {
    let (kept, open) = (gone.kept.to_string(), gone.open.to_string());
    let args = [("member", gone.member.as_str()), ("panel", &gone.panel_name), ("kept", &kept), ("open", &open)];
    let mut lines = vec![locale.say("experts.left", &args)];
    lines.extend(stands_in(locale, gone.stand_in.as_ref(), &gone.member));
    lines.extend(gone.short.iter().map(|s| short(locale, s)));
    lines
}

pub fn replaced(locale: &Locale, gone: &Gone) -> Vec<String> {
    let (name, open) = (gone.stand_in.clone().unwrap_or_default(), gone.open.to_string());
    let args = [("name", name.as_str()), ("member", &gone.member), ("open", &open)];
    let mut lines = vec![locale.say("experts.replaced", &args)];
    lines.extend(gone.short.iter().map(|s| short(locale, s)));
    lines
}

fn stands_in(locale: &Locale, name: Option<&String>, member: &str) -> Option<String> {
    Some(locale.say("experts.stands_in", &[("name", name?), ("member", member)]))
}

pub fn recused(locale: &Locale, out: &Recusal) -> Vec<String> {
    let key = if out.dropped { "experts.dropped" } else { "experts.recused" };
    let mut lines = vec![locale.say(key, &[("member", &out.member), ("candidate", &out.candidate)])];
    lines.extend(stands_in(locale, out.stand_in.as_ref(), &out.member));
    lines.extend(out.short.iter().map(|s| short(locale, s)));
    lines
}

pub fn moved(locale: &Locale, out: &Moved) -> String {
    match (&out.to, &out.from) {
        (Some(to), _) => locale.say("experts.moved", &[("name", &out.candidate), ("to", to)]),
        (None, from) => {
            let from = from.as_deref().unwrap_or_default();
            locale.say("experts.moved_out", &[("name", &out.candidate), ("from", from)])
        }
    }
}

pub fn rereviewed(locale: &Locale, out: &Superseded) -> String {
    let was = out.was.map(|p| p.to_string()).unwrap_or_default();
    let args = [("name", out.candidate.as_str()), ("was", &was)];
    match &out.to {
        Some(to) => {
            let [name, was] = args;
            locale.say("experts.rereviewed_to", &[name, was, ("to", to)])
        }
        None => locale.say("experts.rereviewed", &args),
    }
}

/// Whom a draw leaves without a panel and which experts it leaves out, each with every reason.
pub fn left_out(locale: &Locale, plan: &DrawPlan) -> Vec<String> {
    let mut lines = Vec::new();
    if !plan.unseated.is_empty() {
        lines.push(locale.word("experts.unseated").to_owned());
    }
    for left in &plan.unseated {
        let (able, why) = (left.able.to_string(), all(locale, &left.why));
        let words = locale.say("experts.unseated_why", &[("able", &able), ("why", &why)]);
        lines.push(format!("  {}  {words}", left.name));
    }
    if !plan.excluded.is_empty() {
        lines.push(locale.word("experts.excluded").to_owned());
    }
    lines.extend(plan.excluded.iter().flat_map(|e| &e.why).map(|r| format!("  {}", why(locale, r))));
    lines
}
