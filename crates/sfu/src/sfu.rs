//! One worker's share of all rooms.

use crate::counters::Count;
use crate::doors::Doors;
use crate::outbox::{Outbox, Spoken};
use crate::words::{PeerKey, RoomKey};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

/// What all workers are told; those whom it does not concern do nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// End one connection.
    Leave(PeerKey),
    /// End all connections of a room.
    CloseRoom(RoomKey),
    /// A gate was set: forget at once what may no longer be heard.
    Regate(PeerKey),
}

/// Twenty milliseconds that a player says.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// RTP time at 48 kHz.
    pub time: u32,
    /// The start of a talkspurt.
    pub marker: bool,
    /// How loud, in −dBov.
    pub level: u8,
    /// The Opus packet.
    pub payload: &'a [u8],
}

/// One worker's share: the connections whose packets the kernel gives to it, and all rooms as far as they sit here.
pub struct Sfu {
    doors: Arc<Doors>,
    worker: usize,
}

impl Sfu {
    /// A worker's share, empty.
    pub fn new(doors: Arc<Doors>, worker: usize, _now: Instant) -> Self {
        Self { doors, worker }
    }

    /// A datagram came; it is read in place.
    pub fn datagram(
        &mut self,
        _now: Instant,
        _from: SocketAddr,
        _to: SocketAddr,
        _datagram: &mut [u8],
        _out: &mut Outbox,
    ) {
        self.doors.counters(self.worker).one(Count::DatagramsIn);
    }

    /// A packet came from another worker.
    pub fn spoken(&mut self, _now: Instant, _spoken: &Spoken, _out: &mut Outbox) {
        self.doors.counters(self.worker).one(Count::PacketsFromWorkers);
    }

    /// A player says something here; always the same worker for the same player.
    pub fn play(&mut self, _now: Instant, _player: PeerKey, _frame: Frame<'_>, _out: &mut Outbox) {
        self.doors.counters(self.worker).one(Count::PacketsPlayed);
    }

    /// Something was decided elsewhere.
    pub fn command(&mut self, _now: Instant, _command: Command, _out: &mut Outbox) {}

    /// Time has passed.
    pub fn timeout(&mut self, _now: Instant, _out: &mut Outbox) {}

    /// When [`timeout`](Self::timeout) is wanted next.
    pub fn deadline(&self) -> Option<Instant> {
        None
    }
}
