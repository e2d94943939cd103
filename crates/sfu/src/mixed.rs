//! Twenty milliseconds of a room's programme, as they go from the mixer to every worker.

use crate::words::RoomKey;

/// People who are named as heard.
const MOST_SPEAKERS: usize = 5;
/// The longest packet of a programme: 20 ms at 160 kb/s.
pub(crate) const LONGEST_MIXED: usize = 400;

/// One packet of a programme.
#[derive(Debug, Clone, Copy)]
pub struct Mixed {
    /// Whose programme.
    pub room: RoomKey,
    /// RTP time at 48 kHz, on with the wall clock.
    pub time: u64,
    /// The start of a talkspurt.
    pub marker: bool,
    /// How loud, in −dBov.
    pub level: u8,
    /// Nobody sounds.
    pub quiet: bool,
    speakers: [u32; MOST_SPEAKERS],
    count: u8,
    len: u16,
    payload: [u8; LONGEST_MIXED],
}

impl Mixed {
    /// Quiet, from nobody, at no time.
    pub(crate) const NOTHING: Self = Self {
        room: RoomKey(0),
        time: 0,
        marker: false,
        level: 127,
        quiet: true,
        speakers: [0; MOST_SPEAKERS],
        count: 0,
        len: 0,
        payload: [0; LONGEST_MIXED],
    };

    /// A quiet moment in which this packet is to be played; none when it is longer than a programme's packets are.
    pub fn new(room: RoomKey, time: u64, payload: &[u8]) -> Option<Self> {
        let mut mixed = Self { room, time, len: payload.len() as u16, ..Self::NOTHING };
        mixed.payload.get_mut(..payload.len())?.copy_from_slice(payload);
        Some(mixed)
    }

    /// The same with these people heard, the loudest first; more than five are not named.
    #[must_use]
    pub fn said_by(mut self, speakers: &[u32]) -> Self {
        let count = speakers.len().min(MOST_SPEAKERS);
        self.speakers[..count].copy_from_slice(&speakers[..count]);
        self.count = count as u8;
        self
    }

    /// Who is heard, the loudest first.
    pub fn speakers(&self) -> &[u32] {
        &self.speakers[..usize::from(self.count)]
    }

    /// The Opus packet.
    pub fn payload(&self) -> &[u8] {
        &self.payload[..usize::from(self.len)]
    }
}
