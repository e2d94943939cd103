//! Whole evenings in fast time: clocks that drift, packets that are lost, held up and overtaken, people who come back.

use crate::log::HEADER;
use crate::log::tests::Scrap;
use crate::made::tone;
use crate::record::{Kind, Record};
use crate::track::{RATE, Track};

const MS: i64 = 1_000_000;
const SECOND: i64 = 1000 * MS;
const MINUTE: i64 = 60 * SECOND;
const FRAME: i64 = 20 * MS;
/// Each minute somebody says one word: ten frames.
const WORD: usize = 10;
/// While they say nothing their page sends a sign of life each 400 ms, as Opus does (DTX).
const REST: u64 = 20;
const NOTHING: [u8; 2] = [0xF8, 0xFF];

/// Somebody's evening: their clock is off by so much, and they are there from when to when, on the room's clock.
struct Evening {
    parts_per_million: f64,
    there: Vec<(i64, i64)>,
    chance: u64,
}

/// A packet as it arrives.
struct Arrived {
    at: i64,
    stint: u16,
    seq: u64,
    time: u64,
    /// Which frame of the word, where it is one.
    word: Option<usize>,
}

impl Evening {
    fn new(parts_per_million: f64, there: Vec<(i64, i64)>) -> Self {
        Self { parts_per_million, there, chance: 0x9E37_79B9_7F4A_7C15 }
    }

    fn chance(&mut self, below: u64) -> u64 {
        self.chance ^= self.chance << 13;
        self.chance ^= self.chance >> 7;
        self.chance ^= self.chance << 17;
        self.chance % below
    }

    /// The log, and when each word was said.
    fn held(mut self) -> (Scrap, Vec<i64>) {
        let (mut all, mut words) = (Vec::new(), Vec::new());
        for (stint, (comes, goes)) in self.there.clone().into_iter().enumerate() {
            self.stay(stint as u16, comes, goes, &mut all, &mut words);
        }
        all.sort_by_key(|packet| packet.at);
        (written(&all), words)
    }

    /// One connection: numbers and times begin anywhere.
    fn stay(&mut self, stint: u16, comes: i64, goes: i64, all: &mut Vec<Arrived>, words: &mut Vec<i64>) {
        let (seq, time) = (1 + self.chance(60_000), self.chance(1 << 32));
        let lasts = FRAME as f64 * (1.0 + self.parts_per_million * 1e-6);
        let mut word = WORD;
        for count in 0.. {
            let said = comes + (count as f64 * lasts) as i64;
            if said >= goes {
                return;
            }
            let begins = said % MINUTE >= 5 * SECOND && said % MINUTE < 5 * SECOND + lasts as i64;
            word = if begins { 0 } else { (word + 1).min(WORD) };
            words.extend(begins.then_some(said));
            let sent = word < WORD || count % REST == 0;
            let lost = self.chance(20) == 0 && word > 1;
            if sent && !lost {
                let word = (word < WORD).then_some(word);
                let at = said + self.under_way();
                all.push(Arrived { at, stint, seq: seq + count, time: time + 960 * count, word });
            }
        }
    }

    /// Fifteen milliseconds and up to forty more; one in two hundred is asked for again.
    fn under_way(&mut self) -> i64 {
        let again = if self.chance(200) == 0 { 180 } else { 0 };
        (15 + again + self.chance(40) as i64) * MS
    }
}

fn written(all: &[Arrived]) -> Scrap {
    let frames = tone(WORD);
    let mut bytes = HEADER.to_vec();
    for packet in all {
        let said = Record {
            kind: Kind::Sound,
            arrived: packet.at,
            stint: packet.stint,
            seq: packet.seq,
            time: packet.time,
            level: if packet.word.is_some() { 20 } else { 127 },
            marker: packet.word == Some(0),
            payload: packet.word.map_or(&NOTHING, |at| &frames[at]),
        };
        said.append(&mut bytes);
    }
    Scrap::with(&bytes)
}

/// When words begin in the sound from one moment to another.
fn heard(track: &Track, from: i64, to: i64) -> Vec<i64> {
    let mut sound = track.sound(from).expect("it is a take");
    let (mut words, mut loud_at) = (Vec::new(), i64::MIN);
    let mut piece = vec![0.0; RATE as usize / 100];
    for at in (from..to).step_by(10 * MS as usize) {
        sound.fill(&mut piece).expect("it plays");
        if let Some(first) = piece.iter().position(|sample| sample.abs() > 0.05) {
            if loud_at < at - SECOND {
                words.push(at + first as i64 * SECOND / i64::from(RATE));
            }
            loud_at = at;
        }
    }
    words
}

/// The farthest that a word is from where it was said, in milliseconds; all of them are there.
fn farthest(heard: &[i64], said: &[i64]) -> i64 {
    assert_eq!(heard.len(), said.len());
    heard.iter().zip(said).map(|(heard, said)| (heard - said).abs() / MS).max().unwrap_or(0)
}

#[test]
fn two_hours_with_three_reconnects_are_within_fifty_milliseconds() {
    let part = |from: i64, to: i64| (from * MINUTE, to * MINUTE - 7 * SECOND);
    let there = [part(0, 20), part(20, 61), part(63, 97), part(97, 120)];
    for parts_per_million in [-140.0, 35.0, 200.0] {
        let (log, said) = Evening::new(parts_per_million, there.to_vec()).held();
        let track = Track::open(&log.0).expect("it is a take");

        let heard = heard(&track, 0, 120 * MINUTE);

        assert_eq!(said.len(), 118);
        let off = farthest(&heard, &said);
        assert!(off <= 50, "{parts_per_million}: {off} ms");
    }
}

#[test]
fn the_last_word_of_twelve_hours_is_where_it_was_said() {
    let (log, said) = Evening::new(100.0, vec![(0, 720 * MINUTE)]).held();
    let track = Track::open(&log.0).expect("it is a take");

    let heard = heard(&track, 715 * MINUTE, 720 * MINUTE);

    let off = farthest(&heard, &said[715..]);
    assert!(off <= 50, "4,320 ms is the clock off by then, and the word by {off} ms");
}

#[test]
fn a_drop_of_some_seconds_moves_nothing_that_comes_after() {
    let (log, said) = Evening::new(80.0, vec![(0, 10 * MINUTE)]).held();
    let bytes = std::fs::read(&log.0).expect("it is there");
    // Two seconds of records are missing: the disk took nothing meanwhile.
    let (from, to) = (bytes.len() / 2, bytes.len() / 2 + 5 * 38);
    let at = |near: usize| (near..).find(|at| Record::read(&bytes[*at..]).is_some()).expect("a record");
    let holed = Scrap::with(&[&bytes[..at(from)], &bytes[at(to)..]].concat());
    let track = Track::open(&holed.0).expect("it is a take");

    let off = farthest(&heard(&track, 0, 10 * MINUTE), &said);

    assert!(track.torn.is_none() && off <= 50, "{off} ms");
}
