//! In whatever order a gate is set and somebody speaks, exactly what was said while it was open is heard.

mod hall;

use causerie_sfu::Gate;
use hall::Hall;
use std::ops::Range;

const DEPTH: u32 = 6;

/// One thing after another, 60 ms each.
#[derive(Debug, Clone, Copy)]
enum Act {
    Open,
    Shut,
    Speak,
    Rest,
}

const ACTS: [Act; 4] = [Act::Open, Act::Shut, Act::Speak, Act::Rest];

/// All orders there are, as numbers of as many digits.
fn orders() -> impl Iterator<Item = Vec<Act>> {
    let acts = ACTS.len();
    (0..acts.pow(DEPTH)).map(move |order| (0..DEPTH).map(|at| ACTS[order / acts.pow(at) % acts]).collect())
}

/// What Ada said while her gate was open, as counts of her packets, each stretch with whether she spoke in it.
fn lived(hall: &mut Hall, ada: usize, order: &[Act]) -> Vec<(Range<u16>, bool)> {
    let mut open = Vec::new();
    let mut is_open = false;
    for act in order {
        match act {
            Act::Speak => hall.people[ada].speaks = Some(-20),
            Act::Rest => hall.people[ada].speaks = None,
            Act::Open | Act::Shut => {
                is_open = matches!(act, Act::Open);
                hall.gate(1, if is_open { Gate::Stage } else { Gate::Shut });
            }
        }
        let stretch = pass(hall, ada, 60);
        if is_open {
            open.push((stretch, hall.people[ada].speaks.is_some()));
        }
    }
    open
}

/// Time goes by, and Ada's own clock goes on also while she says nothing.
fn pass(hall: &mut Hall, ada: usize, millis: u16) -> Range<u16> {
    let before = hall.people[ada].said;
    hall.run(millis.into());
    if hall.people[ada].speaks.is_none() {
        hall.people[ada].said += millis / 20;
    }
    before..hall.people[ada].said
}

#[test]
fn in_every_order_only_what_was_said_while_open_is_heard() {
    let (mut heard, mut silent) = (0, 0);
    for first in 0..ACTS.len() {
        let mut hall = Hall::open(1);
        let (ada, ben) = (hall.enter(1, 1), hall.enter(2, 1));
        for order in orders().skip(first).step_by(ACTS.len()) {
            hall.people[ada].speaks = None;
            hall.gate(1, Gate::Shut);
            pass(&mut hall, ada, 400);
            hall.hush();

            let open = lived(&mut hall, ada, &order);
            pass(&mut hall, ada, 20);

            let counts: Vec<u16> = hall.people[ben].heard.iter().map(|it| it.count()).collect();
            let within = |count| open.iter().any(|(stretch, _)| stretch.contains(count));
            assert!(counts.iter().all(within), "{order:?}: {counts:?}, {open:?}");
            // Each opening may cost the frame in which it falls and the one after it.
            let spoken: usize =
                open.iter().filter(|(_, speaks)| *speaks).map(|(stretch, _)| stretch.len()).sum();
            let openings = order.iter().filter(|act| matches!(act, Act::Open)).count();
            assert!(counts.len() + 2 * openings >= spoken, "{order:?}: {counts:?} of {open:?}");
            heard += counts.len();
            silent += usize::from(counts.is_empty());
        }
    }
    assert!(heard > 4000 && silent > 1000, "{heard} packets heard, {silent} orders silent");
}
