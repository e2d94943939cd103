//! What a speaker said in the last second, in plain: for all listeners who missed a packet.

use crate::outbox::Spoken;
use std::time::{Duration, Instant};

/// A packet, and when it came.
type Kept = Option<(Instant, Spoken)>;

const KEPT: usize = 64;
/// Older sound is of no use to anybody.
const LONGEST: Duration = Duration::from_secs(1);

/// The last packets of one speaker, taken only once they are heard by somebody.
#[derive(Default)]
pub(crate) struct Memory {
    packets: Option<Box<[Kept]>>,
    /// The highest number, and which of the 64 before it came.
    highest: u64,
    seen: u64,
}

impl Memory {
    /// A packet that was not there before and is not older than all that is remembered: nobody gets it twice, so no
    /// nonce is used twice.
    pub fn is_new(&mut self, seq: u64) -> bool {
        if seq > self.highest {
            let ahead = seq - self.highest;
            self.seen = if ahead < 64 { self.seen << ahead | 1 } else { 1 };
            self.highest = seq;
            return true;
        }
        let back = self.highest - seq;
        let new = back < 64 && self.seen & (1 << back) == 0;
        if new {
            self.seen |= 1 << back;
        }
        new
    }

    pub fn keep(&mut self, now: Instant, spoken: &Spoken) {
        let packets = self.packets.get_or_insert_with(|| vec![None; KEPT].into_boxed_slice());
        packets[spoken.seq as usize % KEPT] = Some((now, *spoken));
    }

    pub fn find(&self, now: Instant, seq: u64) -> Option<&Spoken> {
        let (kept, spoken) = self.packets.as_ref()?[seq as usize % KEPT].as_ref()?;
        let fresh = spoken.seq == seq && now.saturating_duration_since(*kept) < LONGEST;
        fresh.then_some(spoken)
    }

    /// Nothing of this is heard again; what comes late is still known as old.
    pub fn purge(&mut self) {
        self.packets = None;
    }
}

#[cfg(test)]
mod tests {
    use super::Memory;
    use crate::outbox::Spoken;
    use std::time::{Duration, Instant};

    #[test]
    fn every_number_passes_once() {
        let mut memory = Memory::default();

        let passed: Vec<_> =
            [100, 101, 101, 103, 102, 102, 100, 200, 137, 136, 201].map(|seq| memory.is_new(seq)).into();

        assert_eq!(passed, [true, true, false, true, true, false, false, true, true, false, true]);
    }

    #[test]
    fn what_is_a_second_old_or_purged_is_forgotten() {
        let now = Instant::now();
        let mut memory = Memory::default();
        let mut spoken = Spoken::SILENT;
        spoken.seq = 7;
        memory.keep(now, &spoken);

        let found = |memory: &Memory, after| memory.find(now + Duration::from_millis(after), 7).is_some();
        let (early, late) = (found(&memory, 900), found(&memory, 1000));
        memory.purge();

        assert_eq!((early, late, found(&memory, 0)), (true, false, false));
    }
}
