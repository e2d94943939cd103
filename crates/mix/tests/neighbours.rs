//! Beside somebody whose browser sends what none should: another's tone stays as it is without them.

mod evening;

use causerie_mix::FRAME;
use evening::{Evening, chance, loudness, strength};

const LOW: f32 = 440.0;
const HIGH: f32 = 1100.0;
/// Who does bad things, and for how long they do.
const BAD: u64 = 9;
const TICKS: usize = 400;

/// In each fifth of a second of an evening: how much there is of the tone of who speaks properly.
fn told(mut beside: impl FnMut(&mut Evening, u64)) -> Vec<f32> {
    let mut evening = Evening::begins();
    evening.guest(LOW, 0.2);
    evening.run(100);
    for tick in 0..TICKS as u64 {
        beside(&mut evening, tick);
        evening.run(1);
    }
    assert!(evening.sound.iter().all(|sample| sample.is_finite() && sample.abs() <= 0.9));
    evening.sound[100 * FRAME..].chunks_exact(9600).map(|piece| strength(piece, LOW)).collect()
}

/// By how many decibels the tone is off at worst.
fn off(heard: &[f32], usual: &[f32]) -> f32 {
    heard.iter().zip(usual).map(|(one, other)| 20.0 * (one / other).log10().abs()).fold(0.0, f32::max)
}

/// Twenty milliseconds of a tone, one packet after the other.
fn tones() -> Vec<Vec<u8>> {
    let mut mouth = evening::Mouth::new(HIGH, 0.2, FRAME, 1, 32_000);
    (0..TICKS).map(|_| mouth.say()).collect()
}

type Habit = (&'static str, fn(u64) -> (u64, u64));

/// Numbers and times as none should be, by how many there were before.
const HABITS: [Habit; 8] = [
    ("times half of all there are ahead", |at| (at, at * 960 + at / 50 * (1 << 31))),
    ("times that go back", |at| (at, (1 << 40) - at * 96_000)),
    ("times that go to and fro", |at| (at, (1 << 40) + at * 960 + at % 2 * (1 << 31))),
    ("times that stand still", |_| (7, 7)),
    ("times at the end of all there are", |at| (at, u64::MAX - 50_000 + at * 960)),
    ("numbers that jump", |at| (at * 9_999, at * 960)),
    ("numbers that go back", |at| (u64::MAX - at * 77, at * 960)),
    ("all of a second at once", |at| (at % 50 * 50, at % 50 * 48_000)),
];

#[test]
fn numbers_and_times_of_one_leave_another_as_they_are() {
    let packets = tones();
    let usual = told(|evening, tick| evening.put(BAD, tick, tick * 960, &packets[tick as usize]));
    for (name, habit) in HABITS {
        let heard = told(|evening, tick| {
            let (seq, time) = habit(tick);
            evening.put(BAD, seq, time, &packets[tick as usize]);
        });

        assert!(off(&heard, &usual) < 1.0, "{name}: {} dB off", off(&heard, &usual));
    }
}

#[test]
fn what_is_no_sound_of_one_leaves_another_as_they_are() {
    let alone = told(|_, _| {});
    let mut random = chance(5);

    let heard = told(|evening, tick| {
        let bytes: Vec<u8> = (0..random(1200)).map(|_| random(256) as u8).collect();
        (0..8).for_each(|at| evening.put(BAD, tick * 8 + at, tick * 960 + at * 120, &bytes));
    });

    // What is decoded of any bytes is noise, as loud as a voice; beside it the other is softer by what a limiter takes.
    assert!(off(&heard, &alone) < 3.0, "{} dB off", off(&heard, &alone));
}

#[test]
fn frames_of_any_length_beside_one_are_heard_beside_them() {
    for (length, channels, bits) in
        [(120, 1, 510_000), (240, 2, 64_000), (1920, 1, 24_000), (2880, 2, 510_000), (5760, 1, 24_000)]
    {
        let mut evening = Evening::begins();
        evening.guest(LOW, 0.2);
        evening.run(100);
        evening.with(evening::Mouth::new(HIGH, 0.2, length, channels, bits));
        evening.run(300);

        let pieces = evening.latest(4.0).chunks_exact(9600);
        let least = |hz| pieces.clone().map(|piece| strength(piece, hz)).fold(f32::MAX, f32::min);
        assert!(least(LOW) > 0.12 && least(HIGH) > 0.12, "{length}: {} and {}", least(LOW), least(HIGH));
    }
}

#[test]
fn who_is_lost_within_a_word_takes_nobody_along() {
    let packets = tones();
    let usual = told(|_, _| {});

    let heard = told(|evening, tick| {
        if tick < 200 {
            evening.put(BAD, tick, tick * 960, &packets[tick as usize]);
        }
    });

    let after = 22;
    assert!(off(&heard[after..], &usual[after..]) < 0.1, "{} dB off", off(&heard[after..], &usual[after..]));
}

#[test]
fn clocks_that_drift_apart_for_minutes_leave_both_whole() {
    let mut evening = Evening::begins();
    evening.guest(LOW, 0.2).clock = 1.0005;
    evening.guest(HIGH, 0.2).clock = 0.9995;
    evening.run(50 * 120);

    let pieces: Vec<_> = evening.latest(100.0).chunks_exact(9600).collect();
    // While it is drawn along, a tone is half a percent higher or lower.
    let heard = |hz: f32, piece: &[f32]| [0.995, 1.0, 1.005].map(|drawn| strength(piece, hz * drawn));
    let is_whole = |hz: f32, piece: &&&[f32]| heard(hz, piece).into_iter().any(|one| one > 0.12);
    let whole = |hz: f32| pieces.iter().filter(|piece| is_whole(hz, piece)).count();
    assert_eq!((whole(LOW), whole(HIGH)), (pieces.len(), pieces.len()));
}

#[test]
fn an_hour_of_one_byte_now_and_then_is_silence_and_the_word_after_it_is_heard() {
    let mut evening = Evening::begins();
    evening.guest(LOW, 0.2);
    evening.run(100);
    evening.guests[0].silent = true;
    evening.run(30);
    let (mut signs, mut loudest) = (0, f32::MIN);
    // Ten seconds of each ten minutes somebody listens.
    for _ in 0..6 {
        for tick in 0..500 {
            if tick % 20 == 0 {
                signs += 1;
                evening.says(0, &[31 << 3]);
            }
            evening.run(1);
        }
        loudest = loudest.max(loudness(evening.latest(5.0)));
        evening.passes(590);
    }
    evening.guests[0].silent = false;
    evening.run(150);

    assert!(loudest < -60.0 && signs == 150, "{loudest} dB");
    assert!(strength(evening.latest(1.0), LOW) > 0.13);
}
