//! The safety delay: what was mixed waits here before anybody in the audience hears it.

use crate::opus::SILENT_FRAME;
use causerie_mix::{FRAME, Mixed};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

const TICK: Duration = Duration::from_millis(20);
const LONGEST: usize = 400;
const MOST: usize = 5;

/// Twenty milliseconds of a programme.
#[derive(Clone, Copy)]
pub struct Tick {
    at: Instant,
    payload: [u8; LONGEST],
    length: usize,
    speakers: [u32; MOST],
    count: usize,
    /// How loud, in −dBov.
    pub level: u8,
    /// Nobody sounds.
    pub quiet: bool,
    /// How much later it leaves than what is said came in.
    pub delay: Duration,
    /// The samples, at 48 kHz.
    pub sound: [f32; FRAME],
}

impl Tick {
    /// As it was mixed at this moment.
    pub fn of(at: Instant, mixed: &Mixed<'_>) -> Self {
        let Mixed { payload, sound, level, speakers, quiet, delay } = *mixed;
        let mut tick = Self { level, quiet, delay, sound: *sound, ..Self::silent(at) };
        (tick.length, tick.count) = (payload.len().min(LONGEST), speakers.len().min(MOST));
        tick.payload[..tick.length].copy_from_slice(&payload[..tick.length]);
        tick.speakers[..tick.count].copy_from_slice(&speakers[..tick.count]);
        tick
    }

    fn silent(at: Instant) -> Self {
        let mut payload = [0; LONGEST];
        payload[..SILENT_FRAME.len()].copy_from_slice(&SILENT_FRAME);
        let (length, speakers, sound) = (SILENT_FRAME.len(), [0; MOST], [0.0; FRAME]);
        Self {
            at,
            payload,
            length,
            speakers,
            count: 0,
            level: 127,
            quiet: true,
            delay: Duration::ZERO,
            sound,
        }
    }

    /// The Opus packet.
    pub fn payload(&self) -> &[u8] {
        &self.payload[..self.length]
    }

    /// Who sounds, the loudest first.
    pub fn speakers(&self) -> &[u32] {
        &self.speakers[..self.count]
    }
}

/// A room's ticks on their way; without a delay each leaves as it comes.
#[derive(Default)]
pub struct Held {
    delay: Duration,
    ticks: VecDeque<Tick>,
}

impl Held {
    /// Hold everything back so long from now on; what waits longer than that already is never heard.
    pub fn hold(&mut self, now: Instant, delay: Duration) {
        self.ticks.retain(|tick| tick.at + delay >= now);
        self.delay = delay;
    }

    /// Drop all that waits; says how much sound that was.
    pub fn dump(&mut self) -> Duration {
        let dropped = TICK * self.ticks.len() as u32;
        self.ticks.clear();
        dropped
    }

    /// A tick comes, and the one whose time has come leaves; silence while there is none.
    pub fn pass(&mut self, tick: Tick) -> Tick {
        self.ticks.push_back(tick);
        let due = self.ticks.front().is_some_and(|first| first.at + self.delay <= tick.at);
        let leaves = due.then(|| self.ticks.pop_front()).flatten().unwrap_or_else(|| Tick::silent(tick.at));
        Tick { delay: leaves.delay + self.delay, ..leaves }
    }
}

#[cfg(test)]
mod tests {
    use super::{Held, TICK, Tick};
    use std::time::{Duration, Instant};

    /// Tick after tick, each with its number as its level; what left, by its level, and none for silence.
    struct Evening {
        held: Held,
        start: Instant,
        count: u8,
    }

    impl Evening {
        fn with(delay: u64) -> Self {
            let mut evening = Self { held: Held::default(), start: Instant::now(), count: 0 };
            evening.hold(delay);
            evening
        }

        fn now(&self) -> Instant {
            self.start + TICK * u32::from(self.count)
        }

        fn hold(&mut self, ticks: u64) {
            let now = self.now();
            self.held.hold(now, Duration::from_millis(20 * ticks));
        }

        fn pass(&mut self, ticks: u8) -> Vec<Option<u8>> {
            let passed = (0..ticks).map(|_| {
                let tick = Tick { level: self.count, quiet: false, ..Tick::silent(self.now()) };
                self.count += 1;
                let left = self.held.pass(tick);
                (!left.quiet).then_some(left.level)
            });
            passed.collect()
        }
    }

    #[test]
    fn without_a_delay_each_leaves_as_it_comes() {
        assert_eq!(Evening::with(0).pass(3), [Some(0), Some(1), Some(2)]);
    }

    #[test]
    fn what_is_held_back_is_heard_later_and_in_silence_until_then() {
        assert_eq!(Evening::with(3).pass(6), [None, None, None, Some(0), Some(1), Some(2)]);
    }

    #[test]
    fn what_is_dumped_is_never_heard() {
        let mut evening = Evening::with(2);
        let before = evening.pass(4);

        let dropped = evening.held.dump();

        assert_eq!((before, dropped), (vec![None, None, Some(0), Some(1)], 2 * TICK));
        assert_eq!(evening.pass(4), [None, None, Some(4), Some(5)]);
    }

    #[test]
    fn a_shorter_delay_leaves_out_what_waited_longer() {
        let mut evening = Evening::with(4);
        evening.pass(6);

        evening.hold(1);

        assert_eq!(evening.pass(3), [Some(5), Some(6), Some(7)]);
    }

    #[test]
    fn a_longer_delay_waits_in_silence_for_the_rest() {
        let mut evening = Evening::with(1);
        evening.pass(3);

        evening.hold(3);

        assert_eq!(evening.pass(4), [None, None, Some(2), Some(3)]);
    }

    #[test]
    fn what_leaves_says_how_long_mixing_and_holding_took() {
        let mut evening = Evening::with(3);
        let now = evening.now();
        let mixed = Tick { delay: Duration::from_millis(45), quiet: false, ..Tick::silent(now) };

        let first = evening.held.pass(mixed);
        let later = evening.held.pass(Tick::silent(now + TICK * 3));

        assert_eq!(
            [first, later].map(|tick| (tick.quiet, tick.delay.as_millis())),
            [(true, 60), (false, 105)]
        );
    }
}
