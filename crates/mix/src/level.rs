//! Who speaks softly is brought up, who speaks loudly down: slowly, so that nobody hears it happen.

use causerie_opus::FRAME;

/// Where everybody is brought: −18 LUFS (ITU-R BS.1770-5).
const TARGET: f32 = -18.0;
/// As far as that goes, either way (dB).
const MOST: f32 = 12.0;
/// Softer than this nobody speaks, and nothing is learned from it.
const SPEECH: f32 = -45.0;
/// A pause between words is part of speech: 400 ms, as a block of BS.1770.
const PAUSE: u32 = 20;
/// How much of a frame goes into what is known of a voice: about four seconds.
const SLOW: f32 = 0.005;
/// In the beginning quicker: about half a second.
const QUICK: f32 = 0.04;
const BEGINNING: u32 = 50;
/// −3 dB below full scale: louder nobody is by themselves, or the limiter would press down those beside them too.
const CEILING: f32 = 0.708;
/// How much of the way back from there is gone with each frame: a fifth of a second.
const BACK: f32 = 0.1;
/// How far the gain goes in one frame (dB): six decibels a second.
const STEP: f32 = 0.12;

/// One speaker's loudness.
pub struct Level {
    ear: Ear,
    power: f32,
    frames: u32,
    /// Frames since they spoke.
    pause: u32,
    /// In decibels.
    gain: f32,
    /// What keeps them below the ceiling.
    held: f32,
}

impl Default for Level {
    fn default() -> Self {
        Self { ear: Ear::default(), power: 0.0, frames: 0, pause: PAUSE, gain: 0.0, held: 1.0 }
    }
}

impl Level {
    /// A frame of theirs; gives the factor to begin and to end it with.
    pub fn follow(&mut self, sound: &[f32; FRAME]) -> (f32, f32) {
        let power = self.ear.hear(sound);
        let before = self.gain;
        self.pause = if decibels(power) > SPEECH { 0 } else { self.pause.saturating_add(1) };
        if self.pause < PAUSE {
            let share = if self.frames < BEGINNING { QUICK } else { SLOW };
            self.power += if self.frames == 0 { power } else { (power - self.power) * share };
            self.frames = self.frames.saturating_add(1);
            let wanted = (TARGET - decibels(self.power)).clamp(-MOST, MOST);
            self.gain += (wanted - self.gain).clamp(-STEP, STEP);
        }
        self.hold(sound, (factor(before), factor(self.gain)))
    }

    /// Down at once where they are too loud by themselves, and slowly back.
    fn hold(&mut self, sound: &[f32; FRAME], (from, to): (f32, f32)) -> (f32, f32) {
        let peak = sound.iter().fold(0.0_f32, |most, sample| most.max(sample.abs())) * from.max(to);
        let wanted = if peak > CEILING { CEILING / peak } else { 1.0 };
        let before = self.held.min(wanted);
        self.held = wanted.min(before + (1.0 - before) * BACK);
        (from * before, to * self.held)
    }
}

/// What of a sound is loud to people: its treble more, the lowest bass not at all (BS.1770-5, annex 1, for 48 kHz).
#[derive(Default)]
struct Ear([[f64; 2]; 2]);

/// Of each filter b₀, b₁, b₂, a₁, a₂.
const HEAD: [f64; 5] = [
    1.535_124_859_586_97,
    -2.691_696_189_406_38,
    1.198_392_810_852_85,
    -1.690_659_293_182_41,
    0.732_480_774_215_85,
];
const BASS: [f64; 5] = [1.0, -2.0, 1.0, -1.990_047_454_833_98, 0.990_072_250_366_21];
/// −0.691 dB: a tone of 1 kHz counts as it is.
const ALIKE: f64 = 0.852_9;

impl Ear {
    /// The power of a frame, as people hear it.
    fn hear(&mut self, sound: &[f32; FRAME]) -> f32 {
        let [head, bass] = &mut self.0;
        let power: f64 =
            sound.iter().map(|sample| pass(&BASS, bass, pass(&HEAD, head, f64::from(*sample))).powi(2)).sum();
        (ALIKE * power / FRAME as f64) as f32
    }
}

fn pass([b0, b1, b2, a1, a2]: &[f64; 5], kept: &mut [f64; 2], sample: f64) -> f64 {
    let out = b0 * sample + kept[0];
    *kept = [b1 * sample - a1 * out + kept[1], b2 * sample - a2 * out];
    out
}

/// Mean square to decibels below full scale.
pub fn decibels(square: f32) -> f32 {
    10.0 * square.max(1e-12).log10()
}

fn factor(gain: f32) -> f32 {
    10.0_f32.powf(gain / 20.0)
}

#[cfg(test)]
mod tests {
    use super::{Ear, Level, PAUSE, decibels};
    use causerie_opus::FRAME;

    /// A frame of a tone of so many decibels.
    fn tone(hz: f32, db: f32, frame: usize) -> [f32; FRAME] {
        let peak = 10.0_f32.powf((db + 3.01) / 20.0);
        let turn = |at: usize| ((frame * FRAME + at) as f32 * hz / 48_000.0).fract() * std::f32::consts::TAU;
        std::array::from_fn(|at| peak * turn(at).sin())
    }

    fn after(seconds: usize, db: f32) -> f32 {
        let mut level = Level::default();
        let last = (0..seconds * 50).map(|at| level.follow(&tone(1000.0, db, at)).1).last();
        db + decibels(last.unwrap_or(0.0).powi(2))
    }

    #[test]
    fn soft_and_loud_voices_come_together_as_far_as_that_goes() {
        assert!((after(5, -28.0) + 18.0).abs() < 0.5, "{}", after(5, -28.0));
        assert!((after(5, -8.0) + 18.0).abs() < 0.5, "{}", after(5, -8.0));
        assert!((after(9, -40.0) + 28.0).abs() < 0.5, "{}", after(9, -40.0));
    }

    #[test]
    fn it_goes_slowly_and_silence_changes_nothing() {
        let mut level = Level::default();
        let steps: Vec<_> = (0..100).map(|at| level.follow(&tone(1000.0, -40.0, at))).collect();
        let pause: Vec<_> = (0..100).map(|_| level.follow(&[0.0; FRAME])).collect();

        assert!(steps.iter().all(|(from, to)| (to / from - 1.0).abs() < 0.015));
        assert!(pause[PAUSE as usize..].iter().all(|(from, to)| from == to));
    }

    #[test]
    fn who_bangs_is_held_down_at_once_and_let_go_slowly() {
        let mut level = Level::default();
        let mut bang = tone(1000.0, -20.0, 0);
        bang[700] = 3.0;

        let (during, after) = (level.follow(&bang), level.follow(&tone(1000.0, -20.0, 1)));
        let later = (0..50).map(|at| level.follow(&tone(1000.0, -20.0, at))).last();

        assert!(during.0 * 3.0 <= 0.709 && during.1 * 3.0 <= 0.709, "{during:?}");
        assert!(after.1 > after.0 && after.1 < 0.4, "{after:?}");
        assert!(later.is_some_and(|(from, _)| from > 0.98), "{later:?}");
    }

    #[test]
    fn hum_is_not_loud_and_treble_is() {
        let heard = |hz| {
            let mut ear = Ear::default();
            let frames = (0..50).map(|at| ear.hear(&tone(hz, -20.0, at)));
            decibels(frames.last().unwrap_or(0.0))
        };

        // By the curve of BS.1770-5: 0 dB at 1 kHz, 3.3 more at 8 kHz, a quarter at 20 Hz.
        assert!((heard(1000.0) + 20.0).abs() < 0.1, "{}", heard(1000.0));
        assert!((heard(8000.0) + 16.7).abs() < 0.2, "{}", heard(8000.0));
        assert!(heard(20.0) < -32.0, "{}", heard(20.0));
    }
}
