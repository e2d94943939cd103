//! A fault of ours in one connection.

mod hall;

use causerie_sfu::{Command, PeerKey, Refusal};
use hall::{Hall, person::Person};

#[test]
fn a_panic_in_one_connection_costs_only_that_one_and_the_third_costs_a_wait() {
    let mut hall = Hall::open(1);
    let ben = hall.enter(2, 1);
    hall.player(100);
    let mut ends = Vec::new();
    for _ in 0..3 {
        hall.people.retain(|person| person.speaker != 1);
        hall.enter(1, 1);
        hall.command(Command::Fault(PeerKey(1)));
        hall.run(3000);
        ends.extend(hall.links(1).last().copied());
    }

    let again = Person::new(hall.now, 1, 1).offer();
    let refused = hall.offer(1, &again, true);
    hall.hush();
    hall.run(500);

    assert_eq!(ends, [("gone", Some("fault")), ("gone", Some("fault")), ("gone", Some("quarantined"))]);
    assert_eq!(refused, Err(Refusal::Quarantined));
    assert_eq!((hall.people[ben].voices(), hall.links(2).len(), hall.count("panics")), (vec![100], 2, 3));
}
