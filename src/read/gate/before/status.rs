//! What the answer's head says before its body is read: status (RFC 9110, 15), marks of a challenge.
//!
//! Not here: pages that say something else than their status does (`absence`, `wall`).

use crate::{
    model::{Capture, Why},
    read::{
        gate::{guards, phrases},
        reading::Refusal,
    },
};

/// Refuses what the headers alone give away.
///
/// # Errors
/// `blocked` for a challenge, `empty` for an answer without a body, `truncated` for a part of one.
pub(in crate::read) fn headers(capture: &Capture) -> Result<(), Refusal> {
    let answer = &capture.answer;
    guards::headers(answer)?;
    match answer.status {
        204 | 205 => return Err(Refusal::new(Why::Empty, format!("status {}", answer.status))),
        206 => return Err(Refusal::new(Why::Truncated, "status 206: a part of the page")),
        _ => {}
    }
    let announced = answer.header("content-length").and_then(|l| l.parse::<usize>().ok());
    let have = answer.body.len();
    if let Some(announced) = announced.filter(|a| *a > have && answer.header("transfer-encoding").is_none()) {
        return Err(Refusal::new(Why::Truncated, format!("{have} of {announced} bytes")));
    }
    Ok(())
}

/// Refuses an error status. The body may say more of it: a challenge, or that the site is being worked on.
///
/// # Errors
/// `not-found`, `gone`, `blocked`, `maintenance`, `http-error`.
pub(in crate::read) fn status(capture: &Capture, body: impl FnOnce() -> String) -> Result<(), Refusal> {
    let status = capture.answer.status;
    if (200..300).contains(&status) {
        return Ok(());
    }
    let said = format!("status {status}");
    let body = body();
    if let Some(mark) = guards::marked(&body) {
        return Err(Refusal::new(Why::Blocked, format!("{said}, {mark}")));
    }
    let why = match status {
        404 => Why::NotFound,
        410 => Why::Gone,
        401 | 403 | 407 => Why::Blocked,
        500..=599 => {
            if let Some(words) = phrases::says_maintenance(&body) {
                return Err(Refusal::new(Why::Maintenance, format!("{said}, {words:?}")));
            }
            Why::HttpError
        }
        _ => Why::HttpError,
    };
    Err(Refusal::new(why, said))
}
