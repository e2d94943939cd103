//! A speaker's clock on the room's: from the packets that travelled fastest, over drift, rests and connections.

use crate::record::Record;

/// Nanoseconds of one RTP tick at 48 kHz.
const TICK: f64 = 1e9 / 48_000.0;
/// In each window only the packet that travelled fastest counts.
const WINDOW: i64 = 10_000_000_000;
/// A clock that is off by more than this from one packet to the next rested, jumped, or its packets were held up.
const JUMP: i64 = 500_000_000;
/// Shorter than this, drift is smaller than what the network adds.
const STEADY: usize = 6;
/// No sound card is worse; in parts of one.
const WORST: f64 = 300e-6;

/// A stretch in which a clock ran evenly: where its times are on the room's clock.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Leg {
    pub stint: u16,
    /// The first packet it holds for.
    pub from: u64,
    base: u64,
    /// Where `base` was said, in nanoseconds of the Unix clock.
    begins: f64,
    /// How much longer a second of this clock is than one of the room's, in parts of one.
    pub drift: f64,
}

/// All legs of a track, in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Course {
    legs: Vec<Leg>,
    open: Option<Open>,
}

/// A leg that still goes on.
#[derive(Debug)]
struct Open {
    stint: u16,
    from: u64,
    base: u64,
    first: i64,
    seq: u64,
    time: u64,
    arrived: i64,
    /// For each window: ticks since the base, and by how much its fastest packet was late, in nanoseconds.
    windows: Vec<(f64, f64)>,
    window: i64,
}

impl Course {
    /// A packet of sound came, in the order of the log.
    pub fn note(&mut self, said: &Record<'_>) {
        if let Some(open) = &mut self.open {
            if open.stint == said.stint && said.seq <= open.seq {
                return;
            }
            if open.goes_on(said) {
                return open.note(said);
            }
        }
        self.close();
        self.open = Some(Open::at(said));
    }

    /// Nothing more comes.
    pub fn close(&mut self) {
        self.legs.extend(self.open.take().map(|open| open.leg()));
    }

    /// The leg a packet belongs to.
    pub fn leg(&self, stint: u16, seq: u64) -> Option<&Leg> {
        let mut before = self.legs.iter().rev().filter(|leg| leg.stint == stint);
        before.clone().find(|leg| leg.from <= seq).or_else(|| before.next_back())
    }
}

impl Leg {
    /// When this was said, in nanoseconds of the Unix clock.
    pub fn at(&self, time: u64) -> i64 {
        let ticks = time.wrapping_sub(self.base) as i64 as f64;
        (self.begins + ticks * TICK * (1.0 + self.drift)) as i64
    }
}

impl Open {
    fn at(said: &Record<'_>) -> Self {
        Self {
            stint: said.stint,
            from: said.seq,
            base: said.time,
            first: said.arrived,
            seq: said.seq,
            time: said.time,
            arrived: said.arrived,
            windows: vec![(0.0, 0.0)],
            window: said.arrived,
        }
    }

    fn goes_on(&self, said: &Record<'_>) -> bool {
        let ticks = said.time.wrapping_sub(self.time) as i64;
        let waited = said.arrived.saturating_sub(self.arrived);
        let spoken = (ticks as f64 * TICK) as i64;
        self.stint == said.stint && ticks > 0 && waited.saturating_sub(spoken).saturating_abs() < JUMP
    }

    fn note(&mut self, said: &Record<'_>) {
        (self.seq, self.time, self.arrived) = (said.seq, said.time, said.arrived);
        let ticks = said.time.wrapping_sub(self.base) as f64;
        let late = said.arrived.saturating_sub(self.first) as f64 - ticks * TICK;
        if said.arrived.saturating_sub(self.window) >= WINDOW {
            self.window = said.arrived;
            self.windows.push((ticks, late));
        } else if let Some(fastest) = self.windows.last_mut().filter(|fastest| late < fastest.1) {
            *fastest = (ticks, late);
        }
    }

    fn leg(self) -> Leg {
        // The last window may be short, and then its fastest packet slow.
        let full = self.windows.len().saturating_sub(1).max(1);
        let (late, slope) = line(&self.windows[..full]);
        let drift = slope / TICK;
        let steady = full >= STEADY && drift.abs() <= WORST;
        let fastest = self.windows.iter().map(|window| window.1).fold(f64::INFINITY, f64::min);
        let (late, drift) = if steady { (late, drift) } else { (fastest, 0.0) };
        Leg { stint: self.stint, from: self.from, base: self.base, begins: self.first as f64 + late, drift }
    }
}

/// The straight line through these points by least squares: its height at 0, and its slope.
fn line(points: &[(f64, f64)]) -> (f64, f64) {
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let spread: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    let together: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    let slope = if spread > 0.0 { together / spread } else { 0.0 };
    (y - slope * x, slope)
}

#[cfg(test)]
mod tests {
    use super::Course;
    use crate::record::{Kind, Record};

    const MS: i64 = 1_000_000;

    fn said(seq: u64, time: u64, arrived: i64) -> Record<'static> {
        Record { kind: Kind::Sound, arrived, stint: 0, seq, time, level: 30, marker: false, payload: &[] }
    }

    fn followed(packets: impl IntoIterator<Item = Record<'static>>) -> Course {
        let mut course = Course::default();
        packets.into_iter().for_each(|packet| course.note(&packet));
        course.close();
        course
    }

    /// Network delay that is never the same, and sometimes none.
    fn held_up(seq: u64) -> i64 {
        (seq.wrapping_mul(2_654_435_761) >> 7) as i64 % 40 * MS
    }

    #[test]
    fn two_hours_of_a_clock_that_drifts_are_within_ten_milliseconds() {
        // 100 ppm fast: 720 ms in two hours.
        let spoken = |seq: u64| (seq as f64 * 20e6 / (1.0 + 100e-6)) as i64;
        let course = followed((0..360_000).map(|seq| said(seq, 5 + 960 * seq, spoken(seq) + held_up(seq))));

        for seq in [0, 1000, 180_000, 359_999] {
            let leg = course.leg(0, seq).expect("it was heard");
            let off = leg.at(5 + 960 * seq) - spoken(seq);
            assert!(off.abs() < 10 * MS, "{seq}: {off}");
        }
    }

    #[test]
    fn a_clock_that_rested_goes_on_where_the_room_is() {
        let spoken = |seq: u64| seq as i64 * 20 * MS + if seq < 500 { 0 } else { 60_000 * MS };
        let course = followed((0..1000).map(|seq| said(seq, 960 * seq, spoken(seq) + held_up(seq))));

        let at = |seq: u64| course.leg(0, seq).map(|leg| leg.at(960 * seq));
        assert_eq!([at(0), at(499), at(500), at(999)], [0, 499, 500, 999].map(|seq| Some(spoken(seq))));
    }

    #[test]
    fn a_time_that_jumps_by_half_of_all_numbers_moves_nobody() {
        let time = |seq: u64| 960 * seq + if seq < 500 { 0 } else { 1 << 31 };
        let course = followed((0..1000).map(|seq| said(seq, time(seq), seq as i64 * 20 * MS)));

        let at = |seq: u64| course.leg(0, seq).map(|leg| leg.at(time(seq)));
        assert_eq!([at(10), at(990)], [Some(200 * MS), Some(19_800 * MS)]);
    }

    #[test]
    fn packets_held_up_for_seconds_are_where_they_were_said() {
        let arrived = |seq: u64| if (500..600).contains(&seq) { 12_000 * MS } else { seq as i64 * 20 * MS };
        let course = followed((0..1000).map(|seq| said(seq, 960 * seq, arrived(seq))));

        let off = |seq: u64| course.leg(0, seq).map(|leg| leg.at(960 * seq) - seq as i64 * 20 * MS);
        assert_eq!(
            [off(499), off(500), off(599), off(600)].map(|off| off.is_some_and(|off| off < 50 * MS)),
            [true; 4]
        );
    }
}
