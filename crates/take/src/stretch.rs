//! Sound a little longer or shorter: a clock that drifts is kept with the room's.

/// Less than this is not heard in a day.
const NOTHING: f64 = 1e-7;

/// One stretch of sound that goes through without a seam.
#[derive(Debug)]
pub(crate) struct Stretch {
    /// Input samples for each output sample; none when there is nothing to do.
    step: Option<f64>,
    /// Where the next output lies between the second and the third of the last four.
    at: f64,
    last: [f32; 4],
}

impl Stretch {
    /// As much longer as this says, 1 for as it is.
    pub fn by(factor: f64) -> Self {
        let step = ((factor - 1.0).abs() > NOTHING).then_some(1.0 / factor);
        Self { step, at: 1.0, last: [0.0; 4] }
    }

    /// Pass these samples on.
    pub fn pass(&mut self, sound: &[f32], out: &mut Vec<f32>) {
        let Some(step) = self.step else { return out.extend_from_slice(sound) };
        for sample in sound {
            self.last = [self.last[1], self.last[2], self.last[3], *sample];
            self.at -= 1.0;
            while self.at < 1.0 {
                out.push(between(self.last, self.at as f32));
                self.at += step;
            }
        }
    }
}

/// Four-point Hermite interpolation between the second and the third.
fn between([before, from, to, after]: [f32; 4], at: f32) -> f32 {
    let slope = (to - before) / 2.0;
    let curve = before - 2.5 * from + 2.0 * to - after / 2.0;
    let bend = (after - before) / 2.0 + 1.5 * (from - to);
    ((bend * at + curve) * at + slope) * at + from
}

#[cfg(test)]
mod tests {
    use super::Stretch;

    #[test]
    fn as_much_longer_as_asked_and_as_it_was_between() {
        let tone = |at: f64| (at * 440.0 / 48_000.0 * std::f64::consts::TAU).sin() as f32;
        let sound: Vec<f32> = (0..480_000).map(|at| tone(f64::from(at))).collect();
        let mut out = Vec::new();
        let mut stretch = Stretch::by(1.0003);

        sound.chunks(960).for_each(|part| stretch.pass(part, &mut out));

        assert!(out.len().abs_diff(480_144) <= 2, "{}", out.len());
        // Two samples under way.
        let worst =
            out.iter().enumerate().skip(8).map(|(at, it)| (it - tone(at as f64 / 1.0003 - 2.0)).abs());
        assert!(worst.fold(0.0, f32::max) < 1e-3);
    }

    #[test]
    fn a_clock_that_keeps_time_is_not_touched() {
        let mut out = Vec::new();
        Stretch::by(1.0).pass(&[0.25, -0.5], &mut out);
        assert_eq!(out, [0.25, -0.5]);
    }
}
