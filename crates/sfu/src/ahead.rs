//! Asking the processor for memory before it is read: what belongs to a thousand listeners is not in the cache when their
//! turn comes, and the wait for it would be longer than the work.

/// Begin to fetch all of it. Only a hint: nothing is read, and nothing happens where the processor knows no such hint.
#[inline]
pub(crate) fn fetch<T>(it: &T) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        let start: *const i8 = std::ptr::from_ref(it).cast();
        for at in (0..size_of::<T>()).step_by(LINE) {
            // SAFETY: the place lies within `it`, and a prefetch changes nothing.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(start.add(at)) }
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = it;
}

/// What the processor fetches at once.
#[cfg(target_arch = "x86_64")]
const LINE: usize = 64;
