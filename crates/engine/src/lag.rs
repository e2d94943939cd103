//! How far a worker is behind, and how much of its time is taken: what says whether this machine can carry more.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

const SECOND: u64 = 1_000_000;

/// One worker's; written by it alone, read by whoever asks. Microseconds, all of them.
pub struct Lag {
    began: Instant,
    /// Since when something waits that is not done, 0 while nothing does.
    since: AtomicU64,
    /// When it went to work last, 0 while it sleeps.
    awake: AtomicU64,
    second: AtomicU64,
    /// Of this second and of the one before, which is which by whether they are even: how late something was done at worst,
    /// and for how long it was at work.
    worst: [AtomicU64; 2],
    worked: [AtomicU64; 2],
}

impl Lag {
    /// At the beginning, at rest.
    pub fn new(now: Instant) -> Self {
        let (since, awake, second) = Default::default();
        Self { began: now, since, awake, second, worst: Default::default(), worked: Default::default() }
    }

    /// A round begins; it should have begun at `planned`.
    pub fn begins(&self, planned: Option<Instant>, now: Instant) {
        let due = self.micros(planned.unwrap_or(now).min(now)).max(1);
        let waits = self.since.load(Relaxed);
        self.since.store(if waits == 0 { due } else { waits.min(due) }, Relaxed);
        self.awake.store(self.micros(now).max(1), Relaxed);
    }

    /// A round is over. What it `left` of its work waits on.
    pub fn ends(&self, left: bool, now: Instant) {
        let at = self.micros(now);
        self.turn(at / SECOND);
        let late = at.saturating_sub(self.since.load(Relaxed));
        self.slot(&self.worst, at / SECOND).fetch_max(late, Relaxed);
        let worked = at.saturating_sub(self.awake.swap(0, Relaxed));
        self.slot(&self.worked, at / SECOND).fetch_add(worked, Relaxed);
        if !left {
            self.since.store(0, Relaxed);
        }
    }

    /// The worst of the last second or two, what goes on just now included.
    pub fn worst(&self, now: Instant) -> Duration {
        let at = self.micros(now);
        let going_on = match self.since.load(Relaxed) {
            0 => 0,
            since => at.saturating_sub(since),
        };
        let worst = self.worst.iter().map(|one| one.load(Relaxed)).max().unwrap_or(0);
        Duration::from_micros(if self.is_old(at) { going_on } else { worst.max(going_on) })
    }

    /// Which share of the last whole second it was at work, in thousandths; all of it where one round is longer.
    pub fn busy(&self, now: Instant) -> u64 {
        let at = self.micros(now);
        let awake = self.awake.load(Relaxed);
        if awake > 0 && at.saturating_sub(awake) > SECOND {
            return 1000;
        }
        let whole = (at / SECOND).checked_sub(1).filter(|whole| *whole <= self.second.load(Relaxed));
        whole.map_or(0, |whole| (self.slot(&self.worked, whole).load(Relaxed) / 1000).min(1000))
    }

    fn is_old(&self, at: u64) -> bool {
        (at / SECOND).saturating_sub(self.second.load(Relaxed)) > 1
    }

    /// What was noted two seconds ago makes room.
    fn turn(&self, second: u64) {
        let before = self.second.swap(second, Relaxed);
        for gone in [second, second + 1].into_iter().take((second - before).min(2) as usize) {
            self.slot(&self.worst, gone).store(0, Relaxed);
            self.slot(&self.worked, gone).store(0, Relaxed);
        }
    }

    fn slot<'a>(&self, both: &'a [AtomicU64; 2], second: u64) -> &'a AtomicU64 {
        &both[usize::from(second % 2 == 1)]
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

        /// A round that was planned for a moment begins and ends.
        fn works(&self, planned: u64, from: u64, to: u64) {
            self.lag.begins(Some(self.at(planned)), self.at(from));
            self.lag.ends(false, self.at(to));
        }

        fn worst(&self, at: u64) -> u128 {
            self.lag.worst(self.at(at)).as_millis()
        }
    }

    #[test]
    fn who_begins_in_time_is_as_far_behind_as_a_round_is_long_be_there_rest_or_not() {
        let (rests, never) = (Told::new(), Told::new());

        for tick in 1..100 {
            rests.works(tick * 20, tick * 20, tick * 20 + 2);
            never.works(tick * 20, tick * 20, tick * 20 + 20);
        }

        assert_eq!((rests.worst(2_000), never.worst(2_000)), (2, 20));
    }

    #[test]
    fn a_round_that_begins_late_is_behind_from_when_it_should_have_begun() {
        let told = Told::new();

        told.works(120, 170, 180);
        told.works(200, 200, 201);

        assert_eq!(told.worst(201), 60);
    }

    #[test]
    fn what_is_left_over_waits_since_the_round_in_which_it_came() {
        let told = Told::new();

        for round in 0..10 {
            told.lag.begins(None, told.at(120 + round * 20));
            told.lag.ends(round < 9, told.at(140 + round * 20));
        }
        told.works(400, 400, 401);

        assert_eq!(told.worst(401), 200);
    }

    #[test]
    fn a_worker_that_is_stuck_is_seen_while_it_is() {
        let told = Told::new();

        told.lag.begins(None, told.at(120));

        assert_eq!((told.worst(130), told.worst(5_120)), (10, 5_000));
        assert_eq!(told.lag.busy(told.at(5_120)), 1000);
    }

    #[test]
    fn what_was_is_forgotten_after_two_seconds() {
        let told = Told::new();

        told.works(200, 700, 701);

        assert_eq!((told.worst(1_900), told.worst(2_100)), (501, 0));
        told.works(4_001, 4_001, 4_003);
        assert_eq!(told.worst(4_003), 2);
    }

    #[test]
    fn how_busy_it_is_is_said_of_the_last_whole_second() {
        let told = Told::new();

        for tick in 0..50 {
            told.works(tick * 20, tick * 20, tick * 20 + 15);
        }
        let in_it = told.lag.busy(told.at(990));
        for tick in 50..60 {
            told.works(tick * 20, tick * 20, tick * 20 + 1);
        }

        let later = [1_190, 3_100].map(|at| told.lag.busy(told.at(at)));
        assert_eq!((in_it, later), (0, [749, 0]));
    }
}
