//! How long a speaker's packets have to wait for each other: as long as all but one in twenty of the last seconds took
//! longer than the fastest, within bounds. Times are in ticks of 48 kHz.

/// Ten seconds of packets of 20 ms.
const KEPT: usize = 512;
/// How many packets come between two looks, once there are some.
const LOOK: usize = 25;
/// One frame, and six.
const SHORTEST: i64 = 960;
const LONGEST: i64 = 6 * 960;
/// So many later than that in a row, and the road has become longer.
const LATE: u32 = 10;
/// Who was silent for so long may have drifted.
const SILENCE: i64 = 2 * 48_000;
/// No road becomes so much longer at once: their clock was set otherwise.
const JUMP: i64 = 48_000;

/// How long each packet was under way, but for one unknown sum that all share.
pub struct Delay {
    transits: Box<[i64; KEPT]>,
    scratch: Box<[i64; KEPT]>,
    count: usize,
    offset: i64,
    length: i64,
    /// When the last one came.
    came: i64,
    /// How many in a row came too late, and by how much the least.
    late: (u32, i64),
}

impl Default for Delay {
    fn default() -> Self {
        Self {
            transits: Box::new([0; KEPT]),
            scratch: Box::new([0; KEPT]),
            count: 0,
            offset: 0,
            length: SHORTEST,
            came: 0,
            late: (0, i64::MAX),
        }
    }
}

impl Delay {
    /// A packet of this RTP time came at this moment of our clock. Says whether their clock has jumped.
    pub fn note(&mut self, came: i64, time: i64) -> bool {
        let transit = came.wrapping_sub(time);
        let jumped = self.count > 0 && self.follow(transit, came - self.came);
        self.came = came;
        self.transits[self.count % KEPT] = transit;
        self.count += 1;
        if self.count < LOOK || self.count.is_multiple_of(LOOK) || transit < self.offset {
            self.look();
        }
        jumped
    }

    /// What is to be added to an RTP time to know when it is heard.
    pub fn offset(&self) -> i64 {
        self.offset.wrapping_add(self.length)
    }

    /// How long the fastest packet waits.
    pub fn length(&self) -> i64 {
        self.length
    }

    /// Go along with a clock or a road that has changed: how even the line is remains known.
    fn follow(&mut self, transit: i64, rested: i64) -> bool {
        let over = transit.wrapping_sub(self.offset);
        let jumped = over.unsigned_abs() > JUMP as u64;
        if jumped || rested > SILENCE {
            self.shift(over.wrapping_sub(over.clamp(0, self.length - SHORTEST)));
            return jumped;
        }
        self.late = if over > LONGEST { (self.late.0 + 1, self.late.1.min(over)) } else { (0, i64::MAX) };
        if self.late.0 == LATE {
            self.shift(self.late.1);
        }
        false
    }

    fn shift(&mut self, by: i64) {
        self.late = (0, i64::MAX);
        self.offset = self.offset.wrapping_add(by);
        let kept = self.count.min(KEPT);
        self.transits[..kept].iter_mut().for_each(|transit| *transit = transit.wrapping_add(by));
    }

    fn look(&mut self) {
        let kept = self.count.min(KEPT);
        let transits = &mut self.scratch[..kept];
        transits.copy_from_slice(&self.transits[..kept]);
        let (_, late, _) = transits.select_nth_unstable(kept * 19 / 20);
        let late = *late;
        self.offset = transits.iter().min().copied().unwrap_or(late);
        // A frame has to be there when the tick begins in which its first sample is heard.
        self.length = late.wrapping_sub(self.offset).wrapping_add(SHORTEST).clamp(SHORTEST, LONGEST);
    }
}

#[cfg(test)]
mod tests {
    use super::{Delay, JUMP, LATE, SHORTEST};

    /// So many packets, each so long under way; says whether the clock jumped.
    fn line(delay: &mut Delay, from: i64, packets: i64, under_way: impl Fn(i64) -> i64) -> bool {
        let jumps = (from..from + packets).filter(|at| delay.note(at * 960 + under_way(*at), at * 960));
        jumps.count() > 0
    }

    fn length(jitter: impl Fn(i64) -> i64) -> i64 {
        let mut delay = Delay::default();
        line(&mut delay, 0, 500, |at| 77_000 + jitter(at));
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
        assert_eq!(length(|at| if at % 25 == 7 { 24_000 } else { at % 2 * 1500 }), 960 + 1500);
    }

    #[test]
    fn a_longer_road_is_believed_after_some_packets_and_a_shorter_one_at_once() {
        let mut delay = Delay::default();
        line(&mut delay, 0, 500, |at| at % 2 * 1500);
        line(&mut delay, 500, i64::from(LATE), |at| 20_000 + at % 2 * 1500);
        let longer = (delay.offset() - delay.length(), delay.length());
        let jumped = line(&mut delay, 600, 1, |_| 300);

        assert_eq!((longer, jumped), ((20_000, 960 + 1500), false));
        assert_eq!(delay.offset() - delay.length(), 300);
    }

    #[test]
    fn a_clock_that_jumps_is_told_and_the_line_is_as_uneven_as_before() {
        for jump in [-3 * JUMP, -JUMP - SHORTEST, JUMP + 5 * SHORTEST, 1 << 40, i64::MIN / 2] {
            let mut delay = Delay::default();
            line(&mut delay, 0, 500, |at| at % 2 * 1500);

            let (jumped, again) =
                (line(&mut delay, 500, 1, |_| jump), line(&mut delay, 501, 40, |at| jump + at % 2 * 1500));

            assert!(jumped && !again, "{jump}");
            assert_eq!(delay.length(), 960 + 1500, "{jump}");
        }
    }

    #[test]
    fn who_drifted_while_silent_is_on_time_with_the_first_word() {
        let mut delay = Delay::default();
        line(&mut delay, 0, 500, |at| at % 2 * 1500);
        let jumped = line(&mut delay, 60_000, 1, |_| 20_000);

        assert_eq!((jumped, delay.offset()), (false, 20_000 + SHORTEST));
    }
}
