//! Datagrams, from unknown senders to the connection they belong to. Nobody is answered, and no address is believed,
//! before a check with valid integrity came from there.

use super::{Seat, Sfu};
use crate::change::Change;
use crate::counters::Count;
use crate::demux::{self, Class, Stun};
use crate::expected::Meant;
use crate::outbox::{Outbox, Stray};
use crate::peer::{Peer, Way};
use crate::pipe;
use crate::talker::Talker;
use crate::words::Link;
use std::net::SocketAddr;
use std::time::Instant;

impl Sfu {
    /// A datagram came from `from` to our address `to`.
    pub fn datagram(
        &mut self,
        now: Instant,
        from: SocketAddr,
        to: SocketAddr,
        datagram: &mut [u8],
        out: &mut Outbox,
    ) {
        self.counters().one(Count::DatagramsIn);
        let way = Way { from: to, to: from };
        match demux::class(datagram) {
            Class::Unknown => self.counters().one(Count::DropUnreadable),
            Class::Stun => self.check(now, way, datagram, out),
            class => match self.addresses.get(&from) {
                Some(slot) => self.feed(now, *slot, way, class, datagram, out),
                None => self.pass_on(way, datagram, out),
            },
        }
    }

    /// A datagram for somebody here reached another worker.
    pub fn stray(&mut self, now: Instant, stray: &mut Stray, out: &mut Outbox) {
        self.strayed = true;
        let (from, to) = (stray.from, stray.to);
        self.datagram(now, from, to, stray.bytes_mut(), out);
        self.strayed = false;
    }

    /// Somebody here has proved that this address is theirs.
    pub fn knows(&self, address: SocketAddr) -> bool {
        self.addresses.contains_key(&address)
    }

    /// The pipe of this address is still of use: its person is here, and is not written to by UDP meanwhile.
    pub fn needs(&self, pipe: SocketAddr) -> bool {
        let seat = self.addresses.get(&pipe).and_then(|slot| self.seats.get(*slot));
        let by_udp = |way: Way| pipe::behind(way.to).is_none();
        seat.is_some_and(|seat| !seat.peer.path.way().is_some_and(by_udp))
    }

    /// A connectivity check: for whom it says, not for whoever was at that address before.
    fn check(&mut self, now: Instant, way: Way, datagram: &[u8], out: &mut Outbox) {
        let Some(stun) = demux::stun(datagram) else { return self.counters().one(Count::DropUnreadable) };
        let known = self.addresses.get(&way.to).copied();
        let Some(ours) = stun.ours else {
            return match known {
                Some(slot) => self.checked(now, slot, way, stun, datagram, out),
                None => self.pass_on(way, datagram, out),
            };
        };
        match self.ufrags.get(ours).copied() {
            Some(slot) if known == Some(slot) => self.checked(now, slot, way, stun, datagram, out),
            Some(slot) => self.moved(now, slot, way, stun, datagram, out),
            None => self.arrive(now, ours, way, stun, datagram, out),
        }
    }

    /// A connection of ours shows a new address.
    fn moved(
        &mut self,
        now: Instant,
        slot: u32,
        way: Way,
        stun: Stun<'_>,
        datagram: &[u8],
        out: &mut Outbox,
    ) {
        let Some(seat) = self.seats.get_mut(slot) else { return };
        if !seat.peer.confirms(now, way, datagram) {
            return self.counters().one(Count::DropUnvalidatedSource);
        }
        if !seat.peer.path.may_grow(now) {
            return self.counters().one(Count::DropRate);
        }
        self.counters().one(Count::SourceChanges);
        self.checked(now, slot, way, stun, datagram, out);
    }

    /// Nobody here goes by this name: somebody awaited, or somebody of another worker.
    fn arrive(
        &mut self,
        now: Instant,
        ours: &str,
        way: Way,
        stun: Stun<'_>,
        datagram: &[u8],
        out: &mut Outbox,
    ) {
        if !self.strangers.take(now) {
            return self.counters().one(Count::DropRate);
        }
        match self.doors.meant(now, ours, self.worker, way, datagram) {
            Meant::Waiting(peer) => {
                let slot = self.welcome(now, *peer, out);
                self.checked(now, slot, way, stun, datagram, out);
            }
            Meant::With(worker) => self.hand_over(worker, way, datagram, out),
            Meant::Nobody => self.counters().one(Count::DropUnvalidatedSource),
        }
    }

    fn welcome(&mut self, now: Instant, mut peer: Peer, out: &mut Outbox) -> u32 {
        let card = peer.card.clone();
        let ufrag = peer.ufrag.clone();
        peer.path.authentic(now);
        out.changes.push(Change::link(card.peer, card.room, Link::New));
        let talker = Talker::new(card.clone(), self.doors.milliseconds(now));
        let slot = self.seats.insert(Seat { peer, talker, report_at: None, asked_again: None });
        self.ufrags.insert(ufrag, slot);
        self.peers.insert(card.peer, slot);
        slot
    }

    /// A check with valid integrity, or one that str0m will look at again since the address is known.
    fn checked(
        &mut self,
        now: Instant,
        slot: u32,
        way: Way,
        stun: Stun<'_>,
        datagram: &[u8],
        out: &mut Outbox,
    ) {
        let Some(seat) = self.seats.get_mut(slot) else { return };
        if !seat.peer.allows(now, Class::Stun, datagram) {
            return self.counters().one(Count::DropRate);
        }
        if !seat.peer.confirms(now, way, datagram) {
            return self.counters().one(Count::DropUnvalidatedSource);
        }
        let forgotten = seat.peer.path.checked(now, way.to);
        seat.back(now, out);
        if stun.answers {
            seat.peer.path.answered(now, way.to);
        }
        if stun.nominates && seat.peer.path.follow(way) {
            self.redirect(slot, way);
        }
        if let Some(address) = forgotten {
            self.addresses.remove(&address);
        }
        self.addresses.insert(way.to, slot);
        if self.strayed {
            self.doors.foreign().note(way.to, self.worker);
        }
        self.give(now, slot, way, datagram, out);
    }

    fn feed(&mut self, now: Instant, slot: u32, way: Way, class: Class, datagram: &[u8], out: &mut Outbox) {
        let Some(seat) = self.seats.get_mut(slot) else { return };
        if !seat.peer.allows(now, class, datagram) {
            return self.counters().one(Count::DropRate);
        }
        self.give(now, slot, way, datagram, out);
    }

    fn give(&mut self, now: Instant, slot: u32, way: Way, datagram: &[u8], out: &mut Outbox) {
        let mut news = std::mem::take(&mut self.news);
        let Some(seat) = self.seats.get_mut(slot) else { return };
        let given = seat.peer.receive(now, way, datagram, out, &mut news);
        if matches!(given, Ok(false)) {
            self.counters().one(Count::DropUnreadable);
        }
        self.settle(now, slot, Some(way), given.map(drop), news, out);
    }

    /// From an address nobody here knows: another worker's, or nobody's.
    fn pass_on(&mut self, way: Way, datagram: &[u8], out: &mut Outbox) {
        match self.doors.foreign().owner(way.to, self.worker) {
            Some(worker) => self.hand_over(worker, way, datagram, out),
            None => self.counters().one(Count::DropUnvalidatedSource),
        }
    }

    fn hand_over(&mut self, worker: usize, way: Way, datagram: &[u8], out: &mut Outbox) {
        self.counters().one(Count::Strays);
        out.strays.extend(Stray::new(worker, way.to, way.from, datagram));
    }

    pub(super) fn redirect(&mut self, slot: u32, way: Way) {
        let Some(seat) = self.seats.get_mut(slot) else { return };
        if let Some(room) = self.rooms.get_mut(&seat.peer.card.room) {
            room.redirect(slot, way);
        }
    }
}
