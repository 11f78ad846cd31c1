//! What is said about a date, and tasks of one's own.
use crate::cli::{Context, Exit};
use crate::model::Day;
use crate::ops::milestones::{AddTask, Item, MarkDone, RemoveTask, TakeBack};
use crate::ops::{Done, Operation, Result};
use crate::text::milestones::name;
use serde_json::json;

pub fn done(context: &mut Context, code: String, more: (Option<String>, Option<Day>, Option<String>)) -> Result<Exit> {
    let (note, on, by) = more;
    perform(context, &MarkDone { code, on, by, note }, "milestones.marked")
}

pub fn undo(context: &mut Context, code: String) -> Result<Exit> {
    let reason = context.reason();
    perform(context, &TakeBack { code, reason }, "milestones.taken_back")
}

pub fn add(context: &mut Context, title: String, (due, assignee): (Day, Option<String>)) -> Result<Exit> {
    perform(context, &AddTask { title, due, assignee }, "milestones.added")
}

pub fn remove(context: &mut Context, code: String) -> Result<Exit> {
    let reason = context.reason();
    perform(context, &RemoveTask { code, reason }, "milestones.removed")
}

fn perform<O: Operation<Out = Item>>(context: &mut Context, op: &O, key: &str) -> Result<Exit> {
    let Done { out, op, .. } = context.site()?.perform(op)?;
    if context.out.is_json() {
        context.out.json(&json!({ "operation": op, "milestone": out }));
    }
    let (what, op) = (name(&context.out.locale, &out), op.map_or(0, |n| n.0).to_string());
    context.out.say(key, &[("code", &out.code), ("what", &what), ("op", &op)]);
    Ok(Exit::Done)
}
