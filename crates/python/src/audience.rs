//! A room's listeners as those who run a place see them, as plain data.

use causerie_engine::{Audience as Room, Figures as One};
use pyo3::prelude::*;

/// A room's audience, and some of it in the order that was asked for.
#[pyclass(frozen, get_all, module = "causerie._engine")]
pub struct Audience {
    all: usize,
    programme: (usize, usize, usize),
    by_tcp: usize,
    some: Vec<Figures>,
}

/// One listener: how they hear, and how well.
#[pyclass(frozen, get_all, module = "causerie._engine")]
#[derive(Clone)]
pub struct Figures {
    peer: u64,
    programme: Option<u64>,
    by_tcp: bool,
    fraction_lost_256: u64,
    round_trip_ms: u64,
    jitter_ms: u64,
    delay_ms: u64,
    packets: u64,
    bytes: u64,
    heard_ms: u64,
}

impl From<Room> for Audience {
    fn from(room: Room) -> Self {
        let [plain, one, two] = room.programme;
        let some = room.some.into_iter().map(Figures::from).collect();
        Self { all: room.all, programme: (plain, one, two), by_tcp: room.by_tcp, some }
    }
}

impl From<One> for Figures {
    fn from(one: One) -> Self {
        Self {
            peer: one.peer.0,
            programme: one.programme,
            by_tcp: one.by_tcp,
            fraction_lost_256: one.fraction_lost,
            round_trip_ms: one.round_trip_ms,
            jitter_ms: one.jitter_ms,
            delay_ms: one.delay_ms,
            packets: one.packets,
            bytes: one.bytes,
            heard_ms: one.heard_ms,
        }
    }
}
