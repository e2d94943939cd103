//! Keeps the sum of voices below full scale: it sees five milliseconds ahead, so that nothing is cut off.

use causerie_opus::FRAME;

/// Five milliseconds.
pub const AHEAD: usize = 240;
/// −1 dB below full scale, between samples too.
const CEILING: f32 = 0.891;
/// How much of the way back to full is gone with each sample: a tenth of a second.
const BACK: f32 = 1.0 / 4800.0;
/// The curve through eight samples (Lagrange's), in its middle: each half of them counts so.
const HALFWAY: [f32; 4] = [-5.0 / 2048.0, 49.0 / 2048.0, -245.0 / 2048.0, 1225.0 / 2048.0];
/// As good as all.
const NEARLY: f32 = 0.9999;

/// A delay of five milliseconds with a hand on the volume.
pub struct Limiter {
    sound: [f32; AHEAD],
    /// The factor each of these samples asks for, the smallest of them, and what was held when each came.
    wanted: [f32; AHEAD],
    least: f32,
    lowest: [f32; AHEAD],
    sum: f64,
    at: usize,
    released: f32,
    last: [f32; 8],
}

impl Default for Limiter {
    fn default() -> Self {
        let (sound, full) = ([0.0; AHEAD], [1.0; AHEAD]);
        Self {
            sound,
            wanted: full,
            least: 1.0,
            lowest: full,
            sum: AHEAD as f64,
            at: 0,
            released: 1.0,
            last: [0.0; 8],
        }
    }
}

impl Limiter {
    /// A frame, five milliseconds later and nowhere too loud.
    pub fn limit(&mut self, sound: &mut [f32; FRAME]) {
        for sample in sound {
            *sample = self.pass(*sample);
        }
    }

    /// One sample goes in, the one of five milliseconds ago comes out.
    fn pass(&mut self, sample: f32) -> f32 {
        let peak = self.peak(sample);
        let wanted = if peak > CEILING { CEILING / peak } else { 1.0 };
        let held = self.held(wanted);
        // Down at once, back slowly; then evened out over as long as we see ahead, so that it is down in time.
        let back = self.released + (1.0 - self.released) * BACK;
        self.released = held.min(if back > NEARLY { 1.0 } else { back });
        self.sum += f64::from(self.released) - f64::from(self.lowest[self.at]);
        self.lowest[self.at] = self.released;
        let out = std::mem::replace(&mut self.sound[self.at], sample);
        self.at = (self.at + 1) % AHEAD;
        (out * (self.sum / AHEAD as f64) as f32).clamp(-CEILING, CEILING)
    }

    /// The smallest factor asked for by any sample that has not come out, now that another one came. All have to be looked
    /// at only where it was the one that came out which asked for it.
    fn held(&mut self, wanted: f32) -> f32 {
        let gone = std::mem::replace(&mut self.wanted[self.at], wanted);
        self.least = if gone > self.least || wanted <= self.least {
            self.least.min(wanted)
        } else {
            self.wanted.iter().copied().fold(1.0, f32::min)
        };
        self.least
    }

    /// The loudest of this sample and of the curve halfway between two a little before it.
    fn peak(&mut self, sample: f32) -> f32 {
        self.last.rotate_left(1);
        self.last[7] = sample;
        let [a, b, c, d, e, f, g, h] = self.last;
        let between =
            (a + h) * HALFWAY[0] + (b + g) * HALFWAY[1] + ((c + f) * HALFWAY[2] + (d + e) * HALFWAY[3]);
        sample.abs().max(between.abs())
    }
}

#[cfg(test)]
mod tests {
    use super::{AHEAD, CEILING, Limiter};
    use causerie_opus::FRAME;

    fn limited(sound: impl Fn(usize) -> f32, frames: usize) -> Vec<f32> {
        let mut limiter = Limiter::default();
        let mut all = Vec::new();
        for frame in 0..frames {
            let mut piece = [0.0; FRAME];
            piece.iter_mut().enumerate().for_each(|(at, sample)| *sample = sound(frame * FRAME + at));
            limiter.limit(&mut piece);
            all.extend_from_slice(&piece);
        }
        all
    }

    fn tone(peak: f32) -> impl Fn(usize) -> f32 {
        move |at| peak * (at as f32 * 440.0 / 48_000.0 * std::f32::consts::TAU).sin()
    }

    #[test]
    fn what_is_soft_enough_comes_out_as_it_was() {
        let out = limited(tone(0.8), 10);

        let same = out[AHEAD..].iter().enumerate().all(|(at, sample)| (sample - tone(0.8)(at)).abs() < 1e-4);
        assert!(same);
    }

    #[test]
    fn five_times_full_scale_comes_out_below_it_and_without_being_cut() {
        let out = limited(tone(5.0), 50);

        assert!(out.iter().all(|sample| sample.abs() <= CEILING));
        let settled = &out[20 * FRAME..];
        let flat = settled.windows(2).filter(|pair| pair[0] == pair[1] && pair[0].abs() > 0.8).count();
        assert!(flat < settled.len() / 1000, "{flat} samples are cut off");
    }

    /// The loudest place of the curve through these samples, looked at in quarters (ITU-R BS.1770-5, annex 2).
    fn true_peak(sound: &[f32]) -> f32 {
        let weigh = |away: f32| {
            let turn = std::f32::consts::PI * away;
            turn.sin() / turn * (0.5 + 0.5 * (turn / 17.0).cos())
        };
        let between = |at: usize, part: f32| -> f32 {
            (0..32).map(|tap| sound[at + tap] * weigh(tap as f32 - 15.0 - part)).sum()
        };
        let quarters =
            |at| [0.25, 0.5, 0.75].map(|part| between(at, part).abs()).into_iter().fold(0.0, f32::max);
        (0..sound.len() - 32).map(quarters).fold(0.0, f32::max)
    }

    #[test]
    fn between_samples_it_is_not_louder_either() {
        for hz in [440.0, 3000.0, 7000.0, 12_000.0] {
            let tone =
                |at: usize| 3.0 * ((at as f32 * hz / 48_000.0 + 0.125).fract() * std::f32::consts::TAU).sin();
            let peak = true_peak(&limited(tone, 12)[5 * FRAME..]);

            assert!(peak <= CEILING * 1.03, "{hz} Hz: {peak}");
        }
    }

    #[test]
    fn after_a_bang_it_comes_back_within_a_second() {
        let out = limited(|at| if at < 480 { tone(4.0)(at) } else { tone(0.5)(at) }, 60);

        let late = out[50 * FRAME..].iter().fold(0.0_f32, |most, sample| most.max(sample.abs()));
        assert!((0.49..=0.501).contains(&late), "{late}");
    }
}
