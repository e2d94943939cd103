//! A bounded way from one worker to another: nobody waits, and what does not fit is counted.

use std::cell::UnsafeCell;
use std::mem::MaybeUninit;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Each end writes its own line of the cache, so that the two workers do not slow each other.
#[repr(align(64))]
#[derive(Default)]
struct Mark(AtomicUsize);

struct Ring<T> {
    places: Box<[UnsafeCell<MaybeUninit<T>>]>,
    written: Mark,
    read: Mark,
    full: AtomicU64,
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
    let ring = Ring { places, written: Mark::default(), read: Mark::default(), full: AtomicU64::new(0) };
    let ring = Arc::new(ring);
    (Writer(ring.clone()), Reader(ring))
}

impl<T: Copy + Send> Writer<T> {
    /// Put a value in, unless there is no room: then it is counted as lost.
    pub fn push(&mut self, value: &T) -> bool {
        let ring = &*self.0;
        let written = ring.written.0.load(Ordering::Relaxed);
        if written.wrapping_sub(ring.read.0.load(Ordering::Acquire)) == ring.places.len() {
            ring.full.fetch_add(1, Ordering::Relaxed);
            return false;
        }
        let place = ring.places[written & (ring.places.len() - 1)].get();
        // SAFETY: the reader is done with this place (checked above) and does not look before `written` moves on.
        unsafe { (*place).write(*value) };
        ring.written.0.store(written.wrapping_add(1), Ordering::Release);
        true
    }

    /// How many values found no room since the beginning.
    pub fn lost(&self) -> u64 {
        self.0.full.load(Ordering::Relaxed)
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
    fn values_come_out_in_order_and_the_overflow_is_counted() {
        let (mut writer, mut reader) = ring(4);

        let fitted: Vec<bool> = (0..6).map(|value| writer.push(&value)).collect();
        let taken: Vec<i32> = std::iter::from_fn(|| reader.pop()).collect();

        assert_eq!(fitted, [true, true, true, true, false, false]);
        assert_eq!(taken, [0, 1, 2, 3]);
        assert_eq!(writer.lost(), 2);
        assert!(reader.is_empty());
    }

    #[test]
    fn two_threads_lose_nothing_but_what_is_counted() {
        const MANY: u64 = 200_000;
        let (mut writer, mut reader) = ring::<[u64; 4]>(64);

        let writing = std::thread::spawn(move || {
            let fitted = (0..MANY).filter(|&value| writer.push(&[value; 4])).count();
            (fitted, writer.lost())
        });
        let mut taken = Vec::new();
        while !writing.is_finished() || !reader.is_empty() {
            taken.extend(reader.pop());
        }

        let (fitted, lost) = writing.join().expect("the writer ends");
        assert_eq!((taken.len(), fitted as u64 + lost), (fitted, MANY));
        assert!(taken.iter().all(|value| *value == [value[0]; 4]), "no value is torn");
        assert!(taken.is_sorted());
    }
}
