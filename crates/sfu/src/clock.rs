//! A speaker's own clock as we see it, to tell what was said before a gate was opened.

use std::time::{Duration, Instant};

/// RTP ticks of Opus in a millisecond.
pub(crate) const TICKS: u64 = 48;
/// One frame of 20 ms.
pub(crate) const FRAME: u64 = 960;
/// Older than this, the last packet says nothing of where the clock stands: it may rest while nothing is sent. A browser
/// that sends sends every 400 ms in silence, too.
const FRESH: Duration = Duration::from_millis(500);
/// For so long the packet that travelled fastest counts; clocks drift some milliseconds in it at most.
const WINDOW: Duration = Duration::from_secs(10);
/// So long after a rest the lead of before it counts too: what comes late in a burst is not taken for a clock that rested.
const SETTLES: Duration = Duration::from_millis(500);

/// Follows one source's RTP time.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    start: Option<Instant>,
    last: u64,
    arrived: Option<Instant>,
    /// The most any packet was ahead of its arrival: this one travelled fastest. In this window and the one before.
    lead: Option<i64>,
    lead_before: Option<i64>,
    window_ends: Option<Instant>,
}

impl Clock {
    /// A packet of this time arrived.
    pub fn note(&mut self, now: Instant, time: u64) {
        let start = *self.start.get_or_insert(now);
        let lead = time as i64 - ticks(now - start) as i64;
        if self.rests(now) {
            self.lead_before = self.lead.take().max(self.lead_before);
            self.window_ends = Some(now + SETTLES);
        } else if self.window_ends.is_none_or(|ends| now > ends) {
            self.lead_before = self.lead.take();
            self.window_ends = Some(now + WINDOW);
        }
        self.lead = self.lead.max(Some(lead));
        self.last = self.last.max(time);
        self.arrived = self.arrived.max(Some(now));
    }

    /// Everything before this time was said before now, however late it comes; none when nothing was ever heard.
    pub fn point(&self, now: Instant) -> Option<u64> {
        let start = self.start?;
        let lead = self.lead.max(self.lead_before).filter(|_| !self.rests(now));
        let running = lead.map_or(0, |lead| (ticks(now - start) as i64 + lead).max(0) as u64);
        Some(running.max(self.last) + FRAME)
    }

    /// Nothing was sent for a while.
    fn rests(&self, now: Instant) -> bool {
        self.arrived.is_some_and(|arrived| now.saturating_duration_since(arrived) > FRESH)
    }

    /// The source began anew: forget what was known of its clock.
    pub fn restart(&mut self) {
        *self = Self::default();
    }
}

/// A time span in RTP ticks.
pub(crate) fn ticks(span: Duration) -> u64 {
    span.as_micros() as u64 * TICKS / 1000
}

#[cfg(test)]
mod tests {
    use super::{Clock, FRAME};
    use std::time::{Duration, Instant};

    #[test]
    fn what_was_said_before_is_before_the_point_even_when_it_comes_late() {
        let start = Instant::now();
        let mut clock = Clock::default();
        // Said at 0, 20, 40 … ms; 30 to 90 ms under way.
        for (frame, delay) in [30, 90, 31, 60, 30].into_iter().enumerate() {
            clock.note(start + Duration::from_millis(frame as u64 * 20 + delay), frame as u64 * FRAME);
        }

        let point = clock.point(start + Duration::from_millis(230)).expect("something was heard");

        // At 230 ms the frame of 200 ms could have arrived; the one after it is the first that counts.
        assert_eq!(point, 10 * FRAME + FRAME);
    }

    #[test]
    fn a_clock_that_rested_does_not_shut_out_what_comes_after() {
        let start = Instant::now();
        let mut clock = Clock::default();
        clock.note(start, 5 * FRAME);

        let point = clock.point(start + Duration::from_secs(60));

        assert_eq!(point, Some(6 * FRAME));
    }

    #[test]
    fn a_clock_that_goes_on_after_a_rest_is_followed_from_there() {
        let start = Instant::now();
        let mut clock = Clock::default();
        let at = |millis| start + Duration::from_millis(millis);
        (0..50).for_each(|frame| clock.note(at(frame * 20), frame * FRAME));
        // Nothing for four seconds; then the clock goes on where it was.
        (50..100).for_each(|frame| clock.note(at(4000 + frame * 20), frame * FRAME));

        assert_eq!(clock.point(at(5980)), Some(100 * FRAME));
    }

    #[test]
    fn what_comes_late_in_a_burst_moves_no_clock() {
        let start = Instant::now();
        let mut clock = Clock::default();
        let at = |millis| start + Duration::from_millis(millis);
        (0..50).for_each(|frame| clock.note(at(frame * 20), frame * FRAME));
        // Two seconds under way, the first of a burst.
        clock.note(at(3000), 50 * FRAME);

        assert_eq!(clock.point(at(3000)), Some(151 * FRAME));
    }

    #[test]
    fn nothing_heard_is_nothing_known() {
        assert_eq!(Clock::default().point(Instant::now()), None);
    }
}
