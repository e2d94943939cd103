//! What all workers know of one connection: a handful of numbers without a lock.

use crate::channel::Channel;
use crate::losses::Reception;
use crate::words::{Gate, PeerKey, RoomKey, Speaker, Track};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, Ordering};

/// One connection or player as everybody sees it.
#[derive(Debug)]
pub(crate) struct Card {
    pub peer: PeerKey,
    pub room: RoomKey,
    pub speaker: Speaker,
    /// The worker that carries it; none for those who have not come yet, and for players.
    owner: AtomicU32,
    gate: AtomicU32,
    gone: AtomicBool,
    backstage: AtomicBool,
    at_once: AtomicBool,
    /// Its room's programme.
    pub channel: Arc<Channel>,
    programme_line: AtomicU8,
    direct: AtomicBool,
    take: AtomicU64,
    voice: AtomicU64,
    pub tally: Tally,
    /// How those who hear this voice itself receive it.
    pub reception: Reception,
}

/// How a connection can hear the programme.
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// On a line beside those of the voices.
    Beside = 1,
    /// On the only line it has.
    Alone = 2,
}

/// What is counted for one connection.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub packets_in: AtomicU64,
    pub packets_out: AtomicU64,
    /// Without headers.
    pub bytes_out: AtomicU64,
    pub nacks: AtomicU64,
    /// Packets they said: how many there should be by their numbers, how many came, and how unevenly.
    pub said_expected: AtomicU64,
    pub said_arrived: AtomicU64,
    pub said_jitter_ms: AtomicU64,
    /// Packets the other side says it never got.
    pub lost: AtomicU64,
    /// The share lost lately, in 1/256.
    pub fraction_lost: AtomicU64,
    pub jitter_ms: AtomicU64,
    pub round_trip_ms: AtomicU64,
    /// How many copies of earlier sound go along with each packet of the programme; and whether it hears that now.
    pub copies: AtomicU64,
    pub on_programme: AtomicU64,
    /// Whether their sound goes by TCP.
    pub by_tcp: AtomicU64,
    /// Since when they hear, in the doors' milliseconds and one more; 0 for who does not.
    pub hears_since: AtomicU64,
}

/// How a gate stands: each time it is set otherwise, it counts as another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Opening(u32);

impl Opening {
    pub fn gate(self) -> Gate {
        Gate::from_number(self.0 as u8).unwrap_or_default()
    }

    pub fn number(self) -> u32 {
        self.0
    }
}

/// Whether a person is recorded, and on which track: each time this is set otherwise, it counts as another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Take(u64);

impl Take {
    pub fn track(self) -> Option<Track> {
        let track = self.0 as u32;
        (track != 0).then_some(Track(track))
    }

    pub fn number(self) -> u32 {
        (self.0 >> 32) as u32
    }
}

const NOBODY: u32 = u32::MAX;
/// After so many milliseconds without a word a person is no longer shown as speaking.
const SHOWN: u64 = 500;

impl Card {
    pub fn new(peer: PeerKey, room: RoomKey, speaker: Speaker, channel: Arc<Channel>) -> Self {
        Self {
            peer,
            room,
            speaker,
            owner: AtomicU32::new(NOBODY),
            gate: AtomicU32::new(0),
            gone: AtomicBool::new(false),
            backstage: AtomicBool::new(false),
            at_once: AtomicBool::new(false),
            channel,
            programme_line: AtomicU8::new(0),
            direct: AtomicBool::new(false),
            take: AtomicU64::new(0),
            voice: AtomicU64::new(0),
            tally: Tally::default(),
            reception: Reception::default(),
        }
    }

    pub fn owner(&self) -> Option<usize> {
        let owner = self.owner.load(Ordering::Acquire);
        (owner != NOBODY).then_some(owner as usize)
    }

    pub fn own(&self, worker: usize) {
        self.owner.store(worker as u32, Ordering::Release);
    }

    pub fn is_gone(&self) -> bool {
        self.gone.load(Ordering::Acquire)
    }

    /// The connection is over, and with it all that was said.
    pub fn end(&self) {
        self.gone.store(true, Ordering::Release);
        self.set_gate(Gate::Shut);
        self.set_take(None);
    }

    /// The latest word holds; saying the same again changes nothing.
    pub fn set_gate(&self, gate: Gate) {
        let turned = |was: u32| (was as u8 != gate as u8).then(|| ((was >> 8) + 1) << 8 | gate as u32);
        if self.gate.fetch_update(Ordering::AcqRel, Ordering::Acquire, turned).is_ok() {
            self.voice.store(0, Ordering::Relaxed);
            self.channel.turn();
        }
    }

    /// Whether this person hears what is said backstage.
    pub fn hears_backstage(&self) -> bool {
        self.backstage.load(Ordering::Acquire)
    }

    pub fn hear_backstage(&self, on: bool) {
        self.backstage.store(on, Ordering::Release);
        self.channel.turn();
    }

    /// This person is on stage or leads it, muted or not: hears the voices, however much later the programme comes.
    pub fn hear_at_once(&self, on: bool) {
        self.at_once.store(on, Ordering::Release);
        self.channel.turn();
    }

    /// Let this person hear voices where others hear the programme, or no longer.
    pub fn set_direct(&self, on: bool) {
        self.direct.store(on, Ordering::Release);
        self.channel.turn();
    }

    /// This connection can hear the programme, beside voices or alone; or is gone.
    pub fn lend_line(&self, line: Option<Line>) {
        self.programme_line.store(line.map_or(0, |line| line as u8), Ordering::Release);
        self.channel.turn();
    }

    /// Whether this person is to hear the programme now. Nobody hears themselves come back; the stage and backstage hear
    /// voices.
    pub fn hears_programme(&self) -> bool {
        let line = self.programme_line.load(Ordering::Acquire);
        let wanted = line == Line::Alone as u8
            || line == Line::Beside as u8
                && self.channel.is_on()
                && (self.channel.is_held_back() || !self.direct.load(Ordering::Acquire));
        let apart = self.hears_backstage() || self.at_once.load(Ordering::Acquire);
        wanted && !apart && self.opening().gate() == Gate::Shut
    }

    /// Record what this person says on stage from now on, or nothing more. The latest word holds.
    pub fn set_take(&self, track: Option<Track>) {
        let track = track.map_or(0, |track| track.0);
        let turned = |was: u64| (was as u32 != track).then(|| ((was >> 32) + 1) << 32 | u64::from(track));
        _ = self.take.fetch_update(Ordering::AcqRel, Ordering::Acquire, turned);
    }

    pub fn take(&self) -> Take {
        Take(self.take.load(Ordering::Acquire))
    }

    pub fn opening(&self) -> Opening {
        Opening(self.gate.load(Ordering::Acquire))
    }

    /// Where a packet of this opening may be heard at this moment: nowhere, once the gate was set otherwise.
    pub fn lets_through(&self, opening: u32) -> Gate {
        let now = self.opening();
        if now.0 == opening { now.gate() } else { Gate::Shut }
    }

    /// Note that the person is heard, `at` milliseconds after the doors' beginning.
    pub fn heard(&self, level: u8, at: u64) {
        self.voice.store((at + 1) << 8 | u64::from(level), Ordering::Relaxed);
    }

    /// How loud the person is, if they are heard at this time.
    pub fn speaks(&self, at: u64) -> Option<u8> {
        let voice = self.voice.load(Ordering::Relaxed);
        let fresh = voice != 0 && at < (voice >> 8) + SHOWN && self.opening().gate() == Gate::Stage;
        fresh.then_some(voice as u8)
    }
}

impl Tally {
    pub fn named(&self) -> Vec<(&'static str, u64)> {
        let all = [
            ("packets_in", &self.packets_in),
            ("packets_out", &self.packets_out),
            ("bytes_out", &self.bytes_out),
            ("nacks", &self.nacks),
            ("said_expected", &self.said_expected),
            ("said_arrived", &self.said_arrived),
            ("said_jitter_ms", &self.said_jitter_ms),
            ("lost", &self.lost),
            ("fraction_lost_256", &self.fraction_lost),
            ("jitter_ms", &self.jitter_ms),
            ("round_trip_ms", &self.round_trip_ms),
            ("copies", &self.copies),
            ("on_programme", &self.on_programme),
            ("by_tcp", &self.by_tcp),
        ];
        all.map(|(name, value)| (name, value.load(Ordering::Relaxed))).to_vec()
    }
}
