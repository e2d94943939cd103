//! What a room sounds like: tones go in, and come out evenly, on whatever lines.

mod evening;

use evening::{Evening, Mouth, chance, loudness, share, step, strength};

const LOW: f32 = 440.0;
const HIGH: f32 = 1100.0;
/// A tone of this much of full scale is brought to −18 dB of power: a peak of 0.178.
const LEVELLED: f32 = 0.178;

/// A tone at its level has no larger step than this.
fn smooth(hz: f32) -> f32 {
    1.3 * LEVELLED * hz / evening::RATE * std::f32::consts::TAU
}

#[test]
fn a_tone_comes_out_at_its_pitch_at_the_level_of_everybody_and_without_a_click() {
    let mut evening = Evening::begins();
    evening.guest(LOW, 0.1);
    evening.run(400);

    let heard = strength(evening.latest(1.0), LOW);
    assert!((0.14..0.22).contains(&heard), "{heard}");
    assert!(step(evening.latest(4.0)) < smooth(LOW), "{}", step(evening.latest(4.0)));
    assert_eq!(evening.speakers, [1]);
    assert!(evening.longest <= 400);
}

#[test]
fn who_sends_as_many_bits_as_there_are_is_heard_as_everybody() {
    let mouth = || Mouth::new(LOW, 0.1, 960, 2, 510_000).full();
    let mut evening = Evening::begins();
    evening.with(mouth());
    evening.run(400);

    assert_eq!(mouth().say().len(), 1275);
    let heard = strength(evening.latest(1.0), LOW);
    assert!((0.14..0.22).contains(&heard), "{heard}");
    assert!(step(evening.latest(4.0)) < smooth(LOW), "{}", step(evening.latest(4.0)));
    assert_eq!(evening.speakers, [1]);
}

#[test]
fn two_who_talk_over_each_other_are_both_heard() {
    let mut evening = Evening::begins();
    evening.guest(LOW, 0.3);
    evening.guest(HIGH, 0.05);
    evening.run(500);

    let (low, high) = (strength(evening.latest(1.0), LOW), strength(evening.latest(1.0), HIGH));
    assert!(low > 0.1 && high > 0.1 && low / high < 2.0, "{low} and {high}");
    assert_eq!(evening.speakers.len(), 2);
}

#[test]
fn silence_is_alive_and_soft() {
    let mut evening = Evening::begins();
    evening.run(200);

    let air = loudness(evening.latest(2.0));
    assert!((-85.0..-65.0).contains(&air), "{air}");
    assert!(evening.quiet.iter().all(|quiet| *quiet));
}

#[test]
fn what_comes_out_of_order_and_late_is_put_in_order() {
    let mut evening = Evening::begins();
    let mut random = chance(5);
    evening.guest(LOW, 0.2).line = Box::new(move |_| Some(random(50)));
    evening.run(600);

    assert!(step(evening.latest(6.0)) < 2.0 * smooth(LOW), "{}", step(evening.latest(6.0)));
    assert!(share(evening.latest(8.0), LOW) > 0.9, "{}", share(evening.latest(8.0), LOW));
    let delay = evening.delay.as_millis();
    assert!((50..=70).contains(&delay), "{delay} ms");
}

#[test]
fn the_delay_is_never_less_than_one_frame_nor_more_than_six() {
    for (jitter, expected) in [(1, 20), (400, 120)] {
        let mut evening = Evening::begins();
        let mut random = chance(9);
        evening.guest(LOW, 0.2).line = Box::new(move |_| Some(random(jitter)));
        evening.run(600);

        assert_eq!(evening.delay.as_millis(), expected);
    }
}

#[test]
fn one_lost_packet_in_ten_is_hardly_heard() {
    let mut evening = Evening::begins();
    let mut random = chance(3);
    evening.guest(LOW, 0.2).line = Box::new(move |_| (random(10) > 0).then_some(5));
    evening.run(600);

    let heard = strength(evening.latest(5.0), LOW);
    assert!(heard > 0.14, "{heard}");
}

#[test]
fn a_line_that_breaks_off_fades_and_begins_again_without_a_click() {
    let mut evening = Evening::begins();
    evening.guest(LOW, 0.2).line = Box::new(|seq| !(300..400).contains(&seq)).pass();
    evening.run(240);
    let gap = evening.sound.len();
    evening.run(40);
    let silent = loudness(&evening.sound[gap + 10 * 960..gap + 30 * 960]);
    evening.run(200);

    assert!(silent < -60.0, "{silent}");
    assert!(step(evening.latest(6.0)) < 1.5 * smooth(LOW), "{}", step(evening.latest(6.0)));
    assert!(strength(evening.latest(0.5), LOW) > 0.13);
}

/// A line that only loses.
trait Line {
    fn pass(self) -> Box<dyn FnMut(u64) -> Option<u64>>;
}

impl<F: FnMut(u64) -> bool + 'static> Line for Box<F> {
    fn pass(mut self) -> Box<dyn FnMut(u64) -> Option<u64>> {
        Box::new(move |seq| self(seq).then_some(3))
    }
}

#[test]
fn a_browser_that_sends_nothing_in_silence_is_not_bridged() {
    let mut evening = Evening::begins();
    evening.guest(LOW, 0.2);
    evening.run(200);
    evening.guests[0].silent = true;
    evening.run(50);
    let pause = loudness(evening.latest(0.5));
    evening.guests[0].silent = false;
    evening.run(100);

    assert!(pause < -60.0, "{pause}");
    assert!(strength(evening.latest(1.0), LOW) > 0.13);
    assert!(step(evening.latest(4.0)) < 1.5 * smooth(LOW));
}

#[test]
fn clocks_that_run_half_a_thousandth_fast_or_slow_are_followed_for_minutes() {
    for clock in [1.0005, 0.9995] {
        let mut evening = Evening::begins();
        evening.guest(LOW, 0.2).clock = clock;
        evening.run(50 * 180);

        let heard = share(evening.latest(150.0), LOW);
        assert!(heard > 0.97, "{clock}: {heard}");
        assert!(evening.delay.as_millis() <= 30, "{clock}: {:?}", evening.delay);
        assert!(step(evening.latest(170.0)) < 1.5 * smooth(LOW), "{clock}: {}", step(evening.latest(170.0)));
    }
}

#[test]
fn frames_of_every_length_in_one_channel_and_two_at_any_rate_are_heard() {
    for length in [120, 240, 480, 960, 1920, 2880, 3840, 4800, 5760] {
        for (channels, bits) in [(1, 24_000), (2, 64_000), (2, 510_000)] {
            let mut evening = Evening::begins();
            evening.with(Mouth::new(LOW, 0.2, length, channels, bits));
            evening.run(300);

            let heard = strength(evening.latest(1.0), LOW);
            assert!(heard > 0.12, "{length} samples, {channels} channels, {bits}: {heard}");
        }
    }
}

#[test]
fn numbers_and_times_that_jump_begin_anew() {
    let mut evening = Evening::begins();
    evening.guest(LOW, 0.2);
    for (packets, ticks) in [(0, 1 << 33), (70_000, 0), (5, 48_000 * 3600), (1 << 40, 1 << 50)] {
        evening.run(150);
        evening.jump(packets, ticks);
    }
    evening.run(200);

    assert!(strength(evening.latest(1.0), LOW) > 0.13);
}

#[test]
fn more_packets_than_sixteen_bits_count_are_heard_on() {
    let mut evening = Evening::begins();
    evening.with(Mouth::new(LOW, 0.2, 960, 1, 24_000).quick());
    for _ in 0..1320 {
        evening.run(50);
        evening.sound.drain(..evening.sound.len() - 48_000);
        evening.quiet.clear();
    }

    assert!(strength(evening.latest(1.0), LOW) > 0.13);
    assert_eq!(evening.delay.as_millis(), 20);
}

#[test]
fn an_hour_of_silence_is_followed_by_the_first_word() {
    let mut evening = Evening::begins();
    evening.guest(LOW, 0.2);
    evening.run(100);
    evening.guests[0].silent = true;
    evening.run(3000);
    evening.passes(3540);
    evening.guests[0].silent = false;
    evening.run(150);

    assert!(strength(evening.latest(1.0), LOW) > 0.13);
}

#[test]
fn who_is_shut_within_a_word_is_gone_with_the_next_tick_and_without_a_click() {
    let mut evening = Evening::begins();
    evening.guest(LOW, 0.2);
    evening.run(200);
    evening.mixer.silence(1);
    evening.guests[0].silent = true;
    evening.run(10);

    let after = loudness(&evening.latest(0.2)[960 + 480..]);
    assert!(after < -60.0, "{after}");
    assert!(step(evening.latest(1.0)) < smooth(LOW), "{}", step(evening.latest(1.0)));
}

#[test]
fn all_fifty_at_once_are_five_and_never_too_loud() {
    let mut evening = Evening::begins();
    (0..50).for_each(|at| _ = evening.guest(300.0 + 17.0 * at as f32, 0.9));
    evening.run(300);

    assert_eq!(evening.speakers.len(), 5);
    assert!(evening.sound.iter().all(|sample| sample.abs() <= 0.9));
}

#[test]
fn what_is_no_sound_is_never_a_fault() {
    let mut evening = Evening::begins();
    evening.guest(LOW, 0.2);
    let mut random = chance(11);
    for at in 0..20_000 {
        let length = random(60) as usize;
        let garbage: Vec<u8> = (0..length).map(|_| random(256) as u8).collect();
        let (seq, time) = (random(1 << 20), random(1 << 40));
        evening.put(2 + random(90), seq, time, &garbage);
        if at % 40 == 0 {
            evening.run(1);
        }
    }
    evening.guests[0].silent = false;
    evening.run(200);

    assert!(evening.sound.iter().all(|sample| sample.is_finite() && sample.abs() <= 0.9));
    assert!(strength(evening.latest(1.0), LOW) > 0.05);
}

#[test]
fn the_same_evening_sounds_the_same() {
    let sound = || {
        let mut evening = Evening::begins();
        evening.guest(LOW, 0.2);
        evening.run(100);
        evening.sound
    };

    assert!(sound() == sound());
}
