//! What a room's programme was in the last second, in plain: for those who missed a packet, and for copies that go along.

use crate::mixed::Mixed;
use std::time::{Duration, Instant};

const KEPT: usize = 64;
/// Older sound is of no use to anybody any more.
const LATEST: Duration = Duration::from_millis(600);

/// The last packets, by their number on this worker; their memory is taken with the first.
#[derive(Default)]
pub(crate) struct Past {
    packets: Box<[(Instant, Mixed)]>,
    /// How many there were.
    count: u64,
}

impl Past {
    /// How many packets there were: the number of the next.
    pub fn count(&self) -> u64 {
        self.count
    }

    pub fn keep(&mut self, now: Instant, mixed: &Mixed) {
        if self.packets.is_empty() {
            self.packets = vec![(now, Mixed::NOTHING); KEPT].into_boxed_slice();
        }
        self.packets[self.count as usize % KEPT] = (now, *mixed);
        self.count += 1;
    }

    /// The packet of this number, if it is kept.
    pub fn get(&self, number: u64) -> Option<&Mixed> {
        let kept = number < self.count && self.count - number <= KEPT as u64;
        kept.then(|| &self.packets[number as usize % KEPT].1)
    }

    /// The packet of this number, if it is not too late for it.
    pub fn in_time(&self, now: Instant, number: u64) -> Option<&Mixed> {
        let mixed = self.get(number)?;
        let (came, _) = self.packets[number as usize % KEPT];
        (now.saturating_duration_since(came) < LATEST).then_some(mixed)
    }
}
