//! What all listeners together heard.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Milliseconds between two packets are counted up to here.
const LONGEST: usize = 1000;

/// Sums over all listeners; gaps by their milliseconds.
pub struct Tally {
    pub up: AtomicU64,
    pub gone: AtomicU64,
    pub packets: AtomicU64,
    pub missing: AtomicU64,
    gaps: Box<[AtomicU64]>,
}

/// Since the last reading, but for who is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Connections that sound goes through.
    pub up: u64,
    /// Connections that ended by themselves.
    pub gone: u64,
    /// Packets that came.
    pub packets: u64,
    /// Packets that should have come by their numbers.
    pub missing: u64,
    /// All but one in a hundred packets came within so many milliseconds after the one before.
    pub gap: u64,
}

impl Default for Tally {
    fn default() -> Self {
        let gaps = (0..=LONGEST).map(|_| AtomicU64::new(0)).collect();
        let zero = || AtomicU64::new(0);
        Self { up: zero(), gone: zero(), packets: zero(), missing: zero(), gaps }
    }
}

impl Tally {
    /// A packet came so long after the one before.
    pub fn gap(&self, gap: Duration) {
        self.gaps[(gap.as_millis() as usize).min(LONGEST)].fetch_add(1, Relaxed);
    }

    /// All of it, and begin to count anew.
    pub fn read(&self) -> Figures {
        let gaps: Vec<u64> = self.gaps.iter().map(|count| count.swap(0, Relaxed)).collect();
        let all: u64 = gaps.iter().sum();
        let mut below = 0;
        let longest = gaps.iter().position(|count| {
            below += count;
            below * 100 >= all * 99
        });
        Figures {
            up: self.up.load(Relaxed),
            gone: self.gone.load(Relaxed),
            packets: self.packets.swap(0, Relaxed),
            missing: self.missing.swap(0, Relaxed),
            gap: longest.unwrap_or(LONGEST) as u64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;
    use std::time::Duration;

    #[test]
    fn the_longest_but_for_one_in_a_hundred_is_told_once() {
        let tally = Tally::default();
        (0..990).for_each(|_| tally.gap(Duration::from_millis(20)));
        (0..10).for_each(|_| tally.gap(Duration::from_millis(500)));

        let first = tally.read().gap;

        assert_eq!((first, tally.read().gap), (20, 0));
        tally.gap(Duration::from_secs(60));
        assert_eq!(tally.read().gap, 1000);
    }
}
