//! Words of tickets: where the clock stands against the window for printing.
use super::Locale;
use crate::ops::tickets::Window;

pub fn ticket_window(locale: &Locale, window: &Window) -> String {
    match window {
        Window::Free => locale.word("ticket_window.free").to_owned(),
        Window::Before { opens, days } => {
            let args = [("day", &*opens.to_string()), ("days", &days.to_string())];
            locale.say("ticket_window.before", &args)
        }
        Window::Open { closes, days: 0 } => locale.say("ticket_window.last_day", &[("day", &closes.to_string())]),
        Window::Open { closes, days } => {
            let args = [("day", &*closes.to_string()), ("days", &days.to_string())];
            locale.say("ticket_window.open", &args)
        }
        Window::After { closed } => locale.say("ticket_window.after", &[("day", &closed.to_string())]),
    }
}
