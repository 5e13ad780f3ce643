//! What a look's entry says of the answer that came.

use url::Url;

use crate::model::{Capture, Observation, Target, Validators};

/// Puts on record what an answer was.
pub(super) fn record(observation: &mut Observation, target: &Target, capture: &Capture) {
    observation.status = Some(capture.answer.status);
    observation.proxied = capture.hops().any(|hop| hop.proxied);
    observation.landed = (!same_address(capture.landed(), &target.url)).then(|| capture.landed().to_string());
    observation.body_sha256 = Some(capture.body_digest());
    observation.bytes = Some(capture.answer.body.len() as u64);
    let validators = Validators {
        etag: kept(capture.answer.header("etag")),
        last_modified: kept(capture.answer.header("last-modified")),
    };
    // Validators belong to the address that was asked; across a redirect they are another's.
    observation.validators =
        (capture.landed() == capture.asked() && !validators.is_empty()).then_some(validators);
}

/// A validator as it is kept: with a longer one the page is asked for whole, rather than the log filled with it.
fn kept(validator: Option<&str>) -> Option<String> {
    const LONGEST: usize = 1_024;
    validator.filter(|value| value.len() <= LONGEST).map(str::to_owned)
}

fn same_address(landed: &Url, own: &Url) -> bool {
    let mut own = own.clone();
    own.set_fragment(None);
    *landed == own
}
