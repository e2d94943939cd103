//! What all threads of the engine have in common.

use crate::changes::Changes;
use crate::counts::Counts;
use crate::lag::Lag;
use crate::post::{Letters, Post};
use causerie_sfu::{Change, Doors, Gate, PeerKey, Reason, RoomKey, Track};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Doors, letter boxes, news and counts; alive as long as the last thread.
pub struct Shared {
    /// Who is let in.
    pub doors: Arc<Doors>,
    /// One letter box for each worker.
    pub posts: Vec<Post>,
    /// News for Python.
    pub changes: Changes,
    /// What the engine itself counts.
    pub counts: Counts,
    /// How far each worker is behind.
    pub lags: Vec<Lag>,
    over: AtomicBool,
}

impl Shared {
    /// At the beginning.
    pub fn new(doors: Arc<Doors>, posts: Vec<Post>, changes: Changes) -> Self {
        let now = Instant::now();
        let lags = posts.iter().map(|_| Lag::new(now)).collect();
        Self { doors, posts, changes, counts: Counts::default(), lags, over: AtomicBool::new(false) }
    }

    /// Write to every worker; those whom it does not concern do nothing.
    pub fn write_all(&self, write: impl Fn(&mut Letters)) {
        self.posts.iter().for_each(|post| post.put(&write));
    }

    /// Say where a person may be heard, and have all workers forget what may not be heard any more.
    pub fn set_gate(&self, peer: PeerKey, gate: Gate) {
        self.doors.gate(peer, gate);
        self.write_all(|letters| _ = letters.regated.insert(peer));
    }

    /// Record a person on this track, or no longer, and have whoever carries them know from when on.
    pub fn record(&self, peer: PeerKey, track: Option<Track>) {
        self.doors.record(peer, track);
        self.write_all(|letters| _ = letters.retaken.insert(peer));
    }

    /// End one connection, whether it is carried by a worker already or still expected.
    pub fn send_away(&self, peer: PeerKey, reason: Reason) {
        if let Some(change) = self.doors.leave(peer) {
            self.changes.tell(Change { reason: Some(reason), ..change });
        }
        self.write_all(|letters| _ = letters.leaving.insert(peer));
    }

    /// End every connection of a room.
    pub fn empty(&self, room: RoomKey) {
        self.doors.close_room(room).into_iter().for_each(|change| self.changes.tell(change));
        self.write_all(|letters| _ = letters.closed.insert(room));
    }

    /// Everything ends.
    pub fn end(&self) {
        self.over.store(true, Ordering::Release);
        self.posts.iter().for_each(|post| post.bell.strike());
    }

    /// The end has come.
    pub fn is_over(&self) -> bool {
        self.over.load(Ordering::Acquire)
    }
}
