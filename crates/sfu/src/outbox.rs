//! What one call leaves to do for the edge: datagrams in batches, packets for other workers, news for Python.

use crate::batch::{Batch, LONGEST_DATAGRAM};
use crate::change::Change;
use crate::words::{PeerKey, RoomKey, Speaker, Track};
use std::net::SocketAddr;
use std::time::Instant;

/// The longest Opus packet that is forwarded: the longest frame and the byte that says what it is (RFC 6716, 3.2.1); 20 ms
/// at 510 kb/s are one less.
pub const LONGEST_PAYLOAD: usize = 1276;

/// Of the other lists so much is taken at first.
const NEWS: usize = 64;

/// What takes finished datagrams: `sendmmsg` in the engine, a list in tests.
pub trait Wire: Send {
    /// Send them now or lose them; sound that waits is worth nothing.
    fn send(&mut self, batch: &Batch);
}

/// A packet of somebody whose gate is open, as it goes from worker to worker.
#[derive(Clone, Copy)]
pub struct Spoken {
    /// In which room.
    pub room: RoomKey,
    /// By which connection or player.
    pub peer: PeerKey,
    /// Who is shown as speaking.
    pub speaker: Speaker,
    /// Which opening of the gate it belongs to; a later closing makes it void.
    pub(crate) opening: u32,
    /// Its place in this person's packets, counted on over the wrap.
    pub(crate) seq: u64,
    /// Its RTP time at 48 kHz, counted on over the wrap.
    pub(crate) time: u64,
    /// The start of a talkspurt.
    pub(crate) marker: bool,
    /// How loud, in −dBov (RFC 6464), as far as it can be believed.
    pub level: u8,
    /// Where it is recorded, if it is.
    pub(crate) track: Option<Track>,
    len: u16,
    payload: [u8; LONGEST_PAYLOAD],
}

impl Spoken {
    /// The Opus packet.
    pub fn payload(&self) -> &[u8] {
        &self.payload[..usize::from(self.len)]
    }

    /// Its place in this person's packets, counted on over the wrap.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// RTP time at 48 kHz, counted on over the wrap.
    pub fn time(&self) -> u64 {
        self.time
    }

    /// The start of a talkspurt.
    pub fn marker(&self) -> bool {
        self.marker
    }

    /// A packet with this content, or none when it is too long to be forwarded.
    pub(crate) fn with(mut self, payload: &[u8]) -> Option<Self> {
        self.payload.get_mut(..payload.len())?.copy_from_slice(payload);
        self.len = payload.len() as u16;
        Some(self)
    }

    /// Nothing, said by nobody.
    pub const SILENT: Self = Self {
        room: RoomKey(0),
        peer: PeerKey(0),
        speaker: Speaker(0),
        opening: 0,
        seq: 0,
        time: 0,
        marker: false,
        level: 127,
        track: None,
        len: 0,
        payload: [0; LONGEST_PAYLOAD],
    };
}

/// Something for a log.
#[derive(Clone, Copy)]
pub struct Recorded {
    /// Whose log.
    pub track: Track,
    /// When it came.
    pub at: Instant,
    /// What it is.
    pub kind: Happening,
    spoken: Spoken,
}

/// What a log is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// Something was said.
    Said,
    /// The speaker's own clock.
    Report,
    /// The microphone was opened.
    Opened,
    /// The microphone was shut.
    Shut,
}

impl Recorded {
    pub(crate) fn new(at: Instant, kind: Happening, spoken: &Spoken) -> Option<Self> {
        Some(Self { track: spoken.track?, at, kind, spoken: *spoken })
    }

    /// By which connection or player.
    pub fn peer(&self) -> PeerKey {
        self.spoken.peer
    }

    /// Its place in this connection's packets, counted on over the wrap.
    pub fn seq(&self) -> u64 {
        self.spoken.seq
    }

    /// RTP time at 48 kHz, counted on over the wrap.
    pub fn time(&self) -> u64 {
        self.spoken.time
    }

    /// The start of a talkspurt.
    pub fn marker(&self) -> bool {
        self.spoken.marker
    }

    /// How loud, in −dBov.
    pub fn level(&self) -> u8 {
        self.spoken.level
    }

    /// The Opus packet, or a report's wall clock in nanoseconds of the Unix clock, little endian.
    pub fn payload(&self) -> &[u8] {
        self.spoken.payload()
    }
}

/// A datagram that reached the wrong worker, as after a change of address; goes into the right worker's
/// [`Sfu::stray`](crate::Sfu::stray).
#[derive(Clone, Copy)]
pub struct Stray {
    /// Whose it is.
    pub worker: usize,
    /// Where it came from.
    pub from: SocketAddr,
    /// To which address of ours.
    pub to: SocketAddr,
    len: u16,
    bytes: [u8; LONGEST_DATAGRAM],
}

impl Stray {
    pub(crate) fn new(worker: usize, from: SocketAddr, to: SocketAddr, datagram: &[u8]) -> Option<Self> {
        let mut stray = Self { worker, from, to, len: datagram.len() as u16, bytes: [0; LONGEST_DATAGRAM] };
        stray.bytes.get_mut(..datagram.len())?.copy_from_slice(datagram);
        Some(stray)
    }

    /// What is in it.
    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes[..usize::from(self.len)]
    }
}

/// Filled by every call of [`Sfu`](crate::Sfu). Datagrams leave by themselves whenever a batch is full; call
/// [`flush`](Self::flush) after each call, then empty the lists.
pub struct Outbox {
    wire: Box<dyn Wire>,
    batch: Batch,
    /// What was said here on stage in rooms whose programme is mixed.
    pub mixing: Vec<Spoken>,
    /// For all other workers.
    pub spoken: Vec<Spoken>,
    /// For one other worker each.
    pub strays: Vec<Stray>,
    /// For the logs of those who are recorded.
    pub recorded: Vec<Recorded>,
    /// For Python.
    pub changes: Vec<Change>,
}

impl Outbox {
    /// An empty one in front of this wire, all its memory taken now.
    pub fn new(wire: Box<dyn Wire>) -> Self {
        Self {
            wire,
            batch: Batch::ready(),
            mixing: Vec::with_capacity(NEWS),
            spoken: Vec::with_capacity(NEWS),
            strays: Vec::with_capacity(NEWS),
            recorded: Vec::with_capacity(NEWS),
            changes: Vec::with_capacity(NEWS),
        }
    }

    /// Hand what has gathered to the wire.
    pub fn flush(&mut self) {
        if !self.batch.is_empty() {
            self.wire.send(&self.batch);
            self.batch.clear();
        }
    }

    /// Write one datagram in place: `write` fills the bytes and says how many, none to give up.
    pub(crate) fn datagram(
        &mut self,
        from: SocketAddr,
        to: SocketAddr,
        write: impl FnOnce(&mut [u8]) -> Option<usize>,
    ) -> bool {
        if self.batch.is_full() {
            self.flush();
        }
        self.batch.add(from, to, write)
    }
}
