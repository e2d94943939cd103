//! Datagrams on their way out, one behind the other in memory taken once. They are few bytes each: a gap behind every one
//! would put a burst to a thousand listeners beside the cache.

use std::net::SocketAddr;

/// How many datagrams are gathered at most before they are handed to the wire. Many, so that they leave close together: who
/// waits for them wakes once for several, and each waking is the sender's cost.
pub const BATCH: usize = 1024;
/// The longest datagram that goes out or comes in: Ethernet's 1,500 with room to spare.
pub const LONGEST_DATAGRAM: usize = 1500;
/// Bytes of all of them together: as many of 20 ms as are gathered, or 87 of the longest.
const ROOM: usize = 256 << 10;

/// One datagram on its way out.
#[derive(Debug, Clone, Copy)]
pub struct Datagram<'a> {
    /// Our address it should leave from.
    pub from: SocketAddr,
    /// Where it goes.
    pub to: SocketAddr,
    /// What is in it.
    pub bytes: &'a [u8],
}

#[derive(Clone, Copy)]
struct Place {
    from: SocketAddr,
    to: SocketAddr,
    start: usize,
    end: usize,
}

/// Some datagrams, in their order.
pub struct Batch {
    places: Vec<Place>,
    bytes: Box<[u8]>,
    used: usize,
}

impl Batch {
    /// None of them yet, all memory taken.
    pub(crate) fn ready() -> Self {
        Self { places: Vec::with_capacity(BATCH), bytes: vec![0; ROOM].into_boxed_slice(), used: 0 }
    }

    /// All of them.
    pub fn datagrams(&self) -> impl Iterator<Item = Datagram<'_>> {
        self.places.iter().map(|&Place { from, to, start, end }| Datagram {
            from,
            to,
            bytes: &self.bytes[start..end],
        })
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Another one may not find room.
    pub(crate) fn is_full(&self) -> bool {
        self.places.len() == BATCH || self.used + LONGEST_DATAGRAM > ROOM
    }

    /// Write one behind the others: `write` fills the bytes and says how many, none to give up.
    pub(crate) fn add(
        &mut self,
        from: SocketAddr,
        to: SocketAddr,
        write: impl FnOnce(&mut [u8]) -> Option<usize>,
    ) -> bool {
        let start = self.used;
        let room = &mut self.bytes[start..start + LONGEST_DATAGRAM];
        let Some(len) = write(room) else { return false };
        self.used = start + len;
        self.places.push(Place { from, to, start, end: self.used });
        true
    }

    pub(crate) fn clear(&mut self) {
        self.places.clear();
        self.used = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::{BATCH, Batch, LONGEST_DATAGRAM, ROOM};
    use std::net::SocketAddr;

    const HERE: ([u8; 4], u16) = ([192, 0, 2, 1], 7000);

    fn add(batch: &mut Batch, byte: u8, len: usize) -> bool {
        let here = SocketAddr::from(HERE);
        batch.add(here, here, |bytes| {
            bytes.get_mut(..len)?.fill(byte);
            Some(len)
        })
    }

    #[test]
    fn datagrams_keep_their_order_and_one_that_is_given_up_leaves_no_trace() {
        let mut batch = Batch::ready();

        let added =
            [(1, 3), (2, LONGEST_DATAGRAM + 1), (3, 0), (4, 2)].map(|(byte, len)| add(&mut batch, byte, len));

        let bytes: Vec<_> = batch.datagrams().map(|it| it.bytes.to_vec()).collect();
        assert_eq!((added, bytes), ([true, false, true, true], vec![vec![1; 3], vec![], vec![4; 2]]));
    }

    #[test]
    fn it_is_full_by_number_and_by_length() {
        let (mut short, mut long) = (Batch::ready(), Batch::ready());

        let shorts = (0..).take_while(|_| !short.is_full() && add(&mut short, 0, 150)).count();
        let longs = (0..).take_while(|_| !long.is_full() && add(&mut long, 0, LONGEST_DATAGRAM)).count();
        long.clear();

        assert_eq!((shorts, longs), (BATCH, ROOM / LONGEST_DATAGRAM));
        assert!(!long.is_full() && long.is_empty());
    }
}
