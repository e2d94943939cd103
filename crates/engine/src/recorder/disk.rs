//! What a disk says when it does not write, and how much room it has.

use std::ffi::CString;
use std::fs::File;
use std::io;
use std::mem::MaybeUninit;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Why nothing is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// There is no room, but for what is kept free.
    Full,
    /// It may not be written to.
    ReadOnly,
    /// It takes longer than sound lasts.
    Slow,
    /// Anything else.
    Broken,
}

impl Trouble {
    /// The word on the seam.
    pub fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::ReadOnly => "read_only",
            Self::Slow => "slow",
            Self::Broken => "broken",
        }
    }

    /// What this error means.
    pub fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly,
            _ => Self::Broken,
        }
    }
}

/// Whether so many bytes fit on the disk this folder is on, and `reserve` stays free; of a small disk a tenth is enough.
pub fn fits(folder: &Path, bytes: usize, reserve: u64) -> io::Result<bool> {
    let folder = CString::new(folder.as_os_str().as_bytes())?;
    let mut found = MaybeUninit::<libc::statvfs>::uninit();
    // SAFETY: the path ends in a zero, and `found` has room for the answer, which is read only when there is one.
    let found = unsafe {
        if libc::statvfs(folder.as_ptr(), found.as_mut_ptr()) != 0 {
            return Err(io::Error::last_os_error());
        }
        found.assume_init()
    };
    let (unit, free, all) = (found.f_frsize, found.f_bavail, found.f_blocks);
    let reserve = reserve.min(all.saturating_mul(unit) / 10);
    Ok(free.saturating_mul(unit) >= reserve + bytes as u64)
}

/// Write all of this at that place.
pub fn write(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    #[cfg(test)]
    ill::write(file, bytes, at)?;
    file.write_all_at(bytes, at)
}

/// Have the disk keep what was written.
pub fn sync(file: &File) -> io::Result<()> {
    #[cfg(test)]
    ill::sync()?;
    file.sync_data()
}

/// A disk that is ill, for the thread that says so.
#[cfg(test)]
pub mod ill {
    use super::{File, FileExt, io};
    use std::cell::Cell;

    /// What fails with EIO.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Illness {
        /// Every write, after half of it.
        Write,
        /// Every sync.
        Sync,
    }

    thread_local! {
        static NOW: Cell<Option<Illness>> = const { Cell::new(None) };
    }

    /// From now on.
    pub fn falls(illness: Option<Illness>) {
        NOW.set(illness);
    }

    pub(super) fn write(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
        if NOW.get() != Some(Illness::Write) {
            return Ok(());
        }
        file.write_all_at(&bytes[..bytes.len() / 2], at)?;
        Err(io::Error::from_raw_os_error(libc::EIO))
    }

    pub(super) fn sync() -> io::Result<()> {
        let well = NOW.get() != Some(Illness::Sync);
        well.then_some(()).ok_or_else(|| io::Error::from_raw_os_error(libc::EIO))
    }
}
