//! Answers to questions about what is on record: what stands, what was said when, what happened, how often it was
//! looked at.
//!
//! Asked of a store by its roles, by each question as few as it needs; answers are values. Not here: how an answer is put
//! (`render`, `cli`), which moment a person means by a date (the caller knows), what shows that an answer is true
//! (`evidence`).

mod across;
mod events;
mod looks;
mod names;
mod order;
mod report;
mod reread;
mod standing;
#[cfg(test)]
mod tests;
mod timeline;
mod undelivered;
mod wording;

pub use across::{Scope, across, saying};
pub use events::{EventFilter, EventPage, Happened, Order, Unread, events};
pub use looks::{Count, LookFilter, Looked, Run, looks};
pub use names::{earlier_names, name_now};
pub use report::{Report, Watched, report};
pub use reread::{by_one_recipe, reread};
pub use standing::{Cooling, Row, Standing, State, Waiting, standing};
pub use timeline::{Gap, Outage, Timeline, timeline};
pub use undelivered::{Fate, Undelivered, undelivered};
pub use wording::{Away, When, Wording, span_of_wordings, wording_at};
