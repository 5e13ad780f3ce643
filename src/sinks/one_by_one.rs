//! Giving messages one after the other, until one is not taken: what comes after that one waits with it, so that the order
//! holds. What is refused for good holds nothing up.

use super::{Delivery, Retry};
use crate::{
    model::{EventId, Refused},
    render::Bulletin,
};

/// Why a message was not taken.
#[derive(Debug)]
pub(super) enum Fault {
    /// It will never be.
    Refused(String),
    /// It may be later.
    Retry(Retry),
}

impl Fault {
    /// It may be taken whenever it suits.
    pub(super) fn retry(reason: impl Into<String>) -> Self {
        Self::Retry(Retry::because(reason))
    }
}

/// What takes a message at a time.
pub(super) trait Give {
    /// Gives it one.
    fn give(&self, message: &[Bulletin<'_>]) -> impl Future<Output = Result<(), Fault>> + Send;
}

/// Gives messages in their order.
pub(super) async fn one_by_one(to: &impl Give, messages: Vec<Vec<Bulletin<'_>>>) -> Delivery {
    let mut delivery = Delivery::default();
    for message in messages {
        let ids = ids(&message).into_iter().cloned();
        match to.give(&message).await {
            Ok(()) => delivery.taken.extend(ids),
            Err(Fault::Refused(why)) => {
                delivery.refused.extend(ids.map(|event| Refused { event, why: why.clone() }));
            }
            Err(Fault::Retry(again)) => {
                delivery.retry = Some(again);
                break;
            }
        }
    }
    delivery
}

fn ids<'a>(message: &[Bulletin<'a>]) -> Vec<&'a EventId> {
    message.iter().flat_map(Bulletin::events).map(|event| &event.id).collect()
}

/// The name of a message: that of its event, or one made of those of its events; the same for the same.
pub(super) fn message_id(message: &[Bulletin<'_>]) -> EventId {
    match ids(message).as_slice() {
        [id] => (*id).clone(),
        ids => EventId::of(&ids.iter().map(|id| id.as_str()).collect::<Vec<_>>()),
    }
}
