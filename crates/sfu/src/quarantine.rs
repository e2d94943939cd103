//! Whose connections failed by a fault of ours: three times within a minute, and they wait, so that the room goes on.

use crate::words::{RoomKey, Speaker};
use std::collections::HashMap;
use std::time::{Duration, Instant};

const FAULTS: usize = 3;
const WITHIN: Duration = Duration::from_secs(60);
const WAIT: Duration = Duration::from_secs(300);

/// The latest faults of each person.
#[derive(Default)]
pub(crate) struct Quarantine(HashMap<(RoomKey, Speaker), Vec<Instant>>);

impl Quarantine {
    /// Note a fault; says whether the person has to wait now.
    pub fn fault(&mut self, now: Instant, room: RoomKey, speaker: Speaker) -> bool {
        self.0.retain(|_, faults| {
            faults.last().is_some_and(|last| now.saturating_duration_since(*last) < WAIT)
        });
        let faults = self.0.entry((room, speaker)).or_default();
        faults.retain(|at| now.saturating_duration_since(*at) < WITHIN);
        faults.push(now);
        faults.len() >= FAULTS
    }

    /// The person still has to wait.
    pub fn holds(&self, now: Instant, room: RoomKey, speaker: Speaker) -> bool {
        let held = |faults: &Vec<Instant>| {
            faults.len() >= FAULTS
                && faults.last().is_some_and(|last| now.saturating_duration_since(*last) < WAIT)
        };
        self.0.get(&(room, speaker)).is_some_and(held)
    }
}

#[cfg(test)]
mod tests {
    use super::Quarantine;
    use crate::words::{RoomKey, Speaker};
    use std::time::{Duration, Instant};

    #[test]
    fn the_third_fault_within_a_minute_is_one_too_many_for_a_while() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut quarantine = Quarantine::default();

        let faults = [0, 70, 80, 90].map(|seconds| quarantine.fault(at(seconds), RoomKey(1), Speaker(2)));
        let held = [91, 389, 391].map(|seconds| quarantine.holds(at(seconds), RoomKey(1), Speaker(2)));
        let other = quarantine.holds(at(91), RoomKey(1), Speaker(3));

        assert_eq!((faults, held, other), ([false, false, false, true], [true, true, false], false));
    }
}
