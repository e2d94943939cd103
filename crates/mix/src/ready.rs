//! Sound that is decoded and not yet heard: without clicks where it begins, ends or was guessed, and a little faster or
//! slower where a clock drifts.

use causerie_opus::{Decoder, FRAME, LONGEST};
use std::collections::VecDeque;

/// Five milliseconds: what begins or ends at once clicks.
pub const FADE: usize = 240;

/// Samples in the order in which they will be heard.
pub struct Ready {
    waiting: VecDeque<f32>,
    /// The one before them.
    last: f32,
    /// Where between two samples the next one is taken, and how far apart they lie.
    between: f64,
    /// Samples that go into each that is heard.
    pub step: f64,
    /// How loud the last of them is: 1 as it was said, 0 for silence of our own.
    loud: f32,
}

impl Default for Ready {
    fn default() -> Self {
        let waiting = VecDeque::with_capacity(2 * LONGEST);
        Self { waiting, last: 0.0, between: 0.0, step: 1.0, loud: 0.0 }
    }
}

impl Ready {
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// How many make the next frame.
    pub fn wanted(&self) -> usize {
        (self.between + (FRAME - 1) as f64 * self.step).ceil() as usize + 1
    }

    /// The last of them is silence of our own.
    pub fn is_silent(&self) -> bool {
        self.loud == 0.0
    }

    /// Something was said. After silence it fades in.
    pub fn say(&mut self, sound: &[f32]) {
        let rises = (((1.0 - self.loud) * FADE as f32).ceil() as usize).min(sound.len());
        for sample in &sound[..rises] {
            self.loud = (self.loud + 1.0 / FADE as f32).min(1.0);
            self.waiting.push_back(sample * self.loud);
        }
        self.waiting.extend(&sound[rises..]);
    }

    /// So many samples of a guess, which become as loud as this; silence where there is no guess.
    pub fn guess(&mut self, guess: &[f32], samples: usize, to: f32) {
        let guess = &guess[..guess.len().min(samples)];
        let slope = (to - self.loud) / guess.len().max(1) as f32;
        let from = self.loud;
        self.waiting.extend(guess.iter().enumerate().map(|(at, sample)| sample * (from + slope * at as f32)));
        self.loud = to;
        if guess.len() < samples {
            self.rest(samples - guess.len());
        }
    }

    /// So many samples in which whoever spoke is silent: what they said fades.
    pub fn fall_silent(&mut self, decoder: &mut Decoder, samples: usize) {
        if self.is_silent() {
            return self.rest(samples);
        }
        self.guess(decoder.guess(FADE), samples, 0.0);
    }

    /// So much silence.
    pub fn rest(&mut self, samples: usize) {
        self.waiting.extend(std::iter::repeat_n(0.0, samples));
        self.loud = 0.0;
    }

    /// So much silence before everything else.
    pub fn wait(&mut self, samples: usize) {
        (0..samples).for_each(|_| self.waiting.push_front(0.0));
    }

    /// Leave out so many, if they are softer than this mean square.
    pub fn leave_out(&mut self, samples: usize, soft: f32) {
        let first = self.waiting.iter().take(samples);
        if first.map(|sample| sample * sample).sum::<f32>() < soft * samples as f32 {
            self.waiting.drain(..samples.min(self.waiting.len()));
        }
    }

    /// A frame of them, taken between samples where a clock is drawn along.
    pub fn take(&mut self, sound: &mut [f32; FRAME]) {
        let mut place = self.between;
        for sample in sound.iter_mut() {
            let at = place as usize;
            let part = (place - at as f64) as f32;
            *sample = if part == 0.0 { self.at(at) } else { self.curve(at, part) };
            place += self.step;
        }
        let over = (place as usize).min(self.waiting.len());
        self.last = over.checked_sub(1).map_or(self.last, |at| self.waiting[at]);
        self.waiting.drain(..over);
        self.between = place - place.floor();
    }

    /// The first five milliseconds, which fade; nothing is left.
    pub fn end(&mut self, tail: &mut [f32; FADE]) {
        for (at, place) in tail.iter_mut().enumerate() {
            *place = self.waiting.get(at).map_or(0.0, |sample| sample * (1.0 - at as f32 / FADE as f32));
        }
        self.waiting.clear();
        (self.last, self.between, self.step, self.loud) = (0.0, 0.0, 1.0, 0.0);
    }

    fn at(&self, at: usize) -> f32 {
        self.waiting.get(at).or(self.waiting.back()).copied().unwrap_or(0.0)
    }

    /// On the curve through four samples, between the middle two.
    fn curve(&self, at: usize, part: f32) -> f32 {
        let a = at.checked_sub(1).map_or(self.last, |at| self.at(at));
        let [b, c, d] = [at, at + 1, at + 2].map(|at| self.at(at));
        let (one, two) = ((c - a) / 2.0, a - 2.5 * b + 2.0 * c - d / 2.0);
        let three = (d - a) / 2.0 + 1.5 * (b - c);
        ((three * part + two) * part + one) * part + b
    }
}

#[cfg(test)]
mod tests {
    use super::{FADE, FRAME, Ready};

    fn tone(at: usize) -> f32 {
        (at as f32 * 440.0 / 48_000.0 * std::f32::consts::TAU).sin()
    }

    #[test]
    fn a_little_faster_is_the_same_curve_over_every_seam() {
        let sound: Vec<f32> = (0..20 * FRAME).map(tone).collect();
        let mut ready = Ready::default();
        ready.say(&sound);
        ready.step = 1.005;
        let mut heard = Vec::new();
        for _ in 0..18 {
            let mut frame = [0.0; FRAME];
            ready.take(&mut frame);
            heard.extend_from_slice(&frame);
        }

        let exact = |at: usize| (at as f32 * 1.005 * 440.0 / 48_000.0 * std::f32::consts::TAU).sin();
        let off = heard.iter().enumerate().skip(2 * FADE).map(|(at, sample)| (sample - exact(at)).abs());
        assert!(off.fold(0.0, f32::max) < 1e-3);
    }

    #[test]
    fn short_pieces_after_a_silence_rise_as_one() {
        let mut ready = Ready::default();
        (0..4).for_each(|_| ready.say(&[1.0; 100]));
        let mut frame = [0.0; FRAME];
        ready.take(&mut frame);

        assert!(frame[..FADE].windows(2).all(|pair| (pair[1] - pair[0] - 1.0 / FADE as f32).abs() < 1e-4));
        assert_eq!(frame[FADE..400], [1.0; 400 - FADE]);
    }

    #[test]
    fn what_ends_fades_and_nothing_is_left() {
        let mut ready = Ready::default();
        ready.say(&[1.0; 3 * FRAME]);
        let (mut frame, mut tail) = ([0.0; FRAME], [9.0; FADE]);
        ready.take(&mut frame);

        ready.end(&mut tail);

        assert!(tail[0] == 1.0 && tail[FADE - 1] < 0.01 && tail.is_sorted_by(|one, next| one >= next));
        assert_eq!((ready.len(), ready.is_silent()), (0, true));
    }
}
