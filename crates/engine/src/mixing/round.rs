//! One room's programme, tick by tick.

use super::held::{Held, Tick};
use crate::counts::Counts;
use crate::tap::Tap;
use causerie_mix::{FRAME, Heard, Mixer};
use causerie_sfu::{Doors, Gate, Mixed, PeerKey, RoomKey, Spoken};
use std::collections::HashMap;
use std::time::{Duration, Instant};

const TICK: Duration = Duration::from_millis(20);
/// A mixer that was held up longer than this goes on where the clock is.
const HELD_UP: u64 = 5;
/// Rooms begin at different moments, so that their bursts do not meet.
const PHASES: u32 = 7;

/// When a room's ticks are due. Always from the start, so that no error adds up over hours.
pub struct Beat {
    started: Instant,
    ticks: u64,
}

impl Beat {
    /// How much later than others a room with so many before it begins.
    pub fn phase(before: usize) -> Duration {
        TICK / PHASES * (before as u32 % PHASES)
    }

    /// When the next tick is due.
    pub fn next(&self) -> Instant {
        self.started + Duration::from_millis(20 * self.ticks)
    }

    /// The next tick, if it is due; it counts as done.
    pub fn due(&mut self, now: Instant) -> Option<Instant> {
        let next = self.next();
        (next <= now && !self.is_late(now)).then(|| {
            self.ticks += 1;
            next
        })
    }

    /// Leave out what was missed, all but nothing; says how many ticks.
    pub fn catch_up(&mut self, now: Instant) -> usize {
        if !self.is_late(now) {
            return 0;
        }
        let passed = now.saturating_duration_since(self.started).as_millis() as u64 / 20;
        let missed = passed - self.ticks;
        self.ticks = passed;
        missed as usize
    }

    fn is_late(&self, now: Instant) -> bool {
        now > self.next() + TICK * HELD_UP as u32
    }
}

/// A room's mixer, and what was last heard of each who speaks.
pub struct Round {
    /// Its clock.
    pub beat: Beat,
    room: RoomKey,
    mixer: Mixer,
    heard: HashMap<PeerKey, Spoken>,
    held: Held,
    /// The first tick, in ticks since the engine began: listeners' clocks go on over times when nobody wanted to hear.
    first: u64,
    quiet: bool,
    delay: Duration,
}

impl Round {
    /// Begin now; none when there is no memory for it.
    pub fn begin(epoch: Instant, now: Instant, room: RoomKey, delay: Duration) -> Option<Self> {
        let first = now.saturating_duration_since(epoch).as_millis() as u64 / 20;
        let mixer = Mixer::new(room.0)?;
        let beat = Beat { started: now, ticks: 0 };
        let mut held = Held::default();
        held.hold(now, delay);
        Some(Self {
            beat,
            room,
            mixer,
            heard: HashMap::new(),
            held,
            first,
            quiet: true,
            delay: Duration::ZERO,
        })
    }

    /// After a fault: all that was half done is forgotten.
    pub fn begin_anew(&mut self) {
        self.heard.clear();
        if let Some(mixer) = Mixer::new(self.room.0) {
            self.mixer = mixer;
        }
    }

    /// What listeners lose, in percent.
    pub fn expect_loss(&mut self, percent: u8) {
        self.mixer.expect_loss(percent);
    }

    /// How much later what leaves now does than what is said came in.
    pub fn delay(&self) -> Duration {
        self.delay
    }

    /// Hold everything back so long from now on.
    pub fn hold(&mut self, now: Instant, delay: Duration) {
        self.held.hold(now, delay);
    }

    /// Nobody in the audience hears what is held back.
    pub fn dump(&mut self) {
        self.held.dump();
    }

    /// Somebody on stage said something.
    pub fn hear(&mut self, now: Instant, spoken: &Spoken, doors: &Doors) {
        if doors.airs(spoken) != Gate::Stage {
            return;
        }
        self.heard.insert(spoken.peer, *spoken);
        self.mixer.hear(
            now,
            Heard {
                who: spoken.peer.0,
                speaker: spoken.speaker.0,
                seq: spoken.seq(),
                time: spoken.time(),
                level: spoken.level,
                marker: spoken.marker(),
                payload: spoken.payload(),
            },
        );
    }

    /// The tick that was due at this moment: for listeners, and for whoever makes streams of it.
    pub fn mix(&mut self, at: Instant, doors: &Doors, tap: &Tap, counts: &Counts) -> Option<Mixed> {
        self.silence_shut(doors);
        let tick = self.first + self.beat.ticks;
        let said = self.mixer.mix(at);
        counts.ticks.add(1);
        counts.sounded.add(usize::from(!said.speakers.is_empty()));
        counts.waited.add(said.delay.as_millis() as usize);
        let leaves = self.held.pass(Tick::of(at, &said));
        self.delay = leaves.delay;
        counts.stream.add(usize::from(!tap.pour(self.room, tick, &leaves)));
        let marker = std::mem::replace(&mut self.quiet, leaves.quiet) && !leaves.quiet;
        let time = tick * FRAME as u64;
        let mut mixed = Mixed::new(self.room, time, leaves.payload())?.said_by(leaves.speakers());
        (mixed.marker, mixed.level, mixed.quiet) = (marker, leaves.level, leaves.quiet);
        Some(mixed)
    }

    /// Whose gate was shut since they spoke is not heard any more, and nothing of theirs that waits.
    fn silence_shut(&mut self, doors: &Doors) {
        let mixer = &mut self.mixer;
        self.heard.retain(|peer, spoken| {
            let airs = doors.airs(spoken) == Gate::Stage;
            if !airs {
                mixer.silence(peer.0);
            }
            airs
        });
    }
}

#[cfg(test)]
mod tests {
    use super::Beat;
    use std::time::{Duration, Instant};

    fn beat() -> (Instant, Beat) {
        let started = Instant::now();
        (started, Beat { started, ticks: 0 })
    }

    #[test]
    fn each_tick_is_due_once_and_small_delays_are_made_up() {
        let (start, mut beat) = beat();
        let at = |millis| start + Duration::from_millis(millis);

        let first = std::iter::from_fn(|| beat.due(at(0))).count();
        let later = std::iter::from_fn(|| beat.due(at(65))).count();

        assert_eq!((first, later, beat.next()), (1, 3, at(80)));
    }

    #[test]
    fn a_mixer_that_was_held_up_goes_on_where_the_clock_is() {
        let (start, mut beat) = beat();
        let now = start + Duration::from_millis(1010);

        let due = beat.due(now);
        let missed = beat.catch_up(now);

        assert_eq!((due, missed, beat.due(now)), (None, 50, Some(start + Duration::from_millis(1000))));
    }
}
