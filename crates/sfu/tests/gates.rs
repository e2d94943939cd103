//! What may be heard, and what must never be.

mod hall;

use causerie_sfu::{Command, Gate, PeerKey};
use hall::Hall;
use std::time::Duration;

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
fn whoever_is_cut_off_is_followed_by_silence_at_once() {
    for workers in [1, 3] {
        let mut hall = Hall::open(workers);
        let (ada, ben) = (hall.enter(1, 3), hall.enter(2, 3));
        let eve = hall.enter(3, 3);
        hall.speaks(ada, -20);
        hall.run(1005);
        hall.people[ben].silences.clear();

        hall.gate(1, Gate::Shut);
        let shut = hall.now;
        hall.run(500);

        let last = hall.people[ben].heard.last().cloned().expect("ada was heard");
        let silent = &hall.people[ben].silences;
        let places: Vec<_> = silent.iter().map(|it| (it.source, it.seq, it.time, it.level)).collect();
        let after =
            |at: u32| (last.source, last.seq + u64::from(at), last.time.wrapping_add(at * 960), Some(-127));
        assert_eq!(places, [after(1), after(2)]);
        assert!(silent.iter().all(|it| it.at <= shut + Duration::from_millis(2)), "at once");
        assert_eq!((hall.people[ada].silences.len(), hall.people[eve].silences.len()), (0, 2));
    }
}

#[test]
fn whoever_is_sent_away_in_the_middle_of_a_word_is_followed_by_silence_too() {
    let mut hall = Hall::open(2);
    let (ada, ben) = (hall.enter(1, 3), hall.enter(2, 3));
    hall.speaks(ada, -20);
    hall.run(1000);

    hall.command(Command::Leave(PeerKey(1)));
    hall.run(1200);

    assert_eq!(hall.people[ben].silences.len(), 2);
}

#[test]
fn silence_that_was_lost_brings_back_nobodys_words() {
    let mut hall = Hall::open(1);
    let (ada, ben) = (hall.enter(1, 1), hall.enter(2, 1));
    hall.speaks(ada, -20);
    hall.run(500);
    hall.people[ben].ask_again();
    hall.people[ben].cut = true;
    // Right after a packet: the next one is the first that counts again.
    let before = hall.count("packets_in");
    while hall.count("packets_in") == before {
        hall.run(1);
    }
    hall.gate(1, Gate::Shut);
    hall.gate(1, Gate::Stage);
    hall.run(5);
    hall.people[ben].cut = false;
    hall.hush();
    hall.run(1000);

    let numbers: Vec<_> = hall.people[ben].heard.iter().map(|it| (it.seq, it.count())).collect();
    assert!(numbers.windows(2).all(|two| two[1] == (two[0].0 + 1, two[0].1 + 1)), "{numbers:?}");
    assert!(hall.people[ben].nacks_sent > 0 && hall.people[ben].silences.is_empty());
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
fn closed_and_opened_again_the_line_goes_on_where_it_was() {
    let mut hall = Hall::open(1);
    let (ada, ben) = (hall.enter(1, 1), hall.enter(2, 1));
    hall.speaks(ada, -20);
    hall.run(1000);
    hall.gate(1, Gate::Shut);
    hall.run(1000);
    hall.gate(1, Gate::Stage);
    hall.run(1000);

    let heard = &hall.people[ben].heard;
    let breaks: Vec<_> = heard.windows(2).filter(|two| two[1].count() != two[0].count() + 1).collect();
    assert_eq!(breaks.len(), 1);
    let silent: Vec<_> = hall.people[ben].silences.iter().map(|it| it.seq).collect();
    assert_eq!(silent, [breaks[0][0].seq + 1, breaks[0][0].seq + 2]);
    assert_eq!(breaks[0][1].seq, breaks[0][0].seq + 3, "no packet seems lost");
    let ticks = breaks[0][1].time.wrapping_sub(breaks[0][0].time);
    assert!((45_000..52_000).contains(&ticks), "{ticks} ticks for a second");
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
