//! Who hears whom.

mod hall;

use causerie_sfu::Gate;
use hall::Hall;

#[test]
fn a_listener_hears_a_player() {
    let mut hall = Hall::open(1);
    let ada = hall.enter(1, 1);
    hall.player(100);

    hall.run(1000);

    let heard = &hall.people[ada].heard;
    let counts: Vec<_> = heard.iter().map(|it| it.count()).collect();
    assert_eq!(counts, (0..49).collect::<Vec<_>>()[..counts.len()]);
    assert!(counts.len() >= 48, "{} packets", counts.len());
    let steps: Vec<_> =
        heard.windows(2).map(|two| (two[1].seq - two[0].seq, two[1].time - two[0].time)).collect();
    assert!(steps.iter().all(|step| *step == (1, 960)), "{steps:?}");
    assert!(heard[0].marker);
}

#[test]
fn one_speaks_and_the_others_hear_exactly_them() {
    let mut hall = Hall::open(1);
    let people: Vec<_> = (1..4).map(|speaker| hall.enter(speaker, 5)).collect();
    hall.gate(1, Gate::Stage);
    hall.people[people[0]].speaks = Some(-20);

    hall.run(1000);

    let voices: Vec<_> = people.iter().map(|at| hall.people[*at].voices()).collect();
    assert_eq!(voices, [vec![], vec![1], vec![1]]);
}
