//! One worker's share of all rooms.

mod arrivals;
mod news;
mod slots;

use crate::budget::Budget;
use crate::card::Card;
use crate::change::{Change, Reason};
use crate::counters::{Count, Counters};
use crate::doors::Doors;
use crate::mixed::Mixed;
use crate::outbox::{Happening, Outbox, Recorded, Spoken};
use crate::peer::{News, Peer};
use crate::room::{Heard, Room};
use crate::talker::{Said, Talker, Unheard};
use crate::wheel::Wheel;
use crate::words::{Gate, PeerKey, RoomKey};
use slots::Slots;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What all workers are told; those whom it does not concern do nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// End one connection.
    Leave(PeerKey),
    /// End all connections of a room.
    CloseRoom(RoomKey),
    /// A gate was set: forget at once what may no longer be heard.
    Regate(PeerKey),
    /// A recording began or ended: what is said from now on counts.
    Retake(PeerKey),
    /// Make the connection fail at its next packet, to see that others go on.
    #[cfg(feature = "fault-inject")]
    Fault(PeerKey),
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

/// A connection on this worker with all that belongs to it.
struct Seat {
    peer: Peer,
    talker: Talker,
    report_at: Option<Instant>,
    asked_again: Option<u32>,
}

/// A player on this worker.
struct Playing {
    talker: Talker,
    seq: u64,
    time: u64,
}

/// One worker's share: the connections whose packets the kernel gives to it, and all rooms as far as they sit here.
pub struct Sfu {
    doors: Arc<Doors>,
    worker: usize,
    seats: Slots<Seat>,
    addresses: HashMap<SocketAddr, u32>,
    ufrags: HashMap<String, u32>,
    peers: HashMap<PeerKey, u32>,
    players: HashMap<PeerKey, Playing>,
    rooms: HashMap<RoomKey, Room>,
    wheel: Wheel,
    sweep_at: Instant,
    strangers: Budget,
    /// The datagram in hand came through another worker.
    strayed: bool,
    news: Vec<News>,
    due: Vec<u32>,
}

/// How often what is over is cleared away.
const SWEEP: Duration = Duration::from_secs(1);
/// How often a listener is told of each source: browsers put sound in time by it.
const REPORT: Duration = Duration::from_secs(3);
/// A handshake that takes longer has failed.
const HANDSHAKE: Duration = Duration::from_secs(30);

impl Sfu {
    /// A worker's share, empty.
    pub fn new(doors: Arc<Doors>, worker: usize, now: Instant) -> Self {
        Self {
            doors,
            worker,
            seats: Slots::default(),
            addresses: HashMap::new(),
            ufrags: HashMap::new(),
            peers: HashMap::new(),
            players: HashMap::new(),
            rooms: HashMap::new(),
            wheel: Wheel::new(now),
            sweep_at: now + SWEEP,
            // Each costs a lock and a hash; a thousand pages that come at once send some checks each.
            strangers: Budget::per_second(now, 5000, 5000),
            strayed: false,
            news: Vec::new(),
            due: Vec::new(),
        }
    }

    /// A packet came from another worker.
    pub fn spoken(&mut self, now: Instant, spoken: &Spoken, out: &mut Outbox) {
        self.counters().one(Count::PacketsFromWorkers);
        if !self.rooms.get(&spoken.room).is_some_and(|room| room.knows(spoken.peer)) {
            let Some(card) = self.doors.card(spoken.peer) else { return };
            self.room(&card).meet(card);
        }
        let Some(room) = self.rooms.get_mut(&spoken.room) else { return };
        let heard = room.hear(now, spoken, out);
        self.count(heard);
    }

    /// A packet of a room's programme came from the mixer.
    pub fn programme(&mut self, now: Instant, mixed: &Mixed, out: &mut Outbox) {
        let at = self.doors.milliseconds(now);
        let Some(room) = self.rooms.get_mut(&mixed.room) else { return };
        let sent = room.programme(now, at, mixed, out);
        self.counters().add(Count::PacketsOut, sent);
        self.counters().add(Count::PacketsProgramme, sent);
    }

    /// A player says something here; always on the same worker for the same player.
    pub fn play(&mut self, now: Instant, player: PeerKey, frame: Frame<'_>, out: &mut Outbox) {
        if !self.players.contains_key(&player) {
            let Some(card) = self.doors.card(player) else { return };
            let born = self.doors.milliseconds(now);
            let playing = Playing { talker: Talker::player(card, born), seq: 0, time: u64::from(frame.time) };
            self.players.insert(player, playing);
        }
        let Some(playing) = self.players.get_mut(&player) else { return };
        playing.seq += 1;
        playing.time =
            playing.time.wrapping_add_signed((frame.time.wrapping_sub(playing.time as u32) as i32).into());
        let said = Said {
            source: 0,
            seq: playing.seq,
            time: playing.time,
            marker: frame.marker,
            claimed: Some(frame.level),
            payload: frame.payload,
        };
        let heard = playing.talker.hear(now, said);
        let card = playing.talker.card.clone();
        self.counters().one(Count::PacketsPlayed);
        self.spread(now, &card, heard, out);
    }

    /// Something was decided elsewhere.
    pub fn command(&mut self, now: Instant, command: Command, out: &mut Outbox) {
        match command {
            Command::Leave(peer) => self.leave(now, peer, Reason::Left, out),
            Command::CloseRoom(room) => self.close_room(now, room, out),
            Command::Regate(peer) => self.regate(now, peer, out),
            Command::Retake(peer) => self.retake(now, peer, out),
            #[cfg(feature = "fault-inject")]
            Command::Fault(peer) => {
                if let Some(seat) = self.peers.get(&peer).and_then(|slot| self.seats.get_mut(*slot)) {
                    seat.peer.fault = true;
                }
            }
        }
    }

    /// Time has passed.
    pub fn timeout(&mut self, now: Instant, out: &mut Outbox) {
        let mut due = std::mem::take(&mut self.due);
        self.wheel.turn(now, &mut due);
        for slot in due.drain(..) {
            self.wake(now, slot, out);
        }
        self.due = due;
        if now >= self.sweep_at {
            self.sweep_at = now + SWEEP;
            self.sweep(now, out);
        }
    }

    /// When [`timeout`](Self::timeout) is wanted next.
    pub fn deadline(&self) -> Option<Instant> {
        Some(self.wheel.deadline().map_or(self.sweep_at, |next| next.min(self.sweep_at)))
    }

    fn counters(&self) -> &Counters {
        self.doors.counters(self.worker)
    }

    /// What somebody said goes to the listeners here and to the other workers.
    fn spread(&mut self, now: Instant, card: &Arc<Card>, said: Result<Spoken, Unheard>, out: &mut Outbox) {
        let spoken = match said {
            Ok(spoken) => spoken,
            Err(Unheard::Gate) => return self.counters().one(Count::DropGate),
            Err(Unheard::TooLong) => return self.counters().one(Count::DropTooLong),
            Err(Unheard::SecondSource) => return self.counters().one(Count::DropSecondSource),
        };
        if spoken.level < crate::floor::VOICED && card.lets_through(spoken.opening) == Gate::Stage {
            card.heard(spoken.level, self.doors.milliseconds(now));
        }
        let room = self.room(card);
        if !room.knows(card.peer) {
            room.meet(card.clone());
        }
        let heard = room.hear(now, &spoken, out);
        self.count(heard);
        if heard == Heard::Shut {
            return;
        }
        if heard != Heard::Old && card.channel.is_mixed() && card.lets_through(spoken.opening) == Gate::Stage
        {
            out.mixing.push(spoken);
        }
        // What came too late for anybody's ears is early enough for the log.
        out.recorded.extend(Recorded::new(now, Happening::Said, &spoken));
        if self.doors.settings().workers > 1 {
            out.spoken.push(spoken);
        }
    }

    fn room(&mut self, card: &Card) -> &mut Room {
        self.rooms.entry(card.room).or_insert_with(|| Room::new(card.channel.clone()))
    }

    fn count(&self, heard: Heard) {
        match heard {
            Heard::By(listeners) => self.counters().add(Count::PacketsOut, listeners),
            Heard::Shut => self.counters().one(Count::DropGate),
            Heard::Old => self.counters().one(Count::DropTooOld),
        }
    }

    fn regate(&mut self, now: Instant, peer: PeerKey, out: &mut Outbox) {
        self.retake(now, peer, out);
        let silenced = self.rooms.values_mut().map(|room| room.regate(now, peer, out)).sum();
        self.counters().add(Count::PacketsOut, silenced);
    }

    /// Whoever speaks looks at their gate and at their log.
    fn retake(&mut self, now: Instant, peer: PeerKey, out: &mut Outbox) {
        let seat =
            self.peers.get(&peer).and_then(|slot| self.seats.get_mut(*slot)).map(|seat| &mut seat.talker);
        let playing = self.players.get_mut(&peer).map(|playing| &mut playing.talker);
        for talker in seat.into_iter().chain(playing) {
            if talker.regate(now) {
                let moved = talker.moved().and_then(|(kind, spoken)| Recorded::new(now, kind, &spoken));
                out.recorded.extend(moved);
            }
        }
    }

    fn close_room(&mut self, now: Instant, room: RoomKey, out: &mut Outbox) {
        let here: Vec<_> = self.seats.iter().filter(|(_, seat)| seat.peer.card.room == room).collect();
        let here: Vec<_> = here.into_iter().map(|(slot, _)| slot).collect();
        for slot in here {
            self.end(now, slot, Reason::Closed, out);
        }
        self.players.retain(|_, playing| playing.talker.card.room != room);
        self.rooms.remove(&room);
    }

    fn leave(&mut self, now: Instant, peer: PeerKey, reason: Reason, out: &mut Outbox) {
        self.players.remove(&peer);
        match self.peers.get(&peer) {
            Some(slot) => self.end(now, *slot, reason, out),
            None => {
                let silenced = self.rooms.values_mut().map(|room| room.forget(now, peer, out)).sum();
                self.counters().add(Count::PacketsOut, silenced);
            }
        }
    }

    /// Clear away what is over.
    fn sweep(&mut self, now: Instant, out: &mut Outbox) {
        if self.worker == 0 {
            out.changes.extend(self.doors.overdue(now));
        }
        self.players.retain(|_, playing| !playing.talker.card.is_gone());
        let at = self.doors.milliseconds(now);
        let over = |room: &mut Room| room.sweep(now, out) + room.change_over(now, at, out);
        let silenced = self.rooms.values_mut().map(over).sum();
        self.counters().add(Count::PacketsOut, silenced);
        self.rooms.retain(|_, room| !room.is_empty());
    }

    /// A connection is over: say goodbye to it, and forget all that belongs to it.
    fn end(&mut self, now: Instant, slot: u32, reason: Reason, out: &mut Outbox) {
        let Some(mut seat) = self.seats.remove(slot) else { return };
        if !matches!(reason, Reason::Fault | Reason::Quarantined) {
            seat.peer.close(now, out);
        }
        let card = &seat.peer.card;
        self.addresses.retain_all(seat.peer.path.addresses(), slot);
        self.doors.foreign().forget(seat.peer.path.addresses());
        self.ufrags.remove(&seat.peer.ufrag);
        self.peers.remove(&card.peer);
        if let Some(room) = self.rooms.get_mut(&card.room) {
            room.deafen(slot);
            let silenced = room.forget(now, card.peer, out);
            self.doors.counters(self.worker).add(Count::PacketsOut, silenced);
        }
        self.doors.forget_peer(card.peer, &seat.peer.ufrag);
        self.counters().one(Count::PeersGone);
        out.changes.push(Change::gone(card.peer, card.room, reason));
    }

    /// A panic inside one connection costs this connection.
    fn fault(&mut self, now: Instant, slot: u32, out: &mut Outbox) {
        self.counters().one(Count::Panics);
        let Some(seat) = self.seats.get_mut(slot) else { return };
        let waits = self.doors.fault(now, &seat.peer.card);
        self.end(now, slot, if waits { Reason::Quarantined } else { Reason::Fault }, out);
    }
}

trait Addresses {
    fn retain_all(&mut self, gone: impl Iterator<Item = SocketAddr>, slot: u32);
}

impl Addresses for HashMap<SocketAddr, u32> {
    /// Forget these addresses, unless somebody else has come from there since.
    fn retain_all(&mut self, gone: impl Iterator<Item = SocketAddr>, slot: u32) {
        for address in gone {
            if self.get(&address) == Some(&slot) {
                self.remove(&address);
            }
        }
    }
}
