//! Who is heard of all who speak: four places, the loudest first. Places are kept through pauses and given up only to
//! somebody clearly louder, and never in the middle of a word.

use crate::words::PeerKey;
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Three that everybody hears, and a fourth whom those three hear, since nobody hears themselves.
pub(crate) const PLACES: usize = 4;

/// Louder than this (−dBov) counts as speech.
pub(crate) const VOICED: u8 = 60;
const SILENCE: u8 = 127;
/// A place is kept at least so long.
const HOLD: Duration = Duration::from_millis(600);
/// A gap in speech: shorter pauses are within a word.
const GAP: Duration = Duration::from_millis(200);
/// Silent for so long, a place is free for anybody who speaks.
const FREE: Duration = Duration::from_secs(1);
/// Who stays clearly louder for so long need not wait for a gap: a steady tone has none.
const PATIENCE: Duration = Duration::from_secs(2);
/// In decibels: enough to take a place in a gap.
const CLEARLY_LOUDER: f32 = 3.0;
/// Enough for those who stay louder all the time.
const LOUDER: f32 = 0.75;

/// The places of one room.
#[derive(Debug, Default)]
pub(crate) struct Floor {
    places: [Option<PeerKey>; PLACES],
    voices: HashMap<PeerKey, Voice>,
}

#[derive(Debug, Clone, Copy)]
struct Voice {
    /// How loud lately: 127 minus the level, quick to rise and slow to fall.
    loud: f32,
    spoke: Option<Instant>,
    seated: Option<Instant>,
    /// Since when louder than somebody above.
    presses: Option<Instant>,
}

impl Floor {
    pub fn places(&self) -> &[Option<PeerKey>; PLACES] {
        &self.places
    }

    pub fn seats(&self, who: PeerKey) -> bool {
        self.places.contains(&Some(who))
    }

    /// Somebody sent a packet of this loudness; says whether the places changed.
    pub fn hear(&mut self, now: Instant, who: PeerKey, level: u8) -> bool {
        let voice = self.voices.entry(who).or_insert(Voice::NEW);
        voice.hear(now, level);
        let mine = self.places.iter().position(|it| *it == Some(who)).unwrap_or(PLACES);
        if level >= VOICED {
            voice.presses = None;
            return mine == PLACES && level < SILENCE && self.take_empty(now, who);
        }
        let Some(target) = (0..mine).find(|place| self.yields(now, *place, who)) else {
            self.voice(who).presses = None;
            return false;
        };
        if self.is_free(now, target) {
            self.swap(now, target, mine, who);
            return true;
        }
        self.press(now, target, mine, who)
    }

    /// Somebody is not heard any more; says whether the places changed.
    pub fn forget(&mut self, who: PeerKey) -> bool {
        self.voices.remove(&who);
        let place = self.places.iter_mut().find(|it| **it == Some(who));
        place.map(|place| *place = None).is_some()
    }

    fn take_empty(&mut self, now: Instant, who: PeerKey) -> bool {
        let Some(empty) = self.places.iter().position(Option::is_none) else { return false };
        self.swap(now, empty, PLACES, who);
        true
    }

    fn voice(&mut self, who: PeerKey) -> &mut Voice {
        self.voices.entry(who).or_insert(Voice::NEW)
    }

    fn is_free(&self, now: Instant, place: usize) -> bool {
        self.holder(place).is_none_or(|holder| holder.silent_for(now) >= FREE)
    }

    fn holder(&self, place: usize) -> Option<&Voice> {
        self.places[place].and_then(|who| self.voices.get(&who))
    }

    /// The place is free, or its holder is clearly less loud.
    fn yields(&self, now: Instant, place: usize, who: PeerKey) -> bool {
        let (Some(holder), Some(challenger)) = (self.holder(place), self.voices.get(&who)) else {
            return true;
        };
        self.is_free(now, place) || challenger.loud > holder.loud + LOUDER
    }

    /// Go on being louder, and take the place when it is time.
    fn press(&mut self, now: Instant, target: usize, mine: usize, who: PeerKey) -> bool {
        let since = *self.voice(who).presses.get_or_insert(now);
        let pressed = now.saturating_duration_since(since);
        let loud = self.voice(who).loud;
        let ready = |holder: &Voice| {
            let held = holder.seated.is_none_or(|seated| now.saturating_duration_since(seated) >= HOLD);
            let in_a_gap = holder.silent_for(now) >= GAP && loud > holder.loud + CLEARLY_LOUDER;
            held && pressed >= GAP && (pressed >= PATIENCE || in_a_gap)
        };
        // Who falls out of the three, and who falls out of the four, must not be in the middle of a word.
        let falls = [PLACES - 2, PLACES - 1].into_iter().filter(|place| (target..mine).contains(place));
        if !falls.chain([target]).all(|place| self.holder(place).is_none_or(ready))
            || !self.leads(now, target, who)
        {
            return false;
        }
        self.insert(now, target, mine, who);
        true
    }

    /// Nobody louder waits for this place.
    fn leads(&self, now: Instant, target: usize, who: PeerKey) -> bool {
        let above = &self.places[..target];
        let loud = self.voices.get(&who).map_or(0.0, |voice| voice.loud);
        let waits =
            |other: &PeerKey, voice: &Voice| !above.contains(&Some(*other)) && voice.silent_for(now) < GAP;
        self.voices.iter().all(|(other, voice)| voice.loud <= loud || !waits(other, voice))
    }

    /// Take a free place; whoever rested there goes where the other came from.
    fn swap(&mut self, now: Instant, target: usize, mine: usize, who: PeerKey) {
        let before = self.places[target].replace(who);
        match self.places.get_mut(mine) {
            Some(place) => *place = before,
            None => self.leave(before),
        }
        self.seat(now, who, mine);
    }

    /// Take a place; everybody below moves down by one.
    fn insert(&mut self, now: Instant, target: usize, mine: usize, who: PeerKey) {
        let last = mine.min(PLACES - 1);
        let out = if mine == PLACES { self.places[last] } else { None };
        self.places[target..=last].rotate_right(1);
        self.places[target] = Some(who);
        self.leave(out);
        self.seat(now, who, mine);
    }

    fn seat(&mut self, now: Instant, who: PeerKey, before: usize) {
        let voice = self.voice(who);
        voice.presses = None;
        if before == PLACES {
            voice.seated = Some(now);
        }
    }

    fn leave(&mut self, who: Option<PeerKey>) {
        if let Some(voice) = who.and_then(|who| self.voices.get_mut(&who)) {
            voice.seated = None;
        }
    }
}

impl Voice {
    const NEW: Self = Self { loud: 0.0, spoke: None, seated: None, presses: None };

    fn hear(&mut self, now: Instant, level: u8) {
        let loud = f32::from(SILENCE.saturating_sub(level));
        // 20 ms packets: up within 60 ms, down within 400 ms.
        let share = if loud > self.loud { 0.3 } else { 0.05 };
        self.loud += (loud - self.loud) * share;
        if level < VOICED {
            self.spoke = Some(now);
        }
    }

    fn silent_for(&self, now: Instant) -> Duration {
        self.spoke.map_or(Duration::MAX, |spoke| now.saturating_duration_since(spoke))
    }
}

#[cfg(test)]
mod tests {
    use super::{Floor, PLACES};
    use crate::words::PeerKey;
    use std::time::{Duration, Instant};

    struct Evening {
        floor: Floor,
        now: Instant,
    }

    impl Evening {
        fn new() -> Self {
            Self { floor: Floor::default(), now: Instant::now() }
        }

        /// All of these speak, so loud, for so long.
        fn speak(&mut self, voices: &[(u64, u8)], millis: u64) {
            for _ in 0..millis / 20 {
                self.now += Duration::from_millis(20);
                for (who, level) in voices {
                    self.floor.hear(self.now, PeerKey(*who), *level);
                }
            }
        }

        fn heard(&self) -> [u64; PLACES] {
            self.floor.places().map(|place| place.map_or(0, |who| who.0))
        }

        fn three(&self) -> Vec<u64> {
            let mut three = self.heard()[..3].to_vec();
            three.sort_unstable();
            three
        }
    }

    #[test]
    fn the_first_to_speak_take_the_places_and_silence_takes_none() {
        let mut evening = Evening::new();

        evening.speak(&[(1, 127), (2, 30), (3, 30)], 100);

        assert_eq!(evening.heard(), [2, 3, 0, 0]);
    }

    #[test]
    fn a_cough_takes_nobodys_place() {
        let mut evening = Evening::new();
        let four = [(1, 30), (2, 30), (3, 30), (4, 30)];
        evening.speak(&four, 3000);
        let before = evening.heard();

        evening.speak(&[&four[..], &[(5, 5)]].concat(), 160);

        assert_eq!(evening.heard(), before);
    }

    #[test]
    fn who_interrupts_waits_for_the_end_of_the_word() {
        let mut evening = Evening::new();
        let four = [(1, 30), (2, 30), (3, 30), (4, 30)];
        evening.speak(&four, 3000);

        evening.speak(&[&four[..], &[(5, 10)]].concat(), 1000);
        let within = evening.heard().contains(&5);
        // All four take a breath; the new one goes on.
        evening.speak(&[(1, 127), (2, 127), (3, 127), (4, 127), (5, 10)], 300);

        assert_eq!((within, evening.heard()[0]), (false, 5));
    }

    #[test]
    fn who_took_a_place_keeps_it_for_a_while() {
        let mut evening = Evening::new();
        let mut changes = 0;
        let mut before = evening.heard();
        // Six people of much the same loudness, up and down.
        for round in 0..500_u64 {
            let voices: Vec<_> = (1..=6).map(|who| (who, 30 + ((who * 7 + round * 13) % 9) as u8)).collect();
            evening.speak(&voices, 20);
            changes += u32::from(evening.heard() != before);
            before = evening.heard();
        }

        assert!(changes <= 4 + 10_000 / 600, "{changes} changes in ten seconds");
    }

    #[test]
    fn fifty_at_once_come_down_to_the_three_loudest() {
        let mut evening = Evening::new();
        let voices: Vec<_> = (1..=50_u64).map(|who| (who, 5 + (who * 37 % 50) as u8)).collect();

        evening.speak(&voices, 12_000);

        let mut loudest = voices.clone();
        loudest.sort_by_key(|(_, level)| *level);
        let mut expected: Vec<_> = loudest[..3].iter().map(|(who, _)| *who).collect();
        expected.sort_unstable();
        assert_eq!(evening.three(), expected);
    }

    #[test]
    fn who_is_forgotten_leaves_a_place_for_the_next() {
        let mut evening = Evening::new();
        evening.speak(&[(1, 30), (2, 30), (3, 30), (4, 30), (5, 50)], 1000);

        let changed = evening.floor.forget(PeerKey(1));
        evening.speak(&[(5, 50)], 20);

        assert!(changed && evening.heard().contains(&5) && !evening.heard().contains(&1));
    }
}
