//! `application reveal`: one person's whole number and telephone. The journal says who looked.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::applications::named;
use crate::ops::privacy::Reveal;

pub fn run(context: &mut Context, who: &str) -> Result<Exit> {
    let mut site = context.site()?;
    let application = named(&site, who)?.id;
    let shown = site.perform(&Reveal { application })?.out;
    let word = |key: &str| context.out.locale.word(key).to_owned();
    let rows = vec![
        vec![word("field.name"), shown.name.clone()],
        vec![word(&shown.document.key()), shown.id_number.clone()],
        vec![word("field.phone"), shown.phone.clone().unwrap_or_default()],
    ];
    context.out.table(&shown, &[Col::Left("column.field"), Col::Left("column.value")], &rows);
    context.out.say("privacy.journaled", &[]);
    Ok(Exit::Done)
}
