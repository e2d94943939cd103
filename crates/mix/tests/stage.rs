//! A stage of many: who is heard among them, and who is not.

mod evening;

use evening::{Evening, loudness, step, strength};

const LOW: f32 = 440.0;

/// Let so many people make the soft noise of an open microphone.
fn fans(evening: &mut Evening, count: usize) {
    (0..count).for_each(|at| evening.guest(2000.0 + 100.0 * at as f32, 0.003).level = 53);
}

#[test]
fn who_speaks_is_heard_however_many_microphones_are_open() {
    let mut evening = Evening::begins();
    fans(&mut evening, 12);
    evening.run(300);
    evening.guest(LOW, 0.2);
    evening.run(50);
    let soon = strength(evening.latest(0.2), LOW);
    evening.run(150);

    assert!(soon > 0.1, "{soon}");
    assert_eq!(evening.speakers[0], 13);
}

#[test]
fn the_loudest_of_fifty_are_heard_and_they_change_seldom() {
    let mut evening = Evening::begins();
    for at in 0..50_u8 {
        evening.guest(300.0 + 40.0 * f32::from(at), 0.1).level = if at % 10 == 7 { 12 } else { 22 };
    }
    evening.run(400);

    let mut heard = evening.speakers.clone();
    heard.sort_unstable();
    assert_eq!(heard, [8, 18, 28, 38, 48]);
}

#[test]
fn what_waits_of_somebody_who_is_shut_is_not_heard_when_they_come_back() {
    let mut evening = Evening::begins();
    // Five others have the seats until they fall silent together.
    (0..5).for_each(|at| _ = evening.guest(2000.0 + 100.0 * at as f32, 0.1));
    evening.guest(LOW, 0.2).level = 30;
    evening.guests[5].line = Box::new(|seq| Some(seq * 37 % 110));
    evening.run(200);
    evening.mixer.silence(6);
    evening.guests.iter_mut().for_each(|guest| guest.silent = true);
    evening.forget_what_is_under_way();
    evening.guests[5].change(880.0);
    evening.guests[5].silent = false;
    evening.run(100);

    let before = strength(&evening.sound[200 * 960..], LOW);
    assert!(before < 0.002, "{before}");
    assert!(strength(evening.latest(0.5), 880.0) > 0.1);
}

#[test]
fn who_is_opened_again_at_once_is_heard_from_the_first_word() {
    let mut evening = Evening::begins();
    evening.guest(LOW, 0.2);
    evening.run(200);
    evening.mixer.silence(1);
    evening.guests[0].change(880.0);
    evening.run(4);

    assert!(step(evening.latest(1.0)) < 0.035, "{}", step(evening.latest(1.0)));
    let second = &evening.latest(0.04)[..960];
    assert!(strength(second, 880.0) > 0.1, "{}", strength(second, 880.0));
}

#[test]
fn who_comes_after_many_others_have_come_and_gone_is_heard() {
    let mut evening = Evening::begins();
    evening.guest(LOW, 0.2);
    evening.run(20);
    let payload = [0xF8, 0xFF, 0xFE];
    (100..300).for_each(|who| evening.put(who, 0, 0, &payload));
    evening.guest(1100.0, 0.2);
    evening.run(200);

    assert!(strength(evening.latest(0.5), LOW) > 0.1 && strength(evening.latest(0.5), 1100.0) > 0.1);
    assert!(loudness(evening.latest(0.5)) < -10.0);
}
