//! How far a worker is behind: the longest it had no moment of rest, from when it should have begun.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// The kernel answers faster than this where something waits already: that was no rest.
const REST: Duration = Duration::from_micros(50);

/// One worker's; written by it alone, read by whoever asks.
pub struct Lag {
    began: Instant,
    /// Since when it has been at work without rest, in microseconds; 0 while it rests.
    busy: AtomicU64,
    second: AtomicU64,
    /// The worst of this second and of the one before, which is which by whether they are even.
    worst: [AtomicU64; 2],
}

/// What a worker remembers while it looks whether there is more.
#[derive(Debug, Clone, Copy)]
pub struct Pause {
    at: Instant,
    busy: u64,
}

impl Lag {
    /// At the beginning, at rest.
    pub fn new(now: Instant) -> Self {
        Self { began: now, busy: AtomicU64::new(0), second: AtomicU64::new(0), worst: Default::default() }
    }

    /// A round is over; the worker goes to sleep, unless something waits.
    pub fn pauses(&self, now: Instant) -> Pause {
        let at = self.micros(now);
        let busy = match self.busy.swap(0, Relaxed) {
            0 => at,
            since => since,
        };
        self.note(at / 1_000_000, at.saturating_sub(busy));
        Pause { at: now, busy }
    }

    /// The next round begins; it should have begun at `planned`.
    pub fn resumes(&self, pause: Pause, planned: Option<Instant>, now: Instant) {
        let rested = now.saturating_duration_since(pause.at) >= REST;
        let since = planned.unwrap_or(now).min(now).max(pause.at);
        let busy = if rested { self.micros(since) } else { pause.busy };
        self.busy.store(busy.max(1), Relaxed);
    }

    /// The worst of the last second or two, what goes on just now included.
    pub fn worst(&self, now: Instant) -> Duration {
        let at = self.micros(now);
        let going_on = match self.busy.load(Relaxed) {
            0 => 0,
            since => at.saturating_sub(since),
        };
        let old = (at / 1_000_000).saturating_sub(self.second.load(Relaxed)) > 1;
        let worst = if old { 0 } else { self.worst.iter().map(|one| one.load(Relaxed)).max().unwrap_or(0) };
        Duration::from_micros(worst.max(going_on))
    }

    fn note(&self, second: u64, lag: u64) {
        let before = self.second.swap(second, Relaxed);
        if second > before {
            self.slot(second).store(0, Relaxed);
        }
        if second > before + 1 {
            self.slot(second + 1).store(0, Relaxed);
        }
        self.slot(second).fetch_max(lag, Relaxed);
    }

    fn slot(&self, second: u64) -> &AtomicU64 {
        &self.worst[usize::from(second % 2 == 1)]
    }

    fn micros(&self, now: Instant) -> u64 {
        now.saturating_duration_since(self.began).as_micros().try_into().unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::Lag;
    use std::time::{Duration, Instant};

    /// A worker whose time is told in milliseconds.
    struct Told {
        lag: Lag,
        zero: Instant,
    }

    impl Told {
        fn new() -> Self {
            let zero = Instant::now();
            Self { lag: Lag::new(zero), zero }
        }

        fn at(&self, ms: u64) -> Instant {
            self.zero + Duration::from_millis(ms)
        }

        /// It sleeps until `awake`, though it wanted to be awake at `planned`.
        fn sleeps(&self, from: u64, planned: u64, awake: u64) {
            let pause = self.lag.pauses(self.at(from));
            self.lag.resumes(pause, Some(self.at(planned)), self.at(awake));
        }

        fn worst(&self, at: u64) -> u128 {
            self.lag.worst(self.at(at)).as_millis()
        }
    }

    #[test]
    fn who_wakes_in_time_and_rests_after_each_round_is_never_far_behind() {
        let told = Told::new();

        for tick in 1..100 {
            told.sleeps(tick * 20 + 2, tick * 20 + 20, tick * 20 + 20);
        }

        assert_eq!(told.worst(2_000), 2);
    }

    #[test]
    fn a_round_that_begins_late_is_behind_from_when_it_should_have_begun() {
        let told = Told::new();

        told.sleeps(100, 120, 170);
        told.sleeps(180, 200, 200);

        assert_eq!(told.worst(201), 60);
    }

    #[test]
    fn rounds_without_rest_between_them_add_up() {
        let told = Told::new();

        told.sleeps(100, 120, 120);
        for round in 0..10 {
            told.sleeps(140 + round * 20, 0, 140 + round * 20);
        }
        told.lag.pauses(told.at(340));

        assert_eq!(told.worst(341), 220);
    }

    #[test]
    fn a_worker_that_is_stuck_is_seen_while_it_is() {
        let told = Told::new();

        told.sleeps(100, 120, 120);

        assert_eq!((told.worst(130), told.worst(5_120)), (10, 5_000));
    }

    #[test]
    fn what_was_is_forgotten_after_two_seconds() {
        let told = Told::new();

        told.sleeps(100, 120, 120);
        told.sleeps(620, 700, 700);
        told.lag.pauses(told.at(701));

        assert_eq!((told.worst(1_900), told.worst(2_100)), (500, 0));
        told.sleeps(4_000, 4_001, 4_001);
        told.lag.pauses(told.at(4_003));
        assert_eq!(told.worst(4_003), 2);
    }
}
