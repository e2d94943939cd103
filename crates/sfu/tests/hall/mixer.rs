//! A mixer for tests: what it says tells how much it has said before.

use super::ROOM;
use super::person::payload;
use causerie_sfu::{Doors, Mixed};
use std::time::{Duration, Instant};

/// Who seems to say the programme, so that it is known from voices.
pub const MIXER: u32 = 200;
const TICK: Duration = Duration::from_millis(20);
const LOOK: u32 = 10;

pub struct Mixer {
    begun: Instant,
    ticks: u32,
    wanted: bool,
    /// How many packets it has mixed.
    pub count: u16,
    /// Nobody is heard.
    pub quiet: bool,
    /// Who is named as heard.
    pub speakers: Vec<u32>,
    /// Whose packets reached it.
    pub heard: Vec<u32>,
}

impl Mixer {
    pub fn new(begun: Instant) -> Self {
        Self {
            begun,
            ticks: 0,
            wanted: false,
            count: 0,
            quiet: true,
            speakers: Vec::new(),
            heard: Vec::new(),
        }
    }

    /// The next packet, when it is time and somebody wants it.
    pub fn mix(&mut self, now: Instant, doors: &Doors) -> Option<Mixed> {
        if now < self.begun + TICK * self.ticks {
            return None;
        }
        self.ticks += 1;
        if self.ticks.is_multiple_of(LOOK) {
            self.wanted = doors.wanted().contains(&ROOM);
        }
        if !self.wanted {
            return None;
        }
        let said = payload(MIXER, self.count);
        self.count = self.count.wrapping_add(1);
        let mut mixed = Mixed::new(ROOM, u64::from(self.ticks) * 960, &said)?.said_by(&self.speakers);
        (mixed.quiet, mixed.level) = (self.quiet, if self.quiet { 127 } else { 20 });
        Some(mixed)
    }

    /// Whose packets reached it since the last time.
    pub fn heard_now(&mut self) -> Vec<u32> {
        let mut heard = std::mem::take(&mut self.heard);
        heard.sort_unstable();
        heard.dedup();
        heard
    }
}
