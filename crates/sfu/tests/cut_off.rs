//! Whoever is cut off is followed by silence, and the line goes on after it without a hole.

mod hall;

use causerie_sfu::{Command, Gate, PeerKey};
use hall::Hall;
use std::time::Duration;

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
