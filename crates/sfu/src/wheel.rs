//! When each connection wants to be woken: a wheel of millisecond slots, so that nobody else is asked.

use std::time::{Duration, Instant};

const SLOTS: u64 = 4096;
const WORDS: usize = (SLOTS / 64) as usize;
/// Those who can wait do so for the next of these moments, so many milliseconds apart: a thousand listeners with a second's
/// turn each would otherwise wake the worker, and be woken by it, at every millisecond.
const TOGETHER: u64 = 20;

/// Wakes numbers at their times; what lies beyond the wheel's four seconds wakes early and is set again.
pub(crate) struct Wheel {
    start: Instant,
    /// All ticks before this one are done.
    done: u64,
    slots: Vec<Vec<u32>>,
    filled: [u64; WORDS],
}

impl Wheel {
    pub fn new(start: Instant) -> Self {
        Self { start, done: 0, slots: vec![Vec::new(); SLOTS as usize], filled: [0; WORDS] }
    }

    /// Wake this number at `when` or a little later, but never more than the wheel holds; says at which tick.
    pub fn set(&mut self, number: u32, when: Instant) -> u64 {
        let tick = self.tick(when).clamp(self.done, self.done + SLOTS - 1);
        let slot = (tick % SLOTS) as usize;
        self.slots[slot].push(number);
        self.filled[slot / 64] |= 1 << (slot % 64);
        tick
    }

    /// The first moment from `when` on at which those wake together who can wait.
    pub fn together(&self, when: Instant) -> Instant {
        self.start + Duration::from_millis(self.tick(when).next_multiple_of(TOGETHER))
    }

    /// Move everything due by now into `due`.
    pub fn turn(&mut self, now: Instant, due: &mut Vec<u32>) {
        let passed = now.saturating_duration_since(self.start).as_millis() as u64;
        while let Some(tick) = self.next().filter(|tick| *tick <= passed) {
            let slot = (tick % SLOTS) as usize;
            due.append(&mut self.slots[slot]);
            self.filled[slot / 64] &= !(1 << (slot % 64));
            self.done = tick;
        }
        self.done = self.done.max(passed);
    }

    /// When the next one is due.
    pub fn deadline(&self) -> Option<Instant> {
        self.next().map(|tick| self.start + Duration::from_millis(tick))
    }

    /// The tick at which `when` has passed.
    pub fn tick(&self, when: Instant) -> u64 {
        when.saturating_duration_since(self.start).as_micros().div_ceil(1000) as u64
    }

    fn next(&self) -> Option<u64> {
        let from = (self.done % SLOTS) as usize;
        let beyond = (0..=WORDS).find_map(|step| {
            let word = (from / 64 + step) % WORDS;
            let bits = match step {
                0 => self.filled[word] & (!0 << (from % 64)),
                WORDS => self.filled[word] & !(!0 << (from % 64)),
                _ => self.filled[word],
            };
            (bits != 0).then(|| word * 64 + bits.trailing_zeros() as usize)
        })?;
        Some(self.done + (beyond as u64 + SLOTS - from as u64) % SLOTS)
    }
}

#[cfg(test)]
mod tests {
    use super::Wheel;
    use std::time::{Duration, Instant};

    fn due(wheel: &mut Wheel, now: Instant) -> Vec<u32> {
        let mut due = Vec::new();
        wheel.turn(now, &mut due);
        due
    }

    #[test]
    fn each_wakes_at_its_time_in_order() {
        let start = Instant::now();
        let mut wheel = Wheel::new(start);
        for (number, millis) in [(1, 30), (2, 10), (3, 10), (4, 3000)] {
            wheel.set(number, start + Duration::from_millis(millis));
        }

        let first = wheel.deadline();
        let woken: Vec<_> = [9, 10, 29, 31, 2999, 3000]
            .map(|millis| due(&mut wheel, start + Duration::from_millis(millis)))
            .into();

        assert_eq!(first, Some(start + Duration::from_millis(10)));
        assert_eq!(woken, [vec![], vec![2, 3], vec![], vec![1], vec![], vec![4]]);
        assert_eq!(wheel.deadline(), None);
    }

    #[test]
    fn what_lies_beyond_the_wheel_wakes_early_and_what_is_past_wakes_at_once() {
        let start = Instant::now();
        let mut wheel = Wheel::new(start);
        let later = start + Duration::from_secs(100);
        due(&mut wheel, later);

        wheel.set(1, start);
        wheel.set(2, later + Duration::from_secs(60));

        assert_eq!(due(&mut wheel, later), [1]);
        assert_eq!(wheel.deadline(), Some(later + Duration::from_millis(4095)));
        assert_eq!(due(&mut wheel, later + Duration::from_secs(5)), [2]);
    }

    #[test]
    fn those_who_can_wait_wake_together() {
        let start = Instant::now();
        let mut wheel = Wheel::new(start);

        for (number, micros) in [(1, 20_001), (2, 33_000), (3, 40_000), (4, 40_001)] {
            wheel.set(number, wheel.together(start + Duration::from_micros(micros)));
        }

        let woken = [39, 40, 59, 60].map(|millis| due(&mut wheel, start + Duration::from_millis(millis)));
        assert_eq!(woken, [vec![], vec![1, 2, 3], vec![], vec![4]]);
    }

    #[test]
    fn the_wheel_goes_round_many_times() {
        let start = Instant::now();
        let mut wheel = Wheel::new(start);

        for round in 1..5000_u32 {
            let when = start + Duration::from_millis(u64::from(round) * 7);
            wheel.set(round, when);
            assert_eq!(wheel.deadline(), Some(when));
            assert_eq!(due(&mut wheel, when), [round]);
        }
    }
}
