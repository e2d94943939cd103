//! Lines and browsers that do what they should not: what is heard of them is even all the same.

mod evening;

use evening::{Evening, chance, loudness, share, step, strength};

const LOW: f32 = 440.0;
/// The largest step of a tone at the level of everybody, with a little to spare.
const SMOOTH: f32 = 1.5 * 0.178 * LOW / evening::RATE * std::f32::consts::TAU;

#[test]
fn what_is_guessed_goes_over_into_what_comes_without_a_click() {
    for lost in 1..6 {
        let mut evening = Evening::begins();
        evening.guest(LOW, 0.2).line = Box::new(move |seq| (seq % 40 >= lost).then_some(5));
        evening.run(600);

        let click = step(evening.latest(8.0));
        assert!(click < SMOOTH, "{lost} in a row: {click} for {SMOOTH}");
    }
}

#[test]
fn a_clock_that_jumps_a_little_is_followed_within_a_second() {
    for ticks in [960, 4_800, 24_000, 48_000, 5 * 48_000, 9 * 48_000, 60 * 48_000] {
        for back in [false, true] {
            let mut evening = Evening::begins();
            evening.guest(LOW, 0.2).time = 1 << 33;
            evening.run(200);
            evening.jump(0, if back { 0_u64.wrapping_sub(ticks) } else { ticks });
            evening.run(50);
            evening.run(150);

            let heard = share(evening.latest(3.0), LOW);
            assert!(heard == 1.0, "{ticks} ticks, back: {back}: {heard}");
            assert!(evening.delay.as_millis() <= 120);
        }
    }
}

#[test]
fn a_road_that_becomes_longer_is_followed_within_a_second() {
    let mut evening = Evening::begins();
    evening.guest(LOW, 0.2).line = Box::new(|seq| Some(if seq < 400 { 20 } else { 320 }));
    evening.run(300 + 16 + 50);
    evening.run(400);

    let heard = share(evening.latest(8.0), LOW);
    assert!(heard == 1.0, "{heard}");
    assert!(evening.delay.as_millis() <= 40, "{:?}", evening.delay);
}

#[test]
fn an_uneven_line_is_known_again_after_a_long_silence() {
    let mut evening = Evening::begins();
    let mut random = chance(3);
    evening.guest(LOW, 0.2).line = Box::new(move |_| Some(random(60)));
    evening.run(600);
    evening.guests[0].silent = true;
    evening.run(25 * 50);
    evening.guests[0].silent = false;
    evening.run(20);
    let known = evening.delay;
    evening.run(50);

    assert!((50..=90).contains(&known.as_millis()), "{known:?}");
    assert!(strength(evening.latest(0.8), LOW) > 0.13);
}

#[test]
fn a_tone_stays_clean_while_its_clock_is_drawn_along() {
    let mut evening = Evening::begins();
    // So fast that it has to be drawn along almost always.
    evening.guest(LOW, 0.2).clock = 1.004;
    evening.run(50 * 30);

    let (heard, other) = (strength(evening.latest(0.25), LOW * 1.004), noise(evening.latest(0.25)));
    assert!(heard > 0.15 && other < -45.0, "{heard}, {other} dB beside it");
}

/// All but the tone, in decibels below full scale.
fn noise(sound: &[f32]) -> f32 {
    // Three samples of a sine lie on one line: x₋ + x₊ = 2 cos(ω) x. What does not is noise, here mostly high.
    let turn = (LOW * 1.004 / evening::RATE * std::f32::consts::TAU).cos();
    let rest: Vec<f32> = sound.windows(3).map(|three| three[0] + three[2] - 2.0 * turn * three[1]).collect();
    loudness(&rest)
}
