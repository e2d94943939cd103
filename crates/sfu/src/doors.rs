//! The doors: who is let in, who is expected, whose microphone is open. Shared by all workers; packets take no lock here.

use crate::card::Card;
use crate::chance::Chance;
use crate::change::{Change, Reason, Refusal};
use crate::channel::Channel;
use crate::counters::{self, Counters};
pub use crate::expected::Home;
use crate::expected::{Expected, Meant};
use crate::figures::{Audience, By};
use crate::foreign::Foreign;
use crate::outbox::Spoken;
use crate::peer::{Ground, Peer, Way};
use crate::quarantine::Quarantine;
use crate::sdp::{MOST_AUDIO_LINES, Offer};
use crate::words::{Gate, PeerKey, RoomKey, Speaker, Track};
use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime};

/// What the doors must know from the beginning.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Our addresses as browsers reach them, those [by TCP](crate::pipe::by_tcp) among them; a datagram's `to` must be one
    /// of those by UDP.
    pub candidates: Vec<SocketAddr>,
    /// How many workers there are.
    pub workers: usize,
    /// How many connections are taken.
    pub max_peers: usize,
    /// Where chance begins; what must not be guessed does not come from it.
    pub seed: u64,
    /// The beginning of time.
    pub epoch: Instant,
    /// The wall clock at that moment, for sender reports.
    pub wall: SystemTime,
}

/// A page that wants to come in.
#[derive(Debug, Clone, Copy)]
pub struct Join<'a> {
    /// The connection's number.
    pub peer: PeerKey,
    /// Into which room.
    pub room: RoomKey,
    /// As whom.
    pub speaker: Speaker,
    /// The page's session description.
    pub offer: &'a str,
    /// It may hear.
    pub listens: bool,
    /// It may send sound at all; its gate decides whether anybody hears it.
    pub publishes: bool,
    /// On which of the lines that are kept, from 0, it hears the programme; none to hear voices on all.
    pub programme: Option<usize>,
}

/// Shared by all workers and by control.
pub struct Doors {
    settings: Settings,
    counters: Vec<Counters>,
    book: Mutex<Book>,
    expected: Mutex<Expected>,
    foreign: Foreign,
    /// Where programme lines' numbers begin, for tests; chance where it is 0.
    first: AtomicU16,
}

/// Everybody who is in or expected.
#[derive(Default)]
struct Book {
    cards: HashMap<PeerKey, Arc<Card>>,
    players: HashMap<PeerKey, RoomKey>,
    quarantine: Quarantine,
    /// Gates that were set before their person came.
    early: HashMap<PeerKey, Gate>,
    /// Tracks that were given before their person came.
    early_takes: HashMap<PeerKey, Track>,
    chance: Chance,
    channels: HashMap<RoomKey, Arc<Channel>>,
}

impl Doors {
    /// Open them.
    pub fn new(settings: Settings) -> Arc<Self> {
        let counters = (0..settings.workers.max(1)).map(|_| Counters::default()).collect();
        let book = Book { chance: Chance::new(settings.seed), ..Book::default() };
        Arc::new(Self {
            settings,
            counters,
            book: Mutex::new(book),
            expected: Mutex::default(),
            foreign: Foreign::default(),
            first: AtomicU16::new(0),
        })
    }

    /// Let a page in: its offer is answered, and the first checked datagram makes it real.
    pub fn offer(&self, now: Instant, join: Join<'_>) -> Result<String, Refusal> {
        if self.book().quarantine.holds(now, join.room, join.speaker) {
            return Err(Refusal::Quarantined);
        }
        let offer = Offer::read(join.offer, join.listens, join.publishes)?;
        let card = self.enter(join.peer, join.room, join.speaker)?;
        let sources = self.sources();
        let ground = Ground {
            card,
            candidates: &self.settings.candidates,
            sources: &sources,
            programme: join.programme,
        };
        match Peer::accept(now, &offer, ground) {
            Ok((peer, answer)) => {
                let card = peer.card.clone();
                lock(&self.expected).await_one(peer);
                // Told to leave while the answer was made.
                if card.is_gone() {
                    lock(&self.expected).dismiss(card.peer);
                }
                Ok(answer)
            }
            Err(refusal) => {
                self.forget(join.peer);
                Err(refusal)
            }
        }
    }

    /// Let a player in: it speaks through the same gate as a person, by [`Sfu::play`](crate::Sfu::play).
    pub fn player(&self, peer: PeerKey, room: RoomKey, speaker: Speaker) -> Result<(), Refusal> {
        self.enter(peer, room, speaker)?;
        self.book().players.insert(peer, room);
        Ok(())
    }

    /// Say where a person may be heard: the latest word holds, also for those who have not come yet. Send
    /// [`Command::Regate`](crate::Command::Regate) to all workers afterwards, so that what they keep is forgotten at once.
    pub fn gate(&self, peer: PeerKey, gate: Gate) {
        let mut book = self.book();
        if let Some(card) = book.cards.get(&peer) {
            card.set_gate(gate);
        } else if book.early.len() < self.settings.max_peers {
            book.early.insert(peer, gate);
        }
    }

    /// Record what a person says on stage on this track from now on, or nothing more; also of those who have not come yet.
    /// Send [`Command::Retake`](crate::Command::Retake) to all workers afterwards.
    pub fn record(&self, peer: PeerKey, track: Option<Track>) {
        let mut book = self.book();
        if let Some(card) = book.cards.get(&peer) {
            card.set_take(track);
        } else if let Some(track) = track {
            if book.early_takes.len() < self.settings.max_peers {
                book.early_takes.insert(peer, track);
            }
        } else {
            book.early_takes.remove(&peer);
        }
    }

    /// Let a person hear what is said backstage, or no longer. Only who was answered already can be told so.
    pub fn hear_backstage(&self, peer: PeerKey, on: bool) {
        if let Some(card) = self.book().cards.get(&peer) {
            card.hear_backstage(on);
        }
    }

    /// Let a person hear each voice as it is said, as all do who stand on stage or lead it; or as the audience does.
    /// Only who was answered already can be told so.
    pub fn hear_at_once(&self, peer: PeerKey, on: bool) {
        if let Some(card) = self.book().cards.get(&peer) {
            card.hear_at_once(on);
        }
    }

    /// Let a room's audience hear its programme, or no longer.
    pub fn programme(&self, room: RoomKey, on: bool) {
        self.book().channel(room).set_on(on);
    }

    /// A room's programme is held back for safety: nobody in its audience hears voices, whatever they asked for.
    pub fn hold_back(&self, room: RoomKey, on: bool) {
        self.book().channel(room).set_held_back(on);
    }

    /// Streams are made of a room's programme, or no longer.
    pub fn stream(&self, room: RoomKey, on: bool) {
        self.book().channel(room).set_streamed(on);
    }

    /// Let one listener hear voices where others hear the programme, or no longer.
    pub fn lowest_delay(&self, peer: PeerKey, on: bool) {
        if let Some(card) = self.book().cards.get(&peer) {
            card.set_direct(on);
        }
    }

    /// The rooms whose programme somebody hears, or is to hear, or that are streamed. What is said there reaches
    /// [`Outbox::mixing`](crate::Outbox::mixing) from now on, and nothing that is said elsewhere.
    pub fn wanted(&self) -> Vec<RoomKey> {
        let book = self.book();
        let mut hearing = HashSet::new();
        let mut latest = None;
        for card in book.cards.values() {
            // One room has most of them; a thousand are not to be hashed to find it once.
            if latest != Some(card.room) && card.hears_programme() {
                hearing.insert(card.room);
                latest = Some(card.room);
            }
        }
        let rooms = book.channels.iter().filter_map(|(room, channel)| {
            let wanted = channel.is_used() || hearing.contains(room);
            channel.set_mixed(wanted);
            wanted.then_some(*room)
        });
        rooms.collect()
    }

    /// Let the numbers of programme lines begin here, so that a test need not wait for their wrap.
    pub fn number_from(&self, first: u16) {
        self.first.store(first, Ordering::Relaxed);
    }

    /// Where a programme line's numbers begin: below 2^15, so that a lost first packet hides no wrap.
    pub(crate) fn first_number(&self, chance: u64) -> u64 {
        match self.first.load(Ordering::Relaxed) {
            0 => 1 + (chance & 0x3fff),
            first => first.into(),
        }
    }

    /// What listeners of a room's programme lose by their latest reports, in percent: all but the worst tenth lose less.
    pub fn programme_loss(&self, room: RoomKey) -> u8 {
        self.book().channels.get(&room).map_or(0, |channel| channel.loss())
    }

    /// How much later a room's programme leaves than what is said comes in, in milliseconds.
    pub fn set_programme_delay(&self, room: RoomKey, milliseconds: u32) {
        self.book().channel(room).set_delay(milliseconds);
    }

    /// Where a packet may still be heard.
    pub fn airs(&self, spoken: &Spoken) -> Gate {
        self.card(spoken.peer).map_or(Gate::Shut, |card| card.lets_through(spoken.opening))
    }

    /// Forget one who has not come yet, or a player; all others end by [`Command::Leave`](crate::Command::Leave), which
    /// all workers should get in any case.
    pub fn leave(&self, peer: PeerKey) -> Option<Change> {
        let mut book = self.book();
        book.early.remove(&peer);
        book.early_takes.remove(&peer);
        let card = book.cards.get(&peer)?;
        if card.owner().is_some() {
            return None;
        }
        let change = Change::gone(peer, card.room, Reason::Left);
        book.forget(peer);
        lock(&self.expected).dismiss(peer);
        Some(change)
    }

    /// Forget those of a room who have not come yet, and its players; as [`leave`](Self::leave).
    pub fn close_room(&self, room: RoomKey) -> Vec<Change> {
        let mut book = self.book();
        book.channels.remove(&room);
        let waits = |card: &&Arc<Card>| card.room == room && card.owner().is_none();
        let waiting: Vec<_> = book.cards.values().filter(waits).map(|card| card.peer).collect();
        for peer in &waiting {
            book.forget(*peer);
            lock(&self.expected).dismiss(*peer);
        }
        waiting.into_iter().map(|peer| Change::gone(peer, room, Reason::Closed)).collect()
    }

    /// A worker broke down: all it carried are gone, and may come again.
    pub fn abandon(&self, worker: usize) -> Vec<Change> {
        let mut book = self.book();
        let lost: Vec<_> = book.carried(worker).map(|card| (card.peer, card.room)).collect();
        for (peer, _) in &lost {
            book.forget(*peer);
        }
        lost.into_iter().map(|(peer, room)| Change::gone(peer, room, Reason::Fault)).collect()
    }

    /// Who is heard in a room, loudest first.
    pub fn speaking(&self, now: Instant, room: RoomKey) -> Vec<(Speaker, u8)> {
        let at = self.milliseconds(now);
        let book = self.book();
        let in_room = book.cards.values().filter(|card| card.room == room);
        let mut heard: Vec<_> =
            in_room.filter_map(|card| card.speaks(at).map(|level| (card.speaker, level))).collect();
        heard.sort_unstable_by_key(|(speaker, level)| (*level, *speaker));
        heard.dedup_by_key(|(speaker, _)| *speaker);
        heard
    }

    /// Where a check that names us so belongs; whether it is a valid one is seen only there.
    pub fn home(&self, ufrag: &str) -> Home {
        lock(&self.expected).home(ufrag)
    }

    /// Counts of all workers together, by name.
    pub fn statistics(&self) -> Vec<(&'static str, u64)> {
        let peers = self.book().cards.len() as u64;
        let mut all = counters::sum(&self.counters);
        all.push(("peers", peers));
        all
    }

    /// Counts of one worker, by name.
    pub fn worker_statistics(&self, worker: usize) -> Vec<(&'static str, u64)> {
        let Some(one) = self.counters.get(worker) else { return Vec::new() };
        let mut all = counters::sum(std::slice::from_ref(one));
        all.push(("peers", self.book().carried(worker).count() as u64));
        all
    }

    /// A room's listeners: how many hear what, and so many of them from the `first` on, in this order.
    pub fn audience(&self, now: Instant, room: RoomKey, by: By, first: usize, most: usize) -> Audience {
        let book = self.book();
        let in_room: Vec<_> = book.cards.values().filter(|card| card.room == room).cloned().collect();
        // Nobody waits at the doors while thousands are put in order.
        drop(book);
        Audience::of(in_room.iter().map(AsRef::as_ref), self.milliseconds(now), by, (first, most))
    }

    /// Counts of one connection, by name.
    pub fn peer_statistics(&self, peer: PeerKey) -> Option<Vec<(&'static str, u64)>> {
        self.book().cards.get(&peer).map(|card| card.tally.named())
    }

    pub(crate) fn counters(&self, worker: usize) -> &Counters {
        &self.counters[worker]
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn card(&self, peer: PeerKey) -> Option<Arc<Card>> {
        self.book().cards.get(&peer).cloned()
    }

    /// Whom a check from an unknown address is for.
    pub(crate) fn meant(&self, now: Instant, ufrag: &str, worker: usize, way: Way, check: &[u8]) -> Meant {
        lock(&self.expected).take(ufrag, worker, |peer| peer.confirms(now, way, check))
    }

    /// Addresses whose person is on another worker than the kernel thinks.
    pub(crate) fn foreign(&self) -> &Foreign {
        &self.foreign
    }

    /// One who was there is gone.
    pub(crate) fn forget_peer(&self, peer: PeerKey, ufrag: &str) {
        self.forget(peer);
        lock(&self.expected).forget(ufrag);
    }

    /// Note a fault in somebody's connection; says whether they have to wait now.
    pub(crate) fn fault(&self, now: Instant, card: &Card) -> bool {
        self.book().quarantine.fault(now, card.room, card.speaker)
    }

    /// Those who were answered and never came.
    pub(crate) fn overdue(&self, now: Instant) -> Vec<Change> {
        let late = lock(&self.expected).overdue(now);
        let mut book = self.book();
        late.iter().for_each(|card| book.forget(card.peer));
        late.into_iter().map(|card| Change::gone(card.peer, card.room, Reason::Timeout)).collect()
    }

    /// The wall clock at this moment as reports carry it: seconds since 1900 in the upper half.
    pub(crate) fn ntp(&self, now: Instant) -> u64 {
        const FROM_1900_TO_1970: u64 = 2_208_988_800;
        let wall = self.settings.wall + now.saturating_duration_since(self.settings.epoch);
        let since = wall.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let fraction = (u64::from(since.subsec_nanos()) << 32) / 1_000_000_000;
        (since.as_secs() + FROM_1900_TO_1970) << 32 | fraction
    }

    pub(crate) fn chance(&self) -> u64 {
        self.book().chance.next()
    }

    fn sources(&self) -> [u32; MOST_AUDIO_LINES] {
        let mut book = self.book();
        std::array::from_fn(|_| book.chance.next() as u32 | 1)
    }

    fn forget(&self, peer: PeerKey) {
        self.book().forget(peer);
    }

    /// Milliseconds since the beginning.
    pub(crate) fn milliseconds(&self, now: Instant) -> u64 {
        now.saturating_duration_since(self.settings.epoch).as_millis() as u64
    }

    fn enter(&self, peer: PeerKey, room: RoomKey, speaker: Speaker) -> Result<Arc<Card>, Refusal> {
        let mut book = self.book();
        let (gate, track) = (book.early.remove(&peer), book.early_takes.remove(&peer));
        if book.cards.len() >= self.settings.max_peers || book.cards.contains_key(&peer) {
            return Err(Refusal::Full);
        }
        let card = Arc::new(Card::new(peer, room, speaker, book.channel(room).clone()));
        card.set_gate(gate.unwrap_or_default());
        card.set_take(track);
        book.cards.insert(peer, card.clone());
        Ok(card)
    }

    /// A worker that panicked while it wrote here left nothing half done that could hurt others.
    fn book(&self) -> MutexGuard<'_, Book> {
        lock(&self.book)
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Book {
    fn channel(&mut self, room: RoomKey) -> &Arc<Channel> {
        self.channels.entry(room).or_default()
    }

    fn carried(&self, worker: usize) -> impl Iterator<Item = &Arc<Card>> {
        self.cards.values().filter(move |card| card.owner() == Some(worker))
    }

    fn forget(&mut self, peer: PeerKey) {
        if let Some(card) = self.cards.remove(&peer) {
            card.end();
        }
        self.players.remove(&peer);
        self.early.remove(&peer);
        self.early_takes.remove(&peer);
    }
}
