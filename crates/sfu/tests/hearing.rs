//! Who hears whom.

mod hall;

use causerie_sfu::{Frame, Gate, PeerKey, Speaker};
use hall::Hall;
use std::collections::BTreeSet;

#[test]
fn a_listener_hears_a_player_without_a_gap() {
    let mut hall = Hall::open(1);
    let ada = hall.enter(1, 1);
    hall.player(100);

    hall.run(1000);

    let heard = &hall.people[ada].heard;
    let steps: Vec<_> =
        heard.windows(2).map(|two| (two[1].seq - two[0].seq, two[1].time - two[0].time)).collect();
    assert_eq!(steps, vec![(1, 960); heard.len() - 1]);
    assert!(heard.len() >= 48 && heard[0].marker, "{} packets", heard.len());
}

#[test]
fn one_speaks_and_the_others_hear_exactly_them() {
    let mut hall = Hall::open(1);
    let people: Vec<_> = (1..4).map(|speaker| hall.enter(speaker, 5)).collect();
    hall.speaks(people[0], -20);

    hall.run(1000);

    let voices: Vec<_> = people.iter().map(|at| hall.people[*at].voices()).collect();
    assert_eq!(voices, [vec![], vec![1], vec![1]]);
}

#[test]
fn who_is_heard_is_shown_loudest_first_and_no_longer_when_silent() {
    let mut hall = Hall::open(1);
    let (ada, ben) = (hall.enter(1, 5), hall.enter(2, 5));
    hall.speaks(ada, -30);
    hall.speaks(ben, -20);
    hall.run(300);

    let both = hall.doors.speaking(hall.now, hall::ROOM);
    hall.people[ben].speaks = None;
    hall.run(600);
    let one = hall.doors.speaking(hall.now, hall::ROOM);

    assert_eq!(both, [(Speaker(2), 20), (Speaker(1), 30)]);
    assert_eq!(one, [(Speaker(1), 30)]);
}

#[test]
fn of_many_who_speak_everybody_hears_the_three_loudest_others() {
    let mut hall = Hall::open(1);
    let people: Vec<_> = (1..=12).map(|speaker| hall.enter(speaker, 3)).collect();
    let listener = hall.enter(20, 3);
    // Louder from one to the next, the loudest somewhere in the middle.
    let levels = [50, 44, 41, 20, 38, 35, 24, 47, 32, 29, 22, 26];
    for (at, level) in people.iter().zip(levels) {
        hall.speaks(*at, -level);
    }

    hall.run(15_000);
    hall.hush();
    hall.run(500);

    let voices: Vec<_> = [listener, people[3], people[10], people[6], people[0]]
        .map(|at| hall.people[at].voices())
        .into_iter()
        .collect();
    // 4, 11 and 7 are the loudest; 12 is the fourth, heard by those three only.
    let expected = [vec![4, 7, 11], vec![7, 11, 12], vec![4, 7, 12], vec![4, 11, 12], vec![4, 7, 11]];
    assert_eq!(voices, expected);
}

#[test]
fn each_voice_keeps_its_own_line() {
    let mut hall = Hall::open(1);
    let people: Vec<_> = (1..=3).map(|speaker| hall.enter(speaker, 3)).collect();
    let listener = hall.enter(20, 3);
    for at in people {
        hall.speaks(at, -30);
    }

    hall.run(3000);

    let lines: BTreeSet<_> = hall.people[listener].heard.iter().map(|it| (it.who(), it.source)).collect();
    let sources: BTreeSet<_> = lines.iter().map(|(_, source)| *source).collect();
    assert_eq!((lines.len(), sources.len()), (3, 3));
}

#[test]
fn a_standard_player_with_one_line_hears_the_loudest_and_changes_without_a_jump() {
    let mut hall = Hall::open(1);
    let (ada, ben) = (hall.enter(1, 3), hall.enter(2, 3));
    let listener = hall.enter(20, 1);
    hall.speaks(ada, -20);
    hall.run(2000);

    hall.people[ada].speaks = None;
    hall.run(3000);
    hall.speaks(ben, -20);
    hall.run(2000);

    let heard = &hall.people[listener].heard;
    let voices: BTreeSet<_> = heard.iter().map(|it| it.who()).collect();
    assert_eq!(voices, BTreeSet::from([1, 2]));
    for two in heard.windows(2) {
        let passed = (two[1].at - two[0].at).as_millis() as i64 * 48;
        let ticks = i64::from(two[1].time.wrapping_sub(two[0].time));
        assert_eq!(two[1].seq - two[0].seq, 1);
        assert!((passed - ticks).abs() <= 960, "{passed} ticks passed, {ticks} were sent");
    }
    let turns: Vec<_> = heard.windows(2).filter(|two| two[0].who() != two[1].who()).collect();
    assert!(turns.iter().all(|two| two[1].marker) && turns.len() == 1);
}

#[test]
fn a_speaker_who_falls_silent_keeps_their_place_for_a_while_and_then_gives_it_up() {
    let mut hall = Hall::open(1);
    let people: Vec<_> = (1..=5).map(|speaker| hall.enter(speaker, 3)).collect();
    let listener = hall.enter(20, 3);
    for at in &people[..4] {
        hall.speaks(*at, -25);
    }
    hall.run(2000);
    hall.people[people[0]].speaks = None;
    hall.run(300);
    // Softer than everybody: heard only once there is a free place.
    hall.speaks(people[4], -45);
    hall.hush();
    hall.run(500);
    let during = hall.people[listener].voices();
    hall.run(3000);
    hall.hush();
    hall.run(300);
    let after = hall.people[listener].voices();

    assert!(!during.contains(&5), "{during:?}");
    assert!(!after.contains(&1) && after.len() == 3, "{after:?}");
}

#[test]
fn sequence_numbers_wrap_on_both_sides_and_a_late_listener_hears_too() {
    let mut hall = Hall::open(1);
    let ada = hall.enter(1, 1);
    hall.people[ada].first = 65_500;
    let early = hall.enter(2, 1);
    hall.speaks(ada, -20);
    hall.run(3000);
    let uplink = hall.people[early].heard.len();

    hall.player(100);
    hall.people[ada].speaks = None;
    hall.run(2000);
    // Twenty-two minutes of packets, without waiting for them.
    let payload = hall::person::payload(100, 0);
    for count in 0..70_000_u32 {
        hall.play_now(
            PeerKey(100),
            Frame { time: 500_000 + count * 960, marker: false, level: 20, payload: &payload },
        );
    }
    let late = hall.enter(3, 1);
    hall.hush();
    hall.run(1000);

    assert!(uplink >= 148, "{uplink} packets over the wrap of the speaker");
    let heard = [early, late].map(|at| hall.people[at].heard_now());
    assert!(heard.iter().all(|it| it.len() == 1 && it[0].1 >= 45), "{heard:?}");
}

#[test]
fn people_on_three_workers_hear_each_other() {
    let mut hall = Hall::open(3);
    let people: Vec<_> = (1..=6).map(|speaker| hall.enter(speaker, 5)).collect();
    hall.speaks(people[0], -20);
    hall.player(100);

    hall.run(1000);

    let voices: Vec<_> = people.iter().map(|at| hall.people[*at].voices()).collect();
    let both = vec![1, 100];
    assert_eq!(voices, [vec![100], both.clone(), both.clone(), both.clone(), both.clone(), both]);
    let carried: Vec<_> = (0..3).map(|worker| hall.doors.worker_statistics(worker)).collect();
    let up =
        |all: &Vec<(&str, u64)>| all.iter().find(|(name, _)| *name == "peers_up").map(|(_, count)| *count);
    assert_eq!(carried.iter().map(up).collect::<Vec<_>>(), [Some(2), Some(2), Some(2)]);
}

#[test]
fn who_may_not_publish_is_not_even_received() {
    let mut hall = Hall::open(1);
    let ada = hall.knock(hall::person::Person::new(hall.now, 1, 3), false);
    let ben = hall.enter(2, 3);
    hall.speaks(ada, -20);
    hall.gate(1, Gate::Stage);

    hall.run(1000);

    assert!(hall.people[ada].connected);
    assert_eq!((hall.people[ben].voices(), hall.count("packets_in")), (vec![], 0));
}
