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

/// The room for bodies in flight.
pub(super) struct Budget(Semaphore);

impl Default for Budget {
    fn default() -> Self {
        Self(Semaphore::new(GRAINS))
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
        let room = announced.unwrap_or(0).min(cap).min(AHEAD);
        let mut body = Vec::with_capacity(usize::try_from(room).unwrap_or(0));
        let mut held: Option<SemaphorePermit<'_>> = None;
        loop {
            let chunk = match allowance.within(SILENCE, response.chunk()).await {
                Some(Ok(Some(chunk))) => chunk,
                Some(Ok(None)) => return Ok(body),
                Some(Err(error)) => return Err(Fault::within_body(&error, peer, body.len(), announced)),
                None => return Err(slow(peer, body.len(), allowance)),
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
            self.hold(&mut held, length, allowance).await?;
            body.extend_from_slice(&chunk);
        }
    }

    /// Holds room for `length` bytes, waiting for other bodies to end if there is none.
    async fn hold<'a>(
        &'a self,
        held: &mut Option<SemaphorePermit<'a>>,
        length: usize,
        allowance: &mut Allowance,
    ) -> Result<(), Fault> {
        let have = held.as_ref().map_or(0, SemaphorePermit::num_permits);
        let more = length.div_ceil(GRAIN).saturating_sub(have);
        let Ok(more @ 1..) = u32::try_from(more) else { return Ok(()) };
        let permit = match self.0.try_acquire_many(more) {
            Ok(permit) => Some(permit),
            // Looks that wait for each other's room end with their time.
            Err(_) => allowance.within(SILENCE, self.0.acquire_many(more)).await.and_then(Result::ok),
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
}

fn slow(peer: &str, got: usize, allowance: &Allowance) -> Fault {
    let evidence = if allowance.left().is_zero() {
        format!(
            "the body from {peer} was not whole after {}: {got} bytes had come",
            seconds(allowance.whole())
        )
    } else {
        format!("{peer} sent nothing for {} after {got} bytes of the body", seconds(SILENCE))
    };
    Fault::new(Why::Timeout, &evidence)
}
