//! A room's voices as one.

use crate::air::Air;
use crate::level::{Level, decibels};
use crate::limiter::Limiter;
use crate::seats::{Asked, SEATS, Seats};
use crate::voice::Voice;
use causerie_opus::{Encoder, FRAME};
use std::time::{Duration, Instant};

/// 32 kb/s: speech at which nobody hears that it was encoded twice.
const BITS: i32 = 32_000;
const LONGEST: usize = 400;
/// More than a stage has.
const SPEAKERS: usize = 64;
/// Who said nothing for so long is forgotten.
const FORGOTTEN: Duration = Duration::from_secs(30);
/// Softer than this (dB) nobody is heard.
const HEARD: f32 = -50.0;
/// So many frames after their last word a speaker is still named.
const NAMED: u32 = 15;

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
    one: [f32; FRAME],
    payload: [u8; LONGEST],
    named: Vec<(f32, u32, i64)>,
    numbers: Vec<u32>,
}

struct Speaker {
    who: u64,
    number: u32,
    voice: Voice,
    level: Level,
    /// They have a seat.
    heard: bool,
    /// They had one until now.
    leaves: bool,
    /// Frames since they sounded.
    quiet: u32,
    last: Instant,
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
            one: [0.0; FRAME],
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
        let asked = self.seats.hear(now, heard.who, heard.level);
        if let Asked::Instead(gone) = asked {
            self.leave(gone);
        }
        let Some(speaker) = self.speaker(now, heard.who, heard.speaker) else {
            return self.seats.forget(heard.who);
        };
        speaker.last = now;
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
        self.speakers.retain(|one| one.leaves || now.saturating_duration_since(one.last) < FORGOTTEN);
        self.sound.fill(0.0);
        self.named.clear();
        for speaker in &mut self.speakers {
            speaker.add_to(clock, &mut self.sound, &mut self.one, &mut self.named);
        }
        let level = decibels(square(&self.sound));
        self.air.lay_under(&mut self.sound);
        self.limiter.limit(&mut self.sound);
        let length = self.encoder.encode(&self.sound, &mut self.payload);
        self.mixed(level, length)
    }

    fn mixed(&mut self, level: f32, length: usize) -> Mixed<'_> {
        self.named.sort_unstable_by(|one, other| other.0.total_cmp(&one.0));
        self.numbers.clear();
        self.numbers.extend(self.named.iter().map(|(_, number, _)| number));
        let delay = self.named.first().map_or(0, |(_, _, delay)| *delay);
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
        if let Some(speaker) = self.speakers.iter_mut().find(|one| one.who == who && one.heard) {
            (speaker.heard, speaker.leaves) = (false, true);
        }
    }

    /// Somebody known, or new; none where a stage has no more.
    fn speaker(&mut self, now: Instant, who: u64, number: u32) -> Option<&mut Speaker> {
        if let Some(at) = self.speakers.iter().position(|one| one.who == who) {
            return self.speakers.get_mut(at);
        }
        if self.speakers.len() == SPEAKERS {
            return None;
        }
        let (voice, level) = (Voice::new()?, Level::default());
        let (heard, leaves, quiet) = (false, false, NAMED);
        self.speakers.push(Speaker { who, number, voice, level, heard, leaves, quiet, last: now });
        self.speakers.last_mut()
    }

    /// Ticks of 48 kHz since the first word.
    fn clock(&mut self, now: Instant) -> i64 {
        let begun = *self.begun.get_or_insert(now);
        (now.saturating_duration_since(begun).as_nanos() * 48 / 1_000_000) as i64
    }
}

impl Speaker {
    fn add_to(
        &mut self,
        clock: i64,
        sum: &mut [f32; FRAME],
        one: &mut [f32; FRAME],
        named: &mut Vec<(f32, u32, i64)>,
    ) {
        if std::mem::take(&mut self.leaves) {
            self.voice.end(one);
        } else if !self.heard {
            return self.voice.skip(clock);
        } else if !self.voice.fill(clock, one) {
            self.quiet += 1;
            return;
        }
        let power = square(one);
        let (from, to) = self.level.follow(power);
        let slope = (to - from) / FRAME as f32;
        let each = sum.iter_mut().zip(&*one).enumerate();
        each.for_each(|(at, (place, sample))| *place += sample * (from + slope * at as f32));
        self.quiet = if decibels(power) > HEARD { 0 } else { self.quiet.saturating_add(1) };
        if self.heard && self.quiet < NAMED {
            named.push((power, self.number, self.voice.delay()));
        }
    }
}

/// Mean square.
fn square(sound: &[f32; FRAME]) -> f32 {
    sound.iter().map(|sample| sample * sample).sum::<f32>() / FRAME as f32
}
