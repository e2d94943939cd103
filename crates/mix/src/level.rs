//! Who speaks softly is brought up, who speaks loudly down: slowly, so that nobody hears it happen.

/// Where everybody is brought: the loudness of speech, as mean power below full scale (dB).
const TARGET: f32 = -18.0;
/// As far as that goes, either way.
const MOST: f32 = 12.0;
/// Softer than this nobody speaks, and nothing is learned from it.
const SPEECH: f32 = -45.0;
/// How much of a frame goes into what is known of a voice: about four seconds.
const SLOW: f32 = 0.005;
/// In the beginning quicker: about half a second.
const QUICK: f32 = 0.04;
const BEGINNING: u32 = 50;
/// How far the gain goes in one frame (dB): six decibels a second.
const STEP: f32 = 0.12;

/// One speaker's loudness.
#[derive(Default)]
pub struct Level {
    power: f32,
    frames: u32,
    /// In decibels.
    gain: f32,
}

impl Level {
    /// A frame of this mean square; gives the factor to begin and to end it with.
    pub fn follow(&mut self, square: f32) -> (f32, f32) {
        let before = self.gain;
        if decibels(square) > SPEECH {
            let share = if self.frames < BEGINNING { QUICK } else { SLOW };
            self.power += if self.frames == 0 { square } else { (square - self.power) * share };
            self.frames += 1;
            let wanted = (TARGET - decibels(self.power)).clamp(-MOST, MOST);
            self.gain += (wanted - self.gain).clamp(-STEP, STEP);
        }
        (factor(before), factor(self.gain))
    }
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
    use super::{Level, decibels};

    fn after(seconds: u32, db: f32) -> f32 {
        let mut level = Level::default();
        let square = 10.0_f32.powf(db / 10.0);
        let last = (0..seconds * 50).map(|_| level.follow(square).1).last();
        decibels(square * last.unwrap_or(0.0).powi(2))
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
        let steps: Vec<_> = (0..100).map(|_| level.follow(10.0_f32.powf(-4.0))).collect();

        assert!(steps.iter().all(|(from, to)| (to / from - 1.0).abs() < 0.015));
        let before = level.follow(1e-9);
        assert_eq!(before.0, before.1);
    }
}
