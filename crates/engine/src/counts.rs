//! What the engine counts beside the core: what did not fit, and what broke.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// One number that only grows.
#[derive(Default)]
pub struct Count(AtomicU64);

impl Count {
    /// So many more.
    pub fn add(&self, more: usize) {
        if more > 0 {
            self.0.fetch_add(more as u64, Relaxed);
        }
    }
}

/// All of them.
#[derive(Default)]
pub struct Counts {
    /// Datagrams the kernel had no room for, or no way to.
    pub send: Count,
    /// Packets another worker had no room for.
    pub spoken: Count,
    /// Misdirected datagrams the right worker had no room for.
    pub strays: Count,
    /// Records the recorder had no room for.
    pub recorded: Count,
    /// Offers and tapes that found too many before them.
    pub desk: Count,
    /// Workers that broke down and began anew.
    pub workers: Count,
}

impl Counts {
    /// By name.
    pub fn named(&self) -> [(&'static str, u64); 6] {
        let all = [
            ("drop_send", &self.send),
            ("drop_ring_spoken", &self.spoken),
            ("drop_ring_stray", &self.strays),
            ("drop_ring_recorded", &self.recorded),
            ("drop_desk", &self.desk),
            ("worker_panics", &self.workers),
        ];
        all.map(|(name, count)| (name, count.0.load(Relaxed)))
    }
}
