//! How many requests may wait for their first answer from one proxy at a time.
//!
//! Hosts are asked in parallel, each over a connection of its own; through a proxy all of these end at one listener.
//! A small one keeps few connections that it has not yet taken (a backlog of 5 is common) and loses the rest without
//! a word, which looks like a host that never answers. A place is given back early when the answer is slow, so that
//! slow hosts do not hold up the others.
//!
//! Not here: turns at a host (`gate`).

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::sync::Semaphore;
use url::Url;

/// How many at a time: under the smallest common backlog.
const AT_ONCE: usize = 4;
/// How long a place is held at most.
const HELD: Duration = Duration::from_millis(500);

/// The places at all proxies.
#[derive(Default)]
pub(super) struct Openings {
    proxies: Mutex<HashMap<Url, Arc<Semaphore>>>,
}

impl Openings {
    /// Awaits an answer, in a place at the proxy that it comes through; straight away without one.
    pub(super) async fn answer<T>(&self, proxy: Option<&Url>, answer: impl Future<Output = T>) -> T {
        let Some(proxy) = proxy else { return answer.await };
        let places = self.places(proxy);
        // The semaphore is never closed; were it, asking without a place would still be right.
        let place = places.acquire().await;
        let mut answer = std::pin::pin!(answer);
        if let Ok(answer) = tokio::time::timeout(HELD, &mut answer).await {
            return answer;
        }
        drop(place);
        answer.await
    }

    fn places(&self, proxy: &Url) -> Arc<Semaphore> {
        let mut proxies = self.proxies.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(places) = proxies.get(proxy) {
            return Arc::clone(places);
        }
        let places = Arc::new(Semaphore::new(AT_ONCE));
        proxies.insert(proxy.clone(), Arc::clone(&places));
        places
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn few_ask_a_proxy_at_once_and_slow_ones_give_way() {
        let openings = Openings::default();
        let proxy = Url::parse("http://proxy.example:3128").unwrap();
        let slow = async || openings.answer(Some(&proxy), pending::<()>()).await;
        let begun = tokio::time::Instant::now();
        tokio::select! {
            biased;
            () = async { tokio::join!(slow(), slow(), slow(), slow()); } => unreachable!("they never end"),
            () = openings.answer(Some(&proxy), ready(())) => assert_eq!(begun.elapsed().as_millis(), 500),
        }
        openings.answer(None, ready(())).await;
    }
}
