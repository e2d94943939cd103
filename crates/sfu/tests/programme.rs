//! The programme: who hears it, who does not, and how one changes over.

mod hall;

use causerie_sfu::{Gate, PeerKey};
use hall::mixer::MIXER;
use hall::person::{Heard, Person};
use hall::{Hall, ROOM};

const PAGE: Option<usize> = Some(3);
const LINES: usize = 5;

/// A hall with a player on stage, whose programme is on, and somebody who listens on a page.
fn mixed(workers: usize) -> (Hall, usize) {
    let mut hall = Hall::open(workers);
    hall.programme_line = PAGE;
    hall.player(100);
    hall.doors.programme(ROOM, true);
    let listener = hall.enter(1, LINES);
    (hall, listener)
}

/// Whom somebody hears in the next second.
fn hears(hall: &mut Hall, at: usize) -> Vec<u32> {
    hall.people[at].heard.clear();
    hall.run(1000);
    hall.people[at].voices()
}

/// What somebody was sent has numbers without a hole on each source, and clocks that never go back.
fn assert_in_order(heard: &[Heard]) {
    let mut sources: Vec<_> = heard.iter().map(|it| it.source).collect();
    sources.sort_unstable();
    sources.dedup();
    for source in sources {
        let line: Vec<_> = heard.iter().filter(|it| it.source == source).collect();
        for pair in line.windows(2) {
            assert_eq!(pair[1].seq, pair[0].seq + 1, "a hole in the numbers of {source}");
            let ahead = pair[1].time.wrapping_sub(pair[0].time);
            assert!((1..1 << 31).contains(&ahead), "the clock of {source} goes back");
        }
    }
}

#[test]
fn the_audience_hears_the_programme_and_no_voices() {
    for workers in [1, 3] {
        let (mut hall, ada) = mixed(workers);
        let others: Vec<_> = (2..8).map(|speaker| hall.enter(speaker, LINES)).collect();

        for at in [&[ada][..], &others].concat() {
            assert_eq!(hears(&mut hall, at), [MIXER], "of {workers}");
        }
        assert_eq!(hall.mixer.heard_now(), [100]);
    }
}

#[test]
fn a_packet_reaches_the_mixer_once_however_many_workers_there_are() {
    let (mut hall, _) = mixed(3);
    hall.run(300);
    hall.mixer.heard.clear();

    hall.run(1000);

    assert_eq!(hall.mixer.heard.len(), 50);
}

#[test]
fn who_speaks_hears_voices_and_never_themselves() {
    let (mut hall, ada) = mixed(1);
    let ben = hall.enter(2, LINES);
    hall.mixer.quiet = false;
    assert_eq!(hears(&mut hall, ada), [MIXER]);

    hall.speaks(ada, -20);
    hall.run(100);

    assert_eq!(hears(&mut hall, ada), [100]);
    assert_eq!(hears(&mut hall, ben), [MIXER]);
    assert_eq!(hall.mixer.heard_now(), [1, 100]);
}

#[test]
fn backstage_hears_voices_though_nobody_pauses_for_long() {
    let (mut hall, ada) = mixed(1);
    hall.mixer.quiet = false;

    hall.doors.hear_backstage(PeerKey(1), true);
    hall.run(3200);

    assert_eq!(hears(&mut hall, ada), [100]);
}

#[test]
fn who_changes_over_waits_for_a_pause() {
    let (mut hall, ada) = mixed(1);
    hall.mixer.quiet = false;
    hall.run(500);

    hall.doors.lowest_delay(PeerKey(1), true);
    let talking = hears(&mut hall, ada);
    hall.mixer.quiet = true;
    hall.run(200);
    let direct = hears(&mut hall, ada);
    hall.mixer.quiet = false;
    hall.run(100);
    hall.doors.lowest_delay(PeerKey(1), false);
    let still = hears(&mut hall, ada);
    hall.mixer.quiet = true;
    hall.run(400);

    assert_eq!((talking, direct, still), (vec![MIXER], vec![100], vec![100]));
    assert_eq!(hears(&mut hall, ada), [MIXER]);
}

#[test]
fn back_and_forth_leaves_no_hole_and_no_clock_that_goes_back() {
    let (mut hall, ada) = mixed(1);

    for round in 0..40 {
        hall.doors.lowest_delay(PeerKey(1), round % 2 == 0);
        hall.run(700);
    }

    let heard = std::mem::take(&mut hall.people[ada].heard);
    let mut all = [&heard[..], &hall.people[ada].silences].concat();
    all.sort_by_key(|it| it.seq);
    assert_in_order(&all);
    assert!(heard.iter().any(|it| it.who() == MIXER) && heard.iter().any(|it| it.who() == 100));
    // After each return to the programme its first packet is marked.
    let mixed: Vec<_> = heard.iter().filter(|it| it.who() == MIXER).collect();
    let returns = mixed.windows(2).filter(|pair| pair[1].count() != pair[0].count() + 1);
    assert!(returns.clone().count() >= 15 && returns.clone().all(|pair| pair[1].marker));
}

#[test]
fn without_a_pause_nobody_hears_both_at_once() {
    let (mut hall, ada) = mixed(1);
    hall.mixer.quiet = false;
    hall.run(500);
    hall.people[ada].heard.clear();

    hall.doors.lowest_delay(PeerKey(1), true);
    hall.run(4000);
    hall.doors.lowest_delay(PeerKey(1), false);
    hall.run(5000);

    let who: Vec<_> = hall.people[ada].heard.iter().map(|it| it.who()).collect();
    let changes = who.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert_eq!((changes, who[0], who[who.len() - 1]), (2, MIXER, MIXER));
    // Whoever goes back without a pause hears silence for a moment, and no word twice.
    let back = hall.people[ada].heard.windows(2).find(|pair| pair[0].who() == 100 && pair[1].who() == MIXER);
    let gap = back.map(|pair| (pair[1].at - pair[0].at).as_millis());
    assert!(gap.is_some_and(|gap| (80..200).contains(&gap)), "{gap:?}");
}

#[test]
fn held_back_for_safety_nobody_in_the_audience_hears_voices() {
    let (mut hall, ada) = mixed(1);
    hall.doors.programme(ROOM, false);
    hall.doors.lowest_delay(PeerKey(1), true);
    hall.run(1500);
    let before = hears(&mut hall, ada);

    hall.doors.hold_back(ROOM, true);
    hall.run(4000);

    assert_eq!((before, hears(&mut hall, ada)), (vec![100], vec![MIXER]));
}

#[test]
fn who_is_muted_on_stage_hears_voices_though_it_is_held_back() {
    let (mut hall, ada) = mixed(1);
    hall.doors.hold_back(ROOM, true);
    hall.run(500);
    let before = hears(&mut hall, ada);

    hall.doors.hear_at_once(PeerKey(1), true);
    hall.run(500);
    let on_stage = hears(&mut hall, ada);
    hall.speaks(ada, -20);
    hall.run(500);
    hall.doors.gate(PeerKey(1), Gate::Shut);
    hall.run(500);
    let muted = hears(&mut hall, ada);
    hall.doors.hear_at_once(PeerKey(1), false);
    hall.run(500);

    assert_eq!((before, on_stage, muted), (vec![MIXER], vec![100], vec![100]));
    assert_eq!(hears(&mut hall, ada), [MIXER]);
}

#[test]
fn another_program_hears_the_programme_on_its_one_line_in_any_room() {
    let mut hall = Hall::open(1);
    hall.programme_line = Some(0);
    hall.player(100);

    let player = hall.knock(Person::new(hall.now, 7, 1), false);
    hall.run(1000);

    assert_eq!(hears(&mut hall, player), [MIXER]);
}

#[test]
fn nothing_is_mixed_once_nobody_listens_any_more() {
    let (mut hall, ada) = mixed(1);
    hall.run(500);
    let while_here = hall.doors.wanted();

    hall.people[ada].leave();
    hall.run(1500);
    let gone = hall.doors.wanted();
    hall.doors.stream(ROOM, true);
    let streamed = hall.doors.wanted();
    hall.doors.stream(ROOM, false);

    assert_eq!((while_here, gone, streamed, hall.doors.wanted()), (vec![ROOM], vec![], vec![ROOM], vec![]));
}

#[test]
fn what_is_said_backstage_or_muted_never_reaches_the_mixer() {
    let (mut hall, _) = mixed(1);
    let ben = hall.enter(2, LINES);
    hall.people[ben].speaks = Some(-20);
    hall.run(500);
    hall.gate(2, Gate::Backstage);
    hall.run(1000);

    assert_eq!(hall.mixer.heard_now(), [100]);
}

#[test]
fn a_room_that_goes_back_to_voices_goes_on_without_a_hole() {
    let (mut hall, ada) = mixed(1);
    hall.run(500);

    hall.doors.programme(ROOM, false);
    hall.run(1000);

    assert_eq!(hears(&mut hall, ada), [100]);
    assert_eq!(hall.doors.wanted(), []);
}
