//! A bad network: what is lost, late or twice.

mod hall;

use hall::{Hall, person::Heard};
use std::collections::HashSet;

/// Every number once, and what lies between two numbers also lies between what was said.
fn assert_in_step(heard: &[Heard]) {
    let numbers: HashSet<_> = heard.iter().map(|it| (it.source, it.seq)).collect();
    assert_eq!(numbers.len(), heard.len(), "a number came twice");
    let shifts: HashSet<_> = heard.iter().map(|it| it.seq.wrapping_sub(it.count().into())).collect();
    assert_eq!(shifts.len(), 1, "numbers and words are out of step");
}

#[test]
fn what_comes_late_or_twice_is_heard_once_and_in_step() {
    let mut hall = Hall::open(1);
    let (ada, ben) = (hall.enter(1, 1), hall.enter(2, 1));
    hall.delay = 60;
    hall.twice = 5;
    hall.speaks(ada, -20);

    hall.run(5000);

    let heard = &hall.people[ben].heard;
    assert_in_step(heard);
    assert!(heard.len() >= 240, "{} of 250", heard.len());
}

#[test]
fn a_speakers_lost_packets_are_asked_for_again() {
    let mut hall = Hall::open(1);
    let (ada, ben) = (hall.enter(1, 1), hall.enter(2, 1));
    hall.speaks(ada, -20);
    hall.run(200);
    hall.loss = 10;
    hall.run(10_000);
    hall.loss = 0;
    hall.run(500);

    let heard = &hall.people[ben].heard;
    assert_in_step(heard);
    // str0m as a browser has no way to send sound again; real ones have (a browser test hears it).
    assert!(hall.people[ada].nacks_got > 50, "the speaker was asked {} times", hall.people[ada].nacks_got);
}

#[test]
fn a_listeners_lost_packets_come_again_the_same() {
    let mut hall = Hall::open(1);
    let ada = hall.enter(1, 1);
    hall.player(100);
    hall.run(200);
    hall.people[ada].ask_again();
    hall.loss = 5;
    hall.run(10_000);
    hall.loss = 0;
    hall.run(500);

    let heard = &hall.people[ada].heard;
    assert_in_step(heard);
    assert!(hall.count("nacks_answered") > 50, "{} were answered", hall.count("nacks_answered"));
    assert!(heard.len() >= 520, "{} of 535: what was lost came again", heard.len());
}

#[test]
fn a_flood_of_reports_is_cut_off_and_everybody_hears_on() {
    let mut hall = Hall::open(1);
    let (ada, ben) = (hall.enter(1, 1), hall.enter(2, 1));
    hall.player(100);
    hall.run(500);
    hall.hush();
    let from = hall.people[ada].address;

    for count in 0..10_000_u32 {
        hall.inject(from, &[&[129, 205, 0, 3][..], &count.to_be_bytes(), &[9; 40]].concat());
        if count % 10 == 0 {
            hall.run(1);
        }
    }

    assert!(hall.count("drop_rate") > 9_500, "{}", hall.count("drop_rate"));
    let heard = [ada, ben].map(|at| hall.people[at].heard_now());
    assert!(heard.iter().all(|it| it.len() == 1 && it[0].1 >= 48), "{heard:?}");
}
