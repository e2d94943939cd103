//! How long a speaker's packets have to wait for each other: as long as all but one in twenty of the last seconds took
//! longer than the fastest, within bounds.

/// Ten seconds of packets of 20 ms.
const KEPT: usize = 512;
/// How many packets come between two looks, once there are some.
const LOOK: usize = 25;
/// One frame, and six: in ticks of 48 kHz.
const SHORTEST: i64 = 960;
const LONGEST: i64 = 6 * 960;

/// How long each packet was under way, but for one unknown sum that all share.
pub struct Delay {
    transits: Box<[i64; KEPT]>,
    scratch: Box<[i64; KEPT]>,
    count: usize,
    offset: i64,
    length: i64,
}

impl Default for Delay {
    fn default() -> Self {
        Self {
            transits: Box::new([0; KEPT]),
            scratch: Box::new([0; KEPT]),
            count: 0,
            offset: 0,
            length: SHORTEST,
        }
    }
}

impl Delay {
    /// A packet of this RTP time came at this moment of our clock; both in ticks.
    pub fn note(&mut self, came: i64, time: i64) {
        self.transits[self.count % KEPT] = came - time;
        self.count += 1;
        if self.count < LOOK || self.count.is_multiple_of(LOOK) {
            self.look();
        }
    }

    /// What is to be added to an RTP time to know when it is heard.
    pub fn offset(&self) -> i64 {
        self.offset + self.length
    }

    /// How long the fastest packet waits, in ticks.
    pub fn length(&self) -> i64 {
        self.length
    }

    /// Another clock from now on.
    pub fn restart(&mut self) {
        self.count = 0;
    }

    fn look(&mut self) {
        let kept = self.count.min(KEPT);
        let transits = &mut self.scratch[..kept];
        transits.copy_from_slice(&self.transits[..kept]);
        let (_, late, _) = transits.select_nth_unstable(kept * 19 / 20);
        let late = *late;
        self.offset = transits.iter().min().copied().unwrap_or(late);
        // A frame has to be there when the tick begins in which its first sample is heard.
        self.length = (late - self.offset + SHORTEST).min(LONGEST);
    }
}

#[cfg(test)]
mod tests {
    use super::Delay;

    fn length(jitter: impl Fn(i64) -> i64) -> i64 {
        let mut delay = Delay::default();
        (0..500).for_each(|at| delay.note(at * 960 + 77_000 + jitter(at), at * 960));
        assert_eq!(delay.offset(), 77_000 + delay.length());
        delay.length()
    }

    #[test]
    fn an_even_line_waits_one_frame_and_a_bad_one_six() {
        assert_eq!(length(|_| 0), 960);
        assert_eq!(length(|at| (at % 10) * 4800), 5760);
    }

    #[test]
    fn one_in_twenty_may_come_too_late() {
        assert_eq!(length(|at| if at % 25 == 7 { 48_000 } else { at % 2 * 1500 }), 960 + 1500);
    }
}
