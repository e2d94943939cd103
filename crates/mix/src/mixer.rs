//! A room's voices as one.

use crate::air::Air;
use crate::level::decibels;
use crate::limiter::Limiter;
use crate::seats::{Asked, SEATS, Seats};
use crate::speaker::{HEARD, Named, Speaker, square};
use causerie_opus::{Encoder, FRAME};
use std::time::{Duration, Instant};

/// 32 kb/s: speech at which nobody hears that it was encoded twice.
const BITS: i32 = 32_000;
const LONGEST: usize = 400;
/// More than a stage has.
const SPEAKERS: usize = 64;
/// Who said nothing for so long is forgotten.
const FORGOTTEN: Duration = Duration::from_secs(30);

/// A packet of somebody on stage.
#[derive(Debug, Clone, Copy)]
pub struct Heard<'a> {
    /// Which connection.
    pub who: u64,
    /// Their number in the room.
    pub speaker: u32,
    /// Its place, counted on over the wrap.
    pub seq: u64,
    /// RTP time at 48 kHz, counted on over the wrap.
    pub time: u64,
    /// How loud, in −dBov (RFC 6464).
    pub level: u8,
    /// The start of a talkspurt.
    pub marker: bool,
    /// The Opus packet.
    pub payload: &'a [u8],
}

/// Twenty milliseconds of all of them.
#[derive(Debug, Clone, Copy)]
pub struct Mixed<'a> {
    /// As one Opus packet, 400 bytes at most.
    pub payload: &'a [u8],
    /// As samples.
    pub sound: &'a [f32; FRAME],
    /// How loud, in −dBov.
    pub level: u8,
    /// Who sounds, the loudest first.
    pub speakers: &'a [u32],
    /// Nobody does.
    pub quiet: bool,
    /// How long the loudest's packets waited for each other.
    pub delay: Duration,
}

/// One room's.
pub struct Mixer {
    begun: Option<Instant>,
    speakers: Vec<Speaker>,
    seats: Seats,
    limiter: Limiter,
    air: Air,
    encoder: Encoder,
    sound: [f32; FRAME],
    payload: [u8; LONGEST],
    named: Vec<Named>,
    numbers: Vec<u32>,
}

impl Mixer {
    /// Nobody speaks yet; none when there is no memory for it. The seed is the room's own noise.
    pub fn new(seed: u64) -> Option<Self> {
        Some(Self {
            begun: None,
            speakers: Vec::with_capacity(SPEAKERS),
            seats: Seats::default(),
            limiter: Limiter::default(),
            air: Air::new(seed),
            encoder: Encoder::new(BITS)?,
            sound: [0.0; FRAME],
            payload: [0; LONGEST],
            named: Vec::with_capacity(SEATS),
            numbers: Vec::with_capacity(SEATS),
        })
    }

    /// What listeners lose, in percent: so much each packet protects the one before.
    pub fn expect_loss(&mut self, percent: u8) {
        self.encoder.expect_loss(percent);
    }

    /// Somebody on stage said something.
    pub fn hear(&mut self, now: Instant, heard: Heard<'_>) {
        let clock = self.clock(now);
        let Some(at) = self.place(now, heard.who, heard.speaker) else { return };
        let asked = self.seats.hear(now, heard.who, heard.level);
        if let Asked::Instead(gone) = asked {
            self.leave(gone);
        }
        let speaker = &mut self.speakers[at];
        (speaker.last, speaker.number) = (now, heard.speaker);
        speaker.voice.put(clock, heard.seq, heard.time, heard.payload);
        speaker.heard |= asked != Asked::Out;
    }

    /// Somebody is not heard any more, from the next tick on: nothing of theirs that waits either.
    pub fn silence(&mut self, who: u64) {
        self.seats.forget(who);
        self.leave(who);
    }

    /// The next twenty milliseconds; to be asked for every twenty milliseconds.
    pub fn mix(&mut self, now: Instant) -> Mixed<'_> {
        let clock = self.clock(now);
        while let Some(gone) = self.seats.free(now) {
            self.leave(gone);
        }
        self.forget(now);
        self.sound.fill(0.0);
        self.named.clear();
        for speaker in &mut self.speakers {
            self.named.extend(speaker.add_to(clock, &mut self.sound));
        }
        let level = decibels(square(&self.sound));
        self.air.lay_under(&mut self.sound);
        self.limiter.limit(&mut self.sound);
        let length = self.encoder.encode(&self.sound, &mut self.payload);
        self.mixed(level, length)
    }

    fn mixed(&mut self, level: f32, length: usize) -> Mixed<'_> {
        self.named.sort_unstable_by(|one, other| other.power.total_cmp(&one.power));
        self.numbers.clear();
        self.numbers.extend(self.named.iter().map(|named| named.number));
        let delay = self.named.first().map_or(0, |named| named.delay);
        Mixed {
            payload: &self.payload[..length],
            sound: &self.sound,
            level: (-level).clamp(0.0, 127.0) as u8,
            speakers: &self.numbers,
            quiet: level < HEARD,
            delay: Duration::from_micros(delay as u64 * 1000 / 48),
        }
    }

    fn leave(&mut self, who: u64) {
        self.speakers.iter_mut().filter(|one| one.who == who).for_each(Speaker::leave);
    }

    /// Who said nothing for long is not known any more.
    fn forget(&mut self, now: Instant) {
        let seats = &mut self.seats;
        self.speakers.retain(|one| {
            let stays = now.saturating_duration_since(one.last) < FORGOTTEN;
            if !stays {
                seats.forget(one.who);
            }
            stays
        });
    }

    /// Where somebody is among those who are known; none where there is no place for more.
    fn place(&mut self, now: Instant, who: u64, number: u32) -> Option<usize> {
        if let Some(at) = self.speakers.iter().position(|one| one.who == who) {
            return Some(at);
        }
        if self.speakers.len() == SPEAKERS {
            self.make_room()?;
        }
        self.speakers.push(Speaker::new(now, who, number)?);
        Some(self.speakers.len() - 1)
    }

    /// Whoever is not heard and said nothing for longest is forgotten for somebody new.
    fn make_room(&mut self) -> Option<()> {
        let unheard = self.speakers.iter().enumerate().filter(|(_, one)| !one.heard);
        let (at, _) = unheard.min_by_key(|(_, one)| one.last)?;
        self.seats.forget(self.speakers.swap_remove(at).who);
        Some(())
    }

    /// Ticks of 48 kHz since the first word.
    fn clock(&mut self, now: Instant) -> i64 {
        let begun = *self.begun.get_or_insert(now);
        (now.saturating_duration_since(begun).as_nanos() * 48 / 1_000_000) as i64
    }
}
