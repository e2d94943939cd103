//! Packets in the order in which they were said, each once: what was asked for again comes late, and some come twice.

use crate::record::Record;
use std::collections::BTreeMap;

/// So many later ones, and nobody waits any longer: four seconds.
const WAITS: u64 = 200;

/// A packet of sound that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Packet {
    pub stint: u16,
    pub seq: u64,
    pub time: u64,
    pub payload: Vec<u8>,
}

impl Packet {
    /// What a record of sound holds.
    pub fn of(said: &Record<'_>) -> Self {
        Self { stint: said.stint, seq: said.seq, time: said.time, payload: said.payload.to_vec() }
    }
}

/// Those that may still be overtaken.
#[derive(Debug, Default)]
pub(crate) struct Order {
    waiting: BTreeMap<(u16, u64), Packet>,
    /// Everything up to here has gone on.
    passed: Option<(u16, u64)>,
}

impl Order {
    /// A packet of the log.
    pub fn put(&mut self, packet: Packet) {
        let key = (packet.stint, packet.seq);
        if self.passed.is_none_or(|passed| key > passed) {
            self.waiting.entry(key).or_insert(packet);
        }
    }

    /// The next packet that nothing can overtake any more.
    pub fn next(&mut self) -> Option<Packet> {
        let (first, last) = (*self.waiting.first_key_value()?.0, *self.waiting.last_key_value()?.0);
        let ripe =
            if first.0 == last.0 { last.1 - first.1 >= WAITS } else { self.waiting.len() as u64 >= WAITS };
        if ripe { self.rest() } else { None }
    }

    /// The next packet, when the log has no more.
    pub fn rest(&mut self) -> Option<Packet> {
        let (key, packet) = self.waiting.pop_first()?;
        self.passed = Some(key);
        Some(packet)
    }
}

#[cfg(test)]
mod tests {
    use super::{Order, Packet};

    fn packet(stint: u16, seq: u64) -> Packet {
        Packet { stint, seq, time: 960 * seq, payload: Vec::new() }
    }

    fn ordered(numbers: impl IntoIterator<Item = (u16, u64)>) -> Vec<(u16, u64)> {
        let mut order = Order::default();
        let mut out = Vec::new();
        for (stint, seq) in numbers {
            order.put(packet(stint, seq));
            out.extend(std::iter::from_fn(|| order.next()));
        }
        out.extend(std::iter::from_fn(|| order.rest()));
        out.iter().map(|packet| (packet.stint, packet.seq)).collect()
    }

    #[test]
    fn late_ones_find_their_place_and_doubles_are_dropped() {
        let came = [1, 2, 5, 3, 5, 2, 4].map(|seq| (0, seq));
        assert_eq!(ordered(came), [1, 2, 3, 4, 5].map(|seq| (0, seq)));
    }

    #[test]
    fn what_comes_after_four_seconds_is_left_out() {
        let came = (1..=100).chain(102..=400).chain([101]).map(|seq| (0, seq));
        let expected: Vec<_> = (1..=100).chain(102..=400).map(|seq| (0, seq)).collect();
        assert_eq!(ordered(came), expected);
    }

    #[test]
    fn a_new_connection_comes_after_the_old_one_whatever_its_numbers() {
        assert_eq!(ordered([(0, 900), (1, 5), (0, 901), (1, 6)]), [(0, 900), (0, 901), (1, 5), (1, 6)]);
    }
}
