//! What a worker is told: wishes that are never refused, since the latest word about a peer is all that counts.

use crate::bell::Bell;
use crate::player::Player;
use crate::tcp::Arrival;
use causerie_sfu::{PeerKey, RoomKey};
use std::collections::BTreeSet;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A file that begins to speak in a room.
pub struct Entrance {
    /// The player's own key.
    pub peer: PeerKey,
    /// Where it speaks.
    pub room: RoomKey,
    /// The tape and its clock.
    pub player: Player,
}

/// Everything a worker has not yet read. Each peer and room is in it once, however often it was named.
#[derive(Default)]
pub struct Letters {
    /// Whose gate was moved.
    pub regated: BTreeSet<PeerKey>,
    /// Whose recording began or ended.
    pub retaken: BTreeSet<PeerKey>,
    /// Who has to go.
    pub leaving: BTreeSet<PeerKey>,
    /// Which rooms are over.
    pub closed: BTreeSet<RoomKey>,
    /// Who begins to play here.
    pub entrances: Vec<Entrance>,
    /// Connections by TCP for people of this worker.
    pub arrivals: Vec<Arrival>,
    /// Let the worker break down, to see that it gets up again.
    #[cfg(test)]
    pub breaks: bool,
}

/// A worker's letter box, with the bell that wakes it.
pub struct Post {
    letters: Mutex<Letters>,
    some: AtomicBool,
    /// Wakes the worker.
    pub bell: Bell,
}

impl Post {
    /// An empty box.
    pub fn new() -> io::Result<Self> {
        Ok(Self { letters: Mutex::default(), some: AtomicBool::new(false), bell: Bell::new()? })
    }

    /// Put something in and wake the worker.
    pub fn put(&self, write: impl FnOnce(&mut Letters)) {
        write(&mut self.open());
        self.some.store(true, Ordering::Release);
        self.bell.ring();
    }

    /// All letters. A worker whose box is empty meets no lock.
    pub fn take(&self) -> Option<Letters> {
        self.some.swap(false, Ordering::Acquire).then(|| std::mem::take(&mut *self.open()))
    }

    /// Something lies in the box.
    pub fn has_some(&self) -> bool {
        self.some.load(Ordering::Relaxed)
    }

    fn open(&self) -> MutexGuard<'_, Letters> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
