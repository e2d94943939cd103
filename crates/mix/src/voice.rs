//! One speaker's packets to even sound: in order, at their time, gaps bridged, clocks that drift drawn along.

use crate::delay::Delay;
use crate::pile::{Packet, Pile};
use causerie_opus::{Decoder, FRAME, LONGEST};
use std::collections::VecDeque;

const TICK: i64 = FRAME as i64;
/// Frames in a row that are guessed; then there is silence.
const GUESSED: u32 = 3;
/// How loud a guess is at its beginning and at its end.
const FADING: [f32; GUESSED as usize + 1] = [1.0, 0.8, 0.4, 0.0];
/// After half a second without a packet the next begins anew.
const RESTS: u32 = 25;
/// Longer steps in a speaker's time are no pauses (in ticks of 48 kHz).
const JUMP: u64 = 10 * 48_000;
/// Five milliseconds: what begins or ends at once clicks.
const FADE: usize = 240;
/// Off by more than this either way is mended: 20 ms too much delay, 5 ms too little.
const TOO_LATE: i64 = 960;
const TOO_SOON: i64 = -240;
/// Half a percent, at which nobody hears it.
const DRAWN: f64 = 0.005;
/// Mean square of what is taken for silence (−55 dB).
const SILENT: f32 = 3.2e-6;

/// One speaker's sound.
pub struct Voice {
    pile: Pile,
    delay: Delay,
    decoder: Decoder,
    /// Decoded and not yet heard.
    ready: VecDeque<f32>,
    /// RTP time after what is decoded; none while nobody speaks.
    next: Option<u64>,
    seq: u64,
    guessed: u32,
    /// Where between two samples the next one is taken, and how far apart they lie.
    between: f64,
    step: f64,
    /// The beginning of this frame, on our clock.
    now: i64,
    /// The last thing decoded was silence of our own: what follows fades in.
    was_silent: bool,
    /// The last frame that was heard was silent.
    silent: bool,
}

impl Voice {
    /// Somebody who has not spoken; none when there is no memory for them.
    pub fn new() -> Option<Self> {
        Some(Self {
            pile: Pile::default(),
            delay: Delay::default(),
            decoder: Decoder::new()?,
            ready: VecDeque::with_capacity(2 * LONGEST),
            next: None,
            seq: 0,
            guessed: 0,
            between: 0.0,
            step: 1.0,
            now: 0,
            was_silent: true,
            silent: true,
        })
    }

    /// A packet came at this moment of our clock (ticks).
    pub fn put(&mut self, now: i64, seq: u64, time: u64, payload: &[u8]) {
        let known = self.pile.latest().map(|packet| packet.time).or(self.next);
        if known.is_some_and(|known| known.abs_diff(time) > JUMP) {
            self.restart();
        }
        self.delay.note(now, time as i64);
        self.pile.put(seq, time, payload);
    }

    /// How long their packets wait, in ticks.
    pub fn delay(&self) -> i64 {
        self.delay.length()
    }

    /// Nobody hears them now: what is over is thrown away.
    pub fn skip(&mut self, now: i64) {
        while self.pile.first().is_some_and(|packet| packet.time as i64 + self.delay.offset() < now) {
            self.pile.drop_first();
        }
    }

    /// The next twenty milliseconds, which begin at this moment of our clock; says whether there was anything to hear.
    pub fn fill(&mut self, now: i64, sound: &mut [f32; FRAME]) -> bool {
        if self.next.is_none() && !self.begin(now) {
            sound.fill(0.0);
            return false;
        }
        self.keep_time(now);
        while self.ready.len() < self.wanted() {
            if !self.decode() {
                break;
            }
        }
        self.take(sound);
        self.silent = sound.iter().map(|sample| sample * sample).sum::<f32>() < SILENT * FRAME as f32;
        true
    }

    /// Not heard any more from now on: five milliseconds more, which fade, and nothing is kept.
    pub fn end(&mut self, sound: &mut [f32; FRAME]) {
        sound.fill(0.0);
        if self.next.is_some() && !self.was_silent {
            while self.ready.len() < FADE {
                let guess = self.decoder.guess(FADE);
                if guess.is_empty() {
                    break;
                }
                self.ready.extend(guess);
            }
            let last = self.ready.iter().take(FADE).enumerate();
            last.for_each(|(at, sample)| sound[at] = sample * (1.0 - at as f32 / FADE as f32));
        }
        self.restart();
    }

    fn restart(&mut self) {
        self.pile.clear();
        self.delay.restart();
        self.rest();
    }

    fn rest(&mut self) {
        self.decoder.restart();
        self.ready.clear();
        (self.next, self.guessed, self.was_silent, self.silent) = (None, 0, true, true);
        (self.between, self.step) = (0.0, 1.0);
    }

    /// How many samples the next frame is made of.
    fn wanted(&self) -> usize {
        let last = self.between + (FRAME - 1) as f64 * self.step;
        last.ceil() as usize + 1
    }

    /// The first packet is heard when its time has come, not at once; says whether that is within this tick.
    fn begin(&mut self, now: i64) -> bool {
        let Some(first) = self.pile.first() else { return false };
        let lead = first.time as i64 + self.delay.offset() - now;
        if lead >= TICK {
            return false;
        }
        self.ready.extend(std::iter::repeat_n(0.0, lead.max(0) as usize));
        self.next = Some(first.time);
        self.seq = first.seq.wrapping_sub(1);
        true
    }

    /// Draw along a clock that drifts, and a delay that changed: in silence at once, in speech by half a percent.
    fn keep_time(&mut self, now: i64) {
        self.now = now;
        let Some(next) = self.next else { return };
        let off = self.off(next);
        self.step = if off > TOO_LATE || (self.step > 1.0 && off > 0) {
            1.0 + DRAWN
        } else if off < TOO_SOON || (self.step < 1.0 && off < 0) {
            1.0 - DRAWN
        } else {
            1.0
        };
        if self.silent && off < TOO_SOON {
            (0..(-off).min(TICK)).for_each(|_| self.ready.push_front(0.0));
        } else if self.silent && off > TOO_LATE {
            self.leave_out(off.min(TICK) as usize);
        }
    }

    /// How much later than it should be a sample of this time is heard that is decoded next, in ticks.
    fn off(&self, time: u64) -> i64 {
        self.now - (time as i64 - self.ready.len() as i64) - self.delay.offset()
    }

    /// So much less to wait, if there is nothing to be heard in it.
    fn leave_out(&mut self, samples: usize) {
        while self.ready.len() < samples {
            if !self.decode() {
                return;
            }
        }
        let power: f32 = self.ready.iter().take(samples).map(|sample| sample * sample).sum();
        if power / (samples as f32) < SILENT {
            self.ready.drain(..samples);
        }
    }

    /// Decode what comes next; false when nothing will come for now.
    fn decode(&mut self) -> bool {
        let Some(next) = self.next else { return false };
        match self.pile.first() {
            None => self.bridge(next, FRAME as u64),
            // What comes a little too late is heard all the same: the guess before it was a pause.
            Some(first) if first.time < next && self.guessed > 0 && self.off(first.time) <= TOO_LATE => {
                self.say(first.time)
            }
            Some(first) if first.time + first.length <= next => {
                self.pile.drop_first();
                true
            }
            Some(first) if first.time <= next => self.say(next),
            Some(first) => {
                let gap = first.time - next;
                let (pause, carried) = (first.seq == self.seq.wrapping_add(1), gap <= first.length.min(2880));
                match (pause, carried) {
                    (true, _) => self.pause(next, gap.min(FRAME as u64)),
                    (false, true) => self.say_before(next, gap),
                    (false, false) => self.bridge(next, FRAME as u64),
                }
            }
        }
    }

    /// The first packet, at its time; what of it was bridged already is left out.
    fn say(&mut self, next: u64) -> bool {
        let Some(Packet { seq, time, length, payload }) = self.pile.first() else { return false };
        let over = (next - time) as usize;
        (self.seq, self.next) = (*seq, Some(time + length));
        let sound = self.decoder.decode(payload);
        let sound = sound.get(over..).unwrap_or_default();
        push(&mut self.ready, sound, self.was_silent);
        (self.was_silent, self.guessed) = (false, 0);
        self.pile.drop_first();
        true
    }

    /// What was lost before the first packet, as far as that carries it (RFC 6716, section 2.1.7).
    fn say_before(&mut self, next: u64, gap: u64) -> bool {
        let Some(first) = self.pile.first() else { return false };
        let sound = self.decoder.before(&first.payload, gap as usize);
        push(&mut self.ready, sound, self.was_silent);
        (self.next, self.seq) = (Some(next + gap), first.seq.wrapping_sub(1));
        (self.was_silent, self.guessed) = (false, 0);
        true
    }

    /// Nobody spoke: their browser sent nothing, and nothing was lost.
    fn pause(&mut self, next: u64, gap: u64) -> bool {
        let faded = if self.was_silent { 0 } else { self.fade_out(gap as usize) };
        self.ready.extend(std::iter::repeat_n(0.0, gap as usize - faded));
        self.next = Some(next + gap);
        self.was_silent = true;
        true
    }

    /// A guess at what is missing, more and more softly; silence after that, and rest after half a second.
    fn bridge(&mut self, next: u64, gap: u64) -> bool {
        self.guessed += 1;
        if self.guessed > RESTS {
            self.rest();
            return false;
        }
        self.next = Some(next + gap);
        if self.guessed > GUESSED || self.was_silent {
            self.ready.extend(std::iter::repeat_n(0.0, gap as usize));
            self.was_silent = true;
            return true;
        }
        let at = self.guessed as usize;
        let (from, to) = (FADING[at - 1], FADING[at]);
        let guess = self.decoder.guess(gap as usize);
        let slope = (to - from) / guess.len().max(1) as f32;
        self.ready.extend(guess.iter().enumerate().map(|(at, sample)| sample * (from + slope * at as f32)));
        true
    }

    /// Before silence of our own the last that was decoded fades; says how many samples that took of so many.
    fn fade_out(&mut self, most: usize) -> usize {
        let guess = self.decoder.guess(FADE);
        let count = guess.len().min(most);
        let fading = guess[..count].iter().enumerate();
        self.ready.extend(fading.map(|(at, sample)| sample * (1.0 - at as f32 / count as f32)));
        count
    }

    /// Take a frame out of what is ready, between its samples where a clock is drawn along.
    fn take(&mut self, sound: &mut [f32; FRAME]) {
        let mut place = self.between;
        for sample in sound.iter_mut() {
            let at = place as usize;
            let part = (place - at as f64) as f32;
            let get = |at: usize| self.ready.get(at).or(self.ready.back()).copied().unwrap_or(0.0);
            *sample = if part == 0.0 {
                get(at)
            } else {
                curve([at.saturating_sub(1), at, at + 1, at + 2].map(get), part)
            };
            place += self.step;
        }
        let over = (place as usize).min(self.ready.len());
        self.ready.drain(..over);
        self.between = place - place.floor();
    }
}

/// The curve through four samples, between the middle two.
fn curve([a, b, c, d]: [f32; 4], part: f32) -> f32 {
    let (one, two, three) = ((c - a) / 2.0, a - 2.5 * b + 2.0 * c - d / 2.0, (d - a) / 2.0 + 1.5 * (b - c));
    ((three * part + two) * part + one) * part + b
}

/// What follows silence of our own fades in.
fn push(ready: &mut VecDeque<f32>, sound: &[f32], fades: bool) {
    let rising = |(at, sample): (usize, &f32)| {
        let factor = if fades && at < FADE { at as f32 / FADE as f32 } else { 1.0 };
        sample * factor
    };
    ready.extend(sound.iter().enumerate().map(rising));
}
