//! An event as a GitHub workflow command: an annotation on the run that found it.

use super::{Style, escape, prose};
use crate::model::{Event, Level};

/// One line, line feed included: `::warning` for an alert, `::notice` for a note, `::debug` for the rest.
pub fn github(event: &Event) -> String {
    let style = Style::default();
    let mut lines = vec![prose::interval(event, &style)];
    lines.extend(prose::details(event, &style));
    let (shown, left) = prose::places(&event.changes, &style);
    for change in shown {
        let sides = [('-', &change.before), ('+', &change.after)];
        for (sign, side) in sides.into_iter().filter(|(_, side)| !side.is_empty()) {
            lines.push(format!("{sign} {}", side.join(" ")));
        }
    }
    lines.extend(prose::left(left, &prose::show_command(event)));
    lines.push(event.url.clone());
    let message =
        lines.iter().map(|l| escape::workflow_data(&escape::terminal(l))).collect::<Vec<_>>().join("%0A");
    let title = escape::workflow_property(&format!("{}: {}", event.body, event.headline));
    match event.level {
        Level::Alert => format!("::warning title={title}::{message}\n"),
        Level::Note => format!("::notice title={title}::{message}\n"),
        Level::Silent => {
            format!("::debug::{}%0A{message}\n", escape::workflow_data(&escape::terminal(&event.headline)))
        }
    }
}
