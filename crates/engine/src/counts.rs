//! What the engine counts beside the core: what did not fit, and what broke.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// One number; it only grows, except where it says how many there are.
#[derive(Default)]
pub struct Count(AtomicU64);

impl Count {
    /// So many more.
    pub fn add(&self, more: usize) {
        if more > 0 {
            self.0.fetch_add(more as u64, Relaxed);
        }
    }

    /// So many fewer.
    pub fn less(&self, fewer: usize) {
        if fewer > 0 {
            self.0.fetch_sub(fewer as u64, Relaxed);
        }
    }

    /// How many there are.
    pub fn now(&self) -> usize {
        self.0.load(Relaxed) as usize
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
    /// Ticks in which somebody sounded.
    pub sounded: Count,
    /// Milliseconds that the loudest of each such tick had waited in the jitter buffer, in all.
    pub waited: Count,
    /// Mixers that broke down and began anew.
    pub mixers: Count,
    /// Connections by TCP there are.
    pub tcp_connections: Count,
    /// Connections by TCP that were closed before they were anybody's.
    pub tcp_refused: Count,
    /// Packets that came too late for their connection by TCP, or found it closed.
    pub tcp: Count,
}

impl Counts {
    /// By name.
    pub fn named(&self) -> [(&'static str, u64); 17] {
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
            ("programme_sounded", &self.sounded),
            ("programme_waited_ms", &self.waited),
            ("mixer_panics", &self.mixers),
            ("tcp_connections", &self.tcp_connections),
            ("tcp_refused", &self.tcp_refused),
            ("drop_tcp", &self.tcp),
        ];
        all.map(|(name, count)| (name, count.0.load(Relaxed)))
    }
}
