//! Takes a body off the wire as received, within caps: of one body, and of all bodies in flight together.

use std::time::Duration;

use reqwest::Response;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::model::Why;

use super::{
    allowance::Allowance,
    fault::{Fault, seconds},
};

/// The longest silence within a body.
const SILENCE: Duration = Duration::from_secs(30);
/// What the budget is handed out in, in bytes.
const GRAIN: usize = 64 * 1024;
/// All bodies in flight, in grains: 256 MiB.
const GRAINS: usize = 256 * 1024 * 1024 / GRAIN;
/// The most room made before a byte has come, whatever length is announced.
const AHEAD: u64 = 1024 * 1024;

/// What to do with a body that is longer than the cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Take {
    /// Refuse it.
    Whole(u64),
    /// Keep that much of it.
    Start(u64),
}

/// The room for bodies in flight, and the patience with each.
pub(super) struct Budget {
    room: Semaphore,
    silence: Duration,
}

impl Default for Budget {
    fn default() -> Self {
        Self { room: Semaphore::new(GRAINS), silence: SILENCE }
    }
}

impl Budget {
    /// Reads a body. Room for it is taken as it comes, so that a silent server holds none.
    pub(super) async fn read(
        &self,
        response: &mut Response,
        take: Take,
        peer: &str,
        allowance: &mut Allowance,
    ) -> Result<Vec<u8>, Fault> {
        let announced = response.content_length();
        let (Take::Whole(cap) | Take::Start(cap)) = take;
        let too_large = |n: u64| {
            Err(Fault::new(Why::TooLarge, &format!("the body has {n} bytes or more, {cap} are allowed")))
        };
        if let (Take::Whole(_), Some(length)) = (take, announced)
            && length > cap
        {
            return too_large(length);
        }
        let mut body = Vec::new();
        let mut held: Option<SemaphorePermit<'_>> = None;
        loop {
            let chunk = match allowance.within(self.silence, response.chunk()).await {
                Some(Ok(Some(chunk))) => chunk,
                Some(Ok(None)) => {
                    body.shrink_to_fit();
                    return Ok(body);
                }
                Some(Err(error)) => return Err(Fault::within_body(&error, peer, body.len(), announced)),
                None => return Err(self.slow(peer, body.len(), allowance)),
            };
            let length = body.len().saturating_add(chunk.len());
            if length as u64 > cap {
                if let Take::Whole(_) = take {
                    return too_large(length as u64);
                }
                let rest = usize::try_from(cap).unwrap_or(usize::MAX).saturating_sub(body.len());
                body.extend(chunk.iter().take(rest));
                return Ok(body);
            }
            if length > body.capacity() {
                let ahead = usize::try_from(announced.unwrap_or(0).min(cap).min(AHEAD)).unwrap_or(0);
                let most = usize::try_from(cap).unwrap_or(usize::MAX);
                let room = body.capacity().saturating_mul(2).min(most).max(ahead).max(length);
                self.hold(&mut held, room, allowance).await?;
                body.reserve_exact(room - body.len());
            }
            body.extend_from_slice(&chunk);
        }
    }

    /// Holds room for `bytes`, waiting for other bodies to end if there is none.
    async fn hold<'a>(
        &'a self,
        held: &mut Option<SemaphorePermit<'a>>,
        bytes: usize,
        allowance: &mut Allowance,
    ) -> Result<(), Fault> {
        let have = held.as_ref().map_or(0, SemaphorePermit::num_permits);
        let more = bytes.div_ceil(GRAIN).saturating_sub(have);
        let Ok(more @ 1..) = u32::try_from(more) else { return Ok(()) };
        let permit = match self.room.try_acquire_many(more) {
            Ok(permit) => Some(permit),
            // Looks that wait for each other's room end with their time.
            Err(_) => allowance.within(self.silence, self.room.acquire_many(more)).await.and_then(Result::ok),
        };
        match (permit, held.as_mut()) {
            (Some(permit), Some(held)) => held.merge(permit),
            (Some(permit), None) => *held = Some(permit),
            (None, _) => {
                return Err(Fault::new(Why::TooLarge, "no room: 256 MiB of other pages are being received"));
            }
        }
        Ok(())
    }

    fn slow(&self, peer: &str, got: usize, allowance: &Allowance) -> Fault {
        let evidence = if allowance.left().is_zero() {
            format!(
                "the body from {peer} was not whole after {}: {got} bytes had come",
                seconds(allowance.whole())
            )
        } else {
            format!("{peer} sent nothing for {} after {got} bytes of the body", seconds(self.silence))
        };
        Fault::new(Why::Timeout, &evidence)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        convert::Infallible,
        pin::Pin,
        task::{Context, Poll},
    };

    use hyper::body::{Body, Bytes, Frame};

    use super::*;

    /// A body that never comes.
    struct Silent;

    impl Body for Silent {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            Poll::Pending
        }
    }

    async fn read(budget: &Budget, body: reqwest::Body) -> Result<Vec<u8>, Fault> {
        let mut response = Response::from(hyper::Response::new(body));
        let mut allowance = Allowance::new(Duration::from_secs(5));
        budget.read(&mut response, Take::Whole(1000), "wantsum.example:80", &mut allowance).await
    }

    #[tokio::test]
    async fn silence_within_a_body_ends_it_though_time_is_left() {
        let budget = Budget { silence: Duration::from_millis(20), ..Budget::default() };
        let fault = read(&budget, reqwest::Body::wrap(Silent)).await.unwrap_err();
        assert_eq!(fault.why, Why::Timeout);
        assert!(fault.evidence.contains("sent nothing"), "{}", fault.evidence);
    }

    #[tokio::test]
    async fn all_bodies_in_flight_share_one_room() {
        let budget = Budget { room: Semaphore::new(1), silence: Duration::from_millis(20) };
        let other = budget.room.acquire().await.unwrap();
        let fault = read(&budget, "words".into()).await.unwrap_err();
        assert_eq!(fault.why, Why::TooLarge);
        drop(other);
        assert_eq!(read(&budget, "words".into()).await.unwrap(), b"words");
        assert_eq!(budget.room.available_permits(), 1, "room is given back");
    }
}
