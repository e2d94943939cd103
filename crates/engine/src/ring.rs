//! A bounded way from one worker to another: nobody waits, and what does not fit is said.

use std::cell::UnsafeCell;
use std::mem::MaybeUninit;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Each end writes its own line of the cache, so that the two workers do not slow each other.
#[repr(align(64))]
#[derive(Default)]
struct Mark(AtomicUsize);

struct Ring<T> {
    places: Box<[UnsafeCell<MaybeUninit<T>>]>,
    written: Mark,
    read: Mark,
}

// SAFETY: a place is touched by the writer before `written` passes it and by the reader after, never by both.
unsafe impl<T: Send> Sync for Ring<T> {}
// SAFETY: the ring owns its values, and they may move to another thread.
unsafe impl<T: Send> Send for Ring<T> {}

/// The end that puts in. There is only one.
pub struct Writer<T>(Arc<Ring<T>>);

/// The end that takes out. There is only one.
pub struct Reader<T>(Arc<Ring<T>>);

/// A new way with room for `size` values, all of its memory taken now.
pub fn ring<T: Copy + Send>(size: usize) -> (Writer<T>, Reader<T>) {
    let places = (0..size.next_power_of_two()).map(|_| UnsafeCell::new(MaybeUninit::uninit())).collect();
    let ring = Ring { places, written: Mark::default(), read: Mark::default() };
    let ring = Arc::new(ring);
    (Writer(ring.clone()), Reader(ring))
}

impl<T: Copy + Send> Writer<T> {
    /// Put a value in; false when there is no room, for the caller to count.
    #[must_use]
    pub fn push(&mut self, value: &T) -> bool {
        let ring = &*self.0;
        let written = ring.written.0.load(Ordering::Relaxed);
        if written.wrapping_sub(ring.read.0.load(Ordering::Acquire)) == ring.places.len() {
            return false;
        }
        let place = ring.places[written & (ring.places.len() - 1)].get();
        // SAFETY: the reader is done with this place (checked above) and does not look before `written` moves on.
        unsafe { (*place).write(*value) };
        ring.written.0.store(written.wrapping_add(1), Ordering::Release);
        true
    }
}

impl<T: Copy + Send> Reader<T> {
    /// The oldest value, if there is one.
    pub fn pop(&mut self) -> Option<T> {
        let ring = &*self.0;
        let read = ring.read.0.load(Ordering::Relaxed);
        if read == ring.written.0.load(Ordering::Acquire) {
            return None;
        }
        // SAFETY: the writer has finished this place (checked above) and does not touch it before `read` moves on.
        let value = unsafe { (*ring.places[read & (ring.places.len() - 1)].get()).assume_init() };
        ring.read.0.store(read.wrapping_add(1), Ordering::Release);
        Some(value)
    }

    /// Nothing is waiting.
    pub fn is_empty(&self) -> bool {
        self.0.read.0.load(Ordering::Relaxed) == self.0.written.0.load(Ordering::Acquire)
    }
}

#[cfg(test)]
mod tests {
    use super::ring;

    #[test]
    fn values_come_out_in_order_and_what_does_not_fit_is_said() {
        let (mut writer, mut reader) = ring(4);

        let fitted: Vec<bool> = (0..6).map(|value| writer.push(&value)).collect();
        let taken: Vec<i32> = std::iter::from_fn(|| reader.pop()).collect();

        assert_eq!(fitted, [true, true, true, true, false, false]);
        assert_eq!(taken, [0, 1, 2, 3]);
        assert!(reader.is_empty());
    }

    #[test]
    fn two_threads_lose_nothing_but_what_did_not_fit() {
        const MANY: u64 = 200_000;
        let (mut writer, mut reader) = ring::<[u64; 4]>(64);

        let writing = std::thread::spawn(move || {
            (0..MANY).filter(|&value| writer.push(&[value; 4])).collect::<Vec<_>>()
        });
        let mut taken = Vec::new();
        while !writing.is_finished() || !reader.is_empty() {
            taken.extend(reader.pop());
        }

        let fitted = writing.join().expect("the writer ends");
        assert_eq!(taken, fitted.iter().map(|value| [*value; 4]).collect::<Vec<_>>());
    }
}
