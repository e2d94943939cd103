//! Who is in the mix: at most five, whoever speaks first and loudest, and nobody is cut off within a word.

use std::time::{Duration, Instant};

/// So many are decoded and heard at once.
pub const SEATS: usize = 5;
/// Softer than this (−dBov) nobody speaks.
pub const VOICED: u8 = 60;
/// A gap within a word is shorter.
const GAP: Duration = Duration::from_millis(200);
/// Who took a seat keeps it so long in any case.
const HOLD: Duration = Duration::from_millis(600);
/// After so much silence a seat is free.
const FREE: Duration = Duration::from_secs(1);

/// Somebody in the mix.
#[derive(Debug, Clone, Copy)]
struct Seat {
    who: u64,
    since: Instant,
    voiced: Instant,
}

/// All of them.
#[derive(Default)]
pub struct Seats([Option<Seat>; SEATS]);

/// What came of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// They are in the mix.
    In,
    /// They are, in place of somebody who is not any more.
    Instead(u64),
    /// They are not.
    Out,
}

impl Seats {
    /// A packet of somebody, so loud (−dBov).
    pub fn hear(&mut self, now: Instant, who: u64, level: u8) -> Asked {
        let voiced = level < VOICED;
        if let Some(seat) = self.0.iter_mut().flatten().find(|seat| seat.who == who) {
            if voiced {
                seat.voiced = now;
            }
            return Asked::In;
        }
        if !voiced {
            return Asked::Out;
        }
        let new = Seat { who, since: now, voiced: now };
        if let Some(free) = self.0.iter_mut().find(|seat| seat.is_none()) {
            *free = Some(new);
            return Asked::In;
        }
        // Whoever has been quiet for longest goes first.
        let leaves = self.0.iter_mut().flatten().filter(|seat| {
            let ago = |then| now.saturating_duration_since(then);
            ago(seat.voiced) >= GAP && ago(seat.since) >= HOLD
        });
        let Some(seat) = leaves.min_by_key(|seat| seat.voiced) else { return Asked::Out };
        Asked::Instead(std::mem::replace(seat, new).who)
    }

    /// Free the seats of those who fell silent; gives one of them.
    pub fn free(&mut self, now: Instant) -> Option<u64> {
        let over = |seat: &Seat| now.saturating_duration_since(seat.voiced) >= FREE;
        let seat = self.0.iter_mut().find(|seat| seat.as_ref().is_some_and(over))?;
        seat.take().map(|seat| seat.who)
    }

    /// Somebody is not heard any more.
    pub fn forget(&mut self, who: u64) {
        let seat = self.0.iter_mut().find(|seat| seat.is_some_and(|seat| seat.who == who));
        seat.into_iter().for_each(|seat| *seat = None);
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, Seats};
    use std::time::{Duration, Instant};

    /// Everybody of the first list speaks for so long, in frames.
    fn speak(seats: &mut Seats, now: &mut Instant, who: &[u64], frames: u32) -> Vec<Asked> {
        let mut last = Vec::new();
        for _ in 0..frames {
            last = who.iter().map(|who| seats.hear(*now, *who, 20)).collect();
            *now += Duration::from_millis(20);
        }
        last
    }

    #[test]
    fn five_are_in_and_a_sixth_waits_for_the_end_of_a_word() {
        let (mut seats, mut now) = (Seats::default(), Instant::now());

        let five = speak(&mut seats, &mut now, &[1, 2, 3, 4, 5], 50);
        let sixth = speak(&mut seats, &mut now, &[1, 2, 3, 4, 5, 6], 50);
        let within = speak(&mut seats, &mut now, &[1, 2, 3, 4, 6], 9);
        let after = speak(&mut seats, &mut now, &[1, 2, 3, 4, 6], 3);

        assert_eq!(five, [Asked::In; 5]);
        assert_eq!((sixth[5], within[4]), (Asked::Out, Asked::Out));
        assert_eq!(after[4], Asked::In);
        assert_eq!(seats.hear(now, 5, 20), Asked::Out);
    }

    #[test]
    fn who_has_been_quiet_for_longest_leaves_first_and_nobody_who_only_just_came() {
        let (mut seats, mut now) = (Seats::default(), Instant::now());
        speak(&mut seats, &mut now, &[1, 2, 3], 40);
        speak(&mut seats, &mut now, &[1, 2, 4, 5], 5);

        speak(&mut seats, &mut now, &[1, 2], 15);
        let asked = seats.hear(now, 6, 20);
        let next = seats.hear(now, 7, 20);

        assert_eq!((asked, next), (Asked::Instead(3), Asked::Out));
    }

    #[test]
    fn silence_takes_no_seat_and_leaves_one_after_a_second() {
        let (mut seats, mut now) = (Seats::default(), Instant::now());
        let silent = seats.hear(now, 1, 127);
        speak(&mut seats, &mut now, &[2], 5);

        now += Duration::from_millis(900);
        let soon = seats.free(now);
        now += Duration::from_millis(200);

        assert_eq!((silent, soon, seats.free(now), seats.free(now)), (Asked::Out, None, Some(2), None));
    }
}
