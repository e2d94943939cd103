//! What goes into a log: all that was said on stage after the yes, and nothing else.

mod hall;

use causerie_sfu::{Gate, Happening};
use hall::Hall;

/// Numbers without a hole, in order.
fn whole(taken: &[(u32, u16)]) -> bool {
    taken.windows(2).all(|pair| pair[1].1 == pair[0].1 + 1)
}

#[test]
fn off_is_nothing_and_on_is_all_that_is_said() {
    for workers in [1, 3] {
        let mut hall = Hall::open(workers);
        let ada = hall.enter(1, 3);
        hall.speaks(ada, -20);
        hall.run(1000);
        let before = hall.recorded.len();

        hall.record(1, Some(7));
        hall.run(1000);
        let taken = hall.taken(7);
        hall.record(1, None);
        hall.run(1000);

        assert_eq!((before, hall.taken(7)), (0, vec![]), "{workers} workers");
        assert!(taken.len() >= 48 && whole(&taken), "{workers} workers: {taken:?}");
    }
}

#[test]
fn what_was_said_before_the_yes_is_not_kept_however_late_it_comes() {
    let mut hall = Hall::open(1);
    let ada = hall.enter(1, 3);
    hall.speaks(ada, -20);
    hall.run(1000);
    hall.delay = 80;
    hall.run(1000);

    hall.record(1, Some(7));
    let said = hall.people[ada].said;
    hall.run(1000);

    let taken = hall.taken(7);
    assert!(taken.iter().all(|(_, count)| *count >= said), "{said}: {taken:?}");
    assert!(taken.len() > 40);
}

#[test]
fn who_is_muted_or_backstage_leaves_no_byte() {
    let mut hall = Hall::open(1);
    let ada = hall.enter(1, 3);
    hall.speaks(ada, -20);
    hall.record(1, Some(7));
    hall.run(500);

    for gate in [Gate::Shut, Gate::Backstage] {
        hall.gate(1, gate);
        hall.taken(7);
        hall.run(1000);
        assert_eq!(hall.taken(7), [], "{gate:?}");
    }
    let said = hall.people[ada].said;
    hall.gate(1, Gate::Stage);
    hall.run(500);

    let taken = hall.taken(7);
    assert!(taken.len() > 20 && taken.iter().all(|(_, count)| *count >= said));
    let moves: Vec<_> =
        hall.recorded.iter().map(|it| it.kind).filter(|kind| *kind != Happening::Report).collect();
    assert_eq!(moves, [Happening::Shut, Happening::Shut, Happening::Opened]);
}

#[test]
fn who_agreed_before_they_came_is_recorded_from_the_first_word_and_nobody_after_they_went() {
    let mut hall = Hall::open(1);
    hall.record(1, Some(7));
    let ada = hall.enter(1, 3);
    hall.speaks(ada, -20);
    hall.run(500);

    let taken = hall.taken(7);
    assert_eq!(taken.first(), Some(&(1, 0)));
    hall.command(causerie_sfu::Command::Leave(causerie_sfu::PeerKey(1)));
    hall.run(200);
    assert_eq!(hall.taken(7), []);
}

#[test]
fn a_player_is_recorded_as_a_person_is() {
    let mut hall = Hall::open(2);
    hall.enter(1, 3);
    hall.player(9);
    hall.record(9, Some(4));
    hall.run(1000);

    let taken = hall.taken(4);
    assert!(taken.len() >= 49 && whole(&taken));
}

#[test]
fn the_log_has_what_listeners_lost_and_the_speakers_own_clock() {
    let mut hall = Hall::open(1);
    let (ada, _) = (hall.enter(1, 3), hall.enter(2, 3));
    hall.speaks(ada, -20);
    hall.record(1, Some(7));
    hall.run(100);
    hall.taken(7);
    hall.loss = 10;
    hall.run(5000);
    hall.loss = 0;
    hall.run(1000);

    let mut taken = hall.taken(7);
    taken.sort_unstable();
    taken.dedup();
    let all = usize::from(taken[taken.len() - 1].1 - taken[0].1) + 1;
    assert!(taken.len() * 100 >= all * 95, "what was lost was asked for again: {} of {all}", taken.len());
    assert!(hall.recorded.iter().any(|it| it.kind == Happening::Report && it.payload().len() == 8));
}

#[test]
fn what_is_sent_again_or_late_is_judged_by_when_it_was_said() {
    let mut hall = Hall::open(1);
    let ada = hall.enter(1, 3);
    hall.speaks(ada, -20);
    hall.run(500);
    (hall.loss, hall.delay) = (5, 120);
    let mut kept = Vec::new();
    for _ in 0..6 {
        hall.record(1, Some(7));
        kept.push(until(&mut hall, |hall| hall.gate(1, Gate::Shut)));
        hall.run(500);
        hall.gate(1, Gate::Stage);
        kept.push(until(&mut hall, |hall| hall.record(1, None)));
        hall.run(500);
    }
    (hall.loss, hall.delay) = (0, 1);
    hall.run(2000);

    let taken: Vec<u16> = hall.taken(7).into_iter().map(|(_, count)| count).collect();
    let before = |count: &u16| !kept.iter().any(|(from, to)| (*from..*to).contains(count));
    assert_eq!(taken.iter().copied().filter(before).collect::<Vec<_>>(), [], "of {kept:?}");
    let late = taken.windows(2).filter(|pair| pair[1] < pair[0]).count();
    assert!(taken.len() > 200 && late > 20, "{late} of {} came late", taken.len());
}

/// Seven tenths of a second are kept, until this; from which of Ada's packets to which.
fn until(hall: &mut Hall, over: impl Fn(&mut Hall)) -> (u16, u16) {
    let from = hall.people[0].said;
    hall.run(700);
    over(hall);
    (from, hall.people[0].said)
}
