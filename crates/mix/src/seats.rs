//! Who is in the mix: the loudest five, and nobody is cut off within a word.

use std::time::{Duration, Instant};

/// So many are decoded and heard at once.
pub const SEATS: usize = 5;
const SILENCE: u8 = 127;
/// Softer than this (−dBov) nobody speaks.
const VOICED: u8 = 60;
/// A gap within a word is shorter.
const GAP: Duration = Duration::from_millis(200);
/// Who took a seat keeps it so long in any case.
const HOLD: Duration = Duration::from_millis(600);
/// After so much silence a seat is free.
const FREE: Duration = Duration::from_secs(1);
/// Whoever goes on being so many decibels louder for so long gets a seat in the end,
const LOUDER: f32 = 3.0;
const PATIENCE: Duration = Duration::from_secs(2);
/// and beside whom others are a mere noise, soon.
const FAR_LOUDER: f32 = 20.0;
/// How quickly loudness rises and falls with a voice.
const RISE: Duration = Duration::from_millis(60);
const FALL: Duration = Duration::from_millis(400);
/// Packets come more often, and who comes first has said one of these.
const USUAL: Duration = Duration::from_millis(20);

/// Somebody on stage.
#[derive(Debug, Clone, Copy)]
struct Voice {
    who: u64,
    /// Decibels above silence.
    loud: f32,
    heard: Option<Instant>,
    /// When they said something last.
    spoke: Option<Instant>,
    /// Since when they are in the mix.
    since: Option<Instant>,
    /// Since when they are louder than somebody in the mix.
    presses: Option<Instant>,
}

/// All of them, with a seat or without.
#[derive(Default)]
pub struct Seats(Vec<Voice>);

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
        let at = self.place(who);
        self.0[at].hear(now, level);
        if self.0[at].since.is_some() {
            return Asked::In;
        }
        if level >= VOICED {
            self.0[at].presses = None;
            return Asked::Out;
        }
        if self.0.iter().filter(|voice| voice.since.is_some()).count() < SEATS {
            self.0[at].sit(now);
            return Asked::In;
        }
        self.press(now, at)
    }

    /// Free the seats of those who fell silent; gives one of them.
    pub fn free(&mut self, now: Instant) -> Option<u64> {
        let over = |voice: &&mut Voice| voice.since.is_some() && voice.silent_for(now) >= FREE;
        let voice = self.0.iter_mut().find(over)?;
        voice.since = None;
        Some(voice.who)
    }

    /// Somebody is not heard any more.
    pub fn forget(&mut self, who: u64) {
        self.0.retain(|voice| voice.who != who);
    }

    fn place(&mut self, who: u64) -> usize {
        self.0.iter().position(|voice| voice.who == who).unwrap_or_else(|| {
            self.0.push(Voice { who, loud: 0.0, heard: None, spoke: None, since: None, presses: None });
            self.0.len() - 1
        })
    }

    /// Take the seat of whoever has been quiet for longest, or of whoever is softest, when it is time.
    fn press(&mut self, now: Instant, at: usize) -> Asked {
        let voice = self.0[at];
        let seated = |seat: &&mut Voice| seat.since.is_some_and(|since| passed(now, since) >= HOLD);
        let weakest = |one: &&mut Voice, other: &&mut Voice| {
            let gap = |seat: &Voice| if seat.is_in_gap(now) { seat.silent_for(now) } else { Duration::ZERO };
            gap(other).cmp(&gap(one)).then(one.loud.total_cmp(&other.loud))
        };
        let Some(seat) = self.0.iter_mut().filter(seated).min_by(weakest) else { return Asked::Out };
        let more = voice.loud - seat.loud;
        if !seat.is_in_gap(now) && more < LOUDER {
            self.0[at].presses = None;
            return Asked::Out;
        }
        let pressed = passed(now, voice.presses.unwrap_or(now));
        let patience = if more < FAR_LOUDER { PATIENCE } else { GAP };
        if !seat.is_in_gap(now) && pressed < patience {
            self.0[at].presses.get_or_insert(now);
            return Asked::Out;
        }
        seat.since = None;
        let gone = seat.who;
        self.0[at].sit(now);
        Asked::Instead(gone)
    }
}

impl Voice {
    fn hear(&mut self, now: Instant, level: u8) {
        let loud = f32::from(SILENCE.saturating_sub(level));
        let since = self.heard.map_or(USUAL, |heard| passed(now, heard));
        let whole = if loud > self.loud { RISE } else { FALL };
        self.loud += (loud - self.loud) * since.div_duration_f32(whole).min(1.0);
        self.heard = Some(now);
        if level < VOICED {
            self.spoke = Some(now);
        }
    }

    fn sit(&mut self, now: Instant) {
        (self.since, self.presses) = (Some(now), None);
    }

    fn is_in_gap(&self, now: Instant) -> bool {
        self.silent_for(now) >= GAP
    }

    fn silent_for(&self, now: Instant) -> Duration {
        self.spoke.map_or(Duration::MAX, |spoke| passed(now, spoke))
    }
}

fn passed(now: Instant, then: Instant) -> Duration {
    now.saturating_duration_since(then)
}

#[cfg(test)]
mod tests {
    use super::{Asked, Seats};
    use std::time::{Duration, Instant};

    /// Everybody of the list speaks for so long, in frames.
    fn speak(seats: &mut Seats, now: &mut Instant, who: &[u64], frames: u32) -> Vec<Asked> {
        speak_at(seats, now, &who.iter().map(|who| (*who, 20)).collect::<Vec<_>>(), frames)
    }

    fn speak_at(seats: &mut Seats, now: &mut Instant, who: &[(u64, u8)], frames: u32) -> Vec<Asked> {
        let mut last = Vec::new();
        for _ in 0..frames {
            last = who.iter().map(|(who, level)| seats.hear(*now, *who, *level)).collect();
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

    #[test]
    fn who_speaks_up_among_noises_is_in_at_once_and_a_louder_voice_among_voices_waits_two_seconds() {
        let frames_until_in = |others: u8| {
            let (mut seats, mut now) = (Seats::default(), Instant::now());
            let six: Vec<_> = (1..=5).map(|who| (who, others)).chain([(6, 20)]).collect();
            speak_at(&mut seats, &mut now, &six[..5], 100);
            let out = |_: &u32| speak_at(&mut seats, &mut now, &six, 1)[5] == Asked::Out;
            (0..500).take_while(out).count()
        };

        assert!((8..=20).contains(&frames_until_in(55)), "{}", frames_until_in(55));
        assert!((95..=115).contains(&frames_until_in(27)), "{}", frames_until_in(27));
        assert_eq!(frames_until_in(21), 500);
    }

    #[test]
    fn nobody_goes_in_and_out_all_the_time() {
        let (mut seats, mut now, mut changes) = (Seats::default(), Instant::now(), 0);
        for round in 0..1000_u64 {
            let eight: Vec<_> = (1..=8).map(|who| (who, 30 + ((who * 7 + round * 13) % 9) as u8)).collect();
            let asked = speak_at(&mut seats, &mut now, &eight, 1);
            changes += asked.iter().filter(|asked| matches!(asked, Asked::Instead(_))).count();
        }

        assert!(changes <= 2, "{changes} changes in twenty seconds");
    }
}
