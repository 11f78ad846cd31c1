//! Certificates on their way, and the stock of blank forms, in words.
use super::Locale;
use crate::model::{DeliveryWay, Stage, StockItem, StockMove};
use crate::ops::StockMovementRow;
use crate::ops::register::{Event, Line, Story, What};
use crate::ops::stock::{Balance, Listed};

pub fn stage(locale: &Locale, stage: Stage) -> String {
    locale.word(&format!("certificate_stage.{}", stage.code())).to_owned()
}

pub fn way(locale: &Locale, way: DeliveryWay) -> String {
    locale.word(&format!("delivery_way.{}", way.code())).to_owned()
}

pub fn item(locale: &Locale, item: StockItem) -> String {
    locale.word(&format!("stock_item.{}", item.code())).to_owned()
}

pub fn movement(locale: &Locale, kind: StockMove) -> String {
    locale.word(&format!("stock_move.{}", kind.code())).to_owned()
}

/// The day of the last step and who it concerns: the taker, or who was told; of what came back, why it did.
pub fn last_step(locale: &Locale, line: &Line) -> (String, String) {
    let day = line.delivered_on.or(line.notified_on).or(line.made_on).map(|d| d.to_string()).unwrap_or_default();
    let who = match (line.stage, &line.taker) {
        (Stage::Collected | Stage::Posted, Some(taker)) => {
            let by = line.way.map(|w| way(locale, w)).unwrap_or_default();
            let letter = line.tracking.as_deref().unwrap_or_default();
            format!("{by} {taker} {letter}").trim_end().to_owned()
        }
        (Stage::Made | Stage::Notified, _) => match (&line.returned, &line.told) {
            (Some(why), _) => locale.say("register.came_back", &[("reason", why)]),
            (None, told) => told.as_ref().or(line.blank.as_ref()).cloned().unwrap_or_default(),
        },
        _ => String::new(),
    };
    (day, who)
}

/// Number, name, level, stage, day, who.
pub fn line_cells(locale: &Locale, line: &Line) -> [String; 6] {
    let (day, who) = last_step(locale, line);
    let again = if line.copies > 1 { locale.word("register.again").to_owned() } else { String::new() };
    [
        line.number.clone(),
        line.name.clone(),
        locale.word(&line.level.key()).to_owned(),
        format!("{}{again}", stage(locale, line.stage)),
        day,
        who,
    ]
}

/// What happened, a line for each.
pub fn story_lines(locale: &Locale, story: &Story) -> Vec<String> {
    story.events.iter().map(|e| format!("{}  {}  {}", e.on, event(locale, e), e.operator)).collect()
}

fn event(locale: &Locale, event: &Event) -> String {
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    match &event.what {
        What::Numbered => locale.word("register.event_numbered").to_owned(),
        What::Made { copy: 1, blank, .. } => locale.say("register.event_made", &[("blank", &text(blank))]),
        What::Made { copy, blank, reason } => {
            let (copy, blank, reason) = (copy.to_string(), text(blank), text(reason));
            locale.say("register.event_again", &[("copy", &copy), ("blank", &blank), ("reason", &reason)])
        }
        What::Told { way, told } => {
            let way = locale.word(&format!("notice_way.{}", way.code())).to_owned();
            locale.say("register.event_told", &[("way", &way), ("told", told)])
        }
        What::Delivered { way: by, taker, authority, tracking } => {
            let by = way(locale, *by);
            let by_what = text(authority) + &text(tracking);
            locale.say("register.event_delivered", &[("way", &by), ("taker", taker), ("by", &by_what)])
        }
        What::Returned { reason } => locale.say("register.came_back", &[("reason", reason)]),
        What::Void { kind, reason, sanction, successor } => {
            let kind = locale.word(&format!("void_kind.{}", kind.code())).to_owned();
            let mut line = locale.say("register.event_void", &[("kind", &kind), ("reason", reason)]);
            if let Some(number) = sanction {
                line.push_str(&locale.say("register.by_sanction", &[("number", &number.to_string())]));
            }
            if let Some(new) = successor {
                line.push_str(&locale.say("register.succeeded_by", &[("number", new)]));
            }
            line
        }
    }
}

/// Number, day, item, movement, change, usable, to be destroyed, who answers, remark.
pub fn stock_cells(locale: &Locale, one: &Listed) -> [String; 9] {
    let l = &one.row;
    let taken = if one.reversed { locale.word("stock.taken_back").to_owned() } else { String::new() };
    [
        l.seq.to_string(),
        l.moved_on.to_string(),
        item(locale, l.item),
        format!("{}{taken}", movement(locale, l.kind)),
        signed(if l.usable == 0 { l.spoilt } else { l.usable }),
        l.balance.to_string(),
        l.to_destroy.to_string(),
        l.responsible.clone(),
        remark(l),
    ]
}

/// Counterpart, serials, reason: what there is of them.
pub fn remark(l: &StockMovementRow) -> String {
    let parts = [&l.counterpart, &l.serials, &l.reason];
    parts.into_iter().flatten().cloned().collect::<Vec<_>>().join("  ")
}

/// A change with its sign.
pub fn signed(change: i64) -> String {
    if change > 0 { format!("+{change}") } else { change.to_string() }
}

pub fn balance_line(locale: &Locale, (of, now): &(StockItem, Balance)) -> String {
    let (name, usable, spoilt) = (item(locale, *of), now.usable.to_string(), now.spoilt.to_string());
    locale.say("stock.balance", &[("item", &name), ("usable", &usable), ("spoilt", &spoilt)])
}

/// What a movement left behind.
pub fn moved(locale: &Locale, l: &StockMovementRow, op: i64) -> String {
    let (kind, name) = (movement(locale, l.kind), item(locale, l.item));
    let (number, usable, spoilt, op) =
        (l.seq.to_string(), l.balance.to_string(), l.to_destroy.to_string(), op.to_string());
    let args = [
        ("number", number.as_str()),
        ("kind", &kind),
        ("item", &name),
        ("usable", &usable),
        ("spoilt", &spoilt),
        ("op", &op),
    ];
    locale.say("stock.moved", &args)
}
