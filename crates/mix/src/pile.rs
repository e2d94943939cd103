//! A speaker's packets, in the order they were said; their memory is used again.

use causerie_opus::samples;

/// More than the longest delay holds, at the shortest frames.
const MOST: usize = 64;

/// One packet that waits.
#[derive(Debug, Default)]
pub struct Packet {
    pub seq: u64,
    pub time: u64,
    /// How long it lasts, in samples.
    pub length: u64,
    pub payload: Vec<u8>,
}

/// All that wait, the oldest last.
#[derive(Default)]
pub struct Pile {
    waiting: Vec<Packet>,
    spare: Vec<Packet>,
}

impl Pile {
    /// Lay a packet to the others; nothing when it is no Opus, or there twice. The oldest makes room.
    pub fn put(&mut self, seq: u64, time: u64, payload: &[u8]) {
        let Some(length) = samples(payload) else { return };
        let at = self.waiting.partition_point(|packet| packet.time > time);
        if self.waiting.get(at).is_some_and(|packet| packet.time == time) {
            return;
        }
        let mut packet = self.spare.pop().unwrap_or_default();
        (packet.seq, packet.time, packet.length) = (seq, time, length as u64);
        packet.payload.clear();
        packet.payload.extend_from_slice(payload);
        self.waiting.insert(at, packet);
        if self.waiting.len() > MOST {
            self.drop_first();
        }
    }

    /// The one that was said first.
    pub fn first(&self) -> Option<&Packet> {
        self.waiting.last()
    }

    /// Done with the first.
    pub fn drop_first(&mut self) {
        self.spare.extend(self.waiting.pop());
    }

    pub fn clear(&mut self) {
        self.spare.append(&mut self.waiting);
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Pile};

    const SOUND: [u8; 3] = [0xF8, 0xFF, 0xFE];

    #[test]
    fn packets_come_out_as_they_were_said_and_each_once() {
        let mut pile = Pile::default();
        for at in [3, 1, 2, 1, 5, 4] {
            pile.put(at, at * 960, &SOUND);
        }
        pile.put(9, 9 * 960, b"");

        let mut out = Vec::new();
        while let Some(packet) = pile.first() {
            out.push(packet.seq);
            pile.drop_first();
        }

        assert_eq!(out, [1, 2, 3, 4, 5]);
    }

    #[test]
    fn what_is_too_much_costs_the_oldest() {
        let mut pile = Pile::default();

        (0..MOST as u64 + 3).for_each(|at| pile.put(at, at * 960, &SOUND));

        assert_eq!(pile.first().map(|packet| packet.seq), Some(3));
        (1..MOST).for_each(|_| pile.drop_first());
        assert_eq!(pile.first().map(|packet| packet.seq), Some(MOST as u64 + 2));
    }
}
