//! What a disk says when it does not write, and how much room it has.

use std::ffi::CString;
use std::io;
use std::mem::MaybeUninit;
use std::os::unix::ffi::OsStrExt;
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
