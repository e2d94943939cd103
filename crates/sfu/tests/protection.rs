//! The programme on bad networks: numbers over the wrap, packets that come again, copies of earlier sound.

mod hall;

use hall::mixer::MIXER;
use hall::person::Person;
use hall::{Hall, ROOM};
use std::collections::HashSet;

/// A hall with somebody who hears the programme on their only line, and knows copies or not.
fn listening(copies: bool) -> (Hall, usize) {
    let mut hall = Hall::open(1);
    hall.programme_line = Some(0);
    hall.mixer.quiet = false;
    let make = if copies { Person::with_copies } else { Person::new };
    let at = hall.knock(make(hall.now, 1, 1), false);
    hall.run(1000);
    (hall, at)
}

/// A packet with copies begins with a header that says that another follows (RFC 2198).
fn has_copies(payload: &[u8]) -> bool {
    payload.len() > 5
}

#[test]
fn a_listener_hears_on_over_the_wrap_and_so_does_one_who_comes_after_it() {
    let (mut hall, ada) = listening(false);
    // 65,536 packets and more: 22 minutes.
    for _ in 0..1320 {
        hall.run(1000);
        hall.people[ada].heard.drain(..).for_each(|it| assert_eq!(it.who(), MIXER));
    }

    let late = hall.knock(Person::new(hall.now, 2, 1), false);
    hall.run(2000);

    let heard = |at: usize| hall.people[at].heard.len();
    assert!(heard(ada) >= 99 && heard(late) >= 60, "{} and {}", heard(ada), heard(late));
}

#[test]
fn what_a_listener_lost_comes_again_the_same() {
    let (mut hall, ada) = listening(false);
    hall.people[ada].ask_again();
    hall.people[ada].heard.clear();
    hall.loss = 5;
    hall.run(10_000);
    hall.loss = 0;
    hall.run(500);

    let heard = &hall.people[ada].heard;
    let numbers: HashSet<_> = heard.iter().map(|it| it.seq).collect();
    let shifts: HashSet<_> = heard.iter().map(|it| it.seq.wrapping_sub(it.count().into())).collect();
    assert_eq!((numbers.len(), shifts.len()), (heard.len(), 1));
    assert!(hall.count("nacks_answered") > 50, "{} were answered", hall.count("nacks_answered"));
    assert!(heard.len() >= 510, "{} of 525: what was lost came again", heard.len());
}

#[test]
fn who_loses_much_gets_copies_and_none_once_all_is_well_again() {
    let (mut hall, ada) = listening(true);
    hall.loss = 5;
    hall.run(20_000);
    hall.loss = 0;
    hall.people[ada].heard.clear();
    hall.run(200);
    let bad = hall.people[ada].heard.drain(..).filter(|it| has_copies(&it.payload)).count();
    let told = hall.doors.programme_loss(ROOM);

    hall.run(120_000);
    hall.people[ada].heard.clear();
    hall.run(200);
    let good = hall.people[ada].heard.drain(..).filter(|it| has_copies(&it.payload)).count();

    assert!(bad >= 9 && good == 0, "{bad} with copies on a bad line, {good} on a good one");
    assert!((10..=30).contains(&told), "{told} percent are told");
}

#[test]
fn who_knows_no_copies_gets_none() {
    let (mut hall, ada) = listening(false);

    hall.loss = 4;
    hall.run(20_000);

    assert!(hall.people[ada].heard.iter().all(|it| !has_copies(&it.payload)));
}
