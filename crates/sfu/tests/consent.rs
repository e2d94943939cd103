//! Who does not want to be sent to is not sent to, whatever else they send.

mod hall;

use hall::{Hall, person::Checks};

/// What went to somebody in the two seconds after so many milliseconds, while they go on speaking.
fn sent_after(checks: Checks, millis: u64) -> (usize, Vec<(&'static str, Option<&'static str>)>) {
    let mut hall = Hall::open(1);
    let (ada, ben) = (hall.enter(1, 1), hall.enter(2, 1));
    hall.player(100);
    hall.speaks(ada, -20);
    hall.run(500);

    hall.people[ada].checks = checks;
    hall.run(millis);
    hall.sent.clear();
    hall.hush();
    hall.run(2000);

    let address = hall.people[ada].address;
    assert!(hall.people[ben].heard_now().contains(&(100, 100)), "the others hear on");
    (hall.sent.iter().filter(|(to, _)| *to == address).count(), hall.links(1))
}

#[test]
fn who_speaks_on_but_answers_no_checks_is_sent_nothing_after_thirty_seconds() {
    let (sent, links) = sent_after(Checks::Unanswered, 28_000);

    assert_eq!((sent, links.last()), (0, Some(&("gone", Some("timeout")))));
}

#[test]
fn who_speaks_on_but_neither_checks_nor_answers_is_soon_lost_and_then_gone() {
    let (_, early) = sent_after(Checks::None, 8_500);
    let (sent, late) = sent_after(Checks::None, 28_000);

    assert_eq!(early, [("new", None), ("up", None), ("lost", None)]);
    assert_eq!((sent, late.last()), (0, Some(&("gone", Some("timeout")))));
}
