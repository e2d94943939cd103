//! How well what somebody says arrives: how much of it there should be, how much there is, and how unevenly it comes.
//! Numbers and sums only; the worker that receives a person writes them, whoever asks reads them.

use crate::card::Tally;
use crate::clock::{TICKS, ticks};
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

/// After a longer rest nothing is said of evenness: the microphone was shut.
const RESTED: Duration = Duration::from_millis(500);

/// One source as it comes in.
#[derive(Debug, Default)]
pub(crate) struct Arriving {
    /// The highest number so far.
    highest: Option<u64>,
    /// When the last packet in order came, and its time.
    last: Option<(Instant, u64)>,
    /// Sixteenths of RTP ticks (RFC 3550, A.8).
    jitter: u64,
}

impl Arriving {
    /// A packet came, in order or late.
    pub fn note(&mut self, now: Instant, seq: u64, time: u64, tally: &Tally) {
        tally.said_arrived.fetch_add(1, Relaxed);
        let more = self.highest.map_or(1, |highest| seq.saturating_sub(highest));
        if more == 0 {
            return;
        }
        self.highest = Some(seq);
        tally.said_expected.fetch_add(more, Relaxed);
        if let Some((before, then)) = self.last.replace((now, time)) {
            self.even(now.saturating_duration_since(before), time.saturating_sub(then));
            tally.said_jitter_ms.store(self.jitter / 16 / TICKS, Relaxed);
        }
    }

    /// Another source of the same person begins.
    pub fn restart(&mut self) {
        (self.highest, self.last) = (None, None);
    }

    fn even(&mut self, passed: Duration, said: u64) {
        if passed < RESTED {
            let off = ticks(passed).abs_diff(said);
            self.jitter = self.jitter + off - ((self.jitter + 8) >> 4);
        }
    }
}
