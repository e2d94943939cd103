//! What may be heard, and what must never be.

mod hall;

use causerie_sfu::{Gate, PeerKey};
use hall::Hall;

#[test]
fn a_gate_is_shut_until_it_is_opened() {
    let mut hall = Hall::open(1);
    let (ada, ben) = (hall.enter(1, 3), hall.enter(2, 3));
    hall.people[ada].speaks = Some(-20);

    hall.run(1000);

    assert_eq!((hall.people[ben].voices(), hall.doors.speaking(hall.now, hall::ROOM)), (vec![], vec![]));
}

#[test]
fn a_gate_set_before_its_person_comes_holds() {
    let mut hall = Hall::open(1);
    hall.doors.gate(PeerKey(1), Gate::Stage);
    let (ada, ben) = (hall.enter(1, 3), hall.enter(2, 3));
    hall.people[ada].speaks = Some(-20);

    hall.run(500);

    assert_eq!(hall.people[ben].voices(), [1]);
}

#[test]
fn a_shut_gate_lets_nothing_through_from_then_on() {
    let mut hall = Hall::open(1);
    let (ada, ben) = (hall.enter(1, 3), hall.enter(2, 3));
    hall.speaks(ada, -20);
    hall.run(1000);

    hall.gate(1, Gate::Shut);
    let sent = hall.count("packets_out");
    hall.run(3);
    hall.hush();
    hall.run(2000);

    assert_eq!((hall.people[ben].voices(), hall.count("packets_out")), (vec![], sent));
    assert_eq!(hall.doors.speaking(hall.now, hall::ROOM), []);
}

#[test]
fn nothing_said_before_the_opening_is_heard_after_it_however_late_it_comes() {
    for delay in [1, 30, 120, 300] {
        let mut hall = Hall::open(1);
        let (ada, ben) = (hall.enter(1, 3), hall.enter(2, 3));
        hall.delay = delay;
        hall.people[ada].speaks = Some(-20);
        hall.run(2000);

        let said_before = hall.people[ada].said;
        hall.gate(1, Gate::Stage);
        hall.run(1500);

        let heard: Vec<_> = hall.people[ben].heard.iter().map(|it| it.count()).collect();
        let first = heard.iter().min().copied().expect("something is heard");
        // Who travelled at least a millisecond was said that much earlier: nothing of it may be heard.
        assert!(first >= said_before, "{first} was said before {said_before}, up to {delay} ms under way");
        assert!(first <= said_before + 2 + delay as u16 / 20, "{first} after {said_before}");
    }
}

#[test]
fn whoever_rested_and_counts_down_is_heard_from_the_opening_on() {
    let mut hall = Hall::open(1);
    let (ada, ben) = (hall.enter(1, 3), hall.enter(2, 3));
    hall.speaks(ada, -20);
    hall.run(1000);
    hall.gate(1, Gate::Shut);
    hall.people[ada].speaks = None;
    hall.run(5000);
    let heard_before = hall.people[ben].heard.len();
    hall.people[ada].speaks = Some(-20);
    hall.run(3000);

    let said_before = hall.people[ada].said;
    hall.gate(1, Gate::Stage);
    hall.run(500);

    let first = hall.people[ben].heard[heard_before..].first().map(|it| it.count());
    assert!(
        first.is_some_and(|first| (said_before..said_before + 3).contains(&first)),
        "{first:?} of {said_before}"
    );
}

#[test]
fn whoever_was_muted_for_a_moment_is_heard_at_once() {
    let mut hall = Hall::open(1);
    let (ada, ben) = (hall.enter(1, 3), hall.enter(2, 3));
    hall.speaks(ada, -20);
    hall.run(1000);
    hall.gate(1, Gate::Shut);
    hall.people[ada].speaks = None;
    hall.run(600);
    let heard_before = hall.people[ben].heard.len();
    hall.speaks(ada, -20);
    hall.run(500);

    assert!(hall.people[ben].heard.len() - heard_before > 20);
}

#[test]
fn what_is_asked_for_again_after_the_gate_was_shut_stays_unheard() {
    let mut hall = Hall::open(1);
    let (ada, ben) = (hall.enter(1, 1), hall.enter(2, 1));
    hall.speaks(ada, -20);
    hall.run(500);
    hall.people[ben].ask_again();
    hall.people[ben].cut = true;
    hall.run(100);
    hall.gate(1, Gate::Shut);
    hall.people[ben].cut = false;
    hall.player(100);
    hall.hush();
    hall.run(1000);

    assert_eq!(hall.people[ben].voices(), [100]);
    assert!(hall.people[ben].nacks_sent > 0);
}

#[test]
fn a_player_has_a_gate_too() {
    let mut hall = Hall::open(2);
    let ada = hall.enter(1, 1);
    hall.player(100);
    hall.run(500);
    hall.gate(100, Gate::Shut);
    hall.run(3);
    hall.hush();
    hall.run(500);

    assert_eq!(hall.people[ada].voices(), []);
}
