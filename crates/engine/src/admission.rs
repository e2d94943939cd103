//! Letting people and files in, on threads of their own: an offer takes a third of a millisecond, a tape much longer.

use crate::desk::{Desk, Done, Wishes};
use crate::engine::Join;
use crate::player::Player;
use crate::post::Entrance;
use crate::shared::Shared;
use crate::tape::Tape;
use causerie_sfu::{self as sfu, Change, Link, PeerKey, Reason, Refusal, RoomKey, Speaker};
use std::time::Instant;

/// A file somebody wants to hear.
pub struct Reel {
    /// The player's own key.
    pub peer: PeerKey,
    /// Where it speaks.
    pub room: RoomKey,
    /// The number it is shown with.
    pub speaker: Speaker,
    /// What it says.
    pub tape: Tape,
    /// When it was wished for, and so when it begins.
    pub started: Instant,
    /// Over and over.
    pub looped: bool,
}

/// A connection that never came to be.
pub fn refused(peer: PeerKey, room: RoomKey, refusal: Refusal) -> Change {
    Change { refusal: Some(refusal), ..Change::link(peer, room, Link::Gone) }
}

/// The life of the thread that answers offers.
pub fn answer_offers(desk: &Desk<Join>, shared: &Shared) {
    desk.run(|join, wishes| answer(join, wishes, shared), |done| settle(done, shared));
}

fn answer(join: Join, wishes: Wishes, shared: &Shared) {
    let Join { peer, room, speaker, ref offer, listens, publishes, programme } = join;
    if wishes.gone() {
        return shared.changes.tell(Change::gone(peer, room, reason(wishes)));
    }
    let page = sfu::Join { peer, room, speaker, offer, listens, publishes, programme };
    let change = match shared.doors.offer(Instant::now(), page) {
        Ok(answer) => Change { answer: Some(answer), ..Change::link(peer, room, Link::New) },
        Err(refusal) => refused(peer, room, refusal),
    };
    shared.changes.tell(change);
}

/// The life of the thread that measures tapes and starts them.
pub fn wind_tapes(desk: &Desk<Reel>, shared: &Shared) {
    desk.run(|reel, wishes| wind(reel, wishes, shared), |done| settle(done, shared));
}

fn wind(mut reel: Reel, wishes: Wishes, shared: &Shared) {
    let (peer, room) = (reel.peer, reel.room);
    if wishes.gone() {
        return shared.changes.tell(Change::gone(peer, room, reason(wishes)));
    }
    if let Err(refusal) = shared.doors.player(peer, room, reel.speaker) {
        return shared.changes.tell(refused(peer, room, refusal));
    }
    reel.tape.measure();
    let player = Player::new(reel.tape, reel.started, reel.looped);
    let post = &shared.posts[(peer.0 % shared.posts.len() as u64) as usize];
    post.put(|letters| letters.entrances.push(Entrance { peer, room, player }));
}

/// Whatever was wished for somebody while they were being let in.
fn settle(done: Done, shared: &Shared) {
    if let Some(gate) = done.wishes.gate {
        shared.set_gate(done.peer, gate);
    }
    if done.broken {
        shared.doors.leave(done.peer);
        shared.changes.tell(Change::gone(done.peer, done.room, Reason::Fault));
    } else if done.wishes.gone() {
        shared.send_away(done.peer, reason(done.wishes));
    }
}

fn reason(wishes: Wishes) -> Reason {
    if wishes.left { Reason::Left } else { Reason::Closed }
}
