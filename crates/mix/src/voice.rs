//! One speaker's packets to even sound: in order, at their time, gaps bridged, clocks that drift drawn along.

use crate::delay::Delay;
use crate::pile::{Packet, Pile};
use crate::ready::{FADE, Ready};
use causerie_opus::{Decoder, FRAME};

const TICK: i64 = FRAME as i64;
/// How loud each guess in a row is at its end; then there is silence.
const GUESSES: [f32; 3] = [0.8, 0.4, 0.0];
/// After half a second without a packet the next begins anew.
const RESTS: usize = 25;
/// Off by more than this either way is mended: 20 ms too much delay, 5 ms too little.
const TOO_LATE: i64 = 960;
const TOO_SOON: i64 = -240;
/// Off by more, and it begins anew: 120 ms.
const TOO_FAR: i64 = 5760;
/// A packet of no more bytes says in silence that somebody is there (RFC 6716, section 2.1.9); decoded, it would be a guess
/// at more of what was said last.
const SIGN_OF_LIFE: usize = 2;
/// Half a percent, at which nobody hears it.
const DRAWN: f64 = 0.005;
/// Mean square of what is taken for silence (−55 dB).
const SILENT: f32 = 3.2e-6;

/// One speaker's sound.
pub struct Voice {
    pile: Pile,
    delay: Delay,
    decoder: Decoder,
    ready: Ready,
    /// RTP time after what is decoded; none while nobody speaks.
    next: Option<u64>,
    seq: u64,
    guessed: usize,
    /// The beginning of this frame, on our clock.
    now: i64,
    /// The last frame that was heard was silent.
    silent: bool,
    /// What is still heard of something that was broken off.
    tail: Option<[f32; FADE]>,
}

impl Voice {
    /// Somebody who has not spoken; none when there is no memory for them.
    pub fn new() -> Option<Self> {
        Some(Self {
            pile: Pile::default(),
            delay: Delay::default(),
            decoder: Decoder::new()?,
            ready: Ready::default(),
            next: None,
            seq: 0,
            guessed: 0,
            now: 0,
            silent: true,
            tail: None,
        })
    }

    /// A packet came at this moment of our clock (ticks).
    pub fn put(&mut self, now: i64, seq: u64, time: u64, payload: &[u8]) {
        if self.delay.note(now, time as i64) {
            self.end();
        }
        self.pile.put(seq, time, payload);
    }

    /// How long their packets wait, in ticks.
    pub fn delay(&self) -> i64 {
        self.delay.length()
    }

    /// Nobody hears them now: what is over is thrown away. Gives what is left of something that was broken off.
    pub fn skip(&mut self, now: i64, sound: &mut [f32; FRAME]) -> bool {
        while self.pile.first().is_some_and(|packet| packet.time as i64 + self.delay.offset() < now) {
            self.pile.drop_first();
        }
        sound.fill(0.0);
        self.trail(sound)
    }

    /// The next twenty milliseconds, which begin at this moment of our clock; says whether there was anything to hear.
    pub fn fill(&mut self, now: i64, sound: &mut [f32; FRAME]) -> bool {
        self.keep_time(now);
        if self.next.is_none() && !self.begin() {
            sound.fill(0.0);
            return self.trail(sound);
        }
        while self.ready.len() < self.ready.wanted() && self.decode() {}
        self.ready.take(sound);
        self.silent = sound.iter().map(|sample| sample * sample).sum::<f32>() < SILENT * FRAME as f32;
        self.trail(sound);
        true
    }

    /// Not heard any more from now on: five milliseconds more, which fade, and nothing is kept.
    pub fn end(&mut self) {
        self.pile.clear();
        self.break_off();
    }

    /// What follows begins anew.
    fn break_off(&mut self) {
        if self.next.take().is_some() {
            while self.ready.len() < FADE && !self.ready.is_silent() {
                self.ready.guess(self.decoder.guess(FADE), FADE, 0.0);
            }
            self.ready.end(self.tail.insert([0.0; FADE]));
        }
        self.decoder.restart();
        (self.guessed, self.silent) = (0, true);
    }

    fn trail(&mut self, sound: &mut [f32; FRAME]) -> bool {
        let Some(tail) = self.tail.take() else { return false };
        sound.iter_mut().zip(tail).for_each(|(place, sample)| *place += sample);
        true
    }

    /// The first packet is heard when its time has come, not at once; says whether that is within this tick.
    fn begin(&mut self) -> bool {
        let Some(first) = self.pile.first() else { return false };
        let lead = first.time as i64 + self.delay.offset() - self.now;
        if lead >= TICK {
            return false;
        }
        self.ready.rest(lead.max(0) as usize);
        (self.next, self.seq) = (Some(first.time), first.seq.wrapping_sub(1));
        true
    }

    /// Draw along a clock that drifts, and a delay that changed: in silence at once, in speech by half a percent.
    fn keep_time(&mut self, now: i64) {
        self.now = now;
        let Some(next) = self.next else { return };
        let off = self.off(next);
        if off.abs() > TOO_FAR && self.pile.first().is_some() {
            return self.find_time();
        }
        self.ready.step = if off > TOO_LATE || (self.ready.step > 1.0 && off > 0) {
            1.0 + DRAWN
        } else if off < TOO_SOON || (self.ready.step < 1.0 && off < 0) {
            1.0 - DRAWN
        } else {
            1.0
        };
        if self.silent && off < TOO_SOON {
            self.ready.wait((-off).min(TICK) as usize);
        } else if self.silent && off > TOO_LATE {
            self.leave_out(off.min(TICK) as usize);
        }
    }

    /// So far off that only what is due from now on is heard.
    fn find_time(&mut self) {
        self.break_off();
        let due = self.now - self.delay.offset() - TOO_LATE;
        while self.pile.first().is_some_and(|packet| (packet.time as i64) < due) {
            self.pile.drop_first();
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
        self.ready.leave_out(samples, SILENT);
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
                    (true, _) => self.pause(next, gap),
                    (false, true) => self.say_before(next, gap),
                    (false, false) => self.bridge(next, gap),
                }
            }
        }
    }

    /// The first packet, at its time; what of it was bridged already is left out.
    fn say(&mut self, next: u64) -> bool {
        let Some(Packet { seq, time, length, payload }) = self.pile.first() else { return false };
        let over = (next - time) as usize;
        (self.seq, self.next) = (*seq, Some(time + length));
        if payload.len() <= SIGN_OF_LIFE {
            let lasts = (*length as usize).saturating_sub(over);
            self.ready.fall_silent(&mut self.decoder, lasts);
        } else {
            self.ready.say(self.decoder.decode(payload).get(over..).unwrap_or_default());
        }
        self.guessed = 0;
        self.pile.drop_first();
        true
    }

    /// What was lost before the first packet, as far as that carries it (RFC 6716, section 2.1.7).
    fn say_before(&mut self, next: u64, gap: u64) -> bool {
        let Some(first) = self.pile.first() else { return false };
        self.ready.say(self.decoder.before(&first.payload, gap as usize));
        (self.next, self.seq) = (Some(next + gap), first.seq.wrapping_sub(1));
        self.guessed = 0;
        true
    }

    /// Nobody spoke: their browser sent nothing, and nothing was lost.
    fn pause(&mut self, next: u64, gap: u64) -> bool {
        if !self.ready.is_silent() {
            let fades = gap.min(FADE as u64);
            self.ready.fall_silent(&mut self.decoder, fades as usize);
            self.next = Some(next + fades);
            return true;
        }
        self.rest(next, gap)
    }

    /// Silence until then, a frame at a time; what would make us later is left out at once.
    fn rest(&mut self, next: u64, gap: u64) -> bool {
        let late = self.off(next);
        let left_out = if late > TOO_LATE { late.min(gap as i64) as u64 } else { 0 };
        let lasts = (gap - left_out).min(FRAME as u64);
        self.ready.rest(lasts as usize);
        self.next = Some(next + left_out + lasts);
        true
    }

    /// A guess at what is missing, more and more softly; silence after that, and rest after half a second.
    fn bridge(&mut self, next: u64, gap: u64) -> bool {
        self.guessed += 1;
        if self.guessed > RESTS {
            self.break_off();
            return false;
        }
        match GUESSES.get(self.guessed - 1).filter(|_| !self.ready.is_silent()) {
            Some(to) => {
                self.ready.guess(self.decoder.guess(FRAME), FRAME, *to);
                self.next = Some(next + FRAME as u64);
                true
            }
            None => self.rest(next, gap),
        }
    }
}
