//! One writer at a time: a lock on `snapshots/lock`, held while the file is open, let go by the system when the
//! process ends in whatever way.

use std::{
    fs::{File, TryLockError},
    io::{Read, Seek, Write},
    path::Path,
    thread,
    time::Duration,
};

use jiff::Timestamp;

use super::disk;
use crate::store::{StoreError, layout};

/// How often a lock that is held is tried again.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(20);

/// The lock, held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    /// Never read again; that it is open is the lock.
    _file: File,
}

impl Lock {
    /// Takes the lock, or says who has it. It waits for a moment only: a program that the last holder was starting holds the
    /// lock too, until it runs.
    pub(super) fn take(root: &Path) -> Result<Self, StoreError> {
        let path = root.join(layout::LOCK);
        let mut file = disk::open_lock(root, layout::LOCK)?;
        let mut taken = file.try_lock();
        for _ in 0..TRIES {
            if !matches!(taken, Err(TryLockError::WouldBlock)) {
                break;
            }
            thread::sleep(PAUSE);
            taken = file.try_lock();
        }
        match taken {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::Locked { path, holder: holder(&mut file) });
            }
            Err(TryLockError::Error(e)) => return Err(StoreError::io("lock", &path)(e)),
        }
        // What it says is for people; a lock that says nothing locks as well.
        let said = format!("{} {}\n", std::process::id(), Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ"));
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(said.as_bytes()))
            .map_err(StoreError::io("write", &path))?;
        Ok(Self { _file: file })
    }
}

/// Who holds the lock, in words.
fn holder(file: &mut File) -> String {
    let mut said = String::new();
    // Some systems do not let a locked file be read.
    let _ = file.take(100).read_to_string(&mut said);
    let parsed = said.trim_end().split_once(' ').and_then(|(pid, since)| {
        let since: Timestamp = since.parse().ok()?;
        let pid: u32 = pid.parse().ok()?;
        Some(if Timestamp::now().duration_since(since).as_hours() < 20 {
            format!("pid {pid}, since {}", since.strftime("%H:%M UTC"))
        } else {
            format!("pid {pid}, since {}", since.strftime("%-d %b %Y, %H:%M UTC"))
        })
    });
    parsed.unwrap_or_else(|| "it does not say which".to_owned())
}
