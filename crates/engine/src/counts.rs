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
    /// Packets the mixer had no room for.
    pub unmixed: Count,
    /// Pieces of programmes a worker had no room for.
    pub programme: Count,
    /// Pieces of programmes nobody took to make streams of.
    pub stream: Count,
    /// Ticks of all rooms that were mixed.
    pub ticks: Count,
    /// Ticks the mixer came too late for.
    pub late: Count,
    /// Mixers that broke down and began anew.
    pub mixers: Count,
}

impl Counts {
    /// By name.
    pub fn named(&self) -> [(&'static str, u64); 12] {
        let all = [
            ("drop_send", &self.send),
            ("drop_ring_spoken", &self.spoken),
            ("drop_ring_stray", &self.strays),
            ("drop_ring_recorded", &self.recorded),
            ("drop_desk", &self.desk),
            ("worker_panics", &self.workers),
            ("drop_ring_mixing", &self.unmixed),
            ("drop_ring_programme", &self.programme),
            ("drop_stream", &self.stream),
            ("programme_ticks", &self.ticks),
            ("programme_late", &self.late),
            ("mixer_panics", &self.mixers),
        ];
        all.map(|(name, count)| (name, count.0.load(Relaxed)))
    }
}
