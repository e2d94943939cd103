//! The files that speak through one worker.

use crate::post::Entrance;
use causerie_sfu::{Change, Link, Outbox, PeerKey, RoomKey, Sfu};
use std::time::Instant;

/// Everybody who plays here.
#[derive(Default)]
pub struct Players(Vec<Entrance>);

impl Players {
    /// Somebody begins.
    pub fn enter(&mut self, entrance: Entrance) -> Change {
        let change = Change::link(entrance.peer, entrance.room, Link::Up);
        self.0.push(entrance);
        change
    }

    /// One of them stops.
    pub fn leave(&mut self, peer: PeerKey) {
        self.0.retain(|one| one.peer != peer);
    }

    /// Those of a room stop.
    pub fn close_room(&mut self, room: RoomKey) {
        self.0.retain(|one| one.room != room);
    }

    /// When somebody has something to say next.
    pub fn deadline(&self) -> Option<Instant> {
        self.0.iter().filter_map(|one| one.player.deadline()).min()
    }

    /// Say all that is due.
    pub fn speak(&mut self, now: Instant, sfu: &mut Sfu, out: &mut Outbox) {
        for one in &mut self.0 {
            while let Some(frame) = one.player.due(now) {
                sfu.play(now, one.peer, frame, out);
            }
        }
    }

    /// One whose file is over; it plays no more.
    pub fn ended(&mut self) -> Option<(PeerKey, RoomKey)> {
        let at = self.0.iter().position(|one| one.player.deadline().is_none())?;
        let one = self.0.swap_remove(at);
        Some((one.peer, one.room))
    }
}
