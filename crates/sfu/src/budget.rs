//! How much one may do: so many at once, and so many more each second.

use std::time::{Duration, Instant};

/// What is left of an allowance.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget {
    left: u32,
    most: u32,
    each: Duration,
    since: Instant,
}

impl Budget {
    /// `most` at once, then one more after each such time.
    pub fn new(now: Instant, most: u32, each: Duration) -> Self {
        Self { left: most, most, each, since: now }
    }

    /// `most` at once, then so many a second.
    pub fn per_second(now: Instant, most: u32, rate: u32) -> Self {
        Self::new(now, most, Duration::from_secs(1) / rate)
    }

    /// Take one, if there is one.
    pub fn take(&mut self, now: Instant) -> bool {
        if self.left < self.most {
            self.refill(now);
        }
        if self.left == 0 {
            return false;
        }
        if self.left == self.most {
            self.since = now;
        }
        self.left -= 1;
        true
    }

    fn refill(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.since);
        let more = (passed.as_nanos() / self.each.as_nanos()).min(u128::from(self.most)) as u32;
        self.left = (self.left + more).min(self.most);
        self.since += self.each * more;
    }
}

#[cfg(test)]
mod tests {
    use super::Budget;
    use std::time::{Duration, Instant};

    #[test]
    fn an_allowance_is_used_up_and_comes_back_with_time() {
        let start = Instant::now();
        let mut budget = Budget::per_second(start, 3, 10);

        let at = |millis| start + Duration::from_millis(millis);
        let taken =
            [0, 0, 0, 0, 50, 100, 100, 250, 5000, 5000, 5000, 5000].map(|millis| budget.take(at(millis)));

        assert_eq!(taken, [true, true, true, false, false, true, false, true, true, true, true, false]);
    }
}
