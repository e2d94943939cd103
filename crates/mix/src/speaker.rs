//! Somebody on stage, as the mixer knows them.

use crate::level::{Level, decibels};
use crate::voice::Voice;
use causerie_opus::FRAME;
use std::time::Instant;

/// Softer than this (dB) nobody is heard.
pub const HEARD: f32 = -50.0;
/// So many frames after their last word a speaker is still named.
const NAMED: u32 = 15;

/// Somebody who is heard in a frame.
#[derive(Debug, Clone, Copy)]
pub struct Named {
    /// Mean square.
    pub power: f32,
    /// Their number in the room.
    pub number: u32,
    /// How long their packets wait, in ticks of 48 kHz.
    pub delay: i64,
}

/// Their sound, and how it is brought to everybody's level.
pub struct Speaker {
    pub who: u64,
    pub number: u32,
    pub voice: Voice,
    level: Level,
    /// They have a seat.
    pub heard: bool,
    /// Frames since they sounded.
    quiet: u32,
    /// When their last packet came.
    pub last: Instant,
}

impl Speaker {
    /// Somebody new; none when there is no memory for them.
    pub fn new(now: Instant, who: u64, number: u32) -> Option<Self> {
        let (voice, level) = (Voice::new()?, Level::default());
        Some(Self { who, number, voice, level, heard: false, quiet: NAMED, last: now })
    }

    /// They are not heard any more, and nothing of theirs that waits.
    pub fn leave(&mut self) {
        self.heard = false;
        self.voice.end();
    }

    /// Their next frame, on top of the others'; says who they are while they are heard.
    pub fn add_to(&mut self, clock: i64, sum: &mut [f32; FRAME]) -> Option<Named> {
        let mut one = [0.0; FRAME];
        let sounds =
            if self.heard { self.voice.fill(clock, &mut one) } else { self.voice.skip(clock, &mut one) };
        let power = if sounds { square(&one) } else { 0.0 };
        self.quiet = if decibels(power) > HEARD { 0 } else { self.quiet.saturating_add(1) };
        if sounds {
            let (from, to) = self.level.follow(&one);
            let slope = (to - from) / FRAME as f32;
            let each = sum.iter_mut().zip(&one).enumerate();
            each.for_each(|(at, (place, sample))| *place += sample * (from + slope * at as f32));
        }
        let named = Named { power, number: self.number, delay: self.voice.delay() };
        (self.heard && self.quiet < NAMED).then_some(named)
    }
}

/// Mean square.
pub fn square(sound: &[f32; FRAME]) -> f32 {
    sound.iter().map(|sample| sample * sample).sum::<f32>() / FRAME as f32
}
